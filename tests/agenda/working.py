"""What the worker does with appointments, in its own database role, and a scene around the day of today.

The wall compares with the clock of the database, so these scenes take place today; what depends on a day of the year is
tested on the rules alone.
"""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from tests.agenda.steps import Scene
from tests.conftest import as_role
from tests.factories import agenda as rows
from zorgbalie.agenda import tasks
from zorgbalie.agenda.models import EarlierWish
from zorgbalie.agenda.types.places import numbers_of
from zorgbalie.kernel.clock import current_moment, local_date, moment_of
from zorgbalie.messaging.models import NoticePreference

REMINDER, EARLIER, CHANGED = "appointment_reminder", "earlier_time", "appointment_changed"


def today_at(hour, minute=0):
    return moment_of(day=local_date(current_moment()), minutes=hour * 60 + minute)


def says_yes(person, *kinds, channel="email"):
    """Consent to be told (R15)."""
    for kind in kinds:
        NoticePreference.objects.create(person=person, kind=kind, channel=channel, is_on=True)


@contextmanager
def as_worker():
    """Tasks open units of work themselves; here each runs in the worker's role."""
    with as_role("zorgbalie_worker"):
        yield


def refused(statement):
    """Whether the wall refuses the worker a statement."""
    try:
        with as_worker(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "row-level security" in str(error) or "permission denied" in str(error)
    return False


class Working(Scene):
    """A practice at ten in the morning of today, with somebody who said yes to every notice."""

    def __init__(self, **agenda):
        super().__init__(today_at(10), **agenda)
        self.tomorrow = local_date(self.now) + timedelta(days=1)
        says_yes(self.person, REMINDER, EARLIER, CHANGED)

    def appointment(self, day=None, person=None, minutes=8 * 60, **values):
        """A booked one, made last week unless said otherwise."""
        begins = moment_of(day=day or self.tomorrow, minutes=minutes)
        defaults = {"booked_at": self.now - timedelta(days=7), "token": uuid4()}
        kind, agenda = values.pop("kind", self.kind), values.pop("agenda", self.agenda)
        return rows.make_appointment(person or self.person, agenda, kind, begins, **{**defaults, **values})

    def waiting(self, person=None, days=7, minutes=9 * 60, **values):
        """An appointment later on, of somebody who waits for an earlier time; returns the wish."""
        who = person or self.patient()
        if person is None:
            says_yes(who, EARLIER)
        row = self.appointment(self.day + timedelta(days=days), who, minutes)
        defaults = {"created_at": self.now - timedelta(days=1)}
        return EarlierWish.objects.create(
            practice=self.practice, patient=who, appointment=row, **{**defaults, **values}
        )

    def remind(self, now=None):
        with as_worker():
            tasks.remind_all(now=now or self.now)

    def offer(self, place=None, now=None):
        where = place or self.place()
        lower, upper = numbers_of(agenda_id=where.agenda_id, starts_at=where.starts_at, ends_at=where.ends_at)
        with as_worker():
            tasks.offer_all(practice_id=self.practice.pk, lower=lower, upper=upper, now=now or self.now)

    def end(self, now=None):
        with as_worker():
            tasks.end_all(now=now or self.now)

    def clear(self, now=None):
        with as_worker():
            tasks.clear_all(now=now or self.now)
