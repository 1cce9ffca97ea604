"""What is refused on the way to an appointment, beside what is given (REQ 36; R11, R14; rows 1, 9)."""

from datetime import timedelta

import pytest

from tests.faces.patient_booking.test_booking_pages import KINDS, START, Portal
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Agenda, Appointment, AppointmentKind
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_r11_the_reserve_is_neither_shown_nor_given(portal):
    Agenda.objects.update(urgent_reserve=12)
    portal.warn()
    assert "Nu online niets vrij" in portal.text(KINDS)
    text = portal.text(f"{portal.times}?dag={portal.day.isoformat()}")
    assert 'name="plek"' not in text
    assert "Bel de praktijk" in text
    assert portal.press().status_code == 409
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("reserve", [1, 4])
def test_r11_a_place_of_the_reserve_is_refused_beside_one_that_is_given(portal, reserve):
    Agenda.objects.update(urgent_reserve=reserve)
    free = {one.starts_at for one in portal.found().on_day}
    whole = [portal.place(8 * 60 + 10 * number) for number in range(12)]
    kept = [one for one in whole if one.starts_at not in free]
    assert len(kept) == reserve
    portal.warn()
    assert portal.press(kept[0]).status_code == 409
    assert portal.press(next(one for one in whole if one.starts_at in free)).status_code == 302


def test_what_is_not_a_free_place_is_refused(portal):
    """Off the grid, past, too soon, too far, not released, another practice's agenda, an agenda without the kind."""
    portal.warn()
    elsewhere = rows.make_agenda(world.make_practice())
    rows.every_day(elsewhere, portal.kind)
    other = rows.make_agenda(portal.practice)
    rows.every_day(other, rows.make_kind(portal.practice))
    wrong = [
        portal.place(8 * 60 + 5),
        portal.place(length=20),
        portal.place(day=portal.day - timedelta(days=10)),
        portal.place(day=portal.day + timedelta(days=300)),
        portal.place(agenda=elsewhere),
        portal.place(agenda=other),
    ]
    for place in wrong:
        assert portal.press(place).status_code == 409, place
    AppointmentKind.objects.filter(pk=portal.kind.pk).update(hours_before=24 * 20)
    assert portal.press().status_code == 409, "too late"
    AppointmentKind.objects.filter(pk=portal.kind.pk).update(hours_before=0, days_ahead=1)
    assert portal.press().status_code == 409, "too far, or not released yet"
    assert not Appointment.objects.exists()
    AppointmentKind.objects.filter(pk=portal.kind.pk).update(days_ahead=60)
    assert portal.press().status_code == 302


def test_a_kind_for_another_age_is_not_offered_and_not_given(portal):
    AppointmentKind.objects.update(min_age=110)
    portal.warn()
    assert "U kunt hier nu geen afspraak maken" in portal.text(KINDS)
    answer = portal.press()
    assert answer.status_code == 422
    assert "andere leeftijd" in answer.content.decode()


def test_as_many_as_may_be(portal):
    AppointmentKind.objects.update(most_per_patient=1)
    portal.booked()
    portal.warn()
    text = portal.text(KINDS)
    assert "U heeft al" in text
    assert portal.times not in text
    assert portal.press(portal.place(9 * 60)).status_code == 422


def test_kinds_that_are_off_or_of_another_practice_do_not_exist(portal):
    off, kind = rows.make_kind(portal.practice, is_online=False), rows.make_kind(world.make_practice())
    portal.warn()
    text = portal.text(KINDS)
    assert off.name not in text
    assert kind.name not in text
    for one in (off, kind):
        assert portal.client.get(f"{KINDS}{one.pk}/").status_code == 404
        assert portal.press(path=f"{KINDS}{one.pk}/").status_code == 404


def test_r14_facility_off_is_a_404_everywhere_and_no_tile(portal):
    here = portal.held()
    assert START in portal.text("/")
    Account.objects.update(facilities=[one for one in rows.FACILITIES if one != "e_appointment"])
    for path in (START, KINDS, portal.times, f"{here}gegevens/", f"{here}controleer/", f"{here}klaar/"):
        assert portal.client.get(path).status_code == 404, path
    assert portal.press_book(here).status_code == 404
    assert START not in portal.text("/")


def test_row1_the_hold_of_another_patient_does_not_exist(portal):
    card = portal.hold(person=portal.patient())
    here = f"{START}{card.appointment_id}/"
    for page in ("gegevens/", "controleer/", "klaar/"):
        assert portal.client.get(here + page).status_code == 404
    assert portal.fill(here).status_code == 404
    assert portal.press_book(here).status_code == 404
    assert portal.client.post(f"{here}weg/", {"doen": "stop"}).status_code == 404
    assert Appointment.objects.get().state == "held"


def test_without_questions_online_the_pages_lead_to_the_telephone_alone(portal):
    portal.warn()
    assert "/vragen/" in portal.text(KINDS)
    Account.objects.update(facilities=["e_appointment"])
    text = portal.text(KINDS)
    assert 'href="/vragen/' not in text
    assert "Bel de praktijk" in text
