"""`Verzoek om correctie` as pages of the desk (AVG 12, 16, 17; ux 48, 50; security rows 6, 7, 32)."""

import re

import pytest

from tests.factories import world
from tests.record_corrections.asking import ask
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import CorrectionEvent, CorrectionRequest, Episode, PatientStatement
from zorgbalie.record.rules.corrections import longest_due_date
from zorgbalie.record.types.corrections import Wish

pytestmark = pytest.mark.django_db


class Desk:
    """A doctor with a request about an episode."""

    def __init__(self, client, wish=Wish.CORRECT):
        self.client, self.now = client, current_moment()
        self.patient, self.practice = world.make_patient_with_open_record()
        self.episode = world.make_episode(self.patient, self.practice, title="Astma")
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        self.number = ask(self.patient, self.now, item=("klacht", self.episode), wish=wish, text="Het was bronchitis.")
        self.path = f"/correcties/{self.patient.pk}/{self.number}/"
        client.sign_in(self.doctor)

    def row(self):
        return CorrectionRequest.objects.get(pk=self.number)

    def decide(self, outcome, **values):
        body = {"revision": self.row().revision, "outcome": outcome, **values}
        return self.client.post(self.path + "besluit/", body)


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_inbox_leads_to_the_page_with_both_sides_and_what_must_be_done_in_the_his(desk):
    inbox = desk.client.get("/").content.decode()
    assert desk.path in inbox
    text = text_of(desk.client.get(desk.path))
    for part in ("Zo leest de patiënt het", "Zo staat het in het dossier", "Het was bronchitis.", "HIS of AIS", "K78"):
        assert part in text


def test_ux50_deciding_asks_once_more_and_keeps_the_words_on_the_way_back(desk):
    asked = desk.decide("granted", note="Bronchitis", answer="U heeft gelijk.")
    assert (asked.status_code, desk.row().state) == (200, "sent")
    assert "Besluit versturen?" in text_of(asked)
    back = desk.decide("granted", note="Bronchitis", answer="U heeft gelijk.", terug="ja")
    assert back.context["decide"]["note"].value() == "Bronchitis"
    done = desk.decide("granted", note="Bronchitis", answer="U heeft gelijk.", zeker="ja")
    assert (done.status_code, desk.row().state) == (302, "granted")
    assert PatientStatement.objects.get().text == "Bronchitis"
    after = text_of(desk.client.get(desk.path))
    assert "Denk eraan: verander het ook in uw HIS of AIS." in after
    assert "Besluit versturen?" in text_of(asked)


def test_row_48_the_confirmation_pressed_twice_is_one_decision(desk):
    body = {"revision": 0, "outcome": "refused", "answer": "Nee.", "zeker": "ja"}
    first, second = (desk.client.post(desk.path + "besluit/", body) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert CorrectionEvent.objects.filter(step="decided").count() == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"outcome": "refused"}, "Schrijf waarom. De patiënt leest dit."),
        ({"outcome": "granted", "answer": "Ja"}, "Schrijf wat er nu staat."),
        ({"outcome": "withdrawn"}, "Kies wat u besluit."),
        ({"outcome": ""}, "Kies wat u besluit."),
        ({"outcome": "refused", "answer": "nul\x00"}, ""),
        ({"outcome": "refused", "answer": "Nee", "revision": "9" * 40}, ""),
        ({"outcome": "refused", "answer": "x" * 3001}, ""),
    ],
)
def test_row_32_a_bad_decision_is_a_message_and_nothing_is_lost(desk, values, message):
    answer = desk.decide(values.pop("outcome"), **values, zeker="ja")
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert desk.row().state == "sent"
    assert answer.context["decide"]["answer"].value() == values.get("answer", None)


def test_row_7_a_note_or_tick_that_this_wish_does_not_have_is_ignored(desk_client):
    desk = Desk(desk_client, Wish.ADD)
    assert desk.decide("granted", note="van de praktijk", hide="on", text="anders", zeker="ja").status_code == 302
    assert PatientStatement.objects.get().text == "Het was bronchitis."
    assert Episode.objects.get().visible_to_patient
    partly = Desk(desk_client, Wish.ADD)
    assert partly.decide("partly", answer="Half", zeker="ja").status_code == 422


def test_avg17_removing_offers_to_hide_and_says_that_nothing_is_destroyed_here(desk_client):
    desk = Desk(desk_client, Wish.REMOVE)
    assert "niet vernietigen" in text_of(desk_client.get(desk.path))
    asked = desk.decide("granted", hide="on")
    assert "Hier wordt niets vernietigd." in text_of(asked)
    desk.decide("granted", hide="on", zeker="ja")
    assert not Episode.objects.get().visible_to_patient


def test_extending_take_up_and_note(desk):
    assert desk.client.post(desk.path + "oppakken/", {"revision": 0}).status_code == 302
    assert desk.row().state == "in_progress"
    stale = desk.client.post(desk.path + "verlengen/", {"revision": 0, "due_on": "2099-01-01", "reason": "x"})
    assert stale.status_code == 302
    day = longest_due_date(asked_at=desk.now)
    bad = desk.client.post(desk.path + "verlengen/", {"revision": 1, "due_on": "2099-01-01", "reason": "Druk"})
    assert (bad.status_code, bad.context["extend"]["reason"].value()) == (422, "Druk")
    assert desk.client.post(desk.path + "verlengen/", {"revision": 1, "due_on": day.isoformat()}).status_code == 422
    body = {"revision": 1, "due_on": day.isoformat(), "reason": "De specialist is er niet."}
    assert desk.client.post(desk.path + "verlengen/", body).status_code == 302
    assert desk.row().due_on == day
    assert desk.client.post(desk.path + "notitie/", {"text": ""}).status_code == 422
    assert desk.client.post(desk.path + "notitie/", {"text": "Bel de specialist"}).status_code == 302
    text = text_of(desk.client.get(desk.path))
    for part in ("In behandeling genomen", "Termijn verlengd", "Bel de specialist"):
        assert part in text
    assert "Termijn verlengen" not in text, "once"


def test_row_6_a_nurse_who_reads_cannot_decide_and_is_told_who_can(desk):
    nurse = world.make_employee(desk.practice, role=StaffRole.NURSE, rights=[StaffRight.READ_RECORD])
    desk.client.sign_in(nurse)
    assert "Besluiten mag wie" in text_of(desk.client.get(desk.path))
    for page in ("besluit/", "verlengen/", "oppakken/", "notitie/"):
        body = {"revision": 0, "outcome": "refused", "answer": "Nee", "zeker": "ja", "text": "x", "reason": "x",
                "due_on": longest_due_date(asked_at=desk.now).isoformat()}  # fmt: skip
        assert desk.client.post(desk.path + page, body).status_code == 403, page
    assert desk.row().state == "sent"
    assert desk.path not in desk.client.get("/").content.decode()


def test_row_5_the_number_of_another_patient_is_not_found(desk):
    other, _ = world.make_patient_with_open_record(desk.practice)
    assert desk.client.get(f"/correcties/{other.pk}/{desk.number}/").status_code == 404


def test_the_manager_sees_how_many_wait(desk):
    manager = world.make_employee(
        desk.practice, role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE, StaffRight.READ_ACCESS_LOG]
    )
    desk.client.sign_in(manager)
    assert "Er staat 1 verzoek om correctie open. Geen is te laat." in text_of(desk.client.get("/beheer/praktijk/"))
