"""The form of what patients read before they ask (R17; ux 13, 51)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.queries.settings import lines_of
from zorgbalie.consult.types import ConsultRules, UrgentSigns

_MOST_SIGNS, _LONGEST_SIGN, _LONGEST_LIST = 12, 120, 2000
_LISTS = ("emergency_adult", "urgent_adult", "emergency_child", "urgent_child")


def _list(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=_LONGEST_LIST, widget=forms.Textarea(attrs={"rows": 7})
    )


class ConsultForm(forms.Form):
    """One sign per line. No list may be empty: every patient reads it (R17)."""

    revision = forms.IntegerField(label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    emergency_adult = _list(_("Volwassenen: bel 112 bij"), _("Eén ding per regel, hoogstens 12."))
    urgent_adult = _list(_("Volwassenen: bel de praktijk nu bij"))
    emergency_child = _list(_("Kinderen tot en met 15 jaar: bel 112 bij"))
    urgent_child = _list(_("Kinderen tot en met 15 jaar: bel de praktijk nu bij"))

    def clean(self) -> dict[str, Any]:
        """Short lists: nobody reads a long one."""
        values = super().clean() or {}
        for name in _LISTS:
            lines = lines_of(text=values.get(name, ""))
            if len(lines) > _MOST_SIGNS:
                self.add_error(name, _("Gebruik hoogstens 12 regels."))
            elif any(len(line) > _LONGEST_SIGN for line in lines):
                self.add_error(name, _("Een regel is te lang. Gebruik hoogstens 120 tekens."))
        return values

    def rules(self, stored: ConsultRules) -> ConsultRules:
        """What is filled in where it is right, else what is stored."""
        values = self.cleaned_data
        signs = {
            who: UrgentSigns(
                emergency=lines_of(text=values.get(f"emergency_{who}", "")) or getattr(stored, who).emergency,
                urgent=lines_of(text=values.get(f"urgent_{who}", "")) or getattr(stored, who).urgent,
            )
            for who in ("adult", "child")
        }
        return ConsultRules(
            adult=signs["adult"],
            child=signs["child"],
            revision=values.get("revision", stored.revision),
        )


def initial_of(stored: ConsultRules) -> dict[str, object]:
    """The form as it is stored."""
    return {
        "revision": stored.revision,
        "emergency_adult": "\n".join(stored.adult.emergency),
        "urgent_adult": "\n".join(stored.adult.urgent),
        "emergency_child": "\n".join(stored.child.emergency),
        "urgent_child": "\n".join(stored.child.urgent),
    }
