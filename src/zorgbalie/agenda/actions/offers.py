"""An earlier time that came free is offered to who waits for it (ux 43). For the worker alone.

A few are told at a time, the oldest wish first; it is held for nobody, and who comes first has it. What these let pass
is offered to who comes next. Each offer is a unit of work of its own, after the lock of the day that whoever takes time
waits for as well: what is offered was free when it was offered.
"""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from psycopg.types.range import Int8Range

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.actions.reminders import AT_ONCE, check_worker
from zorgbalie.agenda.actions.telling import tell_where_served, wants
from zorgbalie.agenda.models import Claim, EarlierOffer, EarlierWish
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.queries.waiting import list_fitting, until_of
from zorgbalie.agenda.rules.offers import TOLD_AT_ONCE, quiet_ends
from zorgbalie.agenda.types import OfferState, Place, WishState
from zorgbalie.agenda.types.places import numbers_of
from zorgbalie.agenda.types.waiting import Due, Fitting
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.types import NoticeKind


def quiet_until(*, practice_id: PracticeId, now: datetime) -> datetime | None:
    """When this practice's quiet hours end, in which nobody is told; None outside them."""
    rules = get_rules(practice_id=practice_id)
    return quiet_ends(now=now, quiet_from=rules.quiet_from, quiet_until=rules.quiet_until)


def list_candidates(
    *, viewer: Viewer, practice_id: PracticeId, stretch: Place, now: datetime
) -> tuple[tuple[Fitting, ...], int]:
    """Who may be offered something in a stretch that came free, the oldest wish first; and how many to tell at most.

    None where the practice offers no earlier times. Raises NotVisible.
    """
    check_worker(viewer)
    rules = get_rules(practice_id=practice_id)
    if not rules.earlier_on or stretch.starts_at <= now:
        return (), 0
    found = list_fitting(practice_id=practice_id, stretch=stretch, rules=rules, now=now)
    return found, TOLD_AT_ONCE * len({one.place for one in found})


def offer(*, viewer: Viewer, practice_id: PracticeId, fitting: Fitting, stretch: Place, now: datetime) -> bool:
    """Offer one of those a place, and tell of it; returns whether that was done.

    Who cannot be told is passed over. All is looked at again: meanwhile it may be taken, offered to enough others, or
    the wish be over. Raises NotVisible. Audit: `appointment.offer`. Source: ux 43; R9, R11, R14, R15.
    """
    if not wants(patient_id=fitting.patient_id, practice_id=practice_id, kind=NoticeKind.EARLIER_TIME):
        return False
    claims.lock_days(fitting.place)
    rules = get_rules(practice_id=practice_id)
    found = list_fitting(practice_id=practice_id, stretch=stretch, rules=rules, now=now, wish_id=fitting.wish_id)
    if not rules.earlier_on or not found:
        return False
    place = found[0].place
    grant = gate.open_patient(
        viewer=viewer, patient_id=fitting.patient_id, practice_id=practice_id, kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE, event="appointment.offer", now=now, action=AuditAction.CREATE, object_type="earlier_wish",
        object_id=fitting.wish_id,
    )  # fmt: skip
    wishes = EarlierWish.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    wish = wishes.select_related("appointment__kind").get(pk=fitting.wish_id)
    until = until_of(wish, place, rules, now)
    if until is None:
        return False
    row = EarlierOffer.objects.create(
        practice_id=practice_id, patient_id=fitting.patient_id, wish=wish, agenda_id=place.agenda_id,
        starts_at=place.starts_at, ends_at=place.ends_at, offered_at=now, expires_at=until,
    )  # fmt: skip
    return tell_where_served(
        viewer=viewer,
        patient_id=fitting.patient_id,
        practice_id=practice_id,
        kind=NoticeKind.EARLIER_TIME,
        event_key=f"earlier_offer:{row.pk}",
        now=now,
    )


def list_over(*, viewer: Viewer, now: datetime) -> tuple[Due, ...]:
    """Open offers of which the time passed, the place was given to somebody, or the wish is over. Raises NotVisible."""
    check_worker(viewer)
    rows = list(EarlierOffer.objects.filter(state=OfferState.OPEN).order_by("expires_at", "pk")[:AT_ONCE])
    waiting = EarlierWish.objects.filter(pk__in={row.wish_id for row in rows}, state=WishState.WAITING)
    still = set(waiting.values_list("pk", flat=True))
    gone = _taken(rows)
    return tuple(
        Due(patient_id=PersonId(row.patient_id), practice_id=PracticeId(row.practice_id), number=row.pk)
        for row in rows
        if row.expires_at <= now or row.wish_id not in still or row.pk in gone
    )


def end_offer(*, viewer: Viewer, due: Due, now: datetime) -> bool:
    """End one offer; when nobody took the place, whoever comes next is told. Returns whether it ended. Twice is once.

    Raises NotVisible. Audit: `appointment.offer_end`.
    """
    grant = gate.open_patient(
        viewer=viewer, patient_id=due.patient_id, practice_id=due.practice_id, kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE, event="appointment.offer_end", now=now, action=AuditAction.EXECUTE,
        object_type="earlier_offer", object_id=due.number,
    )  # fmt: skip
    rows = EarlierOffer.objects.select_for_update().filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    row = rows.filter(pk=due.number, state=OfferState.OPEN).first()
    if row is None:
        return False
    row.state = OfferState.GONE if _taken([row]) else OfferState.EXPIRED
    row.save(update_fields=["state"])
    if row.state == OfferState.EXPIRED:
        following.offer_freed(place=_place(row), practice_id=due.practice_id, now=now)
    return True


def _taken(rows: list[EarlierOffer]) -> set[int]:
    """Which of these offers are of a place that is somebody's for good; who only holds it may still let it go."""
    wanted = {row.pk: Int8Range(*_numbers(row)) for row in rows}
    if not wanted:
        return set()
    any_of = reduce(or_, (Q(place__overlap=one) for one in wanted.values()))
    firm = [place for (place,) in Claim.objects.filter(any_of, expires_at=None).values_list("place")]
    return {
        number
        for number, one in wanted.items()
        if any(place.lower < one.upper and one.lower < place.upper for place in firm)
    }


def _place(row: EarlierOffer) -> Place:
    return Place(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)


def _numbers(row: EarlierOffer) -> tuple[int, int]:
    return numbers_of(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)
