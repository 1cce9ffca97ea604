"""`Stel een vraag` as pages, without script (REQ 28, 30 to 32, 35; R14, R17; ux 1 to 15, 30, 37 to 41)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.consult.steps import Scene
from tests.factories import consult as rows
from tests.factories import documents, world
from tests.record_lab.reports import decide, new_report, receive
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage, ConsultSettings
from zorgbalie.kernel.clock import current_moment
from zorgbalie.practice.models import Account
from zorgbalie.record.models import Observation
from zorgbalie.record.types.lab import LabAction
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"
OFF = ["journal_ep", "diagnostic_values", "medication", "allergies"]


class Portal(Scene):
    """A patient who signed in at the portal."""

    def __init__(self, client):
        super().__init__(current_moment())
        self.client = client
        client.sign_in(self.person)

    def get(self, path):
        return self.client.get(path)

    def text(self, path):
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def begin(self, over=""):
        """Past the warning; returns the address of the draft."""
        answer = self.client.post("/vragen/nieuw/", {"none_of_these": "on", "over": over})
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].rsplit("/", 2)[0] + "/"

    def fill(self, over=""):
        """A whole draft; returns its address."""
        draft = self.begin(over)
        self.client.post(f"{draft}aan/", {"addressee": f"group-{self.group.pk}"})
        if not over:
            self.client.post(f"{draft}waarover/", {"subject": "Pijn in mijn knie"})
        self.client.post(f"{draft}vraag/", {"text": "Mag ik sporten?"})
        return draft

    def press_send(self, draft, revision=None):
        row = Consult.objects.get(pk=int(draft.split("/")[3]))
        return self.client.post(f"{draft}controleer/", {"revision": row.revision if revision is None else revision})


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_r17_ux13_the_first_page_says_when_to_call_and_needs_a_tick(portal):
    text = portal.text("/vragen/nieuw/")
    assert "Bel 112 bij:" in text
    assert "Bel de praktijk nu bij:" in text
    assert "pijn op de borst" in text
    assert f"tel:{portal.practice.phone.replace(' ', '')}" in text
    answer = portal.client.post("/vragen/nieuw/", {})
    assert answer.status_code == 422
    assert "Bel dan nu" in answer.content.decode()
    assert not Consult.objects.exists()


def test_r17_the_practice_words_its_own_list(portal):
    ConsultSettings.objects.create(
        practice=portal.practice, emergency_adult="vreemde klacht", urgent_adult="andere klacht",
        emergency_child="kinderklacht", urgent_child="x",
    )  # fmt: skip
    text = portal.text("/vragen/nieuw/")
    assert "vreemde klacht" in text
    assert "andere klacht" in text
    assert "kinderklacht" not in text


def test_ux1_to_7_one_question_per_page_then_check_send_and_when_the_answer_comes(portal):
    draft = portal.begin()
    page = portal.text(f"{draft}aan/")
    for name in ("De praktijk", "dr. J. de Wit", "Assistente"):
        assert name in page
    answer = portal.client.post(f"{draft}aan/", {"addressee": f"account-{portal.account.pk}"})
    assert answer["Location"] == f"{draft}waarover/"
    answer = portal.client.post(f"{draft}waarover/", {"subject": "Pijn in mijn knie"})
    assert answer["Location"] == f"{draft}vraag/"
    assert 'data-limit="3000"' in portal.text(f"{draft}vraag/")
    answer = portal.client.post(f"{draft}vraag/", {"text": "Mag ik sporten?\nEn fietsen?"})
    assert answer["Location"] == f"{draft}bestanden/"
    answer = portal.client.post(f"{draft}bestanden/", {"doen": "verder"})
    assert answer["Location"] == f"{draft}controleer/"
    check = portal.text(f"{draft}controleer/")
    for word in ("dr. J. de Wit", "Pijn in mijn knie", "Mag ik sporten?", "Verstuur naar de praktijk", "uiterlijk"):
        assert word in check
    done = portal.client.post(f"{draft}controleer/", {"revision": Consult.objects.get().revision}, follow=True)
    text = done.content.decode()
    assert "Uw vraag is verstuurd" in text
    assert re.search(r"Antwoord uiterlijk <strong>\w+dag \d+ \w+ \d{4} om 17.00 uur", text)
    assert "U hoeft verder niets te doen." in text


def test_ux6_a_correction_returns_to_the_check_page(portal):
    draft = portal.fill()
    answer = portal.client.post(f"{draft}aan/", {"addressee": "practice-0"})
    assert answer["Location"] == f"{draft}controleer/"
    assert 'value="Pijn in mijn knie"' in portal.text(f"{draft}waarover/")


def test_ux8_what_was_not_sent_stands_in_the_list_and_can_be_thrown_away(portal):
    draft = portal.fill()
    text = portal.text("/vragen/")
    assert "Nog niet verstuurd" in text
    assert "Pijn in mijn knie" in text
    assert "Mag ik sporten?" in portal.text(f"{draft}weg/")
    portal.client.post(f"{draft}weg/")
    assert "Pijn in mijn knie" not in portal.text("/vragen/")
    row = Consult.objects.get()
    assert (row.subject, row.draft_text) == ("", "")


def test_ux8_an_unsent_question_is_to_do_and_is_found_by_who_begins_anew(portal):
    assert "Verstuur uw vraag" not in portal.text("/")
    portal.fill()
    assert "Verstuur uw vraag" in portal.text("/")
    answer = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"}, follow=True)
    text = answer.content.decode()
    assert "Controleer uw vraag" in text
    assert "Deze vraag had u al opgeschreven" in text
    assert "Gooi deze vraag weg" in text


def test_ux2_who_threw_a_question_away_is_asked_everything_anew(portal):
    draft = portal.fill()
    portal.client.post(f"{draft}weg/")
    assert "Verstuur uw vraag" not in portal.text("/")
    answer = portal.client.post("/vragen/nieuw/", {"none_of_these": "on"})
    assert answer["Location"] == f"{draft}aan/", "not silently to whom the earlier one went"


@pytest.mark.parametrize("page", ["aan", "waarover", "vraag", "bestanden", "controleer", "weg", "reden", "waar"])
def test_ux12_back_after_sending_leads_to_the_question_that_was_sent(portal, page):
    draft = portal.fill()
    portal.press_send(draft)
    answer = portal.get(f"{draft}{page}/")
    assert answer["Location"] == f"/vragen/{draft.split('/')[3]}/"
    assert "Deze vraag is al verstuurd" in portal.text(answer["Location"])


def test_row15_of_the_sent_question_of_another_no_page_of_a_draft_tells(portal):
    draft = portal.fill()
    portal.press_send(draft)
    portal.client.sign_in(world.make_person())
    assert portal.get(f"{draft}controleer/").status_code == 404


def test_row48_pressed_twice_it_is_sent_once(portal):
    draft = portal.fill()
    revision = Consult.objects.get().revision
    first, second = portal.press_send(draft, revision), portal.press_send(draft, revision)
    assert first["Location"] == second["Location"]
    assert ConsultMessage.objects.count() == WorkItem.objects.filter(kind="consult").count() == 1


def test_ux8_sent_from_another_device_meanwhile_it_is_shown_once_more(portal):
    draft = portal.fill()
    answer = portal.press_send(draft, 0)
    assert answer["Location"] == f"{draft}controleer/"
    assert not ConsultMessage.objects.exists()


def test_req35_r17_every_page_about_questions_says_where_to_call(portal):
    sent = portal.ask(subject="Anders")
    draft = portal.fill()
    for path in (
        "/vragen/", "/vragen/nieuw/", f"{draft}aan/", f"{draft}waarover/", f"{draft}vraag/", f"{draft}controleer/",
        f"/vragen/{sent}/", f"/vragen/{sent}/verstuurd/",
    ):  # fmt: skip
        main = portal.text(path).split("<main")[1].split("</main>")[0]
        assert "tel:112" in main, path
        assert portal.practice.phone in main, path


# Along with a result


@pytest.fixture
def published(portal):
    """A published laboratory report of this patient, whose record is open."""
    world.sign_agreement(portal.person, portal.practice)
    world.release_record(portal.person, portal.practice)
    report = new_report(reported_at=portal.now, sampled_at=portal.now - timedelta(days=1))
    report_id = receive(portal.person, portal.practice, portal.now, report).report_id
    doctor = world.make_employee(portal.practice, name="dr. J. de Wit")
    decide(doctor, portal.person, report_id, LabAction.PUBLISH, portal.now, conclusion="Uw kalium is iets hoog.")
    return report_id


def test_ux30_a_question_about_a_result_carries_the_result_along(portal, published):
    page = portal.text(f"/dossier/uitslagen/onderzoek/{published}/")
    assert "Stel een vraag over deze uitslag" in page
    assert f"/vragen/nieuw/?over=uitslag-{published}" in page
    assert "Uitslag van" in portal.text(f"/vragen/nieuw/?over=uitslag-{published}")
    draft = portal.fill(f"uitslag-{published}")
    assert "Uitslag van" in portal.text(f"{draft}vraag/")
    portal.press_send(draft)
    row = Consult.objects.get()
    assert (row.about_kind, row.about_id) == ("lab_report", published)
    thread = portal.text(f"/vragen/{row.pk}/")
    assert f"/dossier/uitslagen/onderzoek/{published}/" in thread


def test_ux30_values_complaints_and_letters_have_it_too(portal, published):
    value = Observation.objects.first().pk
    episode = world.make_episode(portal.person, portal.practice, title="Knie").pk
    assert f"over=meting-{value}" in portal.text(f"/dossier/uitslagen/{value}/")
    documents.switch_on(portal.practice)
    letter = documents.make_document(portal.person, portal.practice, state="shared").pk
    assert f"over=klacht-{episode}" in portal.text(f"/dossier/klachten/{episode}/")
    assert f"over=brief-{letter}" in portal.text(f"/dossier/brieven/{letter}/")
    assert 'href="/vragen/nieuw/"' in portal.text("/dossier/medicijnen/")
    for over, kind in ((f"meting-{value}", "value"), (f"klacht-{episode}", "episode"), (f"brief-{letter}", "letter")):
        portal.begin(over)
        assert Consult.objects.filter(about_kind=kind).count() == 1


def test_r14_while_questions_are_off_the_result_says_to_phone(portal, published):
    Account.objects.update(facilities=OFF)
    page = portal.text(f"/dossier/uitslagen/onderzoek/{published}/")
    assert "Stel een vraag" not in page
    assert "Heeft u hier een vraag over? Bel de praktijk" in page


def test_ux30_a_question_about_a_letter_leads_back_to_it_and_is_no_reading_of_it(portal):
    world.sign_agreement(portal.person, portal.practice)
    world.release_record(portal.person, portal.practice)
    documents.switch_on(portal.practice)
    letter = documents.make_document(portal.person, portal.practice, state="shared", title="Brief over het hart")
    draft = portal.fill(f"brief-{letter.pk}")
    assert "Brief over het hart" in portal.text(f"{draft}vraag/")
    portal.press_send(draft)
    row = Consult.objects.get()
    assert (row.about_kind, row.about_id, row.about_date) == ("letter", letter.pk, letter.document_date)
    assert f'href="/dossier/brieven/{letter.pk}/"' in portal.text(f"/vragen/{row.pk}/")
    assert not AuditEvent.objects.filter(event="letter.read").exists()


def test_rows1_9_r4_a_letter_that_is_not_served_cannot_be_asked_about(portal):
    world.sign_agreement(portal.person, portal.practice)
    world.release_record(portal.person, portal.practice)
    documents.switch_on(portal.practice)
    other, _ = world.make_patient_with_open_record(portal.practice)
    for letter in (
        documents.make_document(portal.person, portal.practice),
        documents.make_document(portal.person, portal.practice, state="withdrawn"),
        documents.make_document(other, portal.practice, state="shared"),
    ):
        assert portal.get(f"/vragen/nieuw/?over=brief-{letter.pk}").status_code == 404
    assert not Consult.objects.exists()


def test_rows1_9_what_cannot_be_read_cannot_be_asked_about(portal, published):
    other, _ = world.make_patient_with_open_record(portal.practice)
    hidden = world.make_episode(other, portal.practice).pk
    unpublished = receive(portal.person, portal.practice, portal.now).report_id
    for over in (f"klacht-{hidden}", f"uitslag-{unpublished}", "klacht-99999999", "uitslag-x", "diagnose-1", "klacht-"):
        got = portal.get(f"/vragen/nieuw/?over={over}").status_code
        posted = portal.client.post("/vragen/nieuw/", {"none_of_these": "on", "over": over}).status_code
        assert (got, posted) == ((200, 302) if over == "klacht-" else (404, 404)), over


# Reading


def test_ux17_ux37_an_answer_is_to_do_until_it_was_read(portal):
    consult_id = portal.ask()
    assert "Lees het antwoord" not in portal.text("/")
    portal.answer(consult_id, "Ja, dat mag.")
    home = portal.text("/")
    assert "Lees het antwoord op uw vraag" in home
    assert "1 nieuw antwoord" in home
    assert "nieuw antwoord" in portal.text("/vragen/")
    assert "Ja, dat mag." in portal.text(f"/vragen/{consult_id}/")
    assert "Lees het antwoord" not in portal.text("/")
    assert "nieuw antwoord" not in portal.text("/vragen/")


def test_req32_a_follow_up_stays_in_the_thread_and_once(portal):
    consult_id = portal.ask()
    portal.answer(consult_id)
    page = portal.text(f"/vragen/{consult_id}/")
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    for _ in range(2):
        answer = portal.client.post(f"/vragen/{consult_id}/", {"token": token, "text": "En fietsen?"})
        assert answer.status_code == 302
    assert ConsultMessage.objects.filter(text="En fietsen?").count() == 1
    answer = portal.client.post(f"/vragen/{consult_id}/", {"token": token, "text": "Iets anders"})
    assert answer.status_code == 422
    assert "Iets anders" in answer.content.decode()


def test_a_closed_question_takes_no_text_and_what_was_typed_is_shown(portal):
    consult_id = portal.ask()
    page = portal.text(f"/vragen/{consult_id}/")
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    portal.close(consult_id)
    assert 'name="token"' not in portal.text(f"/vragen/{consult_id}/")
    answer = portal.client.post(f"/vragen/{consult_id}/", {"token": token, "text": "Te laat getypt"})
    assert answer.status_code == 422
    assert "Te laat getypt" in answer.content.decode()
    assert "Stel een nieuwe vraag" in answer.content.decode()


def test_the_list_has_pages_and_explains_itself_when_empty(portal):
    assert "U heeft nog geen vragen gesteld" in portal.text("/vragen/")
    for number in range(25):
        rows.make_consult(portal.person, portal.practice, subject=f"Vraag {number}")
    assert portal.text("/vragen/").count("zb-consult__link") == 20
    assert portal.text("/vragen/?page=2").count("zb-consult__link") == 5
    assert portal.get("/vragen/?page=x").status_code == 200


# Off, and others


def test_r14_off_there_is_no_menu_no_task_and_no_page(portal):
    consult_id = portal.ask()
    draft = portal.fill()
    Account.objects.update(facilities=OFF)
    assert "Stel een vraag" not in portal.text("/")
    for path in ("/vragen/", "/vragen/nieuw/", f"/vragen/{consult_id}/", f"{draft}controleer/", f"{draft}weg/"):
        assert portal.get(path).status_code == 404, path
        assert portal.client.post(path, {"none_of_these": "on"}).status_code in (404, 405), path


def test_row1_another_patient_finds_nothing(portal):
    consult_id, draft = portal.ask(), portal.fill()
    other, _ = world.make_patient_with_open_record(portal.practice)
    portal.client.sign_in(other)
    for path in (f"/vragen/{consult_id}/", f"/vragen/{consult_id}/verstuurd/", f"{draft}vraag/", f"{draft}controleer/"):
        assert portal.get(path).status_code == 404, path
    assert portal.client.post(f"{draft}vraag/", {"text": "x"}).status_code == 404
    assert portal.client.post(f"{draft}controleer/", {"revision": 3}).status_code == 404


def test_row15_who_acts_for_a_child_sees_for_whom_on_each_page(portal):
    portal.person.birth_date = portal.now.date() - timedelta(days=8 * 365)
    portal.person.given_name = "Sem"
    portal.person.save()
    parent = world.make_person()
    world.represent(parent, portal.person)
    portal.client.sign_in(parent, subject=portal.person)
    draft = portal.fill()
    assert "Voor wie" in portal.text(f"{draft}controleer/")
    portal.press_send(draft)
    assert "U regelt dit voor" in portal.text(f"/vragen/{Consult.objects.get().pk}/verstuurd/")
    line = AuditEvent.objects.get(event="consult.send")
    assert (line.patient_id, line.user_id) == (portal.person.pk, f"person:{parent.pk}")


# Hostile


def test_row26_every_text_is_text_on_every_page(portal):
    draft = portal.fill()
    portal.client.post(f"{draft}waarover/", {"subject": XSS})
    portal.client.post(f"{draft}vraag/", {"text": XSS})
    pages = [portal.get(f"{draft}controleer/"), portal.get(f"{draft}vraag/"), portal.get("/vragen/")]
    portal.press_send(draft)
    consult_id = Consult.objects.get().pk
    portal.answer(consult_id, XSS)
    pages += [portal.get(f"/vragen/{consult_id}/"), portal.get("/vragen/"), portal.get("/")]
    for page in pages:
        assert page.status_code == 200
        assert b"<script>alert" not in page.content


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("aan", {}), ("aan", {"addressee": "account-999999999999999999"}), ("aan", {"addressee": "\x00"}),
        ("waarover", {"subject": ""}), ("waarover", {"subject": "x" * 81}), ("waarover", {"subject": "a\x00b"}),
        ("vraag", {"text": ""}), ("vraag", {"text": "x" * 3001}), ("vraag", {"text": "a\x00b"}),
        ("controleer", {}), ("controleer", {"revision": "x"}), ("controleer", {"revision": 10**30}),
    ],
)  # fmt: skip
def test_row32_bad_input_is_answered_with_the_form(portal, page, values):
    draft = portal.fill()
    assert portal.client.post(f"{draft}{page}/", values).status_code == 422
    assert not ConsultMessage.objects.exists()
    row = Consult.objects.get()
    assert (row.subject, row.draft_text, row.state) == ("Pijn in mijn knie", "Mag ik sporten?", "draft")


@pytest.mark.parametrize("values", [{}, {"token": "x", "text": "y"}, {"text": "y"}, {"token": "\x00", "text": "\x00"}])
def test_row32_a_broken_follow_up_is_answered_with_the_form(portal, values):
    consult_id = portal.ask()
    assert portal.client.post(f"/vragen/{consult_id}/", values).status_code == 422
    assert ConsultMessage.objects.count() == 1


def test_row7_other_fields_change_nothing(portal):
    draft = portal.fill()
    portal.client.post(
        f"{draft}vraag/",
        {"text": "Anders", "state": "answered", "practice": 1, "with_account": portal.account.pk, "answer_by": "2020"},
    )
    row = Consult.objects.get()
    assert (row.state, row.with_account_id, row.answer_by, row.draft_text) == ("draft", None, None, "Anders")


@pytest.mark.parametrize("path", ["/vragen/", "thread"])
def test_ux56_a_page_costs_the_same_for_one_and_for_thirty(portal, path):
    costs = []
    for number in (1, 29):
        for one in range(number):
            row = rows.make_consult(portal.person, portal.practice, state="answered", subject=f"{one}")
            rows.add_text(row, "Antwoord", portal.employee)
        if path == "thread":
            for _ in range(number):
                rows.add_text(row, "Meer", portal.employee)
        portal.get("/")
        with portal.client.stay(), CaptureQueriesContext(connection) as captured:
            assert portal.get("/vragen/" if path == "/vragen/" else f"/vragen/{row.pk}/").status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
