"""The pages of standard answers (REQ 45; ux 40; security rows 6, 26, 32, 48)."""

import pytest

from tests.factories import answering as rows
from tests.factories import world
from zorgbalie.consult.models import AnswerTemplate
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
LIST = "/standaardantwoorden/"
ANSWER, MANAGE = StaffRight.ANSWER_CONSULTS, StaffRight.MANAGE_PRACTICE


@pytest.fixture
def practice():
    return world.make_practice()


@pytest.fixture
def client(desk_client, practice):
    desk_client.sign_in(world.make_employee(practice, role="assistant", name="Samira Bakker", rights=[ANSWER]))
    return desk_client


def test_req45_write_one_and_find_it_in_menu_and_list(client):
    home = client.get("/").content.decode()
    assert f'href="{LIST}"' in home
    assert "Er zijn nog geen standaardantwoorden" in client.get(LIST).content.decode()
    values = {"title": "Hoesten", "text": "{aanhef}, drink genoeg. Groet, {mijn_naam}"}
    looked = client.post(f"{LIST}nieuw/", {**values, "doen": "voorbeeld"}).content.decode()
    assert "Beste mevrouw De Vries, drink genoeg. Groet, Samira Bakker" in looked
    assert client.post(f"{LIST}nieuw/", values)["Location"] == LIST
    page = client.get(LIST, {"q": "hoest"}).content.decode()
    assert "Hoesten" in page
    assert "alleen u" in page


def test_req45_an_unknown_field_is_named_and_nothing_is_lost(client):
    answer = client.post(f"{LIST}nieuw/", {"title": "Hoesten", "text": "Beste {vader}"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{vader} is geen veld" in page
    assert "Beste {vader}</textarea>" in page


def test_row6_who_may_not(client, practice):
    shared = rows.add_template(practice, title="Van ons")
    page = client.get(f"{LIST}{shared.pk}/").content.decode()
    assert "Alleen wie de praktijk beheert" in page
    assert client.post(f"{LIST}{shared.pk}/", {"title": "x", "text": "y"}).status_code == 403
    assert client.post(f"{LIST}{shared.pk}/verwijderen/").status_code == 403
    own = rows.add_template(practice, world.make_employee(practice))
    assert client.get(f"{LIST}{own.pk}/").status_code == 404
    client.sign_in(world.make_employee(practice, rights=[StaffRight.READ_RECORD]))
    assert client.get(LIST).status_code == 403
    client.sign_in(world.make_employee(world.make_practice(), rights=[ANSWER, MANAGE]))
    assert client.get(f"{LIST}{shared.pk}/").status_code == 404


def test_two_who_change_at_once_and_removing(client, practice):
    client.sign_in(world.make_employee(practice, rights=[MANAGE]))
    row = rows.add_template(practice, title="Van ons")
    old = {"title": "Van ons", "text": "Nieuw", "version": "oud"}
    late = client.post(f"{LIST}{row.pk}/", old)
    assert late.status_code == 409
    assert "Nieuw</textarea>" in late.content.decode()
    assert "verwijderen?" in client.get(f"{LIST}{row.pk}/verwijderen/").content.decode()
    client.post(f"{LIST}{row.pk}/verwijderen/")
    assert not AnswerTemplate.objects.exists()


@pytest.mark.parametrize("values", [{"title": "\x00", "text": "\x00"}, {"title": "x" * 999, "text": "x" * 9999}, {}])
def test_row32_bad_input_is_answered_with_the_form(client, values):
    assert client.post(f"{LIST}nieuw/", values).status_code == 422
    assert not AnswerTemplate.objects.exists()
