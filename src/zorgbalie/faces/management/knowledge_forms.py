"""Forms of reliable information. Each names its own fields."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.management.knowledge_words import KINDS, STATES, SYSTEMS
from zorgbalie.kernel.errors import Refused
from zorgbalie.knowledge.types import Code, CodeSystem, ItemKind, LinkFilter, LinkState

_ALL = ("", _("Alles"))


class _RefusableForm(forms.Form):
    def refuse(self, refusal: Refused) -> None:
        """Show why it was not done, at the field that it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


class LinkFilterForm(forms.Form):
    """All empty means: everything."""

    q = forms.CharField(label=_("Zoek op titel, code of adres"), required=False, max_length=100)
    stelsel = forms.ChoiceField(label=_("Codestelsel"), required=False, choices=[_ALL, *SYSTEMS.items()])
    staat = forms.ChoiceField(label=_("Werkt de link?"), required=False, choices=[_ALL, *STATES.items()])

    def wanted(self) -> LinkFilter:
        """The filter; what was not understood does not count."""
        self.is_valid()
        values = self.cleaned_data
        return LinkFilter(words=values.get("q", ""), system=values.get("stelsel", ""), state=values.get("staat", ""))

    @property
    def is_used(self) -> bool:
        """Whether anything is left out."""
        return self.wanted() != LinkFilter()


class LoadForm(_RefusableForm):
    """A file with links."""

    file = forms.FileField(
        label=_("Bestand met links"),
        help_text=_("Een CSV-bestand tot 2 MB, met vier kolommen: codestelsel; code; adres; titel."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
    )


class SourceForm(_RefusableForm):
    """A website that can be searched."""

    name = forms.CharField(label=_("Naam van de website"), max_length=80)
    kind = forms.ChoiceField(label=_("Waarvoor"), choices=list(KINDS.items()))
    about = forms.CharField(
        label=_("Wie maakt de informatie?"), max_length=160, required=False, help_text=_("De patiënt leest dit.")
    )
    template = forms.CharField(
        label=_("Adres van de zoekpagina"), max_length=500, strip=True,
        help_text=_("Zet {term} op de plek van het zoekwoord. Bijvoorbeeld: https://www.voorbeeld.nl/zoeken?q={term}"),
    )  # fmt: skip

    def clean_kind(self) -> ItemKind:
        """The kind as a value."""
        return ItemKind(self.cleaned_data["kind"])


class PreviewForm(forms.Form):
    """An item as it could stand in a record."""

    soort = forms.ChoiceField(label=_("Soort"), choices=list(KINDS.items()))
    naam = forms.CharField(label=_("Naam"), max_length=255, help_text=_("Zoals hij in het dossier staat."))
    stelsel = forms.ChoiceField(label=_("Codestelsel"), required=False, choices=[("", _("Geen")), *SYSTEMS.items()])
    code = forms.CharField(label=_("Code"), max_length=12, required=False)

    def code_of_item(self) -> Code | None:
        """The code, where both parts are filled in."""
        system, code = self.cleaned_data["stelsel"], self.cleaned_data["code"]
        return Code(CodeSystem(system), code) if system and code else None


def wanted_state(text: str) -> LinkState | None:
    """A state that was posted; None for anything else."""
    return LinkState(text) if text in set(LinkState) else None
