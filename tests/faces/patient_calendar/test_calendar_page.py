"""An appointment as a file, at the portal (REQ 38; R14; rows 8, 27, 61)."""

import pytest

from tests.agenda.calendar_reading import lines_of, read
from tests.agenda.steps import Scene
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Appointment
from zorgbalie.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
_CANARY = "Spataderen"


@pytest.fixture
def scene(now):
    found = Scene(now, name=f"dr. {_CANARY}", function=_CANARY)
    type(found.kind).objects.update(name=_CANARY, description=_CANARY, with_whom=_CANARY, room=_CANARY, bring=_CANARY)
    type(found.practice).objects.update(
        name=f"Huisartsenpraktijk {_CANARY}", street="Lindelaan", house_number="1", postcode="1234 AB", city="Utrecht"
    )
    found.kind.refresh_from_db()
    return found


@pytest.fixture
def row(scene):
    begins = scene.place().starts_at
    return rows.make_appointment(scene.person, scene.agenda, scene.kind, begins, reason=_CANARY)


def _path(row):
    return f"/afspraken/{row.pk}/afspraak.ics"


def test_req38_the_file_says_when_and_where_and_no_more(portal_client, scene, row):
    portal_client.sign_in(scene.person)
    answer = portal_client.get(_path(row))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="afspraak.ics"'
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    event = read(answer.content).events[0]
    assert (event.summary, event.dtstart) == ("Afspraak", row.starts_at)
    assert event.location == "Lindelaan 1, 1234 AB Utrecht"
    text = "".join(lines_of(answer.content))
    assert [word for word in (_CANARY, "Huisarts", "huisarts", "dr.") if word in text] == [], "row 61"
    assert AuditEvent.objects.filter(event="appointment.calendar_file", patient_id=scene.person.pk).count() == 1


def test_the_same_name_in_each_file_and_a_higher_number_after_a_change(portal_client, scene, row):
    portal_client.sign_in(scene.person)
    first = lines_of(portal_client.get(_path(row)).content)
    Appointment.objects.update(revision=4, state="cancelled", claim=None, cancelled_at=scene.now)
    second = lines_of(portal_client.get(_path(row)).content)
    assert [one for one in first if one[:4] == "UID:"] == [one for one in second if one[:4] == "UID:"]
    assert ("SEQUENCE:0" in first, "METHOD:PUBLISH" in first) == (True, True)
    assert ("SEQUENCE:4" in second, "METHOD:CANCEL" in second) == (True, True)


def test_a_call_has_no_place(portal_client, scene, row):
    Appointment.objects.update(mode="phone")
    portal_client.sign_in(scene.person)
    assert "LOCATION" not in portal_client.get(_path(row)).content.decode()


def test_not_of_somebody_else_not_while_held_and_not_when_appointments_are_off(portal_client, scene, row):
    portal_client.sign_in(scene.patient())
    assert portal_client.get(_path(row)).status_code == 404
    portal_client.sign_in(scene.person)
    assert portal_client.get("/afspraken/99999999999999999999/afspraak.ics").status_code == 404
    assert portal_client.post(_path(row)).status_code == 405
    Appointment.objects.update(state="held", booked_at=None)
    assert portal_client.get(_path(row)).status_code == 404
    Appointment.objects.update(state="booked", booked_at=scene.now)
    type(scene.account).objects.update(facilities=["e_consult"])
    assert portal_client.get(_path(row)).status_code == 404, "R14"


def test_who_is_not_signed_in_is_led_to_signing_in(portal_client, row):
    assert portal_client.get(_path(row)).status_code == 302


def test_a_parent_saves_it_for_a_child(portal_client, scene):
    child = scene.patient(birth_date=scene.day.replace(year=scene.day.year - 5))
    row = rows.make_appointment(child, scene.agenda, scene.kind, scene.place(540).starts_at)
    portal_client.sign_in(scene.person, subject=child)
    assert portal_client.get(_path(row)).status_code == 404
    world.represent(scene.person, child)
    assert portal_client.get(_path(row)).status_code == 200
