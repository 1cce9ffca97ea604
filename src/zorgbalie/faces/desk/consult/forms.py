"""One form for everything on the page of a question, so that no typed text is lost between two buttons."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import LONGEST_NOTE, LONGEST_QUESTION, DeskThread
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.ids import AccountId

_AGAIN = _("Er ging iets mis met het formulier. Probeer het nog een keer; uw tekst staat er nog.")
_TOO_LONG = {"max_length": _("Uw tekst is te lang. U kunt %(limit_value)d tekens gebruiken.")}


class ThreadForm(forms.Form):
    """`revision`: what was on the screen; `token`: of this page, so that two presses are one answer or note."""

    revision = forms.IntegerField(
        label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput,
        error_messages={"required": _AGAIN, "invalid": _AGAIN},
    )  # fmt: skip
    token = forms.UUIDField(
        label=_("Formulier"), widget=forms.HiddenInput, initial=uuid4,
        error_messages={"required": _AGAIN, "invalid": _AGAIN},
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_("Begin met het antwoord. Schrijf kort en in gewone woorden."),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 9, "maxlength": LONGEST_QUESTION}),
        error_messages=_TOO_LONG,
    )
    account = forms.TypedChoiceField(label=_("Bij wie"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(
        label=_("Nieuwe notitie"),
        help_text=_("Alleen collega's zien dit."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
        error_messages=_TOO_LONG,
    )

    use_required_attribute = False

    def __init__(self, *args: Any, accounts: Iterable[tuple[AccountId, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "account")
        field.choices = [("", _("Kies iemand")), *accounts]
        self._name_required(not self.is_bound)

    def clean(self) -> dict[str, Any]:
        """Each button needs a field of its own; on the screen each stands as what it is for its button: needed."""
        self._name_required(True)
        return self.cleaned_data

    def _name_required(self, wanted: bool) -> None:
        for name in ("answer", "account", "note"):
            self.fields[name].required = wanted


def fresh_form(found: DeskThread, *, answer: str = "", note: str = "") -> ThreadForm:
    """The form for a thread as it is now, with what was typed already."""
    values = {"revision": found.revision, "answer": answer, "note": note, "account": found.with_account_id}
    return ThreadForm(initial=values, accounts=found.accounts)
