"""The form of `naar het journaal`: the contact, a row per text, and the attachments that go along (REQ 29, 43, 57)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.consult.types import AuthorKind, JournalSource, WantedCopy
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.ids import EpisodeId, PersonId
from zorgbalie.record.types.journal import (
    LONGEST_EPISODE_TITLE,
    LONGEST_LINE,
    MOST_LINES,
    LineKind,
    NewEpisode,
    NewLine,
)
from zorgbalie.ui.formats import file_size

LOOSE, NEW = "", "nieuw"
_AGAIN = _("Er ging iets mis met het formulier. Probeer het nog een keer; uw tekst staat er nog.")
KINDS = [
    (LineKind.SUBJECTIVE.value, _("S: klacht of vraag")),
    (LineKind.OBJECTIVE.value, _("O: onderzoek")),
    (LineKind.EVALUATION.value, _("E: conclusie")),
    (LineKind.PLAN.value, _("P: plan")),
    ("", _("niet overnemen")),
]


class EntryForm(forms.Form):
    """Day, episode and attachments. `token`: of this page, so that two presses are one entry.

    `record`: whose record the page named, so that nothing is written in another's.
    """

    token = forms.UUIDField(
        label=_("Formulier"), widget=forms.HiddenInput, error_messages={"required": _AGAIN, "invalid": _AGAIN}
    )
    record = forms.IntegerField(
        label=_("Formulier"), min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput,
        error_messages={"required": _AGAIN, "invalid": _AGAIN, "min_value": _AGAIN, "max_value": _AGAIN},
    )  # fmt: skip
    day = forms.DateField(
        label=_("Datum"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Vul de datum in."), "invalid": _("Vul een datum in, zoals 24-11-2026.")},
    )  # fmt: skip
    episode = forms.ChoiceField(
        label=_("Episode"), required=False, error_messages={"invalid_choice": _("Kies een episode van deze patiënt.")}
    )
    title = forms.CharField(
        label=_("Naam van de nieuwe episode"), required=False, max_length=LONGEST_EPISODE_TITLE,
        error_messages={"max_length": _("Deze naam is te lang.")},
    )  # fmt: skip
    icpc = forms.CharField(
        label=_("ICPC-code"), help_text=_("Bijvoorbeeld R05 of T90.02."), required=False, max_length=10,
        error_messages={"max_length": _("Dit is geen ICPC-code. Een code is bijvoorbeeld R05 of T90.02.")},
    )  # fmt: skip
    visible = forms.BooleanField(label=_("Zichtbaar voor patiënt"), required=False)
    papers = forms.TypedMultipleChoiceField(
        label=_("Bijlagen naar de documenten"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("De patiënt ziet een document pas als u het deelt."),
        error_messages={"invalid_choice": _("Een van de bijlagen kan niet naar het dossier. Kijk welke er nu staan.")},
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, source: JournalSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "episode").choices = _episodes(source)
        choice_field(self, "papers").choices = [
            (one.attachment_id, f"{one.file_name}, {file_size(size=one.size)}")
            for one in source.files
            if one.is_safe and not one.is_kept
        ]

    def clean(self) -> dict[str, Any]:
        """A new episode has a name."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("episode") == NEW and not values.get("title", "").strip() and "title" not in self.errors:
            self.add_error("title", _("Vul een naam in voor de nieuwe episode."))
        return values

    def wanted(self, lines: tuple[NewLine, ...]) -> WantedCopy:
        """What was chosen; call it on a valid form."""
        values = self.cleaned_data
        token: UUID = values["token"]
        chosen = values["episode"]
        day: date = values["day"]
        return WantedCopy(
            token=token,
            record_of=PersonId(values["record"]),
            day=day,
            lines=lines,
            episode_id=EpisodeId(int(chosen)) if chosen not in (LOOSE, NEW) else None,
            new_episode=NewEpisode(title=values["title"], icpc_code=values["icpc"], visible=values["visible"])
            if chosen == NEW
            else None,
            attachment_ids=tuple(values["papers"]),
        )


class LineForm(forms.Form):
    """One text: what it becomes, and its words, which can be changed."""

    kind = forms.ChoiceField(label=_("Wordt"), choices=KINDS, required=False)
    text = forms.CharField(
        label=_("Tekst"), required=False, max_length=LONGEST_LINE, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Een regel is leeg of te lang. Gebruik hoogstens 4000 tekens.")},
    )  # fmt: skip

    def is_chosen(self) -> bool:
        """Whether this row becomes a line."""
        return bool(self["kind"].value())

    def clean(self) -> dict[str, Any]:
        """A row that is chosen has words; one of the empty rows at the end may be left as it is."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("kind") and not values.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", _("Schrijf eerst een tekst, of kies: niet overnemen."))
        return values

    def line(self) -> NewLine:
        """What was chosen; call it on a valid row that is chosen."""
        return NewLine(kind=LineKind(self.cleaned_data["kind"]), text=self.cleaned_data["text"])


def fresh_form(source: JournalSource, today: date) -> EntryForm:
    """The form as it opens: today, no episode, every attachment along."""
    files = [one.attachment_id for one in source.files if one.is_safe and not one.is_kept]
    values = {"token": uuid4(), "record": source.concerns_id, "day": today, "visible": True, "papers": files}
    return EntryForm(initial=values, source=source)


def fresh_rows(source: JournalSource) -> list[LineForm]:
    """A row per text, what was copied before left out, and two empty ones for what the doctor adds."""
    texts = source.texts[-(MOST_LINES - 2) :]
    rows = [{"kind": "" if one.is_copied else _kind_of(one.author_kind), "text": one.text} for one in texts]
    rows += [{"kind": "", "text": ""}, {"kind": "", "text": ""}]
    return [LineForm(prefix=f"r{number}", initial=values) for number, values in enumerate(rows)]


def _kind_of(author: AuthorKind) -> str:
    return LineKind.SUBJECTIVE.value if author is AuthorKind.PATIENT else LineKind.PLAN.value


def _episodes(source: JournalSource) -> list[tuple[str, Any]]:
    """What the line belongs to; each says when the patient does not see it (R3)."""
    choices: list[tuple[str, Any]] = [(LOOSE, _("Geen episode (los contact)")), (NEW, _("Nieuwe episode"))]
    for one in source.place.episodes:
        words = f"{one.title} ({one.icpc_code})" if one.icpc_code else one.title
        marks = [] if one.is_running else [str(_("afgesloten"))]
        marks += [] if one.is_visible else [str(_("niet zichtbaar voor de patiënt"))]
        choices.append((str(one.episode_id), ", ".join([words, *marks])))
    return choices
