"""One question of a form that somebody else made, as its reader gets it: the fields, by the kind of question.

Kinds are plain words here: the room that owns them says which there are, and whether an answer fits.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

UNKNOWN = "weet-niet"
"""The answer `Weet ik niet` among the choices of a radio group; elsewhere it is a tick of its own."""
RADIO_KINDS = ("yes_no", "choice")
_LONGEST_AREA, _LONGEST_LINE = 1000, 200


def question_fields(
    *,
    kind: str,
    label: str,
    help_text: str,
    choices: Sequence[str],
    unit: str,
    is_optional: bool,
    may_be_unknown: bool,
) -> dict[str, forms.Field]:
    """The field `answer`, and `unknown` where one can say so beside it (ux 4). No field is required by itself."""
    if is_optional:
        label = _("%(question)s (niet verplicht)") % {"question": label}
    common: dict[str, Any] = {"label": label, "help_text": help_text or _example(kind, unit), "required": False}
    common["error_messages"] = {
        "invalid_choice": _("Kies een van de antwoorden."),
        "max_length": _("Uw antwoord is te lang. Schrijf de rest straks bij uw vraag."),
    }
    if kind in RADIO_KINDS:
        offered = _offered(kind, choices, may_be_unknown)
        return {"answer": forms.ChoiceField(widget=forms.RadioSelect, choices=offered, **common)}
    answer = _typed(kind, choices, common)
    if not may_be_unknown:
        return {"answer": answer}
    return {"answer": answer, "unknown": forms.BooleanField(label=_("Weet ik niet"), required=False)}


def _typed(kind: str, choices: Sequence[str], common: dict[str, Any]) -> forms.Field:
    if kind == "several":
        offered = [(one, one) for one in choices]
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=offered, **common)
    if kind == "long":
        area = forms.Textarea(attrs={"rows": 6, "maxlength": _LONGEST_AREA})
        return forms.CharField(max_length=_LONGEST_AREA, widget=area, **common)
    attrs = {"inputmode": "decimal"} if kind == "number" else {}
    return forms.CharField(max_length=_LONGEST_LINE, widget=forms.TextInput(attrs=attrs), **common)


def _offered(kind: str, choices: Sequence[str], may_be_unknown: bool) -> list[tuple[str, str]]:
    own = [("yes", _("Ja")), ("no", _("Nee"))] if kind == "yes_no" else [(one, one) for one in choices]
    return [*own, (UNKNOWN, _("Weet ik niet"))] if may_be_unknown else own


def _example(kind: str, unit: str) -> str:
    if kind == "date":
        return _("Bijvoorbeeld: 24-11-2026.")
    if kind == "number" and unit:
        return _("In %(unit)s.") % {"unit": unit}
    return ""
