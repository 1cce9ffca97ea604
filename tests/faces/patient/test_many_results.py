"""Ten thousand results of one patient: the pages of the portal stay as they are (REQ 16; ux 23, 56)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import world
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.record.models import LabReport, Observation

pytestmark = pytest.mark.django_db
NOW = current_moment()
PAGES = ("/dossier/uitslagen/", "/dossier/uitslagen/?page=2", "/dossier/uitslagen/onderzoek/", "/dossier/", "/")


def add(patient, practice, doctor, *, reports, each):
    """Published reports with values, spread over a year and over many determinations."""
    whose = {"patient": patient, "practice": practice}
    made = LabReport.objects.bulk_create(
        LabReport(
            **whose, laboratory="Lab", report_number=f"N{world.next_number()}", digest=str(world.next_number()),
            status="final", state="published", conclusion="Goed.", decided_by=doctor, is_upsetting=number % 50 == 0,
            reported_at=NOW - timedelta(days=number % 360), published_at=NOW - timedelta(days=number % 360),
        )
        for number in range(reports)
    )  # fmt: skip
    Observation.objects.bulk_create(
        Observation(
            **whose, lab_report=report, category="laboratory", title=f"Bepaling {number % 200}",
            code=str(number % 200), code_system="urn:x", value_number=number, unit="mmol/L",
            observed_on=local_date(report.reported_at),
        )
        for report in made
        for number in range(each)
    )  # fmt: skip


def test_ux56_ten_thousand_results_cost_as_many_queries_as_thirty(portal_client):
    patient, practice = world.make_patient_with_open_record()
    doctor = world.make_employee(practice)
    add(patient, practice, doctor, reports=3, each=30)
    portal_client.sign_in(patient)

    def costs():
        found = []
        for page in PAGES:
            with CaptureQueriesContext(connection) as queries:
                answer = portal_client.get(page)
            assert answer.status_code == 200
            found.append((page, len(queries), len(answer.content) < 200_000))
        return found

    costs()
    few = costs()
    add(patient, practice, doctor, reports=500, each=20)
    assert Observation.objects.count() > 10_000
    costs()  # the session notes now and then that it is in use, and the glossary is read again
    assert costs() == few
