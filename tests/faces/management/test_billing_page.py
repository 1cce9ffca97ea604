"""What a practice decides about billing, and loading tariffs with a preview (REQ 50; ux 50, 51; rows 6, 32)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.billing.models import BillingSettings, BillingTariff
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
PATH, TARIFFS, LOAD = "/beheer/declareren/", "/beheer/declareren/tarieven/", "/beheer/declareren/tarieven/laden/"
VALUES = {"revision": 0, "is_on": "on", "rounding": "up", "confirmed_by": "doctors", "patient_text": "Kan\r\n dit."}
LINE = "12011;Consult;5;20;1350;2026-01-01;2026-12-31;Eigen afspraak"


@pytest.fixture
def manager(desk_client):
    practice = world.make_practice()
    desk_client.sign_in(world.make_employee(practice, role="manager", name="Ellen Mulder"))
    desk_client.practice = practice
    return desk_client


def upload(client, content):
    return client.post(LOAD, {"file": SimpleUploadedFile("t.csv", content)})


def test_settings_are_stored_with_a_line_in_the_log(manager):
    page = manager.get(PATH).content.decode()
    assert "Ellen Mulder" in page, "who holds the right to bill"
    assert manager.post(PATH, VALUES).status_code == 302
    row = BillingSettings.objects.get(practice=manager.practice)
    assert (row.is_on, row.rounding, row.confirmed_by, row.proposes_at_close, row.patient_text) == (
        True, "up", "doctors", False, "Kan dit.",
    )  # fmt: skip
    assert AuditEvent.objects.filter(event="billing.settings_changed").count() == 1
    assert manager.post(PATH, VALUES).status_code == 409, "somebody else opened the same page"
    assert manager.post(PATH, {**VALUES, "revision": 1, "is_on": ""}).status_code == 302


@pytest.mark.parametrize(
    "values", [{"rounding": "x"}, {"confirmed_by": ""}, {"patient_text": "x" * 301}, {"patient_text": "a\x00b"},
               {"revision": "99999999999999999999"}],
)  # fmt: skip
def test_row32_bad_settings_stay_on_the_screen(manager, values):
    assert manager.post(PATH, {**VALUES, **values}).status_code == 422
    assert not BillingSettings.objects.exists()


def test_ux50_a_file_is_looked_at_before_it_is_loaded(manager):
    page = upload(manager, f"{LINE}\nfout".encode()).content.decode()
    assert "€ 13,50" in page
    assert "De regel heeft geen acht kolommen." in page
    assert not BillingTariff.objects.filter(practice=manager.practice).exists()
    packed = re.search(r'name="packed" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert manager.post(LOAD, {"packed": packed}).status_code == 302
    assert BillingTariff.objects.get(practice=manager.practice).amount_cents == 1350
    listed = manager.get(TARIFFS).content.decode()
    assert "Eigen afspraak" in listed
    assert "van uw praktijk" in listed
    assert "Er verandert niets" in upload(manager, LINE.encode()).content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x00\x01", b"x" * 600_000, b"\n\n"])
def test_row32_what_is_no_file_of_tariffs_is_said_at_the_field(manager, content):
    answer = upload(manager, content)
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode()


@pytest.mark.parametrize("packed", ["%%%", "é", "AAAA\x00", "x" * 700_000])
def test_row32_a_broken_file_of_the_preview_is_refused(manager, packed):
    assert manager.post(LOAD, {"packed": packed}).status_code in (302, 422)
    assert not BillingTariff.objects.filter(practice=manager.practice).exists()


def test_row6_only_who_manages(manager):
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    manager.sign_in(world.make_employee(manager.practice, rights=without))
    for path in (PATH, TARIFFS, LOAD):
        assert manager.get(path).status_code == 403, path
    for path in (PATH, LOAD):
        assert manager.post(path, VALUES).status_code == 403, path


def test_row5_tariffs_of_another_practice_are_not_there(manager):
    upload_page = upload(manager, LINE.encode()).content.decode()
    manager.post(LOAD, {"packed": re.search(r'name="packed" value="([^"]+)"', upload_page)[1]})
    manager.sign_in(world.make_employee(world.make_practice(), role="manager"))
    assert "Eigen afspraak" not in manager.get(TARIFFS).content.decode()
