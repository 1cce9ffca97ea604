"""A day and a week of the agenda at the desk (REQ 36; R10, R11; security rows 40, 58)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Agenda, AgendaClosing, Claim
from zorgbalie.agenda.queries import day as queries
from zorgbalie.agenda.types.day import EntryKind
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment, moment_of
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene(current_moment())


def board(scene, day=None, days=1, agenda_id=None, now=None, event="agenda.day", viewer=None):
    viewer = viewer or scene.staff()
    with acting(viewer):
        return queries.get_board(
            viewer=viewer, first=day or scene.day, days=days, agenda_id=agenda_id, now=now or scene.now, event=event
        )


def kinds_of(found, kind):
    return [one for column in found.columns for one in column.entries if one.kind is kind]


def test_req36_a_day_shows_who_comes_and_what_is_free_and_leaves_a_line(scene):
    card = scene.booked()
    found = board(scene)
    ((column, entry, one),) = found.appointments
    assert (one.patient_name, one.reason, one.state) == (_name(scene.person), "Keelpijn", "booked")
    assert (column.agenda_name, entry.starts_at) == (scene.agenda.name, card.starts_at)
    assert len(kinds_of(found, EntryKind.FREE)) == 11
    lines = AuditEvent.objects.filter(event="agenda.day", patient_id=scene.person.pk)
    assert lines.count() == 1


def _name(person):
    return f"{person.given_name} {person.family_name}"


def test_row40_nobody_on_the_page_is_nobody_in_the_log(scene):
    board(scene)
    assert not AuditEvent.objects.filter(event="agenda.day").exists()


def test_r11_the_desk_sees_the_urgent_reserve_and_what_is_not_online_marked_as_such():
    scene = Scene(current_moment(), urgent_reserve=2, days_ahead=1)
    free = [one.free for one in kinds_of(board(scene), EntryKind.FREE)]
    assert len(free) == 12
    assert sum(one.is_reserve for one in free) == 2
    assert all(one.is_online and one.opens_at is not None for one in free), "released a day before"
    assert all(one.kinds == {scene.kind.pk} for one in free)


def test_a_longer_kind_begins_only_where_it_fits(scene):
    long = rows.make_kind(scene.practice, minutes=20)
    for block in scene.agenda.blocks.all():
        block.kinds.add(long)
    scene.booked(scene.place(8 * 60 + 30))
    free = {one.starts_at: one.free.kinds for one in kinds_of(board(scene), EntryKind.FREE)}
    assert free[scene.place(8 * 60 + 10).starts_at] == {scene.kind.pk, long.pk}
    assert free[scene.place(8 * 60 + 20).starts_at] == {scene.kind.pk}
    assert free[scene.place(9 * 60 + 50).starts_at] == {scene.kind.pk}


def test_what_a_patient_is_choosing_is_shown_without_a_name(scene):
    scene.hold()
    found = board(scene)
    assert len(kinds_of(found, EntryKind.HELD)) == 1
    assert found.appointments == ()
    assert not AuditEvent.objects.filter(event="agenda.day").exists()
    Claim.objects.update(expires_at=scene.now - timedelta(seconds=1))
    assert kinds_of(board(scene), EntryKind.HELD) == []


def test_who_is_no_longer_enrolled_is_taken_time_without_a_name(scene):
    scene.booked()
    Enrolment.objects.filter(person=scene.person).update(ended_at=scene.now)
    found = board(scene)
    assert found.appointments == ()
    assert len(kinds_of(found, EntryKind.TAKEN)) == 1


def test_r10_filled_time_is_shown_and_names_nobody(scene):
    scene.occupy(scene.place(8 * 60, length=30))
    (one,) = kinds_of(board(scene), EntryKind.OCCUPATION)
    assert (one.occupation.title, one.appointment) == ("Overleg", None)


def test_leave_holidays_and_closings_are_told(scene):
    AgendaClosing.objects.create(
        practice=scene.practice, agenda=scene.agenda, starts_on=scene.day, ends_on=scene.day, reason="Scholing"
    )
    (column,) = board(scene).columns
    assert (column.is_closed, column.closed_text, column.entries) == (True, "Scholing", ())
    (christmas,) = board(scene, date(2027, 12, 25)).columns
    assert christmas.holiday == "christmas_day"


def test_who_lacks_the_right_a_pharmacy_and_another_practice_see_nothing(scene):
    scene.booked()
    without = world.viewer_of_employee(world.make_employee(scene.practice, rights=[]))
    with pytest.raises(NotAllowed):
        board(scene, viewer=without)
    pharmacy = world.viewer_of_employee(world.make_employee(world.make_practice("pharmacy")))
    with pytest.raises(NotVisible):
        board(scene, viewer=pharmacy)
    other = world.viewer_of_employee(world.make_employee(world.make_practice()))
    assert board(scene, viewer=other).columns == ()
    with pytest.raises(NotVisible):
        board(scene, viewer=other, agenda_id=scene.agenda.pk)


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2100, 1, 1), date.max])
def test_row32_a_day_that_no_agenda_has_is_not_there(scene, day):
    with pytest.raises(NotVisible):
        board(scene, day)


@pytest.mark.parametrize("day", [queries.EARLIEST, queries.LATEST, date(2028, 2, 29)])
def test_the_first_and_the_last_day_and_a_leap_day_can_be_looked_at(scene, day):
    assert len(board(scene, day).columns) == 1


def test_row58_the_hour_that_comes_twice_has_its_own_hour_on_the_paper(scene):
    night, day = rows.make_agenda(scene.practice, name="nacht"), date(2027, 10, 31)
    rows.every_day(night, scene.kind, starts=0, ends=6 * 60, step=60)
    first = datetime(2027, 10, 31, 0, 0, tzinfo=UTC)
    rows.make_appointment(scene.person, night, scene.kind, first + timedelta(minutes=30))
    rows.make_appointment(scene.person, night, scene.kind, first + timedelta(minutes=90))
    found = board(scene, day, agenda_id=night.pk)
    assert [entry.top for _column, entry, _one in found.appointments] == [2 * 60 + 30, 3 * 60 + 30]
    assert [(one.minutes, one.is_second) for one in found.edges if one.at == 3 * 60 + 30] == [(2 * 60 + 30, True)]
    tops = [one.top for one in found.columns[0].entries]
    assert tops == sorted(set(tops)), "nothing stands on something else"


def test_row58_in_march_nothing_stands_in_the_hour_that_is_not(scene):
    night, day = rows.make_agenda(scene.practice, name="nacht"), date(2028, 3, 26)
    rows.every_day(night, scene.kind, starts=0, ends=6 * 60)
    found = board(scene, day, agenda_id=night.pk)
    assert not [one for one in found.columns[0].entries if 2 * 60 <= one.top < 3 * 60]
    assert [one for one in found.columns[0].entries if one.top == 3 * 60]


def test_an_appointment_over_midnight_stands_on_both_days(scene):
    late = moment_of(day=scene.day, minutes=23 * 60 + 55)
    rows.make_appointment(scene.person, scene.agenda, scene.kind, late)
    following = scene.day + timedelta(days=1)
    for day, expected in ((scene.day, (1435, 1440)), (following, (0, 5))):
        ((_column, entry, _one),) = board(scene, day).appointments
        assert (entry.top, entry.bottom) == expected
        assert entry.starts_at == late
    week = board(scene, scene.day, days=2, agenda_id=scene.agenda.pk)
    assert len(week.appointments) == 2


def test_a_night_that_began_the_day_before_goes_on(scene):
    night = rows.make_agenda(scene.practice, name="nacht")
    rows.every_day(night, scene.kind, starts=23 * 60, ends=25 * 60, step=30)
    (column,) = board(scene, agenda_id=night.pk).columns
    assert [one.top for one in column.entries] == [0, 30, 23 * 60, 23 * 60 + 30]


def test_what_begins_after_midnight_in_a_night_of_the_day_before_can_be_booked(scene):
    night = rows.make_agenda(scene.practice, name="nacht")
    rows.every_day(night, scene.kind, starts=23 * 60, ends=25 * 60)
    booked = scene.book_for(scene.place(24 * 60 + 30, agenda=night))
    assert booked.starts_at == scene.place(24 * 60 + 30).starts_at
    assert scene.hold(scene.place(24 * 60 + 40, agenda=night)).state == "held"


def test_an_agenda_out_of_use_is_shown_where_something_stands_in_it(scene):
    scene.booked()
    Agenda.objects.update(is_active=False)
    assert len(board(scene).appointments) == 1
    assert board(scene, scene.day + timedelta(days=7)).columns == ()
    assert board(scene).agendas == ()


def test_a_week_of_the_practice_in_numbers_names_nobody(scene):
    scene.booked()
    viewer = scene.staff()
    monday = scene.day - timedelta(days=scene.day.weekday())
    with acting(viewer):
        found = queries.get_week_counts(viewer=viewer, first=monday, days=7, now=scene.now)
    ((_pk, name, days),) = found.rows
    assert name == scene.agenda.name
    counted = {one.day: one for one in days}[scene.day]
    assert (counted.appointments, counted.free) == (1, 11)
    assert not AuditEvent.objects.filter(patient_id=scene.person.pk, event="agenda.week").exists()


def test_the_stamp_tells_of_every_change(scene):
    def now_is():
        viewer = scene.staff()
        with acting(viewer):
            return queries.get_stamp(viewer=viewer, first=scene.day, days=1, agenda_id=None, now=scene.now)

    seen = [now_is()]
    scene.hold()
    seen.append(now_is())
    card = scene.booked(scene.place(9 * 60))
    seen.append(now_is())
    scene.move(card, scene.place(9 * 60 + 30))
    seen.append(now_is())
    scene.occupy(scene.place(8 * 60 + 30))
    seen.append(now_is())
    assert len(set(seen)) == len(seen)
    assert now_is() == seen[-1]


def test_ux56_twenty_full_agendas_cost_as_much_as_one_whatever_other_weeks_hold(scene):
    def cost(day):
        with CaptureQueriesContext(connection) as caught:
            found = board(scene, day)
        return len(caught), len(found.appointments)

    scene.booked()
    one, _count = cost(scene.day)
    people = [scene.patient() for _ in range(20)]
    for number in range(20):
        agenda = rows.make_agenda(scene.practice)
        rows.every_day(agenda, scene.kind, ends=12 * 60)
        for place in range(20):
            starts_at = moment_of(day=scene.day, minutes=8 * 60 + 10 * place)
            rows.make_appointment(people[number], agenda, scene.kind, starts_at)
            rows.make_appointment(people[number], agenda, scene.kind, starts_at + timedelta(days=28))
    many, count = cost(scene.day)
    assert count == 401
    assert many == one
    assert one <= 24
