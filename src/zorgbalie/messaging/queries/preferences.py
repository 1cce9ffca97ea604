"""What a patient chose to be told of."""

from datetime import datetime

from zorgbalie.access.types import Use
from zorgbalie.integrations import push, sms
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.models import AddressCheck, NoticePreference, PushSubscription
from zorgbalie.messaging.own_settings import open_settings
from zorgbalie.messaging.rules import TRIES_PER_CODE
from zorgbalie.messaging.types import Channel, Device, NoticeKind, NoticeSettings, Offer
from zorgbalie.people import queries as people


def get_settings(*, viewer: Viewer, now: datetime) -> NoticeSettings:
    """The settings of this patient. Raises NotVisible. Audit: `notices.read`."""
    grant = open_settings(viewer=viewer, use=Use.READ, event="notices.read", now=now)
    person = people.list_names(person_ids=[grant.patient_id])[grant.patient_id]
    rows = list(NoticePreference.objects.filter(person_id=grant.patient_id).values_list("kind", "channel", "is_on"))
    on = [(NoticeKind(kind), Channel(channel)) for kind, channel, is_on in rows if is_on]
    browsers = PushSubscription.objects.filter(person_id=grant.patient_id).order_by("added_at", "pk")
    waiting = _waiting_checks(grant.patient_id, now)
    return NoticeSettings(
        email=person.email,
        email_verified=person.email_verified,
        on=frozenset(kind for kind, _channel in on),
        chosen=bool(rows),
        channels=frozenset(channel for _kind, channel in on) or frozenset({Channel.EMAIL}),
        mobile=sms.shown_number(person.mobile) if person.mobile else "",
        pending_address=waiting.get(Channel.EMAIL, ""),
        pending_mobile=sms.shown_number(waiting.get(Channel.SMS, "")),
        devices=tuple(Device(device_id=one.pk, name=one.device, added_at=one.added_at) for one in browsers),
        language=person.language,
    )


def get_offer() -> Offer:
    """By which ways this installation tells things: a matter of the operator. No patient data."""
    ways = {Channel.EMAIL} | ({Channel.SMS} if sms.is_offered() else set())
    if not push.is_offered():
        return Offer(channels=frozenset(ways))
    return Offer(channels=frozenset(ways | {Channel.PUSH}), push_key=push.public_key())


def _waiting_checks(person_id: PersonId, now: datetime) -> dict[Channel, str]:
    """What still has to prove itself: the newest of each way, if its code still works."""
    rows = (
        AddressCheck.objects.filter(person_id=person_id).order_by("channel", "-created_at", "-pk").distinct("channel")
    )
    return {
        Channel(one.channel): one.address
        for one in rows
        if not one.used_at and one.expires_at > now and one.attempts < TRIES_PER_CODE
    }


def needs_first_choice(*, viewer: Viewer, now: datetime) -> bool:
    """Whether this patient was never asked: the first page then points to the question (ux 39). Logs nothing."""
    if viewer.subject_id is None:
        return False
    return not NoticePreference.objects.filter(person_id=viewer.subject_id).exists()


def list_ways(*, viewer: Viewer, kind: NoticeKind) -> frozenset[Channel]:
    """By which ways this patient would hear of a kind today: chosen, and with an address. Shows none, logs nothing."""
    if viewer.subject_id is None:
        return frozenset()
    rows = NoticePreference.objects.filter(person_id=viewer.subject_id, kind=kind, is_on=True)
    chosen = {Channel(one) for one in rows.values_list("channel", flat=True)}
    person = people.list_names(person_ids=[viewer.subject_id]).get(viewer.subject_id) if chosen else None
    if person is None:
        return frozenset()
    has_push = push.is_offered() and PushSubscription.objects.filter(person_id=viewer.subject_id).exists()
    reached = {
        Channel.EMAIL: bool(person.email and person.email_verified),
        Channel.SMS: bool(person.mobile) and sms.is_offered(),
        Channel.PUSH: has_push,
    }
    return frozenset(one for one in chosen if reached[one])
