"""Requests about a record as their patient (or parent, or helper) reads them (AVG 12, 16, 17; ux 35).

The right to ask and to read the answer does not end with the release of the record; the item itself is shown only
while the viewer may read it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.looks import seen_by_staff, seen_objects
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import CorrectionId, EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import CorrectionRequest
from zorgbalie.record.queries.correction_items import find_item, find_item_if_open
from zorgbalie.record.rules.corrections import first_due_date
from zorgbalie.record.rules.shown import clamp_page
from zorgbalie.record.types.corrections import (
    DECIDED_STATES,
    AskablePlace,
    CorrectionCard,
    CorrectionState,
    ItemFound,
    PatientCorrection,
    RecordItem,
    Wish,
)
from zorgbalie.record.types.shown import Slice

ANSWER_READ = "correction.answer_read"
DESK_READ = "correction.read"
_PER_PAGE = 20
_NEWS = timedelta(days=60)
_ON_HOME = 5
_LOOKED_AT = 100
"""Among which what nobody read is looked for: it may wait behind what came later and was read."""


def list_my_corrections(*, viewer: Viewer, now: datetime, page: int) -> Slice[CorrectionCard]:
    """Own requests at all practices, newest first. Raises NotVisible. Audit: `correction.list`."""
    patient_id = check_subject(viewer)
    rows = CorrectionRequest.objects.filter(patient_id=patient_id)
    for practice_id in _practices_of(patient_id):
        _open(viewer, patient_id, practice_id, "correction.list", now)
    total = rows.count()
    number = clamp_page(number=page, total=total, per_page=_PER_PAGE)
    start = (number - 1) * _PER_PAGE
    found = list(rows.order_by("-asked_at", "-pk")[start : start + _PER_PAGE]) if total else []
    return Slice(items=_cards(viewer, patient_id, found), total=total, number=number, per_page=_PER_PAGE)


def get_my_correction(*, viewer: Viewer, correction_id: CorrectionId, now: datetime) -> PatientCorrection:
    """One request with its answer, and the item where it can be read now.

    Raises NotVisible. Audit: `correction.answer_read` once there is an answer, else `correction.own_read`; and
    `record.read` for the item.
    """
    patient_id = check_subject(viewer)
    row = find_own_request(patient_id=patient_id, correction_id=correction_id)
    event = ANSWER_READ if row.state in DECIDED_STATES else "correction.own_read"
    _open(viewer, patient_id, PracticeId(row.practice_id), event, now, correction_id)
    names = people.list_names(person_ids=[row.asked_by_id])
    staff = practices.list_employee_names(employee_ids=[EmployeeId(row.decided_by_id)] if row.decided_by_id else [])
    item = None
    if row.item_kind:
        item = find_item_if_open(viewer=viewer, kind=RecordItem(row.item_kind), item_id=row.item_id, now=now)
    return PatientCorrection(
        card=_cards(viewer, patient_id, [row])[0],
        item=item,
        text=row.text,
        asked_by_name=names[row.asked_by_id].full_name if row.asked_by_id in names else "",
        extension_reason=row.extension_reason,
        answer=row.answer,
        decided_by_name=staff.get(row.decided_by_id or 0, ""),
        practice_phone=practices.get_practice_card(practice_id=PracticeId(row.practice_id)).phone,
    )


def get_askable_item(*, viewer: Viewer, kind: RecordItem, item_id: int, now: datetime) -> ItemFound:
    """The item for the form on which one asks. Raises NotVisible. Audit: `record.read`."""
    found = find_item(viewer=viewer, kind=kind, item_id=item_id, now=now)
    if not _may_ask(viewer, found.practice_id, now):
        raise NotVisible(DataKind.CORRECTIONS)
    return found


def list_askable_places(*, viewer: Viewer, now: datetime) -> tuple[AskablePlace, ...]:
    """The practices to which a request can be sent, GP practice first; no item, no data. Raises NotVisible."""
    cards = practices.list_enrolled_practices(person_id=check_subject(viewer))
    found = tuple(
        AskablePlace(practice_id=card.practice_id, name=card.name)
        for card in cards
        if _may_ask(viewer, card.practice_id, now)
    )
    if not found:
        raise NotVisible(DataKind.CORRECTIONS)
    return found


def due_date(*, now: datetime) -> date:
    """The last day for an answer to a request that is sent now (AVG 12 lid 3)."""
    return first_due_date(asked_at=now)


def list_unread_answers(*, viewer: Viewer, now: datetime) -> tuple[CorrectionCard, ...]:
    """Answers that were not read yet, for the list of things to do; no words of what they say. Audit: `home.read`."""
    patient_id = check_subject(viewer)
    rows = CorrectionRequest.objects.filter(
        patient_id=patient_id, state__in=DECIDED_STATES, decided_at__gte=now - _NEWS
    )
    decided = list(rows.order_by("-decided_at", "-pk")[:_LOOKED_AT])
    open_at = {
        practice_id: gate.may_open_patient(
            viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.CORRECTIONS, use=Use.READ,
            now=now,
        )
        for practice_id in dict.fromkeys(PracticeId(row.practice_id) for row in decided)
    }  # fmt: skip
    news = [row for row in decided if open_at[PracticeId(row.practice_id)]]
    cards = tuple(card for card in _cards(viewer, patient_id, news) if card.is_news)[:_ON_HOME]
    named = {row.practice_id for row in news if row.pk in {card.correction_id for card in cards}}
    for practice_id in named:
        _open(viewer, patient_id, PracticeId(practice_id), "home.read", now)
    return cards


def find_own_request(*, patient_id: PersonId, correction_id: CorrectionId) -> CorrectionRequest:
    """The row of this patient, for this app's actions. Raises NotVisible."""
    row = CorrectionRequest.objects.filter(pk=correction_id, patient_id=patient_id).first()
    if row is None:
        raise NotVisible(DataKind.CORRECTIONS)
    return row


def card_of(row: CorrectionRequest, *, practice_name: str, was_read: bool, is_news: bool = False) -> CorrectionCard:
    """A row as a line of a list."""
    return CorrectionCard(
        correction_id=CorrectionId(row.pk),
        practice_name=practice_name,
        item_kind=RecordItem(row.item_kind) if row.item_kind else None,
        wish=Wish(row.wish),
        state=CorrectionState(row.state),
        asked_at=row.asked_at,
        due_on=row.due_on,
        is_extended=row.extended_at is not None,
        decided_at=row.decided_at,
        was_read=was_read,
        is_news=is_news,
    )


def _cards(viewer: Viewer, patient_id: PersonId, rows: list[CorrectionRequest]) -> tuple[CorrectionCard, ...]:
    """Three queries at most, whatever the number of rows; whether somebody read one stands in the log."""
    if not rows:
        return ()
    sent = [row.pk for row in rows if row.state == CorrectionState.SENT]
    decided = [row.pk for row in rows if row.state in DECIDED_STATES]
    read_at_desk = seen_by_staff(patient_id=patient_id, event=DESK_READ, object_ids=sent)
    person_id = viewer.person_id or patient_id
    read_here = seen_objects(person_id=person_id, patient_id=patient_id, event=ANSWER_READ, object_ids=decided)
    places = {pk: practices.get_practice_card(practice_id=pk).name for pk in _unique(rows)}
    return tuple(
        card_of(
            row,
            practice_name=places[PracticeId(row.practice_id)],
            was_read=row.pk in read_at_desk or row.state != CorrectionState.SENT,
            is_news=row.state in DECIDED_STATES and row.pk not in read_here,
        )
        for row in rows
    )


def _unique(rows: Iterable[CorrectionRequest]) -> list[PracticeId]:
    return list(dict.fromkeys(PracticeId(row.practice_id) for row in rows))


def _practices_of(patient_id: PersonId) -> list[PracticeId]:
    """Where the patient is enrolled, and where a request was sent before the patient left."""
    enrolled = [card.practice_id for card in practices.list_enrolled_practices(person_id=patient_id)]
    asked = CorrectionRequest.objects.filter(patient_id=patient_id).order_by().values_list("practice_id", flat=True)
    return list(dict.fromkeys([*enrolled, *(PracticeId(pk) for pk in asked.distinct())]))


def _may_ask(viewer: Viewer, practice_id: PracticeId, now: datetime) -> bool:
    return gate.may_open_patient(
        viewer=viewer, patient_id=check_subject(viewer), practice_id=practice_id, kind=DataKind.CORRECTIONS,
        use=Use.CHANGE, now=now,
    )  # fmt: skip


def _open(
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    event: str,
    now: datetime,
    object_id: CorrectionId | str = "",
) -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.CORRECTIONS,
        use=Use.READ,
        event=event,
        now=now,
        object_type="correction" if object_id else "",
        object_id=object_id,
    )
