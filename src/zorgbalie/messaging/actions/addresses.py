"""A patient changes an e-mail address or mobile number: it counts once the code sent to it came back (row 63)."""

from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from zorgbalie.access.types import Use
from zorgbalie.integrations import sms
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging import codes
from zorgbalie.messaging.actions import outbox
from zorgbalie.messaging.actions.preferences import follow_choices
from zorgbalie.messaging.models import AddressCheck
from zorgbalie.messaging.own_settings import open_settings
from zorgbalie.messaging.rules import CODE_LIFE, CODES_PER_HOUR, TRIES_PER_CODE
from zorgbalie.messaging.types import AddressAnswer, Channel, NotAMobile, NoticeKind, NotOffered, TooManyCodes
from zorgbalie.people import actions as people_actions
from zorgbalie.people import queries as people

_FIELDS = {Channel.EMAIL: "email", Channel.SMS: "mobile"}


def ask_code(*, viewer: Viewer, address: str, channel: Channel, now: datetime) -> None:
    """Send a code to a new address (EMAIL) or number (SMS).

    Raises NotVisible, TooManyCodes, NotAMobile, NotOffered. Audit: `notices.address_asked`.
    """
    clean = address if channel is Channel.EMAIL else _mobile(address)
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.address_asked", now=now)
    recent = AddressCheck.objects.filter(person_id=grant.patient_id, created_at__gt=now - timedelta(hours=1))
    if recent.count() >= CODES_PER_HOUR:
        raise TooManyCodes(_("U vroeg te vaak een code aan. Probeer het over een uur opnieuw."), field=_FIELDS[channel])
    check = AddressCheck.objects.create(
        person_id=grant.patient_id, channel=channel, address=clean, created_at=now, expires_at=now + CODE_LIFE
    )
    outbox.put(
        person=people.list_names(person_ids=[grant.patient_id])[grant.patient_id],
        practice_id=grant.practice_id,
        kind=NoticeKind.ADDRESS_CHECK,
        event_key=f"address:{check.pk}",
        address=clean,
        channel=channel,
    )


def confirm_code(*, viewer: Viewer, typed: str, channel: Channel, now: datetime) -> AddressAnswer:
    """Take the newest asked address as the patient's own when the code is right; a wrong try counts.

    A number that is the patient's own is one to be told at: that was why it was given. Raises NotVisible.
    Audit: `notices.address_confirmed`.
    """
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.address_confirmed", now=now)
    check = (
        AddressCheck.objects.select_for_update()
        .filter(person_id=grant.patient_id, channel=channel)
        .order_by("-created_at", "-pk")
        .first()
    )
    if check is None or check.used_at or check.expires_at <= now or check.attempts >= TRIES_PER_CODE:
        return AddressAnswer.OVER
    if not codes.is_right(check, typed):
        AddressCheck.objects.filter(pk=check.pk).update(attempts=check.attempts + 1)
        return AddressAnswer.WRONG
    AddressCheck.objects.filter(pk=check.pk).update(used_at=now)
    if channel is Channel.EMAIL:
        people_actions.set_verified_email(person_id=grant.patient_id, email=check.address, now=now)
    else:
        people_actions.set_mobile(person_id=grant.patient_id, number=check.address)
        follow_choices(person_id=grant.patient_id, channel=channel, now=now)
    return AddressAnswer.CONFIRMED


def drop_mobile(*, viewer: Viewer, now: datetime) -> None:
    """No text messages any more: the number is forgotten. Raises NotVisible. Audit: `notices.changed`."""
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.changed", now=now)
    people_actions.set_mobile(person_id=grant.patient_id, number="")


def _mobile(text: str) -> str:
    if not sms.is_offered():
        raise NotOffered(_("Wij sturen hier geen sms."), field="mobile")
    try:
        return sms.mobile_number(text)
    except sms.NotAMobileNumber:
        raise NotAMobile(
            _("Dit is geen mobiel nummer waar wij een sms naartoe kunnen sturen. Bijvoorbeeld: 06 12 34 56 78."),
            field="mobile",
        ) from None


def clear_expired_codes() -> int:
    """Remove addresses of which the code no longer works, as nobody proved to read them; returns how many."""
    deleted, _by_table = AddressCheck.objects.filter(expires_at__lte=Now()).delete()
    return deleted
