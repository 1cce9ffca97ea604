"""The form of a template letter. Fields that are not here cannot be set (security row 7)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.desk.standard_texts import OwnedForm
from zorgbalie.record.types.writing import LONGEST_LETTER, LONGEST_TITLE, Letter, LetterTexts


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_LETTER})


class LetterForm(OwnedForm):
    """A letter: its name, for whom it is, and the two texts that it fills in."""

    title = forms.CharField(
        label=_("Naam van de brief"),
        help_text=_("Zo vindt u hem terug. De patiënt ziet deze naam niet."),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Geef de brief een naam.")},
    )
    owner = forms.ChoiceField(label=_("Voor wie is deze brief?"), widget=forms.RadioSelect)
    conclusion = forms.CharField(
        label=_("Conclusie voor de patiënt"),
        max_length=LONGEST_LETTER,
        widget=_area(6),
        error_messages={"required": _("Schrijf de tekst voor de conclusie.")},
    )
    advice = forms.CharField(
        label=_("Wat kan de patiënt doen?"), required=False, max_length=LONGEST_LETTER, widget=_area(4)
    )

    def texts(self) -> LetterTexts:
        """What was written; call it on a valid form."""
        values = self.cleaned_data
        return LetterTexts(title=values["title"], conclusion=values["conclusion"], advice=values["advice"])

    def draft(self) -> LetterTexts:
        """What stands in the form now, right or wrong, for the preview."""
        values = {name: str(self[name].value() or "").replace("\0", "") for name in ("title", "conclusion", "advice")}
        return LetterTexts(**{name: value[:LONGEST_LETTER] for name, value in values.items()})


def initial_of(letter: Letter) -> dict[str, object]:
    """The form as the letter is kept."""
    return {
        "version": letter.version,
        "title": letter.title,
        "conclusion": letter.conclusion,
        "advice": letter.advice,
    }
