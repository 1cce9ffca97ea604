"""Holding, booking, cancelling and moving, and what is refused (REQ 36 to 38; R10, R11, R14; ux 42, 43)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions import desk
from zorgbalie.agenda.models import Agenda, AgendaClosing, Appointment, AppointmentKind, Claim, Occupation
from zorgbalie.agenda.queries import own
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas
from zorgbalie.agenda.types import AppointmentChanged, HoldOver, NotForThisPatient, PlaceTaken, TooLate
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.practice.models import Account, PracticeClosing

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene(current_moment())


def test_ux42_the_first_three_the_days_with_counts_and_one_day_whole(scene):
    found = scene.found()
    assert len(found.first) == 3
    assert found.first[0].starts_at < found.first[2].starts_at
    assert dict(found.days)[scene.day] == 12
    assert len(found.on_day) == 12


def test_a_place_is_held_booked_and_seen_by_both_sides_with_a_log_line(scene):
    card = scene.hold()
    assert (card.state, card.until) == ("held", scene.now + timedelta(minutes=5))
    assert scene.place() not in scene.found().on_day
    booked = scene.book(card)
    assert (booked.state, booked.starts_at) == ("booked", scene.place().starts_at)
    assert scene.book(card) == booked, "pressed twice is once"
    viewer = scene.viewer()
    with acting(viewer):
        (listed,) = own.list_own(viewer=viewer, now=scene.now, page=1).listing.rows
    assert listed.card.state == "booked"
    events = AuditEvent.objects.filter(patient_id=scene.person.pk).values_list("event", flat=True)
    assert {"appointment.search", "appointment.hold", "appointment.book", "appointment.list"} <= set(events)


def test_row48_the_same_form_twice_holds_one_place(scene):
    token = uuid4()
    assert scene.hold(token=token) == scene.hold(token=token)
    assert (Appointment.objects.count(), Claim.objects.count()) == (1, 1)


def test_a_place_that_was_just_taken_gives_the_nearest_others(scene):
    other = scene.patient()
    scene.hold(person=other)
    with pytest.raises(PlaceTaken) as refused:
        scene.hold()
    first, second, third = refused.value.alternatives
    assert first == scene.place(8 * 60 + 10)
    assert len({first, second, third}) == 3


def test_choosing_another_place_gives_the_former_back(scene):
    scene.hold()
    scene.hold(scene.place(9 * 60))
    assert Claim.objects.count() == 1
    assert scene.place() in scene.found().on_day
    assert sorted(Appointment.objects.values_list("state", "cancelled_by")) == [("cancelled", "lapsed"), ("held", "")]


def test_a_held_place_lapses_after_five_minutes_and_never_comes_back(scene):
    card = scene.hold()
    late = scene.now + timedelta(minutes=5)
    with pytest.raises(HoldOver):
        scene.book(card, now=late)
    # As the clock of the database says it too.
    Claim.objects.update(expires_at=scene.now - timedelta(seconds=1))
    other = scene.patient()
    taken = scene.booked(person=other)
    assert taken.state == "booked"
    with pytest.raises(HoldOver):
        scene.book(card)
    with pytest.raises(HoldOver):
        scene.as_patient(reads_again, None, token=Appointment.objects.get(pk=card.appointment_id).token, scene=scene)
    assert Claim.objects.count() == 1


def reads_again(*, viewer, token, scene):
    """The form of the lapsed hold once more."""
    from zorgbalie.agenda.actions import patient

    return patient.hold(viewer=viewer, kind_id=scene.kind.pk, place=scene.place(), token=token, now=scene.now)


def test_a_cancelled_hold_never_comes_back(scene):
    card = scene.hold()
    scene.cancel(card)
    scene.cancel(card)
    with pytest.raises(HoldOver):
        scene.book(card)
    assert Claim.objects.count() == 0


def test_a_cancelled_place_is_free_at_once(scene):
    scene.cancel(scene.booked())
    assert scene.place() in scene.found().on_day
    assert scene.booked(person=scene.patient()).state == "booked"


@pytest.mark.parametrize(("hours", "left", "refused"), [(24, 23, True), (24, 25, False), (0, 1, False)])
def test_ux43_cancelling_and_moving_stop_some_hours_before(scene, hours, left, refused):
    AppointmentKind.objects.update(cancel_hours=hours)
    card = scene.booked()
    now = card.starts_at - timedelta(hours=left)
    if refused:
        with pytest.raises(TooLate):
            scene.cancel(card, now=now)
        with pytest.raises(TooLate):
            scene.move(card, scene.place(9 * 60), now=now)
        assert Appointment.objects.get().state == "booked"
    else:
        scene.cancel(card, now=now)
        assert Appointment.objects.get().state == "cancelled"


def test_moving_takes_the_new_place_and_gives_the_old_one_back_or_does_nothing(scene):
    card = scene.booked()
    scene.booked(scene.place(9 * 60), scene.patient())
    with pytest.raises(PlaceTaken):
        scene.move(card, scene.place(9 * 60))
    assert Appointment.objects.get(pk=card.appointment_id).starts_at == card.starts_at
    moved = scene.move(card, scene.place(9 * 60 + 10))
    assert (moved.starts_at, moved.state) == (scene.place(9 * 60 + 10).starts_at, "booked")
    assert scene.place() in scene.found().on_day
    assert not Claim.objects.filter(expires_at__isnull=False).exists(), "firm again"
    with pytest.raises(AppointmentChanged):
        scene.move(card, scene.place(9 * 60 + 20))


def test_r11_the_reserve_is_never_booked_online_and_the_desk_can(scene):
    Agenda.objects.update(urgent_reserve=12)
    assert scene.found().first == ()
    with pytest.raises(PlaceTaken):
        scene.hold()
    assert scene.book_for().state == "booked"


def test_r10_what_is_no_appointment_fills_time_and_nothing_of_it_reaches_a_patient(scene):
    number = scene.occupy(scene.place(length=30), "Overleg over mevrouw Jansen")
    assert scene.place(8 * 60 + 20) not in scene.found().on_day
    with pytest.raises(PlaceTaken):
        scene.hold()
    fields = {field.name for field in Occupation._meta.get_fields()}
    assert not {"patient", "person", "reason"} & fields
    viewer = scene.viewer()
    with pytest.raises(Exception, match="permission denied"), acting(viewer):
        list(Occupation.objects.all())
    scene.at_desk(desk.free_up, occupation_id=number, now=scene.now)
    scene.at_desk(desk.free_up, occupation_id=number, now=scene.now)
    assert scene.place() in scene.found().on_day


def test_a_meeting_never_pushes_an_appointment_out(scene):
    scene.booked()
    with pytest.raises(PlaceTaken):
        scene.occupy(scene.place(8 * 60 - 10, length=30))
    assert (Occupation.objects.count(), Appointment.objects.get().state) == (0, "booked")


def test_r14_facility_off_not_enrolled_and_a_kind_that_is_not_online_serve_nothing(scene):
    stranger = world.make_person()
    with pytest.raises(NotVisible):
        scene.found(person=stranger)
    AppointmentKind.objects.update(is_online=False)
    with pytest.raises(NotVisible):
        scene.found()
    AppointmentKind.objects.update(is_online=True)
    Account.objects.update(facilities=[])
    for step in (scene.found, scene.hold):
        with pytest.raises(NotVisible):
            step()


def test_row1_an_appointment_of_another_is_not_there(scene):
    card, other = scene.booked(), scene.patient()
    for step in (scene.book, scene.cancel):
        with pytest.raises(NotVisible):
            step(card, other)
    with pytest.raises(NotVisible):
        scene.move(card, scene.place(9 * 60), other)
    foreign = Scene(scene.now)
    with pytest.raises(NotVisible):
        scene.hold(foreign.place(), kind=foreign.kind)
    with pytest.raises(PlaceTaken):
        scene.hold(foreign.place())


def test_row6_staff_without_the_right_book_nothing(scene):
    scene.employee = world.make_employee(scene.practice, rights=["read_record"])
    with pytest.raises(NotAllowed):
        scene.book_for()
    with pytest.raises(NotAllowed):
        scene.occupy(scene.place())
    assert Claim.objects.count() == 0


def test_the_desk_moves_and_cancels_with_the_revision_on_its_screen(scene):
    card = scene.book_for()
    values = {"patient_id": scene.person.pk, "appointment_id": card.appointment_id, "now": scene.now}
    with pytest.raises(AppointmentChanged):
        scene.at_desk(desk.move_for, place=scene.place(9 * 60), revision=card.revision + 1, **values)
    moved = scene.at_desk(desk.move_for, place=scene.place(9 * 60), revision=card.revision, **values)
    with pytest.raises(AppointmentChanged):
        scene.at_desk(desk.cancel_for, revision=card.revision, text="", **values)
    scene.at_desk(desk.cancel_for, revision=moved.revision, text="", **values)
    scene.at_desk(desk.cancel_for, revision=moved.revision, text="", **values)
    assert Claim.objects.count() == 0


def test_ages_and_how_often_are_kept(scene):
    AppointmentKind.objects.update(most_per_patient=1)
    scene.booked()
    with pytest.raises(NotForThisPatient):
        scene.hold(scene.place(9 * 60))
    AppointmentKind.objects.update(most_per_patient=0, min_age=90)
    with pytest.raises(NotForThisPatient):
        scene.hold(scene.place(9 * 60))
    AppointmentKind.objects.update(min_age=0, max_age=3)
    with pytest.raises(NotForThisPatient):
        scene.hold(scene.place(9 * 60))


@pytest.mark.parametrize("whose", ["of the practice", "of one agenda"])
def test_a_closed_day_offers_nothing_and_its_appointments_stay(scene, whose):
    card = scene.booked()
    other = rows.make_agenda(scene.practice)
    rows.every_day(other, scene.kind, ends=10 * 60)
    days = {"starts_on": scene.day, "ends_on": scene.day}
    if whose == "of one agenda":
        AgendaClosing.objects.create(practice=scene.practice, agenda=scene.agenda, **days)
        assert {one.agenda_id for one in scene.found().on_day} == {other.pk}
    else:
        PracticeClosing.objects.create(practice=scene.practice, name="Studiedag", **days)
        assert scene.found().on_day == ()
    with pytest.raises(PlaceTaken):
        scene.hold(scene.place(9 * 60))
    assert Appointment.objects.get(pk=card.appointment_id).state == "booked"


def test_two_claims_on_one_minute_cannot_exist_whatever_the_code_does(scene):
    rows.make_appointment(scene.person, scene.agenda, scene.kind, scene.place().starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.make_appointment(scene.patient(), scene.agenda, scene.kind, scene.place(8 * 60 + 5).starts_at)
    other = rows.make_agenda(scene.practice)
    rows.make_appointment(scene.patient(), other, scene.kind, scene.place().starts_at)
    rows.make_appointment(scene.patient(), scene.agenda, scene.kind, scene.place(8 * 60 + 10).starts_at)


def test_an_appointment_without_its_time_and_a_cancelled_one_with_it_cannot_exist(scene):
    row = rows.make_appointment(scene.person, scene.agenda, scene.kind, scene.place().starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(claim=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(state="cancelled")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM agenda_claim")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO agenda_claim (practice_id, agenda_id, place) VALUES ({practice}, {agenda}, int8range(1, 2))",
        "INSERT INTO agenda_claim (practice_id, agenda_id, place, expires_at)"
        " VALUES ({practice}, {agenda}, int8range(1, 2), now() + interval '1 day')",
    ],
)
def test_row10_the_portal_takes_time_for_minutes_only(scene, statement):
    with (
        pytest.raises(Exception, match="row-level security"),
        unit_and_role(scene.viewer()),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(practice=scene.practice.pk, agenda=scene.agenda.pk))


def test_row10_the_portal_cannot_touch_the_time_of_another(scene):
    rows.make_appointment(scene.patient(), scene.agenda, scene.kind, scene.place().starts_at)
    with unit_and_role(scene.viewer()), connection.cursor() as cursor:
        for statement in (
            "DELETE FROM agenda_claim",
            "UPDATE agenda_claim SET expires_at = now()",
            "UPDATE agenda_appointment SET state = 'cancelled'",
        ):
            cursor.execute(statement)
            assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM agenda_appointment")
        assert cursor.fetchone() == (0,)


def unit_and_role(viewer):
    """One unit of work in the role of the viewer's side."""
    assert unit_of_work
    return acting(viewer)


@pytest.mark.parametrize("booked", [0, 300])
def test_places_of_twenty_doctors_over_twelve_weeks_cost_the_same_queries(scene, booked, django_assert_num_queries):
    kind = rows.make_kind(scene.practice, days_ahead=84)
    for _ in range(19):
        rows.every_day(rows.make_agenda(scene.practice), kind, ends=17 * 60)
    last_year = scene.now - timedelta(days=365)
    for number in range(booked):
        day = (last_year + timedelta(days=number)).date()
        rows.make_appointment(scene.person, scene.agenda, kind, scene.place(day=day).starts_at)
    with django_assert_num_queries(8):
        find_kind(practice_id=scene.practice.pk, kind_id=kind.pk, online=True)
        found = load_agendas(
            practice_id=scene.practice.pk, first=scene.day, until=scene.day + timedelta(weeks=12), now=scene.now
        )
    assert len(found) == 20
    assert sum(len(one.taken) for one in found) == 0
