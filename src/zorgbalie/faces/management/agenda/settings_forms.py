"""Texts for the patient, reminders, the waiting list and what comes in the inbox (REQ 72, 73; ux 43)."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types import AgendaRules
from zorgbalie.agenda.types.managing import LONGEST_PRACTICE_TEXT
from zorgbalie.faces.management.agenda.kind_forms import number_field
from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.faces.management.question_forms import seen_revision

_TEXTS = ("intro_text", "confirm_text", "route_text")
_SWITCHES = ("reminders_on", "earlier_on", "item_for_bookings", "item_for_changes", "feeds_on")
_TIMES = ("quiet_from", "quiet_until")


def _text(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_PRACTICE_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_PRACTICE_TEXT}),
    )


def _switch(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        # No `type=time`: browsers show that in the clock of the computer, with AM and PM on an English one.
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "size": 5, "class": "mg-time"}),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("vul een tijd in, bijvoorbeeld 08:00.")},
    )


class AgendaSettingsForm(SettingsForm):
    """What holds for all appointments of the practice."""

    intro_text = _text(
        _("Tekst voordat de patiënt kiest"),
        _("Bijvoorbeeld: Twijfelt u welke afspraak u nodig heeft? Bel de assistente."),
    )
    confirm_text = _text(
        _("Tekst als de afspraak gemaakt is"),
        _("Staat alleen bij afspraken in de praktijk. Bijvoorbeeld: Kom 5 minuten eerder en meld u bij de balie."),
    )
    route_text = _text(_("Route en parkeren"), _("Bijvoorbeeld: De ingang is aan de achterkant. Parkeren is gratis."))
    reminders_on = _switch(
        _("Patiënten krijgen een dag van tevoren een herinnering"),
        _("Alleen wie dat wil. Er staat niet in waarvoor de afspraak is."),
    )
    earlier_on = _switch(
        _("Patiënten kunnen op de lijst voor een eerdere tijd"),
        _("Komt er een tijd vrij? Dan krijgen zij een bericht. Wie het eerst kiest, heeft de tijd."),
    )
    offer_hours = number_field("offer_hours", _("Een aanbod voor een eerdere tijd geldt zoveel uur"))
    quiet_from = _clock(_("Geen aanbod vanaf"))
    quiet_until = _clock(_("Tot"))
    item_for_bookings = _switch(_("Zet elke nieuwe afspraak van een patiënt in het postvak"))
    item_for_changes = _switch(_("Zet elke afspraak die een patiënt verzet of afzegt in het postvak"))
    feeds_on = _switch(
        _("Medewerkers kunnen hun agenda in een ander agendaprogramma lezen"),
        _("Via een eigen geheim adres. Zonder namen van patiënten, tenzij de medewerker daarvoor kiest."),
    )

    def rules(self, stored: AgendaRules) -> AgendaRules:
        """What was filled in where it is right, else what is stored."""
        values = self.cleaned_data
        offered = values.get("offer_hours")
        return AgendaRules(
            **{name: values.get(name, getattr(stored, name)) for name in _TEXTS},
            **{name: values.get(name, False) for name in _SWITCHES},
            quiet_from=_minutes(values.get("quiet_from"), stored.quiet_from),
            quiet_until=_minutes(values.get("quiet_until"), stored.quiet_until),
            offer_hours=stored.offer_hours if offered is None else offered,
            revision=seen_revision(version=values.get("version", "")),
        )


def initial_of(stored: AgendaRules) -> dict[str, object]:
    """The form as it is stored."""
    plain = {name: getattr(stored, name) for name in (*_TEXTS, *_SWITCHES, "offer_hours")}
    return {**plain, **{name: clock_of(getattr(stored, name)) for name in _TIMES}, "version": str(stored.revision)}


def clock_of(minutes: int) -> time:
    """Minutes since midnight as the clock shows them."""
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(clock: time | None, stored: int) -> int:
    return stored if clock is None else clock.hour * 60 + clock.minute
