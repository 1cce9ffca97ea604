"""Opening hours, holidays and closings (REQ 31, 88; R17; ux 51)."""

from datetime import date

import pytest

from tests.factories import promises, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import PracticeClosing, PracticeOpening

pytestmark = pytest.mark.django_db
PATH, NEW = "/beheer/openingstijden/", "/beheer/openingstijden/dicht/"
VALUES = {
    "revision": 0, "holidays": ["christmas_day", "kings_day"],
    "day0_from1": "08:00", "day0_until1": "12:00", "day0_from2": "13:00", "day0_until2": "17:00",
    "day5_from1": "22:00", "day5_until1": "00:00",
}  # fmt: skip
NEXT_YEAR = local_date(current_moment()).year + 1


@pytest.fixture
def manager(desk_client):
    practice = world.make_practice(opening_hours="Elke ochtend")
    desk_client.sign_in(world.make_employee(practice, role="manager"))
    desk_client.practice = practice
    return desk_client


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_req31_hours_and_holidays_are_stored_with_what_changed_in_the_log(manager):
    assert "De patiënt ziet dan de zin die bij Praktijk staat." in text_of(manager.get(PATH))
    assert manager.post(PATH, VALUES).status_code == 302
    row = PracticeOpening.objects.get(practice=manager.practice)
    assert row.week == [[[480, 720], [780, 1020]], [], [], [], [], [[1320, 1440]], []]
    assert (row.holidays, row.revision) == (["christmas_day", "kings_day"], 1)
    (line,) = AuditEvent.objects.filter(event="opening.changed")
    assert line.detail["day0.after"] == "08:00-12:00 13:00-17:00"
    page = text_of(manager.get(PATH))
    assert "Maandag van 8.00 tot 12.00 uur en van 13.00 tot 17.00 uur. Zaterdag van 22.00 tot 24.00 uur." in page
    assert 'value="00:00"' in page


def test_req88_days_with_the_same_hours_are_named_together(manager):
    morning = [[480, 720]]
    promises.set_hours(manager.practice, week=[morning, morning, [[540, 600]], morning, morning, [], []])
    page = text_of(manager.get(PATH))
    assert "Maandag, dinsdag, donderdag en vrijdag van 8.00 tot 12.00 uur. Woensdag van 9.00 tot 10.00 uur." in page


@pytest.mark.parametrize("typed", ["8", "8.00", "08:00"])
def test_a_time_is_read_as_people_type_it(manager, typed):
    assert manager.post(PATH, {**VALUES, "day0_from1": typed}).status_code == 302
    assert PracticeOpening.objects.get().week[0][0] == [480, 720]


def test_ux51_the_preview_shows_what_is_typed_and_stores_nothing(manager):
    promises.add_closing(manager.practice, date(NEXT_YEAR, 1, 4), date(NEXT_YEAR, 1, 8), "Nascholing")
    page = manager.post(PATH, {**VALUES, "preview": "1"})
    part = manager.post(PATH, VALUES, headers={"HX-Request": "true"})
    for answer in (page, part):
        assert "Maandag van 8.00 tot 12.00 uur" in text_of(answer)
        assert "Nascholing" in text_of(answer)
    assert "<html" not in part.content.decode()
    assert not PracticeOpening.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day0_until1": ""}, "vul een begin en een eind in"), ({"day0_from1": ""}, "vul een begin en een eind in"),
        ({"day0_until1": "07:00"}, "het eind is niet later"), ({"day0_from2": "11:00"}, "voordat de vorige tijd"),
        ({"day0_from1": "acht uur"}, "vul een tijd in"), ({"day0_from1": "25:00"}, "vul een tijd in"),
        ({"day0_from1": "a\x00b"}, "vul een tijd in"), ({"holidays": ["mijn_feest"]}, "geldige"),
        ({"revision": "x"}, ""), ({"revision": 9**30}, ""),
    ],
)  # fmt: skip
def test_row32_what_cannot_be_is_refused_at_its_field_and_nothing_is_lost(manager, values, words):
    answer = manager.post(PATH, {**VALUES, **values})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="17:00"' in text_of(answer)
    assert not PracticeOpening.objects.exists()


@pytest.mark.parametrize("revision", [0, 1])
def test_two_managers_at_once_the_second_is_told(manager, revision):
    assert manager.post(PATH, VALUES).status_code == 302
    if revision:
        manager.post(PATH, {**VALUES, "revision": 1, "day0_until2": "16:00"})
    late = manager.post(PATH, {**VALUES, "revision": revision, "day0_until2": "18:00"})
    assert late.status_code == 409
    assert "Iemand anders heeft dit net gewijzigd" in text_of(late)
    assert PracticeOpening.objects.get().week[0][1][1] == (960 if revision else 1020)


def test_req31_a_closing_is_added_once_and_taken_away_after_a_question(manager):
    values = {"name": " Vakantie ", "starts_on": f"{NEXT_YEAR}-07-05", "ends_on": f"{NEXT_YEAR}-07-16"}
    for _ in range(2):
        assert manager.post(NEW, values).status_code == 302
    row = PracticeClosing.objects.get()
    assert (row.name, row.practice_id) == ("Vakantie", manager.practice.pk)
    assert manager.post(NEW, {"name": "Dag", "starts_on": f"{NEXT_YEAR}-03-01"}).status_code == 302
    address = f"{NEW}{row.pk}/"
    assert "Deze sluiting verwijderen?" in text_of(manager.get(address))
    for _ in range(2):
        assert manager.post(address).status_code == 302
    assert PracticeClosing.objects.get().name == "Dag"
    events = AuditEvent.objects.filter(event__startswith="opening.closing").order_by("pk")
    assert [one.event for one in events] == ["opening.closing_added"] * 2 + ["opening.closing_removed"]


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": f"{NEXT_YEAR}-07-04"}, {"ends_on": "2020-01-01", "starts_on": "2020-01-01"}, {"name": ""},
        {"ends_on": f"{NEXT_YEAR + 2}-01-01"}, {"starts_on": "9999-12-31", "ends_on": "9999-12-31"},
        {"starts_on": "morgen"}, {"name": "x" * 61}, {"name": "a\x00b"},
    ],
)  # fmt: skip
def test_row32_a_closing_that_cannot_be_is_refused_at_its_field(manager, values):
    right = {"name": "Vakantie", "starts_on": f"{NEXT_YEAR}-07-05", "ends_on": f"{NEXT_YEAR}-07-16"}
    answer = manager.post(NEW, {**right, **values})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer)
    assert not PracticeClosing.objects.exists()


def test_row5_a_closing_of_another_practice_is_not_there(manager):
    foreign = promises.add_closing(world.make_practice(), date(NEXT_YEAR, 1, 4), date(NEXT_YEAR, 1, 8))
    assert manager.get(f"{NEW}{foreign.pk}/").status_code == 404
    manager.post(f"{NEW}{foreign.pk}/")
    assert PracticeClosing.objects.count() == 1


@pytest.mark.parametrize("path", [PATH, NEW])
def test_row6_only_who_manages_the_practice(desk_client, path):
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(world.make_practice(), rights=without))
    assert desk_client.get(path).status_code == 403
    assert desk_client.post(path, VALUES).status_code == 403
    assert not PracticeOpening.objects.exists()


def test_req88_patients_read_the_hours_and_without_them_the_sentence_of_the_practice(portal_client):
    practice = world.make_practice(opening_hours="Elke ochtend")
    person, _ = world.make_patient_with_open_record(practice)
    portal_client.sign_in(person)
    assert "Elke ochtend" in text_of(portal_client.get("/"))
    promises.set_hours(practice)
    page = text_of(portal_client.get("/"))
    assert "Maandag tot en met vrijdag van 8.00 tot 12.00 uur en van 13.00 tot 17.00 uur." in page
    assert "Elke ochtend" not in page
