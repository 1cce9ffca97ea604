"""An appointment as a file for the patient's own calendar (REQ 38; ux 43; security row 61)."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.calendar_format import file_of
from zorgbalie.agenda.queries.patient import open_appointments, own_rows
from zorgbalie.agenda.types import AppointmentId, Mode
from zorgbalie.agenda.types.calendar import CalendarEntry
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices


def render_calendar_file(*, viewer: Viewer, appointment_id: AppointmentId, now: datetime) -> bytes:
    """The file of one appointment, coming or past; of a cancelled one a file that takes it out of the calendar.

    A calendar is often shared at home or kept by an employer: it says when and where, not with whom, for what or at
    which practice. Raises NotVisible, also for a time that is only held. Audit: `appointment.calendar_file`.
    """
    grant = open_appointments(
        viewer=viewer, use=Use.READ, event="appointment.calendar_file", now=now, object_id=appointment_id
    )
    row = own_rows(grant).filter(pk=appointment_id, booked_at__isnull=False).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    at_practice = row.mode == Mode.PRACTICE
    entry = CalendarEntry(
        uid=uid_of(what="appointment", number=row.pk, address=settings.PORTAL_URL),
        title=_("Afspraak"),
        since=row.starts_at,
        until=row.ends_at,
        stamp=now,
        revision=row.revision,
        is_cancelled=row.cancelled_at is not None,
        location=practices.get_practice_card(practice_id=PracticeId(row.practice_id)).address if at_practice else "",
        description=_("Log in om uw afspraak te bekijken, te verzetten of af te zeggen."),
        url=settings.PORTAL_URL,
    )
    return file_of(entry=entry, sender=settings.MAIL_FROM)


def uid_of(*, what: str, number: int, address: str) -> str:
    """The name of an entry for calendar programs: the same in each file, and it tells nothing. For this app."""
    secret = salted_hmac(f"zorgbalie.agenda.calendar.{what}", str(number), algorithm="sha256").hexdigest()[:40]
    return f"{secret}@{urlsplit(address).hostname or 'zorgbalie'}"
