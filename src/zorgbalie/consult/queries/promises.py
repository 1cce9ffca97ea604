"""What a patient is told about when the answer comes: before sending, after it, and when it takes longer (REQ 31)."""

from datetime import datetime

from django.utils.translation import gettext as _

from zorgbalie.access.types import Grant, Use
from zorgbalie.consult import rules
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.drafts import find_draft_row
from zorgbalie.consult.queries.patient import open_consults, own_rows
from zorgbalie.consult.queries.places import place_of
from zorgbalie.consult.queries.slips import kind_of
from zorgbalie.consult.queries.times import get_times, promise_of
from zorgbalie.consult.types import AskingDoor, ConsultState, PracticeNow, Promise, PromiseCard, PromiseLater
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import ConsultId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.calendars import get_calendar


def get_promise(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> PromiseCard:
    """By when a draft that is sent now is answered, and whether it can be sent now.

    Raises NotVisible. Audit: `consult.draft_read`. Source: REQ 31; ux 15.
    """
    grant = _open_draft(viewer, consult_id, now)
    row = find_draft_row(viewer=viewer, grant=grant, consult_id=consult_id)
    return PromiseCard(
        promise=promise_for(grant=grant, row=row, now=now),
        door=door_of(practice_id=grant.practice_id, now=now),
        sent_text=get_times(practice_id=grant.practice_id).sent_text,
    )


def check_promise(*, viewer: Viewer, consult_id: ConsultId, shown: datetime, now: datetime) -> None:
    """That the answer comes no later than the page said on which somebody pressed Send.

    Nothing for what was sent already: pressed twice is sent once, and its promise stands.
    Raises NotVisible, PromiseLater. Audit: `consult.draft_read`. Source: REQ 31.
    """
    grant = _open_draft(viewer, consult_id, now)
    drafts = own_rows(grant).filter(pk=consult_id, state=ConsultState.DRAFT, asked_by_id=viewer.person_id)
    row = drafts.first()
    if row is not None and promise_for(grant=grant, row=row, now=now).moment > shown:
        raise PromiseLater(
            _("Het antwoord komt nu later dan hier net stond. Kijk naar de nieuwe dag. Uw vraag is nog niet verstuurd.")
        )


def get_door(*, viewer: Viewer, now: datetime) -> AskingDoor:
    """Whether a new question can be sent now. Raises NotVisible. Audit: `consult.start`. Source: ux 15."""
    grant = open_consults(viewer=viewer, use=Use.READ, event="consult.start", now=now)
    return door_of(practice_id=grant.practice_id, now=now)


def get_practice_now(*, viewer: Viewer, now: datetime) -> PracticeNow:
    """Whether the practice can be phoned now. Raises NotVisible. Audit: `consult.start`. Source: R17; ux 13."""
    grant = open_consults(viewer=viewer, use=Use.READ, event="consult.start", now=now)
    calendar = get_calendar(practice_id=grant.practice_id, since=local_date(now))
    return rules.practice_now(calendar=calendar, now=now)


def _open_draft(viewer: Viewer, consult_id: ConsultId, now: datetime) -> Grant:
    return open_consults(
        viewer=viewer,
        use=Use.READ,
        event="consult.draft_read",
        now=now,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )


def promise_for(*, grant: Grant, row: Consult, now: datetime, lock: bool = False) -> Promise:
    """By when a thread is answered that is sent, or written in again, now; for this app."""
    times = get_times(practice_id=grant.practice_id)
    return promise_of(practice_id=grant.practice_id, times=times, kind=kind_of(row), now=now, lock=lock)


def door_of(*, practice_id: PracticeId, now: datetime) -> AskingDoor:
    """Whether a practice takes new questions now; for this app."""
    calendar = get_calendar(practice_id=practice_id, since=local_date(now))
    return rules.asking_door(calendar=calendar, times=get_times(practice_id=practice_id), now=now)
