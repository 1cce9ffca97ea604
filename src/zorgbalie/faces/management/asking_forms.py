"""Who may ask for a child, and whom patients can ask (REQ 8, 30, 68)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import LONGEST_PARENT_TEXT, AskRules, DoctorChoice
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.kernel.ids import AccountId


class AskingForm(SettingsForm):
    """`shown`: the accounts that patients can name; the others are kept back."""

    parents_under_12 = forms.BooleanField(
        label=_("Ouders stellen vragen voor een kind tot 12 jaar"), required=False,
        help_text=_("Het antwoord gaat naar de ouder. Het staat in het dossier van het kind."),
    )  # fmt: skip
    parents_12_to_15 = forms.BooleanField(
        label=_("Ouders stellen vragen voor een kind van 12 tot en met 15 jaar"), required=False,
        help_text=_("Alleen met toestemming van het kind. Het kind kan ook zelf vragen stellen."),
    )  # fmt: skip
    parent_text = forms.CharField(
        label=_("Tekst voor ouders"), required=False, max_length=LONGEST_PARENT_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Een ouder leest dit voordat hij een vraag stelt."),
    )  # fmt: skip
    doctors = forms.ChoiceField(
        label=_("Wie kan een patiënt kiezen?"), widget=forms.RadioSelect,
        choices=[
            (DoctorChoice.OWN.value, _("Alleen de eigen arts of apotheker")),
            (DoctorChoice.ALL.value, _("Iedereen met een account")),
            (DoctorChoice.NONE.value, _("Niemand: de praktijk verdeelt de vragen")),
        ],
    )  # fmt: skip
    shown = forms.TypedMultipleChoiceField(
        label=_("Deze accounts zijn te kiezen"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Zonder vinkje kan geen patiënt dit account kiezen, ook niet de eigen arts of apotheker."),
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: Iterable[tuple[AccountId, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "shown")
        field.choices = list(accounts)

    def rules(self, stored: AskRules, accounts: Iterable[tuple[AccountId, str]]) -> AskRules:
        """What is filled in where it is right, else what is stored."""
        values = self.cleaned_data
        seen = values.get("version", "")
        shown = set(values.get("shown", ()))
        return AskRules(
            parents_under_12=values.get("parents_under_12", False),
            parents_12_to_15=values.get("parents_12_to_15", False),
            parent_text=values.get("parent_text", stored.parent_text),
            doctors=DoctorChoice(values.get("doctors") or stored.doctors),
            hidden_accounts=frozenset(int(one) for one, _name in accounts if one not in shown),
            revision=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1,
        )


def initial_of(stored: AskRules, accounts: Iterable[tuple[AccountId, str]]) -> dict[str, object]:
    """The form as it is stored."""
    return {
        "version": str(stored.revision),
        "parents_under_12": stored.parents_under_12,
        "parents_12_to_15": stored.parents_12_to_15,
        "parent_text": stored.parent_text,
        "doctors": stored.doctors.value,
        "shown": [one for one, _name in accounts if one not in stored.hidden_accounts],
    }
