"""Seven places for a question: of a reason to ask, and of a kind of appointment (REQ 30, 37; ux 5, 51)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zorgbalie.kernel.questions import (
    LONGEST_CHOICE,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_UNIT,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Question,
    QuestionKind,
)
from zorgbalie.ui.asked import question_fields

KIND_NAMES = {
    QuestionKind.SHORT: _("Korte tekst"),
    QuestionKind.LONG: _("Lange tekst"),
    QuestionKind.YES_NO: _("Ja of nee"),
    QuestionKind.CHOICE: _("Eén antwoord kiezen"),
    QuestionKind.SEVERAL: _("Meer antwoorden aanvinken"),
    QuestionKind.NUMBER: _("Getal"),
    QuestionKind.DATE: _("Datum"),
}
_WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


class QuestionForm(forms.Form):
    """One question; without a text there is none."""

    use_required_attribute = False
    label = forms.CharField(label=_("Vraag"), max_length=LONGEST_LABEL, required=False)
    kind = forms.ChoiceField(
        label=_("Soort antwoord"), choices=[(one.value, name) for one, name in KIND_NAMES.items()], required=False
    )
    choices = forms.CharField(
        label=_("Antwoorden"),
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Alleen bij kiezen of aanvinken: 2 tot 10, elk op een eigen regel."),
    )
    unit = forms.CharField(label=_("Eenheid"), max_length=LONGEST_UNIT, required=False, help_text=_("Bij een getal."))
    help_text = forms.CharField(label=_("Uitleg bij de vraag"), max_length=LONGEST_HELP, required=False)
    is_optional = forms.BooleanField(label=_("De patiënt mag deze vraag overslaan"), required=False)
    may_be_unknown = forms.BooleanField(label=_("‘Weet ik niet’ is ook een antwoord"), required=False)
    place = forms.TypedChoiceField(
        label=_("Volgorde"), coerce=int, empty_value=None, required=False,
        choices=[(one, str(one)) for one in range(1, MOST_QUESTIONS + 1)],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Choices where the kind has them."""
        values = super().clean() or {}
        lines = _lines(values.get("choices", ""))
        if values.get("label") and self._kind() in _WITH_CHOICES:
            is_right = 2 <= len(lines) <= MOST_CHOICES and len(set(lines)) == len(lines)
            if not is_right or any(len(one) > LONGEST_CHOICE for one in lines):
                self.add_error("choices", _("Geef 2 tot 10 verschillende antwoorden van hoogstens 60 tekens."))
        return values

    def question(self) -> Question | None:
        """What was filled in where it is right; None for an empty place."""
        values = self.cleaned_data
        label = " ".join(values.get("label", "").split())
        if not label or self.errors:
            return None
        kind = self._kind()
        return Question(
            label=label,
            kind=kind,
            help_text=values.get("help_text", ""),
            choices=_lines(values.get("choices", "")) if kind in _WITH_CHOICES else (),
            unit=values.get("unit", "") if kind is QuestionKind.NUMBER else "",
            is_optional=values.get("is_optional", False),
            may_be_unknown=values.get("may_be_unknown", False),
        )

    def _kind(self) -> QuestionKind:
        return QuestionKind(self.cleaned_data.get("kind") or QuestionKind.SHORT.value)


class QuestionForms:
    """The seven places, as one thing to check."""

    def __init__(self, data: QueryDict | None, *, stored: Sequence[Question]) -> None:
        self.forms = [
            QuestionForm(data, prefix=f"vraag{place}", initial=_initial(stored, place))
            for place in range(1, MOST_QUESTIONS + 1)
        ]

    def is_valid(self) -> bool:
        """Whether all that was filled in is right."""
        checked = [one.is_valid() for one in self.forms]  # each: its values are read whatever the others are like
        return all(checked)

    def questions(self) -> tuple[Question, ...]:
        """What was filled in, where it is right, in the order that was chosen."""
        placed = [
            (one.cleaned_data.get("place") or place, place, found)
            for place, one in enumerate(self.forms, start=1)
            if (found := one.question()) is not None
        ]
        return tuple(found for *_place, found in sorted(placed, key=lambda one: one[:2]))

    def places(self) -> list[tuple[int, QuestionForm, str, bool]]:
        """For the page: the place, its form, its text, and whether something in it is wrong."""
        return [
            (place, form, form["label"].value() or "", bool(form.is_bound and form.errors))
            for place, form in enumerate(self.forms, start=1)
        ]


class ShownQuestion(forms.Form):
    """A question in the preview: the same fields that the patient gets, which nobody sends."""

    use_required_attribute = False

    def __init__(self, *, question: Question, number: int) -> None:
        super().__init__(prefix=f"voorbeeld{number}")
        self.fields |= question_fields(
            kind=question.kind.value,
            label=question.label,
            help_text=question.help_text,
            choices=question.choices,
            unit=question.unit,
            is_optional=question.is_optional,
            may_be_unknown=question.may_be_unknown,
        )
        self.fields["answer"].required = True  # the words "niet verplicht" stand in the question, as for the patient


def shown_questions(*, questions: Sequence[Question]) -> list[ShownQuestion]:
    """The questions as the patient gets them, for a preview."""
    return [ShownQuestion(question=one, number=number) for number, one in enumerate(questions, start=1)]


def seen_revision(*, version: str) -> int:
    """The revision that a form was opened with; -1, which nothing has, for what is no number."""
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else -1


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)


def _initial(stored: Sequence[Question], place: int) -> dict[str, object]:
    if place > len(stored):
        return {"place": place, "may_be_unknown": True}
    question = stored[place - 1]
    return {
        "label": question.label,
        "kind": question.kind.value,
        "choices": "\n".join(question.choices),
        "unit": question.unit,
        "help_text": question.help_text,
        "is_optional": question.is_optional,
        "may_be_unknown": question.may_be_unknown,
        "place": place,
    }
