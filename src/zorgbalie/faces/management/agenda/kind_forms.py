"""The form of a kind of appointment, with its seven places for a question (REQ 37; ux 5, 51)."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types import Mode
from zorgbalie.agenda.types.managing import BOUNDS, KIND_LENGTHS, KIND_NUMBERS, ManagedKind
from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.faces.management.question_forms import QuestionForms, seen_revision

MODE_NAMES = {
    Mode.PRACTICE: _("In de praktijk"),
    Mode.PHONE: _("Telefonisch"),
    Mode.VIDEO: _("Met beeldbellen"),
}
_TEXTS = ("description", "with_whom", "room", "bring", "how")


def number_field(name: str, label: Any, help_text: Any = "", *, required: bool = True) -> forms.IntegerField:
    """A number between the bounds of its setting."""
    lowest, highest = BOUNDS[name]
    return forms.IntegerField(
        label=label,
        min_value=lowest,
        max_value=highest,
        help_text=help_text,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _text(name: str, label: Any, help_text: Any = "", *, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": KIND_LENGTHS[name]}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, help_text=help_text, max_length=KIND_LENGTHS[name], required=name == "name", widget=widget
    )


class KindForm(SettingsForm):
    """What patients choose, and what a place of this kind asks."""

    name = _text("name", _("Naam"), _("Kort en gewoon, bijvoorbeeld: 1 klacht, of Oren uitspuiten."))
    description = _text("description", _("Uitleg"), _("Waarvoor is deze afspraak? De patiënt leest dit."), rows=2)
    with_whom = _text("with_whom", _("Bij wie?"), _("Zoals een patiënt het zegt: de huisarts, de assistente."))
    minutes = number_field("minutes", _("Hoeveel minuten duurt de afspraak?"))
    mode = forms.ChoiceField(
        label=_("Hoe is de afspraak?"), widget=forms.RadioSelect,
        choices=[(one.value, name) for one, name in MODE_NAMES.items()],
    )  # fmt: skip
    room = _text("room", _("Waar in de praktijk?"), _("Bijvoorbeeld: kamer 2, eerste verdieping."))
    how = _text(
        "how",
        _("Hoe gaat bellen of beeldbellen?"),
        _("Welk nummer belt u? Of hoe krijgt de patiënt de link?"),
        rows=2,
    )
    bring = _text("bring", _("Wat neemt de patiënt mee, of doet hij vooraf?"), rows=2)
    is_online = forms.BooleanField(
        label=_("Patiënten kunnen deze afspraak zelf maken"), required=False,
        help_text=_("Alleen in blokken van het weekrooster die online open staan."),
    )  # fmt: skip
    hours_before = number_field("hours_before", _("Online te maken tot zoveel uur van tevoren"))
    days_ahead = number_field("days_ahead", _("Online te maken tot zoveel dagen vooruit"))
    cancel_hours = number_field(
        "cancel_hours", _("Online af te zeggen of te verzetten tot zoveel uur van tevoren"),
        _("Daarna leest de patiënt dat hij moet bellen."),
    )  # fmt: skip
    most_per_patient = number_field(
        "most_per_patient", _("Hoogstens zoveel komende afspraken per patiënt"), _("0 betekent: geen maximum.")
    )
    min_age = number_field("min_age", _("Vanaf welke leeftijd?"), _("0 betekent: vanaf de geboorte."))
    max_age = number_field("max_age", _("Tot en met welke leeftijd?"), _("Leeg betekent: geen grens."), required=False)

    def clean(self) -> dict[str, Any]:
        """The highest age is not below the lowest."""
        values = super().clean() or {}
        lowest, highest = values.get("min_age"), values.get("max_age")
        if lowest is not None and highest is not None and highest < lowest:
            self.add_error("max_age", _("Deze leeftijd is lager dan de leeftijd hierboven."))
        return values


class KindForms:
    """The kind with its seven places, as one thing to check and to store."""

    def __init__(self, data: QueryDict | None, *, stored: ManagedKind) -> None:
        self.stored = stored
        self.kind = KindForm(data, initial=_initial(stored))
        self.questions = QuestionForms(data, stored=stored.questions)

    def is_valid(self) -> bool:
        """Whether all that was filled in is right."""
        return all([self.kind.is_valid(), self.questions.is_valid()])

    def wanted(self) -> ManagedKind:
        """What was filled in where it is right, else what is stored."""
        values = self.kind.cleaned_data
        plain = {name: values[name] for name in (*_TEXTS, *KIND_NUMBERS) if name in values}
        return replace(
            self.stored,
            name=" ".join(values.get("name", self.stored.name).split()),
            mode=Mode(values.get("mode") or self.stored.mode),
            is_online=values.get("is_online", False),
            questions=self.questions.questions(),
            revision=seen_revision(version=values.get("version", "")),
            **plain,
        )


def _initial(stored: ManagedKind) -> dict[str, object]:
    plain = {name: getattr(stored, name) for name in ("name", *_TEXTS, *KIND_NUMBERS, "is_online")}
    return {**plain, "mode": stored.mode.value, "version": str(stored.revision)}
