"""The inbox: what is in it for whom, in which order, and taking and closing items (REQ 41, 42, 55; ux 47, 49)."""

from datetime import timedelta

import pytest

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return world.make_practice()


@pytest.fixture
def employee(practice):
    return world.make_employee(practice)


def _item(practice, person=None, **values):
    if person is None:
        person = world.make_person()
        world.enrol(person, practice)
    defaults = {"kind": "access_request", "about_id": world.next_number(), "for_right": "release_record"}
    return WorkItem.objects.create(practice=practice, person=person, **{**defaults, **values})


def _names(response):
    return [row.patient_name for row, _kind, _href in response.context["items"]]


def test_empty_inbox_says_that_all_is_answered(desk_client, employee):
    desk_client.sign_in(employee)
    assert "Alles beantwoord" in desk_client.get("/").content.decode()


def test_anonymous_is_sent_to_sign_in(desk_client, practice):
    _item(practice)
    assert desk_client.get("/").status_code == 302


def test_urgent_first_then_the_oldest(desk_client, practice, employee, now):
    old, young, urgent = (_item(practice) for _ in range(3))
    WorkItem.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=3))
    WorkItem.objects.filter(pk=young.pk).update(created_at=now)
    WorkItem.objects.filter(pk=urgent.pk).update(created_at=now, is_urgent=True)
    desk_client.sign_in(employee)
    shown = [row.item_id for row, _kind, _href in desk_client.get("/").context["items"]]
    assert shown == [urgent.pk, old.pk, young.pk]


def test_row40_each_patient_named_gives_a_line_in_the_log(desk_client, practice, employee):
    item = _item(practice)
    desk_client.sign_in(employee)
    desk_client.get("/")
    assert AuditEvent.objects.get(event="worklist.list").patient_id == item.person_id


def test_item_that_needs_a_right_is_left_out_for_who_lacks_it(desk_client, practice):
    _item(practice)
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.READ_RECORD]))
    assert _names(desk_client.get("/")) == []


def test_row5_items_of_another_practice_are_not_there(desk_client, employee):
    _item(world.make_practice())
    desk_client.sign_in(employee)
    assert _names(desk_client.get("/")) == []


def test_filters_by_kind_by_mine_and_by_name(desk_client, practice, employee):
    person = world.make_person(family_name="Zwaluw")
    world.enrol(person, practice)
    by_name = _item(practice, person)
    mine = _item(practice, assigned_to=employee)
    kind = _item(practice, kind="agreement_to_sign", for_right="sign_agreement")
    desk_client.sign_in(employee)

    def shown(query):
        return [row.item_id for row, _kind, _href in desk_client.get("/" + query).context["items"]]

    assert shown("?q=zwal") == [by_name.pk]
    assert shown("?van=mij") == [mine.pk]
    assert shown("?soort=agreement_to_sign") == [kind.pk]
    assert shown("?soort=nonsense&van=x&page=0") == [by_name.pk, mine.pk, kind.pk]


def test_take_give_back_and_a_colleague_was_first(desk_client, practice, employee):
    item, colleague = _item(practice), world.make_employee(practice, name="Collega Snel")
    desk_client.sign_in(employee)
    desk_client.post(f"/postvak/{item.pk}/pakken/", {"van": ""})
    item.refresh_from_db()
    assert item.assigned_to_id == employee.pk
    desk_client.post(f"/postvak/{item.pk}/teruggeven/")
    WorkItem.objects.filter(pk=item.pk).update(assigned_to=colleague)
    answer = desk_client.post(f"/postvak/{item.pk}/pakken/", {"van": ""}, follow=True)
    item.refresh_from_db()
    assert item.assigned_to_id == colleague.pk
    assert "Collega Snel heeft dit net opgepakt" in answer.content.decode()
    desk_client.post(f"/postvak/{item.pk}/pakken/", {"van": colleague.pk})
    item.refresh_from_db()
    assert item.assigned_to_id == employee.pk


def test_notice_is_closed_by_hand_and_stands_under_done(desk_client, practice, employee):
    notice, work = _item(practice, kind="automatic_release"), _item(practice)
    desk_client.sign_in(employee)
    for item in (notice, work):
        desk_client.post(f"/postvak/{item.pk}/afhandelen/")
    notice.refresh_from_db()
    work.refresh_from_db()
    assert (notice.state, notice.done_by_id, work.state) == ("done", employee.pk, "open")
    done = desk_client.get("/?gedaan=1").context["items"]
    assert [row.item_id for row, _kind, _href in done] == [notice.pk]


@pytest.mark.parametrize("verb", ["pakken", "teruggeven", "afhandelen"])
def test_row5_row6_items_of_others_cannot_be_changed(desk_client, practice, verb):
    item = _item(practice, kind="automatic_release")
    desk_client.sign_in(world.make_employee(world.make_practice()))
    assert desk_client.post(f"/postvak/{item.pk}/{verb}/").status_code == 404
    desk_client.sign_in(world.make_employee(practice, rights=[]))
    assert desk_client.post(f"/postvak/{item.pk}/{verb}/").status_code == 403
    assert desk_client.get(f"/postvak/{item.pk}/{verb}/").status_code == 405
    item.refresh_from_db()
    assert (item.state, item.assigned_to_id) == ("open", None)


def test_row31_the_way_back_takes_parameters_and_no_address(desk_client, practice, employee):
    item = _item(practice)
    desk_client.sign_in(employee)
    answer = desk_client.post(f"/postvak/{item.pk}/pakken/", {"back": "q=jan&next=https://elders.example/&page=2"})
    assert answer["Location"] == "/?q=jan&page=2"


@pytest.mark.parametrize("count", [1, 30])
def test_page_costs_a_fixed_number_of_queries(desk_client, practice, employee, count, django_assert_max_num_queries):
    for _ in range(count):
        _item(practice, assigned_to=employee)
    desk_client.sign_in(employee)
    with desk_client.stay(), django_assert_max_num_queries(22):
        assert len(desk_client.get("/?q=canarie").context["items"]) == min(count, 25)


def test_row32_a_number_too_long_for_the_database_is_a_404(desk_client, employee):
    desk_client.sign_in(employee)
    assert desk_client.post(f"/postvak/{'9' * 30}/pakken/").status_code == 404
    assert desk_client.post(f"/postvak/{'9' * 18}/pakken/").status_code == 404
