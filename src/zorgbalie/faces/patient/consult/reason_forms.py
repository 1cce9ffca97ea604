"""What it is about, and one question of the practice's form. The rules decide whether an answer fits (ux 4, 9)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from zorgbalie.consult.types import AskedQuestion, OfferedReason, QuestionKind
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.ui.asked import RADIO_KINDS, UNKNOWN, question_fields


class ReasonForm(forms.Form):
    """One of the reasons of the practice."""

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Waar gaat uw vraag over?"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={
            "required": gettext_lazy("Kies waar uw vraag over gaat."),
            "invalid_choice": gettext_lazy("Kies waar uw vraag over gaat."),
        },
    )

    def __init__(self, data: QueryDict | None, *, offered: Sequence[OfferedReason], chosen: str) -> None:
        found = next((one.reason_id for one in offered if one.name == chosen), None)
        super().__init__(data, initial={"reason": found})
        field = choice_field(self, "reason")
        field.choices = [(one.reason_id, _named(one)) for one in offered]


class AnswerForm(forms.Form):
    """One question as the practice wrote it. `unknown`: the patient does not know (ux 4)."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None, *, asked: AskedQuestion) -> None:
        given = asked.given
        question = asked.question
        text: Any = given.text.split("\n") if question.kind is QuestionKind.SEVERAL else given.text
        initial = {"answer": text, "unknown": given.is_unknown}
        if given.is_unknown and question.kind in RADIO_KINDS:
            initial["answer"] = UNKNOWN
        super().__init__(data, initial=initial)
        self.fields |= question_fields(
            kind=question.kind.value,
            label=question.label,
            help_text=question.help_text,
            choices=question.choices,
            unit=question.unit,
            is_optional=question.is_optional,
            may_be_unknown=question.may_be_unknown,
        )

    def given(self) -> tuple[list[str], bool]:
        """What was filled in, and whether the patient does not know."""
        answer = self.cleaned_data.get("answer", "")
        values = list(answer) if isinstance(answer, list) else [answer]
        is_unknown = bool(self.cleaned_data.get("unknown")) or values == [UNKNOWN]
        return ([] if is_unknown else values), is_unknown


def _named(one: OfferedReason) -> str:
    if not one.description:
        return one.name
    return format_html('{}<br><span class="zb-subtle">{}</span>', one.name, one.description)
