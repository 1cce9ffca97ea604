"""An appointment as a file for the own calendar."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.agenda.queries.calendar_file import render_calendar_file
from zorgbalie.agenda.types import AppointmentId
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.downloads import download


@require_safe
def calendar_file(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Saved, never shown: a calendar program opens it."""
    asked = cast(FaceRequest, request)
    content = render_calendar_file(viewer=asked.viewer, appointment_id=AppointmentId(appointment_id), now=asked.now)
    return download(name=_("afspraak") + ".ics", media_type="text/calendar", content=content)
