"""The form of a reason, with its seven places for a question (REQ 28, 30; ux 5, 51)."""

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
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    MOST_LINKS,
    Addressee,
    CareLink,
    ForWhom,
    Reason,
)
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.faces.management.question_forms import QuestionForms, seen_revision

WHOM_NAMES = {
    ForWhom.BOTH: _("Iedereen"),
    ForWhom.ADULT: _("Vanaf 16 jaar"),
    ForWhom.CHILD: _("Kinderen tot en met 15 jaar"),
}
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


class ReasonForms:
    """The reason with its seven places, as one thing to check and to store."""

    def __init__(self, data: QueryDict | None, *, stored: Reason, receivers: Iterable[Addressee]) -> None:
        self.stored = stored
        self.reason = ReasonForm(data, receivers=receivers, initial=_initial(stored))
        self.questions = QuestionForms(data, stored=stored.questions)

    def is_valid(self) -> bool:
        """Whether all that was filled in is right."""
        return all([self.reason.is_valid(), self.questions.is_valid()])

    def wanted(self) -> Reason:
        """What was filled in where it is right, else what is stored."""
        values = self.reason.cleaned_data
        return Reason(
            reason_id=self.stored.reason_id,
            name=" ".join(values.get("name", self.stored.name).split()),
            description=values.get("description", self.stored.description),
            for_whom=ForWhom(values.get("for_whom") or self.stored.for_whom),
            goes_to=values.get("goes_to", ""),
            care_term=values.get("care_term", ""),
            care_code=values.get("care_code", ""),
            care_links=values.get("care_links", ()),
            questions=self.questions.questions(),
            is_on=values.get("is_on", False),
            revision=seen_revision(version=values.get("version", "")),
        )


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
