"""Puts notices in the outbox, in the transaction of the change that they tell of.

Calls no gate: who reports an event has been let through for the change itself. The gate sees the sending.
"""

from datetime import datetime

from procrastinate.contrib.django import app

from zorgbalie.kernel.ids import InvitationId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.messaging.types import Channel, NoticeKind
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName

SEND_TASK = "messaging.send_notice"


def notify(
    *, viewer: Viewer, person_id: PersonId, practice_id: PracticeId, kind: NoticeKind, event_key: str, now: datetime
) -> bool:
    """Tell a person that something is ready, if that person said yes to this kind (R15).

    Stored and queued in the running transaction, so a notice goes out exactly when the change that caused it stays.
    One `event_key` gives one notice, however often it is reported. Returns whether a notice was queued.
    """
    if not has_consent(person_id=person_id, kind=kind):
        return False
    person = _reachable(person_id)
    return person is not None and put(
        person=person, practice_id=practice_id, kind=kind, event_key=event_key, address=person.email
    )


def send_invitation(
    *, viewer: Viewer, person_id: PersonId, practice_id: PracticeId, invitation_id: InvitationId, now: datetime
) -> bool:
    """Mail the invitation to the address that the practice verified; needs no consent, as it is the question itself.

    The mail holds no code: who is invited follows from DigiD (REQ 4; security rows 63 and 64). Returns whether it was
    queued; without a verified address it is not.
    """
    person = _reachable(person_id)
    return person is not None and put(
        person=person,
        practice_id=practice_id,
        kind=NoticeKind.INVITATION,
        event_key=f"invitation:{invitation_id}",
        address=person.email,
    )


def put(*, person: PersonName, practice_id: PracticeId, kind: NoticeKind, event_key: str, address: str) -> bool:
    """Store a notice and queue its sending; nothing when this event has one already."""
    notice, is_new = Notice.objects.get_or_create(
        person_id=person.person_id,
        channel=Channel.EMAIL,
        event_key=event_key,
        defaults={"practice_id": practice_id, "kind": kind, "address": address, "language": person.language},
    )
    if is_new:
        # The job holds two numbers: no name, no address, no content (security row 45).
        app.configure_task(SEND_TASK, queue="notices").defer(notice_id=notice.pk, person_id=person.person_id)
    return is_new


def has_consent(*, person_id: PersonId, kind: NoticeKind) -> bool:
    """Whether the person said yes to this kind; saying nothing means no (R15)."""
    return NoticePreference.objects.filter(person_id=person_id, kind=kind, channel=Channel.EMAIL, is_on=True).exists()


def _reachable(person_id: PersonId) -> PersonName | None:
    person = people.list_names(person_ids=[person_id]).get(person_id)
    return person if person is not None and person.email and person.email_verified else None
