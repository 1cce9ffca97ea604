"""Steps that several tests of notices take."""

from datetime import timedelta

from tests.conftest import as_role
from zorgbalie.kernel.clock import current_moment
from zorgbalie.messaging import actions
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.messaging.tasks import TryAgainLater, send_notice
from zorgbalie.messaging.types import NoticeKind


def say_yes(person, *kinds: NoticeKind) -> None:
    for kind in kinds or [NoticeKind.RECORD_RELEASED]:
        NoticePreference.objects.create(person=person, kind=kind, channel="email", is_on=True)


def report(viewer, person, practice, key="request:1:released", kind=NoticeKind.RECORD_RELEASED) -> bool:
    """What a care app does within its own work."""
    return actions.notify(
        viewer=viewer, person_id=person.pk, practice_id=practice.pk, kind=kind, event_key=key, now=current_moment()
    )


def work_off(notice: Notice) -> int | None:
    """One try of the worker: None when it is done with it, else the seconds until its next try."""
    try:
        with as_role("zorgbalie_worker"):
            send_notice(notice_id=notice.pk, person_id=notice.person_id)
    except TryAgainLater as later:
        return later.seconds
    return None


def age_claim(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(claimed_at=current_moment() - timedelta(hours=1))
