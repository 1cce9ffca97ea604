"""The form of an agenda, and the one with which its pattern is taken over from another (REQ 73, 74; R11)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types import ReleasePlan
from zorgbalie.agenda.types.managing import LONGEST_AGENDA_NAME, LONGEST_FUNCTION, Choices, ManagedAgenda
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.management.agenda.kind_forms import number_field
from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.faces.management.question_forms import seen_revision


class AgendaForm(SettingsForm):
    """Whose time it is, and how it opens for patients."""

    name = forms.CharField(
        label=_("Naam"), max_length=LONGEST_AGENDA_NAME, help_text=_("Patiënten lezen dit, bijvoorbeeld: dr. De Wit.")
    )
    function = forms.CharField(
        label=_("Functie"), max_length=LONGEST_FUNCTION,
        help_text=_("Zoals een patiënt het zegt: huisarts, assistente, praktijkondersteuner."),
    )  # fmt: skip
    account = forms.TypedChoiceField(
        label=_("Account"), coerce=int, empty_value=None, required=False,
        help_text=_("Van welke arts is deze agenda? Laat leeg bij een assistente."),
    )  # fmt: skip
    employee = forms.TypedChoiceField(
        label=_("Medewerker"), coerce=int, empty_value=None, required=False,
        help_text=_("Wie werkt er in deze agenda?"),
    )  # fmt: skip
    urgent_reserve = number_field(
        "urgent_reserve", _("Zoveel plaatsen per dag blijven vrij voor spoed"),
        _("Patiënten kunnen deze plaatsen niet zelf boeken. U wel, als iemand belt. Vaak zijn het er 5."),
    )  # fmt: skip
    release_plan = forms.ChoiceField(
        label=_("Wanneer komen tijden vrij?"), widget=forms.RadioSelect,
        choices=[
            (
                ReleasePlan.STAGGERED.value,
                _("Gespreid: een deel ver vooruit, een deel een week en een deel een dag vooruit, op wisselende uren"),
            ),
            (ReleasePlan.ALL.value, _("Alles tegelijk: om middernacht komt er een hele dag bij")),
        ],
        help_text=_("Gespreid vrijgeven voorkomt dat alles meteen weg is. Wie later kijkt, vindt ook iets."),
    )  # fmt: skip
    days_ahead = number_field("days_ahead", _("Patiënten zien tijden tot zoveel dagen vooruit"))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "account").choices = [("", _("Geen account")), *choices.accounts]
        choice_field(self, "employee").choices = [("", _("Niemand in het bijzonder")), *choices.employees]

    def wanted(self, stored: ManagedAgenda) -> ManagedAgenda:
        """What was filled in; the form is right."""
        values = self.cleaned_data
        return replace(
            stored,
            name=" ".join(values["name"].split()),
            function=" ".join(values["function"].split()),
            account_id=values["account"],
            employee_id=values["employee"],
            urgent_reserve=values["urgent_reserve"],
            release_plan=ReleasePlan(values["release_plan"]),
            days_ahead=values["days_ahead"],
            revision=seen_revision(version=values.get("version", "")),
        )


class TakeOverForm(forms.Form):
    """From which agenda the week pattern and the opening are taken."""

    use_required_attribute = False
    source = forms.TypedChoiceField(label=_("Overnemen van"), coerce=int)

    def __init__(self, *args: Any, agendas: Iterable[ManagedAgenda], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "source").choices = [
            ("", _("Kies een agenda")), *((one.agenda_id or 0, one.name) for one in agendas),
        ]  # fmt: skip


def with_present(choices: Choices, stored: ManagedAgenda) -> Choices:
    """The choices with whoever stands there now and cannot be chosen any more: a form does not empty it unseen."""
    accounts, employees = dict(choices.accounts), dict(choices.employees)
    gone = str(_("Niet meer in gebruik"))
    if stored.account_id is not None:
        accounts.setdefault(stored.account_id, gone)
    if stored.employee_id is not None:
        employees.setdefault(stored.employee_id, gone)
    return Choices(accounts=tuple(accounts.items()), employees=tuple(employees.items()))


def initial_of(stored: ManagedAgenda) -> dict[str, object]:
    """The form as it is stored."""
    return {
        "name": stored.name,
        "function": stored.function,
        "account": stored.account_id,
        "employee": stored.employee_id,
        "urgent_reserve": stored.urgent_reserve,
        "release_plan": stored.release_plan.value,
        "days_ahead": stored.days_ahead,
        "version": str(stored.revision),
    }
