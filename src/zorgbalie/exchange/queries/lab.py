"""Reads of laboratory messages that wait for somebody, or were solved (REQ 62; security rows 5, 6, 45).

They are about nobody who is known for sure, so no patient's column of the table opens them: they need the right to
handle laboratory post, at the practice that received them. A BSN is masked, also in the original.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.exchange.lab.characters import decode
from zorgbalie.exchange.lab.outcome import (
    Comparison,
    MessageId,
    MessageState,
    WaitingMessage,
    WaitingResult,
    WaitingRow,
)
from zorgbalie.exchange.lab.reading import read_message
from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, LabMessage, RawMessage, Reason
from zorgbalie.exchange.lab.values import many_lines
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.kernel.bsn import Bsn, InvalidBsn, mask_bsn, parse_exact_bsn
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.record.types.lab import NewLabResult

_SOLVED = (MessageState.ASSIGNED, MessageState.SET_ASIDE)
_ROW = (
    "pk", "reason", "state", "laboratory", "stated_name", "stated_birth_date", "received_at", "decided_at",
    "decided_by_id",
)  # fmt: skip
_SHOWN_RESULTS, _SHOWN_LINES, _LONGEST_LINE = 12, 200, 400


def list_messages(*, viewer: Viewer, solved: bool, search: str, page: int, now: datetime) -> Listing[WaitingRow]:
    """A page of messages: the oldest first of those that wait, the latest first of those that were solved.

    `search` is in the patient's name as stated, or in the laboratory's. Three queries. Raises NotAllowed, NotVisible.
    Audit: `lab.unmatched_list`, with the ids shown.
    """
    rows = _own(viewer, "lab.unmatched_list")
    rows = rows.filter(state__in=_SOLVED) if solved else rows.filter(state=MessageState.WAITING)
    words = search.replace("\0", "").split()[:5]
    for word in words:
        rows = rows.filter(Q(stated_name__icontains=word) | Q(laboratory__icontains=word))
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    order = ("-decided_at", "-pk") if solved else ("received_at", "pk")
    shown = list(rows.order_by(*order).values(*_ROW)[bounds])
    _log(viewer, "lab.unmatched_list", "", [row["pk"] for row in shown])
    return Listing(rows=_rows(shown), total=total, number=number)


def get_message(*, viewer: Viewer, message_id: MessageId, now: datetime) -> WaitingMessage:
    """One message that waits or was solved. Raises NotAllowed, NotVisible. Audit: `lab.unmatched_read`."""
    row = find_row(viewer=viewer, message_id=message_id, event="lab.unmatched_read")
    _log(viewer, "lab.unmatched_read", row.pk, [])
    message = read_row(row=row)
    results = _results(message) if message else []
    lines, is_shortened = _lines(row)
    return WaitingMessage(
        row=_rows([{name: getattr(row, name) for name in _ROW}])[0],
        segment=row.segment,
        line=row.line,
        detail=row.detail,
        note=row.note,
        requester_name=message.requester_name if message else "",
        masked_bsn=mask_bsn(Bsn(message.patient.bsn)) if message and message.patient.bsn else "",
        results=tuple(_result(result) for result in results[:_SHOWN_RESULTS]),
        more_results=max(0, len(results) - _SHOWN_RESULTS),
        lines=lines,
        is_shortened=is_shortened,
    )


def compare_message(*, viewer: Viewer, message_id: MessageId, patient_id: PersonId, now: datetime) -> Comparison:
    """A message beside an own patient who may be meant. Raises NotAllowed, NotVisible.

    Audit: `lab.unmatched_read`, and `lab.compare` on the profile of the patient.
    """
    message = get_message(viewer=viewer, message_id=message_id, now=now)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=own_practice(viewer=viewer),
        kind=DataKind.PROFILE,
        use=Use.READ,
        event="lab.compare",
        now=now,
        object_type="lab_message",
        object_id=message_id,
    )
    profile = people.find_profile(person_id=patient_id)
    if profile is None:
        raise NotVisible("patient")
    read = read_row(row=find_row(viewer=viewer, message_id=message_id, event="lab.unmatched_read"))
    return Comparison(
        message=message,
        patient_id=patient_id,
        patient_name=profile.full_name,
        birth_date=profile.birth_date,
        masked_bsn=profile.masked_bsn,
        same_birth_date=profile.birth_date == message.row.stated_birth_date,
        other_bsn=read is not None and has_other_bsn(message=read, patient_id=patient_id),
    )


def has_other_bsn(*, message: LabMessage, patient_id: PersonId) -> bool:
    """Whether the message names a BSN that is not the one that the practice verified of this patient."""
    profile = people.find_profile(person_id=patient_id)
    if not message.patient.bsn or profile is None or profile.bsn_verified_at is None:
        return False
    return people.find_visible_for_bsn(bsn=Bsn(message.patient.bsn)) != patient_id


def find_row(*, viewer: Viewer, message_id: MessageId, event: str) -> ReceivedMessage:
    """A message of the own practice, for this app. Raises NotAllowed, NotVisible."""
    row = _own(viewer, event).exclude(state=MessageState.STORED).filter(pk=message_id).first()
    if row is None:
        raise NotVisible("lab_message")
    return row


def read_row(*, row: ReceivedMessage) -> LabMessage | None:
    """What a kept message says; None for a broken one."""
    try:
        return read_message(raw=_raw(row))
    except BrokenMessage:
        return None


def own_practice(*, viewer: Viewer) -> PracticeId:
    """The practice for which a member of staff works. Raises NotVisible for who is no staff."""
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible("lab_message")
    return viewer.practice_id


def _own(viewer: Viewer, event: str) -> "QuerySet[ReceivedMessage]":
    practice_id = own_practice(viewer=viewer)
    gate.check_right(viewer=viewer, right=StaffRight.PUBLISH_RESULTS, event=event)
    return ReceivedMessage.objects.filter(practice_id=practice_id)


def _log(viewer: Viewer, event: str, object_id: int | str, shown: list[int]) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.READ,
        object_type="lab_message",
        object_id=object_id,
        detail={"shown": shown} if shown else {},
    )


def _rows(found: Iterable[dict[str, object]]) -> tuple[WaitingRow, ...]:
    rows = list(found)
    names = practices.list_employee_names(
        employee_ids=[int(str(row["decided_by_id"])) for row in rows if row["decided_by_id"]]
    )
    return tuple(_row(row, names) for row in rows)


def _row(row: dict[str, object], names: dict[int, str]) -> WaitingRow:
    values = {name: row[name] for name in _ROW if name not in {"pk", "decided_by_id", "reason", "state"}}
    return WaitingRow(
        message_id=MessageId(int(str(row["pk"]))),
        reason=Reason(str(row["reason"])),
        state=MessageState(str(row["state"])),
        decided_by_name=names.get(int(str(row["decided_by_id"] or 0)), ""),
        **values,  # type: ignore[arg-type]  # columns of the same names
    )


def _raw(row: ReceivedMessage) -> RawMessage:
    faulty = row.reason in {Reason.UNKNOWN_FORMAT, Reason.TOO_LARGE, Reason.NOT_CLOSED}
    kind = LabFormat(row.format)
    return RawMessage(format=kind, content=bytes(row.content), fault=Reason(row.reason) if faulty else None)


def _results(message: LabMessage) -> list[NewLabResult]:
    return [
        result
        for request in message.requests
        for specimen in request.specimens
        for section in specimen.sections
        for result in section.results
    ]


def _result(result: NewLabResult) -> WaitingResult:
    number = "" if result.value_number is None else f"{result.value_comparator}{result.value_number}"
    value = f"{number or result.value_text[:120]} {result.unit}".strip()
    return WaitingResult(title=result.title, value=value)


def _lines(row: ReceivedMessage) -> tuple[tuple[tuple[int, str], ...], bool]:
    """The original as numbered lines, around the line that is wrong where that is far down."""
    content = bytes(row.content)
    try:
        text, _ = decode(content=content, kind=LabFormat(row.format))
    except BrokenMessage:
        text = content.decode("latin-1")
    every = re.split(r"\r\n|\r|\n", text)
    start = max(0, row.line - _SHOWN_LINES // 2) if row.line > _SHOWN_LINES else 0
    shown = every[start : start + _SHOWN_LINES]
    is_shortened = len(shown) < len(every) or any(len(line) > _LONGEST_LINE for line in shown)
    return tuple((start + i, _masked(line)) for i, line in enumerate(shown, start=1)), is_shortened


def _masked(line: str) -> str:
    return re.sub(r"(?<![0-9])[0-9]{9}(?![0-9])", _mask, many_lines(line[:_LONGEST_LINE]))


def _mask(match: re.Match[str]) -> str:
    try:
        return mask_bsn(parse_exact_bsn(match.group()))
    except InvalidBsn:
        return match.group()
