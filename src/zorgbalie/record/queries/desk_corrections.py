"""A request about a record on the screen of who decides on it, and how many wait (AVG 12, 16, 17; BW 7:454, 7:455)."""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import CorrectionId, EmployeeId, PersonId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import CorrectionRequest
from zorgbalie.record.queries.correction_items import find_sides
from zorgbalie.record.queries.corrections import DESK_READ, card_of
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.rules.corrections import TICKED, longest_due_date, may_extend
from zorgbalie.record.types.corrections import (
    OPEN_STATES,
    CorrectionCard,
    CorrectionStep,
    DeskCorrection,
    DueCounts,
    RecordItem,
    TrailLine,
    Wish,
)
from zorgbalie.worklist.queries import count_due
from zorgbalie.worklist.types import ItemKind

_MOST_EARLIER = 20


def get_desk_correction(
    *, viewer: Viewer, patient_id: PersonId, correction_id: CorrectionId, now: datetime
) -> DeskCorrection:
    """A request with the item on both sides, its history and earlier requests of this patient.

    Raises NotAllowed, NotVisible. Audit: `correction.read`; the patient reads from it that somebody looked.
    """
    grant = _open(viewer, patient_id, correction_id, now)
    row = find_request(grant=grant, correction_id=correction_id)
    kind = RecordItem(row.item_kind) if row.item_kind else None
    today = local_date(now)
    staff = practices.list_employee_names(employee_ids=[EmployeeId(row.decided_by_id)] if row.decided_by_id else [])
    extendable = row.state in OPEN_STATES and may_extend(
        asked_at=row.asked_at, extended_at=row.extended_at, today=today
    )
    sides = find_sides(grant=grant, kind=kind, item_id=row.item_id, now=now)
    return DeskCorrection(
        patient=patient_card(patient_id=patient_id, now=now),
        card=_card(grant, row),
        revision=row.revision,
        text=row.text,
        asked_by_name=_asker(row),
        item=sides.shown,
        own_row=sides.own_row,
        own_contact=sides.own_contact,
        item_is_gone=sides.is_gone,
        answer=row.answer,
        decided_by_name=staff.get(row.decided_by_id or 0, ""),
        trail=_trail(row),
        earlier=_earlier(grant, row),
        days_left=(row.due_on - today).days,
        longest_due=longest_due_date(asked_at=row.asked_at) if extendable else None,
        can_hide=row.wish == Wish.REMOVE and row.item_kind in TICKED,
        may_decide=gate.may_open_patient(
            viewer=viewer, patient_id=patient_id, practice_id=grant.practice_id, kind=DataKind.CORRECTIONS,
            use=Use.CHANGE, now=now,
        ),
    )  # fmt: skip


def count_corrections(*, viewer: Viewer, now: datetime) -> DueCounts:
    """Open and overdue requests of the practice, for its manager; numbers alone. Raises NotAllowed."""
    gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event="correction.counted")
    is_open, overdue = count_due(viewer=viewer, kind=ItemKind.CORRECTION, now=now)
    return DueCounts(open=is_open, overdue=overdue)


def find_request(*, grant: Grant, correction_id: CorrectionId) -> CorrectionRequest:
    """The row within a grant, for this app's actions. Raises NotVisible."""
    rows = CorrectionRequest.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    row = rows.filter(pk=correction_id).first()
    if row is None:
        raise NotVisible(DataKind.CORRECTIONS)
    return row


def _open(viewer: Viewer, patient_id: PersonId, correction_id: CorrectionId, now: datetime) -> Grant:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CORRECTIONS)
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CORRECTIONS,
        use=Use.READ,
        event=DESK_READ,
        now=now,
        object_type="correction",
        object_id=correction_id,
    )


def _card(grant: Grant, row: CorrectionRequest) -> CorrectionCard:
    place = practices.get_practice_card(practice_id=grant.practice_id)
    return card_of(row, practice_name=place.name, was_read=True)


def _asker(row: CorrectionRequest) -> str:
    """Who asked, where that is somebody else; a parent need not be enrolled here and then has no name at this desk."""
    if row.asked_by_id == row.patient_id:
        return ""
    names = people.list_names(person_ids=[row.asked_by_id])
    return names[row.asked_by_id].full_name if row.asked_by_id in names else "-"


def _trail(row: CorrectionRequest) -> tuple[TrailLine, ...]:
    events = list(row.events.order_by("pk"))
    staff = practices.list_employee_names(employee_ids={one.by_employee_id for one in events if one.by_employee_id})
    persons = people.list_names(person_ids={one.by_person_id for one in events if one.by_person_id})
    return tuple(
        TrailLine(
            step=CorrectionStep(one.step),
            happened_at=one.happened_at,
            by_name=(
                staff.get(one.by_employee_id, "")
                if one.by_employee_id
                else persons[one.by_person_id].full_name
                if one.by_person_id in persons
                else ""
            ),
            by_patient=one.by_employee_id is None,
            text=one.text,
            due_on=one.due_on,
        )
        for one in events
    )


def _earlier(grant: Grant, row: CorrectionRequest) -> tuple[CorrectionCard, ...]:
    """Other requests about the same item, newest first."""
    rows = CorrectionRequest.objects.filter(
        patient_id=grant.patient_id, practice_id=grant.practice_id, item_kind=row.item_kind, item_id=row.item_id
    )
    others = rows.exclude(pk=row.pk).order_by("-asked_at", "-pk")[:_MOST_EARLIER]
    return tuple(_card(grant, one) for one in others)
