"""What can be asked of the inbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.worklist.types import ItemFilter, ItemKind, ItemState

KIND_NAMES = {
    ItemKind.ACCESS_REQUEST: _("Verzoek om inzage"),
    ItemKind.AUTOMATIC_RELEASE: _("Dossier vanzelf vrijgegeven"),
    ItemKind.AGREEMENT_TO_SIGN: _("Afspraken ondertekenen"),
    ItemKind.EMERGENCY_REVIEW: _("Noodtoegang beoordelen"),
    ItemKind.LAB_REPORT: _("Postbericht van het laboratorium"),
    ItemKind.ACTION: _("Actie bij een uitslag"),
    ItemKind.LAB_UNMATCHED: _("Op te lossen bericht"),
    ItemKind.DOCUMENT: _("Nieuwe brief of nieuw document"),
    ItemKind.CONSULT: _("Vraag van een patiënt"),
    ItemKind.CORRECTION: _("Verzoek om correctie"),
}


class FilterForm(forms.Form):
    """Filters of the list, in the address so that a list can be kept and shared."""

    q = forms.CharField(label=_("Naam van de patiënt"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("Alle soorten")), *((kind.value, name) for kind, name in KIND_NAMES.items())],
    )
    van = forms.ChoiceField(
        label=_("Van wie"), required=False, choices=[("", _("Iedereen")), ("mij", _("Alleen van mij"))]
    )

    def wanted(self, *, state: ItemState) -> ItemFilter:
        """The filter; what makes no sense is left out."""
        values = self.cleaned_data if self.is_valid() else {}
        return ItemFilter(
            state=state,
            kind=ItemKind(values["soort"]) if values.get("soort") else None,
            only_mine=values.get("van") == "mij",
            search=values.get("q", ""),
        )


class TakeForm(forms.Form):
    """Who had the item on the screen of who takes it."""

    van = forms.IntegerField(required=False, min_value=1, max_value=2**62)
