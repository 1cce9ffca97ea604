"""An appointment for a child or for somebody who is helped (REQ 36; R17; ux 41)."""

import pytest

from tests.faces.patient_booking.test_booking_pages import KINDS, START, Portal
from tests.factories import world
from zorgbalie.agenda.models import Appointment
from zorgbalie.kernel.clock import local_date
from zorgbalie.people.models import Representation
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db
FOR_WHOM = f"{START}voor-wie/"


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def represented(portal, age=8, kind="parent", **values):
    today = local_date(portal.now)
    person = portal.patient(given_name="Sem", birth_date=today.replace(year=today.year - age, day=min(today.day, 28)))
    world.represent(portal.person, person, kind, **values)
    return person


def test_ux41_who_has_a_child_is_asked_for_whom_and_then_reads_the_signs_for_a_child(portal):
    child = represented(portal)
    assert portal.client.post(START, {"none_of_these": "on"})["Location"] == FOR_WHOM
    text = portal.text(FOR_WHOM)
    assert "Voor mijzelf" in text
    assert "8 jaar" in text
    assert portal.client.post(FOR_WHOM, {"person": child.pk})["Location"] == START
    text = portal.text(START)
    assert "koorts bij een baby" in text
    assert portal.client.get(KINDS)["Location"] == START, "the warning was passed for another"
    assert portal.client.post(START, {"none_of_these": "on"})["Location"] == KINDS
    here = portal.press()["Location"].removesuffix("gegevens/")
    portal.fill(here)
    assert child.given_name in portal.text(f"{here}controleer/")
    portal.press_book(here)
    assert "Deze afspraak is voor" in portal.text(f"{here}klaar/")
    row = Appointment.objects.get()
    assert (row.patient_id, row.booked_by_person_id, row.state) == (child.pk, portal.person.pk, "booked")


def test_for_oneself_one_goes_on(portal):
    represented(portal)
    portal.warn()
    assert portal.client.post(FOR_WHOM, {"person": 0})["Location"] == KINDS


@pytest.mark.parametrize("person", ["", "x", "-1", "999999", "\x00", "stranger"])
def test_row15_nobody_else_can_be_chosen(portal, person):
    represented(portal)
    portal.warn()
    chosen = portal.patient().pk if person == "stranger" else person
    assert portal.client.post(FOR_WHOM, {"person": chosen}).status_code == 422


def test_r14_a_child_whose_doctor_has_it_off_is_not_switched_to(portal):
    child = represented(portal)
    off = world.make_account(portal.practice, facilities=["e_consult"])
    Enrolment.objects.filter(person=child).update(account=off)
    portal.warn()
    answer = portal.client.post(FOR_WHOM, {"person": child.pk})
    assert answer.status_code == 422
    assert "Bel de praktijk" in answer.content.decode()


@pytest.mark.parametrize(
    ("age", "kind", "values", "may"),
    [
        (8, "parent", {}, True),
        (13, "parent", {}, False),
        (13, "parent", {"child_consent_at": world.MOMENT}, True),
        (17, "parent", {"child_consent_at": world.MOMENT}, False),
        (80, "helper", {}, True),
    ],
)
def test_req8_parents_and_helpers_as_everywhere(portal, age, kind, values, may):
    person = represented(portal, age, kind, **values)
    portal.client.sign_in(portal.person, subject=person)
    answer = portal.client.post(START, {"none_of_these": "on"})
    assert answer.status_code == (302 if may else 404)
    assert portal.press().status_code == (302 if may else 404)
    assert Appointment.objects.filter(patient=person).exists() is may


def test_who_may_no_longer_act_loses_what_was_held(portal):
    child = represented(portal)
    portal.client.sign_in(portal.person, subject=child)
    here = portal.held()
    portal.fill(here)
    Representation.objects.all().delete()
    assert portal.client.get(f"{here}controleer/").status_code == 404
    assert portal.press_book(here).status_code == 404
    assert Appointment.objects.get().state == "held"
