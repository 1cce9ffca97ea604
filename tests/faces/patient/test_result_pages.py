"""Reports of the laboratory as the patient's pages (REQ 16; R1, R14; ux 30 to 33)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import world
from tests.record_lab.reports import decide, new_report, new_result, receive
from zorgbalie.kernel.clock import current_moment
from zorgbalie.record.models import LabReport
from zorgbalie.record.types.lab import LabAction, ReportStatus

pytestmark = pytest.mark.django_db


class Published:
    """A patient who signed in, with a published report."""

    def __init__(self, client, **values):
        self.client, self.now = client, current_moment()
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        self.report = new_report(reported_at=self.now, sampled_at=self.now - timedelta(days=1))
        self.report_id = self.receive(self.report)
        texts = {"conclusion": "Uw kalium is iets hoog.", "advice": "Eet geen bananen."}
        decide(self.doctor, self.patient, self.report_id, LabAction.PUBLISH, self.now, **{**texts, **values})
        client.sign_in(self.patient)

    def receive(self, report):
        return receive(self.patient, self.practice, self.now, report).report_id

    def page(self, report_id=None, query=""):
        answer = self.client.get(f"/dossier/uitslagen/onderzoek/{report_id or self.report_id}/{query}")
        return answer.status_code, answer.content.decode()


def test_ux30_conclusion_then_what_to_do_then_values_then_what_it_means(portal_client):
    status, text = Published(portal_client).page()
    assert status == 200
    order = [
        text.index(word)
        for word in ("Uw kalium is iets hoog.", "Eet geen bananen.", "Kalium", "Wat betekent dit?", "Vragen en uitleg")
    ]
    assert order == sorted(order)
    assert "hoger dan de gewone waarden" in text.lower() or "iets hoger" in text.lower()


def test_ux17_a_new_result_is_to_do_until_it_was_read(portal_client):
    scene = Published(portal_client)
    assert "Nieuwe uitslag" in portal_client.get("/").content.decode()
    scene.page()
    assert "Nieuwe uitslag" not in portal_client.get("/").content.decode()


def test_ux33_what_can_frighten_asks_first_and_shows_no_word_of_it(portal_client):
    scene = Published(portal_client, is_upsetting=True)
    status, text = scene.page()
    assert (status, "Wilt u deze uitslag nu lezen?" in text) == (200, True)
    for word in ("Kalium", "kalium", "bananen"):
        assert word not in text
        assert word not in portal_client.get("/").content.decode()
    assert "Nieuwe uitslag" in portal_client.get("/").content.decode()  # not read yet
    assert "Uw kalium is iets hoog." in scene.page(query="?lees=nu")[1]


def test_the_values_page_shows_reports_on_top_and_its_own_list_has_pages(portal_client):
    scene = Published(portal_client)
    page = portal_client.get("/dossier/uitslagen/").content.decode()
    assert f"/dossier/uitslagen/onderzoek/{scene.report_id}/" in page
    assert "Kalium" in page
    row = LabReport.objects.get()
    whose = {"patient": scene.patient, "practice": scene.practice, "reported_at": scene.now, "published_at": scene.now}

    def cost():
        with CaptureQueriesContext(connection) as queries:
            answer = portal_client.get("/dossier/uitslagen/onderzoek/")
        assert answer.status_code == 200
        return len(queries)

    few = cost()
    LabReport.objects.bulk_create(
        LabReport(
            **whose, laboratory="X", report_number=str(number), digest=str(number), status="final", state="published",
            conclusion="Goed.", decided_by=row.decided_by,
        )
        for number in range(60)
    )  # fmt: skip
    assert cost() == few
    assert "page=4" in portal_client.get("/dossier/uitslagen/onderzoek/?page=3").content.decode()


def test_a_corrected_report_says_so_and_keeps_what_stood_there(portal_client):
    scene = Published(portal_client)
    corrected = new_report(
        report_number=scene.report.report_number, status=ReportStatus.CORRECTED, reported_at=scene.now,
        sampled_at=scene.now - timedelta(days=1), results=(new_result(value_number="4.4", flag=""),),
    )  # fmt: skip
    later = scene.receive(corrected)
    decide(scene.doctor, scene.patient, later, LabAction.PUBLISH, scene.now, conclusion="Verbeterd: het is goed.")
    status, text = scene.page(later)
    assert status == 200
    assert "Verbeterd op" in text
    assert text.index("Verbeterd: het is goed.") < text.index("4,4") < text.index("Wat er eerst stond")
    assert text.index("Wat er eerst stond") < text.index("Uw kalium is iets hoog.")
    assert scene.page()[0] == 404


def test_row39_somebody_else_gets_the_same_404_as_for_nothing(portal_client):
    scene = Published(portal_client)
    stranger, _ = world.make_patient_with_open_record(scene.practice)
    portal_client.sign_in(stranger)
    theirs, nothing = scene.page(), scene.page(report_id=2**40)
    assert (theirs[0], nothing[0]) == (404, 404)


def test_r14_with_the_facility_off_there_is_no_report_and_no_thing_to_do(portal_client):
    scene = Published(portal_client)
    scene.practice.accounts.update(facilities=["journal_ep"])
    assert scene.page()[0] == 404
    assert "Nieuwe uitslag" not in portal_client.get("/").content.decode()


def test_req10_the_log_names_what_was_done_in_words(portal_client):
    scene = Published(portal_client)
    scene.page()
    text = portal_client.get("/logboek/").content.decode()
    assert "las een uitslag van het laboratorium" in text
    assert "zette een uitslag klaar" in text


def test_ux33_its_values_stand_in_no_list_until_it_was_opened(portal_client):
    scene = Published(portal_client, is_upsetting=True)
    pages = ("/dossier/uitslagen/", "/dossier/")
    for path in pages:
        assert "Kalium" not in portal_client.get(path).content.decode()
    scene.page(query="?lees=nu")
    for path in pages:
        assert "Kalium" in portal_client.get(path).content.decode()
