"""The work list below its page: one open item per subject, taking by compare and swap, cost at size (ux 47)."""

import threading

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId
from zorgbalie.worklist import actions, queries
from zorgbalie.worklist.models import WorkItem
from zorgbalie.worklist.types import ItemFilter, ItemKind, ItemTaken

pytestmark = pytest.mark.django_db


def test_row_5_an_item_of_another_practice_is_not_found_by_its_number():
    """Also without the second wall: as the owner of the tables, so only our own condition decides."""
    item = WorkItem.objects.create(practice=world.make_practice(), kind="automatic_release", about_id=1)
    viewer = world.viewer_of_employee(world.make_employee(world.make_practice()))
    with pytest.raises(NotVisible):
        queries.find_visible_row(viewer=viewer, item_id=item.pk)


def test_same_subject_gives_one_open_item_and_again_one_after_it_was_done(now):
    practice = world.make_practice()
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer):
        for _ in range(2):
            actions.add_item(practice_id=practice.pk, kind=ItemKind.ACCESS_REQUEST, about_id=7)
        done = actions.finish_items(
            viewer=viewer, practice_id=practice.pk, kind=ItemKind.ACCESS_REQUEST, about_id=7, now=now
        )
        actions.add_item(practice_id=practice.pk, kind=ItemKind.ACCESS_REQUEST, about_id=7)
    assert (done, sorted(WorkItem.objects.values_list("state", flat=True))) == (1, ["done", "open"])


def test_patient_has_no_work_list(now):
    person, _practice = world.make_patient_with_open_record()
    viewer = world.viewer_of_patient(person)
    with pytest.raises(NotVisible), acting(viewer):
        queries.list_items(viewer=viewer, wanted=ItemFilter(), page=1, now=now)


def test_count_for_the_menu_stops_at_a_hundred():
    practice = world.make_practice()
    WorkItem.objects.bulk_create(
        WorkItem(practice=practice, kind="automatic_release", about_id=number) for number in range(120)
    )
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer):
        assert queries.count_open_items(viewer=viewer) == 100


def test_item_of_somebody_who_left_shows_no_name(now):
    practice = world.make_practice()
    WorkItem.objects.create(practice=practice, kind="emergency_review", about_id=1, person=world.make_person())
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer):
        [row] = queries.list_items(viewer=viewer, wanted=ItemFilter(), page=1, now=now).rows
    assert (row.patient_name, row.birth_date) == ("", None)


def test_hundred_thousand_items_cost_the_same_queries_and_use_the_index(now, django_assert_max_num_queries):
    practice, other = world.make_practice(), world.make_practice()
    people = []
    for _ in range(30):
        person = world.make_person()
        world.enrol(person, practice)
        people.append(person)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO worklist_workitem (practice_id, kind, about_id, person_id, for_right, state, is_urgent)"
            " SELECT CASE WHEN n %% 10 = 0 THEN %s ELSE %s END, 'access_request', n, (%s::bigint[])[n %% 30 + 1],"
            " 'release_record', 'open', false FROM generate_series(1, 100000) n",
            [other.pk, practice.pk, [person.pk for person in people]],
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE worklist_workitem")
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer), django_assert_max_num_queries(5):
        listing = queries.list_items(viewer=viewer, wanted=ItemFilter(), page=2, now=now)
    assert (listing.total, len(listing.rows)) == (90_000, 25)
    with acting(viewer):
        plan = queries._filtered(viewer, ItemFilter()).order_by("-is_urgent", "created_at", "pk")[25:50].explain()
    assert "open_items_by_practice" in plan
    assert "Sort" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_employees_take_one_item_and_one_has_it(now):
    practice = world.make_practice()
    item = WorkItem.objects.create(practice=practice, kind="automatic_release", about_id=1)
    employees = [world.make_employee(practice) for _ in range(4)]
    outcomes, start = [], threading.Barrier(len(employees))

    def take(employee):
        viewer = world.viewer_of_employee(employee)
        try:
            start.wait()
            with acting(viewer):
                actions.assign_to_me(viewer=viewer, item_id=item.pk, shown_with=None, now=now)
            outcomes.append(EmployeeId(employee.pk))
        except ItemTaken:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(employee,)) for employee in employees]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item.refresh_from_db()
    assert [one for one in outcomes if one] == [item.assigned_to_id]
    assert len(outcomes) == 4
