"""Secret addresses at which staff read their agenda in a calendar program (REQ 36; decision record on feeds)."""

import base64
import hashlib
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind
from zorgbalie.access.wall import set_viewer
from zorgbalie.agenda.calendar_format import feed_of
from zorgbalie.agenda.models import Agenda, AgendaFeed
from zorgbalie.agenda.queries.desk import check_keeper, may_see_agenda
from zorgbalie.agenda.queries.feeds import entries_of
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.types import AgendaId
from zorgbalie.agenda.types.calendar import LONGEST_FEED_NAME, MOST_FEEDS, AgendaFeedId, FeedAnswer, FeedRefused
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId, StaffUserId
from zorgbalie.kernel.viewer import Viewer, staff_viewer
from zorgbalie.practice import queries as practices

_DAY = 25 * 3600
"""How long the names that were noted today are remembered: a day can have 25 hours."""


@deed()
@transaction.atomic
def create_feed(
    *, viewer: Viewer, name: str, agenda_id: AgendaId | None, shows_names: bool, token: str, now: datetime
) -> str:
    """Make an address, and return its secret, which nobody sees again. The same form twice is one address.

    Raises NotAllowed, FeedRefused. Audit: `agenda.feed_create`.
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.feed_create")
    if not get_rules(practice_id=practice_id).feeds_on:
        raise FeedRefused(_("Uw praktijk heeft het koppelen van agenda’s uitgezet."))
    if agenda_id is not None and not _agenda_exists(practice_id, agenda_id):
        raise FeedRefused(_("Kies een agenda uit de lijst."), field="agenda")
    secret = _secret_of(f"{viewer.employee_id}:{token}")
    own = AgendaFeed.objects.filter(practice_id=practice_id, employee_id=viewer.employee_id or 0)
    known = own.filter(secret_digest=_digest(secret)).first()
    if known is not None and known.revoked_at is None:
        return secret
    if known is not None:
        raise FeedRefused(_("Dit adres is al ingetrokken. Open de pagina opnieuw en maak een nieuw adres."))
    if own.filter(revoked_at__isnull=True).count() >= MOST_FEEDS:
        raise FeedRefused(_("U heeft al 10 adressen. Trek er eerst één in."))
    row, is_new = AgendaFeed.objects.get_or_create(
        secret_digest=_digest(secret),
        defaults={
            "practice_id": practice_id,
            "employee_id": viewer.employee_id or 0,
            "agenda_id": agenda_id,
            "name": " ".join(name.split())[:LONGEST_FEED_NAME],
            "shows_names": shows_names,
            "created_at": now,
        },
    )
    if is_new:
        gate.log_change(
            viewer=viewer, event="agenda.feed_create", action=AuditAction.CREATE, object_type="agenda_feed",
            object_id=row.pk, detail={"names": shows_names},
        )  # fmt: skip
    return secret


@transaction.atomic
def revoke_feed(*, viewer: Viewer, feed_id: AgendaFeedId, now: datetime) -> None:
    """Let an own address answer no more, at once and for good. Twice is once.

    Raises NotAllowed, NotVisible. Audit: `agenda.feed_revoke`.
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.feed_revoke")
    rows = AgendaFeed.objects.filter(pk=feed_id, practice_id=practice_id, employee_id=viewer.employee_id or 0)
    if rows.filter(revoked_at__isnull=True).update(revoked_at=now):
        gate.log_change(
            viewer=viewer, event="agenda.feed_revoke", action=AuditAction.UPDATE, object_type="agenda_feed",
            object_id=feed_id,
        )  # fmt: skip
    elif not rows.exists():
        raise NotVisible("agenda feed")


@transaction.atomic
def read_feed(*, secret: str, known_tag: str, address: str, now: datetime) -> FeedAnswer:
    """What a calendar program gets that knows a secret; nobody is signed in.

    Asked as the employee who made it, with the rights of this moment: who left, was blocked or lost the right to the
    agenda, and a practice that switched it off, are refused as an address that never was. Raises NotVisible.

    Audit: `agenda.feed_read`, a line for each patient who is named, once a day per address (security row 40).
    """
    feed = AgendaFeed.objects.filter(secret_digest=_digest(secret), revoked_at__isnull=True).first()
    viewer = _keeper_of(feed, address, now) if feed is not None else None
    if feed is None or viewer is None:
        raise NotVisible("agenda feed")
    set_viewer(viewer)
    entries, patients = entries_of(feed=feed, now=now)
    content = feed_of(entries=entries, name=feed.name or _("Agenda"))
    if feed.read_at is None or local_date(feed.read_at) != local_date(now):
        AgendaFeed.objects.filter(pk=feed.pk).update(read_at=now)
    tag = hashlib.sha256(content).hexdigest()[:32]
    if tag == known_tag:
        return FeedAnswer(tag=tag, content=None)
    _note_named(viewer, feed, patients, now)
    return FeedAnswer(tag=tag, content=content)


def _keeper_of(feed: AgendaFeed, address: str, now: datetime) -> Viewer | None:
    """The employee who made it, if today that employee may keep this agenda and the practice allows addresses."""
    practice_id = PracticeId(feed.practice_id)
    if not get_rules(practice_id=practice_id).feeds_on:
        return None
    if feed.agenda_id is not None and not _agenda_exists(practice_id, AgendaId(feed.agenda_id)):
        return None
    user_id = StaffUserId(feed.employee.user_id)
    works = practices.list_employments(user_id=user_id, today=local_date(now))
    work = next((one for one in works if one.employee_id == feed.employee_id), None)
    if work is None:
        return None
    viewer = staff_viewer(
        employee_id=work.employee_id, practice_id=work.practice_id, role=work.role, rights=work.rights,
        name=work.name, organisation=work.practice_name, address=address,
    )  # fmt: skip
    # The right alone is not enough: who became a manager keeps no agenda, whatever rights were left.
    return viewer if may_see_agenda(viewer=viewer) else None


def _note_named(viewer: Viewer, feed: AgendaFeed, patients: set[int], now: datetime) -> None:
    """A calendar program asks again and again: each patient is noted once a day per address.

    Which were noted is remembered beside the log; were that lost, there would be lines too many, never too few.
    """
    if not patients:
        return
    key = f"agenda.feed.noted:{feed.pk}:{local_date(now).isoformat()}"
    noted: set[int] = set(cache.get(key) or ())
    gate.log_listed(
        viewer=viewer, patient_ids=sorted(patients - noted), kind=DataKind.APPOINTMENTS, event="agenda.feed_read",
        detail={"feed": feed.pk},
    )  # fmt: skip
    if not patients <= noted:
        cache.set(key, sorted(noted | patients), _DAY)


def _agenda_exists(practice_id: PracticeId, agenda_id: AgendaId) -> bool:
    return Agenda.objects.filter(pk=agenda_id, practice_id=practice_id, is_active=True).exists()


def _secret_of(token: str) -> str:
    """32 bytes that follow from the form and the key of this installation: the form alone gives nothing away."""
    mixed = salted_hmac("zorgbalie.agenda.feed", token, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mixed).rstrip(b"=").decode()


def _digest(secret: str) -> str:
    """What is kept of a secret that nobody can guess; found by itself, so no comparison tells how much was right."""
    return hashlib.sha256(secret.encode()).hexdigest()
