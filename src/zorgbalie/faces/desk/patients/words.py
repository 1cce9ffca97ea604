"""Words of the desk for states: adjectives, never red (ux 14)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.access.types import InvitationState, OnlineAccess, OnlineProgress, PatientCard
from zorgbalie.ui.types import Step

PROGRESS = {
    OnlineProgress.NONE: (gettext_lazy("niet uitgenodigd"), "neutral"),
    OnlineProgress.INVITED: (gettext_lazy("uitgenodigd"), "neutral"),
    OnlineProgress.TO_SIGN: (gettext_lazy("te ondertekenen"), "warning"),
    OnlineProgress.AGREED: (gettext_lazy("afspraken gemaakt"), "info"),
    OnlineProgress.ASKED: (gettext_lazy("inzage gevraagd"), "warning"),
    OnlineProgress.LEFT_OPEN: (gettext_lazy("opengelaten"), "info"),
    OnlineProgress.REFUSED: (gettext_lazy("geweigerd"), "neutral"),
    OnlineProgress.RELEASED: (gettext_lazy("vrijgegeven"), "ok"),
}
_ONLINE_ACCESS = {
    OnlineAccess.ALLOWED: gettext_lazy("toegestaan"),
    OnlineAccess.COPY_ONLY: gettext_lazy("alleen een kopie"),
    OnlineAccess.VULNERABLE: gettext_lazy("kwetsbaar"),
}
INVITATION = {
    InvitationState.OPEN: gettext_lazy("nog niet gebruikt"),
    InvitationState.ACCEPTED: gettext_lazy("aangenomen"),
    InvitationState.EXPIRED: gettext_lazy("verlopen"),
    InvitationState.BLOCKED: gettext_lazy("geblokkeerd na te veel foute codes"),
    InvitationState.REVOKED: gettext_lazy("ingetrokken"),
}
CHANNEL = {"letter": gettext_lazy("brief"), "email": gettext_lazy("e-mail")}
SEX = {
    "female": gettext_lazy("vrouw"),
    "male": gettext_lazy("man"),
    "other": gettext_lazy("anders"),
    "unknown": gettext_lazy("onbekend"),
}


def online_access(value: str) -> str:
    """What the practice decided for this patient; empty for what is no decision."""
    return str(_ONLINE_ACCESS[OnlineAccess(value)]) if value in set(OnlineAccess) else ""


def steps(card: PatientCard) -> list[Step]:
    """The way to an open record, as far as this patient is."""
    running = card.agreement is not None and card.agreement.ended_at is None
    agreed = card.agreement if running else None
    asked = card.progress in (
        OnlineProgress.ASKED,
        OnlineProgress.LEFT_OPEN,
        OnlineProgress.REFUSED,
        OnlineProgress.RELEASED,
    )
    done = [
        (_("Uitgenodigd"), agreed is not None),
        (_("Patiënt tekende de afspraken"), bool(agreed and agreed.patient_signed_at)),
        (_("Praktijk tekende de afspraken"), bool(agreed and agreed.practice_signed_at)),
        (_("Patiënt vroeg om inzage"), asked),
        (_("Dossier vrijgegeven"), card.progress is OnlineProgress.RELEASED),
    ]
    current = next((label for label, is_done in done if not is_done), "")
    return [
        Step(label=label, state="done" if is_done else "current" if label == current else "todo")
        for label, is_done in done
    ]
