"""The form of a template letter. Fields that are not here cannot be set (security row 7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.record.types.writing import LONGEST_LETTER, LONGEST_TITLE, Letter, LetterTexts

PERSONAL, PRACTICE = "mij", "praktijk"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_LETTER})


class SearchForm(forms.Form):
    """Search in the list."""

    q = forms.CharField(label=_("Zoek op naam of tekst"), required=False, max_length=100)


class LetterForm(forms.Form):
    """A letter: its name, for whom it is, and the two texts that it fills in."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
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

    def __init__(self, *args: Any, may: tuple[bool, bool], is_new: bool, **kwargs: Any) -> None:
        """`may`: whether one may keep letters of one's own, and of the practice."""
        super().__init__(*args, **kwargs)
        own, of_practice = may
        choices = [(PRACTICE, _("Voor de hele praktijk"))] if of_practice else []
        choices += [(PERSONAL, _("Alleen voor mijzelf"))] if own else []
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells mypy what stands above)
        field.choices = choices
        field.initial = choices[0][0] if choices else ""
        # For whom a letter is does not change later, and who has one choice is not asked.
        if not is_new or len(choices) < 2:
            field.widget, field.required = forms.HiddenInput(), False

    def texts(self) -> LetterTexts:
        """What was written; call it on a valid form."""
        values = self.cleaned_data
        return LetterTexts(title=values["title"], conclusion=values["conclusion"], advice=values["advice"])

    def draft(self) -> LetterTexts:
        """What stands in the form now, right or wrong, for the preview."""
        values = {name: str(self[name].value() or "").replace("\0", "") for name in ("title", "conclusion", "advice")}
        return LetterTexts(**{name: value[:LONGEST_LETTER] for name, value in values.items()})

    def is_personal(self) -> bool:
        """Whether the new letter is one's own; call it on a valid form."""
        choices = [value for value, _name in self.fields["owner"].choices]  # type: ignore[attr-defined]  # a choice field
        return bool((self.cleaned_data.get("owner") or choices[0]) == PERSONAL)


def initial_of(letter: Letter) -> dict[str, object]:
    """The form as the letter is kept."""
    return {
        "version": letter.version,
        "title": letter.title,
        "conclusion": letter.conclusion,
        "advice": letter.advice,
    }
