"""Changing week patterns never touches an appointment silently (REQ 36, 74; R10, R11)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.agenda.weeks_steps import Weeks
from tests.factories import agenda as factory
from tests.factories import world
from zorgbalie.agenda.actions import series
from zorgbalie.agenda.actions import weeks as actions
from zorgbalie.agenda.models import AgendaClosing, Appointment, Claim, Occupation, WeekBlock
from zorgbalie.agenda.queries import week_copies
from zorgbalie.agenda.queries import weeks as queries
from zorgbalie.agenda.types.weeks import AppointmentsInTheWay, BlocksOverlap, PatternRefused, WhyNot
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.types import ChangedMeanwhile

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def scene(now):
    return Weeks(now)


def everything():
    """All of each appointment and claim."""
    return list(Appointment.objects.order_by("pk").values()), list(Claim.objects.order_by("pk").values())


def test_req74_a_change_from_a_week_on_leaves_the_past_as_it_was(scene):
    scene.change(ends=660)
    old, new = scene.rows()
    assert (old.valid_until, old.ends) == (scene.day - DAY, 600)
    assert (new.valid_from, new.valid_until, new.ends) == (scene.day, None, 660)
    assert scene.shown(scene.day - WEEK)[0].ends == 600
    assert [one.ends for one in scene.shown(scene.day + WEEK)] == [660]


def test_req74_a_change_of_one_week_is_an_exception_of_one_day(scene):
    scene.change(ends=660, only_day=True, until=scene.day)
    assert [scene.shown(scene.day + number * WEEK)[0].ends for number in (-1, 0, 1, 2)] == [600, 660, 600, 600]


def test_a_removed_block_is_gone_on_its_day_or_for_good(scene):
    scene.remove()
    assert [len(scene.shown(scene.day + number * WEEK)) for number in (-1, 0, 1)] == [1, 0, 1]
    scene.remove(only_day=False, day=scene.day + WEEK)
    assert [len(scene.shown(scene.day + number * WEEK)) for number in (-1, 0, 1, 2)] == [1, 0, 0, 0]


def test_an_appointment_that_no_longer_fits_is_listed_and_stays(scene):
    card = scene.booked(scene.place(9 * 60))
    before = everything()
    with pytest.raises(AppointmentsInTheWay) as refused:
        scene.change(ends=9 * 60)
    (row,) = refused.value.conflicts.rows
    assert (row.appointment_id, row.starts_at, row.kind_name) == (card.appointment_id, card.starts_at, card.kind_name)
    assert row.patient_name
    assert [one.ends for one in scene.rows()] == [600]
    scene.change(ends=9 * 60, seen=refused.value.conflicts.digest)
    assert [one.ends for one in scene.rows()] == [600, 540]
    assert everything() == before


def test_an_appointment_that_was_booked_meanwhile_shows_the_list_again(scene):
    scene.booked(scene.place(9 * 60))
    with pytest.raises(AppointmentsInTheWay) as first:
        scene.remove()
    scene.booked(scene.place(9 * 60 + 10), scene.patient())
    with pytest.raises(AppointmentsInTheWay) as second:
        scene.remove(seen=first.value.conflicts.digest)
    assert [len(one.value.conflicts.rows) for one in (first, second)] == [1, 2]
    scene.remove(seen=second.value.conflicts.digest)
    assert Appointment.objects.filter(state="booked").count() == 2


def test_a_place_that_a_patient_is_choosing_counts_without_a_name(scene):
    scene.hold(scene.place(9 * 60))
    with pytest.raises(AppointmentsInTheWay) as refused:
        scene.remove()
    (row,) = refused.value.conflicts.rows
    assert (row.patient_name, row.patient_id, row.kind_name) == ("", None, "")


def test_a_manager_without_the_right_to_book_gets_times_alone(now):
    scene = Weeks(now, role="manager")
    card = scene.booked(scene.place(9 * 60))
    other = factory.make_kind(scene.practice)
    with pytest.raises(AppointmentsInTheWay) as refused:
        scene.change(kinds=frozenset({other.pk}))
    (row,) = refused.value.conflicts.rows
    assert (row.starts_at, row.patient_name, row.patient_id, row.kind_name) == (card.starts_at, "", None, "")


def test_time_that_is_no_appointment_is_no_conflict(scene):
    """R10."""
    scene.occupy(scene.place(9 * 60))
    scene.remove()
    assert Occupation.objects.count() == 1


@pytest.mark.parametrize(
    "values", [{"starts": 540, "ends": 660}, {"starts": 420, "ends": 490}, {"starts": 481, "ends": 482 + 10}]
)
def test_blocks_of_one_agenda_may_not_overlap(scene, values):
    with pytest.raises(BlocksOverlap):
        scene.add(**values)
    scene.add(starts=600, ends=660)
    assert [one.starts for one in scene.shown()] == [480, 600]


def test_the_same_block_twice_is_one(scene):
    scene.add(starts=600, ends=660)
    scene.add(starts=600, ends=660)
    assert len(scene.shown()) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends": 480}, "ends"), ({"ends": 2881}, "ends"), ({"starts": 1440, "ends": 1500}, "ends"),
        ({"step": 4}, "step"), ({"step": 121}, "step"), ({"every_weeks": 0}, "every_weeks"),
        ({"every_weeks": 9}, "every_weeks"), ({"kinds": frozenset()}, "kinds"),
        ({"kinds": frozenset({10**9})}, "kinds"),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_is_refused_at_its_field(scene, values, field):
    with pytest.raises(PatternRefused) as refused:
        scene.change(**values)
    assert refused.value.field == field


def test_the_past_is_not_changed(scene):
    day = local_date(scene.now) - WEEK
    with pytest.raises(PatternRefused):
        scene.remove(day=day)
    with pytest.raises(PatternRefused):
        scene.add(day=day, starts=700, ends=800)


def test_a_kind_of_another_practice_cannot_be_put_in(scene):
    strange = factory.make_kind(world.make_practice())
    with pytest.raises(PatternRefused):
        scene.change(kinds=frozenset({strange.pk}))


def test_who_changed_it_first_is_not_overruled(scene):
    stamp = scene.shown()[0].stamp
    scene.change(ends=590)
    with pytest.raises(ChangedMeanwhile):
        scene.change(ends=580, stamp=stamp)


def test_only_a_manager_and_only_of_the_own_practice(scene, now):
    scene.manager = scene.employee = world.make_employee(scene.practice, rights=(StaffRight.BOOK_APPOINTMENTS,))
    with pytest.raises(NotAllowed):
        scene.week()
    with pytest.raises(NotAllowed):
        scene.add(starts=700, ends=800)
    other = Weeks(now)
    scene.manager = other.manager
    for act in (lambda: scene.week(), lambda: scene.add(starts=700, ends=800)):
        with pytest.raises(NotVisible):
            act()


def test_a_week_is_copied_to_weeks_and_then_all_is_as_before(scene):
    scene.change(ends=660, only_day=True)
    values = {
        "source_id": scene.agenda.pk,
        "week": scene.day,
        "first": scene.day + 2 * WEEK,
        "last": scene.day + 3 * WEEK,
    }
    shown = scene.manage(week_copies.preview_copy, **values, now=scene.now)
    assert shown.days[scene.day.weekday()].blocks[0].ends == 660
    scene.manage(actions.copy_week, **values, stamp=shown.stamp, seen="", now=scene.now)
    assert [scene.shown(scene.day + number * WEEK)[0].ends for number in range(6)] == [660, 600, 660, 660, 600, 600]
    with pytest.raises(ChangedMeanwhile):
        scene.manage(actions.copy_week, **values, stamp=shown.stamp, seen="", now=scene.now)


def test_a_week_is_copied_to_another_agenda_for_good_with_its_conflicts(scene):
    other = factory.make_agenda(scene.practice)
    factory.every_day(other, scene.kind, starts=13 * 60, ends=15 * 60)
    day = scene.day + 2 * WEEK
    scene.booked(scene.place(13 * 60, agenda=other, day=day))
    values = {"source_id": scene.agenda.pk, "week": scene.day, "first": day, "last": None}
    source, scene.agenda = scene.agenda, other
    shown = scene.manage(week_copies.preview_copy, **values, now=scene.now)
    assert len(shown.conflicts.rows) == 1
    with pytest.raises(AppointmentsInTheWay):
        scene.manage(actions.copy_week, **values, stamp=shown.stamp, seen="", now=scene.now)
    scene.manage(actions.copy_week, **values, stamp=shown.stamp, seen=shown.conflicts.digest, now=scene.now)
    assert [scene.shown(day + number * WEEK)[0].starts for number in (-1, 0, 5)] == [780, 480, 480]
    assert WeekBlock.objects.filter(agenda=source).count() == 7
    with pytest.raises(PatternRefused):
        scene.manage(week_copies.preview_copy, **{**values, "first": local_date(scene.now)}, now=scene.now)


def leave(scene, seen="", leave_id=None, stamp="", **values):
    days = {"starts_on": scene.day, "ends_on": scene.day, "reason": "Vakantie", **values}
    scene.manage(actions.save_leave, leave_id=leave_id, stamp=stamp, seen=seen, now=scene.now, **days)


def test_leave_lists_its_conflicts_and_is_changed_and_removed(scene):
    scene.booked(scene.place(9 * 60))
    before = everything()
    with pytest.raises(AppointmentsInTheWay) as refused:
        leave(scene)
    assert not AgendaClosing.objects.exists()
    leave(scene, seen=refused.value.conflicts.digest)
    (row,) = scene.week().leave
    assert scene.week().days[scene.day.weekday()].leave == ("Vakantie",)
    with pytest.raises(ChangedMeanwhile):
        leave(scene, leave_id=row.leave_id, stamp="x")
    leave(scene, leave_id=row.leave_id, stamp=row.stamp, ends_on=scene.day + DAY)
    scene.manage(actions.remove_leave, leave_id=row.leave_id)
    scene.manage(actions.remove_leave, leave_id=row.leave_id)
    assert scene.week().leave == ()
    assert everything() == before


def test_a_closing_of_the_practice_lists_the_appointments_of_all_agendas(scene):
    other = factory.make_agenda(scene.practice)
    factory.every_day(other, scene.kind)
    scene.booked(scene.place(9 * 60))
    scene.booked(scene.place(9 * 60, agenda=other), scene.patient())
    viewer = world.viewer_of_employee(scene.manager)

    def find(day):
        return scene.manage(
            lambda viewer, agenda_id, **values: queries.find_practice_conflicts(viewer=viewer, **values),
            starts_on=day, ends_on=day, now=scene.now,
        )  # fmt: skip

    assert {one.agenda_name for one in find(scene.day).rows} == {scene.agenda.name, other.name}
    assert find(scene.day + WEEK).rows == ()
    assert viewer.practice_id == scene.practice.pk


def fill(scene, **values):
    defaults = {
        "day": scene.day, "until": scene.day + 3 * WEEK, "every_weeks": 1, "starts": 9 * 60, "ends": 9 * 60 + 30,
        "kind": "meeting", "title": "Overleg",
    }  # fmt: skip
    return scene.manage(series.occupy_series, now=scene.now, **{**defaults, **values})


def test_r10_a_series_never_pushes_an_appointment_out_and_says_where_it_could_not(scene):
    scene.booked(scene.place(9 * 60, day=scene.day + WEEK))
    scene.occupy(scene.place(9 * 60, day=scene.day + 2 * WEEK))
    before = Appointment.objects.values().get()
    report = fill(scene)
    assert report.made == (scene.day, scene.day + 3 * WEEK)
    assert report.refused == ((scene.day + WEEK, WhyNot.APPOINTMENT), (scene.day + 2 * WEEK, WhyNot.OCCUPATION))
    assert Appointment.objects.values().get() == before
    assert fill(scene).made == ()


@pytest.mark.parametrize(("part", "left"), [("one", 3), ("following", 1), ("all", 0)])
def test_one_this_and_following_or_all_of_a_series_goes(scene, part, left):
    fill(scene)
    second = Occupation.objects.order_by("starts_at")[1]
    values = {"occupation_id": second.pk, "part": series.SeriesPart(part), "now": scene.now}
    assert scene.manage(series.free_up_series, **values) == 4 - left
    assert scene.manage(series.free_up_series, **values) == 0
    assert (Occupation.objects.count(), Claim.objects.count()) == (left, left)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"until": None}, "until"),
        ({"every_weeks": 9}, "every_weeks"),
        ({"ends": 540}, "ends"),
        ({"late": True}, "until"),
    ],
)
def test_a_series_that_cannot_be_is_refused(scene, values, field):
    if "until" in values:
        values = {"until": scene.day - DAY}
    if "late" in values:
        values = {"until": scene.day + 54 * WEEK}
    with pytest.raises(PatternRefused) as refused:
        fill(scene, **values)
    assert refused.value.field == field


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    change=st.fixed_dictionaries({
        "starts": st.sampled_from([420, 480, 485, 540]), "ends": st.sampled_from([555, 590, 600, 720]),
        "step": st.sampled_from([5, 10, 15]), "only_day": st.booleans(),
    }),
    minutes=st.sets(st.integers(0, 11), max_size=4),
)  # fmt: skip
def test_after_any_change_no_appointment_changed_and_the_list_is_what_no_longer_fits(now, change, minutes):
    scene = Weeks(now)
    cards = [scene.book_for(scene.place(480 + 10 * number)) for number in sorted(minutes)]
    before = everything()
    try:
        scene.change(**change)
        listed = ()
    except AppointmentsInTheWay as refusal:
        listed = refusal.conflicts.rows
        scene.change(**change, seen=refusal.conflicts.digest)
    assert everything() == before
    cells = set(range(change["starts"], change["ends"] - change["step"] + 1, change["step"]))
    wanted = -(-10 // change["step"])
    fits = {
        card.appointment_id
        for number, card in zip(sorted(minutes), cards, strict=True)
        if all(480 + 10 * number + step * change["step"] in cells for step in range(wanted))
    }
    assert {one.appointment_id for one in listed} == {card.appointment_id for card in cards} - fits
