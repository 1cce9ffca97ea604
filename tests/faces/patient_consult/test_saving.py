"""Reading an answer again, printing and saving it (REQ 22, 47; ux 26, 40; R14; security rows 1, 2, 26)."""

from datetime import date

import pytest

from tests.consult.steps import Scene
from tests.factories import answering as rows
from tests.factories import consult, reasons, world
from tests.factories.attachments import add_attachment
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.faces.patient.consult import document_views
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Asked(Scene):
    """An answered question, at the patient's browser."""

    def __init__(self, client, **values):
        super().__init__(current_moment(), **values)
        self.parent = None
        if "birth_date" in values:
            self.parent = world.make_person()
            world.represent(self.parent, self.person)
        rows.add_link(self.practice, host="oefenen.example")
        self.client = client
        self.consult_id = self.ask(self.parent, text=f"Mag het? {XSS} https://oefenen.example/van-mij")
        self.answer(self.consult_id, f"Beste Anna,\nJa, dat mag.\nZie https://oefenen.example/x. {XSS}")
        self.path = f"/vragen/{self.consult_id}/"


@pytest.fixture
def asked(portal_client):
    scene = Asked(portal_client)
    portal_client.sign_in(scene.person)
    return scene


def test_ux26_ux40_the_answer_stands_out_with_name_and_function(asked):
    page = asked.client.get(asked.path).content.decode()
    assert '<strong class="zb-message__lead">Ja, dat mag.</strong>' in page
    assert "Samira Bakker" in page
    assert "doktersassistent" in page
    assert page.index("Ja, dat mag.") < page.index(f"{asked.path}pdf/"), "nothing stands before it (ux 37, 40)"


def test_req47_row26_known_websites_are_links_and_nothing_else_is(asked):
    page = asked.client.get(asked.path).content.decode()
    assert page.count('href="https://oefenen.example') == 1
    assert 'href="https://oefenen.example/x"' in page
    assert "U verlaat dan dit portaal" in page
    assert "noopener" in page
    assert "<script>alert" not in page


def test_req22_a_thread_is_saved_as_an_accessible_pdf_with_a_line_in_the_log(asked):
    assert f'href="{asked.path}pdf/"' in asked.client.get(asked.path).content.decode()
    answer = asked.client.get(f"{asked.path}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="vraag-')
    assert answer.content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in answer.content or b"StructTreeRoot" in answer.content
    line = AuditEvent.objects.get(event="consult.download")
    assert (line.patient_id, line.kind) == (asked.person.pk, "consults")
    assert "als bestand" in asked.client.get("/logboek/").content.decode()


def test_req22_it_holds_what_was_filled_in_and_names_what_went_along(asked, monkeypatch):
    seen = {}
    monkeypatch.setattr(document_views, "render_pdf", lambda **values: seen.update(values["data"]) or b"%PDF")
    row = Consult.objects.get(pk=asked.consult_id)
    reasons.make_answer(row, label="Hoe lang?", answer="3 dagen")
    add_attachment(row, ConsultMessage.objects.filter(consult=row).order_by("pk").first(), file_name="foto.jpg")
    asked.client.get(f"{asked.path}pdf/")
    assert seen["answers"] == [["Hoe lang?", "3 dagen"]]
    assert [one["files"] for one in seen["messages"]] == ["Meegestuurd: foto.jpg. U opent dit op de website.", ""]


def test_req22_who_helps_saves_it_too_and_a_stranger_does_not(asked):
    helper, stranger = world.make_person(), world.make_person()
    world.represent(helper, asked.person, kind="helper")
    asked.client.sign_in(helper, subject=asked.person)
    assert asked.client.get(f"{asked.path}pdf/").status_code == 200
    world.enrol(stranger, asked.practice, asked.account)
    asked.client.sign_in(stranger)
    assert asked.client.get(f"{asked.path}pdf/").status_code == 404
    lines = AuditEvent.objects.filter(event="consult.download", patient_id=asked.person.pk)
    assert [line.user_id for line in lines] == [f"person:{helper.pk}"]


def test_a_parent_saves_the_question_of_a_child_until_it_is_twelve(portal_client):
    scene = Asked(portal_client, birth_date=date(2020, 1, 1))
    portal_client.sign_in(scene.parent, subject=scene.person)
    assert portal_client.get(f"{scene.path}pdf/").status_code == 200
    scene.person.birth_date = date(2012, 1, 1)
    scene.person.save()
    assert portal_client.get(f"{scene.path}pdf/").status_code != 200


def test_r14_with_questions_off_and_of_a_draft_nothing_is_saved(asked):
    draft = consult.make_draft(asked.person, asked.practice)
    assert asked.client.get(f"/vragen/{draft.pk}/pdf/").status_code == 404
    Account.objects.update(facilities=[])
    assert asked.client.get(f"{asked.path}pdf/").status_code == 404
