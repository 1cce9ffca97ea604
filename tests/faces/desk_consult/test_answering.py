"""The page on which a question is answered (REQ 42, 45 to 48; ux 26, 40, 46, 48; security rows 6, 26, 32)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.faces.desk_consult.test_thread import XSS, Desk
from tests.factories import answering as rows
from tests.factories import consult, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultAnswerDraft, ConsultMessage, ConsultTick
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
TWO = "Mag ik sporten? En mag ik zwemmen?"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client, text=TWO)


def keys(page):
    return re.findall(r'name="getoond" value="([^"]+)"', page)


def send(desk, form, **values):
    return desk.client.post(desk.path, {**form, "doen": "versturen", "answer": "Ja.", **values})


def test_req46_sending_with_questions_left_asks_once_more_and_does_not_block(desk):
    form = desk.hidden()
    asked = send(desk, form)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "2 vragen zijn nog niet afgevinkt" in page
    assert "En mag ik zwemmen?" in page
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()
    back = desk.client.post(desk.path, {**form, "doen": "voorbeeld", "answer": "Ja."}).content.decode()
    assert ">\nJa.</textarea>" in back or "Ja.</textarea>" in back
    sent = send(desk, form, vragen_gezien="ja")
    assert (sent.status_code, sent["Location"]) == (302, desk.path)
    assert ConsultMessage.objects.get(author_kind="staff").text == "Ja."


def test_req46_with_everything_ticked_nothing_is_asked(desk):
    """Without script the ticks go along with the button."""
    both = keys(desk.text())
    assert send(desk, desk.hidden(), getoond=both, gevraagd=both).status_code == 302
    assert ConsultTick.objects.count() == 2
    assert "alle afgevinkt" in desk.text()


def test_req46_with_one_left_the_page_names_that_one(desk):
    both = keys(desk.text())
    page = send(desk, desk.hidden(), getoond=both, gevraagd=both[:1]).content.decode()
    assert "1 vraag is nog niet afgevinkt" in page
    assert "<li>Mag ik sporten?</li>" not in page
    assert ConsultTick.objects.get().employee_name == "Samira Bakker"


def test_req46_a_tick_with_script_is_kept_at_once_and_only_what_changed_is(desk):
    first, second = keys(desk.text())
    rows.add_tick(ConsultMessage.objects.get(), desk.employee, "En mag ik zwemmen?")
    answer = desk.client.post(f"{desk.path}vinkjes/", {"getoond": [first, second], "gevraagd": [first]}, headers=HTMX)
    assert answer.content.decode().count("checked") == 2, "the tick of a colleague since then stays"
    desk.client.post(f"{desk.path}vinkjes/", {"getoond": [first, second], "stond": [first, second]})
    assert not ConsultTick.objects.exists()
    lines = AuditEvent.objects.filter(event="consult.ticked").count()
    desk.client.post(f"{desk.path}vinkjes/", {"getoond": [first, second]})
    assert AuditEvent.objects.filter(event="consult.ticked").count() == lines, "nothing changed, no line"


def test_a_draft_comes_back_on_any_device_and_goes_with_the_sending(desk):
    form = desk.hidden()
    saved = desk.client.post(f"{desk.path}concept/", {**form, "answer": "Half antw"}, headers=HTMX)
    assert "Concept bewaard" in saved.content.decode()
    assert "Half antw</textarea>" in desk.text()
    desk.client.sign_in(world.make_employee(desk.practice))
    assert "Half antw" not in desk.text(), "of its writer alone"
    desk.client.sign_in(desk.employee)
    send(desk, desk.hidden(), vragen_gezien="ja")
    assert not ConsultAnswerDraft.objects.exists()
    assert "Half antw" not in desk.text()


def test_ux8_every_button_keeps_the_text_that_was_typed(desk):
    colleague = world.make_employee(desk.practice)
    for number, values in enumerate(
        ({"doen": "voorbeeld"}, {"doen": "notitie", "note": "x"}, {"doen": "afhandelen"}, {"doen": "versturen"},
         {"doen": "standaard"}, {"doen": "links"}, {"doen": "doorzetten", "account": desk.account.pk})
    ):  # fmt: skip
        desk.client.post(desk.path, {**desk.hidden(), "answer": f"Tekst {number}", **values})
        assert ConsultAnswerDraft.objects.get().text == f"Tekst {number}", values
    form = desk.hidden()
    desk.answer(desk.consult_id, "Eerste", employee=colleague)
    send(desk, form, answer="Te laat", vragen_gezien="ja")
    assert ConsultAnswerDraft.objects.get().text == "Te laat"


@pytest.mark.parametrize("script", [True, False])
def test_req45_a_standard_answer_is_chosen_filled_in_and_put_in_the_text(desk, script):
    desk.practice.phone = "020 555 01 23"
    desk.practice.save()
    rows.add_template(desk.practice, title="Sport", text="{aanhef},\n\nDat mag. Bel {telefoon}.")
    rows.add_template(desk.practice, title="Anders", text="Niets")
    rows.add_template(desk.practice, world.make_employee(desk.practice), title="Van een collega", text="Geheim")
    form = {**desk.hidden(), "answer": "Dag.", "note": "Half"}
    picked = desk.client.post(
        desk.path, {**form, "doen": "standaard", "zoek": "sport"}, headers=HTMX if script else {}
    ).content.decode()
    assert ("<html" in picked) is not script
    assert "Niets" not in picked
    assert "Geheim" not in picked
    assert "zb-message__lead" in picked, "as the patient will read it"
    text = re.search(r'name="invoegen" value="([^"]+)"', picked)[1]
    assert text.endswith("Dat mag. Bel 020 555 01 23.")
    placed = desk.client.post(desk.path, {**form, "invoegen": text}).content.decode()
    assert f"Dag.\n{text}</textarea>" in placed
    assert "Half</textarea>" in placed, "a note that was typed stays"
    replaced = desk.client.post(desk.path, {**form, "vervangen": text}).content.decode()
    assert f"\n{text}</textarea>" in replaced
    assert "Dag." not in re.search(r'<textarea name="answer".*?</textarea>', replaced, re.DOTALL)[0]


def test_req45_an_empty_field_is_pointed_out_before_sending(desk):
    page = send(desk, desk.hidden(), answer="Bel {telefoon}.").content.decode()
    assert "De patiënt leest dan: {telefoon}" in page


def test_req47_links_by_subject_are_offered_and_lead_to_known_websites(desk):
    rows.add_link(desk.practice, title="Sporten", url="https://oefenen.example/sport", host="oefenen.example")
    page = desk.client.post(desk.path, {**desk.hidden(), "doen": "links"}, headers=HTMX).content.decode()
    assert 'value="Sporten: https://oefenen.example/sport"' in page
    seen = desk.client.post(
        desk.path, {**desk.hidden(), "answer": "Zie https://oefenen.example/sport en https://evil.example/"}
    ).content.decode()
    assert 'href="https://oefenen.example/sport"' in seen
    assert 'href="https://evil.example' not in seen


def test_ux46_the_record_in_short_stands_beside_it_for_who_may_read_records(desk):
    world.make_episode(desk.person, desk.practice, title="Artrose")
    consult.make_consult(desk.person, desk.practice, "Over mijn knie", subject="Knievraag")
    doctor = world.make_employee(desk.practice)
    desk.client.sign_in(doctor)
    page = desk.text()
    assert "Artrose" in page
    assert "Knievraag" in page
    assert AuditEvent.objects.filter(event="record.summary", user_id=f"employee:{doctor.pk}").exists()
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    desk.client.sign_in(only)
    page = desk.text()
    assert "Artrose" not in page
    assert "U mag geen dossiers inzien" in page
    assert not AuditEvent.objects.filter(event="record.summary", user_id=f"employee:{only.pk}").exists()


def test_r12_a_question_about_another_shows_the_record_in_which_it_belongs(desk):
    child = world.make_person(given_name="Sem", family_name="Bos")
    world.enrol(child, desk.practice, desk.account)
    world.make_episode(desk.person, desk.practice, title="Van de ouder")
    world.make_episode(child, desk.practice, title="Van het kind")
    Consult.objects.update(concerns=child)
    desk.client.sign_in(world.make_employee(desk.practice))
    page = desk.text()
    assert "Deze vraag hoort bij het dossier van Sem" in page
    assert "Van het kind" in page
    assert "Van de ouder" not in page
    assert "Mag ik sporten?" in page
    assert AuditEvent.objects.get(event="record.summary").patient_id == child.pk


def test_ux46_earlier_questions_are_listed_searched_and_paged(desk):
    for number in range(25):
        consult.make_consult(desk.person, desk.practice, f"Tekst {number}", subject=f"Vraag {number}")
    path = f"/vragen/{desk.person.pk}/"
    assert f'href="{path}"' in desk.text()
    assert "26 vragen" in desk.client.get(path).content.decode()
    assert "Vraag 17" in desk.client.get(path, {"q": "tekst 17"}).content.decode()
    assert "Niets gevonden" in desk.client.get(path, {"q": "zzz"}).content.decode()
    assert desk.client.get(path, {"page": "2"}).status_code == 200
    desk.client.sign_in(world.make_employee(world.make_practice()))
    assert desk.client.get(path).status_code == 404
    desk.client.sign_in(world.make_employee(desk.practice, rights=[StaffRight.READ_RECORD]))
    assert desk.client.get(path).status_code == 403


def test_the_next_question_is_one_press_away(desk):
    other = consult.make_consult(desk.person, desk.practice)
    send(desk, desk.hidden(), vragen_gezien="ja")
    assert f'href="{desk.path}volgende/"' in desk.text()
    assert desk.client.get(f"{desk.path}volgende/")["Location"] == f"/vragen/{desk.person.pk}/{other.pk}/"
    WorkItem.objects.update(state="done")
    assert desk.client.get(f"{desk.path}volgende/")["Location"] == "/vragen/"


def test_ux48_sending_and_closing_stay_two_acts(desk):
    both = keys(desk.text())
    send(desk, desk.hidden(), getoond=both, gevraagd=both)
    assert Consult.objects.get().state == "answered"
    assert 'value="afhandelen"' in desk.text()


def test_row26_texts_of_both_sides_templates_and_links_are_text(desk_client):
    desk = Desk(desk_client, text=f"Mag {XSS} dit?", subject=XSS)
    rows.add_template(desk.practice, title=XSS, text=f'{XSS}" onfocus="alert(1)')
    rows.add_link(desk.practice, title=XSS)
    form = {**desk.hidden(), "answer": XSS}
    pages = [desk.client.get(desk.path), *(desk.client.post(desk.path, {**form, **one}) for one in (
        {"doen": "standaard"}, {"doen": "links", "zoek": ""}, {"doen": "versturen"}, {"invoegen": XSS},
    ))]  # fmt: skip
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert 'onfocus="alert' not in text
    desk.answer(desk.consult_id, XSS)
    assert "<script>alert" not in desk.text()


@pytest.mark.parametrize(
    "values",
    [
        {"gevraagd": ["\x00", "x" * 5000], "getoond": ["\x00", "x" * 5000]},
        {"invoegen": "a\x00b"},
        {"vervangen": "x" * 9000},
        {"doen": "standaard", "zoek": "\x00" + "x" * 5000},
        {"doen": "links", "zoek": "%_\\' OR 1=1"},
        {"token": "x"},
        {"stond": ["999999999999999999999-x"], "getoond": ["999999999999999999999-x"]},
    ],
)
def test_row32_bad_input_is_never_a_fault(desk, values):
    assert desk.client.post(desk.path, {**desk.hidden(), "answer": "Ja.", **values}).status_code in (200, 422)
    for end in ("vinkjes/", "concept/"):
        assert desk.client.post(f"{desk.path}{end}", {"answer": "\x00", **values}).status_code == 302


def test_row6_without_the_right_nothing_of_it_is_served(desk):
    desk.client.sign_in(world.make_employee(desk.practice, rights=[StaffRight.READ_RECORD]))
    for end in ("vinkjes/", "concept/"):
        answer = desk.client.post(f"{desk.path}{end}", {"answer": "x", "getoond": ["1-x"], "gevraagd": ["1-x"]})
        assert answer.status_code == 403, end
    desk.client.sign_in(world.make_employee(world.make_practice()))
    for end in ("vinkjes/", "concept/"):
        answer = desk.client.post(f"{desk.path}{end}", {"answer": "x", "getoond": ["1-x"], "gevraagd": ["1-x"]})
        assert answer.status_code == 404, end


def test_ux56_the_page_costs_the_same_for_one_and_for_thirty_of_everything(desk):
    costs = []
    desk.client.sign_in(world.make_employee(desk.practice))
    for times in (1, 29):
        for number in range(times):
            row = Consult.objects.get(pk=desk.consult_id)
            consult.add_text(row, f"Mag ik {number} keer? Zie https://www.thuisarts.nl/{number}")
            consult.add_text(row, f"Zie https://www.thuisarts.nl/{number}", desk.employee)
            consult.make_consult(desk.person, desk.practice)
            rows.add_template(desk.practice)
            rows.add_link(desk.practice)
            world.make_episode(desk.person, desk.practice)
            world.make_medication(desk.person, desk.practice)
            world.make_entry(world.make_encounter(desk.person, desk.practice), None, "E")
        desk.text()
        each, form = [], desk.hidden()
        for act in (
            lambda: desk.client.get(desk.path),
            lambda: desk.client.get(f"/vragen/{desk.person.pk}/"),
            lambda form=form: desk.client.post(desk.path, {**form, "doen": "standaard"}, headers=HTMX),
            lambda form=form: desk.client.post(desk.path, {**form, "doen": "links"}, headers=HTMX),
        ):
            with desk.client.stay(), CaptureQueriesContext(connection) as captured:
                assert act().status_code == 200
            each.append(len(captured))
        costs.append(each)
    assert costs[0] == costs[1]
