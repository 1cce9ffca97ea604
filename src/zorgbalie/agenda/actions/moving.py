"""Putting a patient's appointment at another time, whichever way the patient chose it. For this app's actions."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.actions.changes import note_change
from zorgbalie.agenda.models import Appointment
from zorgbalie.agenda.queries.patient import open_appointments, own_rows
from zorgbalie.agenda.rules.reminders import reminded_for
from zorgbalie.agenda.types import AppointmentId, AppointmentState, Place, TooLate, WishState
from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import Viewer

_BETWEEN = timedelta(minutes=5)
"""The portal takes time for some minutes only; it is firm once the appointment has it."""


def relocate(*, viewer: Viewer, grant: Grant, row: Appointment, place: Place, now: datetime) -> Appointment:
    """Take the new time, give the old one back, and tell who must know. The days are locked and the place is free.

    Raises PlaceTaken. Whoever waits with this appointment does so no longer once it is earlier.
    """
    old, left = row.claim_id, following.place_of_row(row)
    if old is None:
        raise AssertionError("a booked appointment has its time")
    claim = claims.take(practice_id=grant.practice_id, place=place, expires_at=now + _BETWEEN, now=now)
    claims.let_lapse(claim_id=old)
    row.agenda_id, row.claim = place.agenda_id, claim
    row.starts_at, row.ends_at = place.starts_at, place.ends_at
    row.reminded_for = reminded_for(starts_at=place.starts_at, now=now)
    row.revision += 1
    row.save(update_fields=["agenda", "claim", "starts_at", "ends_at", "reminded_for", "revision"])
    claims.make_firm(claim_id=claim.pk, now=now)
    claims.clear(claim_id=old)
    moved = own_rows(grant).select_related("agenda").get(pk=row.pk)
    note_change(viewer=viewer, row=moved, what=ChangeKind.MOVED, now=now, left=left)
    following.tell_desk(row=moved, is_new=False)
    if place.starts_at < left.starts_at:
        following.end_wishes(row=moved, state=WishState.FULFILLED, now=now)
    following.offer_freed(place=left, practice_id=grant.practice_id, now=now)
    return moved


def check_in_time(*, row: Appointment, now: datetime) -> None:
    """Raises TooLate when it is too close to cancel or move online; at the very moment one still may."""
    if row.starts_at - timedelta(hours=row.kind.cancel_hours) < now:
        raise TooLate(_("Deze afspraak is al gauw. Bel de praktijk om hem te verzetten of af te zeggen."))


def lock_own(*, viewer: Viewer, appointment_id: AppointmentId, event: str, now: datetime) -> tuple[Grant, Appointment]:
    """An appointment of the patient, locked while it can change. Raises NotVisible. Audit: `event`."""
    grant = open_appointments(viewer=viewer, use=Use.CHANGE, event=event, now=now, object_id=appointment_id)
    rows = own_rows(grant).select_related("agenda", "kind").filter(pk=appointment_id)
    # A held one is locked after its time; what is booked has a time that nobody else clears away.
    held = rows.filter(state=AppointmentState.HELD).order_by("pk").values_list("claim_id", flat=True)
    claims.hold_still(claim_ids=held)
    # What is over can be read and not locked: the wall lets the portal change a held or booked one alone.
    row = rows.select_for_update(of=("self",)).first() or rows.first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return grant, row
