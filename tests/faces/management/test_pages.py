"""Every settings page: the manager sees it, others do not (row 6), and it asks a bounded number of queries."""

import pytest

from tests.factories import world
from zorgbalie.kernel.viewer import StaffRight, StaffRole

pytestmark = pytest.mark.django_db

PAGES = [
    "/beheer/praktijk/", "/beheer/online-inzage/", "/beheer/accounts/", "/beheer/accounts/nieuw/",
    "/beheer/accounts/overnemen/", "/beheer/medewerkers/", "/beheer/medewerkers/nieuw/", "/beheer/medewerkers/rechten/",
    "/beheer/groepen/", "/beheer/groepen/nieuw/", "/beheer/overeenkomst/", "/beheer/overeenkomst/nieuw/",
]  # fmt: skip


@pytest.fixture
def manager(desk_client):
    employee = world.make_employee(world.make_practice(), role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE])
    desk_client.sign_in(employee)
    return employee


@pytest.mark.parametrize("path", PAGES)
def test_row_6_manager_sees_the_page(desk_client, manager, path):
    assert desk_client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_row_6_employee_without_the_right_is_refused(desk_client, path):
    rights = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(world.make_practice(), rights=rights))
    assert desk_client.get(path).status_code == 403
    assert desk_client.post(path, {"name": "x"}).status_code == 403


def test_ux21_the_wide_table_of_rights_scrolls_by_itself_and_can_be_reached_by_keyboard(desk_client, manager):
    html = desk_client.get("/beheer/medewerkers/rechten/").content.decode()
    assert '<div class="zb-wide" role="region" aria-label="Wie mag wat" tabindex="0">' in html
