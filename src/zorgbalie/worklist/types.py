"""Kinds and states of items."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What an item asks of the desk; each kind has one page at the desk."""

    ACCESS_REQUEST = "access_request"
    AUTOMATIC_RELEASE = "automatic_release"
    AGREEMENT_TO_SIGN = "agreement_to_sign"
    EMERGENCY_REVIEW = "emergency_review"


class ItemState(StrEnum):
    """open → done."""

    OPEN = "open"
    DONE = "done"
