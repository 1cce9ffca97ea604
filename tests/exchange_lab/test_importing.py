"""Messages go to one record whole, or to the list; the same one twice changes nothing (REQ 62; row 64)."""

import json

import pytest
from django.db import connection

from tests.factories import world
from tests.factories.lab import hl7, medlab, medvri
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange import lab_report
from zorgbalie.exchange.lab.outcome import Outcome
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.exchange.types import DossierRefused
from zorgbalie.record.models import LabReport, LabResult
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def outcomes(report):
    return [(one.outcome.value, one.reason) for one in report.messages]


@pytest.mark.parametrize("make", [medlab, hl7])
def test_message_of_a_known_patient_goes_into_the_record(place, run_import, make):
    patient, practice = place
    report = run_import(make(patient.bsn))
    assert outcomes(report) == [("stored", "")]
    assert lab_report.exit_code(report=report) == 0
    stored = LabReport.objects.get(patient=patient, practice=practice)
    assert LabResult.objects.filter(report=stored).count() == 4
    kept = ReceivedMessage.objects.get()
    assert (kept.state, kept.patient_id, bytes(kept.content).count(b"Hemoglobine")) == ("stored", patient.pk, 1)
    assert WorkItem.objects.get().kind == "lab_report"
    line = AuditEvent.objects.get(event="lab.receive")
    assert (line.patient_id, line.user_id) == (patient.pk, "task:import-lab")


@pytest.mark.parametrize("make", [medlab, hl7])
def test_same_message_twice_is_recognised(place, run_import, make):
    patient, _ = place
    run_import(make(patient.bsn))
    again = run_import(make(patient.bsn, sent="20261121103000" if make is hl7 else "261121:1030"))
    assert outcomes(again) == [("unchanged", "")]
    assert (LabReport.objects.count(), ReceivedMessage.objects.count(), lab_report.exit_code(report=again)) == (1, 1, 0)


def test_preliminary_final_and_corrected_are_one_history(place, run_import):
    """A corrected report replaces without losing the former."""
    patient, _ = place
    results = ["OBX|1|NM|718-7^Hb^LN||{}|mmol/l|8.5-11.0||||{}"]
    for status, value, hour in (("P", "8.1", "10"), ("F", "8.6", "12"), ("C", "9.6", "15")):
        lines = [results[0].format(value, status)]
        sent = f"20261120{hour}0000"
        data = hl7(patient.bsn, status=status, results=lines, sent=sent, control=status)
        data = data.replace(b"20261120100000", sent.encode())
        assert outcomes(run_import(data)) == [("stored", "")]
    rows = list(LabReport.objects.order_by("pk"))
    assert [row.status for row in rows] == ["preliminary", "final", "corrected"]
    assert [row.supersedes_id for row in rows] == [None, rows[0].pk, rows[1].pk]
    assert [row.state for row in rows] == ["replaced", "replaced", "new"]
    assert [float(one.value_number) for one in LabResult.objects.order_by("pk")] == [8.1, 8.6, 9.6]
    assert WorkItem.objects.filter(kind="lab_report", state="open").count() == 1


def test_medlab_incomplete_complete_and_changed_are_one_history(place, run_import):
    patient, _ = place
    for complete, result, sent in (
        ("N", "volgt", "261120:0900"),
        ("J", "8.6", "261120:1200"),
        ("J", "9.6+1", "261121:0900"),
    ):
        results = [f"BEP:1:1:1+0+Hb+{result}{'' if '+' in result else '+'}+mmol/l'"]
        assert outcomes(run_import(medlab(patient.bsn, complete=complete, results=results, sent=sent))) == [
            ("stored", "")
        ]
    rows = list(LabReport.objects.order_by("pk"))
    assert [row.status for row in rows] == ["preliminary", "final", "corrected"]
    assert [row.state for row in rows] == ["replaced", "replaced", "new"]


def test_row64_wrong_patient_is_never_guessed(place, run_import):
    patient, practice = place
    elsewhere, _ = world.make_patient_with_open_record()
    unverified = world.make_person(bsn_verified_at=None)
    world.enrol(unverified, practice)
    contents = [
        medlab(patient.bsn, birth="1971:05:04"), medlab(elsewhere.bsn), medlab(unverified.bsn), medlab(""),
        medlab("123456789"), medlab(patient.bsn, birth=""), medlab(world.make_bsn()),
    ]  # fmt: skip
    report = run_import(*contents)
    assert [reason for _, reason in outcomes(report)] == [
        "birth_date_differs", "not_found", "not_found", "no_bsn", "invalid_bsn", "no_birth_date", "not_found",
    ]  # fmt: skip
    assert lab_report.exit_code(report=report) == 2
    assert not LabReport.objects.exists()
    assert ReceivedMessage.objects.filter(state="waiting", patient=None).count() == 7
    assert set(WorkItem.objects.values_list("kind", "for_right", "state", "person_id")) == {
        ("lab_unmatched", "publish_results", "open", None)
    }


def test_two_patients_in_one_file_each_get_their_own(place, run_import):
    patient, practice = place
    other, _ = world.make_patient_with_open_record(practice, birth_date="1980-01-02")
    report = run_import(medlab(patient.bsn) + b"\n" + medlab(other.bsn, birth="1980:01:02"))
    assert outcomes(report) == [("stored", ""), ("stored", "")]
    assert set(LabReport.objects.values_list("patient_id", flat=True)) == {patient.pk, other.pk}


def test_broken_and_free_text_are_kept_whole_with_the_reason(place, run_import):
    patient, _ = place
    free = medvri(patient.bsn).replace(b"TXT:2+", b"TXT:3+")
    contents = [medlab(patient.bsn)[:-40], free, b"\x00\xff rommel", hl7(patient.bsn, results=["OBX|1"])]
    report = run_import(*contents, hl7(patient.bsn))
    assert [reason for _, reason in outcomes(report)] == [
        "not_closed",
        "count_differs",
        "unknown_format",
        "missing_field",
        "",
    ]
    assert lab_report.exit_code(report=report) == 1
    kept = {row.reason: bytes(row.content) for row in ReceivedMessage.objects.filter(state="waiting")}
    assert kept["unknown_format"] == contents[2]
    assert kept["missing_field"] == contents[3].strip()
    assert b"TXT:1+Beste collega'" in kept["count_differs"]
    text = lab_report.report_text(report=report)
    assert "segment TXT, line 7 of the message" in text
    assert "segment OBX, line 7 of the message: a mandatory field is empty (OBX-3)" in text


def test_message_that_waited_is_stored_once_its_patient_is_enrolled(run_import, place):
    _, practice = place
    person = world.make_person()
    assert outcomes(run_import(medlab(person.bsn))) == [("listed", "not_found")]
    assert outcomes(run_import(medlab(person.bsn))) == [("unchanged", "not_found")]
    world.enrol(person, practice)
    assert outcomes(run_import(medlab(person.bsn))) == [("stored", "")]
    assert ReceivedMessage.objects.get().state == "stored"
    assert not WorkItem.objects.filter(kind="lab_unmatched", state="open").exists()


def test_dry_run_stores_nothing_and_the_log_says_so(place, run_import):
    patient, _ = place
    report = run_import(medlab(patient.bsn), medlab(""), dry_run=True)
    assert outcomes(report) == [("stored", ""), ("listed", "no_bsn")]
    assert not LabReport.objects.exists()
    assert not ReceivedMessage.objects.exists()
    assert not WorkItem.objects.exists()
    assert set(AuditEvent.objects.values_list("event", flat=True)) == {"lab.import_tried"}


def test_row45_no_bsn_and_no_value_in_report_or_log(place, run_import):
    patient, _ = place
    report = run_import(medlab(patient.bsn), medlab("123456789"), medlab(patient.bsn, birth="1971:01:01"))
    said = lab_report.report_text(report=report) + json.dumps(lab_report.report_json(report=report))
    said += "".join(f"{line.detail}{line.object_id}" for line in AuditEvent.objects.all())
    for secret in (patient.bsn, "123456789", "Hemoglobine", "Wolf", "8.6"):
        assert secret not in said, secret


def test_huge_and_unreadable_files_are_refused_and_the_others_go_on(place, run_import, tmp_path):
    patient, _ = place
    huge = tmp_path / "huge.edi"
    with huge.open("wb") as stream:
        stream.truncate(20_000_001)
    report = run_import(huge, tmp_path / "absent.edi", b"", medlab(patient.bsn))
    assert [one.reason for one in report.refused_files] == [
        "larger than 20 MB", "cannot be read: No such file or directory", "the file is empty",
    ]  # fmt: skip
    assert (outcomes(report), lab_report.exit_code(report=report)) == ([("stored", "")], 1)


def test_folder_is_read_without_links_and_hidden_files(place, run_import, tmp_path):
    patient, _ = place
    folder = tmp_path / "post"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.edi").write_bytes(medlab(patient.bsn))
    (folder / ".hidden").write_bytes(b"x")
    (folder / "link").symlink_to("/etc/passwd")
    assert outcomes(run_import(folder)) == [("stored", "")]


@pytest.mark.parametrize("practice", ["pharmacy", "unknown"])
def test_only_gp_practices_take_laboratory_reports(run_import, practice):
    to = world.make_practice("pharmacy", agb="02009999")
    if practice == "unknown":
        to.agb = "99999999"
    with pytest.raises(DossierRefused):
        run_import(medlab(), to=to)
    assert not ReceivedMessage.objects.exists()


def test_row42_without_a_log_line_nothing_is_stored(place, run_import):
    patient, _ = place
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_auditevent FROM zorgbalie_worker")
    report = run_import(medlab(patient.bsn), medlab(""))
    assert [one.outcome for one in report.messages] == [Outcome.FAILED, Outcome.FAILED]
    assert {one.detail for one in report.messages} == {"the database refused it (ProgrammingError); try again"}
    assert not LabReport.objects.exists()
    assert not ReceivedMessage.objects.exists()
