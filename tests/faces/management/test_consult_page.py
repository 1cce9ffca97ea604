"""What patients read before they ask (R17; ux 13, 51)."""

import pytest

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import ConsultSettings
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
PATH = "/beheer/vragen/"
VALUES = {
    "revision": 0, "emergency_adult": "pijn op de borst\r\n\r\n  benauwd ", "urgent_adult": "koorts",
    "emergency_child": "stuip", "urgent_child": "suf",
}  # fmt: skip


@pytest.fixture
def manager(desk_client):
    practice = world.make_practice()
    employee = world.make_employee(practice, role="manager")
    desk_client.sign_in(employee)
    desk_client.practice = practice
    return desk_client


def test_r17_the_lists_are_stored_one_sign_per_line_with_a_line_in_the_log(manager):
    assert "druk of pijn op de borst" in manager.get(PATH).content.decode()
    assert manager.post(PATH, VALUES).status_code == 302
    row = ConsultSettings.objects.get(practice=manager.practice)
    assert row.emergency_adult == "pijn op de borst\nbenauwd"
    assert AuditEvent.objects.filter(event="consult.settings_changed").count() == 1
    assert manager.post(PATH, {**VALUES, "revision": 1, "urgent_child": "slap"}).status_code == 302
    assert ConsultSettings.objects.get().urgent_child == "slap"


def test_ux51_the_preview_shows_what_is_typed_and_stores_nothing(manager):
    typed = {**VALUES, "emergency_child": "een nieuw ding"}
    page = manager.post(PATH, {**typed, "preview": "1"})
    part = manager.post(PATH, typed, headers={"HX-Request": "true"})
    for answer in (page, part):
        assert "<li>een nieuw ding</li>" in answer.content.decode()
    assert "<html" not in part.content.decode()
    assert not ConsultSettings.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"emergency_adult": ""}, {"urgent_child": "  \n "}, {"urgent_adult": "x" * 121},
        {"urgent_adult": "\n".join(str(one) for one in range(13))}, {"revision": "x"},
        {"emergency_adult": "a\x00b"},
    ],
)  # fmt: skip
def test_row32_no_empty_list_and_no_nonsense(manager, values):
    assert manager.post(PATH, {**VALUES, **values}).status_code == 422
    assert not ConsultSettings.objects.exists()


@pytest.mark.parametrize("revision", [0, 1])
def test_two_managers_at_once_the_second_is_told(manager, revision):
    assert manager.post(PATH, VALUES).status_code == 302
    if revision:
        manager.post(PATH, {**VALUES, "revision": 1, "urgent_child": "slap"})
    late = manager.post(PATH, {**VALUES, "revision": revision, "urgent_child": "te laat"})
    assert late.status_code == 409
    assert "Iemand anders heeft dit net gewijzigd" in late.content.decode()
    assert ConsultSettings.objects.get().urgent_child == ("slap" if revision else "suf")


def test_row6_only_who_manages_the_practice(desk_client):
    practice = world.make_practice()
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(practice, rights=without))
    assert desk_client.get(PATH).status_code == 403
    assert desk_client.post(PATH, VALUES).status_code == 403
    assert not ConsultSettings.objects.exists()
