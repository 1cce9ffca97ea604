"""Who is there, has been or did not come; changing filled time (REQ 36; R10; security rows 5, 47)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions.attendance import mark
from zorgbalie.agenda.actions.occupations import change_occupation
from zorgbalie.agenda.models import Appointment, Claim, Occupation
from zorgbalie.agenda.queries.day import get_occupation
from zorgbalie.agenda.types import AppointmentChanged, PlaceTaken
from zorgbalie.agenda.types.day import Attendance, OccupationGone, TooEarly
from zorgbalie.audit.models import AuditEvent
from zorgbalie.config.database.tables.agenda import AGENDA
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.messaging.models import Notice
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db
ARRIVED, DONE, NO_SHOW, BACK = Attendance.ARRIVED, Attendance.DONE, Attendance.NO_SHOW, Attendance.WAITED_FOR
_AT_ONCE = 10
BEFORE, AFTER = timedelta(minutes=-5), timedelta(minutes=5)


@pytest.fixture
def scene():
    return Scene(current_moment())


@pytest.fixture
def card(scene):
    return scene.booked()


def say(scene, card, what, after=AFTER, revision=None, patient_id=None):
    row = Appointment.objects.get(pk=card.appointment_id)
    return scene.at_desk(
        mark, patient_id=patient_id or row.patient_id, appointment_id=row.pk, what=what,
        revision=row.revision if revision is None else revision, now=row.starts_at + after,
    )  # fmt: skip


def test_req36_somebody_comes_is_helped_and_each_step_can_be_taken_back(scene, card):
    assert say(scene, card, ARRIVED, BEFORE) == "arrived"
    assert Appointment.objects.get().arrived_at == card.starts_at + BEFORE
    assert say(scene, card, DONE) == "done"
    assert say(scene, card, BACK) == "arrived"
    assert say(scene, card, BACK) == "booked"
    assert Appointment.objects.get().arrived_at is None
    assert say(scene, card, NO_SHOW) == "no_show"
    assert say(scene, card, BACK) == "booked"
    assert say(scene, card, DONE) == "done", "a call needs no waiting room"
    assert say(scene, card, BACK) == "booked"


def test_each_leaves_a_line_with_plain_words_and_tells_the_patient_nothing(scene, card):
    for what in (ARRIVED, DONE, BACK, BACK, NO_SHOW):
        say(scene, card, what)
    events = set(AuditEvent.objects.filter(patient_id=scene.person.pk).values_list("event", flat=True))
    ours = {"appointment.arrived", "appointment.done", "appointment.no_show", "appointment.waited_for"}
    assert ours <= events
    assert not Notice.objects.exists()


def test_row48_the_same_twice_is_once(scene, card):
    say(scene, card, ARRIVED, revision=card.revision)
    say(scene, card, ARRIVED, revision=card.revision)
    assert Appointment.objects.get().revision == card.revision + 1


def test_row47_of_two_who_say_something_else_the_second_is_told(scene, card):
    say(scene, card, ARRIVED, revision=card.revision)
    with pytest.raises(AppointmentChanged):
        say(scene, card, NO_SHOW, revision=card.revision)
    with pytest.raises(AppointmentChanged):
        say(scene, card, DONE, revision=card.revision)
    assert Appointment.objects.get().state == "arrived"
    assert not AuditEvent.objects.filter(event__in=["appointment.no_show", "appointment.done"]).exists()


@pytest.mark.parametrize(
    ("what", "after"), [(NO_SHOW, BEFORE), (DONE, BEFORE), (ARRIVED, timedelta(hours=-4)), (DONE, timedelta(days=-1))]
)
def test_nobody_missed_what_is_still_to_come(scene, card, what, after):
    with pytest.raises(TooEarly):
        say(scene, card, what, after)
    assert Appointment.objects.get().state == "booked"


def test_who_is_there_can_be_helped_before_the_time(scene, card):
    say(scene, card, ARRIVED, BEFORE)
    assert say(scene, card, DONE, BEFORE) == "done"


def test_what_is_held_or_cancelled_has_no_attendance(scene, card):
    held = scene.hold(scene.place(9 * 60), person=scene.patient())
    with pytest.raises(NotVisible):
        say(scene, held, ARRIVED)
    scene.cancel(card)
    with pytest.raises(NotVisible):
        say(scene, card, ARRIVED)


def test_row5_without_the_right_elsewhere_and_of_another_patient_nothing(scene, card):
    scene.employee = world.make_employee(scene.practice, rights=[])
    with pytest.raises(NotAllowed):
        say(scene, card, ARRIVED)
    scene.employee = world.make_employee(world.make_practice())
    with pytest.raises(NotVisible):
        say(scene, card, ARRIVED)
    scene.employee = world.make_employee(scene.practice)
    with pytest.raises(NotVisible):
        say(scene, card, ARRIVED, patient_id=scene.patient().pk)
    Enrolment.objects.filter(person=scene.person).update(ended_at=scene.now)
    with pytest.raises(NotVisible):
        say(scene, card, ARRIVED)
    assert Appointment.objects.get().state == "booked"


def test_what_was_said_can_no_longer_be_moved_or_cancelled_by_the_patient(scene, card):
    say(scene, card, ARRIVED, BEFORE)
    with pytest.raises(AppointmentChanged):
        scene.cancel(card)


def change(scene, occupation_id, place, seen=None, title="Overleg"):
    viewer = scene.staff()
    with acting(viewer):
        found = get_occupation(viewer=viewer, occupation_id=occupation_id)
    scene.at_desk(
        change_occupation, occupation_id=occupation_id, seen=found.seen if seen is None else seen,
        agenda_id=place.agenda_id, starts_at=place.starts_at, ends_at=place.ends_at, kind="break", title=title,
        now=scene.now,
    )  # fmt: skip


def test_r10_filled_time_moves_and_what_it_leaves_is_free(scene):
    pk = scene.occupy(scene.place(8 * 60, length=30))
    change(scene, pk, scene.place(8 * 60 + 10, length=30), title="Pauze")
    row = Occupation.objects.get()
    assert (row.kind, row.title, row.starts_at) == ("break", "Pauze", scene.place(8 * 60 + 10).starts_at)
    assert Claim.objects.count() == 1
    assert scene.place() in scene.found().on_day
    assert scene.place(8 * 60 + 30) not in scene.found().on_day
    assert AuditEvent.objects.get(event="agenda.occupation_change").patient_id is None


def test_r10_filled_time_never_pushes_an_appointment_out(scene, card):
    pk = scene.occupy(scene.place(9 * 60))
    with pytest.raises(PlaceTaken):
        change(scene, pk, scene.place(8 * 60, length=90))
    assert Occupation.objects.get().starts_at == scene.place(9 * 60).starts_at
    assert Claim.objects.filter(expires_at__isnull=True).count() == 2
    assert Appointment.objects.get().state == "booked"


def test_row47_filled_time_that_somebody_else_changed_is_not_changed_again(scene):
    pk = scene.occupy(scene.place(8 * 60))
    viewer = scene.staff()
    with acting(viewer):
        seen = get_occupation(viewer=viewer, occupation_id=pk).seen
    change(scene, pk, scene.place(9 * 60))
    with pytest.raises(OccupationGone):
        change(scene, pk, scene.place(9 * 60 + 30), seen=seen)


def test_r10_filled_time_has_no_patient_and_the_portal_and_the_worker_have_no_privilege(scene):
    pk = scene.occupy(scene.place(), title="Bespreking mevrouw Jansen")
    names = {field.name for field in Occupation._meta.get_fields()}
    assert names == {"id", "practice", "agenda", "claim", "kind", "title", "series", "starts_at", "ends_at"}
    assert (AGENDA["agenda_occupation"].portal, AGENDA["agenda_occupation"].worker) == ("", "")
    for role in ("zorgbalie_portal", "zorgbalie_worker"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute("SELECT title FROM agenda_occupation")
    assert not AuditEvent.objects.filter(detail__contains="Jansen").exists()
    assert not Notice.objects.exists()
    assert pk


@pytest.mark.django_db(transaction=True)
def test_row47_ten_who_say_different_things_at_once_leave_one_of_them():
    scene = Scene(current_moment())
    card, viewer = scene.booked(), scene.staff()
    start = Barrier(_AT_ONCE)

    def say_it(what):
        start.wait()
        try:
            with unit_of_work(viewer):
                return mark(
                    viewer=viewer, patient_id=scene.person.pk, appointment_id=card.appointment_id, what=what,
                    revision=card.revision, now=card.starts_at + AFTER,
                )  # fmt: skip
        except AppointmentChanged as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        outcomes = list(pool.map(say_it, [ARRIVED, NO_SHOW] * (_AT_ONCE // 2)))
    row = Appointment.objects.get()
    said = {one for one in outcomes if not isinstance(one, AppointmentChanged)}
    assert said == {row.state}, "who said the same is not told of a conflict, the others are"
    assert row.revision == card.revision + 1
