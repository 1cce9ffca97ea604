"""Forms of week patterns: a block, leave, a series, a copied week."""

from datetime import date, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types.weeks import MOST_WEEKS_APART, AgendaChoice, ShownBlock, WantedBlock
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.management.weeks.words import kind_names
from zorgbalie.kernel.iso_weeks import read_week

_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)
_DAY = 24 * 60
ONLY, FROM = "alleen", "vanaf"


def day_field(label: Any, **values: Any) -> forms.DateField:
    """A day within two centuries: further ones are typing errors, and beyond what days can be counted with."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(_FIRST), MaxValueValidator(_LAST)],
        **values,
    )


def clock_field(label: Any) -> forms.TimeField:
    """A time as people type it."""
    return forms.TimeField(
        label=label,
        # No `type=time`: browsers show that in the clock of the computer, with AM and PM on an English one.
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "size": 5, "class": "mg-time"}),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("vul een tijd in, bijvoorbeeld 08:00.")},
    )


class _TimesForm(forms.Form):
    """A beginning and an end, which may be on the next day."""

    use_required_attribute = False
    day = day_field(_("Dag"))
    starts = clock_field(_("Van"))
    ends = clock_field(_("Tot"))
    next_day = forms.BooleanField(label=_("Het eind is op de volgende dag"), required=False)
    every_weeks = forms.TypedChoiceField(
        label=_("Hoe vaak"), coerce=int, choices=[(1, _("elke week"))], help_text=_("Geteld vanaf deze week.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = [(number, _("elke %(count)s weken") % {"count": number}) for number in range(2, MOST_WEEKS_APART + 1)]
        choice_field(self, "every_weeks").choices = [(1, _("elke week")), *rest]

    def clean(self) -> dict[str, Any]:
        """An end that is not later is a typing error, unless it is on the next day."""
        values = super().clean() or {}
        if "starts" in values and "ends" in values and self.end() <= self.start():
            self.add_error("ends", _("Het eind is niet later dan het begin."))
        return values

    def start(self) -> int:
        """Minutes since midnight."""
        return _minutes(self.cleaned_data["starts"])

    def end(self) -> int:
        """Minutes since midnight; 00:00 is the end of the day."""
        minutes = _minutes(self.cleaned_data["ends"])
        return minutes + _DAY if self.cleaned_data.get("next_day") else minutes or _DAY


class BlockForm(_TimesForm):
    """When which kinds of appointment can be."""

    step = forms.IntegerField(
        label=_("Minuten per plaats"), min_value=5, max_value=240, widget=forms.NumberInput(attrs={"size": 4})
    )
    kinds = forms.TypedMultipleChoiceField(
        label=_("Welke afspraken kunnen hier?"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één soort afspraak.")},
    )  # fmt: skip
    is_online = forms.BooleanField(label=_("Patiënten kunnen hier online een tijd kiezen"), required=False)
    scope = forms.ChoiceField(
        label=_("Voor welke weken?"), widget=forms.RadioSelect,
        choices=[(FROM, _("Vanaf deze week")), (ONLY, _("Alleen deze week"))],
    )  # fmt: skip
    until = day_field(_("Tot en met"), required=False, help_text=_("Laat leeg als het doorgaat."))
    stamp = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, validators=[ProhibitNullCharactersValidator()]
    )

    def __init__(self, *args: Any, kinds: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "kinds").choices = list(kinds)

    def only_day(self) -> bool:
        """Whether it is an exception of one day."""
        return bool(self.cleaned_data["scope"] == ONLY)

    def wanted(self) -> WantedBlock:
        """The block that is asked for."""
        values = self.cleaned_data
        only = self.only_day()
        return WantedBlock(
            day=values["day"], starts=self.start(), ends=self.end(), step=values["step"],
            every_weeks=1 if only else values["every_weeks"], until=values["day"] if only else values["until"],
            kinds=frozenset(values["kinds"]), is_online=values["is_online"],
        )  # fmt: skip


class RemoveForm(forms.Form):
    """Whether a block goes on one day or for good."""

    scope = forms.ChoiceField(
        label=_("Voor welke weken?"), widget=forms.RadioSelect,
        choices=[(ONLY, _("Alleen deze week")), (FROM, _("Deze week en alle weken erna"))],
    )  # fmt: skip
    stamp = forms.CharField(max_length=64, widget=forms.HiddenInput, validators=[ProhibitNullCharactersValidator()])


class LeaveForm(forms.Form):
    """Days on which one agenda offers nothing."""

    use_required_attribute = False
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"), required=False, help_text=_("Laat leeg voor één dag."))
    reason = forms.CharField(
        label=_("Waarom"), required=False, max_length=80, validators=[ProhibitNullCharactersValidator()],
        help_text=_("Voor collega’s. Patiënten zien dit niet."),
    )  # fmt: skip
    stamp = forms.CharField(
        required=False, max_length=120, widget=forms.HiddenInput, validators=[ProhibitNullCharactersValidator()]
    )


class SeriesForm(_TimesForm):
    """What fills the agenda each week and is no appointment (R10)."""

    kind = forms.ChoiceField(label=_("Wat is het?"))
    title = forms.CharField(
        label=_("Omschrijving"), required=False, max_length=120, validators=[ProhibitNullCharactersValidator()],
        help_text=_("Voor collega’s. Zet hier geen gegevens van patiënten."),
    )  # fmt: skip
    until = day_field(_("Tot en met"), help_text=_("Hoogstens een jaar vooruit."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "kind").choices = [(key.value, name) for key, name in kind_names().items()]


class _WeekField(forms.Field):
    """`2026-W53`, as a browser's own field for a week sends it."""

    def __init__(self, **values: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "week", "placeholder": "2026-W53"}), **values)

    def to_python(self, value: Any) -> Any:
        text = str(value or "")
        if not text.strip():
            return None
        week = read_week(text)
        if week is None:
            raise forms.ValidationError(_("vul een week in, bijvoorbeeld 2026-W53."))
        return week


class CopyForm(forms.Form):
    """One week as it is, to other weeks of this agenda or of another."""

    use_required_attribute = False
    week = _WeekField(label=_("Kopieer week"))
    goes_to = forms.TypedChoiceField(label=_("Naar de agenda van"), coerce=int)
    first = _WeekField(label=_("Eerste week"), help_text=_("Wat daar nu staat aan blokken, gaat weg."))
    last = _WeekField(
        label=_("Tot en met week"), required=False,
        help_text=_("Laat leeg als de agenda vanaf de eerste week altijd zo wordt."),
    )  # fmt: skip
    stamp = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, validators=[ProhibitNullCharactersValidator()]
    )

    def __init__(self, *args: Any, agendas: tuple[AgendaChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "goes_to").choices = [(one.number, one.name) for one in agendas]


def initial_of(block: ShownBlock) -> dict[str, object]:
    """The form of a block as it is stored."""
    return {
        "day": block.day, "starts": clock_of(block.starts), "ends": clock_of(block.ends), "next_day": block.ends > _DAY,
        "every_weeks": block.every_weeks, "step": block.step, "kinds": [pk for pk, _name in block.kinds],
        "is_online": block.is_online, "until": block.until, "stamp": block.stamp,
        "scope": ONLY if block.since == block.until else FROM,
    }  # fmt: skip


def clock_of(minutes: int) -> time:
    """A time for a field."""
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
