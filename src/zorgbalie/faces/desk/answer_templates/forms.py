"""The form of a standard answer. Fields that are not here cannot be set (security row 7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import LONGEST_QUESTION, LONGEST_TEMPLATE_TITLE, AnswerTemplate

PERSONAL, PRACTICE = "mij", "praktijk"


class AnswerTemplateForm(forms.Form):
    """A standard answer: its name, for whom it is, and the text with fields."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    title = forms.CharField(
        label=_("Naam van het antwoord"),
        help_text=_("Zo vindt u het terug. De patiënt ziet deze naam niet."),
        max_length=LONGEST_TEMPLATE_TITLE,
        error_messages={"required": _("Geef het antwoord een naam.")},
    )
    owner = forms.ChoiceField(label=_("Voor wie is dit antwoord?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Tekst van het antwoord"),
        help_text=_("Begin met het antwoord. Schrijf kort en in gewone woorden."),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 10, "maxlength": LONGEST_QUESTION}),
        error_messages={"required": _("Schrijf de tekst van het antwoord.")},
    )

    def __init__(self, *args: Any, may: tuple[bool, bool], is_new: bool, **kwargs: Any) -> None:
        """`may`: whether one may keep standard answers of one's own, and of the practice."""
        super().__init__(*args, **kwargs)
        own, of_practice = may
        choices = [(PRACTICE, _("Voor de hele praktijk"))] if of_practice else []
        choices += [(PERSONAL, _("Alleen voor mijzelf"))] if own else []
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells mypy what stands above)
        field.choices = choices
        field.initial = choices[0][0] if choices else ""
        # For whom it is does not change later, and who has one choice is not asked.
        if not is_new or len(choices) < 2:
            field.widget, field.required = forms.HiddenInput(), False

    def draft(self) -> str:
        """The text in the form now, right or wrong, for the preview."""
        return str(self["text"].value() or "").replace("\0", "")[:LONGEST_QUESTION]

    def is_personal(self) -> bool:
        """Whether the new standard answer is one's own; call it on a valid form."""
        choices = [value for value, _name in self.fields["owner"].choices]  # type: ignore[attr-defined]  # a choice field
        return bool((self.cleaned_data.get("owner") or choices[0]) == PERSONAL)


def initial_of(found: AnswerTemplate) -> dict[str, object]:
    """The form as it is kept."""
    return {"version": found.version, "title": found.title, "text": found.text}
