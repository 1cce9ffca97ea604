"""What can be asked of the inbox of questions. All in the address, so that a list can be kept and shared."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import InboxFilter, InboxSort, InboxState, InboxWith
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.ids import AccountId

# In the address in words that people read, not in those of the code.
STATES = {
    "": InboxState.OPEN,
    "wacht": InboxState.WAITING,
    "bij-arts": InboxState.WITH_DOCTOR,
    "beantwoord": InboxState.ANSWERED,
    "afgerond": InboxState.CLOSED,
    "alle": InboxState.ALL,
}
_STATE_NAMES = {
    "": _("Alles wat wacht"),
    "wacht": _("Nog op geen werklijst"),
    "bij-arts": _("Op een werklijst"),
    "beantwoord": _("Beantwoord"),
    "afgerond": _("Afgerond"),
    "alle": _("Alle vragen"),
}
_WITH = {"": InboxWith.ANYBODY, "mij": InboxWith.ME, "assistentes": InboxWith.ASSISTANTS, "niemand": InboxWith.NOBODY}
_WITH_NAMES = {
    "": _("Iedereen"),
    "mij": _("Alleen van mij"),
    "assistentes": _("De assistentes"),
    "niemand": _("Nog van niemand"),
}
_SORTS = {"": InboxSort.PROMISE, "leeftijd": InboxSort.AGE, "naam": InboxSort.NAME}
_SORT_NAMES = {"": _("Wat het eerst moet"), "leeftijd": _("Oudste vraag eerst"), "naam": _("Naam van de patiënt")}


class InboxForm(forms.Form):
    """Filters of the inbox of questions."""

    q = forms.CharField(label=_("Zoek op woord, naam of geboortedatum"), required=False, max_length=100)
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=list(_STATE_NAMES.items()))
    bij = forms.ChoiceField(label=_("Bij wie"), required=False)
    volgorde = forms.ChoiceField(label=_("Volgorde"), required=False, choices=list(_SORT_NAMES.items()))
    van = forms.DateField(
        label=_("Gesteld vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tot = forms.DateField(
        label=_("Gesteld tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    spoed = forms.BooleanField(label=_("Alleen spoed"), required=False)
    laat = forms.BooleanField(label=_("Alleen te laat"), required=False)

    def __init__(self, *args: Any, accounts: Iterable[tuple[AccountId, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "bij")
        field.choices = [*_WITH_NAMES.items(), (_("Bij"), [(str(pk), name) for pk, name in accounts])]

    def wanted(self) -> InboxFilter:
        """The filter; what makes no sense is left out, field by field."""
        self.is_valid()
        values = self.cleaned_data
        lies_with = values.get("bij", "")
        return InboxFilter(
            state=STATES[values.get("stand", "")],
            lies_with=_WITH.get(lies_with, InboxWith.ANYBODY),
            account_id=AccountId(int(lies_with)) if lies_with.isdigit() else None,
            only_urgent=values.get("spoed", False),
            only_late=values.get("laat", False),
            sent_from=values.get("van"),
            sent_until=values.get("tot"),
            search=values.get("q", ""),
            sort=_SORTS[values.get("volgorde", "")],
        )


class HandForm(forms.Form):
    """To which doctor, and the revision that was on the screen."""

    account = forms.IntegerField(min_value=1, max_value=2**62)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
