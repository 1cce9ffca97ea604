"""From what the practice asks to the page on which it is booked (REQ 36, 63)."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from zorgbalie.agenda.queries.invited import BookingStart, list_booking_starts
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import LabReportId
from zorgbalie.record.types.results import OpenInvitation


def with_booking(request: FaceRequest, invitations: Iterable[OpenInvitation]) -> list[tuple[OpenInvitation, str, str]]:
    """Each with the address at which it is booked, empty where the patient is to call, and what it is."""
    known = list(invitations)
    wanted = [(one.booking.kind_id, one.booking.agenda_id) for one in known if one.booking]
    starts = list_booking_starts(viewer=request.viewer, wanted=wanted, now=request.now)
    found = []
    for one in known:
        start = starts.get((one.booking.kind_id, one.booking.agenda_id)) if one.booking else None
        # What is not offered any more is not named either: the page itself says what there is now.
        words = one.booking.words if one.booking and start and start.kind_id else ""
        found.append((one, _address(start, one.report_id) if start else "", words))
    return found


def _address(start: BookingStart, report_id: LabReportId) -> str:
    values = {"soort": start.kind_id, "agenda": start.agenda_id, "uitslag": report_id}
    return f"{reverse('patient_booking')}?{urlencode({name: value for name, value in values.items() if value})}"
