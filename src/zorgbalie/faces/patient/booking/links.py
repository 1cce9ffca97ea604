"""How the first page leads to making an appointment; only while it is on (R14)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.agenda.queries.booking import may_book
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.home.todo import Entry


def list_booking_tasks(request: FaceRequest) -> list[Entry]:
    """`Afspraak maken`, beside asking a question (ux 16)."""
    if not may_book(viewer=request.viewer, now=request.now):
        return []
    return [
        Entry(
            label=_("Afspraak maken"),
            href=reverse("patient_booking"),
            icon="calendar-plus",
            description=_("In de praktijk of aan de telefoon"),
        )
    ]
