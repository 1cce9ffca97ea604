"""Letters in free text (MEDVRI) go into the documents: of the right patient, once, whole or not (REQ 18; row 64)."""

from base64 import b64encode
from datetime import date

import pytest

from tests.conftest import acting
from tests.factories import documents, world
from tests.factories.lab import hl7, medvri
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange import lab_report
from zorgbalie.exchange.actions.lab_solving import assign_message
from zorgbalie.exchange.lab.outcome import OtherPatient
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.record.models import Document, DocumentContent, LabReport
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def outcomes(report):
    return [(one.outcome.value, one.reason, one.message_line) for one in report.messages]


def with_text(bsn, *lines: bytes) -> bytes:
    """The message with other lines of text, and its count of segments right."""
    text = b"\n".join(lines)
    return (
        medvri(bsn)
        .replace(b"TXT:1+Beste collega'\nTXT:2+Graag advies'", text)
        .replace(b"UNT+8", b"UNT+%d" % (6 + len(lines)))
    )


def test_free_text_becomes_a_document_that_the_patient_does_not_see(place, run_import):
    patient, practice = place
    report = run_import(medvri(patient.bsn))
    assert outcomes(report) == [("stored", "", 0)]
    assert "1 letter(s)" in lab_report.report_text(report=report)
    row = Document.objects.get(patient=patient, practice=practice)
    assert (row.title, row.category, row.state, row.source, row.media_type, row.author_name, row.document_date) == (
        "Bericht van Praktijk Noord, Balie", "lab_text", "private", "message", "text/plain", "Praktijk Noord, Balie",
        date(2026, 11, 19),
    )  # fmt: skip
    assert bytes(DocumentContent.objects.get().content).decode() == "Beste collega\nGraag advies"
    item = WorkItem.objects.get()
    assert (item.kind, item.about_id, item.for_right) == ("document", row.pk, "publish_results")
    line = AuditEvent.objects.get(event="document.receive")
    assert (line.patient_id, line.user_id, line.kind) == (patient.pk, "task:import-lab", "documents")
    assert not LabReport.objects.exists()


def test_same_letter_twice_is_recognised(place, run_import):
    patient, _ = place
    run_import(medvri(patient.bsn))
    again = run_import(medvri(patient.bsn).replace(b"261120:0930", b"261121:1030"))
    assert outcomes(again) == [("unchanged", "", 0)]
    assert (Document.objects.count(), ReceivedMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((b"TXT:1+Kalium?: 5?+1'", b"TXT:2+  ingesprongen'"), "Kalium: 5+1\n  ingesprongen"),
        ((b"TXT+Zonder teller'", b"TXT+nog een'"), "Zonder teller\nnog een"),
        ((b"TXT:1+<script>alert(1)</script>'",), "<script>alert(1)</script>"),
        ((b"TXT:1+deel+ander:deel'",), "deel+ander:deel"),
        ((b"TXT:1+boven'", b"TXT:2'", b"TXT:3+onder'"), "boven\n\nonder"),
    ],
)
def test_text_is_kept_as_it_was_written(place, run_import, lines, text):
    patient, _ = place
    assert outcomes(run_import(with_text(patient.bsn, *lines))) == [("stored", "", 0)]
    assert bytes(DocumentContent.objects.get().content).decode() == text


@pytest.mark.parametrize(
    ("change", "reason", "line"),
    [
        ((b"TXT:2+", b"TXT:3+"), "count_differs", 7),
        ((b"TXT:1+", b"TXT:2+"), "count_differs", 6),
        ((b"UNT+8", b"UNT+7"), "count_differs", 9),
        ((b"UNT+8+2601'", b""), "not_closed", 1),
        ((b"DET+26:11:19", b"DET+26:13:39"), "bad_date", 4),
        ((b"TXT:1+Beste collega'\nTXT:2+Graag advies'", b"PAD+a'\nPAD+b'"), "missing_segment", 8),
    ],
)
def test_broken_letter_is_refused_with_its_line_and_kept(place, run_import, change, reason, line):
    patient, _ = place
    data = medvri(patient.bsn).replace(*change)
    report = run_import(data)
    assert outcomes(report) == [("listed", reason, line)]
    assert not Document.objects.exists()
    assert ReceivedMessage.objects.get().state == "waiting"


@pytest.mark.parametrize(("bsn", "reason"), [("", "no_bsn"), ("999990019", "not_found"), ("123456789", "invalid_bsn")])
def test_row64_letter_of_nobody_known_waits_and_can_be_assigned_once(place, run_import, now, bsn, reason):
    patient, practice = place
    data = medvri(bsn) if bsn else medvri().replace(b"BSN999990019", b"")
    [(outcome, why, _)] = outcomes(run_import(data))
    assert (outcome, why) == ("listed", reason)
    assert not Document.objects.exists()
    waiting = ReceivedMessage.objects.get()
    viewer = world.viewer_of_employee(world.make_employee(practice))
    if reason == "not_found":
        with acting(viewer), pytest.raises(OtherPatient):
            assign_message(viewer=viewer, message_id=waiting.pk, patient_id=patient.pk, now=now)
        return
    with acting(viewer):
        assign_message(viewer=viewer, message_id=waiting.pk, patient_id=patient.pk, now=now)
    row = Document.objects.get()
    assert (row.patient_id, row.received_by_id) == (patient.pk, viewer.employee_id)
    assert set(WorkItem.objects.filter(state="open").values_list("kind", flat=True)) == {"document"}


def test_dry_run_keeps_nothing(place, run_import):
    patient, _ = place
    assert outcomes(run_import(medvri(patient.bsn), dry_run=True)) == [("stored", "", 0)]
    assert (Document.objects.count(), ReceivedMessage.objects.count(), WorkItem.objects.count()) == (0, 0, 0)


def test_letter_from_the_future_is_dated_today(place, run_import, now):
    patient, _ = place
    run_import(medvri(patient.bsn).replace(b"DET+26:11:19", b"DET+27:11:19"))
    assert Document.objects.get().document_date == date(2026, 11, 24)


def with_file(bsn, *contents: bytes) -> bytes:
    """A report with files in its results."""
    files = [
        f"OBX|{number}|ED|PDF^Rapport cytologie^L||^application^pdf^Base64^{b64encode(content).decode()}||||||F"
        for number, content in enumerate(contents, start=1)
    ]
    return hl7(bsn, results=files)


def test_pdf_in_a_result_becomes_a_document_once(place, run_import):
    patient, _ = place
    for _time in range(2):
        report = run_import(with_file(patient.bsn, documents.pdf()))
    row = Document.objects.get()
    assert (row.title, row.media_type, row.category, row.state) == (
        "Rapport cytologie", "application/pdf", "lab_text", "private",
    )  # fmt: skip
    assert bytes(DocumentContent.objects.get().content) == documents.pdf()
    assert "OBX-5" not in dict(report.messages[0].original_only)
    assert (LabReport.objects.count(), [item.kind for item in WorkItem.objects.all()]) == (1, ["lab_report"])


def test_row27_pdf_in_a_result_that_can_act_stays_in_the_original_and_the_report_goes_on(place, run_import):
    patient, _ = place
    report = run_import(with_file(patient.bsn, documents.pdf(b"<< /S /JavaScript >>"), b"geen pdf"))
    assert outcomes(report) == [("stored", "", 0)]
    assert not Document.objects.exists()
    assert LabReport.objects.count() == 1
    assert AuditEvent.objects.filter(event="document.file_refused", patient_id=patient.pk).count() == 1
    assert dict(report.messages[0].original_only)["OBX-5"] == 1
