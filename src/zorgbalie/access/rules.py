"""Rules of agreement, invitation and request that need no database (pure)."""

from zorgbalie.access.types import OnlineAccess, RequestState
from zorgbalie.kernel.ages import AgeGroup

LONGEST_REASON = 1000

# From which states a request may come into a state; all that is not here is refused (compare and swap).
REACHED_FROM: dict[RequestState, frozenset[RequestState]] = {
    RequestState.RELEASED: frozenset({RequestState.ASKED, RequestState.LEFT_OPEN}),
    RequestState.REFUSED: frozenset({RequestState.ASKED, RequestState.LEFT_OPEN}),
    RequestState.LEFT_OPEN: frozenset({RequestState.ASKED}),
    RequestState.WITHDRAWN: frozenset({RequestState.ASKED, RequestState.LEFT_OPEN, RequestState.RELEASED}),
}
RUNNING = REACHED_FROM[RequestState.WITHDRAWN]


def may_release_by_itself(
    *, practice_is_automatic: bool, age_group: AgeGroup | None, online_access: str
) -> bool:
    """Whether a request may be granted without anybody looking (REQ 6, 7, 54, 77).

    Never under 16, and never for a patient for whom the practice decided otherwise: those always reach a person.
    """
    return practice_is_automatic and age_group is AgeGroup.FROM_16 and online_access == OnlineAccess.ALLOWED


def cleaned_reason(*, text: str) -> str:
    """The reason as it is kept: without white space around it, "" when there is none or it is too long."""
    reason = text.strip()
    return reason if len(reason) <= LONGEST_REASON else ""
