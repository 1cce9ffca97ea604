"""A question of a patient at the desk (REQ 41, 42, 48; ux 46 to 50; security rows 5, 6, 26, 32, 48)."""

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.consult.steps import Scene
from tests.factories import consult as rows
from tests.factories import world
from zorgbalie.consult.models import Consult, ConsultMessage, ConsultNote
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Account
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Desk(Scene):
    """An assistant at the desk with a question in the inbox."""

    def __init__(self, client, **values):
        super().__init__(current_moment())
        self.client = client
        client.sign_in(self.employee)
        self.consult_id = self.ask(**values)
        self.path = f"/vragen/{self.person.pk}/{self.consult_id}/"

    def text(self, status=200):
        answer = self.client.get(self.path)
        assert answer.status_code == status
        return answer.content.decode()

    def hidden(self):
        page = self.text()
        return {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("revision", "token")}

    def post(self, doen, form=None, **values):
        """Press a button; `vragen_gezien`: past the page that tells which are left (REQ 46, tested apart)."""
        sure = {"vragen_gezien": "ja"} if doen == "versturen" else {}
        return self.client.post(self.path, {**(form or self.hidden()), "doen": doen, **sure, **values})


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def test_req41_the_inbox_shows_the_question_with_its_promise_and_leads_to_it(desk):
    answer = desk.client.get("/?soort=consult")
    text = answer.content.decode()
    assert desk.path in text
    assert "Vraag van een patiënt" in text
    assert "uiterlijk" in text
    page = desk.text()
    assert "Mag ik sporten?" in page
    assert "Antwoord beloofd uiterlijk" in page


def test_req48_versturen_sends_the_answer_and_leaves_the_thread_open(desk):
    answer = desk.post("versturen", answer="Ja, dat mag.\nRustig aan.")
    assert (answer.status_code, answer["Location"]) == (302, desk.path)
    assert Consult.objects.get().state == "answered"
    assert WorkItem.objects.get(kind="consult").state == "done"
    assert desk.read(desk.consult_id).messages[-1].text == "Ja, dat mag.\nRustig aan."


def test_ux48_afhandelen_asks_once_more_and_sends_nothing(desk):
    form = desk.hidden()
    asked = desk.post("afhandelen", form, answer="Niet verstuurd")
    text = asked.content.decode()
    assert (asked.status_code, Consult.objects.get().state) == (200, "sent")
    assert "nog niet beantwoord" in text
    assert "Dat gaat niet mee" in text
    back = desk.post("voorbeeld", form, answer="Niet verstuurd")
    assert "Niet verstuurd" in back.content.decode()
    desk.post("afhandelen", form, answer="Niet verstuurd", zeker="ja")
    assert Consult.objects.get().state == "closed"
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()
    assert 'value="versturen"' not in desk.text()


def test_ux40_the_language_meter_looks_along_with_the_answer(desk):
    words = "U heeft geen hypertensie."
    assert "hoge bloeddruk" in desk.post("voorbeeld", answer=words).content.decode()
    part = desk.client.post(desk.path, {**desk.hidden(), "answer": words}, headers={"HX-Request": "true"})
    assert "hoge bloeddruk" in part.content.decode()


def test_ux50_the_preview_shows_the_answer_and_htmx_gets_that_alone(desk):
    assert "Een voorbeeld" in desk.post("voorbeeld", answer="Een voorbeeld").content.decode()
    part = desk.client.post(desk.path, {**desk.hidden(), "answer": "Nieuw"}, headers={"HX-Request": "true"})
    assert "Nieuw" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()


def test_two_answer_at_once_the_second_is_told_and_keeps_the_text(desk):
    form = desk.hidden()
    desk.answer(desk.consult_id, "Eerste", employee=world.make_employee(desk.practice, name="dr. J. de Wit"))
    late = desk.post("versturen", form, answer="Mijn lange antwoord")
    text = late.content.decode()
    assert late.status_code == 409
    assert "dr. J. de Wit heeft hier net iets gewijzigd" in text
    assert "Mijn lange antwoord" in text
    assert "Eerste" in text
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1


def test_row48_versturen_pressed_twice_is_one_answer(desk):
    form = desk.hidden()
    for _ in range(2):
        assert desk.post("versturen", form, answer="Ja.").status_code == 302
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1


def test_ux47_a_note_is_kept_and_the_answer_that_was_typed_too(desk):
    form = desk.hidden()
    answer = desk.post("notitie", form, note="Eerst overleggen", answer="Half antwoord")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Eerst overleggen" in text
    assert "Half antwoord" in text
    desk.post("notitie", form, note="Eerst overleggen")
    assert ConsultNote.objects.count() == 1


def test_req42_to_the_work_list_of_a_doctor_and_the_answer_that_was_typed_stays(desk):
    other = world.make_account(desk.practice, name="dr. S. Yilmaz")
    answer = desk.post("doorzetten", account=other.pk, answer="Alvast dit")
    assert "Alvast dit" in answer.content.decode()
    assert WorkItem.objects.get(kind="consult").account_id == other.pk
    assert "Op de werklijst van dr. S. Yilmaz" in desk.text()


@pytest.mark.parametrize(
    ("doen", "values", "words"),
    [
        ("versturen", {"answer": ""}, "Schrijf eerst een tekst"),
        ("versturen", {"answer": "x" * 3001}, "Uw tekst is te lang"),
        ("versturen", {"answer": "a\x00b"}, "Er klopt iets niet"),
        ("notitie", {"note": " "}, "Schrijf eerst een tekst"),
        ("doorzetten", {"account": ""}, "Kies bij wie de vraag moet komen"),
        ("doorzetten", {"account": "999999999999999999999"}, "Er klopt iets niet"),
        ("versturen", {"answer": "Ja.", "revision": "x"}, "Er ging iets mis"),
        ("versturen", {"answer": "Ja.", "token": "x"}, "Er ging iets mis"),
    ],
)
def test_row32_bad_input_is_answered_with_the_form(desk, doen, values, words):
    answer = desk.post(doen, **values)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()


def test_row5_row6_refused_without_the_right_and_not_found_for_a_stranger(desk):
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    desk.client.sign_in(world.make_employee(desk.practice, rights=without))
    desk.text(403)
    assert desk.path not in desk.client.get("/").content.decode()
    assert desk.client.post(desk.path, {"doen": "versturen", "answer": "x"}).status_code == 403
    desk.client.sign_in(world.make_employee(desk.practice, role="manager"))
    desk.text(403)
    desk.client.sign_in(world.make_employee(world.make_practice()))
    desk.text(404)


def test_a_draft_is_not_there_for_the_practice(desk):
    draft = rows.make_draft(desk.person, desk.practice)
    assert desk.client.get(f"/vragen/{desk.person.pk}/{draft.pk}/").status_code == 404


def test_r14_a_patient_who_cannot_read_the_answer_is_pointed_out(desk):
    Account.objects.update(facilities=[])
    assert "Deze patiënt kan nu geen antwoord lezen" in desk.text()


def test_ux46_a_question_about_a_result_leads_to_that_result(desk):
    about = {"about_kind": "lab_report", "about_id": 5, "about_date": desk.now.date()}
    row = rows.make_consult(desk.person, desk.practice, subject="", **about)
    path = f"/vragen/{desk.person.pk}/{row.pk}/"
    desk.client.sign_in(world.make_employee(desk.practice))
    assert f"/postberichten/{desk.person.pk}/5/" in desk.client.get(path).content.decode()
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    desk.client.sign_in(only)
    text = desk.client.get(path).content.decode()
    assert "Uitslag van" in text
    assert "/postberichten/" not in text


def test_ux46_a_question_about_a_letter_leads_to_that_letter(desk):
    about = {"about_kind": "letter", "about_id": 5, "about_date": desk.now.date(), "about_title": "Brief over het hart"}
    row = rows.make_consult(desk.person, desk.practice, subject="", **about)
    path = f"/vragen/{desk.person.pk}/{row.pk}/"
    desk.client.sign_in(world.make_employee(desk.practice))
    text = desk.client.get(path).content.decode()
    assert "Brief: Brief over het hart" in text
    assert f'href="/documenten/{desk.person.pk}/5/"' in text
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    desk.client.sign_in(only)
    assert f"/documenten/{desk.person.pk}/5/" not in desk.client.get(path).content.decode()


def test_row26_texts_of_both_sides_are_text(desk_client):
    desk = Desk(desk_client, text=XSS, subject=XSS)
    desk.note(desk.consult_id, XSS)
    assert b"<script>alert" not in desk.client.get(desk.path).content
    assert b"<script>alert" not in desk.post("voorbeeld", answer=XSS).content
    assert b"<script>alert" not in desk.post("afhandelen", answer=XSS).content


def test_ux56_the_page_costs_the_same_for_one_and_for_thirty_texts_and_notes(desk):
    costs = []
    row = Consult.objects.get()
    for number in (1, 29):
        for _ in range(number):
            rows.add_text(row, "Tekst", desk.employee)
            rows.add_note(row, desk.employee)
            world.make_account(desk.practice)
        desk.text()
        with desk.client.stay(), CaptureQueriesContext(connection) as captured:
            assert desk.client.get(desk.path).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert costs[1] <= 42


def test_ux46_each_letter_of_the_page_does_one_thing_and_the_list_of_keys_is_true(desk):
    page = desk.text()
    buttons = re.findall(r'data-key="(\w)"', page)
    places = list(json.loads(unescape(re.search(r'data-key-map="([^"]+)"', page)[1])))
    told = re.findall(r'<kbd class="zb-kbd">(\w)</kbd></dt>', page)
    assert sorted(buttons + places) == sorted(set(buttons + places))
    assert set(told) == {*buttons, *places}
    assert len(told) == len(set(told))
