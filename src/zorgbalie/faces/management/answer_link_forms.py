"""The form of a link for answers. Fields that are not here cannot be set (security row 7)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import LONGEST_LINK_TITLE


class LinkSearchForm(forms.Form):
    """Search in the list."""

    q = forms.CharField(label=_("Zoek op titel of adres"), required=False, max_length=100)


class AnswerLinkForm(forms.Form):
    """A link: what it is about, and where it leads."""

    title = forms.CharField(
        label=_("Titel"),
        help_text=_("Dit leest de patiënt. Bijvoorbeeld: Oefeningen voor de knie."),
        max_length=LONGEST_LINK_TITLE,
        error_messages={"required": _("Geef de link een titel."), "max_length": _("Deze titel is te lang.")},
    )
    address = forms.CharField(
        label=_("Adres"),
        help_text=_("Begint met https://. Kies een website die u vertrouwt: patiënten kunnen erop klikken."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        error_messages={"required": _("Vul het adres in."), "max_length": _("Het adres is te lang.")},
    )
