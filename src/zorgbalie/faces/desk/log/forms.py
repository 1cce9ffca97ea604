"""Filters of the log, and the forms of emergency access."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.audit.types import LogFilter
from zorgbalie.kernel.bsn import Bsn, InvalidBsn, parse_bsn


def _day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogFilterForm(forms.Form):
    """All empty means: everything."""

    van = forms.DateField(label=_("Vanaf"), required=False, widget=_day_widget())
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=_day_widget())
    wie = forms.CharField(label=_("Naam of organisatie"), required=False, max_length=100)
    nood = forms.BooleanField(label=_("Alleen noodtoegang"), required=False)
    geweigerd = forms.BooleanField(label=_("Alleen geweigerd"), required=False)

    def clean(self) -> None:
        """A period must not end before it begins."""
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("Deze dag ligt voor de eerste dag."))

    def wanted(self) -> LogFilter:
        """The filter; what was not understood does not count."""
        values = getattr(self, "cleaned_data", {})
        return LogFilter(
            first_day=values.get("van"),
            last_day=values.get("tot"),
            user_words=values.get("wie", ""),
            only_emergency=values.get("nood", False),
            only_refused=values.get("geweigerd", False),
        )


class EmergencyForm(forms.Form):
    """Who, and why. The BSN travels in the body, never in an address."""

    bsn = forms.CharField(
        label=_("BSN van de patiënt"),
        max_length=20,
        help_text=_("Het hele nummer. Zoeken op naam kan hier niet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Waarom is dit nodig?"),
        max_length=1000,
        help_text=_("De patiënt kan dit lezen, en uw manager beoordeelt het. Schrijf ten minste 10 tekens."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_bsn(self) -> Bsn:
        """A number that can be a BSN."""
        try:
            return parse_bsn(self.cleaned_data["bsn"])
        except InvalidBsn as error:
            raise forms.ValidationError(_("Dit is geen geldig BSN. Een BSN heeft 9 cijfers.")) from error


class ReviewForm(forms.Form):
    """The manager's judgement."""

    note = forms.CharField(
        label=_("Wat is uw oordeel, en wat doet u?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
