"""Appointments as the patient has and had them, in a bounded number of queries (REQ 38; ux 17, 43).

All raise NotVisible alike for what is off (R14), not of this patient, not booked, and not there.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.models import Appointment, EarlierWish
from zorgbalie.agenda.models.changes import AppointmentChange
from zorgbalie.agenda.queries.details import detail_of
from zorgbalie.agenda.queries.offers import list_open, row_of
from zorgbalie.agenda.queries.patient import open_appointments, own_rows
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.types import AppointmentId, AppointmentState, PartOfDay, WishState
from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.agenda.types.own import OwnAppointment, OwnList, OwnNews, WaitingWish
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.queries.preferences import list_ways
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.practice.queries import get_practice_card
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.queries.patient_home import find_record_practice

_PAGE = 20
_ON_HOME = 3
_LOOKED_AT = 50
_COMING = (AppointmentState.BOOKED, AppointmentState.ARRIVED)


def may_have(*, viewer: Viewer, now: datetime) -> bool:
    """Whether this patient makes appointments here; for menus and links. Shows no data, logs nothing (R14)."""
    card = find_record_practice(viewer=viewer)
    return (
        card is not None
        and card.kind is PracticeKind.GP
        and gate.may_open_patient(
            viewer=viewer, patient_id=check_subject(viewer), practice_id=card.practice_id,
            kind=DataKind.APPOINTMENTS, use=Use.READ, now=now,
        )
    )  # fmt: skip


def list_own(*, viewer: Viewer, now: datetime, page: int) -> OwnList:
    """Coming appointments, the soonest first, then those that were or were cancelled, the latest first.

    Raises NotVisible. Audit: `appointment.list`. Source: REQ 38.
    """
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.list", now=now)
    known = own_rows(grant).filter(booked_at__isnull=False).select_related("agenda")
    coming, over = known.filter(_is_coming(now)), known.exclude(_is_coming(now))
    first = coming.count()
    total = first + over.count()
    number, bounds = page_bounds(number=page, total=total, size=_PAGE)
    rows = _slice(coming.order_by("starts_at", "pk"), bounds.start, min(bounds.stop, first))
    rows += _slice(over.order_by("-starts_at", "-pk"), bounds.start - first, bounds.stop - first)
    listing = Listing(rows=tuple(row_of(row, now) for row in rows), total=total, number=number, size=_PAGE)
    return OwnList(listing=listing, coming=first, offers=list_open(grant, now) if number == 1 else ())


def get_own(*, viewer: Viewer, appointment_id: AppointmentId, now: datetime) -> OwnAppointment:
    """One appointment with what can be done about it. Raises NotVisible. Audit: `appointment.read`."""
    grant = open_appointments(viewer=viewer, use=Use.READ, event="appointment.read", now=now, object_id=appointment_id)
    rows = own_rows(grant).filter(pk=appointment_id, booked_at__isnull=False)
    row = rows.select_related("agenda", "kind").first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    detail, rules = detail_of(grant, row), get_rules(practice_id=grant.practice_id)
    may_change = row.state == AppointmentState.BOOKED and now <= detail.change_until
    wish = _find_wish(grant, row)
    return OwnAppointment(
        detail=detail,
        function=row.agenda.function,
        practice=get_practice_card(practice_id=grant.practice_id),
        rules=rules,
        is_coming=row_of(row, now).is_coming,
        may_change=may_change,
        may_move=may_change and row.kind.is_online and row.kind.is_active,
        moved_by_practice=_moved_by_practice(grant, row),
        wish=wish,
        ways=list_ways(viewer=viewer, kind=NoticeKind.EARLIER_TIME) if may_change and rules.earlier_on else frozenset(),
        offers=list_open(grant, now, row.pk) if wish else (),
    )


def get_news(*, viewer: Viewer, now: datetime) -> OwnNews | None:
    """What the first page says of appointments; None, and no line, while they are off. Audit: `home.read`.

    What the practice cancelled asks nothing any more once another of that kind was made (ux 17).
    """
    if not may_have(viewer=viewer, now=now):
        return None
    grant = open_appointments(viewer=viewer, use=Use.READ, event="home.read", now=now)
    made = own_rows(grant).filter(
        kind=OuterRef("kind"), state__in=_COMING, booked_at__gt=OuterRef("cancelled_at"), starts_at__gt=now
    )
    told = ~Exists(made) & Q(state=AppointmentState.CANCELLED, cancelled_by="practice", starts_at__gt=now)
    known = own_rows(grant).filter(booked_at__isnull=False).filter(_is_coming(now) | told).select_related("agenda")
    rows = [row_of(row, now) for row in known.order_by("starts_at", "pk")[:_LOOKED_AT]]
    return OwnNews(
        upcoming=next((row for row in rows if row.is_coming), None),
        cancelled=tuple(row for row in rows if not row.is_coming)[:_ON_HOME],
        offers=list_open(grant, now)[:_ON_HOME],
    )


def _is_coming(now: datetime) -> Q:
    return Q(state__in=_COMING, ends_at__gt=now)


def _slice(rows: "QuerySet[Appointment]", start: int, stop: int) -> list[Appointment]:
    """The part of a list that lies on a page that began in another list; no query where none does."""
    begins = max(0, start)
    return list(rows[begins:stop]) if stop > begins else []


def _find_wish(grant: Grant, row: Appointment) -> WaitingWish | None:
    wish = EarlierWish.objects.filter(
        appointment_id=row.pk, patient_id=grant.patient_id, practice_id=grant.practice_id, state=WishState.WAITING
    ).first()
    if wish is None or row.state != AppointmentState.BOOKED:
        return None
    return WaitingWish(
        only_same_agenda=wish.only_same_agenda, part_of_day=PartOfDay(wish.part_of_day), from_date=wish.from_date
    )


def _moved_by_practice(grant: Grant, row: Appointment) -> bool:
    """Whether the latest move was the practice's."""
    moves = AppointmentChange.objects.filter(
        appointment_id=row.pk, patient_id=grant.patient_id, practice_id=grant.practice_id, what=ChangeKind.MOVED
    )
    return moves.order_by("-happened_at", "-pk").values_list("by_patient", flat=True).first() is False
