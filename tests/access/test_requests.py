"""Requests to read the record: who may ask and decide, by which states, and what both see (REQ 24, 54 to 56, 77)."""

import threading
from datetime import date

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.actions import requests as actions
from zorgbalie.access.models import AccessRequest
from zorgbalie.access.queries import requests as queries
from zorgbalie.access.types import (
    AgreementMissing,
    OnlineAccessClosed,
    ReasonMissing,
    RequestDecided,
    RequestState,
)
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def _patient(practice=None, agreed=True, **values):
    practice = practice or world.make_practice()
    person = world.make_person(**values)
    world.enrol(person, practice, world.make_account(practice))
    if agreed:
        world.sign_agreement(person, practice)
    return person, practice


def _ask(person, practice, now, subject=None):
    viewer = world.viewer_of_patient(person, subject=subject)
    with acting(viewer):
        return actions.ask_to_read(viewer=viewer, practice_id=practice.pk, now=now)


def _asked(now, **values):
    person, practice = _patient(**values)
    _ask(person, practice, now)
    return person, practice, AccessRequest.objects.get(person=person)


def _decide(employee, action, row, now, **values):
    viewer = world.viewer_of_employee(employee)
    with acting(viewer):
        action(viewer=viewer, request_id=row.pk, now=now, **values)


def test_req54_manual_request_becomes_one_item_however_often_it_is_asked(now):
    person, practice = _patient()
    assert [_ask(person, practice, now), _ask(person, practice, now)] == [RequestState.ASKED] * 2
    row = AccessRequest.objects.get(person=person)
    item = WorkItem.objects.get(practice=practice)
    assert (item.kind, item.about_id, item.person_id, item.for_right) == (
        "access_request",
        row.pk,
        person.pk,
        StaffRight.RELEASE_RECORD,
    )


def test_r7_no_request_without_an_agreement_of_both(now):
    person, practice = _patient(agreed=False)
    world.sign_agreement(person, practice, practice_signed_at=None)
    with pytest.raises(NotVisible):
        _ask(person, practice, now)
    assert not AccessRequest.objects.exists()


@pytest.mark.parametrize(("notifies", "items"), [(True, ["automatic_release"]), (False, [])])
def test_r16_automatic_release_with_or_without_a_message(now, notifies, items):
    practice = world.make_practice(release_mode="automatic", automatic_release_notifies=notifies)
    person, _ = _patient(practice)
    assert _ask(person, practice, now) == RequestState.RELEASED
    assert list(WorkItem.objects.values_list("kind", flat=True)) == items


@pytest.mark.parametrize(
    ("birth_date", "online_access"),
    [
        (date(2010, 11, 25), "allowed"),  # 15 years and 364 days
        (date(1970, 1, 1), "copy_only"),
        (date(1970, 1, 1), "vulnerable"),
    ],
)
def test_req7_req77_automatic_practice_still_looks_at_the_young_and_the_vulnerable(now, birth_date, online_access):
    practice = world.make_practice(release_mode="automatic")
    person = world.make_person(birth_date=birth_date)
    world.enrol(person, practice, world.make_account(practice), online_access=online_access)
    world.sign_agreement(person, practice)
    assert _ask(person, practice, now) == RequestState.ASKED
    assert WorkItem.objects.get().kind == "access_request"


def test_parent_asks_for_a_child_and_the_request_names_the_parent(now):
    child, practice = _patient(birth_date=date(2018, 1, 1))
    parent = world.make_person()
    world.represent(parent, child)
    assert _ask(parent, practice, now, subject=child) == RequestState.ASKED
    row = AccessRequest.objects.get()
    assert (row.person_id, row.asked_by_id) == (child.pk, parent.pk)


def test_req55_release_closes_the_item_and_is_in_the_log(now):
    person, practice, row = _asked(now)
    employee = world.make_employee(practice)
    _decide(employee, actions.release_request, row, now)
    row.refresh_from_db()
    assert (row.state, row.decided_by_id, row.decided_at) == ("released", employee.pk, now)
    item = WorkItem.objects.get()
    assert (item.state, item.done_by_id) == ("done", employee.pk)
    line = AuditEvent.objects.get(event="request.release")
    assert (line.outcome, line.patient_id, line.object_id) == ("0", person.pk, str(row.pk))


def test_r7_release_is_refused_when_the_agreement_ended_since(now):
    _person, practice, row = _asked(now)
    world.Agreement.objects.update(ended_at=now)
    with pytest.raises(AgreementMissing):
        _decide(world.make_employee(practice), actions.release_request, row, now)


def test_req58_release_is_refused_for_copy_only(now):
    _person, practice, row = _asked(now)
    world.Enrolment.objects.update(online_access="copy_only")
    with pytest.raises(OnlineAccessClosed):
        _decide(world.make_employee(practice), actions.release_request, row, now)


@pytest.mark.parametrize(("action", "state"), [(actions.refuse_request, "refused"), (actions.leave_open, "left_open")])
def test_r6_refused_or_left_open_shows_the_reason_to_both(now, action, state):
    person, practice, row = _asked(now)
    employee = world.make_employee(practice)
    _decide(employee, action, row, now, reason=" Kom eerst langs. ")
    desk, patient = world.viewer_of_employee(employee), world.viewer_of_patient(person)
    with acting(desk):
        at_desk = queries.get_request(viewer=desk, request_id=row.pk, now=now)
    with acting(patient):
        [at_home] = queries.list_requests(viewer=patient, patient_id=person.pk, practice_id=practice.pk, now=now)
    assert (at_desk.state, at_desk.reason, at_desk.decided_by_name) == (state, "Kom eerst langs.", employee.name)
    assert at_home == at_desk


@pytest.mark.parametrize("action", [actions.refuse_request, actions.leave_open])
@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_r6_refusing_or_leaving_open_needs_a_reason(now, action, reason):
    _person, practice, row = _asked(now)
    with pytest.raises(ReasonMissing):
        _decide(world.make_employee(practice), action, row, now, reason=reason)
    row.refresh_from_db()
    assert row.state == "asked"


def test_left_open_can_be_released_later_and_released_can_be_closed(now):
    _person, practice, row = _asked(now)
    employee = world.make_employee(practice)
    _decide(employee, actions.leave_open, row, now, reason="Wij bellen u.")
    _decide(employee, actions.release_request, row, now)
    _decide(employee, actions.close_released, row, now, reason="Op uw verzoek.")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "Op uw verzoek.")


def test_second_decision_says_who_was_first(now):
    _person, practice, row = _asked(now)
    first = world.make_employee(practice, name="Dokter Eerst")
    _decide(first, actions.refuse_request, row, now, reason="Nee")
    with pytest.raises(RequestDecided) as refusal:
        _decide(world.make_employee(practice), actions.release_request, row, now)
    assert "Dokter Eerst" in refusal.value.message
    row.refresh_from_db()
    assert (row.state, row.decided_by_id) == ("refused", first.pk)


def test_patient_withdraws_at_once_and_may_ask_again(now):
    person, practice, row = _asked(now)
    viewer = world.viewer_of_patient(person)
    with acting(viewer):
        assert actions.withdraw_request(viewer=viewer, practice_id=practice.pk, now=now) is True
        assert actions.withdraw_request(viewer=viewer, practice_id=practice.pk, now=now) is False
    row.refresh_from_db()
    assert (row.state, WorkItem.objects.get().state) == ("withdrawn", "done")
    assert _ask(person, practice, now) == RequestState.ASKED
    assert AccessRequest.objects.count() == 2


def test_desk_decides_after_the_patient_withdrew_and_is_told_so(now):
    person, practice, row = _asked(now)
    viewer = world.viewer_of_patient(person)
    with acting(viewer):
        actions.withdraw_request(viewer=viewer, practice_id=practice.pk, now=now)
    with pytest.raises(RequestDecided, match="ingetrokken"):
        _decide(world.make_employee(practice), actions.release_request, row, now)


def test_row6_employee_without_the_right_is_refused_and_logged(now):
    _person, practice, row = _asked(now)
    employee = world.make_employee(practice, rights=[r for r in StaffRight if r != StaffRight.RELEASE_RECORD])
    with pytest.raises(NotAllowed):
        _decide(employee, actions.release_request, row, now)
    assert AuditEvent.objects.get(event="request.release").outcome == "4"
    row.refresh_from_db()
    assert row.state == "asked"


def test_row5_other_practice_sees_and_decides_nothing(now):
    _person, _practice, row = _asked(now)
    other = world.make_employee(world.make_practice())
    viewer = world.viewer_of_employee(other)
    with pytest.raises(NotVisible), acting(viewer):
        queries.get_request(viewer=viewer, request_id=row.pk, now=now)
    with pytest.raises(NotVisible):
        _decide(other, actions.refuse_request, row, now, reason="Nee")


def test_row1_patient_cannot_decide_nor_read_by_the_number_of_a_request(now):
    person, practice, row = _asked(now)
    viewer = world.viewer_of_patient(person)
    with pytest.raises(NotVisible), acting(viewer):
        actions.release_request(viewer=viewer, request_id=row.pk, now=now)
    stranger = world.viewer_of_patient(world.make_person())
    with pytest.raises(NotVisible), acting(stranger):
        queries.list_requests(viewer=stranger, patient_id=person.pk, practice_id=practice.pk, now=now)


def test_wall_keeps_the_portal_from_releasing_where_the_practice_decides(now):
    """Security row 10: with every check forgotten, the database refuses."""
    from django.db import ProgrammingError

    person, _practice, row = _asked(now)
    viewer = world.viewer_of_patient(person)
    with pytest.raises(ProgrammingError), acting(viewer):
        AccessRequest.objects.filter(pk=row.pk).update(state="released")
    row.refresh_from_db()
    assert row.state == "asked"


@pytest.mark.django_db(transaction=True)
def test_two_employees_decide_at_once_and_one_wins(now):
    """Compare and swap: exactly one decision stays, the other is told."""
    _person, practice, row = _asked(now)
    employees = [world.make_employee(practice) for _ in range(4)]
    outcomes, start = [], threading.Barrier(len(employees))

    def decide(employee, action, values):
        try:
            start.wait()
            _decide(employee, action, row, now, **values)
            outcomes.append(("ok", employee.pk))
        except RequestDecided:
            outcomes.append(("told", employee.pk))
        finally:
            connection.close()

    turns = [(actions.release_request, {}), (actions.refuse_request, {"reason": "Nee"})] * 2
    threads = [
        threading.Thread(target=decide, args=(employee, *turn)) for employee, turn in zip(employees, turns, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [employee for outcome, employee in outcomes if outcome == "ok"]
    assert (len(winners), len(outcomes)) == (1, 4)
    row.refresh_from_db()
    assert row.decided_by_id == winners[0]
