"""The switches of correspondence: a day for each category, or nothing for off."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zorgbalie.faces.entry.document_words import CATEGORY_NAMES
from zorgbalie.faces.management.forms import SettingsForm
from zorgbalie.record.types.documents import SHAREABLE, DocumentCategory


class SharingForm(SettingsForm):
    """One day per category; the EPD-overdrachtsbericht has none (R4)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for category in SHAREABLE:
            self.fields[category.value] = forms.DateField(
                label=CATEGORY_NAMES[category],
                required=False,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            )

    def starts(self) -> dict[DocumentCategory, date | None]:
        """What was filled in, as far as it is right."""
        return {one: self.cleaned_data.get(one.value) for one in SHAREABLE}


def initial_of(starts: Mapping[DocumentCategory, date | None], version: str) -> dict[str, object]:
    """The form as it is stored."""
    return {"version": version, **{category.value: day for category, day in starts.items()}}
