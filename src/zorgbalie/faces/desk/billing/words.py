"""Declarations in words."""

from django.utils.translation import gettext_lazy as _

from zorgbalie.billing.types import DeclarationState, DeclarationStep, Reason

STATES = {
    DeclarationState.PROPOSED: (_("te bevestigen"), "info"),
    DeclarationState.CONFIRMED: (_("bevestigd"), "ok"),
    DeclarationState.REFUSED: (_("niet gedeclareerd"), "neutral"),
    DeclarationState.EXPORTED: (_("in een bestand"), "ok"),
}
REASONS = {
    Reason.ADMINISTRATION: _("Alleen een herhaalrecept of administratie"),
    Reason.PART_OF_OTHER: _("Hoort bij een ander consult"),
    Reason.NO_ADVICE: _("De patiënt kreeg geen advies"),
    Reason.NOT_CHARGED: _("De praktijk rekent dit niet"),
    Reason.MISTAKE: _("Per vergissing voorgesteld"),
}
STEPS = {
    DeclarationStep.PROPOSED: _("voorgesteld"),
    DeclarationStep.CORRECTED: _("verbeterd"),
    DeclarationStep.CONFIRMED: _("bevestigd"),
    DeclarationStep.REFUSED: _("niet gedeclareerd"),
    DeclarationStep.REOPENED: _("opnieuw voorgesteld"),
    DeclarationStep.EXPORTED: _("in een bestand gezet"),
    DeclarationStep.MOVED: _("naar een andere patiënt gezet"),
    DeclarationStep.CREDITED: _("teruggedraaid met een creditregel"),
}
