"""The inbox of questions at the desk (REQ 41, 42; ux 46 to 49; security rows 5, 6, 24, 26, 32, 40)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import consult, world
from tests.factories.consult_inbox import attach, be_there, make_waiting
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult
from zorgbalie.consult.types import Presence
from zorgbalie.faces.desk.consult.inbox_words import presence_words, promise_words
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


@pytest.fixture
def now():
    return current_moment()


@pytest.fixture
def practice():
    return world.make_practice()


@pytest.fixture
def employee(practice):
    return world.make_employee(practice, role="assistant", name="Samira Bakker")


@pytest.fixture
def desk(desk_client, employee):
    desk_client.sign_in(employee)
    return desk_client


def _shown(answer):
    return [one["row"].consult_id for one in answer.context["rows"]]


def _act(row, what):
    return f"/vragen/{row.patient_id}/{row.pk}/{what}/"


def test_ux47_a_question_with_a_new_promise_still_says_that_it_is_late(desk, practice, now):
    make_waiting(practice, now, hours=50, item={"due_at": now - timedelta(hours=20)})
    page = desk.get("/vragen/?laat=on")
    text = page.content.decode()
    assert len(_shown(page)) == 1
    assert "te laat" in text.split("<tbody>")[1]
    assert "nu beloofd" in text
    assert "nog 50 uur" not in text


def test_req41_the_list_tells_all_that_ux47_asks(desk, practice, employee, now):
    person = world.make_person(given_name="Els", family_name="Zwaluw")
    account = world.make_account(practice, name="dr. J. de Wit")
    world.enrol(person, practice, account)
    item = {"is_urgent": True, "assigned_to": employee}
    row = make_waiting(practice, now, patient=person, hours=-2, subject="Hoesten", item=item)
    consult.add_note(row, employee)
    attach(row)
    be_there(row, world.make_employee(practice, name="Collega Snel"), now)
    text = desk.get("/vragen/").content.decode()
    wanted = (
        "Els Zwaluw", "Hoesten", "2 uur te laat", "spoed", "van u", "interne notitie", "bijlage",
        "Collega Snel leest dit nu", "Zet bij dr. J. de Wit", "Geef terug", "Geen spoed",
        f"/vragen/{person.pk}/{row.pk}/",
    )  # fmt: skip
    for words in wanted:
        assert words in text, words
    assert "Mag ik sporten?" not in text, "the list shows no text of a message"


def test_ux49_an_empty_inbox_says_so_and_a_filter_that_finds_nothing_says_something_else(desk, practice, now):
    assert "Alles beantwoord" in desk.get("/vragen/").content.decode()
    make_waiting(practice, now)
    assert "Niets gevonden" in desk.get("/vragen/?q=blindedarm").content.decode()
    assert "Niets gevonden" in desk.get("/vragen/?stand=afgerond").content.decode()


def test_the_address_holds_the_filter(desk, practice, employee, now):
    account = world.make_account(practice)
    there = make_waiting(practice, now, hours=1, item={"account": account}, subject="Hoesten")
    mine = make_waiting(practice, now, hours=-1, item={"assigned_to": employee, "is_urgent": True})
    done = make_waiting(practice, now, state="answered")
    for query, found in {
        "": [mine.pk, there.pk],
        f"?bij={account.pk}": [there.pk],
        "?bij=mij": [mine.pk],
        "?bij=assistentes": [mine.pk],
        "?bij=niemand": [there.pk],
        "?spoed=on": [mine.pk],
        "?laat=on": [mine.pk],
        "?stand=beantwoord": [done.pk],
        "?q=hoest": [there.pk],
        "?stand=x&bij=x&volgorde=x&van=x&tot=x&page=x": [mine.pk, there.pk],
        "?bij=999999999999999999999": [mine.pk, there.pk],
        "?van=2999-01-01": [],
    }.items():
        assert _shown(desk.get("/vragen/" + query)) == found, query


@pytest.mark.parametrize(
    ("chosen", "is_open"),
    [
        ("", False), ("?laat=on", False), ("?spoed=on&bij=mij", False), ("?stand=beantwoord", False),
        ("?stand=alle", True), ("?stand=bij-arts", True), ("?volgorde=naam", True), ("?van=2026-01-01", True),
    ],
)  # fmt: skip
def test_ux47_filters_that_a_tab_tells_leave_the_room_to_the_list(desk, practice, now, chosen, is_open):
    page = desk.get(f"/vragen/{chosen}").content.decode()
    more = page.split("Meer filters en volgorde")[0].rpartition("<details")[2]
    assert (" open" in more) is is_open


def test_the_tabs_count_what_waits(desk, practice, employee, now):
    make_waiting(practice, now, hours=-1, item={"assigned_to": employee})
    make_waiting(practice, now, item={"is_urgent": True})
    tabs = desk.get("/vragen/?stand=afgerond").context["tabs"]
    assert [(tab.label, tab.count) for tab in tabs[:4]] == [
        ("Alles wat wacht", 2), ("Te laat", 1), ("Spoed", 1), ("Van mij", 1),
    ]  # fmt: skip


def test_req42_one_press_puts_it_with_a_doctor_and_comes_back_to_the_same_list(desk, practice, now):
    account = world.make_account(practice, name="dr. S. Yilmaz")
    row = make_waiting(practice, now)
    form = {"account": account.pk, "revision": row.revision, "back": "spoed=on&next=//evil.example/"}
    answer = desk.post(_act(row, "bij"), form)
    assert (answer.status_code, answer["Location"]) == (302, "/vragen/?spoed=on")
    row.refresh_from_db()
    assert (row.state, row.with_account_id) == ("with_doctor", account.pk)
    assert WorkItem.objects.get(about_id=row.pk).account_id == account.pk
    again = desk.post(_act(row, "bij"), form, follow=True).content.decode()
    assert "De vraag staat nu op de werklijst van dr. S. Yilmaz" in again, "twice is once"
    other = world.make_account(practice)
    late = desk.post(_act(row, "bij"), {**form, "account": other.pk}, follow=True).content.decode()
    assert "Samira Bakker heeft hier net iets gewijzigd" in late
    row.refresh_from_db()
    assert row.with_account_id == account.pk


def test_ux47_urgent_and_back_each_with_a_line_and_on_top(desk, practice, now):
    make_waiting(practice, now, hours=1)
    row = make_waiting(practice, now, hours=40)
    for _ in range(2):
        desk.post(_act(row, "spoed"), {"spoed": "1"})
    assert _shown(desk.get("/vragen/"))[0] == row.pk
    assert (
        desk.post(_act(row, "spoed"), {"spoed": "0", "terug": "vraag"})["Location"]
        == f"/vragen/{row.patient_id}/{row.pk}/"
    )
    assert _shown(desk.get("/vragen/"))[1] == row.pk
    lines = AuditEvent.objects.filter(patient_id=row.patient_id, event__in=["consult.urgent", "consult.not_urgent"])
    assert sorted(lines.values_list("event", flat=True)) == ["consult.not_urgent", "consult.urgent", "consult.urgent"]
    WorkItem.objects.update(state="done")
    Consult.objects.filter(pk=row.pk).update(changed_by_name="dr. J. de Wit")
    text = desk.post(_act(row, "spoed"), {"spoed": "1"}, follow=True).content.decode()
    assert "dr. J. de Wit was u voor" in text


def test_taken_given_back_and_a_colleague_was_first(desk, practice, employee, now):
    row = make_waiting(practice, now)
    item = WorkItem.objects.get(about_id=row.pk)
    desk.post(f"/vragen/pakken/{item.pk}/", {"van": ""})
    assert WorkItem.objects.get(about_id=row.pk).assigned_to_id == employee.pk
    desk.post(f"/vragen/teruggeven/{item.pk}/")
    WorkItem.objects.update(assigned_to=world.make_employee(practice, name="Collega Snel"))
    answer = desk.post(f"/vragen/pakken/{item.pk}/", {"van": ""}, follow=True)
    assert "Collega Snel heeft dit net opgepakt" in answer.content.decode()


def test_row6_without_the_right_nothing_of_it_is_there(desk_client, practice, now):
    row = make_waiting(practice, now)
    rights = [one for one in StaffRight if one is not StaffRight.ANSWER_CONSULTS]
    managers = world.make_employee(practice, role="manager"), world.make_employee(practice, rights=rights)
    for employee in managers:
        desk_client.sign_in(employee)
        assert desk_client.get("/vragen/").status_code == 403
        assert 'href="/vragen/"' not in desk_client.get("/").content.decode()
        for what in ("bij", "spoed", "aanwezig"):
            values = {"account": 1, "revision": 3, "spoed": "1", "back": ""}
            assert desk_client.post(_act(row, what), values).status_code == 403, what
        item = WorkItem.objects.get(about_id=row.pk)
        if employee.role != "manager":
            assert desk_client.post(f"/vragen/pakken/{item.pk}/", {"van": ""}).status_code == 403
        numbers = desk_client.get("/vragen/aantallen/").json()
        assert ("waiting" in numbers["counts"], numbers["here"]) == (False, {})
    desk_client.sign_in(world.make_employee(world.make_practice()))
    assert _shown(desk_client.get("/vragen/")) == []
    for what in ("bij", "spoed", "aanwezig"):
        assert desk_client.post(_act(row, what), values).status_code == 404, what
    row.refresh_from_db()
    assert (row.state, row.revision) == ("sent", 3)


def test_row26_row32_hostile_texts_are_text_and_bad_input_is_no_fault(desk, practice, now):
    row = make_waiting(practice, now, subject=XSS, text=XSS)
    assert b"<script>alert" not in desk.get("/vragen/").content
    names = ("q", "bij", "stand", "volgorde", "van", "tot", "spoed", "page")
    with desk.stay():
        for value in (
            "%00",
            "%27%22%3Cx%3E",
            "%5C",
            "9" * 400,
            "a" * 5000,
            "%F0%9F%98%80",
            "((((",
            ":*",
            "!!",
            "1-13-2020",
        ):
            query = "&".join(f"{name}={value}" for name in names)
            for path in (f"/vragen/?{query}", f"/vragen/?q={value}"):
                assert desk.get(path).status_code == 200, path
    for what in ("bij", "spoed", "aanwezig"):
        for value in ("", "x", "\x00", "9" * 30, "-1"):
            values = dict.fromkeys(("account", "revision", "spoed", "typt", "versie", "van", "back"), value)
            assert desk.post(_act(row, what), values).status_code in (200, 302), (what, value)


@pytest.mark.parametrize("query", ["", "?stand=alle", "?q=sporten", "?volgorde=naam", "?volgorde=leeftijd"])
def test_ux56_the_list_costs_the_same_for_one_and_for_thirty(desk, practice, employee, now, query):
    account, costs = world.make_account(practice), []
    for number in (1, 29):
        for _ in range(number):
            person = world.make_person()
            world.enrol(person, practice, account)
            row = make_waiting(practice, now, patient=person, item={"account": account, "assigned_to": employee})
            be_there(row, world.make_employee(practice), now)
        with desk.stay(), CaptureQueriesContext(connection) as captured:
            assert desk.get("/vragen/" + query).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert costs[1] <= 25


def test_a_list_of_more_than_a_thousand_says_that_it_was_cut(desk, practice, now):
    person = world.make_person()
    world.enrol(person, practice)
    values = {"practice": practice, "patient": person, "asked_by": person, "subject": "Sporten", "state": "answered"}
    moments = {"sent_at": now, "answer_by": now, "changed_at": now}
    Consult.objects.bulk_create([Consult(**values, **moments) for _ in range(1001)])
    answer = desk.get("/vragen/?stand=beantwoord&page=41")
    assert "Meer dan 1000 vragen" in answer.content.decode()
    assert answer.context["page"].number == 40
    assert len(answer.context["rows"]) == 25


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (timedelta(hours=3, minutes=20), "nog 3 uur"), (timedelta(minutes=1), "nog 1 minuut"),
        (timedelta(0), "nog 1 minuut"), (timedelta(minutes=59), "nog 59 minuten"), (timedelta(hours=47), "nog 47 uur"),
        (timedelta(days=2), "nog 2 dagen"), (timedelta(minutes=-5), "5 minuten te laat"),
        (timedelta(hours=-2), "2 uur te laat"), (timedelta(days=-9), "9 dagen te laat"),
    ],
)  # fmt: skip
def test_ux47_age_against_the_promise_in_words(now, rest, words):
    assert promise_words(answer_by=now + rest, now=now) == words


def test_who_is_there_in_words():
    present = (Presence(name="dr. J. de Wit", is_typing=True), Presence(name="Samira Bakker", is_typing=False))
    assert presence_words(present) == "dr. J. de Wit typt een antwoord, Samira Bakker leest dit nu"
    assert presence_words(()) == ""
