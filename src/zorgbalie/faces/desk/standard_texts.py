"""What pages of standard texts share: for whom one is, search, and whether a press saves or only looks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.fields import choice_field

PERSONAL, PRACTICE = "mij", "praktijk"


class SearchForm(forms.Form):
    """Search in the list."""

    q = forms.CharField(label=_("Zoek op naam of tekst"), required=False, max_length=100)


class OwnedForm(forms.Form):
    """A text of one employee or of the whole practice; each form has a field `owner`, asked when the text is new."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, may: tuple[bool, bool], is_new: bool, **kwargs: Any) -> None:
        """`may`: whether one may keep texts of one's own, and of the practice."""
        super().__init__(*args, **kwargs)
        own, of_practice = may
        choices = [(PRACTICE, _("Voor de hele praktijk"))] if of_practice else []
        choices += [(PERSONAL, _("Alleen voor mijzelf"))] if own else []
        self._first = choices[0][0] if choices else ""
        field = choice_field(self, "owner")
        field.choices, field.initial = choices, self._first
        # For whom it is does not change later, and who has one choice is not asked.
        if not is_new or len(choices) < 2:
            field.widget, field.required = forms.HiddenInput(), False

    def is_personal(self) -> bool:
        """Whether the new text is one's own; call it on a valid form."""
        return bool((self.cleaned_data.get("owner") or self._first) == PERSONAL)


def wants_saving(request: FaceRequest) -> bool:
    """Whether the text is sent to be kept, and not to look at it first."""
    return request.method == "POST" and request.POST.get("doen") != "voorbeeld"
