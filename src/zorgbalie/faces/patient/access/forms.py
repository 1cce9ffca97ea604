"""Forms of the patient about access. They name no patient: that is the one of the session (A1)."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code of the letter."""

    code = forms.CharField(
        label=_("Welke code staat in uw brief?"),
        max_length=40,
        help_text=_("10 letters en cijfers, zoals ABCDE-23456. Hoofdletters en streepjes maken niet uit."),
        error_messages={"required": _("Vul de code uit uw brief in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SignForm(forms.Form):
    """The signature: a tick under the version that was read."""

    text = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    agree = forms.BooleanField(
        label=_("Ik heb de afspraken gelezen en ga akkoord"),
        error_messages={"required": _("Zet een vinkje als u akkoord gaat. Anders kunt u niet ondertekenen.")},
    )
