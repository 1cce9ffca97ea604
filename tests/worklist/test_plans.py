"""Work is given to somebody with a day, and put on the list by hand (REQ 42; ux 46, 47; rows 5, 6, 48)."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.architecture.test_wall_writes import refused
from tests.conftest import acting
from tests.factories import world, writing
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.worklist import actions, queries
from zorgbalie.worklist.models import ActionNote, WorkItem
from zorgbalie.worklist.types import ActionNotUsable, ItemFilter, ItemKind, ItemPlan, ItemTaken, PlanNotUsable

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 30)


@pytest.fixture
def place():
    patient, practice = world.make_patient_with_open_record()
    return patient, practice, world.make_employee(practice)


def version_of(viewer, item, now):
    with acting(viewer):
        return queries.get_item(viewer=viewer, item_id=item.pk, now=now)[0].version


def plan(viewer, item, now, shown=None, **values):
    shown = shown or version_of(viewer, item, now)
    with acting(viewer):
        actions.plan_item(viewer=viewer, item_id=item.pk, plan=ItemPlan(**values), shown_version=shown, now=now)
    item.refresh_from_db()


def test_req42_an_item_goes_to_a_colleague_and_to_the_list_of_a_doctor(place, now):
    patient, practice, employee = place
    viewer, colleague = world.viewer_of_employee(employee), world.make_employee(practice)
    account = practice.accounts.get()
    item = world.add_work_item(patient, practice)
    plan(viewer, item, now, account_id=account.pk)
    assert (item.account_id, item.assigned_to_id) == (account.pk, None)
    plan(viewer, item, now, employee_id=colleague.pk, due_on=DAY, is_urgent=True)
    assert (item.account_id, item.assigned_to_id, item.is_urgent) == (account.pk, colleague.pk, True)
    assert item.due_at == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    plan(viewer, item, now)
    assert (item.account_id, item.assigned_to_id, item.due_at, item.is_urgent) == (None, None, None, False)
    events = AuditEvent.objects.exclude(event="worklist.read").values_list("event", flat=True)
    assert set(events) == {"worklist.assign"}


def test_the_second_of_two_is_told_and_a_double_press_is_one(place, now):
    patient, practice, employee = place
    viewer, colleague = world.viewer_of_employee(employee), world.make_employee(practice, name="Collega Snel")
    item = world.add_work_item(patient, practice)
    shown = version_of(viewer, item, now)
    plan(viewer, item, now, shown, employee_id=colleague.pk)
    plan(viewer, item, now, shown, employee_id=colleague.pk)
    with pytest.raises(ItemTaken):
        plan(viewer, item, now, shown, employee_id=employee.pk)
    item.refresh_from_db()
    assert item.assigned_to_id == colleague.pk
    WorkItem.objects.update(state="done", done_by=colleague)
    with pytest.raises(ItemTaken, match="Collega Snel heeft dit net afgehandeld"):
        plan(viewer, item, now, "x" * 16, is_urgent=True)


@pytest.mark.parametrize(
    "values",
    [{"due_on": date(2026, 11, 23)}, {"due_on": date(2029, 1, 1)}, {"employee_id": 2**60}, {"account_id": 2**60}],
)
def test_a_plan_that_cannot_be_is_refused(place, now, values):
    patient, practice, employee = place
    item = world.add_work_item(patient, practice)
    with pytest.raises(PlanNotUsable):
        plan(world.viewer_of_employee(employee), item, now, **values)


def test_row6_work_goes_only_to_a_colleague_here_today_with_the_right_that_it_needs(place, now):
    patient, practice, employee = place
    item = world.add_work_item(patient, practice, for_right="release_record")
    others = [
        world.make_employee(practice, rights=[StaffRight.READ_RECORD]),
        world.make_employee(practice, ends_on=date(2026, 11, 23)),
        world.make_employee(world.make_practice()),
    ]
    viewer = world.viewer_of_employee(employee)
    with acting(viewer):
        _row, team = queries.get_item(viewer=viewer, item_id=item.pk, now=now)
    assert [pk for pk, _name in team.colleagues] == [employee.pk]
    for other in others:
        with pytest.raises(PlanNotUsable):
            plan(viewer, item, now, employee_id=other.pk)


def test_rows5_6_items_of_another_practice_and_without_the_right_are_not_planned(place, now):
    patient, practice, _ = place
    item = world.add_work_item(patient, practice, for_right="release_record")
    stranger = world.viewer_of_employee(world.make_employee(world.make_practice()))
    without = world.viewer_of_employee(world.make_employee(practice, rights=[StaffRight.READ_RECORD]))
    for viewer, error in ((stranger, NotVisible), (without, NotAllowed)):
        with pytest.raises(error):
            plan(viewer, item, now, "x" * 16, is_urgent=True)
        with pytest.raises(error):
            version_of(viewer, item, now)
    item.refresh_from_db()
    assert not item.is_urgent


def add(viewer, patient, now, text="Bel over de uitslag", token="a" * 32, **values):
    wanted = ItemPlan(**{"due_on": DAY, **values})
    with acting(viewer):
        return actions.add_action(viewer=viewer, patient_id=patient.pk, text=text, plan=wanted, token=token, now=now)


def test_req42_an_action_by_hand_stands_on_the_list_with_its_text_and_day(place, now):
    patient, _practice, employee = place
    viewer = world.viewer_of_employee(employee)
    add(viewer, patient, now, employee_id=employee.pk)
    with acting(viewer):
        [row] = queries.list_items(viewer=viewer, wanted=ItemFilter(kind=ItemKind.ACTION), page=1, now=now).rows
    assert (row.action_text, row.is_mine, row.is_overdue, row.can_be_closed) == (
        "Bel over de uitslag",
        True,
        False,
        True,
    )
    lines = set(AuditEvent.objects.values_list("event", "kind", "patient_id"))
    assert {("action.create", "action_notes", patient.pk), ("action.list", "action_notes", patient.pk)} <= lines
    with acting(viewer):
        actions.close_item(viewer=viewer, item_id=row.item_id, now=now)
    assert WorkItem.objects.get().done_by_id == employee.pk


def test_row48_the_same_form_twice_is_one_action_and_another_text_is_refused(place, now):
    patient, _, employee = place
    viewer = world.viewer_of_employee(employee)
    assert add(viewer, patient, now) == add(viewer, patient, now)
    with pytest.raises(ActionNotUsable):
        add(viewer, patient, now, text="Iets anders")
    assert (ActionNote.objects.count(), WorkItem.objects.count()) == (1, 1)


@pytest.mark.parametrize("values", [{"text": "  "}, {"text": "x" * 301}, {"due_on": None}])
def test_an_action_without_text_or_day_is_refused(place, now, values):
    patient, _, employee = place
    with pytest.raises(ActionNotUsable):
        add(world.viewer_of_employee(employee), patient, now, **values)


def test_rows5_6_who_may_not_read_the_record_neither_reads_nor_writes_actions(place, now):
    patient, practice, employee = place
    writing.add_action(patient, employee, text="Geheim", for_right="")
    stranger = world.viewer_of_employee(world.make_employee(world.make_practice()))
    with pytest.raises(NotVisible):
        add(stranger, patient, now)
    for role, rights in (
        (StaffRole.ASSISTANT, [StaffRight.PUBLISH_RESULTS]),
        (StaffRole.MANAGER, list(StaffRight)),
    ):
        viewer = world.viewer_of_employee(world.make_employee(practice, role=role, rights=rights))
        with pytest.raises(NotAllowed):
            add(viewer, patient, now)
        with acting(viewer):
            [row] = queries.list_items(viewer=viewer, wanted=ItemFilter(), page=1, now=now).rows
        assert row.action_text == ""


def test_row10_the_wall_alone_shows_an_action_to_who_may_read_records_here(place, now):
    patient, practice, employee = place
    writing.add_action(patient, employee)
    read = "SELECT text FROM worklist_actionnote"

    def seen(who):
        with acting(world.viewer_of_employee(who)), connection.cursor() as cursor:
            cursor.execute(read)
            return len(cursor.fetchall())

    without = world.make_employee(practice, rights=[StaffRight.PUBLISH_RESULTS])
    stranger = world.make_employee(world.make_practice())
    assert [seen(who) for who in (employee, without, stranger)] == [1, 0, 0]
    assert refused(world.viewer_of_patient(patient), read)
    assert refused(world.viewer_of_employee(employee), "UPDATE worklist_actionnote SET text = 'x'")
    insert = (
        "INSERT INTO worklist_actionnote (practice_id, patient_id, author_id, text, token) VALUES (%s,%s,%s,'x','t')"
    )
    assert refused(world.viewer_of_employee(stranger), insert, [stranger.practice_id, patient.pk, stranger.pk])
    assert refused(world.viewer_of_employee(stranger), insert, [practice.pk, patient.pk, stranger.pk])
    patient_row = practice.enrolments.get(person=patient)
    patient_row.ended_at = now
    patient_row.save()
    assert seen(employee) == 0


def test_late_work_stands_on_top_also_across_pages(place, now):
    patient, practice, employee = place
    for number in range(40):
        late = number % 4 == 0
        world.add_work_item(
            patient, practice, is_urgent=number == 1, due_at=now - timedelta(days=number) if late else None
        )
    viewer, found = world.viewer_of_employee(employee), []
    for page in (1, 2):
        with acting(viewer):
            found += queries.list_items(viewer=viewer, wanted=ItemFilter(), page=page, now=now).rows
    assert [row.is_overdue for row in found] == [True] * 9 + [False] * 31
    assert [row.due_at for row in found[:9]] == sorted(row.due_at for row in found[:9])
    assert (found[9].is_urgent, len({row.item_id for row in found})) == (True, 40)


def test_filters_by_colleague_account_and_nobody_and_counts_per_tab(place, now):
    patient, practice, employee = place
    account, colleague = practice.accounts.get(), world.make_employee(practice)
    account.members.add(employee)
    free = world.add_work_item(patient, practice)
    hers = world.add_work_item(patient, practice, assigned_to=colleague)
    his = world.add_work_item(patient, practice, account=account)
    viewer = world.viewer_of_employee(employee)

    def shown(**values):
        with acting(viewer):
            rows = queries.list_items(viewer=viewer, wanted=ItemFilter(**values), page=1, now=now).rows
        return {row.item_id for row in rows}

    assert shown(employee_id=colleague.pk) == {hers.pk}
    assert shown(account_id=account.pk) == {his.pk}
    assert shown(only_free=True) == {free.pk, his.pk}
    writing.add_action(patient, employee)
    with acting(viewer):
        counts = queries.count_items(viewer=viewer)
    assert (counts.open, counts.mine, counts.actions) == (4, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_give_one_item_away_and_one_is_told(now):
    practice = world.make_practice()
    item = WorkItem.objects.create(practice=practice, kind="automatic_release", about_id=1)
    employees = [world.make_employee(practice) for _ in range(4)]
    shown = version_of(world.viewer_of_employee(employees[0]), item, now)
    outcomes, start = [], threading.Barrier(len(employees))

    def give(employee):
        viewer = world.viewer_of_employee(employee)
        try:
            start.wait()
            with acting(viewer):
                wanted = ItemPlan(employee_id=employee.pk)
                actions.plan_item(viewer=viewer, item_id=item.pk, plan=wanted, shown_version=shown, now=now)
            outcomes.append(employee.pk)
        except ItemTaken:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(employee,)) for employee in employees]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item.refresh_from_db()
    assert [one for one in outcomes if one] == [item.assigned_to_id]
    assert len(outcomes) == 4
