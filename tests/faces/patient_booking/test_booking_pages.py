"""Making an appointment as pages, without script (REQ 36, 37; R11, R14, R17; ux 1 to 13, 41, 42, 43)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.agenda.steps import Scene
from tests.factories import agenda as rows
from zorgbalie.agenda.models import (
    AgendaSettings,
    Appointment,
    AppointmentAnswer,
    AppointmentKind,
    AppointmentKindQuestion,
    Claim,
)
from zorgbalie.audit.models import AuditEvent
from zorgbalie.faces.patient.booking.times import place_value
from zorgbalie.kernel.clock import current_moment

pytestmark = pytest.mark.django_db
START = "/afspraak-maken/"
KINDS = "/afspraak-maken/soort/"
XSS = "<script>alert(1)</script>"


class Portal(Scene):
    """A patient who signed in at the portal."""

    def __init__(self, client, **agenda):
        super().__init__(current_moment(), **agenda)
        self.client = client
        client.sign_in(self.person)
        self.times = f"{KINDS}{self.kind.pk}/"

    def text(self, path, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status, path
        return answer.content.decode()

    def warn(self):
        assert self.client.post(START, {"none_of_these": "on"}).status_code == 302

    def press(self, place=None, token=None, path=""):
        values = {"plek": place_value(place or self.place()), "token": token or uuid4()}
        return self.client.post(path or self.times, values)

    def held(self):
        """Past the warning, with a held time; returns the address of its pages."""
        self.warn()
        answer = self.press()
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].removesuffix("gegevens/")

    def fill(self, here, **values):
        return self.client.post(f"{here}gegevens/", {"doen": "verder", "reason": "Keelpijn", **values})

    def revision(self):
        return Appointment.objects.order_by("-pk")[0].revision

    def press_book(self, here, revision=None):
        return self.client.post(f"{here}controleer/", {"revision": self.revision() if revision is None else revision})

    def ask(self, *kinds, **values):
        for place, kind in enumerate(kinds, start=1):
            AppointmentKindQuestion.objects.create(
                practice=self.practice, kind_of=self.kind, place=place, label=f"Vraag {place}?", kind=kind,
                choices=["rood", "groen"] if kind in ("choice", "several") else [], **values,
            )  # fmt: skip

    def lapse(self):
        Claim.objects.update(expires_at=self.now - timedelta(minutes=1))


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_r17_the_first_page_says_when_to_call_and_needs_a_tick_each_time(portal):
    text = portal.text(START)
    for words in ("Bel 112 bij:", "Bel de praktijk nu bij:", "pijn op de borst"):
        assert words in text
    answer = portal.client.post(START, {})
    assert answer.status_code == 422
    assert "Bel dan nu" in answer.content.decode()
    assert portal.client.get(KINDS)["Location"] == START
    assert portal.client.get(portal.times)["Location"] == f"{START}?soort={portal.kind.pk}"
    assert portal.press()["Location"] == f"{START}?soort={portal.kind.pk}"
    assert not Appointment.objects.exists()
    here = portal.held()
    portal.fill(here)
    portal.press_book(here)
    assert portal.client.get(KINDS)["Location"] == START, "the next appointment begins at the warning again"


def test_req36_37_ux42_the_whole_way_without_script(portal):
    AppointmentKind.objects.update(
        description="U heeft één klacht.", with_whom="de huisarts", bring="Uw medicijnen", room="Kamer 3"
    )
    AgendaSettings.objects.create(
        practice=portal.practice, intro_text="Kies rustig.", confirm_text="Tot dan!", route_text="Achter de kerk."
    )
    answer = portal.client.post(START, {"none_of_these": "on"})
    assert answer["Location"] == KINDS
    text = portal.text(KINDS)
    for words in (
        "Kies rustig.", portal.kind.name, "U heeft één klacht.", "10 minuten", "bij de huisarts", "in de praktijk",
        "Eerste mogelijkheid",
    ):  # fmt: skip
        assert words in text
    text = portal.text(portal.times)
    first = re.findall(r'name="plek" value="([^"]+)"', text)
    assert len(first) == 3
    day = portal.text(f"{portal.times}?dag={portal.day.isoformat()}")
    assert day.count('name="plek"') == 3 + 12
    assert "Ochtend" in day
    answer = portal.client.post(portal.times, {"plek": first[0], "token": uuid4()})
    here = answer["Location"].removesuffix("gegevens/")
    details = portal.text(answer["Location"])
    assert "vastgehouden tot" in details
    assert "Waar komt u voor?" in details
    assert portal.fill(here)["Location"] == f"{here}controleer/"
    check = portal.text(f"{here}controleer/")
    for words in ("Keelpijn", portal.practice.name, "Kamer 3", portal.agenda.name, "nog niet gemaakt"):
        assert words in check
    done = portal.press_book(here)
    assert done["Location"] == f"{here}klaar/"
    for _again in range(2):
        text = portal.text(f"{here}klaar/")
        for words in ("Uw afspraak is gemaakt", "Tot dan!", "Achter de kerk.", "Uw medicijnen", "Kamer 3", "agenda"):
            assert words in text
    row = Appointment.objects.get()
    assert (row.state, row.reason, row.is_online) == ("booked", "Keelpijn", True)
    events = set(AuditEvent.objects.filter(patient_id=portal.person.pk).values_list("event", flat=True))
    assert {"appointment.search", "appointment.hold", "appointment.fill", "appointment.book"} <= events


@pytest.mark.parametrize(("is_on", "count"), [(True, 1), (False, 0)])
def test_ux43_who_has_booked_can_ask_for_an_earlier_time_at_once(portal, is_on, count):
    AgendaSettings.objects.create(practice=portal.practice, earlier_on=is_on)
    here = portal.held()
    portal.fill(here)
    portal.press_book(here)
    assert portal.text(f"{here}klaar/").count(f"/afspraken/{Appointment.objects.get().pk}/eerder/") == count


def test_req72_who_is_called_is_not_told_to_come_to_the_desk(portal):
    AppointmentKind.objects.update(mode="phone", how="Wij bellen u.")
    AgendaSettings.objects.create(practice=portal.practice, confirm_text="Meld u bij de balie.", route_text="Parkeren")
    here = portal.held()
    portal.fill(here)
    portal.press_book(here)
    text = portal.text(f"{here}klaar/")
    assert "Wij bellen u." in text
    assert "balie" not in text.split("<main")[1].split("</main")[0]
    assert "Parkeren" not in text


def test_ux9_no_time_chosen_is_not_called_taken(portal):
    portal.warn()
    answer = portal.client.post(portal.times, {"plek": "x", "token": uuid4()})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Er is nog geen tijd gekozen" in text
    assert "niet meer vrij" not in text
    assert "dichtbij geen andere tijd" not in text


def test_ux12_pressed_twice_or_in_two_tabs_it_is_one_appointment(portal):
    token = uuid4()
    portal.warn()
    answers = [portal.press(token=token)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    here = answers[0].removesuffix("gegevens/")
    portal.fill(here)
    assert portal.press(portal.place(9 * 60))["Location"] == answers[0], "another tab: the same draft, another time"
    assert portal.press_book(here, revision=0)["Location"] == f"{here}controleer/", "this tab showed the former time"
    assert Appointment.objects.get().state == "held"
    revision = portal.revision()
    assert [portal.press_book(here, revision)["Location"] for _ in range(2)] == [f"{here}klaar/"] * 2
    row = Appointment.objects.get()
    assert (row.state, row.starts_at, row.reason) == ("booked", portal.place(9 * 60).starts_at, "Keelpijn")
    assert Claim.objects.count() == 1
    assert portal.client.get(f"{here}gegevens/")["Location"] == f"{here}klaar/"
    assert portal.client.get(f"{here}controleer/")["Location"] == f"{here}klaar/"


def test_ux42_a_time_just_taken_gives_the_nearest_others_on_the_same_page(portal):
    portal.hold(person=portal.patient())
    portal.warn()
    answer = portal.press(path=f"{portal.times}?dag={portal.day.isoformat()}")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "niet meer vrij" in text
    assert text.count('name="plek"') == 3 + 3 + 11, "nearest, first, and the day as it is now"
    nearest = re.findall(r'name="plek" value="([^"]+)"', text)[0]
    assert nearest == place_value(portal.place(8 * 60 + 10))
    assert portal.client.post(portal.times, {"plek": nearest, "token": uuid4()}).status_code == 302


def test_wcag221_after_five_minutes_the_text_stays_and_the_time_is_held_again(portal):
    here = portal.held()
    portal.lapse()
    text = portal.text(f"{here}gegevens/")
    assert "Houd deze tijd opnieuw vast" in text
    answer = portal.fill(here)
    assert answer.status_code == 409
    assert "Keelpijn" in answer.content.decode()
    assert portal.client.get(f"{here}controleer/")["Location"] == f"{here}gegevens/"
    assert portal.client.post(f"{here}controleer/", {"revision": portal.revision()})["Location"] == f"{here}gegevens/"
    assert Appointment.objects.get().state == "held"
    again = portal.client.post(f"{here}gegevens/", {"doen": "vast", "reason": "Keelpijn"})
    assert again["Location"] == f"{here}gegevens/"
    assert "Keelpijn" in portal.text(f"{here}gegevens/")
    assert portal.fill(here)["Location"] == f"{here}controleer/"
    assert portal.press_book(here)["Location"] == f"{here}klaar/"


def test_wcag221_a_lapsed_time_that_somebody_took_gives_alternatives_and_keeps_the_text(portal):
    here = portal.held()
    portal.lapse()
    portal.hold(person=portal.patient())
    answer = portal.client.post(f"{here}gegevens/", {"doen": "vast", "reason": "Keelpijn"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Keelpijn" in text
    other = re.findall(r'name="plek" value="([^"]+)"', text)
    assert len(other) == 3
    answer = portal.client.post(f"{here}gegevens/", {"plek": other[0], "reason": "Keelpijn"})
    assert answer["Location"] == f"{here}gegevens/"
    portal.fill(here)
    portal.press_book(here)
    assert Appointment.objects.get(patient=portal.person).starts_at == portal.place(8 * 60 + 10).starts_at


def test_another_time_and_stop_give_the_place_back_at_once(portal):
    here = portal.held()
    answer = portal.client.post(f"{here}gegevens/", {"doen": "anders", "reason": "Keelpijn"})
    assert answer["Location"] == portal.times
    assert not Claim.objects.exists()
    assert portal.press(portal.place(9 * 60))["Location"] == f"{here}gegevens/"
    assert "Keelpijn" in portal.text(f"{here}gegevens/"), "what was typed goes along"
    assert portal.client.post(f"{here}weg/", {"doen": "stop"})["Location"] == "/"
    assert (Claim.objects.count(), Appointment.objects.get().state) == (0, "cancelled")
    assert portal.client.get(f"{here}gegevens/")["Location"] == START
    assert portal.press_book(here)["Location"] == f"{here}gegevens/", "a cancelled hold never comes back"
    assert Appointment.objects.get().state == "cancelled"


@pytest.mark.parametrize("way", ["gegevens/", "weg/"])
def test_req36_what_was_typed_for_an_appointment_that_was_not_made_is_not_kept(portal, way):
    portal.ask("short")
    here = portal.held()
    portal.fill(here, **{"answer-1": "Arm"})
    assert AppointmentAnswer.objects.get().answer == "Arm"
    portal.client.post(f"{here}{way}", {"doen": "stop", "reason": "Keelpijn", "answer-1": "Been"})
    row = Appointment.objects.get()
    assert (row.state, row.reason, AppointmentAnswer.objects.count()) == ("cancelled", "", 0)


def test_ux4_ux9_questions_of_the_kind_are_asked_checked_and_stored(portal):
    portal.ask("short", "yes_no", "number", "several")
    here = portal.held()
    text = portal.text(f"{here}gegevens/")
    assert text.count("Weet ik niet") == 4
    answer = portal.fill(here, **{"answer-1": "Arm", "answer-3": "veel"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Vul een getal in" in text
    assert text.count("Kies een antwoord.") >= 2
    assert not AppointmentAnswer.objects.filter(is_answered=True).exists()
    portal.client.post(f"{here}gegevens/", {"doen": "anders", "reason": "Keelpijn", "answer-1": "Arm"})
    portal.press(portal.place(9 * 60))
    assert 'value="Arm"' in portal.text(f"{here}gegevens/"), "what fits is kept for another time"
    typed = {"answer-1": "Arm", "answer-2": "weet-niet", "answer-3": "38,5", "answer-4": ["rood", "groen"]}
    assert portal.press_book(here)["Location"] == f"{here}gegevens/", "not before they are answered"
    assert portal.fill(here, **typed)["Location"] == f"{here}controleer/"
    check = portal.text(f"{here}controleer/")
    for words in ("Arm", "Weet ik niet", "38,5", "rood, groen"):
        assert words in check
    portal.press_book(here)
    found = list(AppointmentAnswer.objects.order_by("place").values_list("answer", "is_unknown", "is_answered"))
    assert found == [("Arm", False, True), ("", True, True), ("38.5", False, True), ("rood\ngroen", False, True)]


def test_an_optional_question_says_so_once_and_may_stay_open(portal):
    portal.ask("short", is_optional=True, may_be_unknown=False)
    here = portal.held()
    text = portal.text(f"{here}gegevens/")
    assert text.count("(niet verplicht)") == 2, "the reason and the question"
    assert portal.fill(here, **{"answer-1": "", "reason": ""})["Location"] == f"{here}controleer/"
    assert portal.text(f"{here}controleer/").count("Niet ingevuld") == 2


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 501])
def test_row32_a_reason_that_cannot_be_stored_comes_back(portal, reason):
    here = portal.held()
    assert portal.fill(here, reason=reason).status_code == 422
    assert Appointment.objects.get().reason == ""


def test_row32_a_hostile_text_is_shown_as_text(portal):
    here = portal.held()
    portal.fill(here, reason=XSS)
    assert XSS not in portal.text(f"{here}controleer/")
    assert "&lt;script&gt;" in portal.text(f"{here}controleer/")


@pytest.mark.parametrize(
    "plek", ["", "x", "\x00", "1_20261131T0800_10", "999999999_20290101T0800_10", "1_21991231T2359_9999", "9" * 99]
)
def test_row32_a_forged_place_is_no_place(portal, plek):
    portal.warn()
    answer = portal.client.post(portal.times, {"plek": plek, "token": "x"})
    assert answer.status_code in (409, 422)
    assert "Kies een tijd" in answer.content.decode()
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["dag=x", "dag=2026-02-31", "dag=0001-01-01", "dag=9999-12-31", "dag=2020-01-01", "dag=2999-12-31",
     "vanaf=2999-12-31",
     "vanaf=2001-01-01", "agenda=999999999", f"agenda={'9' * 40}", "deel=nacht", "dag=%00"],
)  # fmt: skip
def test_row32_an_unreadable_past_or_far_day_is_said_and_no_error(portal, query):
    portal.warn()
    text = portal.text(f"{portal.times}?{query}")
    if query.startswith("dag=") and query != "dag=%00":
        assert "zb-times__note" in text


def test_ux42_filters_narrow_what_is_shown_and_stay_while_paging(portal):
    other = rows.make_agenda(portal.practice, name="dr. Zuid")
    rows.every_day(other, portal.kind, starts=13 * 60, ends=14 * 60)
    portal.warn()
    day = f"dag={portal.day.isoformat()}"
    whole = portal.text(f"{portal.times}?{day}")
    assert whole.count('name="plek"') == 3 + 18
    assert "Middag, dr. Zuid" in whole
    late = portal.text(f"{portal.times}?{day}&deel=middag")
    assert late.count('name="plek"') == 3 + 6
    assert "deel=middag" in late
    by_one = portal.text(f"{portal.times}?{day}&agenda={portal.agenda.pk}")
    assert by_one.count('name="plek"') == 3 + 12
    none = portal.text(f"{portal.times}?deel=ochtend&agenda={other.pk}")
    assert "Met deze keuze is er niets vrij" in none
    pages = portal.text(portal.times)
    later = re.search(r'href="(\?vanaf=[^#"]+)', pages)
    assert later
    assert "Eerdere weken" in portal.text(portal.times + later[1])
