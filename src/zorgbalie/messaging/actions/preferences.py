"""What a patient wants to be told of (R15)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from zorgbalie.access.types import Use
from zorgbalie.integrations import push
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.models import NoticePreference, PushSubscription
from zorgbalie.messaging.own_settings import open_settings
from zorgbalie.messaging.rules import MOST_BROWSERS
from zorgbalie.messaging.types import CONSENT_KINDS, Channel, NoticeKind, NotOffered, NoWayChosen
from zorgbalie.people import actions as people_actions


def set_preferences(
    *,
    viewer: Viewer,
    on: Collection[NoticeKind],
    channels: Collection[Channel],
    now: datetime,
    language: str | None,
) -> None:
    """A yes for the kinds in `on` by the ways in `channels`, a no for all others; and in which language we write.

    Signs to a browser are switched on in that browser, so the kinds alone decide about them. `language` None: as it
    was. Raises NotVisible, NoWayChosen (something to be told of and no way to be told). Audit: `notices.changed`.
    """
    chosen = ", ".join(kind for kind in CONSENT_KINDS if kind in on)
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.changed", now=now, detail=chosen)
    has_browser = PushSubscription.objects.filter(person_id=grant.patient_id).exists()
    if on and not channels and not has_browser:
        raise NoWayChosen(_("Kies ook hoe wij u een bericht sturen."), field="channels")
    ways = {*channels, Channel.PUSH}
    _store(
        grant.patient_id, {(kind, way): kind in on and way in ways for kind in CONSENT_KINDS for way in Channel}, now
    )
    if language is not None:
        people_actions.set_language(person_id=grant.patient_id, language=language)


def follow_choices(*, person_id: PersonId, channel: Channel, now: datetime) -> None:
    """A new way tells of the kinds that were chosen before. For this app's use, within a grant."""
    rows = NoticePreference.objects.filter(person_id=person_id, is_on=True)
    on = set(rows.values_list("kind", flat=True))
    if on:
        _store(person_id, {(kind, channel): kind in on for kind in CONSENT_KINDS}, now)


def add_browser(*, viewer: Viewer, address: str, device: str, now: datetime) -> None:
    """Signs on, in the browser that gave this address. Twice is once; the oldest goes where there are too many.

    Raises NotVisible, NotOffered (no key here, or no push service that we know; security row 31).
    Audit: `notices.changed`.
    """
    if not push.is_offered() or not push.is_known_service(address):
        raise NotOffered(_("Dit apparaat kan geen melding krijgen. Kies e-mail of sms."))
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.changed", now=now)
    rows = PushSubscription.objects.filter(person_id=grant.patient_id)
    PushSubscription.objects.get_or_create(
        person_id=grant.patient_id, address=address, defaults={"device": device[:80], "added_at": now}
    )
    kept = rows.order_by("-added_at", "-pk").values_list("pk", flat=True)[:MOST_BROWSERS]
    rows.exclude(pk__in=list(kept)).delete()
    follow_choices(person_id=grant.patient_id, channel=Channel.PUSH, now=now)


def drop_browser(*, viewer: Viewer, device_id: int, now: datetime) -> None:
    """Signs off in one browser. Raises NotVisible. Audit: `notices.changed`."""
    grant = open_settings(viewer=viewer, use=Use.CHANGE, event="notices.changed", now=now)
    PushSubscription.objects.filter(person_id=grant.patient_id, pk=device_id).delete()


def _store(person_id: PersonId, choices: Mapping[tuple[NoticeKind, Channel], bool], now: datetime) -> None:
    NoticePreference.objects.bulk_create(
        [
            NoticePreference(person_id=person_id, kind=kind, channel=channel, is_on=is_on, changed_at=now)
            for (kind, channel), is_on in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["is_on", "changed_at"],
    )
