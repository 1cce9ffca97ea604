"""Reporting and moving as the desk does it: pages, forms, bad input (REQ 43, 44, 57; R12; rows 5, 6, 26, 32, 48)."""

import re

import pytest

from tests.consult.reporting import Desk
from tests.factories import world
from tests.factories.reporting import add_attachment, store_by_itself
from zorgbalie.consult.models import Consult, ConsultCopy
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Account
from zorgbalie.record.models import Document, Episode, JournalEntry

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Pages(Desk):
    """An employee at the desk with a question that was answered."""

    def __init__(self, client, **values):
        super().__init__(current_moment())
        self.client = client
        client.sign_in(self.employee)
        self.consult_id = self.ask(**values)
        self.answer(self.consult_id)
        self.thread = f"/vragen/{self.person.pk}/{self.consult_id}/"
        self.journal = f"{self.thread}journaal/"

    def to(self, person):
        return f"{self.thread}ander/{person.pk}/"

    def text(self, path, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status
        return answer.content.decode()

    def form(self):
        """The form as a browser would send it."""
        page = self.text(self.journal)
        found = {"token": re.search(r'name="token" value="([^"]+)"', page)[1], "visible": "on"}
        found["record"] = re.search(r'name="record" value="([^"]+)"', page)[1]
        found |= {"rows": re.search(r'name="rows" value="(\d+)"', page)[1], "episode": ""}
        found["day"] = re.search(r'name="day" value="([^"]+)"', page)[1]
        for name, body in re.findall(r'<select name="(r\d+-kind)".*?>(.*?)</select>', page, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)" selected', body)
            found[name] = chosen[1] if chosen else ""
        for name, text in re.findall(r'<textarea name="(r\d+-text)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL):
            found[name] = text
        return found

    def post(self, form=None, **values):
        return self.client.post(self.journal, {**(form or self.form()), **values})

    def revision(self):
        return Consult.objects.get().revision


@pytest.fixture
def desk(desk_client):
    return Pages(desk_client)


def test_req43_the_thread_leads_to_the_journal_with_question_and_answer_filled_in(desk):
    assert desk.journal in desk.text(desk.thread)
    form = desk.form()
    assert (form["r0-kind"], form["r0-text"], form["r1-kind"], form["r1-text"]) == (
        "S", "Mag ik sporten?", "P", "Ja, dat mag."
    )  # fmt: skip
    answer = desk.post(form, **{"r2-kind": "E", "r2-text": "Gezond", "r1-text": "Ja, dat mag gewoon."})
    assert (answer.status_code, answer["Location"]) == (302, desk.thread)
    assert set(JournalEntry.objects.values_list("soep", "text")) == {
        ("S", "Mag ik sporten?"), ("E", "Gezond"), ("P", "Ja, dat mag gewoon.")
    }  # fmt: skip
    page = desk.text(desk.thread)
    assert "Dit staat nu in het dossier." in page
    assert "regels S, E, P" in page
    assert "Deze vraag staat al in het dossier" in desk.text(desk.journal)


def test_req57_a_new_episode_is_visible_unless_the_tick_is_taken_off(desk):
    assert re.search(r'name="visible"[^>]*checked', desk.text(desk.journal))
    desk.post(episode="nieuw", title="Hoesten", icpc="r05")
    assert (Episode.objects.get().icpc_code, Episode.objects.get().visible_to_patient) == ("R05", True)
    form = desk.form()
    del form["visible"]
    desk.post(form, **{"r0-kind": "S"}, episode="nieuw", title="Knie", icpc="")
    assert Episode.objects.get(title="Knie").visible_to_patient is False


def test_r3_r14_the_page_says_what_the_patient_will_see(desk):
    world.make_episode(desk.person, desk.practice, title="Verborgen", visible_to_patient=False)
    page = desk.text(desk.journal)
    assert "kan deze regels meteen lezen" in page
    assert "niet zichtbaar voor de patiënt" in page
    Account.objects.update(facilities=["e_consult"])
    assert "leest het dossier nu niet online" in desk.text(desk.journal)


def test_req29_attachments_are_ticked_and_land_with_the_documents(desk):
    photo = add_attachment(Consult.objects.get())
    assert re.search(rf'name="papers" value="{photo.pk}"[^>]*checked', desk.text(desk.journal))
    desk.post(papers=[photo.pk])
    assert Document.objects.get().state == "private"
    assert "uitslag.jpg staat al bij de documenten" in desk.text(desk.journal)


def test_r12_moved_while_the_page_was_open_nothing_goes_to_a_record_that_the_page_did_not_name(desk):
    form = desk.form()
    desk.move(desk.consult_id, desk.child)
    answer = desk.post(form, **{"r2-text": "Mijn eigen woorden"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "intussen naar een ander dossier gezet" in page
    assert "U schrijft in het dossier van Sem" in page
    assert "Mijn eigen woorden" in page
    assert not JournalEntry.objects.exists()
    assert desk.post(form, record=str(desk.child.pk)).status_code == 302
    assert set(JournalEntry.objects.values_list("patient_id", flat=True)) == {desk.child.pk}


def test_row48_the_form_sent_twice_is_one_entry(desk):
    form = desk.form()
    assert [desk.post(form).status_code for _ in range(2)] == [302, 302]
    assert ConsultCopy.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"r0-kind": "", "r1-kind": ""}, "Kies ten minste één regel of bijlage"),
        ({"r0-kind": "X"}, "Regel 1."),
        ({"r0-text": " "}, "Schrijf eerst een tekst, of kies: niet overnemen"),
        ({"r0-text": "x" * 4001}, "Tekst: Een regel is leeg of te lang"),
        ({"r0-text": "a\x00b"}, "Regel 1."),
        ({"day": "2026-02-31"}, "Vul een datum in"),
        ({"day": "2999-01-01"}, "niet later dan vandaag"),
        ({"episode": "9" * 30}, "Kies een episode van deze patiënt"),
        ({"episode": "nieuw", "title": ""}, "Vul een naam in voor de nieuwe episode"),
        ({"episode": "nieuw", "title": "Hoest", "icpc": "hoest"}, "Dit is geen ICPC-code"),
        ({"papers": ["9" * 30]}, "Een van de bijlagen kan niet naar het dossier"),
        ({"token": "x"}, "Er ging iets mis"),
        ({"record": "9" * 40}, "Er ging iets mis"),
    ],
)
def test_row32_bad_input_is_answered_at_the_field_and_nothing_is_lost(desk, values, words):
    answer = desk.post(**{"r2-text": "Mijn eigen woorden", **values})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Mijn eigen woorden" in page
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("rows", ["", "x", "-1", "9" * 40, "\x00"])
def test_row32_a_broken_count_of_rows_is_no_fault_of_ours(desk, rows):
    assert desk.post(rows=rows).status_code == 422


def test_row5_row6_each_page_is_refused_without_the_right_and_not_found_for_a_stranger(desk):
    paths = (desk.journal, f"{desk.thread}ander/", desk.to(desk.child), f"/vragen/{desk.person.pk}/")
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    desk.client.sign_in(only)
    assert [desk.client.get(path).status_code for path in paths] == [403, 200, 200, 200]
    assert desk.client.post(desk.journal, {"rows": "1"}).status_code == 403
    assert "journaal/" not in desk.text(desk.thread)
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    desk.client.sign_in(world.make_employee(desk.practice, rights=without))
    assert [desk.client.get(path).status_code for path in paths] == [403] * 4
    assert desk.client.post(desk.to(desk.child), {"revision": desk.revision()}).status_code == 403
    desk.client.sign_in(world.make_employee(world.make_practice()))
    assert [desk.client.get(path).status_code for path in paths] == [404] * 4
    assert desk.client.post(desk.to(desk.child), {"revision": desk.revision()}).status_code == 404
    assert Consult.objects.get().concerns is None


def test_r12_search_confirm_move_and_the_thread_says_whom_it_is_about(desk):
    page = desk.text(f"{desk.thread}ander/")
    assert desk.to(desk.child) in page
    other = world.make_person(family_name="Zeldzaam")
    world.enrol(other, desk.practice)
    assert desk.to(other) in desk.text(f"{desk.thread}ander/?q=zeldz")
    assert "staat niemand die hierbij past" in desk.text(f"{desk.thread}ander/?q=qqq")
    page = desk.text(desk.to(desk.child))
    for name in (f"Sem {desk.child.family_name}", desk.person.family_name):
        assert name in page
    answer = desk.client.post(desk.to(desk.child), {"revision": desk.revision()})
    assert (answer.status_code, answer["Location"]) == (302, desk.thread)
    page = desk.text(desk.thread)
    assert f"Dit gaat over Sem {desk.child.family_name}." in page
    assert f"/patienten/{desk.child.pk}/" in page
    assert "U schrijft in het dossier van Sem" in desk.text(desk.journal)


def test_r12_the_file_of_the_child_lists_it_and_leads_to_it_from_the_card(desk):
    desk.move(desk.consult_id, desk.child)
    assert f"/vragen/{desk.child.pk}/" in desk.text(f"/patienten/{desk.child.pk}/")
    page = desk.text(f"/vragen/{desk.child.pk}/")
    assert desk.thread in page
    assert "gaat over deze patiënt" in page
    assert "Nog geen vragen" in desk.text(f"/vragen/{_new_patient(desk).pk}/")
    assert "Niets gevonden" in desk.text(f"/vragen/{desk.child.pk}/?stand=closed")


def _new_patient(desk):
    person = world.make_person()
    world.enrol(person, desk.practice)
    return person


def test_r12_an_old_confirmation_page_changes_nothing_and_says_so(desk):
    stale = desk.revision() - 1
    answer = desk.client.post(desk.to(desk.child), {"revision": stale}, follow=True)
    assert "heeft hier net iets gewijzigd" in answer.content.decode()
    assert Consult.objects.get().concerns is None
    for wrong in ("", "x", "9" * 40, "\x00"):
        assert desk.client.post(desk.to(desk.child), {"revision": wrong}).status_code == 422


def test_r12_nobody_of_another_practice_can_be_chosen(desk):
    stranger = world.make_person()
    world.enrol(stranger, world.make_practice())
    desk.text(desk.to(stranger), 404)
    assert desk.client.post(desk.to(stranger), {"revision": desk.revision()}).status_code == 404


def test_row26_texts_are_text_on_each_page(desk_client):
    desk = Pages(desk_client, text=XSS, subject=XSS)
    add_attachment(Consult.objects.get(), file_name=f"{XSS}.jpg")
    desk.child.given_name = XSS
    desk.child.save()
    for path in (desk.journal, f"{desk.thread}ander/", desk.to(desk.child), f"/vragen/{desk.person.pk}/"):
        assert b"<script>alert" not in desk.client.get(path).content


def test_req43_closing_says_what_became_of_storing(desk):
    store_by_itself(desk.practice, "lines")
    page = desk.text(desk.thread)
    hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("revision", "token")}
    answer = desk.client.post(desk.thread, {**hidden, "doen": "afhandelen", "zeker": "ja"}, follow=True)
    assert "De vraag en het antwoord staan nu ook in het dossier." in answer.content.decode()
    assert "vanzelf, toen" in desk.text(desk.thread)


def test_the_setting_is_found_from_the_page_of_questions_and_kept(desk):
    desk.client.sign_in(world.make_employee(desk.practice, role="manager"))
    assert "/beheer/vragen/dossier/" in desk.text("/beheer/vragen/")
    path = "/beheer/vragen/dossier/"
    assert desk.client.post(path, {"mode": "document", "revision": "0"}).status_code == 302
    assert re.search(r'value="document"[^>]*checked', desk.text(path))
    assert desk.client.post(path, {"mode": "lines", "revision": "0"}).status_code == 409
    for wrong in ({"mode": "x", "revision": "1"}, {"revision": "1"}, {"mode": "lines", "revision": "\x00"}):
        assert desk.client.post(path, wrong).status_code == 422
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk.client.sign_in(world.make_employee(desk.practice, rights=without))
    desk.text(path, 403)
