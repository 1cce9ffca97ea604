"""Documents come in: by hand and by message, once, checked, and with what is known of viruses (REQ 18; rows 27, 28)."""

import io
from datetime import date

import pytest
from PIL import Image

from tests.conftest import acting, as_role
from tests.factories import documents, world
from tests.factories.clamd import fake_clamd
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import Document, DocumentContent
from zorgbalie.record.queries.documents import open_document
from zorgbalie.record.tasks import check_waiting_documents
from zorgbalie.record.types.documents import DocumentNotUsable, FileNotKept, VirusState

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def clamd(settings):
    with fake_clamd() as server:
        settings.CLAMD_ADDRESS, settings.CLAMD_TIMEOUT = server.address, 5
        yield server


def test_req18_document_is_kept_with_its_file_and_facts(scene):
    added = scene.add(file_name="../../b\u202erief.PDF")
    row = Document.objects.get()
    assert (added.document_id, added.was_known) == (row.pk, False)
    assert (row.file_name, row.media_type, row.state, row.virus_state) == (
        "brief.pdf", "application/pdf", "private", "unchecked",
    )  # fmt: skip
    assert bytes(DocumentContent.objects.get().content) == documents.pdf()
    assert (row.size, row.received_by_id) == (len(documents.pdf()), scene.doctor.pk)
    line = AuditEvent.objects.get()
    assert (line.event, line.action, line.kind, line.patient_id) == (
        "document.add", "C", "documents", scene.patient.pk,
    )  # fmt: skip


def test_the_same_form_twice_is_one_document(scene):
    first = scene.add(source_key="upload:1")
    second = scene.add(source_key="upload:1", title="Andere titel")
    assert (second.document_id, second.was_known) == (first.document_id, True)
    assert Document.objects.count() == DocumentContent.objects.count() == 1
    assert AuditEvent.objects.filter(event="document.add").count() == 1


def test_row28_a_photo_is_kept_without_its_place(scene):
    scene.add(file_name="foto.jpg", content=documents.photo(), category="photo")
    kept = bytes(DocumentContent.objects.get().content)
    assert b"Kanarie" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert dict(shown.getexif()) == {}


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"content": b""}, FileNotKept, "file"),
        ({"content": b"<svg onload=alert(1)>"}, FileNotKept, "file"),
        ({"file_name": "brief.exe"}, FileNotKept, "file"),
        ({"title": "  "}, DocumentNotUsable, "title"),
        ({"document_date": date(2026, 11, 25)}, DocumentNotUsable, "document_date"),
        ({"document_date": date(1, 1, 1)}, DocumentNotUsable, "document_date"),
    ],
)
def test_refused_document_is_not_kept_and_not_told_as_a_deed(scene, values, error, field):
    with pytest.raises(error) as refusal:
        scene.add(**values)
    assert refusal.value.field == field
    assert (Document.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_size_is_bounded_by_a_setting(scene, settings):
    settings.DOCUMENT_MAX_BYTES = 1_000_000
    with pytest.raises(FileNotKept, match="Het mag 1 MB zijn"):
        scene.add(content=documents.pdf() + b" " * 1_000_000)


@pytest.mark.parametrize("rights", [(), (StaffRight.READ_RECORD,), (StaffRight.PUBLISH_RESULTS,)])
def test_row6_adding_needs_both_rights_and_the_refusal_is_logged(scene, rights):
    employee = world.make_employee(scene.practice, role=StaffRole.ASSISTANT, rights=rights)
    viewer = world.viewer_of_employee(employee)
    with acting(viewer), pytest.raises(NotAllowed):
        scene_add(scene, viewer)
    line = AuditEvent.objects.get()
    assert (line.event, line.outcome) == ("document.add", "4")
    assert not Document.objects.exists()


def scene_add(scene, viewer):
    from tests.record_documents.scene import new_document
    from zorgbalie.record.actions.documents import add_document

    add_document(viewer=viewer, patient_id=scene.patient.pk, document=new_document(), now=scene.now)


def test_row5_another_practice_adds_nothing(scene):
    with pytest.raises(NotVisible):
        scene.add(employee=world.make_employee(world.make_practice()))
    assert not Document.objects.exists()


def test_row27_scanner_says_clean(scene, clamd):
    scene.add()
    assert Document.objects.get().virus_state == "clean"
    assert clamd.seen == [documents.pdf()]


def test_row27_file_with_a_virus_is_not_kept_and_that_is_logged(scene, clamd):
    with pytest.raises(FileNotKept, match="virus"):
        scene.add(file_name="brief.txt", content=EICAR)
    assert not Document.objects.exists()
    assert [line.event for line in AuditEvent.objects.all()] == ["document.virus_refused"]


def test_row27_without_an_answer_it_is_kept_and_not_shared_until_it_is_checked(scene, clamd):
    clamd.answer = b"INSTREAM size limit exceeded. ERROR"
    scene.add()
    row = Document.objects.get()
    assert row.virus_state == "waiting"
    with as_role("zorgbalie_worker"):
        check_waiting_documents(timestamp=0)
    row.refresh_from_db()
    assert (row.virus_state, row.virus_checked_at) == ("waiting", None)
    clamd.answer = None
    with as_role("zorgbalie_worker"):
        check_waiting_documents(timestamp=0)
    row.refresh_from_db()
    assert row.virus_state == "clean"
    assert AuditEvent.objects.filter(event="document.checked", user_id="task:check-documents").count() == 1
    scene.publish(row)
    assert scene.sees(row)


def test_row27_document_with_a_virus_found_later_can_be_opened_by_nobody(scene, clamd):
    row = scene.make(content=EICAR, virus_state="waiting")
    with as_role("zorgbalie_worker"):
        check_waiting_documents(timestamp=0)
    row.refresh_from_db()
    assert row.virus_state == VirusState.INFECTED
    viewer = world.viewer_of_employee(scene.doctor)
    with acting(viewer), pytest.raises(NotVisible):
        open_document(viewer=viewer, patient_id=scene.patient.pk, document_id=row.pk, now=scene.now)
