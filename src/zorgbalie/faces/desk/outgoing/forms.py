"""Forms of messages that the practice begins."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.queries.texts import split_icpc
from zorgbalie.consult.types import (
    LONGEST_MESSAGE,
    LONGEST_SUBJECT,
    LONGEST_TITLE,
    Criteria,
    FollowUp,
    MessageRules,
    NewMessage,
)
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.ids import AccountId
from zorgbalie.ui.formats import day_date

_AGAIN = _("Er ging iets mis met het formulier. Probeer het nog een keer; uw tekst staat er nog.")
_ERRORS = {"required": _AGAIN, "invalid": _AGAIN}
_MOST_CODES = 10
_DAY = {"type": "date"}


def _token() -> forms.UUIDField:
    return forms.UUIDField(label=_("Formulier"), widget=forms.HiddenInput, initial=uuid4, error_messages=_ERRORS)


def _revision() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, error_messages=_ERRORS
    )


def _text(label: Any, rows: int = 10) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_MESSAGE}),
        error_messages={
            "required": _("Schrijf eerst een tekst."),
            "max_length": _("Uw tekst is te lang. U kunt %(limit_value)d tekens gebruiken."),
        },
    )


def _day(label: Any, **values: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Kies een dag die bestaat."), "required": _("Kies een dag.")},
        **values,
    )


class MessageForm(forms.Form):
    """A message, and whether the patient can write back."""

    subject = forms.CharField(
        label=_("Waar gaat het bericht over?"),
        help_text=_("De patiënt ziet dit als titel. Hoogstens 80 tekens."),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": _("Vul in waar het bericht over gaat.")},
    )
    text = _text(_("Bericht"))
    replies = forms.ChoiceField(
        label=_("Kan de patiënt terugschrijven?"),
        choices=[("until", _("Ja, tot en met een dag")), ("open", _("Ja")), ("no", _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of de patiënt kan terugschrijven."), "invalid_choice": _AGAIN},
    )
    reply_until = _day(_("Terugschrijven tot en met"), required=False)

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """A last day where one was promised."""
        values = super().clean() or {}
        if values.get("replies") == "until" and not values.get("reply_until") and "reply_until" not in self.errors:
            self.add_error("reply_until", _("Kies tot en met welke dag de patiënt kan terugschrijven."))
        return values

    def message(self) -> NewMessage:
        """What was written; of a form that is not right what can be read of it, for the preview."""
        values = self.cleaned_data
        return NewMessage(
            subject=values.get("subject", ""),
            text=values.get("text", ""),
            takes_replies=values.get("replies") != "no",
            reply_until=values.get("reply_until") if values.get("replies") == "until" else None,
        )


class StartForm(MessageForm):
    """A message to one patient; `token` is of this page, so that two presses are one message."""

    token = _token()
    standard = forms.ChoiceField(
        label=_("Begin met een standaardantwoord"),
        required=False,
        error_messages={"invalid_choice": _("Kies een standaardantwoord uit de lijst.")},
    )

    def __init__(self, *args: Any, standards: Iterable[tuple[int, str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {str(number): text for number, _title, text in standards}
        if not self.texts:
            del self.fields["standard"]
            return
        field = choice_field(self, "standard")
        field.choices = [("", _("Kies uit de lijst")), *((str(number), title) for number, title, _text in standards)]

    def with_standard(self, begin: str) -> dict[str, object]:
        """What was typed, with the chosen text in it: in place of the text one begins with, else below what is there.

        Nothing that was typed is lost (ux 8).
        """
        typed = {name: self.data.get(name, "") for name in self.fields}
        there = str(typed["text"]).replace("\r\n", "\n").strip()
        chosen = self.texts.get(str(typed.get("standard", "")), "")
        kept = "" if there == begin.replace("\r\n", "\n").strip() or there == chosen else there
        return {**typed, "text": f"{kept}\n\n{chosen}" if kept and chosen else chosen or there, "standard": ""}


class WriteForm(MessageForm):
    """The message of a mailing."""

    revision = _revision()
    unread_days = forms.IntegerField(
        label=_("Wie het na zoveel dagen niet las, wilt u bellen"), min_value=1, max_value=90,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def first_message(rules: MessageRules, today: date) -> dict[str, object]:
    """A form as it begins."""
    return {"text": rules.start_text, "replies": "until", "reply_until": today + timedelta(days=rules.reply_days)}


def message_values(message: NewMessage) -> dict[str, object]:
    """A form as it is stored."""
    replies = "no" if not message.takes_replies else "until" if message.reply_until else "open"
    return {
        "subject": message.subject, "text": message.text, "replies": replies, "reply_until": message.reply_until,
    }  # fmt: skip


class FollowUpForm(forms.Form):
    """On which day, and what is asked."""

    revision = _revision()
    when = forms.ChoiceField(label=_("Wanneer vragen we hoe het gaat?"), widget=forms.RadioSelect)
    day = _day(_("Andere dag"), required=False, help_text=_("Een dag binnen een jaar waarop de praktijk open is."))
    text = _text(_("Wat vragen we?"), rows=8)

    use_required_attribute = False

    def __init__(self, *args: Any, quick: dict[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quick = quick
        names = {"1": _("Over 1 week: %s"), "2": _("Over 2 weken: %s"), "4": _("Over 1 maand: %s")}
        field = choice_field(self, "when")
        field.choices = [(key, names[key] % day_date(value=day)) for key, day in quick.items()]
        field.choices.append(("day", _("Op een andere dag")))
        field.error_messages["required"] = _("Kies een dag.")

    def clean(self) -> dict[str, Any]:
        """The chosen day in `chosen`."""
        values = super().clean() or {}
        if values.get("when") == "day" and not values.get("day") and "day" not in self.errors:
            self.add_error("day", _("Kies een dag."))
        values["chosen"] = values.get("day") if values.get("when") == "day" else self.quick.get(values.get("when", ""))
        return values


def follow_up_values(found: FollowUp | None, rules: MessageRules, quick: dict[str, date]) -> dict[str, object]:
    """A form as it begins, or as it is planned."""
    if found is None:
        return {"revision": 0, "when": "2", "text": rules.follow_up_text}
    when = next((key for key, day in quick.items() if day == found.ask_on), "day")
    return {"revision": found.revision, "when": when, "day": found.ask_on, "text": found.text}


class SelectionForm(forms.Form):
    """Whom one looks for. What is left empty asks nothing; all that is filled in must hold."""

    token = _token()
    title = forms.CharField(
        label=_("Naam van deze selectie"), max_length=LONGEST_TITLE,
        help_text=_("Voor u en uw collega’s. Patiënten zien dit niet."),
        error_messages={"required": _("Geef de selectie een naam.")},
    )  # fmt: skip
    age_from = forms.IntegerField(label=_("Leeftijd vanaf"), required=False, min_value=0, max_value=120)
    age_until = forms.IntegerField(label=_("Leeftijd tot en met"), required=False, min_value=0, max_value=120)
    sex = forms.ChoiceField(
        label=_("Geslacht"), required=False,
        choices=[("", _("Maakt niet uit")), ("female", _("Vrouw")), ("male", _("Man")), ("other", _("Anders"))],
    )  # fmt: skip
    account = forms.TypedChoiceField(label=_("Arts of apotheker"), required=False, coerce=int, empty_value=None)
    uses_portal = forms.ChoiceField(
        label=_("Gebruikt het portaal"), required=False,
        choices=[("", _("Maakt niet uit")), ("yes", _("Ja, al eens ingelogd")), ("no", _("Nee, nog nooit"))],
    )  # fmt: skip
    icpc = forms.CharField(
        label=_("Lopende episode met ICPC-code"), required=False, max_length=120,
        help_text=_("Eén of meer codes, zoals T90 of T90.02. Eén ervan is genoeg."),
    )  # fmt: skip
    medicine = forms.CharField(
        label=_("Gebruikt nu dit medicijn"), required=False, max_length=60,
        help_text=_("Een deel van de naam, of het begin van een ATC-code."),
    )  # fmt: skip
    measured = forms.CharField(
        label=_("Heeft deze meting niet gehad"), required=False, max_length=60,
        help_text=_("Een deel van de naam, zoals HbA1c, of een NHG-code."),
    )  # fmt: skip
    measured_before = _day(_("Sinds"), required=False)
    contact_before = _day(_("Geen contact met de praktijk sinds"), required=False)

    use_required_attribute = False
    medical = ("icpc", "medicine", "measured", "measured_before", "contact_before")

    def __init__(self, *args: Any, accounts: Iterable[tuple[AccountId, str]], may_read: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "account")
        field.choices = [("", _("Iedereen")), *accounts]
        if not may_read:
            for name in self.medical:
                del self.fields[name]

    def clean_icpc(self) -> tuple[str, ...]:
        """Codes, or a message."""
        codes = split_icpc(text=self.cleaned_data["icpc"])
        if codes is None:
            raise forms.ValidationError(_("Dit is geen ICPC-code. Een code is een letter met twee cijfers, zoals T90."))
        if len(codes) > _MOST_CODES:
            raise forms.ValidationError(_("Gebruik hoogstens 10 codes."))
        return codes

    def clean(self) -> dict[str, Any]:
        """Ages in order, and a measurement with a day."""
        values = super().clean() or {}
        low, high = values.get("age_from"), values.get("age_until")
        if low is not None and high is not None and low > high:
            self.add_error("age_until", _("Deze leeftijd is lager dan de eerste."))
        if values.get("measured") and not values.get("measured_before") and "measured_before" not in self.errors:
            self.add_error("measured_before", _("Kies sinds welke dag."))
        if values.get("measured_before") and not values.get("measured"):
            self.add_error("measured", _("Vul in welke meting u bedoelt."))
        return values

    def criteria(self) -> Criteria:
        """What was filled in; call it on a valid form."""
        values = self.cleaned_data
        return Criteria(
            age_from=values["age_from"],
            age_until=values["age_until"],
            sex=values["sex"],
            account_id=AccountId(values["account"]) if values["account"] else None,
            uses_portal={"yes": True, "no": False}.get(values["uses_portal"]),
            icpc=values.get("icpc", ()),
            medicine=values.get("medicine", ""),
            measured=values.get("measured", ""),
            measured_before=values.get("measured_before"),
            contact_before=values.get("contact_before"),
        )


class ConfirmForm(forms.Form):
    """How many get it, typed by who sends it."""

    revision = _revision()
    typed = forms.IntegerField(
        label=_("Vul in hoeveel patiënten dit bericht krijgen"), min_value=1, max_value=10**6,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Vul het aantal in."), "invalid": _("Vul een getal in.")},
    )  # fmt: skip
    use_required_attribute = False
