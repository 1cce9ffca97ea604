"""Forms of a request. They name no patient (A1); the item is in the address, the practice is checked at the gate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.record.types.corrections import LONGEST_TEXT, AskablePlace, Wish

WISH_CHOICES = [
    (Wish.CORRECT.value, _("Er staat iets fout")),
    (Wish.REMOVE.value, _("Dit moet weg")),
    (Wish.ADD.value, _("Ik wil er zelf iets bij zetten")),
]

_SOMETHING_MISSING = (Wish.CORRECT.value, _("Er staat iets fout of er ontbreekt iets"))


class WishForm(forms.Form):
    """What somebody wants; and to which practice, where there is a choice."""

    wat = forms.ChoiceField(
        label=_("Wat wilt u?"),
        choices=WISH_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u wilt."), "invalid_choice": _("Kies wat u wilt.")},
    )

    def __init__(self, *args: Any, places: Sequence[AskablePlace] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wishes = [_SOMETHING_MISSING, *WISH_CHOICES[1:]] if places else WISH_CHOICES
        wish = choice_field(self, "wat")
        wish.choices = self.wishes
        if len(places) > 1:
            self.fields["bij"] = forms.TypedChoiceField(
                label=_("Om welk dossier gaat het?"),
                choices=[(place.practice_id, place.name) for place in places],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Kies een praktijk of apotheek."),
                    "invalid_choice": _("Kies een praktijk of apotheek."),
                },
            )

    def words_of(self, *, wish: Wish) -> str:
        """What a choice says on the screen."""
        return str(dict(self.wishes)[wish.value])


_QUESTIONS = {
    Wish.CORRECT: (_("Wat is er fout, en wat moet er staan?"), _("Schrijf het zo precies als u kunt.")),
    Wish.REMOVE: (
        _("Wat moet er weg, en waarom?"),
        _("De praktijk moet soms iets bewaren. Bijvoorbeeld als de wet dat zegt. U leest dan waarom."),
    ),
    Wish.ADD: (
        _("Wat wilt u erbij zetten?"),
        _("Uw tekst komt bij dit onderdeel te staan, precies zoals u hem schrijft. Zorgverleners lezen hem ook."),
    ),
}
_ADD_TO_RECORD = _("Uw tekst komt bij uw dossier te staan, precies zoals u hem schrijft. Zorgverleners lezen hem ook.")


class TextForm(forms.Form):
    """What somebody wants to say. `sleutel` tells the same form twice from two forms."""

    tekst = forms.CharField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST_TEXT}),
        error_messages={
            "required": _("Schrijf wat u wilt vertellen."),
            "max_length": _("Uw tekst is te lang. U kunt 3.000 tekens gebruiken."),
            "null_characters_not_allowed": _("In uw tekst staat een teken dat niet kan."),
        },
    )
    sleutel = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])

    def __init__(self, *args: Any, wish: Wish, has_item: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, help_text = _QUESTIONS[wish]
        self.fields["tekst"].label = label
        self.fields["tekst"].help_text = help_text if has_item or wish is not Wish.ADD else _ADD_TO_RECORD
