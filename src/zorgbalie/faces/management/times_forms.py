"""By when the practice answers, how much it takes on, and when a thread ends (REQ 31, 49; ux 15, 51)."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import (
    LONGEST_CLOSED_TEXT,
    LONGEST_SENT_TEXT,
    AnsweredBy,
    AnswerTimes,
    OutsideHours,
)

_PHONE = RegexValidator(r"^[0-9+() \-]{3,20}$", _("Vul een telefoonnummer in, bijvoorbeeld 020 123 45 67."))
_PLAIN = ("hour", "cap_per_day", "open_days", "closed_text", "closed_phone", "sent_text")


def _number(label: Any, lowest: int, highest: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=lowest,
        max_value=highest,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _text(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": most}),
        validators=[ProhibitNullCharactersValidator()],
    )


class TimesForm(forms.Form):
    """Everything in whole working days and whole hours: what can be kept can be said."""

    revision = forms.IntegerField(label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    days_practice = _number(
        _("Vraag aan de praktijk: antwoord binnen zoveel werkdagen"), 1, 10,
        _("Alleen dagen dat de praktijk open is, tellen mee. De dag van versturen telt niet."),
    )  # fmt: skip
    days_function = _number(_("Vraag aan een groep, zoals de assistente: binnen zoveel werkdagen"), 1, 10)
    days_doctor = _number(_("Vraag aan een arts of apotheker: binnen zoveel werkdagen"), 1, 10)
    hour = _number(
        _("Op die dag uiterlijk om … uur"), 8, 22, _("Is de praktijk dan al dicht? Dan geldt de sluitingstijd.")
    )
    cap_per_day = _number(
        _("Hoogstens zoveel vragen per werkdag"), 0, 500,
        _("0 betekent: geen maximum. Is een dag vol? Dan belooft Zorgbalie de volgende werkdag. De vraag komt wel."),
    )  # fmt: skip
    outside_hours = forms.ChoiceField(
        label=_("Als de praktijk dicht is"),
        widget=forms.RadioSelect,
        choices=[
            (OutsideHours.TAKE.value, _("Vragen komen gewoon binnen, met een later antwoord")),
            (OutsideHours.WAIT.value, _("De patiënt schrijft de vraag en verstuurt hem als de praktijk open is")),
        ],
    )
    closed_from = _day(_("Geen nieuwe vragen vanaf"), _("Bijvoorbeeld in een vakantie. Leeg betekent: niet."))
    closed_until = _day(_("Tot en met"))
    closed_text = _text(
        _("Wat de patiënt dan leest"), LONGEST_CLOSED_TEXT,
        _("Bijvoorbeeld: Wij zijn met vakantie. Praktijk De Els neemt waar."),
    )  # fmt: skip
    closed_phone = forms.CharField(
        label=_("Wie de patiënt dan kan bellen"), required=False, max_length=20, validators=[_PHONE]
    )
    open_days = _number(
        _("Na zoveel dagen zonder nieuw bericht is een beantwoorde vraag afgerond"), 0, 365,
        _(
            "0 betekent: alleen als een medewerker de vraag afrondt. Zolang u de patiënt nog iets wilt vragen, of de"
            " patiënt van u nog kan terugschrijven, blijft de vraag open."
        ),
    )  # fmt: skip
    sent_text = _text(
        _("Eigen zin bij het versturen"), LONGEST_SENT_TEXT,
        _("De patiënt leest dit voor en na het versturen. Bijvoorbeeld: Op woensdag duurt een antwoord soms langer."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A period has a first and a last day, and says something."""
        values = super().clean() or {}
        first, last = values.get("closed_from"), values.get("closed_until")
        if "closed_from" in self.errors or "closed_until" in self.errors:
            return values
        if bool(first) != bool(last):
            self.add_error("closed_until" if first else "closed_from", _("Vul beide dagen in, of laat beide leeg."))
        elif first and last and last < first:
            self.add_error("closed_until", _("De laatste dag is eerder dan de eerste dag."))
        elif first and last and (last - first).days > 366:
            self.add_error("closed_until", _("Kies hoogstens een jaar."))
        elif first and not (values.get("closed_text") or "").strip():
            self.add_error("closed_text", _("Schrijf wat de patiënt dan leest: waarom, en wie helpt."))
        return values

    def times(self, stored: AnswerTimes) -> AnswerTimes:
        """What is filled in where it is right, else what is stored."""
        values = self.cleaned_data
        plain = {name: values[name] if name in values else getattr(stored, name) for name in _PLAIN}
        has_period = not {"closed_from", "closed_until"} & set(self.errors)
        return AnswerTimes(
            days={kind: values.get(f"days_{kind.value}") or stored.days[kind] for kind in AnsweredBy},
            outside_hours=OutsideHours(values.get("outside_hours") or stored.outside_hours),
            closed_from=values.get("closed_from") if has_period else stored.closed_from,
            closed_until=values.get("closed_until") if has_period else stored.closed_until,
            revision=values.get("revision", stored.revision),
            **plain,
        )


def initial_of(stored: AnswerTimes) -> dict[str, object]:
    """The form as it is stored."""
    return {
        "revision": stored.revision,
        **{f"days_{kind.value}": days for kind, days in stored.days.items()},
        "outside_hours": stored.outside_hours.value,
        "closed_from": stored.closed_from,
        "closed_until": stored.closed_until,
        **{name: getattr(stored, name) for name in _PLAIN},
    }
