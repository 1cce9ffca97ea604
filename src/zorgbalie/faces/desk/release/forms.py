"""Forms of the record at the desk. Fields that are not here cannot be set (security row 7)."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.desk.release.words import PART_NAMES
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.ids import EmployeeId
from zorgbalie.record.actions.copy import LONGEST_EXPLANATION
from zorgbalie.record.actions.notes import DEFAULT_DAYS, MAX_LENGTH
from zorgbalie.record.types.desk import Colleague, CopyWish, RecordPart
from zorgbalie.ui.roles import role_name

LONGEST_REASON = 1000
_KEEP_CHOICES = [
    (7, _("1 week")),
    (DEFAULT_DAYS, _("30 dagen")),
    (90, _("3 maanden")),
    (180, _("6 maanden")),
    (365, _("1 jaar")),
]


def _area(rows: int, limit: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": limit})


class ConfirmForm(forms.Form):
    """The confirmation of a choice; the reason is asked for when something gets hidden."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Waarom verbergt u dit?"),
        help_text=_("Alleen collega’s lezen dit. De patiënt ziet niet dat er iets verborgen is."),
        max_length=300,
        required=False,
        widget=forms.TextInput,
    )


class AnswerForm(forms.Form):
    """A reason that the patient reads (R6)."""

    reason = forms.CharField(
        label=_("Uw uitleg voor de patiënt"),
        help_text=_("De patiënt leest deze tekst. Schrijf kort en in gewone woorden."),
        max_length=LONGEST_REASON,
        widget=_area(5, LONGEST_REASON),
    )


class CopyForm(forms.Form):
    """What a copy holds (REQ 66)."""

    parts = forms.MultipleChoiceField(
        label=_("Wat komt er in de kopie?"),
        widget=forms.CheckboxSelectMultiple,
    )
    with_so = forms.BooleanField(
        label=_("Ook S- en O-regels"),
        help_text=_(
            "Wie om een kopie van het hele dossier vraagt, heeft daar recht op (BW 7:456). Lees ze eerst na: wat over"
            " een ander gaat, hoort niet in de kopie."
        ),
        required=False,
    )
    explanation = forms.CharField(
        label=_("Uitleg voor de patiënt"),
        help_text=_("Staat vooraan in de kopie. Is er een open verzoek, dan leest de patiënt deze tekst ook daar."),
        max_length=LONGEST_EXPLANATION,
        widget=_area(5, LONGEST_EXPLANATION),
    )

    def __init__(self, *args: Any, parts: Collection[RecordPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "parts").choices = [(part.value, PART_NAMES[part]) for part in parts]
        self.initial.setdefault("parts", [part.value for part in parts])
        if RecordPart.CONTACTS not in parts:
            del self.fields["with_so"]  # who keeps no contacts has no such lines

    def wish(self) -> CopyWish:
        """What was asked."""
        values = self.cleaned_data
        return CopyWish(
            parts=frozenset(RecordPart(part) for part in values["parts"]),
            with_so=values.get("with_so", False),
            explanation=values["explanation"],
        )


class NoteForm(forms.Form):
    """A work note (REQ 59)."""

    text = forms.CharField(label=_("Notitie"), max_length=MAX_LENGTH, widget=_area(4, MAX_LENGTH))
    about = forms.CharField(
        label=_("Waar gaat het over?"),
        help_text=_("Bijvoorbeeld de episode of de regel."),
        max_length=160,
        required=False,
    )
    keep_days = forms.TypedChoiceField(
        label=_("Hoe lang bewaren?"), choices=_KEEP_CHOICES, coerce=int, initial=DEFAULT_DAYS, widget=forms.Select
    )


class ShareForm(forms.Form):
    """With whom a note is shared."""

    colleagues = forms.TypedMultipleChoiceField(
        label=_("Met wie deelt u de notitie?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, receivers: Iterable[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "colleagues")
        field.choices = [(one.employee_id, f"{one.name}, {role_name(one.role)}") for one in receivers]

    def employee_ids(self) -> list[EmployeeId]:
        """Who was ticked."""
        return [EmployeeId(one) for one in self.cleaned_data["colleagues"]]
