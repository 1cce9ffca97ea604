"""What can be asked of the inbox, and how work is given to somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import AccountId, EmployeeId
from zorgbalie.worklist.types import (
    LONGEST_ACTION,
    ItemFilter,
    ItemKind,
    ItemPlan,
    ItemState,
    Team,
    WorkItemRow,
)

KIND_NAMES = {
    ItemKind.ACCESS_REQUEST: _("Verzoek om inzage"),
    ItemKind.AUTOMATIC_RELEASE: _("Dossier vanzelf vrijgegeven"),
    ItemKind.AGREEMENT_TO_SIGN: _("Afspraken ondertekenen"),
    ItemKind.EMERGENCY_REVIEW: _("Noodtoegang beoordelen"),
    ItemKind.LAB_REPORT: _("Postbericht van het laboratorium"),
    ItemKind.ACTION: _("Actie bij een uitslag"),
    ItemKind.LAB_UNMATCHED: _("Op te lossen bericht"),
    ItemKind.DOCUMENT: _("Nieuwe brief of nieuw document"),
    ItemKind.CONSULT: _("Vraag van een patiënt"),
    ItemKind.FOLLOW_UP: _("Geen reactie op een geplande vraag"),
    ItemKind.CONSULT_TO_STORE: _("Vanzelf afgeronde vraag, nog niet in het dossier"),
    ItemKind.APPOINTMENT: _("Afspraak gemaakt of gewijzigd door de patiënt"),
    ItemKind.CORRECTION: _("Verzoek om correctie"),
    ItemKind.ACTION_NOTE: _("Actie van een collega"),
}
APPOINTMENT_WORDS = {
    ChangeKind.BOOKED: _("Patiënt maakte een afspraak"),
    ChangeKind.MOVED: _("Patiënt verzette een afspraak"),
    ChangeKind.CANCELLED: _("Patiënt zei een afspraak af"),
}
# The action list is one choice, whatever an action is about.
_CHOICES = [
    (kind.value, _("Acties") if kind is ItemKind.ACTION else name)
    for kind, name in KIND_NAMES.items()
    if kind is not ItemKind.ACTION_NOTE
]


class FilterForm(forms.Form):
    """Filters of the list, in the address so that a list can be kept and shared."""

    q = forms.CharField(label=_("Naam van de patiënt"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("Alle soorten")), *_CHOICES],
    )
    van = forms.ChoiceField(label=_("Van wie"), required=False)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "van")
        first = [("", _("Iedereen")), ("mij", _("Alleen van mij")), ("vrij", _("Nog van niemand"))]
        field.choices = [*first, *who_choices(team)]

    def wanted(self, *, state: ItemState) -> ItemFilter:
        """The filter; what makes no sense is left out, field by field."""
        self.is_valid()
        values = self.cleaned_data
        employee_id, account_id = read_who(values.get("van", ""))
        return ItemFilter(
            state=state,
            kind=ItemKind(values["soort"]) if values.get("soort") else None,
            only_mine=values.get("van") == "mij",
            only_free=values.get("van") == "vrij",
            employee_id=employee_id,
            account_id=account_id,
            search=values.get("q", ""),
        )


def who_choices(team: Team) -> list[tuple[str, Any]]:
    """Colleagues and accounts, in two groups; `read_who` reads what was chosen."""
    groups: list[tuple[Any, list[tuple[str, str]]]] = [
        (_("Collega’s"), [(f"m{pk}", name) for pk, name in team.colleagues]),
        (_("Werklijst van"), [(f"a{pk}", name) for pk, name in team.accounts]),
    ]
    return [(label, names) for label, names in groups if names]


def read_who(text: str) -> tuple[EmployeeId | None, AccountId | None]:
    """The colleague or the account that was chosen in a list of `who_choices`."""
    number = text[1:]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None, None
    if text.startswith("m"):
        return EmployeeId(int(number)), None
    return None, AccountId(int(number)) if text.startswith("a") else None


class PlanForm(forms.Form):
    """Who does it, when, and whether it is urgent."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    who = forms.ChoiceField(
        label=_("Wie doet dit?"), required=False, help_text=_("U ziet alleen collega’s die dit werk mogen doen.")
    )
    due_on = forms.DateField(
        label=_("Uiterlijk op"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_urgent = forms.BooleanField(label=_("Dit heeft spoed"), required=False)

    def __init__(self, *args: Any, team: Team, needs_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = needs_day
        self.fields["due_on"].error_messages["required"] = _("Kies de dag waarop dit klaar moet zijn.")
        field = choice_field(self, "who")
        field.choices = [("", _("Iedereen")), *who_choices(team)]

    def plan(self) -> ItemPlan:
        """What was chosen; call it on a valid form."""
        values = self.cleaned_data
        employee_id, account_id = read_who(values["who"])
        return ItemPlan(
            employee_id=employee_id,
            account_id=account_id,
            due_on=values["due_on"],
            is_urgent=values["is_urgent"],
        )


def plan_of(item: WorkItemRow) -> dict[str, object]:
    """The form as the item stands."""
    who = f"m{item.assigned_to_id}" if item.assigned_to_id else f"a{item.account_id}" if item.account_id else ""
    return {
        "version": item.version,
        "who": who,
        "due_on": local_date(item.due_at) if item.due_at else None,
        "is_urgent": item.is_urgent,
    }


class ActionForm(PlanForm):
    """A new action about a patient: what, by when, and for whom."""

    token = forms.RegexField(r"[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Wat moet er gebeuren?"),
        help_text=_("Kort, bijvoorbeeld: bel over de uitslag van het ziekenhuis."),
        max_length=LONGEST_ACTION,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_ACTION}),
        error_messages={"required": _("Schrijf kort op wat er moet gebeuren.")},
    )
    field_order = ("token", "version", "text", "due_on", "who", "is_urgent")


class TakeForm(forms.Form):
    """Who had the item on the screen of who takes it."""

    van = forms.IntegerField(required=False, min_value=1, max_value=2**62)
