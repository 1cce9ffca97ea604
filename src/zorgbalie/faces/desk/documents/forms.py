"""Filters of the list, and the forms to add and to share. Fields that are not here cannot be set (security row 7)."""

import hashlib
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.faces.entry.document_words import CATEGORY_NAMES
from zorgbalie.record.actions.documents import LONGEST_EXPLANATION, LONGEST_TITLE
from zorgbalie.record.types.documents import (
    Direction,
    DocumentCategory,
    DocumentFilter,
    DocumentState,
    NewDocument,
    Publication,
)

_CATEGORIES = [(category.value, name) for category, name in CATEGORY_NAMES.items()]


class FilterForm(forms.Form):
    """What to show, in the address so that a list can be kept."""

    q = forms.CharField(label=_("Zoek in de titels"), required=False, max_length=100)
    soort = forms.ChoiceField(label=_("Soort"), required=False, choices=[("", _("Alle soorten")), *_CATEGORIES])
    richting = forms.ChoiceField(
        label=_("Richting"),
        required=False,
        choices=[
            ("", _("Alle")),
            (Direction.INCOMING.value, _("Ontvangen")),
            (Direction.OUTGOING.value, _("Verstuurd")),
        ],
    )
    gedeeld = forms.ChoiceField(
        label=_("Gedeeld"),
        required=False,
        choices=[
            ("", _("Alles")),
            (DocumentState.SHARED.value, _("Gedeeld")),
            (DocumentState.PRIVATE.value, _("Niet gedeeld")),
            (DocumentState.WITHDRAWN.value, _("Niet meer gedeeld")),
        ],
    )

    def wanted(self, *, oldest_first: bool) -> DocumentFilter:
        """The filter; what makes no sense is left out."""
        self.is_valid()
        values = self.cleaned_data
        return DocumentFilter(
            category=DocumentCategory(values["soort"]) if values.get("soort") else None,
            direction=Direction(values["richting"]) if values.get("richting") else None,
            state=DocumentState(values["gedeeld"]) if values.get("gedeeld") else None,
            search=values.get("q", ""),
            oldest_first=oldest_first,
        )


class UploadForm(forms.Form):
    """A document and its facts. The file itself is judged by the action, not here."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Titel"),
        help_text=_("De patiënt ziet deze titel als u het document deelt. Bijvoorbeeld: Brief van de cardioloog."),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Vul in wat voor document dit is.")},
    )
    category = forms.ChoiceField(
        label=_("Soort"),
        choices=[("", _("Kies een soort")), *_CATEGORIES],
        error_messages={"required": _("Kies een soort.")},
    )
    direction = forms.ChoiceField(
        label=_("Ontvangen of verstuurd?"),
        widget=forms.RadioSelect,
        choices=[
            (Direction.INCOMING.value, _("Ontvangen door de praktijk")),
            (Direction.OUTGOING.value, _("Verstuurd door de praktijk")),
        ],
        error_messages={"required": _("Kies ontvangen of verstuurd.")},
    )
    author_name = forms.CharField(label=_("Van wie is het?"), required=False, max_length=LONGEST_TITLE)
    document_date = forms.DateField(
        label=_("Datum op het document"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Vul de datum in."), "invalid": _("Vul een datum in, zoals 24-11-2026.")},
    )
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("PDF, foto, scan of tekst. Van een foto halen wij de plaats en het toestel weg."),
        max_length=300,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif,.tif,.tiff,.gif,.txt"}),
        error_messages={"required": _("Kies een bestand."), "missing": _("Kies een bestand.")},
    )

    def document(self, *, most: int) -> NewDocument:
        """What was handed over; call it on a valid form. No more is read of the file than needed to refuse it."""
        values: dict[str, Any] = self.cleaned_data
        once: UUID = values["once"]
        content = values["file"].read(most + 1)
        # The same form with another file (after the browser's Back) is another document.
        digest = hashlib.sha256(content).hexdigest()[:16]
        return NewDocument(
            title=values["title"],
            category=DocumentCategory(values["category"]),
            direction=Direction(values["direction"]),
            document_date=values["document_date"],
            author_name=values["author_name"],
            file_name=values["file"].name,
            content=content,
            source_key=f"upload:{once}:{digest}",
        )


class PublishForm(forms.Form):
    """What the patient reads with the document."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    explanation = forms.CharField(
        label=_("Uitleg voor de patiënt"),
        help_text=_("Niet verplicht. Schrijf kort en in gewone woorden wat er in de brief staat."),
        required=False,
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST_EXPLANATION}),
    )

    def publication(self) -> Publication:
        """What was decided; call it on a valid form."""
        return Publication(revision=self.cleaned_data["revision"], explanation=self.cleaned_data["explanation"])


class WithdrawForm(forms.Form):
    """The document as it was on the screen."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
