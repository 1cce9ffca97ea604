"""Forms about an appointment at the desk. Fields that are not here cannot be set (security row 7)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types import LONGEST_CANCEL_TEXT, LONGEST_REASON, AgendaId, AppointmentKindId, AppointmentState
from zorgbalie.agenda.types.desk import AppointmentSearch, ListSort
from zorgbalie.faces.desk.appointments.words import STATE_NAMES
from zorgbalie.faces.entry.fields import choice_field

_AGAIN = _("Er ging iets mis met dit formulier. Begin opnieuw.")
_PICK = _("Kies een tijd uit de lijst.")
_HIGHEST = 2**31 - 1
_SORTS = {"": ListSort.EARLIEST, "laatst": ListSort.LATEST, "gemaakt": ListSort.MADE}


class WhoForm(forms.Form):
    """Search on name and birth date; what was typed stands in the address, so no BSN."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Naam, geboortedatum of allebei"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class BookForm(forms.Form):
    """A new appointment: for what, when, why."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, error_messages={"invalid": _AGAIN})
    soort = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    place = forms.CharField(widget=forms.HiddenInput, max_length=80, error_messages={"required": _PICK})
    reason = forms.CharField(
        label=_("Waarvoor komt de patiënt?"),
        help_text=_("Mag leeg blijven. De patiënt ziet deze tekst bij de afspraak."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
    )


class MoveForm(forms.Form):
    """Another time for an appointment, and the revision that was on the screen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_HIGHEST)
    place = forms.CharField(widget=forms.HiddenInput, max_length=80, error_messages={"required": _PICK})


class CancelForm(forms.Form):
    """A word for the patient; a ready sentence, own words, both or neither."""

    TEXTS = {
        "asked": _("Op uw verzoek is deze afspraak afgezegd."),
        "absent": _("Uw zorgverlener is er die dag niet. Maak een nieuwe afspraak of bel de praktijk."),
        "not_needed": _("Deze afspraak is niet meer nodig."),
    }

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_HIGHEST)
    sentence = forms.ChoiceField(
        label=_("Wat leest de patiënt?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*TEXTS.items(), ("", _("Alleen mijn eigen tekst, of niets"))],
    )
    text = forms.CharField(
        label=_("Eigen tekst"),
        help_text=_("Mag leeg blijven. De patiënt leest dit in het portaal, niet in de e-mail."),
        required=False,
        max_length=180,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 180}),
    )

    def words(self) -> str:
        """What the patient reads; call it on a valid form."""
        sentence = self.TEXTS.get(self.cleaned_data["sentence"], "")
        return f"{sentence} {self.cleaned_data['text']}".strip()[:LONGEST_CANCEL_TEXT]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PlaceFilter(forms.Form):
    """Whose free times, and of which day."""

    agenda = forms.ChoiceField(label=_("Agenda"), required=False)
    dag = _day(_("Dag"))

    def __init__(self, *args: Any, agendas: tuple[tuple[AgendaId, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "agenda").choices = [("", _("Alle agenda’s")), *((str(pk), name) for pk, name in agendas)]


class SearchForm(forms.Form):
    """Filters of the list, in the address so that a list can be kept."""

    q = forms.CharField(label=_("Naam of geboortedatum"), required=False, max_length=100)
    van = _day(_("Vanaf"))
    tot = _day(_("Tot en met"))
    agenda = forms.ChoiceField(label=_("Agenda"), required=False)
    soort = forms.ChoiceField(label=_("Soort afspraak"), required=False)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Alle")), *((state.value, name) for state, name in STATE_NAMES.items())],
    )
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[("", _("Vroegste eerst")), ("laatst", _("Laatste eerst")), ("gemaakt", _("Pas gemaakt eerst"))],
    )
    patient = forms.BooleanField(label=_("Alleen door patiënt gemaakt of gewijzigd"), required=False)

    def __init__(
        self, *args: Any, agendas: tuple[tuple[AgendaId, str], ...], kinds: tuple[tuple[AppointmentKindId, str], ...],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choice_field(self, "agenda").choices = [("", _("Alle agenda’s")), *((str(pk), name) for pk, name in agendas)]
        choice_field(self, "soort").choices = [("", _("Alle soorten")), *((str(pk), name) for pk, name in kinds)]

    def clean(self) -> None:
        """A period must not end before it begins."""
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("Deze dag ligt voor de eerste dag."))

    def wanted(self) -> AppointmentSearch:
        """The filter; what makes no sense is left out, field by field."""
        self.is_valid()
        values = self.cleaned_data
        return AppointmentSearch(
            text=values.get("q", ""),
            agenda_id=AgendaId(int(values["agenda"])) if values.get("agenda") else None,
            kind_id=AppointmentKindId(int(values["soort"])) if values.get("soort") else None,
            state=AppointmentState(values["stand"]) if values.get("stand") else None,
            from_date=values.get("van"),
            until_date=values.get("tot"),
            only_by_patient=values.get("patient", False),
            sort=_SORTS[values.get("volgorde", "")],
        )
