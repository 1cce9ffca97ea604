"""For whom and where. A number that is not offered is no choice: the gate is never asked about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.consult.types import AskFor, AskPlace
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.faces.patient.context import age_words
from zorgbalie.kernel.ids import PracticeId


class ForWhomForm(forms.Form):
    """0 is oneself."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Voor wie is uw vraag?"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={
            "required": gettext_lazy("Kies voor wie uw vraag is."),
            "invalid_choice": gettext_lazy("Kies voor wie uw vraag is."),
        },
    )

    def __init__(self, *args: Any, others: Sequence[AskFor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "person")
        field.choices = [
            (0, _("Voor mijzelf")),
            *(
                (one.person_id, format_html('{}<br><span class="zb-subtle">{}</span>', one.name, age_words(one.age)))
                for one in others
            ),
        ]


class PlaceForm(forms.Form):
    """The GP practice or the pharmacy."""

    place = forms.TypedChoiceField(
        label=gettext_lazy("Waar wilt u uw vraag stellen?"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={
            "required": gettext_lazy("Kies waar u uw vraag stelt."),
            "invalid_choice": gettext_lazy("Kies waar u uw vraag stelt."),
        },
    )

    def __init__(self, data: QueryDict | None, *, places: Sequence[AskPlace], chosen: PracticeId | None = None) -> None:
        super().__init__(data, initial={"place": chosen})
        field = choice_field(self, "place")
        field.choices = [
            (one.practice_id, format_html('{}<br><span class="zb-subtle">{}</span>', one.name, _meaning(one)))
            for one in places
        ]


def _meaning(one: AskPlace) -> str:
    if one.is_pharmacy:
        return _("Bijvoorbeeld over hoe u een medicijn gebruikt, of over uw bestelling.")
    return _("Bijvoorbeeld over een klacht, een uitslag of een verwijzing.")
