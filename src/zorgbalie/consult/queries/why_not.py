"""Why a patient cannot be written to, in words for the desk."""

from django.utils.translation import gettext as _

from zorgbalie.consult.types import WhyNot


def why_words(*, reason: WhyNot) -> str:
    """One plain sentence."""
    return {
        WhyNot.NOT_ENROLLED: _("De patiënt staat niet (meer) ingeschreven bij deze praktijk."),
        WhyNot.NOT_SERVED: _("Vragen en berichten (E-consult) staan uit voor deze patiënt."),
        WhyNot.NOT_KNOWN: _("De identiteit is nog niet gecontroleerd. De patiënt kan niet inloggen."),
        WhyNot.NO_PARENT: _("Dit kind is jonger dan 12 jaar en er is geen ouder bekend die het bericht kan lezen."),
        WhyNot.NO_ONLINE: _("De praktijk koos dat deze patiënt online niets inziet."),
        WhyNot.OBJECTED: _("De patiënt wil geen berichten aan een groep."),
    }[reason]
