"""The one-time code of an address check. It is computed, never stored: no table, queue or log holds it."""

from django.utils.crypto import constant_time_compare, salted_hmac

from zorgbalie.messaging.models import AddressCheck

_SALT = "zorgbalie.messaging.address-check"
_DIGITS = 6


def code_of(check: AddressCheck) -> str:
    """Six digits that only this row and the secret key give."""
    text = f"{check.pk}:{check.person_id}:{check.address}:{check.created_at.isoformat()}"
    number = int.from_bytes(salted_hmac(_SALT, text, algorithm="sha256").digest()[:8], "big")
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def is_right(check: AddressCheck, typed: str) -> bool:
    """Whether the typed code is this row's; spaces do not count."""
    return constant_time_compare(code_of(check), "".join(typed.split()))
