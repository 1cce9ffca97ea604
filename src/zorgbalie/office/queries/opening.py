"""Reads of when the own practice is open (REQ 31, 88; R17)."""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.office.types import Closing, OpeningSettings
from zorgbalie.practice.calendars import get_calendar, get_opening_revision


def get_opening(*, viewer: Viewer, now: datetime) -> OpeningSettings:
    """Hours, holidays and closings that are not over. Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event="opening.read")
    return OpeningSettings(
        calendar=get_calendar(practice_id=practice_id, since=local_date(now)),
        revision=get_opening_revision(practice_id=practice_id),
    )


def get_closing(*, viewer: Viewer, closing_id: int, now: datetime) -> Closing:
    """One closing of the own practice. Raises NotAllowed, NotVisible."""
    for closing in get_opening(viewer=viewer, now=now).calendar.closings:
        if closing.closing_id == closing_id:
            return closing
    raise NotVisible("closing")
