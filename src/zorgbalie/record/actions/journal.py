"""Writing in the record at the desk: a contact with its S, O, E and P lines, and files that go along (REQ 29, 43, 57).

Rows that are written here carry a name of ours where an imported row carries the one of its source. So an import of the
practice's dossier leaves them alone, and a dossier in which a system kept that name updates the row instead of adding
one. What the patient sees follows from the rules of the record: nothing is shown because it was written here.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.integrations.files import clean_text
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.record.actions.document_intake import take_in_text
from zorgbalie.record.models import Document, DocumentContent, Encounter, Episode, JournalEntry
from zorgbalie.record.queries.journal import may_write_journal
from zorgbalie.record.rules.journal import read_icpc, row_name
from zorgbalie.record.types.documents import Direction, DocumentCategory, DocumentSource, VirusState
from zorgbalie.record.types.journal import (
    LONGEST_EPISODE_TITLE,
    LONGEST_LINE,
    MOST_LINES,
    FiledPaper,
    FiledText,
    JournalNotUsable,
    NewEntry,
)
from zorgbalie.ui.roles import role_name

_SORTED, _EPISODE = "SOEP", "episode"
_UNTICKED = "Bij het maken niet zichtbaar gezet"  # stored for colleagues, and so in Dutch


@transaction.atomic
def write_entry(*, viewer: Viewer, patient_id: PersonId, entry: NewEntry, consult_id: int, now: datetime) -> None:
    """Write a contact with its lines and put the files with the documents, unshared; the same key twice is one.

    `consult_id`: the question it comes from, for the log. Raises JournalNotUsable, NotAllowed, NotVisible.
    Audit: `journal.write`, with what was written. Source: REQ 15, 29, 43, 57; BW 7:454 lid 1.
    """
    if viewer.practice_id is None:
        raise NotVisible(DataKind.JOURNAL)
    if may_write_journal(viewer=viewer, patient_id=patient_id, now=now):
        _check(viewer, patient_id, entry, now)
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.JOURNAL,
        use=Use.CHANGE,
        event="journal.write",
        now=now,
        action=AuditAction.CREATE,
        object_type="encounter",
        object_id=row_name(key=entry.key),
        detail={
            "consult": consult_id,
            "lines": "".join(line.kind.value for line in entry.lines),
            "episode": "new" if entry.new_episode else entry.episode_id or "none",
            "documents": len(entry.papers) + len(entry.texts),
        },
    )
    if entry.lines:
        _write_lines(viewer, grant, entry)
    for paper in entry.papers:
        _keep_paper(viewer, grant, paper, now)
    for text in entry.texts:
        _keep_text(viewer, grant, text, now)


def names_of(*, entry: NewEntry) -> tuple[str, ...]:
    """Under which names the rows of an entry stand in the record: episode, contact and lines."""
    if not entry.lines:
        return ()
    made = [row_name(key=entry.key, part=_EPISODE)] if entry.new_episode else []
    lines = [row_name(key=entry.key, part=str(number)) for number in range(1, len(entry.lines) + 1)]
    return (*made, row_name(key=entry.key), *lines)


def _check(viewer: Viewer, patient_id: PersonId, entry: NewEntry, now: datetime) -> None:
    """Before anything is written or logged as done. Raises JournalNotUsable."""
    if not (entry.lines or entry.papers or entry.texts):
        raise JournalNotUsable(_("Kies ten minste één regel of bijlage."))
    if len(entry.lines) > MOST_LINES:
        raise JournalNotUsable(_("U kunt hoogstens 40 regels tegelijk schrijven."))
    for line in entry.lines:
        if not clean_text(text=line.text).strip() or len(line.text) > LONGEST_LINE:
            raise JournalNotUsable(_("Een regel is leeg of te lang. Gebruik hoogstens 4000 tekens."))
    born = people.find_birth_date(person_id=patient_id)
    if born is None or not born <= entry.day <= local_date(now):
        raise JournalNotUsable(_("Kies een dag na de geboorte en niet later dan vandaag."), field="day")
    _check_episode(viewer, patient_id, entry)


def _check_episode(viewer: Viewer, patient_id: PersonId, entry: NewEntry) -> None:
    new = entry.new_episode
    if new is not None:
        if not clean_text(text=new.title).strip() or len(new.title) > LONGEST_EPISODE_TITLE:
            raise JournalNotUsable(_("Vul een naam in voor de nieuwe episode."), field="title")
        if new.icpc_code and read_icpc(text=new.icpc_code) is None:
            raise JournalNotUsable(_("Dit is geen ICPC-code. Een code is bijvoorbeeld R05 of T90.02."), field="icpc")
    elif entry.episode_id is not None:
        rows = Episode.objects.filter(pk=entry.episode_id, patient_id=patient_id, practice_id=viewer.practice_id or 0)
        if not rows.exists():
            raise JournalNotUsable(_("Kies een episode van deze patiënt."), field="episode")


def _write_lines(viewer: Viewer, grant: Grant, entry: NewEntry) -> None:
    shared = _shared(viewer, grant)
    episode = _episode(grant, entry, shared)
    encounter, is_new = Encounter.objects.get_or_create(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        source_id=row_name(key=entry.key),
        defaults={**shared, "episode": episode, "started_on": entry.day, "kind_title": entry.kind_title},
    )
    lines = sorted(entry.lines, key=lambda line: _SORTED.index(line.kind.value))
    rows = [
        JournalEntry(
            **shared,
            patient_id=grant.patient_id,
            practice_id=grant.practice_id,
            source_id=row_name(key=entry.key, part=str(number)),
            encounter=encounter,
            episode=episode,
            soep=line.kind.value,
            text=clean_text(text=line.text).strip(),
            icpc_code=episode.icpc_code if episode and line.kind.value == "E" else "",
            recorded_on=entry.day,
        )
        for number, line in enumerate(lines, start=1)
    ]
    if is_new:
        JournalEntry.objects.bulk_create(rows)


def _shared(viewer: Viewer, grant: Grant) -> dict[str, str]:
    """Who wrote it, in Dutch whatever the language of the screen: it is a part of the record."""
    with override("nl"):
        return {"author_name": viewer.name[:160], "author_role": role_name(viewer.role) if viewer.role else ""}


def _episode(grant: Grant, entry: NewEntry, shared: dict[str, str]) -> Episode | None:
    new = entry.new_episode
    if new is None:
        return Episode.objects.filter(pk=entry.episode_id).first() if entry.episode_id else None
    made, _is_new = Episode.objects.get_or_create(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        source_id=row_name(key=entry.key, part=_EPISODE),
        defaults={
            **shared,
            "title": " ".join(clean_text(text=new.title).split()),
            "icpc_code": (read_icpc(text=new.icpc_code) or "") if new.icpc_code else "",
            "start_date": entry.day,
            "visible_to_patient": new.visible,
            "hidden_reason": "" if new.visible else _UNTICKED,
        },
    )
    return made


def _keep_paper(viewer: Viewer, grant: Grant, paper: FiledPaper, now: datetime) -> None:
    is_photo = paper.media_type.startswith("image/")
    category = DocumentCategory.PHOTO if is_photo else DocumentCategory.OTHER
    checked = VirusState(paper.virus_state)
    values = {
        **_about(paper),
        "category": category,
        "file_name": paper.file_name,
        "media_type": paper.media_type,
        "sha256": paper.sha256,
        "virus_state": checked,
        "virus_checked_at": now if checked in (VirusState.CLEAN, VirusState.INFECTED) else None,
    }
    _keep(viewer, grant, paper.source_key, values, paper.content, now)


def _keep_text(viewer: Viewer, grant: Grant, text: FiledText, now: datetime) -> None:
    intake = take_in_text(name=text.file_name, text=text.text)
    values = {
        **_about(text),
        "category": DocumentCategory.OTHER,
        "file_name": intake.file.name,
        "media_type": intake.file.type,
        "sha256": intake.sha256,
        "virus_state": intake.virus_state,
    }
    _keep(viewer, grant, text.source_key, values, intake.file.content, now)


def _about(one: FiledPaper | FiledText) -> dict[str, object]:
    return {
        "title": " ".join(clean_text(text=one.title).split())[:160],
        "author_name": " ".join(clean_text(text=one.author_name).split())[:160],
        "document_date": one.day,
        "direction": Direction.OUTGOING if one.is_outgoing else Direction.INCOMING,
        "source": DocumentSource.CONSULT,
    }


def _keep(
    viewer: Viewer, grant: Grant, source_key: str, values: dict[str, object], content: bytes, now: datetime
) -> None:
    """Unshared: what the patient sees of it is a decision of its own."""
    row, is_new = Document.objects.get_or_create(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        source_key=source_key,
        defaults={**values, "size": len(content), "received_at": now, "received_by_id": viewer.employee_id},
    )
    if is_new:
        DocumentContent.objects.create(
            patient_id=grant.patient_id, practice_id=grant.practice_id, document=row, content=content
        )
