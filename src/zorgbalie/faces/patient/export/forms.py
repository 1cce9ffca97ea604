"""Which kind of file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.exchange.export_types import ExportKind


class ExportForm(forms.Form):
    """One button per kind sends it."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.value) for kind in ExportKind],
        error_messages={"invalid_choice": _("Kies een soort bestand."), "required": _("Kies een soort bestand.")},
    )

    def chosen(self) -> ExportKind:
        """The kind."""
        return ExportKind(self.cleaned_data["kind"])
