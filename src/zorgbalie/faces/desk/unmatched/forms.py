"""Searching, and the two ways to solve a message."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Search in the list."""

    q = forms.CharField(label=_("Naam of laboratorium"), required=False, max_length=100)


class PatientForm(forms.Form):
    """Who it may be."""

    patient = forms.CharField(
        label=_("Naam of geboortedatum van de patiënt"),
        help_text=_("Bijvoorbeeld: Jansen 4-5-1970"),
        required=False,
        max_length=100,
    )


class AssignForm(forms.Form):
    """A second look before a report goes into somebody's record."""

    compared = forms.BooleanField(
        label=_("Ik heb naam en geboortedatum vergeleken. Het bericht is van deze patiënt."),
        error_messages={"required": _("Vink aan dat u naam en geboortedatum heeft vergeleken.")},
    )


class SetAsideForm(forms.Form):
    """Why a message goes into nobody's record."""

    note = forms.CharField(
        label=_("Waarom legt u dit bericht weg?"),
        help_text=_("Bijvoorbeeld: niet van onze praktijk, het laboratorium stuurt het opnieuw."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom u het bericht weglegt.")},
    )
