"""Rules per kind of result as settings (REQ 64; ux 51; rows 6, 7, 27, 32, 48)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import world
from tests.factories.result_kinds import make_kind
from zorgbalie.audit.models import AuditEvent
from zorgbalie.faces.management.result_kind_words import examples, sentences
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import ResultKind
from zorgbalie.record.types.result_kinds import HearBy, ResultRule

pytestmark = pytest.mark.django_db
LIST = "/beheer/uitslagen/"
VALUES = {"name": "Test op soa", "words": "soa, hiv", "uses_portal": "on", "first": "online", "wait_days": "0"}


@pytest.fixture
def manager(desk_client):
    employee = world.make_employee(world.make_practice(), role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE])
    desk_client.sign_in(employee)
    return employee


def own(manager):
    rows = ResultKind.objects.filter(practice_id=manager.practice_id, removed_at__isnull=True)
    return list(rows.order_by("is_rest", "position", "pk"))


def save(client, path, **values):
    version = re.search(r'name="version" value="([^"]*)"', client.get(path).content.decode())[1]
    return client.post(path, {**VALUES, "version": version, **values})


def test_req64_a_kind_is_made_changed_and_removed_and_each_stands_in_the_log(desk_client, manager):
    assert save(desk_client, f"{LIST}nieuw/", words="soa,\nhiv; soa").status_code == 302
    [row] = own(manager)
    assert (row.name, row.words, row.uses_portal, row.wait_days) == ("Test op soa", ["soa", "hiv"], True, 0)
    path = f"{LIST}{row.pk}/"
    assert save(desk_client, path, uses_portal="", wait_days="7", first="call", codes="352").status_code == 302
    [row] = own(manager)
    assert (row.uses_portal, row.wait_days, row.first, row.codes) == (False, 7, "call", ["352"])
    assert "Test op soa" in desk_client.get(f"{path}weg/").content.decode()
    desk_client.post(f"{path}weg/", {"version": str(row.revision)})
    assert own(manager) == []
    assert desk_client.get(path).status_code == 404
    events = AuditEvent.objects.filter(object_type="result_kind").order_by("pk")
    assert [one.event for one in events] == ["result_kind.created", "result_kind.changed", "result_kind.removed"]
    assert events[1].detail["wait_days"] == "0 → 7"


def test_a_name_can_be_used_again_after_removal_and_not_twice_at_once(desk_client, manager):
    make_kind(manager.practice, name="Test op soa", removed_at=world.MOMENT)
    assert save(desk_client, f"{LIST}nieuw/").status_code == 302
    answer = save(desk_client, f"{LIST}nieuw/")
    assert (answer.status_code, len(own(manager))) == (422, 1)
    assert "Er is al een soort met deze naam." in answer.content.decode()


def test_row48_of_two_managers_the_second_is_told_and_nothing_is_lost(desk_client, manager):
    row = make_kind(manager.practice, words=["x1"])
    save(desk_client, f"{LIST}{row.pk}/", wait_days="3")
    answer = desk_client.post(f"{LIST}{row.pk}/", {**VALUES, "wait_days": "9", "version": "0"})
    assert "Iemand anders heeft dit net gewijzigd" in answer.content.decode()
    assert own(manager)[0].wait_days == 3
    desk_client.post(f"{LIST}{row.pk}/weg/", {"version": "0"})
    assert len(own(manager)) == 1


def test_the_rule_for_the_rest_is_made_once_and_cannot_be_removed(desk_client, manager):
    values = {"uses_portal": "on", "first": "online", "wait_days": "2", "version": "0"}
    for days in ("2", "5"):
        save(desk_client, f"{LIST}andere/", wait_days=days)
    [row] = own(manager)
    assert (row.is_rest, row.wait_days, row.words) == (True, 5, [])
    assert desk_client.post(f"{LIST}andere/", values).status_code in (200, 422)
    assert desk_client.get(f"{LIST}{row.pk}/weg/").status_code == 404
    assert desk_client.post(f"{LIST}{row.pk}/weg/", {"version": str(row.revision)}).status_code == 404
    assert own(manager) == [row]


def test_kinds_move_up_and_down_and_no_further(desk_client, manager):
    first, second, third = (make_kind(manager.practice, name=name) for name in "ABC")
    for pk, way in ((third.pk, "boven"), (first.pk, "boven"), (second.pk, "onder"), (first.pk, "onder")):
        assert desk_client.post(f"{LIST}{pk}/plaats/", {"naar": way}).status_code == 302
    assert [row.name for row in own(manager)] == ["C", "A", "B"]


def test_the_examples_are_put_ready_once_and_leave_ones_own_alone(desk_client, manager):
    make_kind(manager.practice, name="Test op soa", words=["eigen"])
    for _ in range(2):
        assert desk_client.post(f"{LIST}voorbeelden/").status_code == 302
    rows = own(manager)
    assert len(rows) == len(examples())
    assert [row.words for row in rows if row.name == "Test op soa"] == [["eigen"]]
    text = desk_client.get(LIST).content.decode()
    assert "U belt de patiënt eerst" not in text  # the own kind has no such rule
    assert "niet in het portaal" in text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"words": "", "codes": ""}, "words"),
        ({"words": "a"}, "words"),
        ({"words": "x" * 41}, "words"),
        ({"codes": ",".join(str(number) for number in range(61))}, "codes"),
        ({"words": "so\x00a"}, "words"),
        ({"wait_days": "61"}, "wait_days"),
        ({"wait_days": "-1"}, "wait_days"),
        ({"wait_days": "9" * 40}, "wait_days"),
        ({"wait_days": "morgen"}, "wait_days"),
        ({"first": "fax"}, "first"),
    ],
)
def test_row32_nonsense_is_answered_at_the_field_and_nothing_is_stored(desk_client, manager, values, field):
    answer = save(desk_client, f"{LIST}nieuw/", **values)
    assert (answer.status_code, own(manager)) == (422, [])
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1", "²"])
def test_row32_a_strange_version_changes_nothing(desk_client, manager, version):
    row = make_kind(manager.practice, words=["x1"])
    desk_client.post(f"{LIST}{row.pk}/", {**VALUES, "version": version})
    desk_client.post(f"{LIST}{row.pk}/weg/", {"version": version})
    assert [one.name for one in own(manager)] == [row.name]


def test_row7_other_fields_are_ignored(desk_client, manager):
    other = world.make_practice()
    hostile = {"practice": other.pk, "practice_id": other.pk, "position": "99", "is_rest": "on", "removed_at": "2020"}
    save(desk_client, f"{LIST}nieuw/", **hostile)
    [row] = own(manager)
    assert (row.position, row.is_rest, row.removed_at) == (0, False, None)
    assert not ResultKind.objects.filter(practice=other).exists()


def test_row5_a_kind_of_another_practice_is_not_found(desk_client, manager):
    row = make_kind(world.make_practice(), name="Geheim", words=["x1"])
    for path in (f"{LIST}{row.pk}/", f"{LIST}{row.pk}/weg/"):
        assert desk_client.get(path).status_code == 404
        assert desk_client.post(path, {**VALUES, "version": "0"}).status_code == 404
    assert desk_client.post(f"{LIST}{row.pk}/plaats/", {"naar": "boven"}).status_code == 404
    assert "Geheim" not in desk_client.get(LIST).content.decode()
    row.refresh_from_db()
    assert (row.name, row.removed_at) == ("Geheim", None)


def test_row6_without_the_right_each_page_is_refused(desk_client):
    practice = world.make_practice()
    row = make_kind(practice)
    rights = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(practice, rights=rights))
    pages = ["", "nieuw/", "andere/", f"{row.pk}/", f"{row.pk}/weg/"]
    assert [desk_client.get(LIST + page).status_code for page in pages] == [403] * len(pages)
    posts = ["nieuw/", "andere/", "voorbeelden/", "voorbeeld/", f"{row.pk}/", f"{row.pk}/weg/", f"{row.pk}/plaats/"]
    assert [desk_client.post(LIST + page, VALUES).status_code for page in posts] == [403] * len(posts)
    assert ResultKind.objects.filter(removed_at__isnull=True).count() == 1


def test_ux51_the_preview_says_what_is_filled_in_and_stores_nothing(desk_client, manager):
    text = desk_client.post(f"{LIST}voorbeeld/", {**VALUES, "wait_days": "3"}).content.decode()
    assert "niet eerder dan 3 dagen nadat u hem kreeg" in text
    assert "<html" not in text
    page = desk_client.post(f"{LIST}nieuw/", {**VALUES, "first": "visit", "preview": "1", "version": "0"})
    assert "hoort het eerst op het spreekuur" in page.content.decode()
    assert own(manager) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({}, "zodra u hem publiceert"),
        ({"uses_portal": False, "first": HearBy.CALL}, "leest deze uitslagen niet in het portaal"),
        ({"wait_days": 1}, "dan 1 dag nadat"),
        ({"first": HearBy.CALL, "wait_days": 5}, "U belt de patiënt eerst"),
    ],
)
def test_ux51_each_rule_has_a_sentence(rule, words):
    assert words in sentences(ResultRule(kind_id=None, name="x", **rule))[0]


def test_row27_a_name_is_text(desk_client, manager):
    row = make_kind(manager.practice, name="<script>alert(1)</script>", words=["<b>"])
    for path in (LIST, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/weg/"):
        assert b"<script>alert" not in desk_client.get(path).content


def test_the_list_costs_the_same_for_one_and_for_thirty_kinds(desk_client, manager):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk_client.get(LIST).status_code == 200
        return len(queries)

    make_kind(manager.practice)
    desk_client.get(LIST)
    few = cost()
    for _ in range(29):
        make_kind(manager.practice)
    assert cost() == few
