"""The page in words, its filters, its PDF (REQ 10; security rows 12, 43)."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.audit.lines import write_lines
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditOutcome
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import system_viewer

pytestmark = pytest.mark.django_db
PAGE, PDF = "/logboek/", "/logboek/pdf/"


@pytest.fixture
def patient_and_practice(portal_client):
    patient, practice = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    return patient, practice


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_page_says_who_what_when_and_why_in_plain_words(portal_client, patient_and_practice):
    patient, practice = patient_and_practice
    doctor = world.viewer_of_employee(world.make_employee(practice, name="Dokter Bernard"))
    write_lines(3, doctor, patient_id=patient.pk, kind="full_record")
    text = _text(portal_client.get(PAGE, {"anderen": "on"}))
    assert f"Dokter Bernard huisarts, {practice.name} bekeek: het hele dossier, 3 keer" in text
    assert "Voor uw zorg" in text
    assert "(3×)" in text
    assert "full_record" not in text


def test_row_12_emergency_access_stands_out_with_its_reason(portal_client, patient_and_practice):
    patient, _ = patient_and_practice
    employee = world.make_employee(world.make_practice(name="Spoedpost Zuid"), name="Dokter Haast")
    world.start_emergency(employee, patient, reason="Bewusteloos op straat", started_at=current_moment())
    write_lines(1, world.viewer_of_employee(employee), patient_id=patient.pk, kind="full_record", emergency=True)
    text = _text(portal_client.get(PAGE))
    assert "Iemand gebruikte noodtoegang" in text
    assert "Dokter Haast noodtoegang" in text
    assert "Bewusteloos op straat" in text


def test_refused_try_is_shown_as_such(portal_client, patient_and_practice):
    patient, _ = patient_and_practice
    nosy = world.viewer_of_employee(world.make_employee(world.make_practice(), name="Nieuwsgierig"))
    write_lines(1, nosy, patient_id=patient.pk, kind="journal", outcome=AuditOutcome.REFUSED)
    text = _text(portal_client.get(PAGE))
    assert "probeerde, maar kreeg geen toegang: verslagen van contacten" in text
    assert "Er is niets getoond." in text


def test_own_looks_can_be_left_out_and_the_reading_itself_is_a_line(portal_client, patient_and_practice):
    patient, _ = patient_and_practice
    portal_client.get(PAGE)
    assert "bekeek: dit overzicht" in _text(portal_client.get(PAGE))
    assert "bekeek: dit overzicht" not in _text(portal_client.get(PAGE, {"anderen": "on"}))
    assert AuditEvent.objects.filter(event="access_log.read", patient_id=patient.pk).count() == 3


@pytest.mark.parametrize(
    "query",
    [{"van": "gisteren"}, {"van": "2026-13-45"}, {"tot": "\x00"}, {"page": "-1"}, {"page": "9" * 40}, {"page": "²"}],
)
def test_row_32_garbage_in_the_address_is_no_failure(portal_client, patient_and_practice, query):
    assert portal_client.get(PAGE, query).status_code == 200


def test_period_that_ends_before_it_begins_is_explained(portal_client, patient_and_practice):
    text = _text(portal_client.get(PAGE, {"van": "2026-11-02", "tot": "2026-11-01"}))
    assert "Deze dag ligt voor de eerste dag." in text


def test_empty_period_explains_itself(portal_client, patient_and_practice):
    text = _text(portal_client.get(PAGE, {"tot": "2001-01-01"}))
    assert "In deze periode keek niemand" in text


def test_anonymous_is_sent_to_sign_in(portal_client):
    assert portal_client.get(PAGE).status_code == 302
    assert portal_client.get(PDF).status_code == 302


def test_number_of_queries_is_the_same_for_1_and_30_rows(portal_client, patient_and_practice):
    patient, practice = patient_and_practice

    def queries_with(lines: int) -> int:
        for _ in range(lines):
            write_lines(1, world.viewer_of_employee(world.make_employee(practice)), patient_id=patient.pk)
        with CaptureQueriesContext(connection) as counted:
            portal_client.get(PAGE)
        return len(counted)

    portal_client.get(PAGE)
    assert queries_with(1) == queries_with(29) <= 30


def test_pdf_holds_the_same_rows_and_is_a_line_in_the_log(portal_client, patient_and_practice):
    patient, practice = patient_and_practice
    doctor = world.viewer_of_employee(world.make_employee(practice, name="Dokter Bernard"))
    write_lines(2, doctor, patient_id=patient.pk, kind="medication")
    response = portal_client.get(PDF, {"van": local_date(current_moment()).isoformat()})
    assert response["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "Dokter Bernard" in text
    assert "bekeek: medicijnen" in text
    assert AuditEvent.objects.filter(event="access_log.downloaded", patient_id=patient.pk).count() == 1


def test_pdf_of_ten_thousand_lines_is_made_within_bounds(portal_client, patient_and_practice):
    patient, _ = patient_and_practice
    now = current_moment()
    AuditEvent.objects.bulk_create(
        AuditEvent(
            request_id=str(number), event="record.read", action="R", outcome="0", user_kind="staff",
            user_id=f"employee:{number % 5}", user_name=f"Arts {number % 5}", purpose="TREAT", source_id="t",
            patient_id=patient.pk, kind="full_record", recorded_at=now - timedelta(hours=number),
        )
        for number in range(10_000)
    )  # fmt: skip
    response = portal_client.get(PDF)
    assert response.status_code == 200
    assert len(PdfReader(io.BytesIO(response.content)).pages) > 50


def test_log_of_somebody_else_stays_closed(portal_client, patient_and_practice):
    other, _ = world.make_patient_with_open_record()
    write_lines(1, system_viewer(task="canarie"), patient_id=other.pk, kind="journal")
    assert "verslagen" not in _text(portal_client.get(PAGE))
