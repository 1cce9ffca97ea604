"""Forms of billing: what a practice decides, and a file of tariffs."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.billing.types import LARGEST_FILE, LONGEST_PATIENT_TEXT, BillingRules, ConfirmedBy, Rounding, TariffFault

_MOST_BASE64 = LARGEST_FILE * 4 // 3 + 4


class BillingForm(forms.Form):
    """Everything that a practice decides about billing."""

    revision = forms.IntegerField(label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    is_on = forms.BooleanField(
        label=_("Declareren staat aan"), required=False,
        help_text=_("De tijd telt dan mee op de pagina van een vraag, en u kunt declaraties bevestigen."),
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label=_("Hoe rekent u met de tijd?"), widget=forms.RadioSelect,
        choices=[
            (Rounding.EXACT.value, _("Precies, op de seconde")),
            (Rounding.UP.value, _("Naar boven, op hele minuten")),
            (Rounding.NEAREST.value, _("Naar de dichtstbijzijnde minuut")),
        ],
    )  # fmt: skip
    confirmed_by = forms.ChoiceField(
        label=_("Wie bevestigt declaraties?"), widget=forms.RadioSelect,
        choices=[
            (ConfirmedBy.ALL.value, _("Iedereen met het recht Declareren")),
            (ConfirmedBy.DOCTORS.value, _("Alleen artsen met het recht Declareren")),
        ],
    )  # fmt: skip
    proposes_at_close = forms.BooleanField(
        label=_("Stel een declaratie voor bij Afhandelen"), required=False,
        help_text=_("Staat dit uit? Dan stelt u haar zelf voor, bij Tijd en declaratie."),
    )  # fmt: skip
    patient_text = forms.CharField(
        label=_("Wat leest de patiënt hierover?"), required=False, max_length=LONGEST_PATIENT_TEXT,
        help_text=_("Staat onder elke vraag van de patiënt. Leeg: de patiënt leest er niets over."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_PATIENT_TEXT}),
    )  # fmt: skip

    def clean_patient_text(self) -> str:
        """One sentence or two, on one line."""
        return " ".join(self.cleaned_data["patient_text"].split())

    def rules(self) -> BillingRules:
        """What was chosen; call it on a valid form."""
        values = self.cleaned_data
        return BillingRules(
            is_on=values["is_on"],
            rounding=Rounding(values["rounding"]),
            confirmed_by=ConfirmedBy(values["confirmed_by"]),
            proposes_at_close=values["proposes_at_close"],
            patient_text=values["patient_text"],
            revision=values["revision"],
        )


def initial_of(stored: BillingRules) -> dict[str, object]:
    """The form as it is stored."""
    return {
        "revision": stored.revision,
        "is_on": stored.is_on,
        "rounding": stored.rounding.value,
        "confirmed_by": stored.confirmed_by.value,
        "proposes_at_close": stored.proposes_at_close,
        "patient_text": stored.patient_text,
    }


class TariffForm(forms.Form):
    """A file with tariffs."""

    file = forms.FileField(
        label=_("Bestand met tarieven"),
        help_text=_("Een CSV-bestand tot 500 kB, met acht kolommen."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
    )


class TariffAgainForm(forms.Form):
    """The same file, once it was looked at: it travels with the page, nothing is kept in between."""

    packed = forms.CharField(widget=forms.HiddenInput, max_length=_MOST_BASE64)

    def clean_packed(self) -> bytes:
        """The bytes of the file."""
        try:
            return base64.b64decode(self.cleaned_data["packed"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("Kies het bestand nog een keer.")) from None


def packed(data: bytes) -> str:
    """A file as `TariffAgainForm` takes it."""
    return base64.b64encode(data).decode()


FAULTS: dict[TariffFault, Any] = {
    TariffFault.COLUMNS: _("De regel heeft geen acht kolommen."),
    TariffFault.CODE: _("De code bestaat niet uit 3 tot 8 letters en cijfers."),
    TariffFault.DESCRIPTION: _("De omschrijving is leeg of te lang."),
    TariffFault.MINUTES: _("De minuten zijn geen hele getallen, of ze eindigen voor ze beginnen."),
    TariffFault.AMOUNT: _("Het bedrag is geen heel aantal centen boven nul."),
    TariffFault.DAY: _("Een dag staat er niet als 2026-01-31, of de periode eindigt voor ze begint."),
    TariffFault.SOURCE: _("De bron is leeg of te lang."),
    TariffFault.FORMULA: _("Een kolom begint als een formule van een rekenprogramma."),
    TariffFault.DOUBLE: _("Deze code en eerste dag staan al op een eerdere regel."),
}
