"""The form of the first page."""

from django import forms


class SwitchForm(forms.Form):
    """For whom one wants to act. The number is checked at the gate, not here."""

    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)
