"""Two workers at once at the same reminders and offers: each is told once (security rows 47 and 57)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.agenda.working import EARLIER, REMINDER, Working, says_yes
from zorgbalie.agenda import tasks
from zorgbalie.agenda.models import EarlierOffer
from zorgbalie.agenda.types.places import numbers_of
from zorgbalie.messaging.models import Notice


def _both(act):
    start = Barrier(2)

    def run(_number):
        start.wait()
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))


@pytest.mark.django_db(transaction=True)
def test_row57_two_workers_tell_each_once_and_three_of_one_time():
    scene = Working()
    for number in range(4):
        person = scene.patient()
        says_yes(person, REMINDER)
        scene.appointment(person=person, minutes=480 + 10 * number)
        scene.waiting(minutes=480 + 10 * number)
    place = scene.place()
    lower, upper = numbers_of(agenda_id=place.agenda_id, starts_at=place.starts_at, ends_at=place.ends_at)
    _both(lambda: tasks.remind_all(now=scene.now))
    _both(lambda: tasks.offer_all(practice_id=scene.practice.pk, lower=lower, upper=upper, now=scene.now))
    assert Notice.objects.filter(kind=REMINDER).count() == 4
    assert Notice.objects.filter(kind=EARLIER).count() == EarlierOffer.objects.count() == 3
