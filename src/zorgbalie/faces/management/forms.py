"""Forms of the settings. Each names its own fields: whatever else is posted is not looked at (security row 7)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.management.words import RIGHTS, facility_words
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.office.types import AccountDetails, EmployeeDetails, Facility, PracticeKind, ReleaseMode
from zorgbalie.ui.roles import role_name
from zorgbalie.ui.theme import TEXT_CONTRAST, WHITE, NotAColourError, contrast

_PHONE = RegexValidator(r"^[0-9+() \-]{3,20}$", _("Vul een telefoonnummer in, bijvoorbeeld 020 123 45 67."))
_POSTCODE = RegexValidator(r"^[1-9][0-9]{3} ?[A-Za-z]{2}$", _("Vul een postcode in, bijvoorbeeld 1234 AB."))
_AGB = RegexValidator(r"^[0-9]{8}$", _("Een AGB-code heeft 8 cijfers."))
_CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{1,19}$", _("Gebruik 2 tot 20 letters, cijfers, punten of streepjes.")
)


class SettingsForm(forms.Form):
    """A form that carries the version of what it was opened with, so that nobody's work is undone unseen."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def refuse(self, refusal: Refused) -> None:
        """Show why it was not saved, at the field that it is about."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)

    def values(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _day_input() -> forms.DateInput:
    """A browser's day field reads only this form, whatever the language of the page."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _text(label: Any, limit: int, *, required: bool = False, help_text: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, **options)


class PracticeForm(SettingsForm):
    """Name, address, telephone and look of the practice (REQ 88, R17)."""

    name = _text(_("Naam van de praktijk"), 120, required=True)
    phone = _text(
        _("Telefoonnummer"), 20, required=True, validators=[_PHONE], help_text=_("Staat bij patiënten op elke pagina.")
    )
    urgent_phone = _text(_("Spoednummer"), 20, validators=[_PHONE], help_text=_("Alleen als dat een ander nummer is."))
    opening_hours = _text(
        _("Bereikbaar"),
        200,
        help_text=_("Alleen als u geen openingstijden invult. Bijvoorbeeld: werkdagen van 8.00 tot 17.00 uur."),
    )
    out_of_hours_name = _text(_("Huisartsenpost of dienstapotheek"), 120)
    out_of_hours_phone = _text(_("Telefoonnummer daarvan"), 20, validators=[_PHONE])
    email = forms.EmailField(label=_("E-mailadres"), required=False, max_length=254)
    street = _text(_("Straat"), 100)
    house_number = _text(_("Huisnummer"), 20)
    postcode = _text(_("Postcode"), 7, validators=[_POSTCODE])
    city = _text(_("Plaats"), 80)
    agb = _text(_("AGB-code van de praktijk"), 8, validators=[_AGB])
    ura = _text(_("URA-nummer"), 8, validators=[RegexValidator(r"^[0-9]{8}$", _("Een URA-nummer heeft 8 cijfers."))])
    brand_color = forms.CharField(
        label=_("Kleur van de praktijk"), max_length=7, required=False,
        help_text=_("Bijvoorbeeld #0b5563. Leeg betekent: de kleuren van Zorgbalie."),
    )  # fmt: skip
    welcome_text = forms.CharField(
        label=_("Welkomsttekst"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Patiënten lezen dit op hun eerste pagina. Schrijf kort en gewoon."),
    )  # fmt: skip

    def clean_brand_color(self) -> str:
        """A colour on which white letters read well (WCAG 2.2 1.4.3)."""
        colour = str(self.cleaned_data["brand_color"]).strip().lower()
        if not colour:
            return ""
        try:
            ratio = contrast(first=colour, second=WHITE)
        except NotAColourError:
            raise forms.ValidationError(_("Vul een kleur in als # met zes cijfers of letters a tot f.")) from None
        if ratio < TEXT_CONTRAST:
            raise forms.ValidationError(
                _("Deze kleur is te licht: witte letters zijn er niet goed op te lezen. Kies een donkerder kleur.")
            )
        return colour


class OnlineForm(SettingsForm):
    """How and from when patients see their record (REQ 54; R6, R16; national OPEN data set).

    A pharmacy keeps no journal, episodes or results: it is not asked about them.
    """

    of_a_gp = (
        "online_access_since", "confirm_earlier", "results_months",
        "show_closed_with_attention", "show_closed_without_attention",
    )  # fmt: skip

    online_access_since = forms.DateField(
        label=_("Online inzage staat aan sinds"), required=False, widget=_day_input(),
        help_text=_("Patiënten zien E- en P-regels vanaf deze dag. Leeg betekent: zij zien er geen."),
    )  # fmt: skip
    confirm_earlier = forms.BooleanField(
        label=_("Ja, patiënten mogen ook de oudere regels zien"), required=False,
        help_text=_("Nodig als u een eerdere dag kiest dan er nu staat."),
    )  # fmt: skip
    release_mode = forms.ChoiceField(
        label=_("Verzoeken om inzage"),
        widget=forms.RadioSelect,
        choices=[
            (ReleaseMode.MANUAL.value, _("Een medewerker kijkt elk verzoek na en geeft het dossier vrij")),
            (ReleaseMode.AUTOMATIC.value, _("Het dossier gaat meteen open (niet bij patiënten onder de 16)")),
        ],
    )
    automatic_release_notifies = forms.BooleanField(
        label=_("Zet een bericht in het postvak als een dossier vanzelf open gaat"), required=False
    )
    results_months = forms.IntegerField(
        label=_("Zoveel maanden terug ziet de patiënt metingen en uitslagen"), min_value=1, max_value=120,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}), help_text=_("Landelijke afspraak: 14 maanden."),
    )  # fmt: skip
    show_closed_with_attention = forms.BooleanField(
        label=_("Toon afgesloten episodes met een attentiewaarde"), required=False
    )
    show_closed_without_attention = forms.BooleanField(label=_("Toon alle andere afgesloten episodes"), required=False)
    staff_idle_minutes = forms.IntegerField(
        label=_("Medewerkers uitloggen na zoveel minuten niets doen"), min_value=5, max_value=240,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, since: date | None, is_pharmacy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since
        if is_pharmacy:
            for name in self.of_a_gp:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """An earlier day opens older lines at once, so it is confirmed."""
        values = super().clean() or {}
        chosen = values.get("online_access_since")
        earlier = chosen is not None and (self.since is None or chosen < self.since)
        if earlier and self.since is not None and not values.get("confirm_earlier"):
            self.add_error("confirm_earlier", _("Bevestig dat patiënten dan ook oudere regels zien."))
        return values

    def values(self) -> dict[str, Any]:
        """What is stored: the confirmation is not."""
        return {name: value for name, value in super().values().items() if name != "confirm_earlier"}


class AccountForm(SettingsForm):
    """An account of a practice doctor (REQ 69)."""

    name = _text(_("Naam"), 120, required=True, help_text=_("Bijvoorbeeld: huisarts J. de Wit."))
    function = _text(_("Functie"), 60)
    agb = _text(_("AGB-code"), 8, validators=[_AGB])


class FacilitiesForm(SettingsForm):
    """What is switched on for the patients of an account (REQ 53, 68)."""

    facilities = forms.MultipleChoiceField(
        label=_("Aan voor patiënten van dit account"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kind: PracticeKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "facilities").choices = _explained(facility_words(kind))

    def chosen(self) -> set[Facility]:
        """As values of the house."""
        return {Facility(value) for value in self.cleaned_data["facilities"]}


class CopyForm(forms.Form):
    """From which account to which others (REQ 69)."""

    source = forms.TypedChoiceField(label=_("Neem de instellingen over van"), coerce=int)
    targets = forms.TypedMultipleChoiceField(
        label=_("Voor"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één account.")},
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: Iterable[AccountDetails], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(account.account_id, account.name) for account in accounts]
        choice_field(self, "source").choices = choices
        choice_field(self, "targets").choices = choices

    def clean(self) -> dict[str, Any]:
        """Not from an account to itself alone."""
        values = super().clean() or {}
        if values.get("targets") == [values.get("source")]:
            self.add_error("targets", _("Kies een ander account dan waarvan u de instellingen overneemt."))
        return values


def _explained(words: Any) -> list[tuple[str, str]]:
    """Choices with their explanation beneath."""
    line = '<span>{}</span><br><span class="mg-meaning">{}</span>'
    return [(one.value, format_html(line, name, meaning)) for one, (name, meaning) in words.items()]


class EmployeeForm(SettingsForm):
    """Who somebody is at the practice, and what that person may do (REQ 60, 70; R5)."""

    name = _text(_("Naam"), 120, required=True, help_text=_("Patiënten zien deze naam in het logboek."))
    employee_code = _text(
        _("Medewerker-ID"), 20, required=True, validators=[_CODE],
        help_text=_("Kiest u zelf. Dezelfde persoon heeft op elk account en bij elke praktijk dezelfde ID."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Functie"))
    accounts = forms.TypedMultipleChoiceField(
        label=_("Werkt voor"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    rights = forms.MultipleChoiceField(label=_("Mag"), required=False, widget=forms.CheckboxSelectMultiple)
    roles_begin: tuple[tuple[str, Any], ...] = ()

    def __init__(
        self, *args: Any, accounts: Iterable[AccountDetails], roles: Iterable[StaffRole], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(role.value, role_name(role)) for role in roles]
        choice_field(self, "role").choices = [*self.roles_begin, *names]
        choices = [(account.account_id, account.name) for account in accounts if account.is_active]
        choice_field(self, "accounts").choices = choices
        choice_field(self, "rights").choices = _explained(RIGHTS)
        if not choices:
            del self.fields["accounts"]

    def details(self) -> dict[str, Any]:
        """As the action asks for it."""
        values = self.cleaned_data
        return {
            "name": values["name"],
            "employee_code": values["employee_code"],
            "role": StaffRole(values["role"]),
            "rights": {StaffRight(value) for value in values["rights"]},
            "account_ids": set(values.get("accounts", [])),
        }


class NewEmployeeForm(EmployeeForm):
    """Somebody new; the address is the name for signing in."""

    email = forms.EmailField(label=_("E-mailadres"), max_length=254, help_text=_("Hiermee logt de medewerker in."))
    field_order = ("name", "email", "employee_code", "role", "accounts", "rights")
    # Nobody becomes a GP because that stood first in the list.
    roles_begin = (("", _("Kies een functie")),)


class EndForm(SettingsForm):
    """The last day of work."""

    when = forms.ChoiceField(
        label=_("Wanneer stopt deze medewerker?"),
        widget=forms.RadioSelect,
        choices=[("now", _("Nu meteen: de medewerker is direct uitgelogd")), ("day", _("Na een laatste werkdag"))],
    )
    last_day = forms.DateField(label=_("Laatste werkdag"), required=False, widget=_day_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A day from today on, when a day is chosen."""
        values = super().clean() or {}
        day = values.get("last_day")
        if values.get("when") == "day" and (day is None or day < self.today):
            self.add_error("last_day", _("Vul vandaag of een latere dag in."))
        return values

    def last(self) -> date | None:
        """The last day, or None for at once."""
        return self.cleaned_data["last_day"] if self.cleaned_data["when"] == "day" else None


class GroupForm(SettingsForm):
    """A group that patients choose as a function (REQ 30, 71)."""

    name = _text(_("Naam"), 60, required=True, help_text=_("Zoals een patiënt het zegt, bijvoorbeeld: assistente."))
    description = _text(_("Uitleg voor de patiënt"), 300, help_text=_("Waarvoor kan de patiënt hier terecht?"))
    is_visible_to_patients = forms.BooleanField(label=_("Patiënten kunnen deze groep kiezen"), required=False)
    members = forms.TypedMultipleChoiceField(
        label=_("Medewerkers"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, employees: Iterable[EmployeeDetails], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "members").choices = [
            (one.employee_id, f"{one.name} ({role_name(one.role)})") for one in employees
        ]


class AgreementTextForm(forms.Form):
    """The rights and duties of both sides (REQ 4)."""

    title = _text(_("Titel"), 120, required=True)
    patient_rights = forms.CharField(label=_("Rechten van de patiënt"), max_length=8000, widget=forms.Textarea)
    patient_duties = forms.CharField(label=_("Plichten van de patiënt"), max_length=8000, widget=forms.Textarea)
    practice_rights = forms.CharField(label=_("Rechten van de praktijk"), max_length=8000, widget=forms.Textarea)
    practice_duties = forms.CharField(label=_("Plichten van de praktijk"), max_length=8000, widget=forms.Textarea)
