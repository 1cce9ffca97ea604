"""The form of a standard answer. Fields that are not here cannot be set (security row 7)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import LONGEST_QUESTION, LONGEST_TEMPLATE_TITLE, AnswerTemplate
from zorgbalie.faces.desk.standard_texts import OwnedForm


class AnswerTemplateForm(OwnedForm):
    """A standard answer: its name, for whom it is, and the text with fields."""

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

    def draft(self) -> str:
        """The text in the form now, right or wrong, for the preview."""
        return str(self["text"].value() or "").replace("\0", "")[:LONGEST_QUESTION]


def initial_of(found: AnswerTemplate) -> dict[str, object]:
    """The form as it is kept."""
    return {"version": found.version, "title": found.title, "text": found.text}
