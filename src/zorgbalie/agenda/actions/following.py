"""What follows a change: a notice for the patient, an item for the desk, an earlier time for who waits.

In the transaction of the change itself, so nothing is told of what did not happen. For this app's actions.
"""

from datetime import datetime

from procrastinate.contrib.django import app

from zorgbalie.agenda.actions.telling import tell_where_served
from zorgbalie.agenda.models import Appointment, EarlierWish
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.types import Place, WishState
from zorgbalie.agenda.types.places import numbers_of
from zorgbalie.kernel.ids import AccountId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.worklist.actions import add_item
from zorgbalie.worklist.types import ItemKind

OFFER_TASK = "agenda.offer_time"


def tell_desk(*, row: Appointment, is_new: bool) -> None:
    """An item for a change by the patient, where the practice wants one; a new appointment is a choice of its own."""
    rules = get_rules(practice_id=PracticeId(row.practice_id))
    if rules.item_for_bookings if is_new else rules.item_for_changes:
        account_id = row.agenda.account_id
        add_item(
            practice_id=PracticeId(row.practice_id),
            kind=ItemKind.APPOINTMENT,
            about_id=row.pk,
            person_id=PersonId(row.patient_id),
            for_right=StaffRight.BOOK_APPOINTMENTS,
            account_id=AccountId(account_id) if account_id else None,
        )


def tell_patient(*, viewer: Viewer, row: Appointment, now: datetime) -> None:
    """The practice made, moved or cancelled it: a notice without content, for who wants one (R9, R15)."""
    tell_where_served(
        viewer=viewer,
        patient_id=PersonId(row.patient_id),
        practice_id=PracticeId(row.practice_id),
        kind=NoticeKind.APPOINTMENT_CHANGED,
        event_key=f"appointment:{row.pk}:{row.revision}",
        now=now,
    )


def offer_freed(*, place: Place, practice_id: PracticeId, now: datetime) -> None:
    """A time came free: look later, outside this transaction, whether somebody waits for it. The job holds numbers."""
    if place.starts_at <= now:
        return
    lower, upper = numbers_of(agenda_id=place.agenda_id, starts_at=place.starts_at, ends_at=place.ends_at)
    app.configure_task(OFFER_TASK, queue="notices", allow_unknown=True).defer(
        practice_id=practice_id, lower=lower, upper=upper
    )


def end_wishes(*, row: Appointment, state: WishState, now: datetime) -> None:
    """The appointment was cancelled or moved: nobody waits with it any more."""
    EarlierWish.objects.filter(
        appointment_id=row.pk, patient_id=row.patient_id, practice_id=row.practice_id, state=WishState.WAITING
    ).update(state=state, ended_at=now)


def place_of_row(row: Appointment) -> Place:
    """Where an appointment is."""
    return Place(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)
