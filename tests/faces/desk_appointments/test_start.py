"""From a free time in the agenda to the patient who calls (REQ 36, 74; R9, R11; ux 46)."""

import re
from html import unescape

import pytest

from tests.faces.desk_appointments.test_pages import Desk
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Appointment, Occupation
from zorgbalie.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
START = "/afspraken/nieuw/"


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def _text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def _link(page, pattern):
    return unescape(re.search(rf'href="({pattern}[^"]*)"', page).group(1))


def test_req36_a_free_place_of_the_agenda_becomes_an_appointment_of_who_was_found(desk):
    agenda = _text(desk.client.get(f"/agenda/?dag={desk.scene.day.isoformat()}"))
    free = _link(agenda, re.escape(START))
    page = _text(desk.client.get(free))
    assert "8.00 uur" in page
    assert desk.scene.agenda.name in page
    found = _text(desk.client.get(f"{free}&q={desk.patient.family_name}"))
    kinds = _text(desk.client.get(_link(found, desk.new)))
    confirm = desk.client.get(desk.new + _link(kinds, r"\?soort="))
    body = {name: confirm.context["form"][name].value() for name in ("token", "soort", "place")}
    assert desk.client.post(desk.new, {**body, "reason": "Oorpijn"}).status_code == 302
    assert Appointment.objects.get().starts_at == desk.scene.place().starts_at


def test_r9_nobody_is_listed_before_one_searches_and_a_bsn_is_not_looked_up(desk):
    for query in ("", f"?{desk.at(8 * 60)}", "?q=123456782", "?q=%00"):
        assert "Patiënten van deze praktijk" not in _text(desk.client.get(START + query))
    assert not AuditEvent.objects.filter(event="patient.list").exists()
    assert "Zoekt u op BSN?" in _text(desk.client.get(f"{START}?q=123456782"))
    assert "Niemand gevonden" in _text(desk.client.get(f"{START}?q=Xyzzy"))


def test_a_time_that_cannot_be_read_or_is_of_another_practice_is_left_out(desk):
    other = rows.make_agenda(world.make_practice())
    for query in ("agenda=x&begin=y", "agenda=99999999999&begin=0001-01-01", f"agenda={other.pk}&{desk.at(480)[9:]}"):
        page = _text(desk.client.get(f"{START}?{query}"))
        assert "Voor wie is de afspraak?" in page
        assert other.name not in page


def test_who_keeps_no_agenda_is_refused(desk):
    desk.client.sign_in(world.make_employee(desk.scene.practice, role="manager"))
    assert desk.client.get(START).status_code == 403


def test_r10_the_same_time_is_filled_with_what_is_no_patient(desk):
    page = _text(desk.client.get(f"{START}?{desk.at(8 * 60)}"))
    fill = next(unescape(one) for one in re.findall(r'href="([^"]+)"', page) if "begin=" in one)
    form = desk.client.get(fill).context["form"]
    values = {name: form[name].value() for name in ("agenda", "dag", "van", "tot")}
    answer = desk.client.post(fill, {**values, "soort": "meeting", "titel": "Overleg"})
    assert answer.headers["Location"].endswith(f"agenda={desk.scene.agenda.pk}")
    assert Occupation.objects.get().starts_at == desk.scene.place().starts_at
