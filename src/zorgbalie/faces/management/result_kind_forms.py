"""Forms of the rules per kind of result; other fields that are posted are not looked at (security row 7)."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.record.types.result_kinds import LONGEST_DELAY, HearBy, ResultRule

_MOST_TERMS = 60
_LONGEST_TERM = 40


class TermsField(forms.CharField):
    """A list in a text area, divided by commas or lines; empty ones and doubles are left out."""

    def __init__(self, *, shortest: int, **kwargs: Any) -> None:
        self.shortest = shortest
        super().__init__(max_length=_MOST_TERMS * (_LONGEST_TERM + 2), required=False, **kwargs)
        self.widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """The terms as a tuple. Raises ValidationError for too many, a too long or a too short one."""
        text = str(super().clean(value))
        terms = tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))
        if len(terms) > _MOST_TERMS:
            raise forms.ValidationError(gettext("Vul er hooguit %(most)s in.") % {"most": _MOST_TERMS})
        for term in terms:
            if not self.shortest <= len(term) <= _LONGEST_TERM:
                words = gettext("‘%(term)s’ is te kort of te lang: %(low)s tot %(high)s tekens.")
                raise forms.ValidationError(
                    words % {"term": term[:_LONGEST_TERM], "low": self.shortest, "high": _LONGEST_TERM}
                )
        return terms


class RestForm(SettingsForm):
    """What happens with a result."""

    uses_portal = forms.BooleanField(label=_("Patiënten mogen deze uitslagen in het portaal lezen"), required=False)
    first = forms.ChoiceField(
        label=_("Hoe hoort de patiënt het eerst?"),
        widget=forms.RadioSelect,
        choices=[
            (HearBy.ONLINE.value, _("In het portaal")),
            (HearBy.CALL.value, _("Eerst bellen")),
            (HearBy.VISIT.value, _("Eerst op het spreekuur")),
        ],
    )
    wait_days = forms.IntegerField(
        label=_("Zoveel dagen na binnenkomst mag de patiënt het lezen"),
        min_value=0,
        max_value=LONGEST_DELAY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("0 is meteen. Hebt u de patiënt eerst gebeld of gezien? Dan hoeft de patiënt niet te wachten."),
    )
    is_upsetting = forms.BooleanField(
        label=_("De patiënt kan van deze uitslagen schrikken"),
        help_text=_("Dit vinkje staat dan al aan bij het publiceren."),
        required=False,
    )

    def rule(self, stored: ResultRule) -> ResultRule:
        """The rule that was filled in; call it on a valid form."""
        values = self.cleaned_data
        seen = values["version"]
        return ResultRule(
            kind_id=stored.kind_id,
            is_rest=stored.is_rest,
            name=values.get("name", ""),
            codes=values.get("codes", ()),
            words=values.get("words", ()),
            uses_portal=values["uses_portal"],
            wait_days=values["wait_days"],
            first=HearBy(values["first"]),
            is_upsetting=values["is_upsetting"],
            revision=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1,
        )


class KindForm(RestForm):
    """A kind of result, and which determinations belong to it."""

    name = forms.CharField(
        label=_("Naam"), max_length=60, help_text=_("Zoals een patiënt het leest, bijvoorbeeld: Test op soa.")
    )
    words = TermsField(
        label=_("Woorden"),
        shortest=2,
        help_text=_("Met komma’s ertussen. Begint een woord in titel of groep hiermee? Dan hoort de waarde erbij."),
    )
    codes = TermsField(
        label=_("Codes"), shortest=1, help_text=_("Van de bepaling: uit NHG-Tabel 45, of van uw laboratorium.")
    )
    field_order = ("name", "words", "codes", "uses_portal", "first", "wait_days", "is_upsetting")

    def clean(self) -> dict[str, Any]:
        """A kind without words and codes would be about nothing."""
        values = super().clean() or {}
        if not self.errors and not values.get("words") and not values.get("codes"):
            self.add_error("words", _("Vul minstens één woord of één code in."))
        return values


def initial_of(rule: ResultRule) -> dict[str, object]:
    """The form as the rule is stored."""
    return {
        "name": rule.name,
        "words": ", ".join(rule.words),
        "codes": ", ".join(rule.codes),
        "uses_portal": rule.uses_portal,
        "first": rule.first.value,
        "wait_days": rule.wait_days,
        "is_upsetting": rule.is_upsetting,
        "version": str(rule.revision),
    }
