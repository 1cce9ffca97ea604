"""Kinds of notices, a new address, and its code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.messaging.types import CONSENT_KINDS, NoticeKind

KIND_WORDS = {
    NoticeKind.RECORD_RELEASED: _("Als ik mijn dossier kan lezen"),
    NoticeKind.REQUEST_ANSWERED: _("Als de praktijk antwoord geeft op mijn verzoek"),
    NoticeKind.RESULT_READY: _("Als er een uitslag voor mij is"),
    NoticeKind.DOCUMENT_READY: _("Als er een brief voor mij is"),
    NoticeKind.CORRECTION_ANSWERED: _("Als de praktijk antwoord geeft over iets dat niet klopt"),
    NoticeKind.AGREEMENT: _("Als er iets is met de afspraken tussen mij en de praktijk"),
    NoticeKind.CONSULT_ANSWERED: _("Als de praktijk mijn vraag heeft beantwoord"),
    NoticeKind.PRACTICE_MESSAGE: _("Als de praktijk mij een bericht stuurt"),
    NoticeKind.EMERGENCY_ACCESS: _("Als iemand noodtoegang tot mijn dossier gebruikt"),
    NoticeKind.EXPORT_READY: _("Als mijn dossier klaarstaat om te bewaren"),
}


class KindsForm(forms.Form):
    """Tick what you want; nothing is ticked beforehand (R15)."""

    kinds = forms.MultipleChoiceField(
        label=_("Stuur mij een e-mail"),
        required=False,
        choices=[(kind.value, KIND_WORDS[kind]) for kind in CONSENT_KINDS],
        widget=forms.CheckboxSelectMultiple,
    )

    language = forms.ChoiceField(
        label=_("In welke taal schrijven wij u?"),
        required=False,
        choices=[("nl", "Nederlands"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> frozenset[NoticeKind]:
        """The kinds that are ticked."""
        return frozenset(NoticeKind(kind) for kind in self.cleaned_data["kinds"])


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


class CodeForm(forms.Form):
    """The code that was mailed."""

    code = forms.CharField(
        label=_("Welke code staat in de e-mail?"),
        max_length=20,
        error_messages={"required": _("Vul de code uit de e-mail in.")},
        help_text=_("Zes cijfers. Kijk ook bij ongewenste e-mail."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "zb-input--short"}
        ),
    )
