"""Files in which a patient saves the own record, as the patient (parent, helper) sees them (Wabvpz 15d; REQ 10, 22).

Who asked for a file is the only one who can download it: it holds what that person could see. The patient sees in the
list that somebody who acts for him asked for one. Each download asks the gate anew, and looks whether every row in the
file may still be read (R3, R14; security rows 8, 13).
"""

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.looks import list_moments
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.exchange.export_types import (
    RUNNING,
    Download,
    ExportCard,
    ExportFault,
    ExportKind,
    ExportList,
    ExportOutdated,
    ExportState,
    ExportStep,
)
from zorgbalie.exchange.models import RecordExport, RecordExportContent
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ExportId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.queries import patient_home, whole_record
from zorgbalie.record.types.whole import SavedPart

OBJECT = "record_export"
_DOWNLOAD = "export.download"
_PER_PAGE = 20
_RECENT = timedelta(days=7)


def list_exports(*, viewer: Viewer, now: datetime, page: int, per_page: int = _PER_PAGE) -> ExportList:
    """Files that were asked for, the latest first. Raises NotVisible (R14). Audit: `export.list`."""
    open_own(viewer=viewer, use=Use.READ, event="export.list", now=now)
    rows = _rows(viewer)
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // per_page)))
    found = list(rows[(number - 1) * per_page : number * per_page]) if total else []
    downloads = list_moments(
        patient_id=check_subject(viewer), event=_DOWNLOAD, object_type=OBJECT, object_ids=[row.pk for row in found]
    )
    cards = tuple(_card(viewer, row, now, downloads.get(row.pk, ())) for row in found)
    return ExportList(
        rows=cards, total=total, number=number, per_page=per_page, latest=_latest(viewer, now) if total else {}
    )


def list_progress(*, viewer: Viewer, now: datetime) -> dict[ExportKind, ExportCard]:
    """How far the own latest file of each kind is. Shows nothing of the record, so it leaves no line; NotVisible."""
    if whole_record.find_place(viewer=viewer, now=now) is None:
        raise NotVisible(DataKind.RECORD_EXPORT)
    return _latest(viewer, now)


def get_download(*, viewer: Viewer, export_id: ExportId, now: datetime) -> Download:
    """The file, for the one who asked.

    Raises NotVisible (not there, of somebody else, not ready, over, or access ended since) and ExportOutdated (a row
    that it holds is not shown any more). Audit: `export.download`, at each practice of which it holds something; one
    line for a refusal.
    """
    try:
        row, stored = _find_ready(viewer, export_id, now)
    except (NotVisible, ExportOutdated):
        _log_refused(viewer, export_id)
        raise
    _open_each(viewer, row, _parts(row), now)
    content = bytes(stored.content)
    return Download(kind=ExportKind(row.kind), content=content, sha256=row.sha256, asked_at=row.asked_at)


def _find_ready(viewer: Viewer, export_id: ExportId, now: datetime) -> tuple[RecordExport, RecordExportContent]:
    row = RecordExport.objects.filter(
        pk=export_id,
        patient_id=check_subject(viewer),
        asked_by_id=viewer.person_id,
        state=ExportState.READY,
        expires_at__gt=now,
    ).first()
    if row is None:
        raise NotVisible(OBJECT)
    parts = _parts(row)
    if not whole_record.are_open(viewer=viewer, parts=parts, now=now):
        raise NotVisible(OBJECT)
    stored = RecordExportContent.objects.filter(export_id=row.pk).first()
    if stored is None:
        raise NotVisible(OBJECT)
    is_whole = hashlib.sha256(bytes(stored.content)).hexdigest() == row.sha256
    if not is_whole or not whole_record.is_still_shown(
        viewer=viewer, parts=parts, held=stored.held, made_on=stored.made_on
    ):
        raise ExportOutdated("this file holds what may not be read any more")
    return row, stored


def open_own(*, viewer: Viewer, use: Use, event: str, now: datetime, file: str = "") -> Grant:
    """Leave for the files of the record that is open, for this app's actions. Raises NotVisible. Audit: `event`."""
    card = whole_record.find_place(viewer=viewer, now=now) or patient_home.find_record_practice(viewer=viewer)
    if card is None:
        raise NotVisible(DataKind.RECORD_EXPORT)
    return gate.open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=card.practice_id,
        kind=DataKind.RECORD_EXPORT,
        use=use,
        event=event,
        now=now,
        object_type=OBJECT,
        detail={"file": file} if file else None,
    )


def _log_refused(viewer: Viewer, export_id: ExportId) -> None:
    gate.log_change(
        viewer=viewer,
        event=_DOWNLOAD,
        action=AuditAction.READ,
        object_type=OBJECT,
        object_id=export_id,
        patient_id=check_subject(viewer),
        outcome=AuditOutcome.REFUSED,
    )


def _open_each(viewer: Viewer, row: RecordExport, parts: list[SavedPart], now: datetime) -> None:
    """Leave at each practice of which the file holds something: each of them finds the download in its own log."""
    for practice_id in dict.fromkeys(part.practice_id for part in parts):
        gate.open_patient(
            viewer=viewer,
            patient_id=check_subject(viewer),
            practice_id=practice_id,
            kind=DataKind.RECORD_EXPORT,
            use=Use.READ,
            event=_DOWNLOAD,
            now=now,
            object_type=OBJECT,
            object_id=row.pk,
            detail={"file": row.kind},
        )


def _parts(row: RecordExport) -> list[SavedPart]:
    return [SavedPart(practice_id=PracticeId(practice), kind=DataKind(kind)) for practice, kind in row.parts]


def _rows(viewer: Viewer) -> "QuerySet[RecordExport]":
    rows = RecordExport.objects.filter(patient_id=check_subject(viewer))
    if viewer.acts_for_other:
        rows = rows.filter(asked_by_id=viewer.person_id)
    return rows.order_by("-asked_at", "-pk")


def _latest(viewer: Viewer, now: datetime) -> dict[ExportKind, ExportCard]:
    own = _rows(viewer).filter(asked_by_id=viewer.person_id, asked_at__gt=now - _RECENT)
    latest = own.order_by("kind", "-asked_at", "-pk").distinct("kind")
    return {ExportKind(row.kind): _card(viewer, row, now, ()) for row in latest}


def _card(viewer: Viewer, row: RecordExport, now: datetime, downloads: tuple[datetime, ...]) -> ExportCard:
    state, fault = ExportState(row.state), row.fault
    if row.expires_at <= now:
        # The task that tidies up may come some minutes later.
        if state in RUNNING:
            state, fault = ExportState.FAILED, ExportFault.LATE
        elif state is ExportState.READY:
            state = ExportState.EXPIRED
    return ExportCard(
        export_id=ExportId(row.pk),
        kind=ExportKind(row.kind),
        state=state,
        step=ExportStep(row.step),
        progress=row.progress,
        fault=fault,
        asked_by_name=row.asked_by_name,
        is_own=row.asked_by_id == viewer.person_id,
        asked_at=row.asked_at,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
        size=row.size,
        downloaded_at=downloads,
    )
