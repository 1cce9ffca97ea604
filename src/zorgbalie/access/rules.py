"""Rules of agreement, invitation and request that need no database (pure)."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from zorgbalie.access.types import InvitationState, OnlineAccess, RequestState
from zorgbalie.kernel.ages import AgeGroup

LONGEST_REASON = 1000
INVITATION_RUNS = timedelta(days=60)
MOST_FAILED_ATTEMPTS = 5

# From which states a request may come into a state; all that is not here is refused (compare and swap).
REACHED_FROM: dict[RequestState, frozenset[RequestState]] = {
    RequestState.RELEASED: frozenset({RequestState.ASKED, RequestState.LEFT_OPEN}),
    RequestState.REFUSED: frozenset({RequestState.ASKED, RequestState.LEFT_OPEN}),
    RequestState.LEFT_OPEN: frozenset({RequestState.ASKED}),
    RequestState.WITHDRAWN: frozenset({RequestState.ASKED, RequestState.LEFT_OPEN, RequestState.RELEASED}),
}
RUNNING = REACHED_FROM[RequestState.WITHDRAWN]


def may_release_by_itself(*, practice_is_automatic: bool, age_group: AgeGroup | None, online_access: str) -> bool:
    """Whether a request may be granted without anybody looking (REQ 6, 7, 54, 77).

    Never under 16, and never for a patient for whom the practice decided otherwise: those always reach a person.
    """
    return practice_is_automatic and age_group is AgeGroup.FROM_16 and online_access == OnlineAccess.ALLOWED


def cleaned_reason(*, text: str) -> str:
    """The reason as it is kept: without white space around it, "" when there is none or it is too long."""
    reason = text.strip()
    return reason if len(reason) <= LONGEST_REASON else ""


# Letters and digits that nobody mixes up on paper: no 0 and O, no 1, I and L, no U and V.
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_CODE_LENGTH = 10


def new_code() -> str:
    """A code for a letter: ten signs out of 29, about 48 bits. It opens nothing by itself (A7, A17)."""
    return "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH))


def written_code(*, code: str) -> str:
    """The code as the letter shows it: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def code_digest(*, code: str, salt: bytes | None = None) -> str:
    """What is kept of a code: salted and slow (scrypt), so that who reads the table cannot find the code."""
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.scrypt(_plain_code(code).encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
    return f"{salt.hex()}${digest.hex()}"


def is_code(*, typed: str, digest: str) -> bool:
    """Whether the typed code is the one; spaces, dashes and small letters do not matter. False without a digest."""
    salt, _, rest = digest.partition("$")
    plain = _plain_code(typed)
    if not rest or len(plain) != _CODE_LENGTH:
        return False
    return hmac.compare_digest(code_digest(code=plain, salt=bytes.fromhex(salt)), digest)


def invitation_state(
    *,
    accepted_at: datetime | None,
    revoked_at: datetime | None,
    expires_at: datetime,
    failed_attempts: int,
    now: datetime,
) -> InvitationState:
    """How an invitation stands at a moment."""
    if accepted_at:
        return InvitationState.ACCEPTED
    if revoked_at:
        return InvitationState.REVOKED
    if expires_at <= now:
        return InvitationState.EXPIRED
    if failed_attempts >= MOST_FAILED_ATTEMPTS:
        return InvitationState.BLOCKED
    return InvitationState.OPEN


def _plain_code(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
