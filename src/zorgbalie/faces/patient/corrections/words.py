"""Requests in the patient's words: kinds of items, what is wanted, and how far it is."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.record.types.corrections import CorrectionCard, CorrectionState, RecordItem, Wish
from zorgbalie.ui.formats import day_date
from zorgbalie.ui.types import Step

ITEM_NAMES = {
    RecordItem.EPISODE: gettext_lazy("een klacht of ziekte"),
    RecordItem.CONTACT: gettext_lazy("een contact met de praktijk"),
    RecordItem.LINE: gettext_lazy("een regel van een contact"),
    RecordItem.VALUE: gettext_lazy("een meting of uitslag"),
    RecordItem.REPORT: gettext_lazy("een uitslag van onderzoek"),
    RecordItem.ALLERGY: gettext_lazy("een allergie"),
    RecordItem.MEDICINE: gettext_lazy("een medicijn"),
    RecordItem.LETTER: gettext_lazy("een brief"),
}
NO_ITEM = gettext_lazy("uw dossier")
WISH_NAMES = {
    Wish.CORRECT: gettext_lazy("Iets verbeteren"),
    Wish.REMOVE: gettext_lazy("Iets weghalen"),
    Wish.ADD: gettext_lazy("Zelf iets erbij zetten"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CardWords:
    """A request in words."""

    card: CorrectionCard
    title: str
    about: str
    state: str
    tone: str


def words_of(card: CorrectionCard) -> CardWords:
    """A line of the list."""
    state, tone = _state(card)
    return CardWords(
        card=card,
        title=str(WISH_NAMES[card.wish]),
        about=str(ITEM_NAMES[card.item_kind] if card.item_kind else NO_ITEM),
        state=state,
        tone=tone,
    )


def _state(card: CorrectionCard) -> tuple[str, str]:
    if card.state is CorrectionState.SENT:
        return (_("gelezen door de praktijk"), "info") if card.was_read else (_("verstuurd"), "info")
    return {
        CorrectionState.IN_PROGRESS: (_("in behandeling"), "info"),
        CorrectionState.GRANTED: (_("goedgekeurd"), "ok"),
        CorrectionState.PARTLY: (_("deels goedgekeurd"), "ok"),
        CorrectionState.REFUSED: (_("afgewezen"), "neutral"),
        CorrectionState.WITHDRAWN: (_("ingetrokken"), "neutral"),
    }[card.state]


def steps_of(card: CorrectionCard) -> list[Step]:
    """Sent, read, worked on, decided; none for what was withdrawn."""
    if card.state is CorrectionState.WITHDRAWN:
        return []
    reached = 3
    if card.is_open:
        reached = 2 if card.state is CorrectionState.IN_PROGRESS else int(card.was_read)
    details = ["", "", _in_progress_words(card), ""]
    labels = [_("Verstuurd"), _("Gelezen door de praktijk"), _("In behandeling"), _("Besloten")]
    return [
        Step(label=label, state=_place(number, reached), detail=details[number]) for number, label in enumerate(labels)
    ]


def _place(number: int, reached: int) -> str:
    return "done" if number < reached else "current" if number == reached else "todo"


def _in_progress_words(card: CorrectionCard) -> str:
    return _("verlengd tot %(day)s") % {"day": _day(card.due_on)} if card.is_extended and card.is_open else ""


def _day(value: date) -> str:
    return day_date(value=value)
