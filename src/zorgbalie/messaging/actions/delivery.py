"""The sending of one notice, in three steps with a transaction each: claim, send, and note what came of it.

A mail or text message is one parcel; a sign to browsers is one for each browser.

Between claim and note no transaction is open. A worker that dies in between leaves the notice claimed; after `LEASE`
another may send it again, under the same Message-ID, so that a mail program shows it once (security row 50).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.integrations.mail import Mail
from zorgbalie.integrations.push import Push
from zorgbalie.integrations.sms import Sms
from zorgbalie.kernel.errors import ZorgbalieError
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.actions.outbox import address_of, consents
from zorgbalie.messaging.carriers import Parcel
from zorgbalie.messaging.codes import code_of
from zorgbalie.messaging.models import AddressCheck, Notice, PushSubscription
from zorgbalie.messaging.rules import LEASE, seconds_until_next_try
from zorgbalie.messaging.texts import short_text_for, text_for
from zorgbalie.messaging.types import WITHOUT_CONSENT, Channel, NoticeKind, NoticeState
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices


class StillSending(ZorgbalieError):
    """Another worker has claimed this notice and its lease still runs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A notice that this worker alone may send now."""

    notice_id: int
    claimed_at: datetime
    attempts: int
    parcels: tuple[Parcel, ...]


def claim(*, viewer: Viewer, notice_id: int, now: datetime) -> Claim | None:
    """Take a notice for sending; None when it was sent, failed or is no longer wanted.

    Raises StillSending. Audit: `notice.send` on the patient whose address is used.
    """
    free = Q(state=NoticeState.WAITING) | Q(state=NoticeState.SENDING, claimed_at__lt=now - LEASE)
    taken = Notice.objects.filter(free, pk=notice_id).update(
        state=NoticeState.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None or not taken:
        if notice is not None and notice.state == NoticeState.SENDING:
            raise StillSending(notice_id)
        return None
    address = _address(notice, now)
    parcels = () if address is None else _parcels(notice, address, now)
    if not parcels:
        _move(notice_id, now, {"state": NoticeState.CANCELLED})
        return None
    _log(viewer, notice, now)
    return Claim(notice_id=notice_id, claimed_at=now, attempts=notice.attempts, parcels=parcels)


def note_sent(*, claimed: Claim, now: datetime) -> None:
    """The service has it."""
    _move(claimed.notice_id, claimed.claimed_at, {"state": NoticeState.SENT, "sent_at": now, "last_error": ""})


def note_fault(*, claimed: Claim, fault: str, permanent: bool) -> int | None:
    """The service did not take it: seconds until the next try, None when there is none (state failed)."""
    wait = None if permanent else seconds_until_next_try(attempts=claimed.attempts)
    state = NoticeState.FAILED if wait is None else NoticeState.WAITING
    _move(claimed.notice_id, claimed.claimed_at, {"state": state, "last_error": fault[:200]})
    return wait


def _move(notice_id: int, claimed_at: datetime, values: dict[str, object]) -> None:
    """Change the state if the claim is still ours (compare and swap)."""
    Notice.objects.filter(pk=notice_id, state=NoticeState.SENDING, claimed_at=claimed_at).update(**values)


def forget_browser(*, viewer: Viewer, address: str) -> None:
    """A browser does not listen any more: its address is dropped, of the patient whose notice this is."""
    PushSubscription.objects.filter(person_id=viewer.subject_id or 0, address=address).delete()


def _address(notice: Notice, now: datetime) -> str | None:
    """Where to send it now: consent and address are read again, for hours may have passed. None: nowhere."""
    kind, channel = NoticeKind(notice.kind), Channel(notice.channel)
    if kind is NoticeKind.ADDRESS_CHECK and not _code(notice, now):
        return None
    if kind in WITHOUT_CONSENT:
        return notice.address
    person_id = PersonId(notice.person_id)
    person = people.list_names(person_ids=[person_id]).get(person_id)
    if person is None or channel not in consents(person_id=person_id, kind=kind):
        return None
    return address_of(person=person, channel=channel)


def _parcels(notice: Notice, address: str, now: datetime) -> tuple[Parcel, ...]:
    channel = Channel(notice.channel)
    if channel is Channel.EMAIL:
        return (_mail(notice, address, now),)
    if channel is Channel.SMS:
        return (_sms(notice, address, now),)
    browsers = PushSubscription.objects.filter(person_id=notice.person_id).order_by("pk")
    return tuple(Push(address=one.address, topic=_reference(notice)) for one in browsers)


def _reference(notice: Notice) -> str:
    """The same for each try, and meaningless to others."""
    return salted_hmac("zorgbalie.messaging.message-id", str(notice.pk), algorithm="sha256").hexdigest()[:40]


def _sms(notice: Notice, address: str, now: datetime) -> Sms:
    kind = NoticeKind(notice.kind)
    body = short_text_for(kind=kind, practice=_sender(notice), language=notice.language, code=_code(notice, now))
    return Sms(reference=_reference(notice), recipient=address, body=body)


def _mail(notice: Notice, address: str, now: datetime) -> Mail:
    practice = _sender(notice)
    text = text_for(kind=NoticeKind(notice.kind), practice=practice, language=notice.language, code=_code(notice, now))
    return Mail(
        message_id=_reference(notice),
        sender_name=practice,
        recipient=address,
        subject=text.subject,
        body=text.body,
        language=notice.language,
        written_at=notice.created_at,
    )


def _sender(notice: Notice) -> str:
    """The practice that the patient knows: a practice that only had emergency access is not named."""
    own = practices.list_enrolled_practices(person_id=PersonId(notice.person_id))
    if own and notice.practice_id not in {card.practice_id for card in own}:
        return own[0].name
    return practices.get_practice_card(practice_id=PracticeId(notice.practice_id)).name


def _code(notice: Notice, now: datetime) -> str:
    """The code of an address check that still counts; empty for other notices and for a check that is over."""
    if notice.kind != NoticeKind.ADDRESS_CHECK:
        return ""
    check_id = notice.event_key.removeprefix("address:")
    check = AddressCheck.objects.filter(pk=check_id, person_id=notice.person_id, expires_at__gt=now).first()
    return code_of(check) if check is not None else ""


def _log(viewer: Viewer, notice: Notice, now: datetime) -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=PersonId(notice.person_id),
        practice_id=PracticeId(notice.practice_id),
        kind=DataKind.NOTICES,
        use=Use.READ,
        action=AuditAction.EXECUTE,
        event="notice.send",
        now=now,
        object_type="notice",
        object_id=notice.pk,
        detail={"kind": notice.kind, "attempt": notice.attempts},
    )
