"""Which step a patient is at with one practice, in patient words (ux 14, 17, 19)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from zorgbalie.access.types import InvitationState, OnlineAccess, PracticeAccess, RequestState
from zorgbalie.ui.types import Step


class At(StrEnum):
    """Where on the way to an open record."""

    COPY_ONLY = "copy_only"
    NOT_INVITED = "not_invited"
    INVITED = "invited"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    TO_SIGN = "to_sign"
    PRACTICE_SIGNS = "practice_signs"
    TO_ASK = "to_ask"
    ASKED = "asked"
    LEFT_OPEN = "left_open"
    REFUSED = "refused"
    CLOSED = "closed"
    OPEN = "open"


_ASK_THE_PRACTICE = {At.COPY_ONLY, At.NOT_INVITED, At.EXPIRED, At.BLOCKED, At.LEFT_OPEN, At.REFUSED, At.CLOSED}
_ENDED_INVITATION = {InvitationState.EXPIRED: At.EXPIRED, InvitationState.BLOCKED: At.BLOCKED}


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessStep:
    """One practice on the page: where the patient is, and the tag that says so."""

    access: PracticeAccess
    at: At
    tag: str
    tone: str
    steps: list[Step]

    @property
    def must_call(self) -> bool:
        """Whether the next step is one that only the practice can take: its phone number then stands here."""
        return self.at in _ASK_THE_PRACTICE


def step_of(access: PracticeAccess) -> AccessStep:
    """The step of one practice."""
    at = _at(access)
    tag, tone = _tags()[at]
    return AccessStep(access=access, at=at, tag=tag, tone=tone, steps=_steps(at, is_pharmacy=access.is_pharmacy))


def _at(access: PracticeAccess) -> At:
    if access.online_access != OnlineAccess.ALLOWED:
        return At.COPY_ONLY
    agreement = access.agreement
    if agreement is None or agreement.ended_at is not None or agreement.patient_signed_at is None:
        return _before_signing(access)
    if agreement.practice_signed_at is None:
        return At.PRACTICE_SIGNS
    return _after_signing(access)


def _before_signing(access: PracticeAccess) -> At:
    if access.agreement is None or access.agreement.ended_at is not None or access.invitation is None:
        return At.NOT_INVITED
    if access.invitation.state is InvitationState.ACCEPTED:
        return At.TO_SIGN
    if access.invitation.state is InvitationState.OPEN:
        return At.INVITED
    return _ENDED_INVITATION.get(access.invitation.state, At.NOT_INVITED)


def _after_signing(access: PracticeAccess) -> At:
    request = access.request
    if request is None:
        return At.TO_ASK
    by_practice = request.state is RequestState.WITHDRAWN and bool(request.decided_by_name)
    return {
        RequestState.ASKED: At.ASKED,
        RequestState.LEFT_OPEN: At.LEFT_OPEN,
        RequestState.REFUSED: At.REFUSED,
        RequestState.RELEASED: At.OPEN,
        RequestState.WITHDRAWN: At.CLOSED if by_practice else At.TO_ASK,
    }[request.state]


def _tags() -> dict[At, tuple[str, str]]:
    return {
        At.COPY_ONLY: (_("niet online"), "neutral"),
        At.NOT_INVITED: (_("niet uitgenodigd"), "neutral"),
        At.INVITED: (_("uitgenodigd"), "info"),
        At.EXPIRED: (_("verlopen"), "neutral"),
        At.BLOCKED: (_("geblokkeerd"), "warning"),
        At.TO_SIGN: (_("nog niet ondertekend"), "info"),
        At.PRACTICE_SIGNS: (_("door u ondertekend"), "info"),
        At.TO_ASK: (_("nog niet gevraagd"), "neutral"),
        At.ASKED: (_("gevraagd"), "info"),
        At.LEFT_OPEN: (_("nog open"), "info"),
        At.REFUSED: (_("niet toegestaan"), "neutral"),
        At.CLOSED: (_("gesloten"), "neutral"),
        At.OPEN: (_("open"), "ok"),
    }


_ORDER = {
    At.INVITED: 0, At.EXPIRED: 0, At.BLOCKED: 0, At.TO_SIGN: 1, At.PRACTICE_SIGNS: 1, At.TO_ASK: 2,
    At.ASKED: 3, At.LEFT_OPEN: 3,
}  # fmt: skip


def _steps(at: At, *, is_pharmacy: bool) -> list[Step]:
    """The four steps; none for who is not invited yet, or has the answer."""
    reached = _ORDER.get(at)
    if reached is None:
        return []
    answer = _("Antwoord van uw apotheek") if is_pharmacy else _("Antwoord van uw praktijk")
    labels = [_("Uitnodiging"), _("Afspraken ondertekenen"), _("Vragen om uw dossier"), answer]
    return [
        Step(label=label, state="done" if number < reached else "current" if number == reached else "todo")
        for number, label in enumerate(labels)
    ]
