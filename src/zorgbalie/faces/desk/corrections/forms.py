"""Forms of the desk about a request. Fields that are not here cannot be set (security row 7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.record.types.corrections import (
    LONGEST_TEXT,
    CorrectionAnswer,
    CorrectionState,
    DeskCorrection,
    Wish,
)

_LATEST_REVISION = 2**31 - 1


def _revision() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=_LATEST_REVISION, widget=forms.HiddenInput)


def _text(rows: int, **values: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_TEXT})
    return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **values)


class _Form(forms.Form):
    """Several forms stand on one page: the ids of each begin with a word of its own."""

    word = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.word}_%s", **kwargs})


class TakeUpForm(_Form):
    """Which state of the request was on the screen."""

    word = "take_up"
    revision = _revision()


class NoteForm(_Form):
    """A note for colleagues."""

    word = "note"
    text = _text(3, label=_("Notitie voor collega’s"), help_text=_("De patiënt leest dit niet."))


class ExtendForm(_Form):
    """A later day, with the reason that the patient reads (AVG 12 lid 3)."""

    word = "extend"
    revision = _revision()
    due_on = forms.DateField(
        label=_("Antwoord uiterlijk op"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = _text(3, label=_("Waarom heeft u meer tijd nodig?"), help_text=_("De patiënt leest dit."))


_OUTCOMES = {
    CorrectionState.GRANTED: _("Inwilligen"),
    CorrectionState.PARTLY: _("Deels inwilligen"),
    CorrectionState.REFUSED: _("Afwijzen"),
}


class DecisionForm(_Form):
    """What is decided, in words for the patient, and what stands beside the item from then on."""

    word = "decide"
    revision = _revision()
    outcome = forms.ChoiceField(
        label=_("Besluit"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u besluit."), "invalid_choice": _("Kies wat u besluit.")},
    )
    note = _text(
        3,
        label=_("Wat staat er nu?"),
        help_text=_("Dit komt bij het onderdeel te staan, als ‘Gecorrigeerd op’ met de datum. De patiënt leest dit."),
        required=False,
    )
    hide = forms.BooleanField(
        label=_("Verberg het nu voor de patiënt"),
        help_text=_("De patiënt ziet het dan meteen niet meer. Collega’s zien het tot u het uit uw HIS of AIS haalt."),
        required=False,
    )
    answer = _text(
        5,
        label=_("Antwoord aan de patiënt"),
        help_text=_("Verplicht als u (deels) afwijst. Schrijf kort en in gewone woorden."),
        required=False,
    )

    def __init__(self, *args: Any, found: DeskCorrection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wish = found.card.wish
        choices = [one for one in _OUTCOMES if wish is not Wish.ADD or one is not CorrectionState.PARTLY]
        outcome = choice_field(self, "outcome")
        outcome.choices = [(one.value, _OUTCOMES[one]) for one in choices]
        if wish is Wish.CORRECT:
            # On the screen it stands as what it is; a refusal is sent without it.
            self.fields["note"].required = not self.is_bound
        else:
            del self.fields["note"]
        if not found.can_hide:
            del self.fields["hide"]

    def given_answer(self) -> CorrectionAnswer:
        """What was decided; call it on a valid form."""
        values = self.cleaned_data
        outcome = CorrectionState(values["outcome"])
        return CorrectionAnswer(
            outcome=outcome,
            revision=values["revision"],
            answer=values["answer"],
            note=values.get("note", ""),
            # A tick that stands there while one refuses means nothing.
            hide=bool(values.get("hide")) and outcome is not CorrectionState.REFUSED,
        )
