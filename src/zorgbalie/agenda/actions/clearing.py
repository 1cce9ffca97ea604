"""What the clock clears away: held places that lapsed, wishes of what was, old offers. For the worker alone.

Nobody waits for it: who takes time clears what lapsed there by itself. Afterwards a held place can be seen nowhere.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.actions.following import offer_freed
from zorgbalie.agenda.actions.reminders import AT_ONCE, check_worker
from zorgbalie.agenda.actions.typed import forget_typed
from zorgbalie.agenda.models import Appointment, Claim, EarlierOffer, EarlierWish
from zorgbalie.agenda.queries.waiting import anybody_waits
from zorgbalie.agenda.types import AppointmentState, OfferState, WishState
from zorgbalie.agenda.types.places import place_of
from zorgbalie.agenda.types.waiting import Due
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer

_KEPT = timedelta(days=31)
_DRAFT_KEPT = timedelta(hours=1)


def clear_claims(*, viewer: Viewer, now: datetime) -> int:
    """Give back time that was held too long; where somebody waits for an earlier time, it is looked at. Twice is once.

    A place that becomes firm at that moment stays: the row is compared again when it is removed. Raises NotVisible.
    """
    check_worker(viewer)
    lapsed = Claim.objects.filter(expires_at__lte=now).order_by("expires_at", "pk")
    found = list(lapsed.values_list("pk", "practice_id", "place")[:AT_ONCE])
    waited: dict[int, bool] = {}
    cleared = 0
    for number, practice, stretch in found:
        if not Claim.objects.filter(pk=number, expires_at__lte=now).delete()[0]:
            continue
        cleared += 1
        if practice not in waited:
            waited[practice] = anybody_waits(practice_id=PracticeId(practice))
        if waited[practice]:
            place = place_of(lower=stretch.lower, upper=stretch.upper)
            offer_freed(place=place, practice_id=PracticeId(practice), now=now)
    return cleared


def list_lapsed(*, viewer: Viewer, now: datetime) -> tuple[Due, ...]:
    """Held places of which the time is given back, and that were begun an hour ago. Raises NotVisible.

    Not sooner: who typed for longer than five minutes, or chooses another time, goes on with that row (ux 8).
    """
    check_worker(viewer)
    rows = Appointment.objects.filter(state=AppointmentState.HELD, claim=None, created_at__lte=now - _DRAFT_KEPT)
    rows = rows.order_by("created_at", "pk")
    return tuple(
        Due(patient_id=PersonId(patient), practice_id=PracticeId(practice), number=number)
        for patient, practice, number in rows.values_list("patient_id", "practice_id", "pk")[:AT_ONCE]
    )


def end_held(*, viewer: Viewer, due: Due, now: datetime) -> bool:
    """A held place that lapsed never comes back, and what was typed for it is gone. Twice is once.

    Returns whether it ended now.

    Raises NotVisible. Audit: `appointment.lapse`.
    """
    grant = gate.open_patient(
        viewer=viewer, patient_id=due.patient_id, practice_id=due.practice_id, kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE, event="appointment.lapse", now=now, action=AuditAction.EXECUTE, object_type="appointment",
        object_id=due.number,
    )  # fmt: skip
    rows = Appointment.objects.select_for_update().filter(patient_id=grant.patient_id, practice_id=grant.practice_id)
    row = rows.filter(pk=due.number, state=AppointmentState.HELD, claim=None).first()
    if row is None:
        return False
    forget_typed(row)
    row.state, row.cancelled_at, row.cancelled_by = AppointmentState.CANCELLED, now, "lapsed"
    row.revision += 1
    row.save(update_fields=["state", "cancelled_at", "cancelled_by", "revision"])
    return True


def forget_offers(*, viewer: Viewer, now: datetime) -> int:
    """Remove ended offers of times that passed a month ago. Raises NotVisible."""
    check_worker(viewer)
    old = EarlierOffer.objects.filter(starts_at__lt=now - _KEPT).exclude(state=OfferState.OPEN)
    return old.delete()[0]


def list_idle_wishes(*, viewer: Viewer, now: datetime) -> tuple[Due, ...]:
    """Who still waits for an earlier time of an appointment that was, or is off. Raises NotVisible."""
    check_worker(viewer)
    coming = Appointment.objects.filter(pk=OuterRef("appointment_id"), state=AppointmentState.BOOKED, starts_at__gt=now)
    rows = EarlierWish.objects.filter(~Exists(coming), state=WishState.WAITING).order_by("pk")
    return tuple(
        Due(patient_id=PersonId(patient), practice_id=PracticeId(practice), number=number)
        for patient, practice, number in rows.values_list("patient_id", "practice_id", "pk")[:AT_ONCE]
    )


def end_wish(*, viewer: Viewer, due: Due, now: datetime) -> bool:
    """A wish ends with its appointment. Returns whether it ended now. Twice is once.

    Raises NotVisible. Audit: `appointment.wish_end`.
    """
    grant = gate.open_patient(
        viewer=viewer, patient_id=due.patient_id, practice_id=due.practice_id, kind=DataKind.APPOINTMENTS,
        use=Use.CHANGE, event="appointment.wish_end", now=now, action=AuditAction.EXECUTE, object_type="earlier_wish",
        object_id=due.number,
    )  # fmt: skip
    rows = EarlierWish.objects.filter(
        pk=due.number, patient_id=grant.patient_id, practice_id=grant.practice_id, state=WishState.WAITING
    ).exclude(appointment__state=AppointmentState.BOOKED, appointment__starts_at__gt=now)
    return bool(rows.update(state=WishState.ENDED, ended_at=now))
