"""What a patient wants to be told of (R15)."""

from collections.abc import Collection
from datetime import datetime

from zorgbalie.access.types import Use
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.models import NoticePreference
from zorgbalie.messaging.own_settings import open_settings
from zorgbalie.messaging.types import CONSENT_KINDS, Channel, NoticeKind
from zorgbalie.people import actions as people_actions


def set_preferences(*, viewer: Viewer, on: Collection[NoticeKind], now: datetime, language: str | None) -> None:
    """A yes for the kinds in `on` and a no for all others, and the language of what is sent (None: as it was).

    Raises NotVisible. Audit: `notices.changed`.
    """
    chosen = ", ".join(kind for kind in CONSENT_KINDS if kind in on)
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.changed", now=now, detail=chosen)
    NoticePreference.objects.bulk_create(
        [
            NoticePreference(
                person_id=grant.patient_id, kind=kind, channel=Channel.EMAIL, is_on=kind in on, changed_at=now
            )
            for kind in CONSENT_KINDS
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["is_on", "changed_at"],
    )
    if language is not None:
        people_actions.set_language(person_id=grant.patient_id, language=language)
