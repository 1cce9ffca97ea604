"""One reminder on the day before, once (REQ 73; R10, R14, R15; security rows 57 and 58)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.agenda.working import REMINDER, Working, as_worker, refused, says_yes, today_at
from zorgbalie.agenda import tasks
from zorgbalie.agenda.actions import reminders
from zorgbalie.agenda.models import AgendaSettings, Appointment
from zorgbalie.agenda.queries.patient import card_of
from zorgbalie.agenda.rules.reminders import day_to_remind, is_known_already
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import AMSTERDAM, current_moment, local_date, moment_of
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.practice.models import Enrolment, PracticeOpening

database = pytest.mark.django_db


@pytest.fixture
def scene():
    return Working()


def _reminders():
    return Notice.objects.filter(kind=REMINDER).count()


# The rule


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("2026-11-24T08:59", None),
        ("2026-11-24T09:00", date(2026, 11, 25)),
        ("2026-11-24T19:59", date(2026, 11, 25)),
        ("2026-11-24T20:00", None),
        ("2027-03-27T12:00", date(2027, 3, 28)),  # the clock goes forward that night
        ("2027-03-28T09:00", date(2027, 3, 29)),
        ("2026-10-24T12:00", date(2026, 10, 25)),  # and back
        ("2028-02-28T12:00", date(2028, 2, 29)),  # a leap day
        ("2026-12-31T12:00", date(2027, 1, 1)),
    ],
)
def test_row58_the_day_before_on_the_clock_on_the_wall_at_a_decent_hour(clock, day):
    assert day_to_remind(now=datetime.fromisoformat(clock).replace(tzinfo=AMSTERDAM)) == day


@given(
    st.dates(date(2026, 1, 1), date(2036, 1, 1)),
    st.integers(0, 24 * 60 - 1),
    st.integers(9 * 60, 20 * 60 - 1),
)
def test_row58_over_ten_years_each_appointment_has_exactly_one_day_on_which_it_is_reminded_of(day, minutes, sent):
    starts_at = moment_of(day=day, minutes=minutes)
    if starts_at is None:  # the hour that does not exist
        return
    hits = []
    for ahead in range(-3, 3):
        now = moment_of(day=day + timedelta(days=ahead), minutes=sent)
        if day_to_remind(now=now) == local_date(starts_at):
            hits.append(ahead)
    assert hits == [-1]


def test_who_chooses_a_time_of_tomorrow_knows_it():
    starts_at = moment_of(day=date(2026, 11, 26), minutes=600)
    chosen = [moment_of(day=date(2026, 11, day), minutes=23 * 60) for day in (24, 25, 26)]
    assert [is_known_already(starts_at=starts_at, now=one) for one in chosen] == [False, True, True]


# The task


@database
def test_req73_reminded_once_however_often_the_task_runs(scene):
    row = scene.appointment()
    for hour in (10, 11, 15):
        scene.remind(today_at(hour))
    assert _reminders() == 1
    assert Appointment.objects.get(pk=row.pk).reminded_for == scene.tomorrow
    assert AuditEvent.objects.filter(event="appointment.remind", patient_id=scene.person.pk).count() == 1


@database
@pytest.mark.parametrize("hour", [0, 8, 20, 23])
def test_req73_not_at_night(scene, hour):
    scene.appointment()
    scene.remind(today_at(hour))
    assert _reminders() == 0


@database
def test_req73_not_what_was_made_today_nor_what_is_on_another_day(scene):
    scene.appointment(booked_at=scene.now)
    scene.appointment(day=scene.tomorrow + timedelta(days=1))
    scene.appointment(day=local_date(scene.now), minutes=15 * 60)
    scene.remind()
    assert _reminders() == 0


@database
@pytest.mark.parametrize("minutes", [0, 24 * 60 - 10])
def test_the_first_and_the_last_minute_of_the_day_count(scene, minutes):
    scene.appointment(minutes=minutes)
    scene.remind()
    assert _reminders() == 1


@database
@pytest.mark.parametrize("why", ["practice", "patient", "cancelled", "arrived", "facility", "left"])
def test_r14_r15_nobody_is_reminded_who_does_not_want_it_or_has_nothing_to_see(scene, why):
    row = scene.appointment()
    if why == "practice":
        AgendaSettings.objects.create(practice=scene.practice, reminders_on=False)
    elif why == "patient":
        NoticePreference.objects.filter(kind=REMINDER).update(is_on=False)
    elif why == "cancelled":
        Appointment.objects.update(state="cancelled", claim=None, cancelled_at=scene.now)
    elif why == "arrived":
        Appointment.objects.update(state="arrived")
    elif why == "facility":
        type(scene.account).objects.update(facilities=["e_consult"])
    else:
        Enrolment.objects.filter(person=scene.person).update(ended_at=scene.now)
    scene.remind()
    assert _reminders() == 0
    assert Appointment.objects.filter(pk=row.pk).exists()


@database
def test_req73_moved_to_another_day_it_is_reminded_of_anew_and_to_tomorrow_it_needs_not_be(scene):
    scene.now = current_moment()  # the wall of held places looks at the clock of the database
    PracticeOpening.objects.create(practice=scene.practice, week=[[[480, 1020]]] * 7, holidays=[])
    row = scene.appointment(reminded_for=scene.tomorrow)
    card = scene.move(card_of(row), scene.place(9 * 60))
    assert Appointment.objects.get(pk=row.pk).reminded_for is None
    scene.move(card, scene.place(9 * 60, day=scene.tomorrow))
    assert Appointment.objects.get(pk=row.pk).reminded_for == scene.tomorrow
    scene.remind(today_at(11))
    assert _reminders() == 0


@database
def test_row57_moved_away_and_back_the_same_day_is_told_once(scene):
    row = scene.appointment()
    scene.remind()
    Appointment.objects.filter(pk=row.pk).update(reminded_for=None)
    scene.remind(today_at(12))
    assert _reminders() == 1


@database
def test_row57_killed_half_way_the_next_round_does_the_rest_once(scene, monkeypatch):
    first, second = scene.appointment(), scene.appointment(minutes=9 * 60, person=_other(scene))
    tell = reminders.tell_where_served
    monkeypatch.setattr(
        reminders,
        "tell_where_served",
        lambda **values: 1 / 0 if str(second.pk) in values["event_key"] else tell(**values),
    )
    scene.remind()
    assert [Appointment.objects.get(pk=one.pk).reminded_for for one in (first, second)] == [scene.tomorrow, None]
    monkeypatch.undo()
    scene.remind(today_at(11))
    assert _reminders() == 2
    assert Notice.objects.filter(person=first.patient).count() == 1


def _other(scene):
    person = scene.patient()
    says_yes(person, REMINDER)
    return person


@database
def test_many_are_found_some_at_a_time(scene, monkeypatch):
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    for minutes in range(480, 530, 10):
        scene.appointment(minutes=minutes, person=_other(scene))
    scene.remind()
    assert _reminders() == 5


@database
def test_a_fault_at_one_practice_leaves_the_others(scene, monkeypatch):
    other = Working()
    scene.appointment()
    other.appointment()
    real = reminders.get_rules
    monkeypatch.setattr(
        reminders,
        "get_rules",
        lambda *, practice_id: 1 / 0 if practice_id == scene.practice.pk else real(practice_id=practice_id),
    )
    scene.remind()
    assert list(Notice.objects.values_list("practice_id", flat=True)) == [other.practice.pk]


@database
def test_a_child_is_told_of_by_its_own_address_and_its_own_choice(scene):
    """As every other notice: to the address that the practice knows for this patient."""
    child = scene.patient(birth_date=date(2020, 1, 1))
    NoticePreference.objects.create(person=child, kind=REMINDER, channel="email", is_on=True)
    scene.appointment(person=child)
    scene.remind()
    assert list(Notice.objects.values_list("person_id", flat=True)) == [child.pk]


# R10 and the walls


@database
def test_r10_nothing_of_a_meeting_can_become_a_reminder(scene):
    scene.occupy(scene.place(day=scene.tomorrow))
    scene.remind()
    assert Notice.objects.count() == 0
    assert refused("SELECT title FROM agenda_occupation")


@database
def test_only_the_worker_asks_what_is_due(scene):
    with pytest.raises(NotVisible):
        reminders.list_due(viewer=scene.viewer(), now=scene.now, after=0)


@database
def test_the_wall_lets_the_worker_change_no_more_than_it_must(scene):
    row = scene.appointment()
    with as_worker(), connection.cursor() as cursor:
        cursor.execute("UPDATE agenda_appointment SET reminded_for = now() WHERE id = %s", [row.pk])
        assert cursor.rowcount == 0, "only of the patient that the task names"
    assert refused("UPDATE agenda_appointment SET reason = 'x'")


@database
def test_the_periodic_task_itself_runs(scene, monkeypatch):
    scene.appointment()
    monkeypatch.setattr(tasks, "current_moment", lambda: scene.now)
    with as_worker():
        tasks.remind(timestamp=0)
    assert _reminders() == 1
