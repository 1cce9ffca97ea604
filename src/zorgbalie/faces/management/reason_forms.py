"""The form of a reason: the reason itself, and seven places for a question (REQ 28, 30; ux 5, 51)."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.queries.settings import lines_of
from zorgbalie.consult.types import (
    LONGEST_CHOICE,
    LONGEST_DESCRIPTION,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_UNIT,
    MOST_CHOICES,
    MOST_LINKS,
    MOST_QUESTIONS,
    Addressee,
    CareLink,
    ForWhom,
    Question,
    QuestionKind,
    Reason,
)
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.management.forms import SettingsForm
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
WHOM_NAMES = {
    ForWhom.BOTH: _("Iedereen"),
    ForWhom.ADULT: _("Vanaf 16 jaar"),
    ForWhom.CHILD: _("Kinderen tot en met 15 jaar"),
}
_WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)
_LINK = re.compile(r"(?P<title>[^|]{1,80})\|\s*(?P<address>https://\S{1,500})")


class ReasonForm(SettingsForm):
    """What patients choose, and what goes with it."""

    name = forms.CharField(label=_("Naam"), max_length=LONGEST_NAME, help_text=_("Kort en gewoon, bijvoorbeeld: Huid."))
    description = forms.CharField(
        label=_("Uitleg"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        help_text=_("Bijvoorbeeld: uitslag, jeuk of een wondje."),
    )
    for_whom = forms.ChoiceField(
        label=_("Voor wie?"), widget=forms.RadioSelect, choices=[(one.value, name) for one, name in WHOM_NAMES.items()]
    )
    goes_to = forms.ChoiceField(
        label=_("Aan wie gaat de vraag?"),
        required=False,
        help_text=_("Alleen als de patiënt niet zelf iemand kiest, en als patiënten diegene kunnen kiezen."),
    )
    care_term = forms.CharField(
        label=_("Zoekwoord voor zelfzorg"),
        max_length=60,
        required=False,
        help_text=_("Hiermee zoekt de patiënt op thuisarts.nl en uw andere websites. Leeg: geen zelfzorg."),
    )
    care_code = forms.CharField(
        label=_("ICPC-code voor zelfzorg"),
        max_length=6,
        required=False,
        validators=[RegexValidator(r"^[A-Z][0-9]{2}(\.[0-9]{1,2})?$", _("Vul een code in zoals R05 of S88.01."))],
        help_text=_("Dan krijgt de patiënt de pagina’s die u bij Betrouwbare informatie voor deze code laadde."),
    )
    care_links = forms.CharField(
        label=_("Eigen links"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hoogstens 3, elk op een eigen regel: Titel | https://adres"),
    )
    is_on = forms.BooleanField(label=_("Patiënten kunnen deze reden kiezen"), required=False)

    def __init__(self, *args: Any, receivers: Iterable[Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "goes_to")
        field.choices = [("", _("De praktijk, wie het eerst kan")), *((one.key, one.name) for one in receivers)]

    def clean_care_links(self) -> tuple[CareLink, ...]:
        """Titles and addresses; the action checks each address once more."""
        found = []
        for line in lines_of(text=self.cleaned_data["care_links"]):
            parts = _LINK.fullmatch(line)
            if parts is None:
                raise forms.ValidationError(gettext("Schrijf elke link als: Titel | https://adres"))
            found.append(CareLink(title=parts["title"].strip(), address=parts["address"]))
        if len(found) > MOST_LINKS:
            raise forms.ValidationError(gettext("Zet er hoogstens 3 links bij, elk met een titel."))
        return tuple(found)


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
        lines = lines_of(text=values.get("choices", ""))
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
            choices=lines_of(text=values.get("choices", "")) if kind in _WITH_CHOICES else (),
            unit=values.get("unit", "") if kind is QuestionKind.NUMBER else "",
            is_optional=values.get("is_optional", False),
            may_be_unknown=values.get("may_be_unknown", False),
        )

    def _kind(self) -> QuestionKind:
        return QuestionKind(self.cleaned_data.get("kind") or QuestionKind.SHORT.value)


class ReasonForms:
    """The reason with its seven places, as one thing to check and to store."""

    def __init__(self, data: QueryDict | None, *, stored: Reason, receivers: Iterable[Addressee]) -> None:
        self.stored = stored
        self.reason = ReasonForm(data, receivers=receivers, initial=_initial(stored))
        self.questions = [
            QuestionForm(data, prefix=f"vraag{place}", initial=_initial_question(stored, place))
            for place in range(1, MOST_QUESTIONS + 1)
        ]

    def is_valid(self) -> bool:
        """Whether all that was filled in is right."""
        return all([self.reason.is_valid(), *(one.is_valid() for one in self.questions)])

    def wanted(self) -> Reason:
        """What was filled in where it is right, else what is stored."""
        values = self.reason.cleaned_data
        seen = values.get("version", "")
        placed = [
            (one.cleaned_data.get("place") or place, place, found)
            for place, one in enumerate(self.questions, start=1)
            if (found := one.question()) is not None
        ]
        return Reason(
            reason_id=self.stored.reason_id,
            name=" ".join(values.get("name", self.stored.name).split()),
            description=values.get("description", self.stored.description),
            for_whom=ForWhom(values.get("for_whom") or self.stored.for_whom),
            goes_to=values.get("goes_to", ""),
            care_term=values.get("care_term", ""),
            care_code=values.get("care_code", ""),
            care_links=values.get("care_links", ()),
            questions=tuple(found for *_place, found in sorted(placed, key=lambda one: one[:2])),
            is_on=values.get("is_on", False),
            revision=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1,
        )


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


def _initial(stored: Reason) -> dict[str, object]:
    return {
        "name": stored.name,
        "description": stored.description,
        "for_whom": stored.for_whom.value,
        "goes_to": stored.goes_to,
        "care_term": stored.care_term,
        "care_code": stored.care_code,
        "care_links": "\n".join(f"{one.title} | {one.address}" for one in stored.care_links),
        "is_on": stored.is_on,
        "version": str(stored.revision),
    }


def _initial_question(stored: Reason, place: int) -> dict[str, object]:
    if place > len(stored.questions):
        return {"place": place, "may_be_unknown": True}
    question = stored.questions[place - 1]
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
