"""The wish in general and per kind of the practice (ux 32); nothing is chosen beforehand.

No wish is an answer of its own, so that every question has one.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zorgbalie.kernel.ids import ResultKindId
from zorgbalie.record.types.result_kinds import HearBy, KindChoice, WishPage

_NO_WISH = "geen"
_WAYS = (
    (HearBy.ONLINE.value, _("Meteen online lezen")),
    (HearBy.CALL.value, _("Eerst een telefoontje van de praktijk")),
    (HearBy.VISIT.value, _("Eerst op het spreekuur")),
)


class WishForm(forms.Form):
    """One question for all results; below it one per kind that the practice gives by the portal."""

    general = forms.ChoiceField(
        label=_("Hoe wilt u een uitslag het liefst horen?"),
        widget=forms.RadioSelect,
        choices=[*_WAYS, (_NO_WISH, _("Dat maakt mij niet uit"))],
        error_messages={"required": _("Kies een antwoord.")},
    )

    def __init__(self, *args: Any, page: WishPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [choice for choice in page.kinds if choice.rule.uses_portal and choice.rule.kind_id is not None]
        for choice in self.kinds:
            self.fields[_name(choice)] = forms.ChoiceField(
                label=choice.rule.name,
                choices=[(_NO_WISH, _("Zoals hierboven")), *_WAYS],
                help_text=practice_words(choice),
            )

    def general_wish(self) -> HearBy | None:
        """The wish for all results."""
        return _wish(self.cleaned_data["general"])

    def per_kind(self) -> dict[ResultKindId, HearBy | None]:
        """The wish of each kind on the page."""
        return {
            choice.rule.kind_id: _wish(self.cleaned_data[_name(choice)])
            for choice in self.kinds
            if choice.rule.kind_id is not None
        }

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        """The fields of the kinds, in the practice's order."""
        return [self[_name(choice)] for choice in self.kinds]

    @property
    def differs(self) -> bool:
        """Whether a kind has a wish of its own, so that the part with kinds is open."""
        return any(field.errors or field.value() not in (None, _NO_WISH) for field in self.kind_fields)


def initial_of(page: WishPage) -> dict[str, str]:
    """The form as it is stored."""
    general = page.general or ("" if page.changed_at is None else _NO_WISH)
    return {"general": general, **{_name(choice): choice.wish or _NO_WISH for choice in page.kinds}}


def practice_words(choice: KindChoice) -> str:
    """What the practice does with this kind in any case."""
    return {
        HearBy.ONLINE: "",
        HearBy.CALL: gettext("Uw praktijk belt u hierover altijd eerst."),
        HearBy.VISIT: gettext("Uw praktijk vertelt u dit altijd eerst op het spreekuur."),
    }[choice.rule.first]


def _name(choice: KindChoice) -> str:
    return f"kind_{choice.rule.kind_id}"


def _wish(value: str) -> HearBy | None:
    return None if value == _NO_WISH else HearBy(value)
