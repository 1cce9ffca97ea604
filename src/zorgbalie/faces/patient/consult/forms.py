"""The questions of asking a question, one per page (ux 1). Fields that are not here cannot be set (security row 7)."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.consult.types import LONGEST_QUESTION, LONGEST_SUBJECT, Addressee, AddresseeKind
from zorgbalie.faces.entry.fields import choice_field

_AGAIN = gettext_lazy("Er ging iets mis met het formulier. Verstuur het nog een keer.")


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 9, "maxlength": LONGEST_QUESTION})


def _question(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_QUESTION,
        widget=_area(),
        error_messages={
            "required": gettext_lazy("Schrijf eerst een tekst."),
            "max_length": gettext_lazy("Uw tekst is te lang. U kunt %(limit_value)d tekens gebruiken."),
        },
    )


class WarningForm(forms.Form):
    """R17: only who says that none of the signs fits goes on."""

    none_of_these = forms.BooleanField(
        label=gettext_lazy("Nee, geen van deze"),
        error_messages={"required": gettext_lazy("Past iets hiervan bij u? Bel dan nu. Anders: zet hier een vinkje.")},
    )


class AddresseeForm(forms.Form):
    """To whom (REQ 30)."""

    addressee = forms.ChoiceField(
        label=gettext_lazy("Aan wie stelt u uw vraag?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies aan wie u de vraag stelt."),
            "invalid_choice": gettext_lazy("Kies aan wie u de vraag stelt."),
        },
    )

    def __init__(self, *args: Any, offered: Iterable[Addressee], is_pharmacy: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "addressee")
        field.choices = [(one.key, _choice(one, is_pharmacy=is_pharmacy)) for one in offered]


def _choice(one: Addressee, *, is_pharmacy: bool) -> str:
    name, meaning = one.name, one.description
    if one.kind is AddresseeKind.PRACTICE:
        name, meaning = name or _("De praktijk"), _("Wie het eerst kan, leest uw vraag.")
    elif one.kind is AddresseeKind.ACCOUNT and is_pharmacy:
        meaning = _("Uw apotheker. De assistente leest uw vraag ook.")
    elif one.kind is AddresseeKind.ACCOUNT and one.is_own:
        meaning = _("Uw eigen arts. De assistente leest uw vraag ook.")
    elif one.kind is AddresseeKind.ACCOUNT:
        meaning = _("Arts van deze praktijk. De assistente leest uw vraag ook.")
    if not meaning:
        return name
    return format_html('{}<br><span class="zb-subtle">{}</span>', name, meaning)


class SubjectForm(forms.Form):
    """What it is about, in a few words, and whether it still is about the result that it began with."""

    keeps_about = forms.BooleanField(label=gettext_lazy("Mijn vraag gaat hierover"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("Waar gaat uw vraag over?"),
        help_text=gettext_lazy("In een paar woorden, bijvoorbeeld: pijn in mijn knie."),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": gettext_lazy("Vul in waar uw vraag over gaat."),
            "max_length": gettext_lazy("Gebruik niet meer dan %(limit_value)d tekens. U kunt straks meer schrijven."),
        },
    )

    def __init__(self, *args: Any, has_about: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_about:
            self.fields["subject"].required = False
            self.fields["subject"].label = gettext_lazy("Wilt u het in eigen woorden zeggen?")
        else:
            del self.fields["keeps_about"]


class QuestionForm(forms.Form):
    """The question itself (REQ 32)."""

    text = _question(
        gettext_lazy("Wat is uw vraag?"),
        gettext_lazy("Schrijf rustig op wat u wilt weten, en wat de dokter moet weten. U mag alles vragen."),
    )

    def __init__(self, *args: Any, is_pharmacy: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_pharmacy:
            words = _("Schrijf rustig op wat u wilt weten, en wat de apotheker moet weten. U mag alles vragen.")
            self.fields["text"].help_text = words


class SendForm(forms.Form):
    """Which version of the question was on the screen, and by when it said that the answer comes."""

    revision = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, error_messages={"required": _AGAIN}
    )
    promised = forms.DateTimeField(required=False, widget=forms.HiddenInput, error_messages={"invalid": _AGAIN})


class FollowUpForm(forms.Form):
    """A further text in a thread; `token` makes the same form twice one message (ux 12)."""

    token = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid4, error_messages={"required": _AGAIN, "invalid": _AGAIN}
    )
    text = _question(gettext_lazy("Wilt u nog iets schrijven?"))
