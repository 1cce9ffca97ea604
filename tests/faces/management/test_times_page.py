"""By when the practice answers, how much it takes on, and when a thread ends (REQ 31, 49; ux 15, 51)."""

import pytest

from tests.factories import promises, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import ConsultTimes
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
PATH = "/beheer/vragen/tijden/"
VALUES = {
    "revision": 0, "days_practice": 1, "days_function": 2, "days_doctor": 3, "hour": 16, "cap_per_day": 12,
    "outside_hours": "wait", "open_days": 14, "closed_from": "2027-07-05", "closed_until": "2027-07-16",
    "closed_text": "Wij zijn weg.", "closed_phone": "020 123 45 67", "sent_text": "Op woensdag is er geen arts.",
}  # fmt: skip


@pytest.fixture
def manager(desk_client):
    practice = world.make_practice()
    desk_client.sign_in(world.make_employee(practice, role="manager"))
    desk_client.practice = practice
    return desk_client


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_req49_every_choice_is_stored_with_a_line_in_the_log(manager):
    assert manager.get(PATH).status_code == 200
    assert manager.post(PATH, VALUES).status_code == 302
    row = ConsultTimes.objects.get(practice=manager.practice)
    stored = {name: str(getattr(row, name)) for name in VALUES if name != "revision"}
    assert stored == {name: str(value) for name, value in VALUES.items() if name != "revision"}
    (line,) = AuditEvent.objects.filter(event="consult.times_changed")
    assert (line.detail["cap_per_day"], line.detail["closed_from"]) == (12, "2027-07-05")
    assert PATH in text_of(manager.get("/beheer/vragen/"))


def test_ux51_the_preview_tells_what_a_patient_would_read_and_stores_nothing(manager):
    promises.set_hours(manager.practice)
    page = manager.post(PATH, {**VALUES, "preview": "1"})
    part = manager.post(PATH, VALUES, headers={"HX-Request": "true"})
    for answer in (page, part):
        text = text_of(answer)
        assert text.count("Antwoord uiterlijk") == 3
        assert "om 16.00 uur" in text
        assert "Wij zijn weg." in text
        assert "De patiënt kan nog 14 dagen terugschrijven." in text
    assert "<html" not in part.content.decode()
    assert not ConsultTimes.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"days_practice": 0}, {"days_doctor": 11}, {"days_function": "x"}, {"hour": 24}, {"hour": 9**30},
        {"cap_per_day": -1}, {"cap_per_day": 501}, {"open_days": 366}, {"outside_hours": "nooit"}, {"revision": "x"},
        {"closed_until": ""}, {"closed_from": ""}, {"closed_until": "2027-07-04"}, {"closed_until": "2029-01-01"},
        {"closed_text": ""}, {"closed_phone": "bel maar"}, {"closed_text": "x" * 301}, {"sent_text": "a\x00b"},
        {"closed_from": "morgen"},
    ],
)  # fmt: skip
def test_row32_no_nonsense_and_nothing_typed_is_lost(manager, values):
    answer = manager.post(PATH, {**VALUES, **values})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer) or "revision" in values
    assert not ConsultTimes.objects.exists()


@pytest.mark.parametrize("revision", [0, 1])
def test_two_managers_at_once_the_second_is_told(manager, revision):
    assert manager.post(PATH, VALUES).status_code == 302
    if revision:
        manager.post(PATH, {**VALUES, "revision": 1, "hour": 15})
    late = manager.post(PATH, {**VALUES, "revision": revision, "hour": 9})
    assert late.status_code == 409
    assert "Iemand anders heeft dit net gewijzigd" in text_of(late)
    assert ConsultTimes.objects.get().hour == (15 if revision else 16)


def test_row6_only_who_manages_the_practice(desk_client):
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(world.make_practice(), rights=without))
    assert desk_client.get(PATH).status_code == 403
    assert desk_client.post(PATH, VALUES).status_code == 403
    assert not ConsultTimes.objects.exists()
