"""Kinds of notices and ways to be told, a new address or number, and its code."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.messaging.types import CONSENT_KINDS, Channel, NoticeKind

KIND_WORDS = {
    NoticeKind.RECORD_RELEASED: _("Als ik mijn dossier kan lezen"),
    NoticeKind.REQUEST_ANSWERED: _("Als de praktijk antwoord geeft op mijn verzoek"),
    NoticeKind.RESULT_READY: _("Als er een uitslag voor mij is"),
    NoticeKind.DOCUMENT_READY: _("Als er een brief voor mij is"),
    NoticeKind.CORRECTION_ANSWERED: _("Als de praktijk antwoord geeft over iets dat niet klopt"),
    NoticeKind.AGREEMENT: _("Als er iets is met de afspraken tussen mij en de praktijk"),
    NoticeKind.CONSULT_ANSWERED: _("Als de praktijk mijn vraag heeft beantwoord"),
    NoticeKind.CONSULT_DELAYED: _("Als het antwoord op mijn vraag later komt dan beloofd"),
    NoticeKind.APPOINTMENT_REMINDER: _("Eén dag voor mijn afspraak, als herinnering"),
    NoticeKind.APPOINTMENT_CHANGED: _("Als de praktijk een afspraak maakt, verzet of afzegt"),
    NoticeKind.EARLIER_TIME: _("Als ik op de lijst voor eerder sta en er een tijd vrijkomt"),
    NoticeKind.PRACTICE_MESSAGE: _("Als de praktijk mij een bericht stuurt"),
    NoticeKind.EMERGENCY_ACCESS: _("Als iemand noodtoegang tot mijn dossier gebruikt"),
    NoticeKind.EXPORT_READY: _("Als mijn dossier klaarstaat om te bewaren"),
}


_WAYS = {Channel.EMAIL: _("Met een e-mail"), Channel.SMS: _("Met een sms")}


class KindsForm(forms.Form):
    """Tick what you want; nothing is ticked beforehand (R15)."""

    kinds = forms.MultipleChoiceField(
        label=_("Stuur mij een bericht"),
        required=False,
        choices=[(kind.value, KIND_WORDS[kind]) for kind in CONSENT_KINDS],
        widget=forms.CheckboxSelectMultiple,
    )

    channels = forms.MultipleChoiceField(
        label=_("Hoe wilt u het horen?"),
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("In welke taal schrijven wij u?"),
        required=False,
        choices=[("nl", "Nederlands"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, ways: Collection[Channel], **values: Any) -> None:
        """`ways`: what this patient can choose from; with e-mail alone there is nothing to choose."""
        super().__init__(*args, **values)
        self.ways = [way for way in (Channel.EMAIL, Channel.SMS) if way in ways]
        if len(self.ways) > 1:
            field = cast(forms.MultipleChoiceField, self.fields["channels"])
            field.choices = [(way.value, _WAYS[way]) for way in self.ways]
        else:
            del self.fields["channels"]

    def chosen(self) -> frozenset[NoticeKind]:
        """The kinds that are ticked."""
        return frozenset(NoticeKind(kind) for kind in self.cleaned_data["kinds"])

    def chosen_ways(self) -> frozenset[Channel]:
        """The ways that are ticked; the only one where there is no choice."""
        if "channels" not in self.fields:
            return frozenset(self.ways)
        return frozenset(Channel(way) for way in self.cleaned_data["channels"])


class AddressForm(forms.Form):
    """A new e-mail address."""

    email = forms.EmailField(
        label=_("Wat is uw e-mailadres?"),
        max_length=254,
        error_messages={
            "required": _("Vul uw e-mailadres in."),
            "invalid": _("Dit e-mailadres klopt niet. Het moet er zo uitzien: naam@voorbeeld.nl."),
        },
        help_text=_("Wij sturen een code naar dit adres. Zo weten wij dat het klopt."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MobileForm(forms.Form):
    """A mobile number for text messages."""

    mobile = forms.CharField(
        label=_("Wat is uw mobiele nummer?"),
        max_length=30,
        error_messages={"required": _("Vul uw mobiele nummer in.")},
        help_text=_("Wij sturen een sms met een code naar dit nummer. Zo weten wij dat het klopt."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "zb-input--short"}),
    )


class BrowserForm(forms.Form):
    """What a browser gives when signs are switched on in it."""

    address = forms.CharField(max_length=1000)
    device = forms.CharField(max_length=80)


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("Welke code kreeg u?"),
        max_length=20,
        error_messages={"required": _("Vul de code in die u kreeg.")},
        help_text=_("Zes cijfers."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "zb-input--short"}
        ),
    )
