"""A thread does not end by itself before what the patient was told (REQ 33, 34, 49)."""

from datetime import date, datetime, timedelta

import pytest

from tests.consult.outgoing import Outgoing
from tests.consult_promise.test_keeping import MONDAY, run
from tests.factories import promises
from zorgbalie.consult.actions.slips import end_thread
from zorgbalie.consult.models import Consult
from zorgbalie.consult.rules.promise import ends_at
from zorgbalie.kernel.clock import AMSTERDAM

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "until", "expected"),
    [
        (0, date(2026, 6, 30), None),
        (14, None, MONDAY + 14 * DAY),
        (14, date(2026, 6, 5), MONDAY + 14 * DAY),
        (14, date(2026, 6, 30), datetime(2026, 7, 1, tzinfo=AMSTERDAM)),
        (1, date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=AMSTERDAM)),
    ],
)
def test_req49_the_last_day_to_write_back_is_kept_also_where_a_clock_changes(days, until, expected):
    assert ends_at(answered_at=MONDAY, open_days=days, not_before=until) == expected


@pytest.fixture
def answered():
    scene = Outgoing(MONDAY)
    promises.set_hours(scene.practice)
    promises.set_times(scene.practice, open_days=5)
    consult_id = scene.ask()
    scene.answer(consult_id)
    return scene, consult_id


def test_req33_a_thread_waits_for_the_follow_up_that_was_planned(answered):
    scene, consult_id = answered
    scene.plan(consult_id, (MONDAY + 14 * DAY).date())
    assert scene.read(consult_id).ends_at is None
    assert run(end_thread, MONDAY + 10 * DAY) == []
    scene.later(14)
    scene.work()
    assert len(scene.read(consult_id).messages) == 3, "it was asked, not cancelled because the thread had ended"
    scene.follow_up(consult_id, "Het gaat goed")


def test_req49_without_one_it_ends(answered):
    _scene, consult_id = answered
    assert run(end_thread, MONDAY + 10 * DAY) == [True]
    assert Consult.objects.get(pk=consult_id).state == "closed"


def test_req34_a_thread_stays_open_until_the_last_day_to_write_back(answered):
    _scene, consult_id = answered
    Consult.objects.filter(pk=consult_id).update(reply_until=(MONDAY + 20 * DAY).date())
    assert run(end_thread, MONDAY + 20 * DAY) == []
    assert run(end_thread, MONDAY + 21 * DAY) == [True]
