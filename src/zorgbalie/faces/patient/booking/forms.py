"""The forms on the way to an appointment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.agenda.types import LONGEST_REASON
from zorgbalie.agenda.types.booking import BookFor
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.patient.context import age_words
from zorgbalie.kernel.questions import AskedQuestion, QuestionKind
from zorgbalie.ui.asked import RADIO_KINDS, UNKNOWN, question_fields


class WarningForm(forms.Form):
    """R17: only who says that none of the signs fits goes on."""

    none_of_these = forms.BooleanField(
        label=gettext_lazy("Nee, geen van deze"),
        error_messages={"required": gettext_lazy("Past iets hiervan bij u? Bel dan nu. Anders: zet hier een vinkje.")},
    )


class ForWhomForm(forms.Form):
    """0 is oneself."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Voor wie is de afspraak?"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={
            "required": gettext_lazy("Kies voor wie de afspraak is."),
            "invalid_choice": gettext_lazy("Kies voor wie de afspraak is."),
        },
    )

    def __init__(self, data: QueryDict | None, *, others: Sequence[BookFor]) -> None:
        super().__init__(data)
        choice_field(self, "person").choices = [
            (0, _("Voor mijzelf")),
            *(
                (one.person_id, format_html('{}<br><span class="zb-subtle">{}</span>', one.name, age_words(one.age)))
                for one in others
            ),
        ]


class BookForm(forms.Form):
    """Which version was on the screen."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class DetailsForm(forms.Form):
    """Why one comes, and what the practice asks first, on one page: the time is kept for five minutes only."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Waar komt u voor?"),
        help_text=gettext_lazy("In een paar zinnen. Zo kan de praktijk zich voorbereiden."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_REASON}),
        error_messages={
            "max_length": gettext_lazy("Uw tekst is te lang. U kunt %(limit_value)d tekens gebruiken."),
        },
    )

    def __init__(self, data: QueryDict | None, *, reason: str, asked: Sequence[AskedQuestion]) -> None:
        initial: dict[str, Any] = {"reason": reason}
        for one in asked:
            initial |= _initial(one)
        super().__init__(data, initial=initial)
        self._asked = asked
        for one in asked:
            fields = question_fields(
                kind=one.question.kind.value,
                label=one.question.label,
                help_text=one.question.help_text,
                choices=one.question.choices,
                unit=one.question.unit,
                is_optional=one.question.is_optional,
                may_be_unknown=one.question.may_be_unknown,
            )
            self.fields |= {f"{name}-{one.place}": field for name, field in fields.items()}

    def answers(self) -> dict[int, tuple[list[str], bool]]:
        """What was filled in per question, and whether the patient does not know."""
        return {one.place: self._given(one.place) for one in self._asked}

    def questions(self) -> list[dict[str, Any]]:
        """What `ui/consult/asked_question.html` needs of each. Their labels say themselves what is optional."""
        found = []
        for one in self._asked:
            names = {"answer": f"answer-{one.place}", "unknown": f"unknown-{one.place}"}
            for name in names.values():
                if name in self.fields:
                    self.fields[name].required = True
            found.append({key: self[name] for key, name in names.items() if name in self.fields})
        return found

    def _given(self, place: int) -> tuple[list[str], bool]:
        answer = self.cleaned_data.get(f"answer-{place}", "")
        values = list(answer) if isinstance(answer, list) else [answer]
        is_unknown = bool(self.cleaned_data.get(f"unknown-{place}")) or values == [UNKNOWN]
        return ([] if is_unknown else values), is_unknown


def _initial(one: AskedQuestion) -> dict[str, Any]:
    answer: Any = one.given.text.split("\n") if one.question.kind is QuestionKind.SEVERAL else one.given.text
    if one.given.is_unknown and one.question.kind in RADIO_KINDS:
        answer = UNKNOWN
    return {f"answer-{one.place}": answer, f"unknown-{one.place}": one.given.is_unknown}
