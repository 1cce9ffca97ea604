"""The form of a typed result: where and when, and a row per determination. Other fields cannot be set (row 7)."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.typed_number import read_number
from zorgbalie.record.types.lab_entry import (
    LONGEST_CODE,
    LONGEST_LABORATORY,
    LONGEST_NAME,
    LONGEST_UNIT,
    LONGEST_VALUE,
    MOST_RESULTS,
    TypedReport,
    TypedResult,
)

OWN, LABORATORY = "praktijk", "laboratorium"
FIRST_ROWS = 5
_NOT_A_NUMBER = _("Vul een getal in, bijvoorbeeld 7,4.")


def new_token() -> str:
    """The name of one form, so that sending it twice is recognised."""
    return uuid4().hex


class ReportForm(forms.Form):
    """Where the result comes from, and when."""

    token = forms.RegexField(r"[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    rows = forms.IntegerField(min_value=1, max_value=MOST_RESULTS, widget=forms.HiddenInput)
    source = forms.ChoiceField(
        label=_("Waar komt de uitslag vandaan?"),
        choices=[(OWN, _("Eigen meting van de praktijk")), (LABORATORY, _("Laboratorium of ziekenhuis"))],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    laboratory = forms.CharField(
        label=_("Naam van het laboratorium of ziekenhuis"),
        help_text=_("Alleen als het geen eigen meting is."),
        required=False,
        max_length=LONGEST_LABORATORY,
    )
    day = forms.DateField(
        label=_("Dag van de meting of afname"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    for_account = forms.ChoiceField(label=_("Voor het postvak van"), required=False)

    def __init__(self, *args: Any, account_names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "for_account")
        field.choices = [("", _("Iedereen")), *((name, name) for name in account_names)]

    def clean(self) -> dict[str, Any]:
        """A laboratory has a name."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("source") == LABORATORY and not values.get("laboratory", "").strip():
            self.add_error("laboratory", _("Vul de naam van het laboratorium of ziekenhuis in."))
        return values

    def report(self, results: tuple[TypedResult, ...]) -> TypedReport:
        """What was typed; call it on a valid form."""
        values = self.cleaned_data
        return TypedReport(
            token=values["token"],
            day=values["day"],
            results=results,
            laboratory=values["laboratory"].strip() if values["source"] == LABORATORY else "",
            for_account=values["for_account"],
        )


class ResultForm(forms.Form):
    """One determination. A row that is empty is left out."""

    title = forms.CharField(label=_("Bepaling"), required=False, max_length=LONGEST_NAME)
    value = forms.CharField(label=_("Uitslag"), required=False, max_length=LONGEST_VALUE)
    unit = forms.CharField(label=_("Eenheid"), required=False, max_length=LONGEST_UNIT)
    low = forms.CharField(label=_("Ondergrens"), required=False, max_length=24)
    high = forms.CharField(label=_("Bovengrens"), required=False, max_length=24)
    code = forms.CharField(label=_("NHG-code"), required=False, max_length=LONGEST_CODE)

    def clean_low(self) -> Decimal | None:
        """A number without a sign before it, or nothing."""
        return self._bound("low")

    def clean_high(self) -> Decimal | None:
        """A number without a sign before it, or nothing."""
        return self._bound("high")

    def clean_code(self) -> str:
        """Codes of NHG-Tabel 45 are numbers."""
        code: str = self.cleaned_data["code"].strip()
        if code and not re.fullmatch(r"[0-9]{1,10}", code):
            raise forms.ValidationError(_("Een NHG-code is een getal. U mag dit leeg laten."))
        return code

    def clean(self) -> dict[str, Any]:
        """A row has a name and a value, and its bounds are in order."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_filled():
            if not values.get("title") and "title" not in self.errors:
                self.add_error("title", _("Vul in wat er gemeten is."))
            if not values.get("value") and "value" not in self.errors:
                self.add_error("value", _("Vul de uitslag in."))
        low, high = values.get("low"), values.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("De bovengrens is lager dan de ondergrens."))
        return values

    def is_filled(self) -> bool:
        """Whether anything stands in this row."""
        return any(str(self[name].value() or "").strip() for name in self.fields)

    def result(self) -> TypedResult:
        """What was typed; call it on a valid row."""
        values = self.cleaned_data
        found = read_number(text=values["value"])
        comparator, number = found if found else ("", None)
        return TypedResult(
            title=values["title"],
            code=values["code"],
            comparator=comparator,
            number=number,
            text="" if found else values["value"],
            unit=values["unit"],
            low=values["low"],
            high=values["high"],
        )

    def _bound(self, name: str) -> Decimal | None:
        text = self.cleaned_data[name].strip()
        if not text:
            return None
        found = read_number(text=text)
        if found is None or found[0]:
            raise forms.ValidationError(_NOT_A_NUMBER)
        return found[1]
