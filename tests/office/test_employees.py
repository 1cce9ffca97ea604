"""Employees: the same ID everywhere (R5), rights (REQ 60), the last manager, and help with signing in (rows 13, 23)."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import check_password

from tests.conftest import acting
from tests.faces.entry_desk.staff import make_staff
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.office.actions import employees as actions
from zorgbalie.office.queries import employees as queries
from zorgbalie.practice.models import Employee, StaffSession, StaffUser
from zorgbalie.practice.types import (
    AlreadyEmployed,
    ChangedMeanwhile,
    EmployeeCodeDiffers,
    EmployeeCodeTaken,
    LastManager,
    PracticeKind,
)

pytestmark = pytest.mark.django_db


def _manager(practice=None):
    return world.make_employee(
        practice or world.make_practice(), role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE]
    )


def _add(manager, now, **values):
    viewer = world.viewer_of_employee(manager)
    given = {
        "email": "nieuw@praktijk.example", "name": "Nieuwe Collega", "employee_code": "nc1",
        "role": StaffRole.ASSISTANT, "rights": {StaffRight.READ_RECORD}, "account_ids": set(), **values,
    }  # fmt: skip
    with acting(viewer):
        return actions.add_employee(viewer=viewer, now=now, **given)


def _change(manager, employee, now, **values):
    viewer = world.viewer_of_employee(manager)
    with acting(viewer):
        found = queries.get_employee(viewer=viewer, employee_id=employee.pk)
        given = {
            "name": found.name, "employee_code": found.employee_code, "role": found.role, "rights": found.rights,
            "account_ids": found.account_ids, "version": found.version, **values,
        }  # fmt: skip
        actions.change_employee(viewer=viewer, employee_id=employee.pk, now=now, **given)


def test_req_70_new_employee_gets_a_password_for_one_sign_in_and_a_line_in_the_log(now):
    manager = _manager()
    added = _add(manager, now, email="Nieuw@Praktijk.example")
    employee = Employee.objects.select_related("user").get(pk=added.employee_id)
    assert (employee.practice_id, employee.user.email) == (manager.practice_id, "nieuw@praktijk.example")
    assert check_password(added.one_time_password, employee.user.password)
    assert employee.user.must_change_password
    assert employee.user.one_time_until is not None
    line = AuditEvent.objects.get(event="employee.added")
    assert (line.user_id, line.object_id) == (f"employee:{manager.pk}", str(employee.pk))
    assert line.detail["rights.after"] == "read_record"
    assert added.one_time_password not in str(line.detail)


def test_r5_same_person_must_have_the_same_id_at_every_practice(now):
    elsewhere = world.make_employee(world.make_practice(), employee_code="JdW")
    manager = _manager()
    with pytest.raises(EmployeeCodeDiffers) as refused:
        _add(manager, now, email=elsewhere.user.email, employee_code="anders")
    assert refused.value.field == "employee_code"
    assert "JdW" not in refused.value.message
    added = _add(manager, now, email=elsewhere.user.email, employee_code="jdw")
    assert added.one_time_password is None


def test_r5_id_cannot_be_changed_into_another_one_than_elsewhere(now):
    practice = world.make_practice()
    employee = world.make_employee(practice, employee_code="JdW")
    world.make_employee(world.make_practice(), employee_code="JdW", user=employee.user)
    with pytest.raises(EmployeeCodeDiffers):
        _change(_manager(practice), employee, now, employee_code="anders")
    employee.refresh_from_db()
    assert employee.employee_code == "JdW"


def test_r5_id_of_somebody_else_is_refused(now):
    practice = world.make_practice()
    world.make_employee(practice, employee_code="JdW")
    with pytest.raises(EmployeeCodeTaken):
        _add(_manager(practice), now, employee_code="JDW")


def test_who_is_in_the_list_is_not_added_twice(now):
    practice = world.make_practice()
    employee = world.make_employee(practice)
    with pytest.raises(AlreadyEmployed) as refused:
        _add(_manager(practice), now, email=employee.user.email)
    assert refused.value.field == "email"


def test_row_6_assistant_cannot_add_or_change_anybody(now):
    practice = world.make_practice()
    assistant = world.make_employee(practice, role=StaffRole.ASSISTANT, rights=[StaffRight.READ_RECORD])
    with pytest.raises(NotAllowed):
        _add(assistant, now)
    with pytest.raises(NotAllowed):
        _change(assistant, assistant, now, rights=set(StaffRight))
    assert not StaffUser.objects.filter(email="nieuw@praktijk.example").exists()
    assert AuditEvent.objects.filter(outcome="4", user_id=f"employee:{assistant.pk}").exists()


def test_row_5_manager_of_another_practice_finds_nobody(now):
    employee = world.make_employee(world.make_practice())
    stranger = world.viewer_of_employee(_manager())
    calls = [
        lambda: queries.get_employee(viewer=stranger, employee_id=employee.pk),
        lambda: actions.change_employee(
            viewer=stranger, employee_id=employee.pk, name="x", employee_code="xx", role=StaffRole.MANAGER,
            rights=set(), account_ids=set(), version="", now=now,
        ),
        lambda: actions.end_employment(viewer=stranger, employee_id=employee.pk, last_day=None, version="", now=now),
        lambda: actions.resume_employment(viewer=stranger, employee_id=employee.pk, version="", now=now),
        lambda: actions.reset_sign_in(viewer=stranger, employee_id=employee.pk, now=now),
        lambda: actions.unlock_sign_in(viewer=stranger, employee_id=employee.pk, now=now),
    ]  # fmt: skip
    before = Employee.objects.values().get(pk=employee.pk)
    for call in calls:
        with pytest.raises(NotVisible), acting(stranger):
            call()
    assert Employee.objects.values().get(pk=employee.pk) == before


def test_row_10_the_wall_keeps_another_practices_employee_even_past_the_checks():
    employee = world.make_employee(world.make_practice())
    stranger = world.viewer_of_employee(_manager())
    with acting(stranger):
        assert Employee.objects.filter(pk=employee.pk).update(rights=["manage_practice"]) == 0


def test_accounts_of_another_practice_are_left_out(now):
    practice = world.make_practice()
    own, foreign = world.make_account(practice), world.make_account(world.make_practice())
    employee = world.make_employee(practice)
    _change(_manager(practice), employee, now, account_ids={own.pk, foreign.pk})
    assert list(employee.accounts.values_list("pk", flat=True)) == [own.pk]


def test_gp_practice_has_no_pharmacist(now):
    with pytest.raises(actions.RoleDoesNotFit):
        _add(_manager(), now, role=StaffRole.PHARMACIST)


def test_the_last_manager_keeps_the_right_and_the_change_is_undone(now):
    manager = _manager()
    with pytest.raises(LastManager):
        _change(manager, manager, now, rights=set(), name="Andere Naam")
    manager.refresh_from_db()
    assert (manager.rights, manager.name != "Andere Naam") == (["manage_practice"], True)


@pytest.mark.parametrize("days", [None, 0, 30])
def test_the_last_manager_does_not_leave(now, days):
    manager = _manager()
    viewer = world.viewer_of_employee(manager)
    last_day = None if days is None else local_date(now) + timedelta(days=days)
    with acting(viewer):
        version = queries.get_employee(viewer=viewer, employee_id=manager.pk).version
    with pytest.raises(LastManager), acting(viewer):
        actions.end_employment(viewer=viewer, employee_id=manager.pk, last_day=last_day, version=version, now=now)
    manager.refresh_from_db()
    assert manager.ends_on is None


def test_a_manager_may_go_when_a_colleague_has_the_right(now):
    practice = world.make_practice()
    manager, _colleague = _manager(practice), _manager(practice)
    _change(manager, manager, now, rights=set())
    manager.refresh_from_db()
    assert manager.rights == []


def test_a_change_that_was_opened_before_somebody_elses_is_refused(now):
    practice = world.make_practice()
    manager, employee = _manager(practice), world.make_employee(practice)
    viewer = world.viewer_of_employee(manager)
    with acting(viewer):
        opened = queries.get_employee(viewer=viewer, employee_id=employee.pk).version
    _change(manager, employee, now, name="Eerst Opgeslagen")
    with pytest.raises(ChangedMeanwhile):
        _change(manager, employee, now, name="Te Laat", version=opened)
    employee.refresh_from_db()
    assert employee.name == "Eerst Opgeslagen"


def _end(manager, employee, now, last_day=None):
    viewer = world.viewer_of_employee(manager)
    with acting(viewer):
        version = queries.get_employee(viewer=viewer, employee_id=employee.pk).version
        actions.end_employment(viewer=viewer, employee_id=employee.pk, last_day=last_day, version=version, now=now)


def test_row_13_end_of_work_at_once_ends_the_sessions(now, desk_client):
    practice = world.make_practice()
    employee = world.make_employee(practice)
    desk_client.sign_in(employee)
    _end(_manager(practice), employee, now)
    assert not StaffSession.objects.exists()
    assert desk_client.get("/beveiliging/").status_code == 302


def test_row_13_who_works_elsewhere_too_stays_signed_in_there(now):
    from tests.conftest import DeskClient

    practice = world.make_practice()
    employee = world.make_employee(practice)
    other = world.make_employee(world.make_practice(), user=employee.user)
    there = DeskClient("desk", "zorgbalie_desk")
    there.sign_in(other)
    _end(_manager(practice), employee, now)
    assert there.get("/beveiliging/").status_code == 200


def test_reset_gives_a_password_takes_the_second_factor_and_ends_sessions(now, desk_client):
    practice = world.make_practice()
    employee = make_staff(practice)
    desk_client.sign_in(employee)
    viewer = world.viewer_of_employee(_manager(practice))
    with acting(viewer):
        assert queries.get_sign_in_state(viewer=viewer, employee_id=employee.pk, now=now).has_second_factor
        password = actions.reset_sign_in(viewer=viewer, employee_id=employee.pk, now=now)
        assert not queries.get_sign_in_state(viewer=viewer, employee_id=employee.pk, now=now).has_second_factor
    employee.user.refresh_from_db()
    assert check_password(password, employee.user.password)
    assert employee.user.must_change_password
    assert employee.user.one_time_until is not None
    assert not StaffSession.objects.exists()
    assert AuditEvent.objects.get(event="employee.sign_in_reset").object_id == str(employee.pk)


def test_reset_is_refused_for_who_works_at_another_practice_too(now):
    practice = world.make_practice()
    employee = make_staff(practice)
    world.make_employee(world.make_practice(), user=employee.user)
    before = StaffUser.objects.get(pk=employee.user_id).password
    viewer = world.viewer_of_employee(_manager(practice))
    with pytest.raises(actions.SignInShared), acting(viewer):
        actions.reset_sign_in(viewer=viewer, employee_id=employee.pk, now=now)
    assert StaffUser.objects.get(pk=employee.user_id).password == before


def test_adding_somebody_of_another_practice_opens_no_way_into_that_practice(now):
    target = make_staff(world.make_practice(), employee_code="JdW")
    manager = _manager()
    _add(manager, now, email=target.user.email, employee_code="JdW")
    mine = Employee.objects.get(practice=manager.practice, user=target.user)
    viewer = world.viewer_of_employee(manager)
    with pytest.raises(actions.SignInShared), acting(viewer):
        actions.reset_sign_in(viewer=viewer, employee_id=mine.pk, now=now)


def test_req_60_nobody_is_changed_into_a_function_that_the_practice_does_not_have(now):
    """A pharmacy with a GP would read as a GP."""
    pharmacy = world.make_practice(PracticeKind.PHARMACY)
    employee = world.make_employee(pharmacy, role=StaffRole.PHARMACIST)
    with pytest.raises(actions.RoleDoesNotFit):
        _change(_manager(pharmacy), employee, now, role=StaffRole.GP)
    employee.refresh_from_db()
    assert employee.role == StaffRole.PHARMACIST


def test_row_23_adding_somebody_of_another_practice_lifts_no_lock_out_of_that_person(now, desk_client):
    """Else a manager could add a doctor of a neighbour, and guess without end."""
    target = make_staff(world.make_practice(), employee_code="JdW")
    manager = _manager()
    _add(manager, now, email=target.user.email, employee_code="JdW")
    mine = Employee.objects.get(practice=manager.practice, user=target.user)
    AccessAttempt.objects.create(username=target.user.email, failures_since_start=10)
    viewer = world.viewer_of_employee(manager)
    with pytest.raises(actions.SignInShared), acting(viewer):
        actions.unlock_sign_in(viewer=viewer, employee_id=mine.pk, now=now)
    assert AccessAttempt.objects.exists()
    desk_client.sign_in(manager)
    assert desk_client.post(f"/beheer/medewerkers/{mine.pk}/blokkade/").status_code == 302
    assert AccessAttempt.objects.exists()


def test_manager_does_not_reset_himself(now):
    manager = _manager()
    viewer = world.viewer_of_employee(manager)
    with pytest.raises(actions.NotForYourself), acting(viewer):
        actions.reset_sign_in(viewer=viewer, employee_id=manager.pk, now=now)


def test_one_time_passwords_differ_and_are_long():
    made = {actions.make_one_time_password() for _number in range(200)}
    assert len(made) == 200
    assert {len(one) for one in made} == {19}


def test_list_searches_sorts_and_asks_a_fixed_number_of_queries(django_assert_num_queries):
    practice = world.make_practice()
    viewer = world.viewer_of_employee(_manager(practice))
    for count in (1, 30):
        while Employee.objects.filter(practice=practice).count() < count:
            employee = world.make_employee(practice)
            employee.accounts.set([world.make_account(practice)])
        with acting(viewer), django_assert_num_queries(2):
            assert len(queries.list_employees(viewer=viewer)) == count
    with acting(viewer):
        everybody = queries.list_employees(viewer=viewer, sort="-code")
        assert everybody == sorted(everybody, key=lambda one: one.employee_code.casefold(), reverse=True)
        one = everybody[3]
        assert queries.list_employees(viewer=viewer, search=one.email.upper()) == [one]
        assert queries.list_employees(viewer=viewer, search="zzz") == []
