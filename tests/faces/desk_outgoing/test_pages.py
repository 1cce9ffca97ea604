"""Pages of what the practice begins (REQ 33, 34; ux 50, 51; security rows 26, 29, 48)."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import consult, outgoing, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, Mailing, MailingRecipient, MessageSettings, PlannedFollowUp
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


class Desk:
    """A doctor with every right, and a patient."""

    def __init__(self, client):
        self.client = client
        self.person, self.practice = world.make_patient_with_open_record(given_name="Anna", family_name="Bos")
        self.employee = world.make_employee(self.practice, name="dr. J. de Wit")
        self.practice.accounts.get().members.add(self.employee)
        client.sign_in(self.employee)
        self.start = f"/vragen/{self.person.pk}/bericht/"

    def message(self, **values):
        first = {
            "token": uuid4(), "subject": "Controle", "text": "{aanhef}, komt u?", "replies": "open", "reply_until": "",
            "doen": "versturen",
        }  # fmt: skip
        return {**first, **values}


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def test_the_card_leads_to_the_form_and_the_form_to_the_thread(desk):
    card = desk.client.get(f"/patienten/{desk.person.pk}/").content.decode()
    assert desk.start in card
    answer = desk.client.post(desk.start, desk.message(), follow=True)
    text = answer.content.decode()
    assert "bericht van de praktijk" in text
    assert "Begonnen door de praktijk" in text
    assert "nog niet gelezen" in text
    assert Consult.objects.get().subject == "Controle"


def test_who_may_not_answer_has_no_link_and_no_form(desk, desk_client):
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    desk_client.sign_in(world.make_employee(desk.practice, rights=without))
    assert desk.start not in desk_client.get(f"/patienten/{desk.person.pk}/").content.decode()
    assert desk_client.get(desk.start).status_code == 403


def test_ux50_the_preview_shows_what_the_patient_sees_and_sends_nothing(desk):
    for extra in ({}, HTMX):
        answer = desk.client.post(desk.start, desk.message(doen="voorbeeld"), **extra)
        assert "Beste Anna Bos, komt u?" in answer.content.decode()
    assert Consult.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"subject": ""},
        {"text": ""},
        {"text": "{bsn}"},
        {"text": "a\x00b"},
        {"replies": "x"},
        {"replies": "until", "reply_until": ""},
        {"replies": "until", "reply_until": "2026-02-31"},
        {"replies": "until", "reply_until": "1990-01-01"},
        {"token": "x"},
    ],
)
def test_bad_input_stays_on_the_page_with_a_message(desk, values):
    answer = desk.client.post(desk.start, desk.message(**values))
    assert answer.status_code == 422
    assert "Er klopt iets niet" in answer.content.decode()
    assert Consult.objects.count() == 0


def test_row48_two_presses_are_one_thread(desk):
    values = desk.message()
    for _ in range(2):
        assert desk.client.post(desk.start, values).status_code == 302
    assert Consult.objects.count() == 1


def test_the_reason_stands_on_the_page_when_the_patient_cannot_read_it(desk):
    account = desk.practice.accounts.get()
    account.facilities = []
    account.save()
    text = desk.client.get(desk.start).content.decode()
    assert "E-consult) staan uit" in text
    assert "Verstuur naar de patiënt" not in text
    assert desk.client.post(desk.start, desk.message()).status_code == 422


def test_req33_planned_changed_and_taken_away(desk):
    row = consult.make_consult(desk.person, desk.practice, state="answered")
    path = f"/vragen/{desk.person.pk}/{row.pk}/vervolg/"
    first = {"revision": 0, "when": "2", "day": "", "text": "Hoe gaat het?", "doen": "plan"}
    assert desk.client.post(path, first).status_code == 302
    plan = PlannedFollowUp.objects.get()
    assert plan.ask_on >= local_date(current_moment()) + timedelta(days=14)
    assert desk.client.post(path, {**first, "when": "4", "revision": 9}).status_code == 409
    assert desk.client.post(path, {**first, "when": "4", "revision": 1}).status_code == 302
    assert desk.client.post(path, {"revision": 2, "doen": "weg"}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "cancelled"


@pytest.mark.parametrize(
    "values",
    [{"when": ""}, {"when": "9"}, {"when": "day", "day": ""}, {"when": "day", "day": "x"}, {"text": ""},
     {"revision": "999999999999999999999"}],
)  # fmt: skip
def test_a_bad_plan_stays_on_the_page(desk, values):
    row = consult.make_consult(desk.person, desk.practice, state="answered")
    first = {"revision": 0, "when": "2", "day": "", "text": "Hoe gaat het?", "doen": "plan"}
    answer = desk.client.post(f"/vragen/{desk.person.pk}/{row.pk}/vervolg/", {**first, **values})
    assert answer.status_code == 422
    assert PlannedFollowUp.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [{"title": ""}, {"age_from": "-1"}, {"age_from": "9" * 30}, {"age_from": "50", "age_until": "40"}, {"icpc": "x"},
     {"measured": "HbA1c"}, {"contact_before": "2026-13-01"}, {"account": "99999"}, {"sex": "x"}, {"age_from": ""}],
)  # fmt: skip
def test_a_bad_selection_stays_on_the_page(desk, values):
    first = {"token": uuid4(), "title": "Oproep", "age_from": "18"}
    answer = desk.client.post("/berichten/nieuw/", {**first, **values})
    assert answer.status_code == 422
    assert Mailing.objects.count() == 0


def test_a_mailing_from_search_to_sending(desk):
    first = {"token": uuid4(), "title": "Oproep", "icpc": "T90"}
    answer = desk.client.post("/berichten/nieuw/", first)
    mailing = Mailing.objects.get()
    assert answer.headers["Location"] == f"/berichten/{mailing.pk}/"
    Mailing.objects.update(state="choosing")
    outgoing.add_recipient(mailing, desk.person)
    other = world.make_person()
    world.enrol(other, desk.practice, desk.practice.accounts.get())
    outgoing.add_recipient(mailing, other)
    home = f"/berichten/{mailing.pk}/"
    shown = [desk.person.pk, other.pk]
    ticks = {"op_pagina": shown, "stond": shown, "kiest": [desk.person.pk]}
    assert desk.client.post(f"{home}wie/", ticks).status_code == 302
    assert MailingRecipient.objects.get(patient=other).state == "unticked"
    words = {**desk.message(), "revision": 1, "unread_days": 5}
    assert desk.client.post(f"{home}tekst/", words).headers["Location"] == f"{home}voorbeeld/"
    assert "Beste Anna Bos, komt u?" in desk.client.get(f"{home}voorbeeld/").content.decode()
    revision = Mailing.objects.get().revision
    wrong = desk.client.post(f"{home}versturen/", {"revision": revision, "typed": 2})
    assert wrong.status_code == 422
    for _ in range(2):
        assert desk.client.post(f"{home}versturen/", {"revision": revision, "typed": 1}).status_code == 302
    assert Mailing.objects.get().state == "sending"
    assert desk.client.post(f"{home}stoppen/").status_code == 302
    assert Mailing.objects.get().state == "stopped"


def test_who_saves_an_older_page_puts_nobody_back_whom_a_colleague_left_out(desk):
    mailing = outgoing.make_mailing(desk.practice, desk.employee, state="choosing")
    other = world.make_person()
    world.enrol(other, desk.practice, desk.practice.accounts.get())
    for person in (desk.person, other):
        outgoing.add_recipient(mailing, person)
    path = f"/berichten/{mailing.pk}/wie/"
    older = _boxes(desk.client.get(path).content.decode())
    assert set(older["stond"]) == set(older["kiest"]) == {str(desk.person.pk), str(other.pk)}
    desk.client.post(path, {**older, "kiest": [str(desk.person.pk)]})
    desk.client.post(path, {**older, "kiest": [str(other.pk)]})
    assert set(MailingRecipient.objects.values_list("state", flat=True)) == {"unticked"}
    desk.client.post(path, {**older, "stond": []})
    assert set(MailingRecipient.objects.values_list("state", flat=True)) == {"chosen"}


def _boxes(page):
    """What the page sends when nothing is touched."""
    found = {name: re.findall(rf'name="{name}" value="(\d+)"', page) for name in ("op_pagina", "stond")}
    return found | {"kiest": re.findall(r'name="kiest" value="(\d+)" checked', page)}


def test_the_part_that_shows_progress_brings_the_next_step_when_it_is_done(desk):
    mailing = outgoing.make_mailing(desk.practice, desk.employee, state="sending")
    path = f"/berichten/{mailing.pk}/"
    assert "HX-Refresh" not in desk.client.get(path, **HTMX).headers
    Mailing.objects.update(state="done")
    assert desk.client.get(path, **HTMX).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in desk.client.get(path).headers


def test_row29_the_list_to_phone_holds_no_formula(desk):
    desk.person.family_name, desk.person.phone = "=2+2", "+31612345678"
    desk.person.given_name = "@x"
    desk.person.save()
    mailing = outgoing.make_mailing(desk.practice, desk.employee, state="done", confirmed_at=current_moment())
    row = outgoing.make_begun(desk.person, desk.practice, desk.employee, mailing=mailing)
    outgoing.add_recipient(mailing, desk.person, "sent", consult=row)
    answer = desk.client.get(f"/berichten/{mailing.pk}/bellen/csv/")
    cells = [cell for line in csv.reader(io.StringIO(answer.content.decode()), delimiter=";") for cell in line]
    assert "'@x =2+2" in cells
    assert "'+31612345678" in cells
    assert AuditEvent.objects.filter(event="mailing.unread", patient_id=desk.person.pk).count() == 1


def test_the_menu_shows_it_to_who_may_alone(desk, desk_client):
    assert 'href="/berichten/"' in desk.client.get("/").content.decode()
    without = [right for right in StaffRight if right is not StaffRight.SEND_TO_SELECTION]
    desk_client.sign_in(world.make_employee(desk.practice, rights=without))
    assert 'href="/berichten/"' not in desk_client.get("/").content.decode()
    assert desk_client.get("/berichten/").status_code == 403


_SETTINGS = {
    "revision": 0, "is_on": "on", "start_text": "{aanhef},", "follow_up_text": "{aanhef}, hoe gaat het?",
    "reply_days": 10, "silent_days": 3, "quiet_from": 22, "quiet_until": 7,
}  # fmt: skip


def test_ux51_the_settings_have_a_preview_and_are_stored(desk):
    page = "/beheer/vragen/berichten/"
    look = desk.client.post(page, {**_SETTINGS, "preview": "1"}).content.decode()
    assert "Beste Anna de Vries, hoe gaat het?" in look
    assert MessageSettings.objects.count() == 0
    assert desk.client.post(page, _SETTINGS).status_code == 302
    assert MessageSettings.objects.get().reply_days == 10
    assert desk.client.post(page, _SETTINGS).status_code == 409
    assert desk.client.post(page, {**_SETTINGS, "revision": 1, "is_on": ""}).status_code == 302
    assert "uitgezet" in desk.client.get(desk.start).content.decode()


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"start_text": ""}, 422),
        ({"start_text": "{bsn}"}, 409),
        ({"reply_days": "9" * 20}, 422),
        ({"quiet_from": 24}, 422),
    ],
)
def test_bad_settings_stay_on_the_page(desk, values, status):
    assert desk.client.post("/beheer/vragen/berichten/", {**_SETTINGS, **values}).status_code == status
    assert MessageSettings.objects.count() == 0


def test_settings_are_for_who_manages(desk, desk_client):
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(desk.practice, rights=without))
    assert desk_client.get("/beheer/vragen/berichten/").status_code == 403
