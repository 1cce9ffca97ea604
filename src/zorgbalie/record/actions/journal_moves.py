"""What was written in the wrong record goes to the right one (R12; BW 7:454).

Two steps, each with leave for one patient, in the caller's transaction: `lift` takes rows and documents out of a
record, `place` puts them in another. A row leaves a line behind that says that something stood there, and nothing of
what it said; a document leaves nothing to read. Both keep their name, so moving back fills the same ones again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.models import (
    Document,
    DocumentContent,
    Encounter,
    Episode,
    Flag,
    JournalEntry,
    Medication,
    Observation,
)
from zorgbalie.record.types.documents import DocumentState
from zorgbalie.record.types.importing import RecordTable
from zorgbalie.record.types.journal import Lifted, LiftedDocument, LiftedRow, Written

MOVED_TEXT = "Overgezet naar het dossier van een andere patiënt."
"""What a row says that was taken out; stored, and so in Dutch."""
MOVED_REASON = "Hoort bij een andere patiënt"
STAYED_HIDDEN = "Stond in het andere dossier bij een verborgen episode"

_SHARED = ("author_name", "author_role", "visible_to_patient", "hidden_reason", "hidden_by_id", "hidden_at",
           "date_precision")  # fmt: skip
_FIELDS: dict[RecordTable, tuple[Any, tuple[str, ...]]] = {
    # In this order: links lead to tables that come first.
    RecordTable.EPISODE: (Episode, ("title", "icpc_code", "start_date", "end_date")),
    RecordTable.ENCOUNTER: (Encounter, ("started_on", "kind_code", "kind_title", "reason")),
    RecordTable.ENTRY: (JournalEntry, ("soep", "text", "icpc_code", "icpc_title", "recorded_on")),
}
_LEFT: dict[RecordTable, dict[str, str]] = {
    RecordTable.EPISODE: {"title": MOVED_TEXT, "icpc_code": ""},
    RecordTable.ENCOUNTER: {"reason": ""},
    RecordTable.ENTRY: {"text": MOVED_TEXT, "icpc_code": "", "icpc_title": ""},
}
_PAPER = (
    "title", "category", "direction", "author_name", "document_date", "received_at", "received_by_id", "file_name",
    "media_type", "size", "sha256", "source", "virus_state", "virus_checked_at",
)  # fmt: skip


def lift(*, viewer: Viewer, patient_id: PersonId, written: Written, consult_id: int, now: datetime) -> Lifted:
    """Take rows and documents out of the record of a patient.

    Raises NotAllowed, NotVisible. Audit: `journal.moved_away`. Source: R12.
    """
    grant = _open(viewer, patient_id, "journal.moved_away", consult_id, written, now)
    rows = tuple(_lift_rows(viewer, grant, set(written.rows), now))
    return Lifted(rows=rows, documents=tuple(_lift_documents(grant, written.documents, now)))


def place(
    *, viewer: Viewer, patient_id: PersonId, lifted: Lifted, written: Written, consult_id: int, now: datetime
) -> None:
    """Put what was lifted in the record of another patient; documents unshared.

    Raises NotAllowed, NotVisible. Audit: `journal.moved_here`. Source: R12.
    """
    grant = _open(viewer, patient_id, "journal.moved_here", consult_id, written, now)
    for row in lifted.rows:
        _place_row(grant, row)
    for document in lifted.documents:
        _place_document(grant, document)


def _open(viewer: Viewer, patient_id: PersonId, event: str, consult_id: int, written: Written, now: datetime) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.JOURNAL)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.JOURNAL,
        use=Use.CHANGE,
        event=event,
        now=now,
        object_type="consult",
        object_id=consult_id,
        detail={"rows": len(written.rows), "documents": len(written.documents)},
    )


def _whose(grant: Grant) -> dict[str, int]:
    return {"patient_id": grant.patient_id, "practice_id": grant.practice_id}


def _lift_rows(viewer: Viewer, grant: Grant, names: set[str], now: datetime) -> Iterable[LiftedRow]:
    staying = _episodes_that_stay(grant, names)
    left = {"visible_to_patient": False, "hidden_reason": MOVED_REASON, "hidden_by_id": viewer.employee_id,
            "hidden_at": now}  # fmt: skip
    for table, (model, fields) in _FIELDS.items():
        rows = model.objects.select_for_update(of=("self",)).filter(**_whose(grant), source_id__in=names)
        if table is not RecordTable.EPISODE:
            rows = rows.select_related("episode")
        for row in rows.order_by("pk"):
            if row.source_id in staying:
                continue
            yield _lifted(table, row, fields, names - staying)
            model.objects.filter(pk=row.pk).update(**left, **_LEFT[table])


def _lifted(table: RecordTable, row: Any, fields: tuple[str, ...], names: set[str]) -> LiftedRow:
    episode = None if table is RecordTable.EPISODE else row.episode
    encounter = row.encounter if table is RecordTable.ENTRY else None
    moves_along = episode is not None and episode.source_id in names
    return LiftedRow(
        table=table,
        source_id=row.source_id,
        values={name: getattr(row, name) for name in (*_SHARED, *fields)},
        encounter=encounter.source_id or "" if encounter is not None else "",
        episode=episode.source_id or "" if moves_along and episode is not None else "",
        episode_was_hidden=episode is not None and not episode.visible_to_patient,
    )


def _episodes_that_stay(grant: Grant, names: set[str]) -> set[str]:
    """Episodes that were made here and hold other things by now: those are of this patient."""
    others = Q()
    for model in (Observation, Medication, Flag):
        others |= Q(Exists(model._default_manager.filter(episode_id=OuterRef("pk"))))
    for written in (Encounter, JournalEntry):
        linked = written._default_manager.filter(episode_id=OuterRef("pk"))
        others |= Q(Exists(linked.filter(Q(source_id__isnull=True) | ~Q(source_id__in=names))))
    rows = Episode.objects.filter(others, **_whose(grant), source_id__in=names)
    return {name for name in rows.values_list("source_id", flat=True) if name}


def _place_row(grant: Grant, row: LiftedRow) -> None:
    model, _fields = _FIELDS[row.table]
    values = dict(row.values)
    known = model.objects.filter(**_whose(grant), source_id=row.source_id).first()
    links = _links(grant, row)
    if known is None:
        if row.episode_was_hidden and "episode_id" not in links and values["visible_to_patient"]:
            # R3: what stood under an unticked episode does not come into sight by moving.
            values |= {"visible_to_patient": False, "hidden_reason": STAYED_HIDDEN, "hidden_by_id": None}
        model.objects.create(**_whose(grant), source_id=row.source_id, **values, **links)
        return
    if values["hidden_reason"] == STAYED_HIDDEN:
        values |= {"visible_to_patient": True, "hidden_reason": "", "hidden_at": None}
    # It stood here before: the episode under which it stood is still linked.
    model.objects.filter(pk=known.pk).update(**values, **links)


def _links(grant: Grant, row: LiftedRow) -> dict[str, int]:
    found: dict[str, int] = {}
    for link, model, name in (("encounter_id", Encounter, row.encounter), ("episode_id", Episode, row.episode)):
        rows: Any = model._default_manager.filter(**_whose(grant), source_id=name) if name else ()
        for target in rows:
            found[link] = target.pk
    return found


def _lift_documents(grant: Grant, keys: Iterable[str], now: datetime) -> Iterable[LiftedDocument]:
    rows = Document.objects.select_for_update().filter(
        **_whose(grant), source_key__in=list(keys), moved_at__isnull=True
    )
    for row in rows.order_by("pk"):
        content = DocumentContent.objects.only("content").get(document_id=row.pk)
        yield LiftedDocument(
            source_key=row.source_key,
            values={name: getattr(row, name) for name in _PAPER},
            content=bytes(content.content),
        )
        if row.state == DocumentState.SHARED:
            row.state = DocumentState.WITHDRAWN
        row.moved_at, row.revision = now, row.revision + 1
        row.save(update_fields=["state", "moved_at", "revision"])


def _place_document(grant: Grant, document: LiftedDocument) -> None:
    known = Document.objects.filter(**_whose(grant), source_key=document.source_key).first()
    if known is not None:
        known.moved_at, known.revision = None, known.revision + 1
        known.save(update_fields=["moved_at", "revision"])
        return
    row = Document.objects.create(**_whose(grant), source_key=document.source_key, **document.values)
    DocumentContent.objects.create(**_whose(grant), document=row, content=document.content)
