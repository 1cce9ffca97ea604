"""Waiting for an earlier time: with whom, when on a day, and from which day (ux 43)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.agenda.types import PartOfDay
from zorgbalie.agenda.types.own import WaitingWish
from zorgbalie.faces.entry.fields import choice_field

_CHOOSE = {"required": gettext_lazy("Maak een keuze."), "invalid_choice": gettext_lazy("Maak een keuze.")}


class EarlierForm(forms.Form):
    """What a patient who waits asks for; all of it can stay as it is."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Bij wie wilt u terecht?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    part = forms.ChoiceField(label=gettext_lazy("Wanneer op de dag?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    from_date = forms.DateField(
        label=gettext_lazy("Niet voor deze dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Vul een datum in, bijvoorbeeld 1-12-2026.")},
    )

    def __init__(self, *args: Any, name: str, **values: Any) -> None:
        """`name`: with whom the appointment is now."""
        super().__init__(*args, **values)
        choice_field(self, "whose").choices = [
            ("any", _("Maakt niet uit")),
            ("same", _("Alleen bij %(name)s") % {"name": name}),
        ]
        choice_field(self, "part").choices = [
            (PartOfDay.ANY.value, _("Ochtend of middag")),
            (PartOfDay.MORNING.value, _("Alleen ’s ochtends")),
            (PartOfDay.AFTERNOON.value, _("Alleen ’s middags")),
        ]

    def asked(self) -> dict[str, Any]:
        """As the action takes it."""
        return {
            "only_same_agenda": self.cleaned_data["whose"] == "same",
            "part_of_day": PartOfDay(self.cleaned_data["part"]),
            "from_date": self.cleaned_data["from_date"],
        }


def initial_of(wish: WaitingWish | None) -> dict[str, object]:
    """The form as it was filled in, or with the widest choice: one tick is enough."""
    if wish is None:
        return {"whose": "any", "part": PartOfDay.ANY.value}
    return {
        "whose": "same" if wish.only_same_agenda else "any",
        "part": wish.part_of_day.value,
        "from_date": wish.from_date,
    }


class RevisionForm(forms.Form):
    """Which version of the appointment somebody saw."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
