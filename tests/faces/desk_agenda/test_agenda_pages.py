"""The agenda at the desk: looking, who is there, moving, filling time, paper (REQ 36; R10; rows 5, 6, 32, 40, 48)."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.steps import Scene
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Appointment, Occupation
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import AMSTERDAM, current_moment, local_date
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
AGENDA, PRINT, FILL = "/agenda/", "/agenda/daglijst/", "/agenda/vullen/"
XSS = "<script>alert(1)</script>"


@pytest.fixture
def scene(desk_client):
    scene = Scene(current_moment())
    desk_client.sign_in(scene.employee)
    return scene


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def look(client, scene, day=None, status=200, **values):
    return text_of(client.get(AGENDA, {"dag": (day or scene.day).isoformat(), **values}), status)


def name_of(person):
    return f"{person.given_name} {person.family_name}"


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def today_at(scene, minutes_ago=10, person=None, **values):
    """An appointment that began a while ago, on a whole minute."""
    starts_at = (current_moment() - timedelta(minutes=minutes_ago)).replace(second=0, microsecond=0)
    return rows.make_appointment(person or scene.person, scene.agenda, scene.kind, starts_at, **values)


def test_req36_a_day_shows_names_kinds_and_free_places_that_lead_on(desk_client, scene):
    card = scene.booked()
    page = look(desk_client, scene)
    assert name_of(scene.person) in page
    assert "Keelpijn" in page
    assert f"/afspraken/{scene.person.pk}/{card.appointment_id}/" in page
    free = urlencode({"agenda": scene.agenda.pk, "begin": iso(scene.place(8 * 60 + 10).starts_at)})
    assert f"/afspraken/nieuw/?{free.replace('&', '&amp;')}" in page
    assert page.count('rowspan="') >= 12
    assert "In de wachtkamer" not in page, "of another day than today nobody waits"


def test_every_text_of_a_patient_or_colleague_is_only_text(desk_client, scene):
    scene.book(scene.hold(), reason=XSS)
    scene.occupy(scene.place(9 * 60), title=XSS)
    for query in ({}, {"weergave": "week", "agenda": scene.agenda.pk}):
        assert XSS not in look(desk_client, scene, **query)
    assert XSS not in text_of(desk_client.get(PRINT, {"dag": scene.day.isoformat(), "redenen": "on"}))


@pytest.mark.parametrize("query", [{}, {"weergave": "week"}])
def test_who_lacks_the_right_is_refused_and_a_pharmacy_has_no_agenda(desk_client, scene, query):
    desk_client.sign_in(world.make_employee(scene.practice, rights=[]))
    for path in (AGENDA, PRINT, FILL, "/agenda/tabel/", "/agenda/stand/"):
        assert desk_client.get(path, query).status_code == 403, path
    desk_client.sign_in(world.make_employee(world.make_practice("pharmacy")))
    for path in (AGENDA, PRINT, FILL, "/agenda/tabel/", "/agenda/stand/"):
        assert desk_client.get(path, query).status_code == 404, path


def test_row6_a_manager_has_no_agenda_whatever_rights_were_given(desk_client, scene):
    scene.booked()
    desk_client.sign_in(world.make_employee(scene.practice, role="manager"))
    for path in (AGENDA, PRINT, FILL, "/agenda/tabel/", "/agenda/stand/"):
        assert desk_client.get(path, {"dag": scene.day.isoformat()}).status_code == 403, path
    assert 'href="/agenda/"' not in text_of(desk_client.get("/"))
    assert AuditEvent.objects.filter(event="agenda.day", outcome="4").exists()


def test_row6_another_practice_sees_and_changes_nothing(desk_client, scene):
    card = scene.booked()
    pk = scene.occupy(scene.place(9 * 60))
    desk_client.sign_in(world.make_employee(world.make_practice()))
    page = look(desk_client, scene)
    assert name_of(scene.person) not in page
    assert "Er is nog geen agenda" in page
    assert desk_client.get(AGENDA, {"agenda": scene.agenda.pk}).status_code == 404
    where = f"{scene.person.pk}/{card.appointment_id}/"
    assert desk_client.post(f"/agenda/komst/{where}", {"wat": "arrived", "revision": 1}).status_code == 404
    move = {"agenda": scene.agenda.pk, "begin": iso(scene.place(9 * 60 + 30).starts_at)}
    assert desk_client.get(f"/agenda/verzetten/{where}", move).status_code == 404
    assert desk_client.get(f"{FILL}{pk}/").status_code == 404
    desk_client.post(f"{FILL}{pk}/weg/")
    assert Occupation.objects.filter(pk=pk).exists()


def test_the_menu_has_the_agenda_for_who_keeps_it(desk_client, scene):
    assert 'href="/agenda/"' in text_of(desk_client.get("/"))
    desk_client.sign_in(world.make_employee(scene.practice, rights=[]))
    assert 'href="/agenda/"' not in text_of(desk_client.get("/"))
    desk_client.sign_in(world.make_employee(world.make_practice("pharmacy")))
    assert 'href="/agenda/"' not in text_of(desk_client.get("/"))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "x", "x\x00", "1999-12-31", "2026-1-1"])
def test_row32_a_day_that_cannot_be_says_so_and_shows_today(desk_client, scene, day):
    for path in (AGENDA, PRINT):
        assert "Deze dag kan de agenda niet laten zien" in text_of(desk_client.get(path, {"dag": day}))


@pytest.mark.parametrize(("day", "absent"), [("2000-01-01", "Eerder"), ("2099-12-31", "Later")])
@pytest.mark.parametrize("view", ["dag", "week"])
def test_at_the_ends_of_the_calendar_there_is_no_further(desk_client, scene, day, absent, view):
    page = text_of(desk_client.get(AGENDA, {"dag": day, "weergave": view, "agenda": scene.agenda.pk}))
    assert f'__label">{absent}<' not in page


@pytest.mark.parametrize("name", ["agenda", "weergave"])
@pytest.mark.parametrize("value", ["x", "\x00", "-1", "1.5", "٣", ""])
def test_row32_nonsense_in_the_address_is_ignored(desk_client, scene, name, value):
    look(desk_client, scene, **{name: value})


def test_an_agenda_that_is_not_there_is_not_found(desk_client, scene):
    look(desk_client, scene, status=404, agenda="9" * 18)


def test_an_empty_practice_is_told_what_an_agenda_is(desk_client):
    practice = world.make_practice()
    desk_client.sign_in(world.make_employee(practice))
    page = text_of(desk_client.get(AGENDA))
    assert "Er is nog geen agenda" in page
    assert "Maak de eerste agenda" in page
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.BOOK_APPOINTMENTS]))
    assert "Maak de eerste agenda" not in text_of(desk_client.get(AGENDA))


def test_a_week_of_one_agenda_and_of_all_in_numbers(desk_client, scene):
    scene.booked()
    page = look(desk_client, scene, weergave="week", agenda=scene.agenda.pk)
    assert name_of(scene.person) in page
    assert page.count('<th scope="col"') == 8
    page = look(desk_client, scene, weergave="week")
    assert name_of(scene.person) not in page
    assert "1 afspraak" in page
    assert "11 vrij" in page


def act_in(page, what):
    """The form of a button that says something of an appointment, as a browser would send it."""
    for form in re.findall(r"<form method=\"post\" action=\"(/agenda/komst/[^\"]+)\"(.*?)</form>", page, re.S):
        values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
        if values.get("wat") == what:
            return form[0], {name: value.replace("&amp;", "&") for name, value in values.items()}
    return None


def test_req36_the_waiting_room_fills_and_empties(desk_client, scene):
    row = today_at(scene, minutes_ago=0)
    day = local_date(row.starts_at)
    path, body = act_in(look(desk_client, scene, day), "arrived")
    page = text_of(desk_client.post(path, body, follow=True))
    assert f"{name_of(scene.person)} is er." in page
    assert "wacht 0 minuten" in page
    path, body = act_in(page, "done")
    page = text_of(desk_client.post(path, body, follow=True))
    assert "Er wacht niemand" in page
    path, body = act_in(page, "waited_for")
    assert "wacht 0 minuten" in text_of(desk_client.post(path, body, follow=True))


def test_row47_an_old_page_is_told_and_nothing_is_lost(desk_client, scene):
    row = today_at(scene)
    page = look(desk_client, scene, local_date(row.starts_at))
    arrived, missed = act_in(page, "arrived"), act_in(page, "no_show")
    desk_client.post(*arrived)
    assert "intussen gewijzigd" in text_of(desk_client.post(*missed, follow=True))
    assert Appointment.objects.get().state == "arrived"


@pytest.mark.parametrize(
    "body", [{}, {"wat": "x", "revision": 1}, {"wat": "arrived", "revision": "9" * 30}, {"wat": "\x00", "back": "\x00"}]
)
def test_row32_nonsense_about_who_is_there_changes_nothing(desk_client, scene, body):
    row = today_at(scene)
    answer = desk_client.post(f"/agenda/komst/{scene.person.pk}/{row.pk}/", body, follow=True)
    assert "Er ging iets mis" in text_of(answer)
    assert Appointment.objects.get().state == "booked"


def moving(scene, card, place):
    query = urlencode({"agenda": place.agenda_id, "begin": iso(place.starts_at)})
    return f"/agenda/verzetten/{scene.person.pk}/{card.appointment_id}/?{query}"


def test_ux50_a_drag_is_asked_once_more_and_then_moves(desk_client, scene):
    card, place = scene.booked(), scene.place(9 * 60)
    path = moving(scene, card, place)
    page = text_of(desk_client.get(path))
    assert f"Afspraak van {name_of(scene.person)} verzetten?" in page
    assert "De patiënt krijgt hier bericht van" in page
    assert Appointment.objects.get().starts_at == card.starts_at, "looking moves nothing"
    answer = desk_client.post(path, {"revision": card.revision}, follow=True)
    assert "is verzet" in text_of(answer)
    assert Appointment.objects.get().starts_at == place.starts_at
    again = desk_client.post(path, {"revision": card.revision}, follow=True)
    assert "is verzet" in text_of(again), "row 48: pressed twice is once, with the same answer"
    elsewhere = moving(scene, card, scene.place(9 * 60 + 10))
    assert "intussen gewijzigd" in text_of(desk_client.post(elsewhere, {"revision": card.revision}, follow=True))


def test_a_place_that_was_just_taken_leaves_the_appointment_where_it_was(desk_client, scene):
    card, place = scene.booked(), scene.place(9 * 60)
    path = moving(scene, card, place)
    scene.hold(place, person=scene.patient())
    assert "Hier kan deze afspraak niet" in text_of(desk_client.get(path))
    page = text_of(desk_client.post(path, {"revision": card.revision}, follow=True))
    assert "De afspraak staat nog waar hij stond" in page
    assert Appointment.objects.get(pk=card.appointment_id).starts_at == card.starts_at


def test_where_it_stands_and_what_is_over_cannot_be_moved(desk_client, scene):
    card = scene.booked()
    assert "De afspraak staat hier al" in text_of(desk_client.get(moving(scene, card, scene.place())))
    Appointment.objects.update(state="arrived")
    assert "kan niet meer worden verzet" in text_of(desk_client.get(moving(scene, card, scene.place(9 * 60))))


@pytest.mark.parametrize("begin", ["", "x", "\x00", "2026-11-27", "2026-11-27T08:00", "9999-12-31T23:59Z", "1-1-1"])
def test_row32_a_move_to_no_moment_is_not_found(desk_client, scene, begin):
    card = scene.booked()
    path = f"/agenda/verzetten/{scene.person.pk}/{card.appointment_id}/"
    assert desk_client.get(path, {"agenda": scene.agenda.pk, "begin": begin}).status_code == 404
    assert desk_client.get(path, {"agenda": "x", "begin": "2026-11-27T08:00Z"}).status_code == 404


def filling(scene, **values):
    return {
        "soort": "meeting", "titel": "Teamoverleg", "agenda": scene.agenda.pk, "dag": scene.day.isoformat(),
        "van": "08:30", "tot": "09:00", **values,
    }  # fmt: skip


def seen_in(page):
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def test_r10_filled_time_is_made_changed_and_taken_away(desk_client, scene):
    page = text_of(desk_client.post(FILL, filling(scene), follow=True))
    assert "Overleg: Teamoverleg" in page
    pk = Occupation.objects.get().pk
    path = f"{FILL}{pk}/"
    seen = seen_in(text_of(desk_client.get(path)))
    page = text_of(desk_client.post(path, filling(scene, titel="Later", van="08:40", seen=seen), follow=True))
    assert "Overleg: Later" in page
    assert "Iemand anders heeft dit" in text_of(desk_client.post(path, filling(scene, seen=seen), follow=True))
    for _ in range(2):
        assert "weer vrij" in text_of(desk_client.post(f"{path}weg/", follow=True))
    assert not Occupation.objects.exists()
    assert not AuditEvent.objects.filter(event__startswith="agenda.occup", patient_id__isnull=False).exists()


def test_r10_what_stands_in_the_way_is_named_and_what_was_typed_is_kept(desk_client, scene):
    scene.booked(scene.place(8 * 60 + 40))
    page = text_of(desk_client.post(FILL, filling(scene)), 422)
    assert f"08.40 tot 08.50 afspraak van {name_of(scene.person)}" in page
    assert "Teamoverleg" in page
    assert not Occupation.objects.exists()
    scene.hold(scene.place(9 * 60 + 30), person=scene.patient())
    page = text_of(desk_client.post(FILL, filling(scene, van="09:30", tot="10:00")), 422)
    assert "wordt nu gekozen door een patiënt" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tot": "08:00"}, "Het einde moet na het begin zijn"),
        ({"van": "x"}, "Vul een tijd in"),
        ({"dag": "x"}, "Vul een dag in"),
        ({"dag": "9999-12-31"}, "Deze dag kan niet"),
        ({"agenda": "0"}, "Kies een agenda"),
        ({"soort": "patient"}, "Kies wat het is"),
        ({"titel": "x" * 121}, "120"),
        ({"titel": "a\x00b"}, "Null"),
        ({"dag": "2028-03-26", "van": "02:30", "tot": "04:00"}, "Deze tijd bestaat niet"),
    ],
)
def test_row32_bad_input_has_a_message_at_its_field(desk_client, scene, values, message):
    page = text_of(desk_client.post(FILL, filling(scene, **values)), 422)
    assert message.lower() in page.lower()
    assert "zb-error" in page
    assert not Occupation.objects.exists()


def test_filled_time_may_end_at_midnight(desk_client, scene):
    text_of(desk_client.post(FILL, filling(scene, van="22:00", tot="00:00"), follow=True))
    row = Occupation.objects.get()
    assert row.ends_at.astimezone(AMSTERDAM).hour == 0
    text_of(desk_client.get(f"{FILL}{row.pk}/"))


def test_row40_the_list_of_a_day_names_who_comes_and_leaves_a_line_of_its_own(desk_client, scene):
    scene.booked()
    page = text_of(desk_client.get(PRINT, {"dag": scene.day.isoformat()}))
    assert name_of(scene.person) in page
    assert scene.person.birth_date.strftime("%d-%m-%Y") in page
    assert "Keelpijn" not in page
    assert AuditEvent.objects.filter(event="agenda.print", patient_id=scene.person.pk).count() == 1
    assert "Keelpijn" in text_of(desk_client.get(PRINT, {"dag": scene.day.isoformat(), "redenen": "on"}))
    assert "Geen afspraken" in text_of(desk_client.get(PRINT, {"dag": "2030-01-01"}))


def test_ux49_the_page_asks_for_changes_without_keeping_the_session_and_without_names(desk_client, scene):
    query = {"dag": scene.day.isoformat()}
    before = desk_client.get("/agenda/stand/", query).json()
    scene.booked()
    assert desk_client.get("/agenda/stand/", query).json() != before
    assert not AuditEvent.objects.filter(event="agenda.day").exists()
    answer = desk_client.get("/agenda/tabel/", query)
    assert name_of(scene.person) in text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert AuditEvent.objects.filter(event="agenda.day", patient_id=scene.person.pk).count() == 1


@pytest.mark.parametrize("query", [{}, {"weergave": "week"}, {"weergave": "week", "agenda": True}])
def test_ux56_a_day_costs_as_much_with_one_as_with_thirty(desk_client, scene, query):
    values = {"dag": scene.day.isoformat(), **query}
    if "agenda" in values:
        values["agenda"] = scene.agenda.pk

    def cost():
        with CaptureQueriesContext(connection) as caught:
            text_of(desk_client.get(AGENDA, values))
        return len([one for one in caught if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET ROLE", "RESET"))])

    scene.booked()
    desk_client.get(AGENDA, values)
    one = cost()
    for number in range(30):
        place = scene.place(13 * 60 + 10 * number)
        rows.make_appointment(scene.patient(), scene.agenda, scene.kind, place.starts_at)
    assert cost() == one
    assert one <= 36
