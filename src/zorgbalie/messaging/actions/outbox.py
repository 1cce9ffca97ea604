"""Puts notices in the outbox, in the transaction of the change that they tell of.

Calls no gate: who reports an event has been let through for the change itself. The gate sees the sending.
"""

from datetime import datetime

from procrastinate.contrib.django import app

from zorgbalie.integrations import push, sms
from zorgbalie.kernel.ids import InvitationId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.models import Notice, NoticePreference, PushSubscription
from zorgbalie.messaging.types import Channel, NoticeKind
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName

SEND_TASK = "messaging.send_notice"


def notify(
    *, viewer: Viewer, person_id: PersonId, practice_id: PracticeId, kind: NoticeKind, event_key: str, now: datetime
) -> bool:
    """Tell a person that something is ready, if that person said yes to this kind (R15), by each way that was chosen.

    Stored and queued in the running transaction, so a notice goes out exactly when the change that caused it stays.
    One `event_key` gives one notice per way, however often it is reported. Returns whether one was queued.
    """
    chosen = consents(person_id=person_id, kind=kind)
    person = people.list_names(person_ids=[person_id]).get(person_id) if chosen else None
    if person is None:
        return False
    queued = [
        put(person=person, practice_id=practice_id, kind=kind, event_key=event_key, address=address, channel=channel)
        for channel in Channel
        if channel in chosen and (address := address_of(person=person, channel=channel)) is not None
    ]
    return any(queued)


def send_invitation(
    *, viewer: Viewer, person_id: PersonId, practice_id: PracticeId, invitation_id: InvitationId, now: datetime
) -> bool:
    """Mail the invitation to the address that the practice verified; needs no consent, as it is the question itself.

    The mail holds no code: who is invited follows from DigiD (REQ 4; security rows 63 and 64). Returns whether it was
    queued; without a verified address it is not.
    """
    person = people.list_names(person_ids=[person_id]).get(person_id)
    address = address_of(person=person, channel=Channel.EMAIL) if person else None
    return (
        person is not None
        and address is not None
        and put(
            person=person,
            practice_id=practice_id,
            kind=NoticeKind.INVITATION,
            event_key=f"invitation:{invitation_id}",
            address=address,
            channel=Channel.EMAIL,
        )
    )


def put(
    *,
    person: PersonName,
    practice_id: PracticeId,
    kind: NoticeKind,
    event_key: str,
    address: str,
    channel: Channel,
) -> bool:
    """Store a notice and queue its sending; nothing when this event has one already by this way."""
    notice, is_new = Notice.objects.get_or_create(
        person_id=person.person_id,
        channel=channel,
        event_key=event_key,
        defaults={"practice_id": practice_id, "kind": kind, "address": address, "language": person.language},
    )
    if is_new:
        # The job holds two numbers: no name, no address, no content (security row 45).
        app.configure_task(SEND_TASK, queue="notices").defer(notice_id=notice.pk, person_id=person.person_id)
    return is_new


def consents(*, person_id: PersonId, kind: NoticeKind) -> frozenset[Channel]:
    """By which ways the person wants to be told of this kind; saying nothing means none (R15)."""
    rows = NoticePreference.objects.filter(person_id=person_id, kind=kind, is_on=True)
    return frozenset(Channel(one) for one in rows.values_list("channel", flat=True))


def address_of(*, person: PersonName, channel: Channel) -> str | None:
    """Where the person is reached by a way today; None where not. Addresses of browsers are rows apart."""
    if channel is Channel.EMAIL:
        return person.email if person.email and person.email_verified else None
    if channel is Channel.SMS:
        return person.mobile if person.mobile and sms.is_offered() else None
    is_on = push.is_offered() and PushSubscription.objects.filter(person_id=person.person_id).exists()
    return "" if is_on else None
