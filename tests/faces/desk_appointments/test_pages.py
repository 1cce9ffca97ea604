"""Appointments of a patient as pages of the desk (REQ 36, 74; R9, R11, R15; security rows 6, 7, 32, 47, 48)."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.conftest import DeskClient
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Appointment, AppointmentAnswer, EarlierWish
from zorgbalie.kernel.clock import current_moment
from zorgbalie.messaging.models import Notice
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


class Desk:
    """An assistant of the practice of a scene."""

    def __init__(self, client):
        self.scene = Scene(current_moment(), urgent_reserve=1)
        self.client, self.patient = client, self.scene.person
        client.sign_in(self.scene.employee)
        self.new = f"/afspraken/{self.patient.pk}/nieuw/"

    def page(self, row):
        return f"/afspraken/{self.patient.pk}/{row.pk}/"

    def booked(self, minutes=8 * 60, **values):
        return rows.make_appointment(
            self.patient, self.scene.agenda, self.scene.kind, self.scene.place(minutes).starts_at, **values
        )

    def at(self, minutes):
        return urlencode({"agenda": self.scene.agenda.pk, "begin": self.scene.place(minutes).starts_at.isoformat()})

    def text_of(self, minutes):
        return f"{self.scene.agenda.pk}|{self.scene.place(minutes).starts_at.isoformat()}"


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def _hidden(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]+)"', page.content.decode()).group(1)


def test_booking_for_a_caller_from_kind_to_confirmation(desk):
    page = desk.client.get(desk.new)
    assert desk.scene.kind.name in page.content.decode()
    kind = f"{desk.new}?soort={desk.scene.kind.pk}"
    times = desk.client.get(f"{kind}&dag={desk.scene.day.isoformat()}").content.decode()
    assert "spoedplek" in times
    confirm = desk.client.get(f"{kind}&{desk.at(8 * 60)}")
    body = {
        "token": _hidden(confirm, "token"), "soort": desk.scene.kind.pk, "place": _hidden(confirm, "place"),
        "reason": "Oorpijn",
    }  # fmt: skip
    first, again = desk.client.post(desk.new, body), desk.client.post(desk.new, body)
    row = Appointment.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == desk.page(row)
    assert (row.reason, row.is_online, row.booked_by_employee_id) == ("Oorpijn", False, desk.scene.employee.pk)


def test_a_free_time_from_the_agenda_asks_for_the_kind_and_keeps_the_time(desk):
    page = desk.client.get(f"{desk.new}?{desk.at(8 * 60)}").content.decode()
    found = re.search(r'href="(\?soort=[^"]+)"', page).group(1).replace("&amp;", "&")
    assert desk.client.get(desk.new + found).context["place"].place == desk.scene.place()


def test_a_time_that_is_just_taken_keeps_what_was_typed_and_offers_the_nearest(desk):
    desk.booked()
    body = {
        "token": "5f0b9a1e-8a5e-4f1f-9a53-0d4b6a4f6b11", "soort": desk.scene.kind.pk, "place": desk.text_of(8 * 60),
        "reason": "Oorpijn",
    }  # fmt: skip
    answer = desk.client.post(desk.new, body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Oorpijn" in page
    assert page.count('type="radio"') == 3
    other = _hidden(answer, "place")
    assert desk.client.post(desk.new, body | {"place": other}).status_code == 302


def test_doubts_are_shown_and_one_may_go_on(desk):
    kind = desk.scene.kind
    kind.max_age, kind.most_per_patient = 3, 1
    kind.save()
    desk.booked(9 * 60)
    page = desk.client.get(f"{desk.new}?soort={kind.pk}&{desk.at(8 * 60)}").content.decode()
    assert "ouder dan" in page
    assert "heeft al zoveel" in page
    assert "Maak de afspraak" in page


def test_no_place_no_kind_are_pages_that_say_so(desk):
    empty = rows.make_kind(desk.scene.practice)
    assert "Geen vrije tijd" in desk.client.get(f"{desk.new}?soort={empty.pk}").content.decode()
    taken = desk.booked()
    gone = desk.client.get(f"{desk.new}?soort={desk.scene.kind.pk}&{desk.at(8 * 60)}").content.decode()
    assert "niet vrij" in gone
    assert taken.state == "booked"


BAD = ("", "x", "0", "-1", "9" * 40, "9" * 18, "\0", "0001-01-01", "9999-12-31", "9999-12-31T23:59:00+00:00", "1|x")


@pytest.mark.parametrize("bad", BAD)
def test_row32_nothing_in_an_address_or_a_form_breaks_a_page(desk, bad):
    row = desk.booked()
    for path in (desk.new, desk.page(row) + "verzetten/", "/afspraken/"):
        for name in ("soort", "agenda", "dag", "begin", "van", "tot", "stand", "volgorde", "patient", "q", "page"):
            assert desk.client.get(path, {name: bad}).status_code in (200, 404), (path, name)
    known = {"soort": desk.scene.kind.pk, "token": "5f0b9a1e-8a5e-4f1f-9a53-0d4b6a4f6b11", "revision": 0}
    for place in (bad, f"{desk.scene.agenda.pk}|{bad}", f"{bad}|2027-01-04T08:00:00+00:00"):
        assert desk.client.post(desk.new, {**known, "place": place}).status_code in (404, 409, 422)
        moved = desk.client.post(desk.page(row) + "verzetten/", {**known, "place": place})
        assert moved.status_code in (409, 422)
    assert desk.client.post(desk.new, {"soort": bad, "place": bad, "token": bad}).status_code in (404, 422)
    assert desk.client.post(desk.page(row) + "afzeggen/", {"revision": bad or "x", "text": bad}).status_code in (
        302,
        422,
    )


def test_the_page_of_an_appointment_shows_all_there_is(desk):
    row = desk.booked(reason="Keelpijn sinds <maandag>")
    AppointmentAnswer.objects.create(
        practice=row.practice, patient=desk.patient, appointment=row, place=1, label="Heeft u koorts?", kind="yes_no",
        answer="yes", is_answered=True,
    )  # fmt: skip
    EarlierWish.objects.create(
        practice=row.practice, patient=desk.patient, appointment=row, part_of_day="morning", created_at=desk.scene.now
    )
    page = desk.client.get(desk.page(row)).content.decode()
    for words in (
        "Keelpijn sinds &lt;maandag&gt;", "Heeft u koorts?", "alleen ’s ochtends", "door de patiënt", "Verzet",
        "Zeg af", desk.scene.agenda.name, "Tekst voor het journaal", "/agenda/?dag=",
    ):  # fmt: skip
        assert words in page, words


def test_r9_r15_cancel_with_a_word_that_is_in_no_notice(desk):
    row = desk.booked()
    page = desk.client.get(desk.page(row) + "afzeggen/")
    body = {"revision": _hidden(page, "revision"), "sentence": "absent", "text": "Bel gerust."}
    desk.client.post(desk.page(row) + "afzeggen/", body)
    row.refresh_from_db()
    assert (row.state, row.cancelled_by, row.claim_id) == ("cancelled", "practice", None)
    assert row.cancel_text.endswith("bel de praktijk. Bel gerust.")
    assert not [one for one in Notice.objects.values() if "gerust" in str(one)]
    assert "Bel gerust." in desk.client.get(desk.page(row)).content.decode()


def test_row47_who_moves_from_an_old_screen_is_told_and_changes_nothing(desk):
    row = desk.booked()
    old = desk.client.get(f"{desk.page(row)}verzetten/?{desk.at(9 * 60)}")
    body = {"revision": _hidden(old, "revision"), "place": _hidden(old, "place")}
    Appointment.objects.filter(pk=row.pk).update(revision=1)
    answer = desk.client.post(desk.page(row) + "verzetten/", body, follow=True)
    assert "intussen gewijzigd" in answer.content.decode()
    row.refresh_from_db()
    assert row.starts_at == desk.scene.place().starts_at
    assert desk.client.post(desk.page(row) + "verzetten/", body | {"revision": 1}).status_code == 302
    row.refresh_from_db()
    assert row.starts_at == desk.scene.place(9 * 60).starts_at


def test_moving_to_a_taken_time_gives_alternatives_and_the_old_time_stays(desk):
    row = desk.booked()
    desk.booked(9 * 60)
    answer = desk.client.post(desk.page(row) + "verzetten/", {"revision": 0, "place": desk.text_of(9 * 60)})
    assert answer.status_code == 409
    assert answer.content.decode().count('type="radio"') == 3
    row.refresh_from_db()
    assert row.starts_at == desk.scene.place().starts_at


def test_the_item_says_what_the_patient_did_and_is_taken_and_closed_on_the_page(desk):
    row = desk.booked()
    assert desk.client.post(desk.page(row) + "bericht/", {"doen": "pak"}).status_code == 302
    item = WorkItem.objects.create(
        practice=desk.scene.practice, person=desk.patient, kind="appointment", about_id=row.pk,
        for_right="book_appointments",
    )  # fmt: skip
    from zorgbalie.agenda.models import AppointmentChange

    AppointmentChange.objects.create(
        practice=row.practice, patient=desk.patient, appointment=row, what="moved", by_patient=True,
        happened_at=desk.scene.now,
    )  # fmt: skip
    inbox = desk.client.get("/").content.decode()
    assert "Patiënt verzette een afspraak" in inbox
    assert desk.page(row) in inbox
    desk.client.post(desk.page(row) + "bericht/", {"doen": "pak", "van": ""})
    item.refresh_from_db()
    assert item.assigned_to_id == desk.scene.employee.pk
    desk.client.post(desk.page(row) + "bericht/", {"doen": "terug"})
    desk.client.post(desk.page(row) + "bericht/", {"doen": "gezien"})
    item.refresh_from_db()
    assert (item.state, item.assigned_to_id) == ("done", None)


def test_the_card_of_a_patient_shows_what_comes_and_the_way_to_a_new_one(desk):
    row = desk.booked()
    page = desk.client.get(f"/patienten/{desk.patient.pk}/").content.decode()
    assert desk.page(row) in page
    assert desk.new in page
    desk.client.sign_in(world.make_employee(desk.scene.practice, role="assistant", rights=()))
    page = desk.client.get(f"/patienten/{desk.patient.pk}/").content.decode()
    assert desk.page(row) not in page
    assert desk.new not in page


def test_row6_without_the_right_403_and_of_another_practice_404(desk):
    row = desk.booked()
    paths = [desk.page(row) + part for part in ("", "verzetten/", "afzeggen/")] + [desk.new]
    desk.client.sign_in(world.make_employee(desk.scene.practice, role="assistant", rights=()))
    assert [desk.client.get(path).status_code for path in [*paths, "/afspraken/"]] == [403] * 5
    stranger = DeskClient("desk", "zorgbalie_desk")
    stranger.sign_in(world.make_employee(world.make_practice()))
    assert [stranger.get(path).status_code for path in paths] == [404] * 4
    assert stranger.post(paths[2], {"revision": 0}).status_code == 404
    pharmacy = DeskClient("desk", "zorgbalie_desk")
    pharmacy.sign_in(world.make_employee(world.make_practice("pharmacy")))
    assert pharmacy.get("/afspraken/").status_code == 404
    row.refresh_from_db()
    assert row.state == "booked"


def test_the_pages_cost_the_same_with_1_and_30_appointments(desk):
    counts = []
    for number in (1, 11):
        for one in range(number):
            minutes = 8 * 60 + 10 * one
            if not Appointment.objects.filter(starts_at=desk.scene.place(minutes).starts_at).exists():
                row = desk.booked(minutes)
        paths = ("/afspraken/", desk.page(row), f"{desk.new}?soort={desk.scene.kind.pk}")
        counts.append([])
        for path in paths:
            with desk.client.stay(), CaptureQueriesContext(connection) as captured:
                assert desk.client.get(path).status_code == 200
            counts[-1].append(len(captured))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 40


def test_a_period_that_ends_before_it_begins_is_said_and_not_searched(desk):
    desk.booked()
    page = desk.client.get("/afspraken/?van=2026-12-02&tot=2026-12-01").content.decode()
    assert "Deze dag ligt voor de eerste dag." in page
    assert "Niets gevonden" not in desk.client.get("/afspraken/?van=2000-01-02&tot=2000-01-01").content.decode()
