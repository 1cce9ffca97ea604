"""The weeks of an agenda in the browser, without script (REQ 36, 74; R10)."""

import re
from datetime import timedelta

import pytest

from tests.agenda.weeks_steps import Weeks
from tests.factories import agenda as factory
from tests.factories import promises, world
from zorgbalie.agenda.models import AgendaClosing, Appointment, Occupation, WeekBlock
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.iso_weeks import week_name
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS, holidays_on
from zorgbalie.practice.models import PracticeClosing, PracticeOpening

pytestmark = pytest.mark.django_db
ROOT = "/beheer/afspraken/agendas/"
WEEK = timedelta(weeks=1)


@pytest.fixture
def scene(desk_client):
    scene = Weeks(current_moment())
    desk_client.sign_in(scene.manager)
    scene.client = desk_client
    scene.root = f"{ROOT}{scene.agenda.pk}/"
    return scene


def text_of(answer):
    return " ".join(answer.content.decode().split())


def values_of(scene, **values):
    stamp = scene.shown()[0].stamp
    defaults = {
        "scope": "vanaf", "day": str(scene.day), "starts": "08:00", "ends": "10:00", "kinds": [scene.kind.pk],
        "step": "10", "is_online": "on", "every_weeks": "1", "until": "", "stamp": stamp,
    }  # fmt: skip
    return {**defaults, **values}


def block_path(scene, tail=""):
    return f"{scene.root}weken/blok/{scene.shown()[0].block_id}/{tail}?dag={scene.day}"


def test_req74_a_week_shows_blocks_with_how_many_appointments_stand_in_them(scene):
    scene.booked()
    scene.occupy(scene.place(9 * 60))
    page = text_of(scene.client.get(f"{scene.root}weken/?week={week_name(scene.day)}"))
    assert "8.00 tot 10.00 uur" in page
    assert "1 afspraak" in page
    assert "Overleg" in page
    assert scene.kind.name in page
    for week in ("2026-W53", "2027-W01", "2025-W53", "x", "9999-W52", "%00"):
        assert scene.client.get(f"{scene.root}weken/?week={week}").status_code == 200


def test_the_page_asks_as_much_of_the_database_with_one_block_as_with_many(scene, django_assert_max_num_queries):
    path = f"{scene.root}weken/?week={week_name(scene.day)}"
    scene.client.get(path)

    def count():
        with django_assert_max_num_queries(60) as found:
            scene.client.get(path)
        return len(found)

    one = count()
    for number in range(30):
        factory.make_block(scene.agenda, scene.kind, starts=600 + number * 10, ends=610 + number * 10)
        if number < 12:
            scene.booked(scene.place(480 + 10 * number), scene.patient())
    assert count() == one


def test_a_conflict_is_listed_confirmed_and_the_appointment_stays(scene):
    scene.booked(scene.place(9 * 60))
    before = Appointment.objects.values().get()
    values = values_of(scene, ends="09:00")
    answer = scene.client.post(block_path(scene), values)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "1 afspraak past dan niet meer" in page
    assert f"/patienten/{scene.person.pk}/" in page or str(before["id"]) in page
    assert WeekBlock.objects.filter(agenda=scene.agenda).count() == 7
    assert AuditEvent.objects.filter(event="appointment.conflicts", patient_id=scene.person.pk).exists()
    digest = re.search(r'name="gezien" value="([0-9a-f]+)"', page)[1]
    answer = scene.client.post(block_path(scene), {**values, "gezien": digest}, follow=True)
    assert "De afspraken blijven staan." in text_of(answer)
    assert WeekBlock.objects.filter(agenda=scene.agenda).count() == 8
    assert Appointment.objects.values().get() == before


def test_a_manager_who_may_not_see_appointments_gets_no_name(scene):
    scene.booked(scene.place(9 * 60))
    boss = world.make_employee(scene.practice, role="manager")
    scene.client.sign_in(boss)
    page = text_of(scene.client.post(block_path(scene), values_of(scene, ends="09:00")))
    assert "1 afspraak past dan niet meer" in page
    assert scene.person.family_name not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": "25:00"}, {"ends": "07:00"}, {"step": "99999999999999999999"}, {"step": "x"}, {"kinds": ["1\x00"]},
        {"kinds": []}, {"day": "0001-01-01"}, {"day": "9999-12-31"}, {"until": "2020-01-01"}, {"stamp": "\x00"},
        {"stamp": "x"}, {"every_weeks": "9"}, {"scope": "nooit"},
    ],
)  # fmt: skip
def test_wrong_input_is_told_and_nothing_is_stored(scene, wrong):
    answer = scene.client.post(block_path(scene), values_of(scene, **wrong))
    assert answer.status_code == 422
    assert WeekBlock.objects.filter(agenda=scene.agenda).count() == 7


def test_a_drag_only_fills_in_the_form(scene):
    query = f"&naar={scene.day}&van=08:30&tot=02:00&einddag={scene.day + timedelta(days=1)}"
    page = text_of(scene.client.get(block_path(scene) + query))
    assert 'value="08:30"' in page
    assert re.search(r'name="next_day"[^>]*checked', page)
    assert scene.client.get(block_path(scene) + "&naar=x&van=%00&tot=<b>").status_code == 200
    assert WeekBlock.objects.filter(agenda=scene.agenda).count() == 7


def test_new_and_removed_blocks(scene):
    assert scene.client.get(f"{scene.root}weken/blok/").status_code == 200
    answer = scene.client.post(
        f"{scene.root}weken/blok/", values_of(scene, starts="22:00", ends="02:00", next_day="on")
    )
    assert answer.status_code == 302
    assert [one.ends for one in scene.shown()] == [600, 26 * 60]
    assert scene.client.post(f"{scene.root}weken/blok/", values_of(scene)).status_code == 422
    assert scene.client.get(block_path(scene, "weg/")).status_code == 200
    sent = {"scope": "alleen", "stamp": scene.shown()[0].stamp}
    assert scene.client.post(block_path(scene, "weg/"), sent).status_code == 302
    assert [one.starts for one in scene.shown()] == [22 * 60]


def test_a_week_is_copied_after_a_preview(scene):
    path = f"{scene.root}weken/kopieren/?week={week_name(scene.day)}"
    assert scene.client.get(path).status_code == 200
    values = {
        "week": week_name(scene.day), "goes_to": scene.agenda.pk, "first": week_name(scene.day + WEEK),
        "last": week_name(scene.day + 2 * WEEK), "stamp": "",
    }  # fmt: skip
    page = text_of(scene.client.post(path, values))
    assert f"Zo wordt week {(scene.day + WEEK).isocalendar().week}, vanaf" in page
    stamp = re.search(r'name="stamp" value="([0-9a-f]+)"', page)[1]
    assert scene.client.post(path, {**values, "stamp": stamp, "doe": "1"}).status_code == 302
    assert scene.client.post(path, {**values, "first": "2026-W99"}).status_code == 422


def test_leave_and_a_closing_of_the_practice_list_what_stands_there(scene):
    scene.booked(scene.place(9 * 60))
    for path, values, table in (
        (f"{scene.root}vrij/", {"starts_on": str(scene.day), "reason": "Vrij"}, AgendaClosing),
        ("/beheer/openingstijden/dicht/", {"starts_on": str(scene.day), "name": "Vakantie"}, PracticeClosing),
    ):
        answer = scene.client.post(path, values)
        assert answer.status_code == 409
        assert not table.objects.exists()
        digest = re.search(r'name="gezien" value="([0-9a-f]+)"', text_of(answer))[1]
        assert scene.client.post(path, {**values, "gezien": digest}).status_code == 302
        assert table.objects.count() == 1
        AgendaClosing.objects.all().delete()
    assert Appointment.objects.get().state == "booked"


def test_req74_a_holiday_that_is_ticked_lists_the_appointments_of_that_day(scene):
    """It is confirmed as a closing is; holidays that were kept already are in nobody's way."""
    promises.set_hours(scene.practice, holidays=[])
    day = local_date(scene.now) + timedelta(days=1)
    while not holidays_on(day=day) & DEFAULT_HOLIDAYS:
        day += timedelta(days=1)
    scene.book_for(scene.place(9 * 60, day=day))
    scene.book_for(scene.place(9 * 60), scene.patient())
    row = PracticeOpening.objects.get()
    values = {"revision": row.revision, "holidays": [min(holidays_on(day=day) & DEFAULT_HOLIDAYS).value]}
    path = "/beheer/openingstijden/"
    answer = scene.client.post(path, values)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "1 afspraak past dan niet meer" in page
    assert scene.agenda.name in page
    assert AuditEvent.objects.filter(event="appointment.conflicts").count() == 1
    assert PracticeOpening.objects.get().holidays == []
    digest = re.search(r'name="gezien" value="([0-9a-f]+)"', page)[1]
    assert scene.client.post(path, {**values, "gezien": "x"}).status_code == 409
    assert scene.client.post(path, {**values, "gezien": digest}).status_code == 302
    assert PracticeOpening.objects.get().holidays == values["holidays"]
    assert scene.client.post(path, {**values, "revision": row.revision + 1}).status_code == 302
    assert {one.state for one in Appointment.objects.all()} == {"booked"}


def test_a_week_without_blocks_says_what_to_do(scene):
    page = text_of(scene.client.get(f"{scene.root}weken/"))
    assert "Deze week heeft nog geen blokken" not in page
    WeekBlock.objects.all().delete()
    page = text_of(scene.client.get(f"{scene.root}weken/"))
    assert "Deze week heeft nog geen blokken" in page
    assert "Maak een nieuw blok" in page


def test_r10_a_series_with_a_report_and_taken_away(scene):
    scene.booked(scene.place(9 * 60))
    path = f"{scene.root}bezet/?dag={scene.day}"
    assert scene.client.get(path).status_code == 200
    values = {
        "kind": "meeting", "title": "Overleg", "day": str(scene.day), "starts": "9", "ends": "9.30", "every_weeks": "1",
        "until": str(scene.day + 2 * WEEK),
    }  # fmt: skip
    page = text_of(scene.client.post(path, values))
    assert "2 keer in de agenda gezet" in page
    assert "er staat al een afspraak" in page
    one = Occupation.objects.order_by("starts_at").first()
    gone = f"{scene.root}bezet/{one.pk}/weg/?dag={scene.day + WEEK}"
    assert "De hele reeks" in text_of(scene.client.get(gone))
    assert scene.client.post(gone, {"deel": "all"}).status_code == 302
    assert not Occupation.objects.exists()


PAGES = ["weken/", "weken/blok/", "weken/kopieren/", "vrij/", "bezet/"]


@pytest.mark.parametrize("page", PAGES)
def test_not_a_manager_is_refused_and_another_practice_finds_nothing(scene, page):
    scene.client.sign_in(world.make_employee(scene.practice, rights=()))
    assert scene.client.get(scene.root + page).status_code == 403
    scene.client.sign_in(world.make_employee(world.make_practice(), role="manager"))
    for answer in (scene.client.get(scene.root + page), scene.client.post(scene.root + page)):
        assert answer.status_code == (405 if answer.request["REQUEST_METHOD"] == "POST" and page == "weken/" else 404)
