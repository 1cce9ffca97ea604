"""The form of messages that the practice begins (REQ 33, 34; ux 51)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import LONGEST_MESSAGE, MessageRules


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_MESSAGE, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )


def _number(label: Any, low: int, high: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class MessagesForm(forms.Form):
    """What the practice chose. Hours are whole hours on the clock; the same hour twice is no quiet time at all."""

    revision = forms.IntegerField(label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    is_on = forms.BooleanField(
        label=_("De praktijk stuurt zelf berichten"), required=False,
        help_text=_("Staat dit uit, dan kan niemand een bericht beginnen of een vraag voor later plannen."),
    )  # fmt: skip
    start_text = _text(_("Begin van een nieuw bericht"))
    follow_up_text = _text(_("Vraag hoe het later gaat"))
    reply_days = _number(_("De patiënt kan zoveel dagen terugschrijven"), 1, 365, _("Per bericht te wijzigen."))
    silent_days = _number(
        _("Geen reactie op een geplande vraag? Na zoveel dagen in het postvak"), 1, 60,
        _("Valt dat op een vrije dag, dan op de volgende werkdag."),
    )  # fmt: skip
    quiet_from = _number(_("Geen meldingen vanaf … uur"), 0, 23)
    quiet_until = _number(
        _("Weer meldingen vanaf … uur"),
        0,
        23,
        _("Een bericht van ’s avonds staat meteen klaar; de melding komt later."),
    )

    use_required_attribute = False

    def rules(self, stored: MessageRules) -> MessageRules:
        """What is filled in where it is right, else what is stored."""
        values = self.cleaned_data

        def chosen(name: str) -> Any:
            value = values.get(name)
            return getattr(stored, name) if value is None else value

        names = ("start_text", "follow_up_text", "reply_days", "silent_days", "quiet_from", "quiet_until", "revision")
        return MessageRules(is_on=bool(values.get("is_on")), **{name: chosen(name) for name in names})


def initial_of(stored: MessageRules) -> dict[str, object]:
    """The form as it is stored."""
    return {name: getattr(stored, name) for name in MessagesForm.base_fields}
