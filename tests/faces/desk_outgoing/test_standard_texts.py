"""Standard answers in a message that the practice begins, and links in it (REQ 27, 45, 47; ux 8; rows 5, 26, 32)."""

import re

import pytest

from tests.faces.desk_outgoing.test_pages import Desk
from tests.factories import world
from tests.factories.answering import add_link, add_template
from zorgbalie.consult.models import Consult, ConsultMessage, MessageSettings

pytestmark = pytest.mark.django_db
TEXT = "{ Aanhef },\n\nBel {telefoon}. Groet, {mijn_naam}"


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def typed(page):
    return re.search(r'<textarea name="text"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)[1]


def fill(desk, template, **values):
    answer = desk.client.post(desk.start, desk.message(doen="standaard", standard=template.pk, **values))
    return answer, answer.content.decode()


def test_req45_a_standard_answer_is_put_in_the_message_without_script_and_sent_with_the_patient_s_words(desk):
    template = add_template(desk.practice, title="Bellen", text=TEXT)
    begin = typed(desk.client.get(desk.start).content.decode())
    answer, page = fill(desk, template, text=begin, subject="")
    assert answer.status_code == 200
    filled = typed(page)
    assert filled == f"{{aanhef}},\n\nBel {desk.practice.phone}. Groet, dr. J. de Wit"
    assert "Beste Anna Bos" in page, "the preview fills in the rest"
    assert not Consult.objects.exists(), "choosing sends nothing"
    desk.client.post(desk.start, desk.message(text=filled))
    assert ConsultMessage.objects.get().text.startswith("Beste Anna Bos,")


def test_ux8_what_was_typed_stays(desk):
    template = add_template(desk.practice, title="Bellen", text="Bel ons.")
    _answer, page = fill(desk, template, text="Zelf geschreven", subject="Mijn titel", replies="no")
    assert typed(page) == "Zelf geschreven\n\nBel ons."
    assert 'value="Mijn titel"' in page
    assert re.search(r'value="no"[^>]*checked', page)
    token = desk.message()["token"]
    _answer, page = fill(desk, template, text="Zelf geschreven", token=token)
    assert f'value="{token}"' in page, "the same form goes on, so that two presses stay one message"


@pytest.mark.parametrize("chosen", ["", "0", "x", "\x00", "9" * 30])
def test_row32_what_is_not_in_the_list_puts_nothing_in_and_loses_nothing(desk, chosen):
    add_template(desk.practice)
    answer = desk.client.post(desk.start, desk.message(doen="standaard", standard=chosen, text="Zelf"))
    assert answer.status_code == 200
    assert typed(answer.content.decode()) == "Zelf"


def test_row5_of_another_practice_or_colleague_nothing_is_offered(desk):
    add_template(world.make_practice(), title="Van elders")
    add_template(desk.practice, world.make_employee(desk.practice), title="Van een collega")
    page = desk.client.get(desk.start).content.decode()
    assert "Van elders" not in page
    assert "Van een collega" not in page
    assert 'name="standard"' not in page, "nothing to choose, no list"


def test_a_field_that_no_message_knows_is_refused_and_not_sent(desk):
    template = add_template(desk.practice, text="Over {onderwerp}")
    _answer, page = fill(desk, template, text="")
    assert typed(page) == "Over {onderwerp}"
    assert desk.client.post(desk.start, desk.message(text=typed(page))).status_code == 422
    assert not Consult.objects.exists()


def test_req47_row26_only_links_of_the_own_list_become_links_in_preview_and_thread(desk, portal_client):
    MessageSettings.objects.all().delete()
    link = add_link(desk.practice)
    text = f"Lees {link.url} en niet https://kwaad.example/x of <script>alert(1)</script>"
    page = desk.client.post(desk.start, desk.message(text=text, doen="voorbeeld")).content.decode()
    desk.client.post(desk.start, desk.message(text=text))
    portal_client.sign_in(desk.person)
    thread = portal_client.get(f"/vragen/{Consult.objects.get().pk}/").content.decode()
    for shown in (page, thread):
        assert f'href="{link.url}" rel="noreferrer noopener external"' in shown
        assert 'href="https://kwaad.example' not in shown
        assert "<script>alert(1)" not in shown
