"""Opening hours per weekday, the holidays that count, and closings (REQ 31, 88)."""

from datetime import time
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.entry.opening_words import day_names, holiday_names
from zorgbalie.office.types import MOST_BLOCKS, Block, Holiday, OpeningSettings, Week

DAYS = range(7)
BLOCKS = range(1, MOST_BLOCKS + 1)
_MIDNIGHT = 24 * 60


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        # No `type=time`: browsers show that in the clock of the computer, with AM and PM on an English one.
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "size": 5, "class": "mg-time"}),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": _("vul een tijd in, bijvoorbeeld 08:00.")},
    )


class OpeningForm(forms.Form):
    """Three blocks a day at most. An end of 00:00 is the end of the day."""

    use_required_attribute = False
    revision = forms.IntegerField(label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    holidays = forms.MultipleChoiceField(
        label=_("De praktijk is dicht op"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(day_names()):
            for block in BLOCKS:
                words = {"day": name.capitalize(), "number": block}
                self.fields[f"day{number}_from{block}"] = _clock(gettext("%(day)s, tijd %(number)s, van") % words)
                self.fields[f"day{number}_until{block}"] = _clock(gettext("%(day)s, tijd %(number)s, tot") % words)
        holidays = choice_field(self, "holidays")
        holidays.choices = [(key.value, name) for key, name in holiday_names().items()]

    def clean(self) -> dict[str, Any]:
        """Each block ends after it begins, and after the one before it."""
        values = super().clean() or {}
        for number in DAYS:
            before = 0
            for block in BLOCKS:
                before = self._check(number, block, before)
        return values

    def _check(self, number: int, block: int, before: int) -> int:
        start, end = f"day{number}_from{block}", f"day{number}_until{block}"
        if self.errors.get(start) or self.errors.get(end):
            return before
        first, last = self.cleaned_data.get(start), self.cleaned_data.get(end)
        if first is None and last is None:
            return before
        if first is None or last is None:
            self.add_error(end if last is None else start, _("vul een begin en een eind in, of laat beide leeg."))
            return before
        if _minutes(first) < before:
            self.add_error(start, _("dit begint voordat de vorige tijd eindigt."))
        if _until(last) <= _minutes(first):
            self.add_error(end, _("het eind is niet later dan het begin."))
        return max(before, _until(last))

    def days(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The fields per day, for the page."""
        return [
            (name, [(self[f"day{number}_from{block}"], self[f"day{number}_until{block}"]) for block in BLOCKS])
            for number, name in enumerate(day_names())
        ]

    def week(self) -> Week:
        """What is filled in, as far as it is right."""
        return tuple(self._blocks(number) for number in DAYS)

    def chosen_holidays(self) -> frozenset[Holiday]:
        """The holidays that are ticked."""
        return frozenset(Holiday(one) for one in self.cleaned_data.get("holidays", ()))

    def _blocks(self, number: int) -> tuple[Block, ...]:
        found: list[Block] = []
        for block in BLOCKS:
            start = self.cleaned_data.get(f"day{number}_from{block}")
            end = self.cleaned_data.get(f"day{number}_until{block}")
            if start is not None and end is not None and _until(end) > _minutes(start):
                found.append(Block(start=_minutes(start), end=_until(end)))
        return tuple(found)


class ClosingForm(forms.Form):
    """Some days on which the practice is closed."""

    name = forms.CharField(
        label=_("Waarom is de praktijk dicht?"),
        help_text=_("Patiënten lezen dit. Bijvoorbeeld: vakantie of nascholing."),
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
    )
    starts_on = forms.DateField(
        label=_("Eerste dag"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Laatste dag"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Laat leeg voor één dag."),
    )  # fmt: skip


def initial_of(stored: OpeningSettings) -> dict[str, object]:
    """The form as it is stored."""
    values: dict[str, object] = {
        "revision": stored.revision,
        "holidays": [one.value for one in stored.calendar.holidays],
    }
    for number, blocks in enumerate(stored.calendar.week or ()):
        for block, one in enumerate(blocks, start=1):
            values[f"day{number}_from{block}"] = _time(one.start)
            values[f"day{number}_until{block}"] = _time(one.end)
    return values


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _until(clock: time) -> int:
    return _minutes(clock) or _MIDNIGHT


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
