"""The form of a new address. Fields that are not here cannot be set (security row 7)."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.calendar import LONGEST_FEED_NAME, FeedPage
from zorgbalie.faces.entry.fields import choice_field

ALL, TIMES, NAMES = "alle", "tijden", "namen"


class FeedForm(forms.Form):
    """For which program, which agenda, and whether patients are named in it."""

    name = forms.CharField(
        label=_("Waar leest u de agenda?"),
        help_text=_("Bijvoorbeeld: telefoon van Anna. Zo weet u later welk adres u kunt intrekken."),
        max_length=LONGEST_FEED_NAME,
        error_messages={"required": _("Vul in waar u de agenda leest.")},
    )
    agenda = forms.ChoiceField(
        label=_("Welke agenda?"), error_messages={"invalid_choice": _("Kies een agenda uit de lijst.")}
    )
    shows = forms.ChoiceField(
        label=_("Wat staat erin?"),
        help_text=_("Nooit de klacht of het soort afspraak."),
        choices=[
            (TIMES, _("Alleen dat er een afspraak is")),
            (NAMES, _("Ook de naam van de patiënt")),
        ],
        initial=TIMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er in de agenda staat."), "invalid_choice": _("Kies wat erin staat.")},
    )
    token = forms.RegexField(r"\A[A-Za-z0-9_-]{40,60}\Z", widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: FeedPage, **kwargs: Any) -> None:
        """`page`: of which agendas an address can be made."""
        super().__init__(*args, **kwargs)
        choice_field(self, "agenda").choices = [
            (ALL, _("Alle agenda’s van de praktijk")),
            *((str(number), name) for number, name in page.agendas),
        ]

    def agenda_id(self) -> AgendaId | None:
        """The chosen agenda, None for all; call it on a valid form."""
        chosen = self.cleaned_data["agenda"]
        return None if chosen == ALL else AgendaId(int(chosen))


def new_token() -> str:
    """What makes one form one address."""
    return secrets.token_urlsafe(32)
