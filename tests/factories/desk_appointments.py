"""Appointments for lists of the desk."""

from datetime import timedelta

from tests.factories import agenda as rows
from zorgbalie.agenda.models import Appointment, AppointmentChange
from zorgbalie.kernel.clock import current_moment


def make_many(patient, practice, number: int) -> Appointment:
    """Coming appointments of one patient, each with a step; returns the last of them."""
    agenda, kind = rows.make_agenda(practice), rows.make_kind(practice)
    rows.every_day(agenda, kind)
    first = current_moment().replace(second=0, microsecond=0) + timedelta(days=1)
    for one in range(number):
        row = rows.make_appointment(patient, agenda, kind, first + timedelta(hours=one))
        AppointmentChange.objects.create(
            practice=practice, patient=patient, appointment=row, what="booked", by_patient=True,
            happened_at=current_moment(),
        )  # fmt: skip
    return row
