"""What a patient has and had: order, pages, states, bounds and refusals (REQ 38; R14; ux 17)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import earlier, world
from zorgbalie.agenda.models import Appointment, AppointmentKind
from zorgbalie.agenda.queries import own
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene(current_moment())


def listed(scene, person=None, page=1, viewer=None):
    viewer = viewer or scene.viewer(person)
    with acting(viewer):
        return own.list_own(viewer=viewer, now=scene.now, page=page)


def shown(scene, number, person=None, viewer=None, now=None):
    viewer = viewer or scene.viewer(person)
    with acting(viewer):
        return own.get_own(viewer=viewer, appointment_id=number, now=now or scene.now)


def news(scene, viewer=None):
    viewer = viewer or scene.viewer()
    with acting(viewer):
        return own.get_news(viewer=viewer, now=scene.now)


def add(scene, days, **values):
    moment = scene.place().starts_at + timedelta(days=days)
    return rows.make_appointment(scene.person, scene.agenda, scene.kind, moment, **values)


def test_req38_coming_ones_first_the_soonest_on_top_then_the_latest(scene):
    far, near = add(scene, 9), add(scene, 2)
    old, older = add(scene, -20), add(scene, -30, state="no_show")
    gone = add(scene, 4, state="cancelled", cancelled_at=scene.now, cancelled_by="practice", claim=None)
    found = listed(scene)
    assert [row.card.appointment_id for row in found.listing.rows] == [near.pk, far.pk, gone.pk, old.pk, older.pk]
    assert [row.is_coming for row in found.listing.rows] == [True, True, False, False, False]
    assert found.coming == 2


def test_what_was_held_and_never_booked_is_no_appointment(scene):
    held = scene.hold()
    assert listed(scene).listing.total == 0
    with pytest.raises(NotVisible):
        shown(scene, held.appointment_id)
    scene.cancel(held)
    assert listed(scene).listing.total == 0


def test_twenty_on_a_page_and_coming_ones_may_run_on_to_the_next(scene):
    made = [add(scene, number) for number in range(22)] + [add(scene, -20)]
    first, second, beyond = listed(scene), listed(scene, page=2), listed(scene, page=99)
    assert [row.card.appointment_id for row in first.listing.rows] == [row.pk for row in made[:20]]
    assert [row.card.appointment_id for row in second.listing.rows] == [row.pk for row in made[20:]]
    assert beyond.listing.number == 2


@pytest.mark.parametrize("number", [1, 30, 10_000])
def test_a_page_costs_the_same_with_1_30_and_10000_rows(scene, number):
    first = add(scene, -500)
    values = {
        field.attname: getattr(first, field.attname)
        for field in Appointment._meta.concrete_fields
        if field.name != "id"
    }
    values |= {"claim_id": None, "state": "cancelled", "cancelled_at": scene.now, "cancelled_by": "patient"}
    copies = []
    for count in range(number - 1):
        begins = first.starts_at - timedelta(hours=count)
        token = f"00000000-0000-4000-8000-{count:012d}"
        copies.append(
            Appointment(**{**values, "starts_at": begins, "ends_at": begins + timedelta(minutes=10), "token": token})
        )
    Appointment.objects.bulk_create(copies)
    listed(scene)
    with CaptureQueriesContext(connection) as captured:
        found = listed(scene)
    assert found.listing.total == number
    reads = [one["sql"] for one in captured if 'FROM "agenda_' in one["sql"]]
    assert len(reads) == 4, "two counts, one page of one of both lists, the offers"


def test_until_when_it_can_be_changed_and_by_whom_it_was_moved(scene):
    AppointmentKind.objects.update(cancel_hours=24)
    row = add(scene, 5)
    found = shown(scene, row.pk)
    assert (found.may_change, found.may_move, found.moved_by_practice) == (True, True, False)
    bound = row.starts_at - timedelta(hours=24)
    assert shown(scene, row.pk, now=bound).may_change
    assert not shown(scene, row.pk, now=bound + timedelta(microseconds=1)).may_change
    AppointmentKind.objects.update(is_online=False)
    assert (shown(scene, row.pk).may_change, shown(scene, row.pk).may_move) == (True, False)


def test_the_practice_moved_it_until_the_patient_moves_it_again(scene):
    from zorgbalie.agenda.actions import desk

    card = scene.booked()
    values = {"patient_id": scene.person.pk, "appointment_id": card.appointment_id, "now": scene.now}
    moved = scene.at_desk(desk.move_for, place=scene.place(9 * 60), revision=card.revision, **values)
    assert shown(scene, card.appointment_id).moved_by_practice
    scene.move(moved, scene.place(9 * 60 + 20))
    assert not shown(scene, card.appointment_id).moved_by_practice


def test_the_first_page_names_the_next_what_was_cancelled_and_offers(scene):
    add(scene, 9)
    near = add(scene, 2)
    gone = add(scene, 4, state="cancelled", cancelled_at=scene.now, cancelled_by="practice", claim=None)
    add(scene, 5, state="cancelled", cancelled_at=scene.now, cancelled_by="patient", claim=None)
    earlier.make_offer(earlier.make_wish(near, scene.now), scene.place(9 * 60), scene.now)
    found = news(scene)
    assert found.upcoming.card.appointment_id == near.pk
    assert [row.card.appointment_id for row in found.cancelled] == [gone.pk]
    assert len(found.offers) == 1


def test_ux17_a_cancelled_one_asks_nothing_any_more_once_another_of_its_kind_was_made(scene):
    hour = timedelta(hours=1)
    add(scene, 4, state="cancelled", cancelled_at=scene.now - hour, cancelled_by="practice", claim=None)
    add(scene, 5, booked_at=scene.now - 2 * hour)
    other = rows.make_kind(scene.practice)
    rows.make_appointment(scene.person, scene.agenda, other, scene.place().starts_at + timedelta(days=6))
    assert len(news(scene).cancelled) == 1, "made before, and of another kind"
    add(scene, 7, booked_at=scene.now)
    assert news(scene).cancelled == ()


def test_r14_off_shows_nothing_and_turns_everything_into_not_there(scene):
    row = add(scene, 2)
    Account.objects.update(facilities=[])
    assert news(scene) is None
    assert not own.may_have(viewer=scene.viewer(), now=scene.now)
    with pytest.raises(NotVisible):
        listed(scene)
    with pytest.raises(NotVisible):
        shown(scene, row.pk)
    assert Appointment.objects.get(pk=row.pk).state == "booked", "it stands, at the practice"


def test_row1_of_another_and_row2_after_representation_ended_nothing_is_there(scene):
    row, other = add(scene, 2), scene.patient()
    with pytest.raises(NotVisible):
        shown(scene, row.pk, person=other)
    assert listed(scene, person=other).listing.total == 0
    viewer = world.viewer_of_patient(other, scene.person)
    for read in (lambda: listed(scene, viewer=viewer), lambda: shown(scene, row.pk, viewer=viewer)):
        with pytest.raises(NotVisible):
            read()


def test_a_parent_sees_those_of_a_young_child_and_not_of_one_of_sixteen(scene):
    today = scene.now.date()
    parent = scene.patient()
    child = scene.patient(birth_date=today.replace(year=today.year - 8, day=1))
    grown = scene.patient(birth_date=today.replace(year=today.year - 17, day=1))
    for one in (child, grown):
        world.represent(parent, one)
    rows.make_appointment(child, scene.agenda, scene.kind, scene.place().starts_at)
    assert listed(scene, viewer=world.viewer_of_patient(parent, child)).listing.total == 1
    with pytest.raises(NotVisible):
        listed(scene, viewer=world.viewer_of_patient(parent, grown))


def test_a_patient_of_a_pharmacy_alone_has_no_appointments(scene):
    person, pharmacy = world.make_person(), world.make_practice("pharmacy")
    world.enrol(person, pharmacy, world.make_account(pharmacy))
    assert not own.may_have(viewer=scene.viewer(person), now=scene.now)
    with pytest.raises(NotVisible):
        listed(scene, person=person)


def test_r13_each_look_is_a_line(scene):
    row = add(scene, 2)
    listed(scene)
    shown(scene, row.pk)
    news(scene)
    events = list(AuditEvent.objects.filter(patient_id=scene.person.pk).order_by("pk").values_list("event", flat=True))
    assert events == ["appointment.list", "appointment.read", "home.read"]
