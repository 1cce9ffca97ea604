"""Why a message waits, in plain words, and what one can do."""

from django.utils.translation import gettext_lazy as _

from zorgbalie.exchange.lab.outcome import MessageState
from zorgbalie.exchange.lab.types import Reason

REASONS = {
    Reason.UNKNOWN_FORMAT: _("Dit is geen bericht dat wij kunnen lezen."),
    Reason.CHARACTERS: _("Er staan tekens in die wij niet kunnen lezen."),
    Reason.TOO_LARGE: _("Het bericht is te groot."),
    Reason.SEPARATORS: _("De eerste regel van het bericht klopt niet."),
    Reason.NO_SEGMENT: _("Er staat een regel in die er niet hoort."),
    Reason.NOT_CLOSED: _("Het einde van het bericht ontbreekt."),
    Reason.COUNT_DIFFERS: _("Er ontbreken regels, of er zijn er te veel."),
    Reason.MISSING_SEGMENT: _("Er ontbreekt een verplicht onderdeel."),
    Reason.OUT_OF_PLACE: _("Een onderdeel staat op de verkeerde plaats."),
    Reason.MISSING_FIELD: _("Een verplicht gegeven is leeg."),
    Reason.BAD_DATE: _("Er staat een datum in die niet bestaat."),
    Reason.BAD_STATUS: _("Bij een uitslag staat niet of die vaststaat."),
    Reason.TOO_LONG: _("Een tekst is te lang."),
    Reason.TWO_PATIENTS: _("Er staan meer patiënten in één bericht."),
    Reason.TWO_NUMBERS: _("Er staan twee BSN's bij één patiënt."),
    Reason.NO_RESULTS: _("Er staat geen uitslag in."),
    Reason.OTHER_KIND: _("Dit soort bericht lezen wij nog niet in."),
    Reason.FREE_TEXT: _("Vrije tekst: nog niet ondersteund."),
    Reason.NO_BSN: _("Er staat geen BSN in het bericht."),
    Reason.INVALID_BSN: _("Het BSN in het bericht is geen geldig nummer."),
    Reason.NO_BIRTH_DATE: _("Er staat geen geboortedatum in het bericht."),
    Reason.NOT_FOUND: _("Bij deze praktijk staat niemand met dit BSN ingeschreven."),
    Reason.BIRTH_DATE_DIFFERS: _("De geboortedatum hoort niet bij het BSN."),
}

STATES = {
    MessageState.WAITING: (_("op te lossen"), "warning"),
    MessageState.ASSIGNED: (_("gekoppeld"), "ok"),
    MessageState.SET_ASIDE: (_("weggelegd"), "neutral"),
    MessageState.STORED: (_("verwerkt"), "ok"),
}
