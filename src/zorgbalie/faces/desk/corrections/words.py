"""Requests in the words of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.record.types.corrections import CorrectionState, CorrectionStep, RecordItem, Wish

ITEM_NAMES = {
    RecordItem.EPISODE: gettext_lazy("episode"),
    RecordItem.CONTACT: gettext_lazy("contact"),
    RecordItem.LINE: gettext_lazy("journaalregel"),
    RecordItem.VALUE: gettext_lazy("meting of uitslag"),
    RecordItem.REPORT: gettext_lazy("postbericht van het laboratorium"),
    RecordItem.ALLERGY: gettext_lazy("allergie"),
    RecordItem.MEDICINE: gettext_lazy("medicijn"),
    RecordItem.LETTER: gettext_lazy("brief"),
}
WISH_NAMES = {
    Wish.CORRECT: gettext_lazy("Verbeteren"),
    Wish.REMOVE: gettext_lazy("Verwijderen"),
    Wish.ADD: gettext_lazy("Eigen verklaring toevoegen"),
}
STATE_NAMES = {
    CorrectionState.SENT: gettext_lazy("nieuw"),
    CorrectionState.IN_PROGRESS: gettext_lazy("in behandeling"),
    CorrectionState.GRANTED: gettext_lazy("ingewilligd"),
    CorrectionState.PARTLY: gettext_lazy("deels ingewilligd"),
    CorrectionState.REFUSED: gettext_lazy("afgewezen"),
    CorrectionState.WITHDRAWN: gettext_lazy("ingetrokken"),
}
STEP_NAMES = {
    CorrectionStep.ASKED: gettext_lazy("Gevraagd"),
    CorrectionStep.TAKEN_UP: gettext_lazy("In behandeling genomen"),
    CorrectionStep.EXTENDED: gettext_lazy("Termijn verlengd"),
    CorrectionStep.NOTE: gettext_lazy("Notitie voor collega’s"),
    CorrectionStep.DECIDED: gettext_lazy("Besloten"),
    CorrectionStep.WITHDRAWN: gettext_lazy("Ingetrokken"),
}


def done_words(state: CorrectionState, name: str) -> str:
    """What happened, for the message after a decision."""
    return {
        CorrectionState.GRANTED: _("Ingewilligd. %(name)s leest uw antwoord."),
        CorrectionState.PARTLY: _("Deels ingewilligd. %(name)s leest uw antwoord."),
        CorrectionState.REFUSED: _("Afgewezen. %(name)s leest uw reden."),
    }[state] % {"name": name}
