"""The desk finds and books: what it may have, whom it finds, what is kept of each step (REQ 36, 74; R11; row 48)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.agenda.actions import desk
from zorgbalie.agenda.models import Appointment, AppointmentChange, Claim
from zorgbalie.agenda.queries.desk_appointment import get_desk_appointment
from zorgbalie.agenda.queries.desk_places import find_places_for, list_doubts, list_kinds_for
from zorgbalie.agenda.queries.desk_search import list_for_card, list_latest_changes, search_appointments
from zorgbalie.agenda.types import AppointmentChanged, PlaceTaken
from zorgbalie.agenda.types.desk import AppointmentSearch, ChangeKind, Doubt, ListSort
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.practice.models import Enrolment


@pytest.fixture
def scene(db):
    return Scene(current_moment(), urgent_reserve=2)


def _search(scene, page=1, viewer=None, **values):
    viewer = viewer or scene.staff()
    with acting(viewer):
        return search_appointments(viewer=viewer, wanted=AppointmentSearch(**values), page=page, now=scene.now)


def _read(scene, act, viewer=None, **values):
    viewer = viewer or scene.staff()
    with acting(viewer):
        return act(viewer=viewer, now=scene.now, **values)


def test_r11_the_desk_sees_the_urgent_reserve_and_it_is_marked(scene):
    found = _read(
        scene, find_places_for, patient_id=scene.person.pk, kind_id=scene.kind.pk, agenda_id=None, day=scene.day
    )
    online = {one.starts_at for one in scene.found().on_day}
    assert len(found.on_day) == 12
    assert sum(one.is_urgent for one in found.on_day) == 2
    assert {one.place.starts_at for one in found.on_day if one.is_seen} == online
    assert not any(one.is_seen for one in found.on_day if one.is_urgent)


def test_what_is_not_released_is_there_for_the_desk_and_is_not_called_urgent(db):
    scene = Scene(current_moment(), days_ahead=1)
    found = _read(
        scene, find_places_for, patient_id=scene.person.pk, kind_id=scene.kind.pk, agenda_id=None, day=scene.day
    )
    assert found.on_day
    assert not any(one.is_seen or one.is_urgent for one in found.on_day)


def test_kinds_that_fit_the_time_that_was_chosen_come_first(scene):
    long = rows.make_kind(scene.practice, minutes=60, name="aaa")
    place = scene.place()
    found = _read(
        scene, list_kinds_for, patient_id=scene.person.pk, agenda_id=scene.agenda.pk, starts_at=place.starts_at
    )
    assert [(one.kind_id, one.fits) for one in found] == [(scene.kind.pk, True), (long.pk, False)]


def test_other_ages_and_one_too_many_are_doubts_and_no_refusal(scene):
    kind = rows.make_kind(scene.practice, max_age=3, most_per_patient=1)
    rows.every_day(scene.agenda, kind, starts=12 * 60, ends=13 * 60)
    scene.book_for(scene.place(12 * 60), kind=kind)
    place = scene.place(12 * 60 + 10)
    found = _read(scene, list_doubts, patient_id=scene.person.pk, kind_id=kind.pk, starts_at=place.starts_at)
    assert found == (Doubt.TOO_OLD, Doubt.HAS_ONE)
    assert scene.book_for(place, kind=kind).starts_at == place.starts_at


def test_row48_the_same_form_is_one_and_another_body_is_refused(scene):
    token = uuid4()
    first = scene.book_for(token=token)
    assert scene.book_for(token=token) == first
    with pytest.raises(AppointmentChanged):
        scene.book_for(scene.place(9 * 60), token=token)
    assert Appointment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_row48_a_double_click_at_the_same_moment_is_one_and_both_get_the_answer():
    scene = Scene(current_moment())
    viewer, place, token, start = scene.staff(), scene.place(), uuid4(), Barrier(4)

    def press(_number):
        start.wait()
        try:
            with unit_of_work(viewer):
                return desk.book_for(
                    viewer=viewer, patient_id=scene.person.pk, kind_id=scene.kind.pk, place=place, reason="",
                    token=token, now=scene.now,
                )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(press, range(4)))
    assert len(found) == Appointment.objects.count() == Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_row47_two_assistants_move_one_appointment_and_one_is_told():
    scene = Scene(current_moment())
    card, viewer, start = scene.book_for(), scene.staff(), Barrier(2)
    places = [scene.place(9 * 60), scene.place(9 * 60 + 10)]

    def move(place):
        start.wait()
        try:
            with unit_of_work(viewer):
                return desk.move_for(
                    viewer=viewer, patient_id=scene.person.pk, appointment_id=card.appointment_id, place=place,
                    revision=card.revision, now=scene.now,
                )  # fmt: skip
        except AppointmentChanged as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(move, places))
    assert sum(isinstance(one, AppointmentChanged) for one in found) == 1
    assert Claim.objects.count() == 1
    assert AppointmentChange.objects.filter(what="moved").count() == 1


def test_a_place_that_is_taken_keeps_the_old_one(scene):
    card = scene.book_for()
    scene.book_for(scene.place(9 * 60))
    with pytest.raises(PlaceTaken) as refused:
        scene.at_desk(
            desk.move_for, patient_id=scene.person.pk, appointment_id=card.appointment_id, place=scene.place(9 * 60),
            revision=card.revision, now=scene.now,
        )  # fmt: skip
    assert refused.value.alternatives
    assert Appointment.objects.get(pk=card.appointment_id).starts_at == card.starts_at


def test_each_step_is_kept_with_the_side_that_made_it(scene):
    places = [one.place for one in _read(
        scene, find_places_for, patient_id=scene.person.pk, kind_id=scene.kind.pk, agenda_id=None, day=scene.day
    ).on_day if one.is_seen]  # fmt: skip
    card = scene.booked(places[0])
    assert _read_latest(scene, card) == ChangeKind.BOOKED
    moved = scene.move(card, places[1])
    assert _read_latest(scene, card) == ChangeKind.MOVED
    scene.at_desk(
        desk.cancel_for, patient_id=scene.person.pk, appointment_id=card.appointment_id, revision=moved.revision,
        text="Ziek", now=scene.now,
    )  # fmt: skip
    found = _read(scene, get_desk_appointment, patient_id=scene.person.pk, appointment_id=card.appointment_id)
    steps = [(one.what, one.by_patient, one.from_starts_at) for one in found.history]
    assert steps == [
        (ChangeKind.BOOKED, True, None), (ChangeKind.MOVED, True, places[0].starts_at),
        (ChangeKind.CANCELLED, False, None),
    ]  # fmt: skip
    assert found.detail.cancel_text == "Ziek"
    assert not found.can_change


def _read_latest(scene, card):
    viewer = scene.staff()
    with acting(viewer):
        return list_latest_changes(viewer=viewer, appointment_ids=[card.appointment_id])[card.appointment_id]


def test_of_an_appointment_from_before_the_stamps_of_its_row_are_the_history(scene):
    row = rows.make_appointment(scene.person, scene.agenda, scene.kind, scene.place().starts_at)
    found = _read(scene, get_desk_appointment, patient_id=scene.person.pk, appointment_id=row.pk)
    assert [(one.what, one.by_patient) for one in found.history] == [(ChangeKind.BOOKED, True)]


def test_what_a_patient_is_still_choosing_is_in_no_list_of_the_desk(scene):
    seen = scene.found().on_day[0]
    scene.hold(seen)
    assert _search(scene).total == 0


def test_search_by_name_birth_date_agenda_kind_state_days_and_side(scene):
    anna = scene.patient(given_name="Anna", family_name="Zeldzaam", birth_date=date(1970, 5, 4))
    scene.book_for(scene.place(9 * 60), person=anna)
    online = scene.booked(scene.found().on_day[0])
    other = rows.make_agenda(scene.practice)
    assert _search(scene, text="zeldzaam").rows[0].patient_id == anna.pk
    assert _search(scene, text="zeldzaam 4-5-1970").total == 1
    assert _search(scene, text="4-5-1971").total == 0
    assert _search(scene, text="\0").total == 0
    assert _search(scene, agenda_id=scene.agenda.pk).total == 2
    assert _search(scene, agenda_id=other.pk).total == 0
    assert _search(scene, state="cancelled").total == 0
    assert _search(scene, from_date=scene.day, until_date=scene.day).total == 2
    assert _search(scene, until_date=scene.day - timedelta(days=1)).total == 0
    assert _search(scene, from_date=date.min, until_date=date.max).total == 2
    assert [one.appointment_id for one in _search(scene, only_by_patient=True).rows] == [online.appointment_id]
    assert _search(scene, sort=ListSort.MADE).total == _search(scene, sort=ListSort.LATEST).total == 2


def test_row40_each_patient_shown_leaves_a_line(scene):
    scene.book_for()
    _search(scene)
    assert AuditEvent.objects.filter(event="appointment.list_for", patient_id=scene.person.pk).count() == 1


def test_r14_no_right_no_list_another_practice_sees_nothing_and_who_left_is_gone(scene):
    card = scene.book_for()
    without = world.viewer_of_employee(world.make_employee(scene.practice, role="assistant", rights=()))
    with pytest.raises(NotAllowed):
        _search(scene, viewer=without)
    with pytest.raises(NotAllowed):
        _read(scene, get_desk_appointment, without, patient_id=scene.person.pk, appointment_id=card.appointment_id)
    elsewhere = world.viewer_of_employee(world.make_employee(world.make_practice()))
    assert _search(scene, viewer=elsewhere).total == 0
    with pytest.raises(NotVisible):
        _read(scene, get_desk_appointment, elsewhere, patient_id=scene.person.pk, appointment_id=card.appointment_id)
    pharmacy = world.viewer_of_employee(world.make_employee(world.make_practice("pharmacy")))
    with pytest.raises(NotVisible):
        _search(scene, viewer=pharmacy)
    assert _search(scene).total == 1
    Enrolment.objects.filter(person=scene.person).update(ended_at=scene.now)
    assert _search(scene).total == 0
    with pytest.raises(NotVisible):
        _read(scene, get_desk_appointment, patient_id=scene.person.pk, appointment_id=card.appointment_id)
    assert _read(scene, list_for_card, patient_id=scene.person.pk) is None


def test_emergency_access_opens_no_agenda(scene):
    """The policy gives break-glass the record alone: who is in somebody's agenda saves no life."""
    elsewhere = world.make_practice()
    employee = world.make_employee(elsewhere)
    card = scene.book_for()
    world.start_emergency(
        employee, scene.person, started_at=scene.now, expires_at=scene.now + timedelta(hours=1), person_name="Anna"
    )
    with pytest.raises(NotVisible):
        _read(
            scene, get_desk_appointment, world.viewer_of_employee(employee), patient_id=scene.person.pk,
            appointment_id=card.appointment_id,
        )  # fmt: skip


def test_an_appointment_of_somebody_else_is_not_there_under_this_patient(scene):
    card = scene.book_for()
    with pytest.raises(NotVisible):
        _read(scene, get_desk_appointment, patient_id=scene.patient().pk, appointment_id=card.appointment_id)


def _fill(scene, number):
    """Many rows at once: a claim and an appointment each, a month apart from what is asked."""
    start = scene.place().starts_at + timedelta(days=400)
    base = scene.agenda.pk << 32
    minute = int(start.timestamp() // 60)
    from psycopg.types.range import Int8Range

    claims = Claim.objects.bulk_create(
        Claim(
            practice=scene.practice, agenda=scene.agenda,
            place=Int8Range(base + minute + 10 * one, base + minute + 10 * one + 10),
        )
        for one in range(number)
    )  # fmt: skip
    Appointment.objects.bulk_create(
        Appointment(
            practice=scene.practice, patient=scene.person, agenda=scene.agenda, kind=scene.kind, claim=claim,
            kind_name=scene.kind.name, mode="practice", state="booked", is_online=True, token=uuid4(),
            booked_at=scene.now - timedelta(minutes=one), starts_at=start + timedelta(minutes=10 * one),
            ends_at=start + timedelta(minutes=10 * one + 10),
        )
        for one, claim in enumerate(claims)
    )  # fmt: skip


def test_the_list_and_the_places_cost_the_same_at_1_30_and_10_000(scene):
    counts = []
    for number in (1, 30, 10_000):
        Appointment.objects.all().delete()
        Claim.objects.all().delete()
        _fill(scene, number)
        with CaptureQueriesContext(connection) as captured:
            found = _search(scene)
        assert (found.total, len(found.rows)) == (number, min(50, number))
        with CaptureQueriesContext(connection) as places:
            _read(
                scene, find_places_for, patient_id=scene.person.pk, kind_id=scene.kind.pk, agenda_id=None,
                day=scene.day,
            )  # fmt: skip
        counts.append((len(captured), len(places)))
    assert counts[0] == counts[1] == counts[2]


def test_the_list_is_found_by_index(scene):
    _fill(scene, 2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE agenda_appointment")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM agenda_appointment WHERE practice_id = %s AND booked_at IS NOT NULL"
            " ORDER BY booked_at DESC, id DESC LIMIT 50",
            [scene.practice.pk],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "appointment_made_latest" in plan
