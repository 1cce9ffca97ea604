"""`Toegangslog` at the desk: fields, filters, files (REQ 61; NEN 7513; security row 29)."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.audit.lines import write_lines
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditOutcome
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.messaging.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(desk_client):
    patient, practice = world.make_patient_with_open_record()
    employee = world.make_employee(practice, name="Dokter Bernard")
    desk_client.sign_in(employee)
    write_lines(
        2, world.viewer_of_employee(employee), patient_id=patient.pk, practice_id=practice.pk,
        kind="full_record", basis="treatment relation", relation="enrolled",
    )  # fmt: skip
    return patient, practice, employee


def _page(patient) -> str:
    return f"/toegangslog/{patient.pk}/"


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_req_61_page_shows_every_field_of_the_standard(desk_client, scene):
    patient, _, employee = scene
    text = _text(desk_client.get(_page(patient)))
    for field in (
        "EventID", "EventActionCode", "EventOutcomeIndicator", "userID", "userName", "roleIDCode", "purposeOfUse",
        "participantObjectID", "AuditSourceID", "Behandelrelatie", "Noodtoegang",
    ):  # fmt: skip
        assert field in text
    assert f"employee:{employee.pk}" in text
    assert "treatment relation" in text


def test_filters_on_name_refusal_and_emergency(desk_client, scene):
    patient, practice, _ = scene
    nosy = world.viewer_of_employee(world.make_employee(practice, name="Nieuwsgierig"))
    write_lines(1, nosy, patient_id=patient.pk, practice_id=practice.pk, outcome=AuditOutcome.REFUSED)
    for query, present, absent in (
        ({"wie": "nieuws"}, "Nieuwsgierig", "treatment relation"),
        ({"geweigerd": "on"}, "Nieuwsgierig", "treatment relation"),
        ({"wie": "bernard"}, "treatment relation", "Nieuwsgierig"),
    ):
        text = _text(desk_client.get(_page(patient), query))
        assert present in text
        assert absent not in text
    assert "Geen regels gevonden" in _text(desk_client.get(_page(patient), {"nood": "on"}))


@pytest.mark.parametrize("part", ["", "csv/", "pdf/"])
def test_right_and_relation_are_required(desk_client, scene, part):
    patient, practice, _ = scene
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.READ_RECORD]))
    assert desk_client.get(_page(patient) + part).status_code == 403
    desk_client.sign_in(world.make_employee(world.make_practice()))
    assert desk_client.get(_page(patient) + part).status_code == 404
    assert desk_client.get("/toegangslog/999999/" + part).status_code == 404


def test_row_29_csv_holds_all_lines_and_no_formula(desk_client, scene):
    patient, practice, _ = scene
    for name in ("=HYPERLINK(1)", "+31", "-1", "@x", "\t=1", "\r=1", " =1", "Gewoon"):
        viewer = world.viewer_of_employee(world.make_employee(practice, name=name))
        write_lines(1, viewer, patient_id=patient.pk, practice_id=practice.pk)
    response = desk_client.get(_page(patient) + "csv/")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    lines = AuditEvent.objects.filter(patient_id=patient.pk, practice_id=practice.pk)
    assert len(rows) - 1 == lines.exclude(event="access_log.downloaded").count()
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@\t\r")]
    assert response["Content-Disposition"] == 'attachment; filename="toegangslog.csv"'
    assert lines.filter(event="access_log.downloaded").count() == 1


def test_pdf_marks_emergency_and_refusal(desk_client, scene):
    patient, practice, employee = scene
    write_lines(1, world.viewer_of_employee(employee), patient_id=patient.pk, practice_id=practice.pk, emergency=True)
    response = desk_client.get(_page(patient) + "pdf/")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "NOODTOEGANG" in text
    assert "Dokter Bernard" in text


def test_number_of_queries_is_the_same_for_1_and_30_rows(desk_client, scene):
    patient, practice, employee = scene

    def queries_with(lines: int) -> int:
        write_lines(lines, world.viewer_of_employee(employee), patient_id=patient.pk, practice_id=practice.pk)
        with CaptureQueriesContext(connection) as counted:
            desk_client.get(_page(patient))
        return len(counted)

    desk_client.get(_page(patient))
    assert queries_with(1) == queries_with(29) <= 30


@pytest.mark.parametrize(
    "query", [{"van": "x"}, {"page": "-3"}, {"page": "9" * 30}, {"wie": "\x00"}, {"wie": "a" * 5000}]
)
def test_row_32_garbage_in_the_address_is_no_failure(desk_client, scene, query):
    assert desk_client.get(_page(scene[0]), query).status_code == 200


def test_undelivered_notices_are_listed_for_who_may_correct_addresses(desk_client, scene):
    patient, practice, _ = scene
    Notice.objects.create(
        practice=practice, person=patient, kind="invitation", channel="email", event_key="x",
        address="verkeerd@post.example", state="failed", attempts=1, last_error="recipient 550",
    )  # fmt: skip
    text = _text(desk_client.get("/toegangslog/niet-bezorgd/"))
    assert patient.family_name in text
    assert "ve…@post.example" in text
    assert "verkeerd@" not in text
    assert AuditEvent.objects.filter(event="notice.undelivered_list", patient_id=patient.pk).count() == 1
    desk_client.sign_in(world.make_employee(world.make_practice()))
    assert patient.family_name not in _text(desk_client.get("/toegangslog/niet-bezorgd/"))
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.READ_RECORD]))
    assert desk_client.get("/toegangslog/niet-bezorgd/").status_code == 403
    assert desk_client.get("/toegangslog/").status_code == 403


def test_overview_shows_only_what_is_for_this_employee(desk_client, scene):
    _, practice, _ = scene
    assert "Noodtoegang beoordelen" in _text(desk_client.get("/toegangslog/"))
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.READ_ACCESS_LOG]))
    text = _text(desk_client.get("/toegangslog/"))
    assert "Log van een patiënt" in text
    assert "Noodtoegang beoordelen" not in text


def test_ux21_the_wide_table_of_lines_scrolls_by_itself_and_can_be_reached_by_keyboard(desk_client, scene):
    html = desk_client.get(_page(scene[0])).content.decode()
    assert '<div class="zb-wide" role="region" aria-label="Toegangslog" tabindex="0">' in html


def test_who_only_invites_finds_what_did_not_arrive_in_the_menu(desk_client):
    """Ux 46: no page in between that shows one choice."""
    practice = world.make_practice()
    desk_client.sign_in(world.make_employee(practice, role="assistant", rights=["invite_patient"]))
    labels = [item.label for group in desk_client.get("/").context["nav_groups"] for item in group.items]
    assert ("Niet bezorgd" in labels, "Toegangslog en noodtoegang" in labels) == (True, False)
    assert 'class="zb-back"' not in desk_client.get("/toegangslog/niet-bezorgd/").content.decode()
    desk_client.sign_in(world.make_employee(practice, role="assistant", rights=["invite_patient", "read_access_log"]))
    labels = [item.label for group in desk_client.get("/").context["nav_groups"] for item in group.items]
    assert ("Niet bezorgd" in labels, "Toegangslog en noodtoegang" in labels) == (False, True)
    assert 'class="zb-back"' in desk_client.get("/toegangslog/niet-bezorgd/").content.decode()
