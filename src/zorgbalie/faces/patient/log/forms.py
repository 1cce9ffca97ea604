"""The period and whose looks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.audit.types import LogFilter


def _day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogFilterForm(forms.Form):
    """All empty means: everything."""

    van = forms.DateField(label=_("Vanaf"), required=False, widget=_day_widget())
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=_day_widget())
    anderen = forms.BooleanField(label=_("Alleen anderen, niet ikzelf"), required=False)

    def clean(self) -> None:
        """A period must not end before it begins."""
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("Deze dag ligt voor de eerste dag."))

    def wanted(self) -> LogFilter:
        """The period; a day that was not understood does not count."""
        values = getattr(self, "cleaned_data", {})
        return LogFilter(first_day=values.get("van"), last_day=values.get("tot"))

    @property
    def others_only(self) -> bool:
        """Whether the patient's own looks are left out."""
        return bool(getattr(self, "cleaned_data", {}).get("anderen"))
