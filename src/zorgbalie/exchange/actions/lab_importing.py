"""Importing laboratory messages: each goes into one record whole, or onto the list of what has to be solved, whole.

A message is one unit of work. Whose it is rests on BSN and birth date together, and the BSN on what the practice
verified; never on a name (security row 64). Source: issue of the laboratory reports (REQ 62); rows 30, 32, 39, 42.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, transaction

from zorgbalie.access import gate
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.types import AuditAction
from zorgbalie.exchange.actions.importing import find_practice
from zorgbalie.exchange.actions.lab_reading import list_files, read_file
from zorgbalie.exchange.lab.files import cut_file
from zorgbalie.exchange.lab.outcome import LabImportReport, MessageOutcome, MessageState, Outcome, RefusedFile
from zorgbalie.exchange.lab.reading import digest_of, read_message
from zorgbalie.exchange.lab.reports import to_document, to_files, to_reports
from zorgbalie.exchange.lab.types import BrokenMessage, LabMessage, LabPatient, RawMessage, Reason
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.exchange.types import DossierRefused
from zorgbalie.kernel.bsn import Bsn
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer, system_viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.actions.documents import receive_file, receive_text
from zorgbalie.record.actions.lab import receive_report
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

_TASK = "import-lab"


@dataclass
class _DryRun(Exception):
    """Takes back what one message did, and carries what that was."""

    outcome: MessageOutcome


@dataclass(frozen=True, kw_only=True, slots=True)
class _Job:
    """What is the same for all messages of an import."""

    practice_id: PracticeId
    dry_run: bool
    now: datetime
    seen: set[str] = field(default_factory=set)


def import_lab_files(*, paths: Sequence[Path], practice: str, dry_run: bool, now: datetime) -> LabImportReport:
    """Import files and folders for a practice (AGB code or id) as the system's task.

    Raises: DossierRefused: nothing was read. Audit: `lab.receive` per report, `lab.listed` per message on the list.
    """
    job = _Job(practice_id=_find_gp_practice(practice), dry_run=dry_run, now=now)
    files = list_files(paths=paths)
    messages: list[MessageOutcome] = []
    refused: list[RefusedFile] = []
    for path in files:
        data = read_file(path=path)
        if isinstance(data, RefusedFile):
            refused.append(data)
            continue
        messages.extend(_import(job, raw, str(path)) for raw in cut_file(data=data))
    return LabImportReport(
        files=tuple(str(path) for path in files),
        practice_id=job.practice_id,
        dry_run=dry_run,
        messages=tuple(messages),
        refused_files=tuple(refused),
    )


def _find_gp_practice(text: str) -> PracticeId:
    practice_id = find_practice(text=text)
    if practices.get_practice_card(practice_id=practice_id).kind is not PracticeKind.GP:
        raise DossierRefused("laboratory reports go to GP practices only", place="--practice")
    return practice_id


def _import(job: _Job, raw: RawMessage, file: str) -> MessageOutcome:
    """One message in a unit of work of its own."""
    start = MessageOutcome(file=file, line=raw.line, format=raw.format, outcome=Outcome.FAILED)
    viewer = system_viewer(task=_TASK, practice_id=job.practice_id)
    try:
        with unit_of_work(viewer) as scope:
            try:
                return _in_unit(viewer, job, raw, start)
            except _DryRun as done:
                # What was taken back did not happen: the log tells of the trial alone.
                scope.lines.clear()
                _log_trial(viewer, done.outcome)
                return done.outcome
    except (NotVisible, NotAllowed):
        return replace(start, detail="the gate refused it")
    except DatabaseError as error:
        # The text of the database may hold a value of the message; its class says enough.
        return replace(start, detail=f"the database refused it ({type(error).__name__}); try again")


def _in_unit(viewer: Viewer, job: _Job, raw: RawMessage, start: MessageOutcome) -> MessageOutcome:
    with transaction.atomic():
        outcome = _take_in(viewer, job, raw, start)
        if job.dry_run:
            raise _DryRun(outcome)
    return outcome


def _log_trial(viewer: Viewer, outcome: MessageOutcome) -> None:
    gate.log_change(
        viewer=viewer, event="lab.import_tried", action=AuditAction.EXECUTE, object_type="lab_message", object_id="",
        detail={"outcome": outcome.outcome},
    )  # fmt: skip


def _take_in(viewer: Viewer, job: _Job, raw: RawMessage, start: MessageOutcome) -> MessageOutcome:
    """Put one message in a record or on the list, within a unit of work of `viewer`.

    One that waited is tried again: its patient may have been enrolled since.
    """
    digest = digest_of(raw=raw)
    row = ReceivedMessage.objects.filter(practice_id=job.practice_id, digest=digest).select_for_update().first()
    if digest in job.seen or (row is not None and row.state != MessageState.WAITING):
        return replace(start, outcome=Outcome.UNCHANGED, message_id=row.pk if row else None)
    job.seen.add(digest)
    try:
        message = read_message(raw=raw)
    except BrokenMessage as error:
        return _list(viewer, job, _Listed(raw, digest, error), row, start)
    found = find_patient(patient=message.patient, practice_id=job.practice_id)
    if isinstance(found, Reason):
        return _list(viewer, job, _Listed(raw, digest, BrokenMessage(found), message), row, start)
    row = row or _new_row(job, _Listed(raw, digest), message)
    reports = store_reports(viewer=viewer, row=row, message=message, patient_id=found, now=job.now)
    _close(viewer, job, row, found)
    return replace(
        start,
        outcome=Outcome.STORED,
        message_id=row.pk,
        patient_id=found,
        reports=len(reports),
        letters=int(message.letter is not None),
        results=sum(reports),
        original_only=dict(message.original_only),
    )


def find_patient(*, patient: LabPatient, practice_id: PracticeId) -> PersonId | Reason:
    """The one enrolled patient with this BSN and birth date, or why there is none.

    Somebody who is known elsewhere gives the same answer as somebody who is not known at all.
    """
    if not patient.bsn:
        return Reason.INVALID_BSN if patient.bsn_invalid else Reason.NO_BSN
    if patient.birth_date is None:
        return Reason.NO_BIRTH_DATE
    person_id = people.find_person_for_bsn(bsn=Bsn(patient.bsn))
    if person_id is None or not practices.find_relation(person_id=person_id, practice_id=practice_id).enrolled:
        return Reason.NOT_FOUND
    if people.find_birth_date(person_id=person_id) != patient.birth_date:
        return Reason.BIRTH_DATE_DIFFERS
    return person_id


def store_reports(
    *, viewer: Viewer, row: ReceivedMessage, message: LabMessage, patient_id: PersonId, now: datetime
) -> list[int]:
    """Put what a message holds in a record; returns how many results each report has. Raises NotVisible, NotAllowed."""
    if message.letter is not None:
        receive_text(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=PracticeId(row.practice_id),
            document=to_document(message=message, letter=message.letter, now=now),
            now=now,
        )
    for document in to_files(message=message, now=now):
        receive_file(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=PracticeId(row.practice_id),
            document=document,
            now=now,
        )
    reports = to_reports(message=message, now=now)
    for report in reports:
        receive_report(
            viewer=viewer, patient_id=patient_id, practice_id=PracticeId(row.practice_id), report=report, now=now
        )
    return [len(report.results) for report in reports]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A message on its way to the list."""

    raw: RawMessage
    digest: str
    error: BrokenMessage | None = None
    message: LabMessage | None = None


def _list(
    viewer: Viewer, job: _Job, listed: _Listed, row: ReceivedMessage | None, start: MessageOutcome
) -> MessageOutcome:
    """Keep a message for somebody to look at; one that waits already stays as it is."""
    error = listed.error or BrokenMessage(Reason.UNKNOWN_FORMAT)
    outcome = Outcome.UNCHANGED if row else Outcome.LISTED
    if row is None:
        row = _new_row(job, listed, listed.message)
        _tell(viewer, job, row)
    return replace(
        start,
        outcome=outcome,
        message_id=row.pk,
        reason=error.reason.value,
        segment=error.segment,
        message_line=error.line,
        detail=error.detail,
    )


def _new_row(job: _Job, listed: _Listed, message: LabMessage | None) -> ReceivedMessage:
    error = listed.error
    return ReceivedMessage.objects.create(
        practice_id=job.practice_id,
        format=listed.raw.format,
        content=listed.raw.content,
        digest=listed.digest,
        state=MessageState.WAITING,
        reason=error.reason if error else "",
        segment=error.segment if error else "",
        line=error.line if error else 0,
        detail=error.detail[:80] if error else "",
        laboratory=message.laboratory if message else "",
        stated_name=message.patient.name if message else "",
        stated_birth_date=message.patient.birth_date if message else None,
        received_at=job.now,
    )


def _tell(viewer: Viewer, job: _Job, row: ReceivedMessage) -> None:
    worklist.add_item(
        practice_id=job.practice_id,
        kind=ItemKind.LAB_UNMATCHED,
        about_id=row.pk,
        for_right=StaffRight.PUBLISH_RESULTS,
    )
    gate.log_change(
        viewer=viewer,
        event="lab.listed",
        action=AuditAction.CREATE,
        object_type="lab_message",
        object_id=row.pk,
        detail={"reason": row.reason},
    )


def _close(viewer: Viewer, job: _Job, row: ReceivedMessage, patient_id: PersonId) -> None:
    ReceivedMessage.objects.filter(pk=row.pk).update(state=MessageState.STORED, patient_id=patient_id)
    if row.reason:
        worklist.finish_items(
            viewer=viewer,
            practice_id=job.practice_id,
            kind=ItemKind.LAB_UNMATCHED,
            about_id=row.pk,
            now=job.now,
        )
