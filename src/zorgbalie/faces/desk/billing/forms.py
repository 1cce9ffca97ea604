"""Forms of time and declarations."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.billing.types import (
    LONGEST_MINUTES,
    LONGEST_SECONDS,
    DeclarationFilter,
    DeclarationId,
    DeclarationState,
    Reason,
    Tariff,
)
from zorgbalie.faces.desk.billing.words import REASONS, STATES
from zorgbalie.faces.entry.fields import choice_field

_AGAIN = _("Er ging iets mis met het formulier. Probeer het nog een keer.")
_TIME = re.compile(r"([0-9]{1,3})(?:[:.]([0-5][0-9]))?")
_CODE = re.compile(r"[A-Z0-9]{3,8}")
_MOST_CHOSEN = 100
_LARGEST = 2**31 - 1


class SpentField(forms.CharField):
    """A time as people type it, `6` or `6:30`; gives seconds, or None for nothing."""

    default_error_messages = {
        "spent": _("Typ minuten, of minuten en seconden. Bijvoorbeeld 6 of 6:30."),
        "long": _("Vul hoogstens %(most)s minuten in.") % {"most": LONGEST_MINUTES},
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "size": 6})
        super().__init__(**{"max_length": 8, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        """The seconds."""
        text = super().clean(value).strip()
        if not text:
            return None
        found = _TIME.fullmatch(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["spent"], code="spent")
        seconds = int(found[1]) * 60 + int(found[2] or 0)
        if seconds > LONGEST_SECONDS:
            raise forms.ValidationError(self.error_messages["long"], code="long")
        return seconds


def typed(seconds: int) -> str:
    """Seconds as the field takes them."""
    return f"{seconds // 60}:{seconds % 60:02}"


class CountForm(forms.Form):
    """What the page of a question counted and what was typed. Its names are of the thread's own form."""

    time_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, error_messages={"invalid": _AGAIN})
    time_seconds = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=LONGEST_SECONDS, initial=0,
        error_messages={"invalid": _AGAIN, "max_value": _AGAIN, "min_value": _AGAIN},
    )  # fmt: skip
    time_typed = SpentField(
        label=_("Tijd erbij, in minuten"), required=False,
        help_text=_("Bijvoorbeeld 6 of 6:30. Ook voor overleg of bellen."),
    )  # fmt: skip

    use_required_attribute = False

    @property
    def seconds(self) -> int:
        """Counted and typed together, no more than can be kept."""
        values = self.cleaned_data
        return min((values["time_seconds"] or 0) + (values["time_typed"] or 0), LONGEST_SECONDS)


class EntryForm(forms.Form):
    """Correcting the own time."""

    entry = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)
    minutes = SpentField(label=_("Mijn tijd, in minuten"), error_messages={"required": _("Vul uw tijd in.")})


class ListForm(forms.Form):
    """Filters of the list, in the address so that a list can be kept and shared."""

    stand = forms.ChoiceField(
        label=_("Stand"), required=False,
        choices=[("", _("Alles")), *((state.value, words) for state, (words, _tone) in STATES.items())],
    )  # fmt: skip
    q = forms.CharField(label=_("Patiënt of uitvoerder"), required=False, max_length=100)
    code = forms.CharField(label=_("Prestatiecode"), required=False, max_length=8)
    van = forms.DateField(
        label=_("Vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tot = forms.DateField(
        label=_("Tot en met"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def wanted(self, *, sort: str) -> DeclarationFilter:
        """The filter; what makes no sense is left out, field by field."""
        self.is_valid()
        values = self.cleaned_data
        return DeclarationFilter(
            state=DeclarationState(values["stand"]) if values.get("stand") else None,
            words=values.get("q", ""),
            code=values.get("code", "").upper(),
            since=values.get("van"),
            until=values.get("tot"),
            sort=sort,
        )


class ChosenForm(forms.Form):
    """Ticked lines, each with the revision that was on the screen."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._keys = data.getlist("pagina" if "alles" in data else "kies")[:_MOST_CHOSEN]

    def chosen(self) -> dict[DeclarationId, int]:
        """Revision by number; what is no such pair is left out."""
        pairs = [re.fullmatch(r"([0-9]{1,18})-([0-9]{1,9})", key) for key in self._keys]
        return {DeclarationId(int(pair[1])): int(pair[2]) for pair in pairs if pair}


class RefuseForm(forms.Form):
    """Why something is not declared."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)
    reason = forms.ChoiceField(
        label=_("Waarom declareert u dit niet?"), widget=forms.RadioSelect,
        choices=[(reason.value, words) for reason, words in REASONS.items()],
        error_messages={"required": _("Kies een reden.")},
    )  # fmt: skip

    def clean_reason(self) -> Reason:
        """The reason as a value."""
        return Reason(self.cleaned_data["reason"])


class CorrectForm(forms.Form):
    """Time and performance before the export."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)
    minutes = SpentField(label=_("Bestede tijd, in minuten"), error_messages={"required": _("Vul de tijd in.")})
    code = forms.ChoiceField(
        label=_("Prestatie"), required=False, help_text=_("Het bedrag is dat van de dag van het contact.")
    )

    def __init__(self, *args: Any, tariffs: tuple[Tariff, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "code")
        field.choices = [
            ("", _("Volgt uit de tijd")), *((one.code, f"{one.code} {one.description}") for one in tariffs)
        ]  # fmt: skip


class ExportForm(forms.Form):
    """`token`: of this page, so that two presses are one file."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, error_messages={"invalid": _AGAIN})
