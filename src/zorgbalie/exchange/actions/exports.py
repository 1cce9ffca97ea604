"""Files in which a patient saves the own record: asking, making in steps, and removing (Wabvpz 15d; REQ 10, 22).

The worker makes a file as the viewer who asked, through the same gate and the same queries as the pages: it names that
person and the patient to the database, and sees no more than that person sees now (R14; security row 13). Each step has
a transaction of its own, so that progress is seen and no transaction is open while a document is written.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.exchange.export_types import (
    KEEP_ROWS,
    LEASE,
    PATIENCE,
    PER_DAY,
    RUNNING,
    ExportFault,
    ExportKind,
    ExportState,
    ExportStep,
    TooManyExports,
)
from zorgbalie.exchange.models import RecordExport, RecordExportContent
from zorgbalie.exchange.queries.exports import OBJECT, open_own
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.errors import NotVisible, ZorgbalieError
from zorgbalie.kernel.ids import ExportId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, patient_viewer
from zorgbalie.messaging.actions import outbox
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.record.queries import whole_record
from zorgbalie.record.types.whole import Held, SavedPart

MAKE_TASK = "exchange.make_export"
_BEHIND_NOTICES = -10  # priority: a mail does not wait for a document


class StillMaking(ZorgbalieError):
    """Another worker has this file in hand and gave a sign of life not long ago."""


class LostClaim(ZorgbalieError):
    """Another worker took over, or the time was up: what this one made is thrown away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A file that this worker alone makes now. `viewer` is who asked, as the gate knows him."""

    export_id: ExportId
    claimed_at: datetime
    kind: ExportKind
    language: str
    viewer: Viewer
    patient_id: PersonId
    practice_id: PracticeId


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A finished file: its bytes, what it holds, and the day as of which it was read."""

    content: bytes
    parts: tuple[SavedPart, ...]
    held: Held
    made_on: date


@deed()
def ask_for_export(*, viewer: Viewer, kind: ExportKind, language: str, now: datetime) -> ExportId:
    """Ask for a file of all that may be read now. A second wish while one runs gives the same one (security row 48).

    Raises TooManyExports, NotVisible (R14). Audit: `export.ask`. Source: Wabvpz 15d; REQ 10, 22.
    """
    grant = open_own(viewer=viewer, use=Use.CHANGE, event="export.ask", now=now, file=kind)
    running = _running(viewer, kind, now)
    if running is not None:
        return running
    own = RecordExport.objects.filter(patient_id=grant.patient_id, asked_by_id=viewer.person_id)
    if own.filter(asked_at__gt=now - timedelta(days=1)).count() >= PER_DAY:
        raise TooManyExports("too many files in a day")
    try:
        with transaction.atomic():
            row = RecordExport.objects.create(
                practice_id=grant.practice_id,
                patient_id=grant.patient_id,
                asked_by_id=viewer.person_id or grant.patient_id,
                asked_by_name=viewer.name[:160],
                level=viewer.level.name if viewer.level else "",
                language=language,
                kind=kind,
                asked_at=now,
                expires_at=now + PATIENCE,
            )
    except IntegrityError:
        found = _running(viewer, kind, now)
        if found is None:
            raise
        return found
    # The job holds two numbers: no name, no content (security row 45).
    task = app.configure_task(MAKE_TASK, queue="exports", priority=_BEHIND_NOTICES)
    task.defer(export_id=row.pk, patient_id=int(grant.patient_id))
    return ExportId(row.pk)


def _running(viewer: Viewer, kind: ExportKind, now: datetime) -> ExportId | None:
    rows = RecordExport.objects.filter(
        patient_id=check_subject(viewer), asked_by_id=viewer.person_id, kind=kind, state__in=RUNNING
    )
    found = rows.values_list("pk", flat=True).first()
    return ExportId(found) if found is not None else None


# Making


def claim(*, viewer: Viewer, export_id: int, now: datetime) -> Claim | None:
    """Take a file in hand; None when there is nothing to make any more. Raises StillMaking."""
    free = Q(state=ExportState.ASKED) | Q(state=ExportState.MAKING, claimed_at__lt=now - LEASE)
    taken = RecordExport.objects.filter(free, pk=export_id, expires_at__gt=now).update(
        state=ExportState.MAKING, step=ExportStep.READING, progress=10, claimed_at=now
    )
    row = RecordExport.objects.filter(pk=export_id).first()
    if row is None or not taken:
        if row is not None and row.state == ExportState.MAKING and row.expires_at > now:
            raise StillMaking(export_id)
        return None
    asker = patient_viewer(
        person_id=PersonId(row.asked_by_id),
        subject_id=PersonId(row.patient_id),
        name=row.asked_by_name,
        level=AssuranceLevel[row.level],
    )
    return Claim(
        export_id=ExportId(row.pk),
        claimed_at=now,
        kind=ExportKind(row.kind),
        language=row.language,
        viewer=asker,
        patient_id=PersonId(row.patient_id),
        practice_id=PracticeId(row.practice_id),
    )


def note_step(*, claimed: Claim, step: ExportStep, progress: int, now: datetime) -> Claim:
    """Say how far it is; also the sign of life. Raises LostClaim."""
    _move(claimed, {"step": step, "progress": progress, "claimed_at": now})
    return replace(claimed, claimed_at=now)


def store(*, claimed: Claim, made: Made, now: datetime) -> None:
    """Put the file there for who asked, and tell him if he wants to be told (R15), in one transaction.

    Raises LostClaim; NotVisible when what the file holds was closed while it was being made (security row 13).
    """
    allowed = gate.may_open_patient(
        viewer=claimed.viewer,
        patient_id=claimed.patient_id,
        practice_id=claimed.practice_id,
        kind=DataKind.RECORD_EXPORT,
        use=Use.CHANGE,
        now=now,
    )
    if not allowed or not whole_record.are_open(viewer=claimed.viewer, parts=made.parts, now=now):
        raise NotVisible(DataKind.RECORD_EXPORT)
    with transaction.atomic():
        values = {
            "state": ExportState.READY,
            "step": ExportStep.DONE,
            "progress": 100,
            "ready_at": now,
            "expires_at": now + timedelta(hours=settings.RECORD_EXPORT_HOURS),
            "sha256": hashlib.sha256(made.content).hexdigest(),
            "size": len(made.content),
            "parts": [[part.practice_id, part.kind] for part in made.parts],
        }
        _move(claimed, values)
        RecordExportContent.objects.create(
            export_id=claimed.export_id,
            patient_id=claimed.patient_id,
            content=made.content,
            held=made.held,
            made_on=made.made_on,
        )
        _tell(claimed, now)


def _tell(claimed: Claim, now: datetime) -> None:
    """The notice is for who asked, whose own settings the database opens only under his name."""
    asker = claimed.viewer.person_id or claimed.patient_id
    set_subject(asker)
    outbox.notify(
        viewer=claimed.viewer,
        person_id=asker,
        practice_id=claimed.practice_id,
        kind=NoticeKind.EXPORT_READY,
        event_key=f"export:{claimed.export_id}:ready",
        now=now,
    )
    set_subject(claimed.patient_id)


def give_back(*, claimed: Claim) -> None:
    """Let the next try take the file in hand at once, after a fault of ours. Raises LostClaim."""
    _move(claimed, {"state": ExportState.ASKED, "step": ExportStep.WAITING, "progress": 0})


def note_failed(*, viewer: Viewer, claimed: Claim, fault: ExportFault, now: datetime) -> None:
    """There will be no file. Raises LostClaim. Audit: `export.fail`."""
    _log(viewer, claimed.export_id, claimed.patient_id, claimed.practice_id, "export.fail", AuditAction.EXECUTE, now)
    _move(claimed, {"state": ExportState.FAILED, "fault": fault})


def _move(claimed: Claim, values: dict[str, object]) -> None:
    """Change it if it is still ours (compare and swap)."""
    mine = RecordExport.objects.filter(pk=claimed.export_id, state=ExportState.MAKING, claimed_at=claimed.claimed_at)
    if not mine.update(**values):
        raise LostClaim(claimed.export_id)


# Removing


def list_over(*, now: datetime) -> list[tuple[ExportId, PersonId, PracticeId]]:
    """Files whose time is up, and rows that were kept long enough."""
    is_over = Q(state__in=[*RUNNING, ExportState.READY]) | Q(asked_at__lt=now - KEEP_ROWS)
    rows = RecordExport.objects.filter(is_over, expires_at__lte=now).order_by("pk")
    return [
        (ExportId(pk), PersonId(patient), PracticeId(practice))
        for pk, patient, practice in rows.values_list("pk", "patient_id", "practice_id")
    ]


def end_export(
    *, viewer: Viewer, export_id: ExportId, patient_id: PersonId, practice_id: PracticeId, now: datetime
) -> None:
    """Remove the bytes of a file that is over; a file that was never ready failed; an old row goes altogether.

    Audit: `export.remove` or `export.fail`.
    """
    over = RecordExport.objects.filter(pk=export_id, expires_at__lte=now)
    if over.filter(state=ExportState.READY).update(state=ExportState.EXPIRED):
        RecordExportContent.objects.filter(export_id=export_id).delete()
        _log(viewer, export_id, patient_id, practice_id, "export.remove", AuditAction.DELETE, now)
    elif over.filter(state__in=RUNNING).update(state=ExportState.FAILED, fault=ExportFault.LATE):
        _log(viewer, export_id, patient_id, practice_id, "export.fail", AuditAction.EXECUTE, now)
    elif over.filter(asked_at__lt=now - KEEP_ROWS).delete()[0]:
        _log(viewer, export_id, patient_id, practice_id, "export.remove", AuditAction.DELETE, now)


def _log(
    viewer: Viewer,
    export_id: ExportId,
    patient_id: PersonId,
    practice_id: PracticeId,
    event: str,
    action: AuditAction,
    now: datetime,
) -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.RECORD_EXPORT,
        use=Use.CHANGE,
        action=action,
        event=event,
        now=now,
        object_type=OBJECT,
        object_id=export_id,
    )
