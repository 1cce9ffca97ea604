"""The list of links for answers (REQ 47; security rows 6, 26, 32)."""

import pytest

from tests.factories import answering as rows
from tests.factories import world
from zorgbalie.consult.models import StandardLink
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
LIST = "/beheer/links/"
GOOD = {"title": "Knie", "address": "https://oefenen.example/knie"}


@pytest.fixture
def client(desk_client):
    desk_client.practice = world.make_practice()
    desk_client.sign_in(world.make_employee(desk_client.practice, role="manager"))
    return desk_client


def test_req47_add_change_and_take_off(client):
    assert "Er zijn nog geen links" in client.get(LIST).content.decode()
    assert client.post(f"{LIST}nieuw/", GOOD)["Location"] == LIST
    number = StandardLink.objects.get().pk
    assert f'href="{LIST}{number}/"' in client.get(LIST, {"q": "knie"}).content.decode()
    client.post(f"{LIST}{number}/", {**GOOD, "title": "Rug"})
    assert StandardLink.objects.get().title == "Rug"
    client.post(f"{LIST}{number}/", {"weg": "1"})
    assert not StandardLink.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"address": "http://oefenen.example/"}, "begint niet met https"),
        ({"address": "javascript:alert(1)"}, "begint niet met https"),
        ({"address": "https://localhost/"}, "geen adres van een openbare website"),
        ({"address": "https://oefenen.example/\x00"}, ""),
        ({"title": ""}, "Geef de link een titel"),
        ({"title": "x" * 999}, "Deze titel is te lang"),
    ],
)
def test_row32_bad_input_is_answered_at_the_field(client, values, words):
    answer = client.post(f"{LIST}nieuw/", {**GOOD, **values})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StandardLink.objects.exists()


def test_row6_only_for_who_manages_the_own_practice(client):
    row = rows.add_link(client.practice)
    other = rows.add_link(world.make_practice())
    assert client.get(f"{LIST}{other.pk}/").status_code == 404
    client.sign_in(world.make_employee(client.practice, rights=[StaffRight.ANSWER_CONSULTS]))
    for path in (LIST, f"{LIST}nieuw/", f"{LIST}{row.pk}/"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{LIST}{row.pk}/", {"weg": "1"}).status_code == 403
