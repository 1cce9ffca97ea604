"""Forms of the agenda at the desk."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.queries.day import EARLIEST, LATEST, span_of
from zorgbalie.agenda.types import AgendaId, OccupationKind
from zorgbalie.agenda.types.day import LONGEST_TITLE, Attendance, DayOccupation
from zorgbalie.faces.desk.agenda.words import occupation_kinds
from zorgbalie.faces.entry.fields import choice_field

_LARGEST = 2**31 - 1
_AGAIN = _("Er ging iets mis met het formulier. Probeer het nog een keer.")
_MIDNIGHT = 24 * 60
Agendas = tuple[tuple[AgendaId, str], ...]


def _day_field(**values: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **values)


def _time_field(**values: Any) -> forms.TimeField:
    return forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        **values,
    )


def _wrong(sentence: Any) -> dict[str, Any]:
    """The same sentence for what is empty and for what cannot be read."""
    return {"required": sentence, "invalid": sentence}


class LookForm(forms.Form):
    """Which day and whose agenda; read from the address by `choosing`, never refused."""

    dag = _day_field(label=_("Dag"))
    agenda = forms.ChoiceField(label=_("Agenda"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, agendas: Agendas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "agenda").choices = [("", _("Hele praktijk")), *((str(pk), name) for pk, name in agendas)]


class PrintForm(LookForm):
    """What stands on the list of a day."""

    redenen = forms.BooleanField(label=_("Met de reden van de afspraak"), required=False)


class MarkForm(forms.Form):
    """What is said of an appointment, and as it was on the screen."""

    wat = forms.ChoiceField(choices=[(one.value, one.value) for one in Attendance])
    revision = forms.IntegerField(min_value=0, max_value=_LARGEST)


class MoveForm(forms.Form):
    """The sure step of moving by drag: as it was on the screen."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=_LARGEST, error_messages={"invalid": _AGAIN}
    )


class OccupationForm(forms.Form):
    """Filling time with what is no appointment (R10)."""

    soort = forms.ChoiceField(label=_("Wat"), error_messages={"invalid_choice": _("Kies wat het is.")})
    titel = forms.CharField(
        label=_("Omschrijving"), required=False, max_length=LONGEST_TITLE,
        help_text=_("Voor collega’s. Zet hier geen gegevens van patiënten."),
    )  # fmt: skip
    agenda = forms.ChoiceField(label=_("In welke agenda"), error_messages={"invalid_choice": _("Kies een agenda.")})
    dag = _day_field(label=_("Dag"), error_messages=_wrong(_("Vul een dag in, bijvoorbeeld 26-11-2026.")))
    van = _time_field(label=_("Van"), error_messages=_wrong(_("Vul een tijd in, bijvoorbeeld 12:30.")))
    tot = _time_field(
        label=_("Tot"), help_text=_("0:00 is middernacht, het einde van de dag."),
        error_messages=_wrong(_("Vul een tijd in, bijvoorbeeld 13:00.")),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400, strip=False)

    def __init__(self, *args: Any, agendas: Agendas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "soort").choices = [(one.value, name) for one, name in occupation_kinds().items()]
        choice_field(self, "agenda").choices = [(str(pk), name) for pk, name in agendas]

    def clean_dag(self) -> date:
        """A day that the agenda can show."""
        day: date = self.cleaned_data["dag"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Deze dag kan niet. Kies een andere dag."))
        return day

    def clean(self) -> dict[str, Any]:
        """From is before until, and both are on the clock that day."""
        values = super().clean() or {}
        if {"dag", "van", "tot"} <= values.keys():
            starts, ends = _minutes(values["van"]), _minutes(values["tot"]) or _MIDNIGHT
            if starts >= ends:
                self.add_error("tot", _("Het einde moet na het begin zijn."))
            elif (span := span_of(day=values["dag"], starts=starts, ends=ends)) is None:
                self.add_error("van", _("Deze tijd bestaat niet: die nacht gaat de klok een uur vooruit."))
            else:
                values["span"] = span
        return values

    def wanted(self) -> dict[str, Any]:
        """What the use cases take."""
        values = self.cleaned_data
        starts_at, ends_at = values["span"]
        return {
            "agenda_id": AgendaId(int(values["agenda"])),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "kind": OccupationKind(values["soort"]),
            "title": values["titel"],
        }


def filled_in(occupation: DayOccupation) -> dict[str, Any]:
    """The form of filled time as it is."""
    begins, ends = _local(occupation.starts_at), _local(occupation.ends_at)
    return {
        "soort": occupation.kind.value,
        "titel": occupation.title,
        "agenda": str(occupation.agenda_id),
        "dag": begins.date(),
        "van": begins.time(),
        "tot": ends.time(),
        "seen": occupation.seen,
    }


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
