"""A file holds exactly what its asker may read, and is made by a worker that sees no more (REQ 10, 21, 22; R3, R14)."""

import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from pypdf import PdfReader

from tests.conftest import acting, as_role
from tests.factories import world
from tests.factories.exports import make_export
from zorgbalie.access.models import AccessRequest
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange import tasks
from zorgbalie.exchange.actions import exports
from zorgbalie.exchange.export_types import LEASE, PATIENCE, PER_DAY, ExportKind, ExportOutdated, TooManyExports
from zorgbalie.exchange.models import RecordExport, RecordExportContent
from zorgbalie.exchange.queries.exports import list_exports
from zorgbalie.integrations.pdf import PdfFailed
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.practice.models import Account, Enrolment
from zorgbalie.record.models import Episode

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_req10_document_holds_what_the_pages_show_of_both_practices(scene):
    export = scene.make(scene.ask())
    assert (export.state, export.progress, export.step) == ("ready", 100, "done")
    text = text_of(scene.download(export.pk).content)
    visible = (
        "Rughernia", "Rugpijn", "Regel E li. <b>been</b>", "Regel P", "131,5 mmHg", "zittend", "geen groei",
        "Penicilline", "huiduitslag", "IBUPROFEN", "Apotheek De Vijzel", "OMEPRAZOL", "Pleisters",
    )  # fmt: skip
    for words in visible:
        assert words in text, words
    for words in ("Geheim", "Regel S", "Regel O", scene.patient.bsn):
        assert words not in text, words


def test_r3_file_for_machines_holds_nothing_that_is_hidden(scene):
    export = scene.make(scene.ask(ExportKind.FHIR))
    content = scene.download(export.pk).content.decode()
    assert json.loads(content)["type"] == "collection"
    assert "OMEPRAZOL" in content
    for words in ("Geheim", "Regel S", "Regel O", scene.patient.bsn):
        assert words not in content, words


def test_rows_39_40_asking_making_and_downloading_each_leave_lines_in_the_askers_name(scene):
    export_id = scene.ask()
    scene.make(export_id)
    scene.download(export_id)
    lines = set(AuditEvent.objects.filter(event__startswith="export.").values_list("event", "practice_id", "user_id"))
    me = f"person:{scene.patient.pk}"
    assert lines == {
        ("export.ask", scene.practice.pk, me),
        *((event, place.pk, me) for place in (scene.practice, scene.pharmacy)
          for event in ("export.make", "export.download")),
    }  # fmt: skip
    made = AuditEvent.objects.filter(event="export.make", practice_id=scene.pharmacy.pk)
    assert set(made.values_list("kind", flat=True)) == {"medication", "allergies", "consults"}


def test_row48_asked_twice_is_made_once(scene):
    assert scene.ask() == scene.ask()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(args::text) FROM procrastinate_jobs WHERE task_name = 'exchange.make_export'"
        )
        count, arguments = cursor.fetchone()
    assert count == 1
    assert set(json.loads(arguments)) == {"export_id", "patient_id"}  # row 45: no name, no content
    assert scene.ask(ExportKind.FHIR) != scene.ask()


def test_row48_two_wishes_at_the_same_moment_give_one_file(scene, monkeypatch):
    """The second did not see the first when it looked; the database did."""
    first, real, looks = scene.ask(), exports._running, []

    def looks_too_early(*values):
        looks.append(values)
        return None if len(looks) == 1 else real(*values)

    monkeypatch.setattr(exports, "_running", looks_too_early)
    assert scene.ask() == first
    assert (len(looks), RecordExport.objects.count()) == (2, 1)


def test_nobody_asks_for_more_files_than_a_day_needs(scene):
    for _ in range(PER_DAY):
        make_export(scene.patient, scene.practice, state="expired")
    with pytest.raises(TooManyExports):
        scene.ask(now=current_moment())


@pytest.mark.parametrize(
    "close",
    [
        lambda scene: Account.objects.update(facilities=["allergies"]),
        lambda scene: AccessRequest.objects.update(state="withdrawn"),
        lambda scene: Enrolment.objects.update(ended_at=current_moment()),
        lambda scene: Enrolment.objects.update(online_access="copy_only"),
    ],
)
def test_r14_row13_access_that_ended_stops_asking_making_and_downloading(scene, close):
    ready = scene.make(scene.ask())
    waiting = scene.ask(ExportKind.FHIR)
    Account.objects.filter(practice=scene.pharmacy).update(facilities=[])
    close(scene)
    with pytest.raises(NotVisible):
        scene.ask()
    failed = scene.make(waiting)
    assert (failed.state, failed.fault) == ("failed", "closed")
    with pytest.raises(NotVisible):
        scene.download(ready.pk)
    line = AuditEvent.objects.get(event="export.download")
    assert (line.outcome, line.patient_id, line.object_id) == ("4", scene.patient.pk, str(ready.pk))


def test_row13_access_that_ends_while_the_document_is_written_leaves_no_file(scene, monkeypatch):
    export_id = scene.ask()
    real = tasks.make_content

    def closes_meanwhile(**values):
        made = real(**values)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            AccessRequest.objects.filter(practice=scene.pharmacy).update(state="withdrawn")
            cursor.execute("SET ROLE zorgbalie_worker")
        return made

    monkeypatch.setattr(tasks, "make_content", closes_meanwhile)
    assert scene.make(export_id).fault == "closed"
    assert not RecordExportContent.objects.exists()


def test_r3_what_is_hidden_after_the_making_is_not_downloaded(scene):
    export = scene.make(scene.ask())
    assert scene.download(export.pk).content
    Episode.objects.filter(pk=scene.episode.pk).update(visible_to_patient=False)
    with pytest.raises(ExportOutdated):
        scene.download(export.pk)
    lines = AuditEvent.objects.filter(event="export.download").values_list("outcome", flat=True)
    assert sorted(lines) == ["0", "0", "4"]  # of the first download at each practice, and of the refusal


def test_worker_reads_as_the_one_who_asked_and_no_more(scene):
    """A parent without authority any more: the worker has the child's rows within reach, the gate says no."""
    parent = world.make_person()
    child, _practice = world.make_patient_with_open_record(birth_date=date(2018, 1, 1))
    tie = world.represent(parent, child)
    viewer = world.viewer_of_patient(parent, child)
    first = scene.ask(viewer=viewer)
    assert scene.make(first, child).state == "ready"
    second = scene.ask(ExportKind.FHIR, viewer=viewer)
    tie.closed_for_safety_at = current_moment()
    tie.save()
    assert scene.make(second, child).fault == "closed"
    with pytest.raises(NotVisible):
        scene.download(first, viewer=viewer)
    refused = AuditEvent.objects.get(event="export.download")
    assert (refused.outcome, refused.patient_id, refused.user_id) == ("4", child.pk, f"person:{parent.pk}")


def test_row14_a_parents_file_is_gone_when_the_child_turns_twelve(scene):
    parent = world.make_person()
    today = current_moment().date()
    child, _ = world.make_patient_with_open_record(birth_date=today.replace(year=today.year - 12) + timedelta(days=2))
    world.represent(parent, child)
    viewer = world.viewer_of_patient(parent, child)
    export = scene.make(scene.ask(viewer=viewer), child)
    assert scene.download(export.pk, viewer=viewer).content
    child.birth_date -= timedelta(days=3)
    child.save()
    with pytest.raises(NotVisible):
        scene.download(export.pk, viewer=viewer)
    own = world.viewer_of_patient(child)
    with acting(own):
        (seen,) = list_exports(viewer=own, now=current_moment(), page=1).rows
    assert (seen.is_own, seen.can_be_downloaded, seen.asked_by_name) == (False, False, "Patiënt")
    with pytest.raises(NotVisible):
        scene.download(export.pk, viewer=own)


def test_only_who_asked_downloads_and_a_helper_sees_not_what_the_patient_made(scene):
    helper = world.make_person()
    world.represent(helper, scene.patient, "helper")
    export = scene.make(scene.ask())
    as_helper = world.viewer_of_patient(helper, scene.patient)
    with pytest.raises(NotVisible):
        scene.download(export.pk, viewer=as_helper)
    with acting(as_helper):
        assert list_exports(viewer=as_helper, now=current_moment(), page=1).rows == ()
        assert not RecordExportContent.objects.exists()  # the wall itself


def test_list_says_when_it_was_downloaded(scene):
    export = scene.make(scene.ask())
    for _ in range(2):
        scene.download(export.pk, viewer=world.viewer_of_patient(scene.patient))
    with acting(scene.viewer):
        (card,) = list_exports(viewer=scene.viewer, now=current_moment(), page=1).rows
    assert len(card.downloaded_at) == 2
    assert (card.size, card.can_be_downloaded) == (export.size, True)


def test_r15_notice_only_with_consent(scene):
    scene.make(scene.ask())
    assert not Notice.objects.exists()
    NoticePreference.objects.create(person=scene.patient, kind="export_ready", channel="email", is_on=True)
    export = scene.make(scene.ask(ExportKind.FHIR))
    assert Notice.objects.get().event_key == f"export:{export.pk}:ready"


def test_r15_a_parent_is_told_at_the_own_address(scene):
    parent = world.make_person()
    child, _ = world.make_patient_with_open_record(birth_date=date(2018, 1, 1))
    world.represent(parent, child)
    NoticePreference.objects.create(person=parent, kind="export_ready", channel="email", is_on=True)
    scene.make(scene.ask(viewer=world.viewer_of_patient(parent, child)), child)
    assert Notice.objects.get().address == parent.email


def test_document_that_cannot_be_made_says_so_and_can_be_asked_for_again(scene, monkeypatch):
    def breaks(**_):
        raise PdfFailed("x")

    monkeypatch.setattr(tasks, "make_content", breaks)
    export = scene.make(scene.ask())
    assert (export.state, export.fault) == ("failed", "broken")
    assert scene.ask() != export.pk


def test_row45_unknown_fault_is_tried_again_at_once_and_its_text_is_in_no_log(scene, monkeypatch, caplog):
    def breaks(**_):
        raise OSError("Rugpijn sinds 2019")

    export_id = scene.ask()
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "make_content", breaks)
        with pytest.raises(OSError):
            scene.make(export_id)
    assert RecordExport.objects.get().state == "asked"
    assert f"export.fault export={export_id} fault=OSError" in caplog.text
    assert "Rugpijn" not in caplog.text
    assert scene.make(export_id).state == "ready"


def test_file_of_a_killed_worker_is_taken_over_after_its_lease(scene):
    export_id = scene.ask()
    system = system_viewer(task="test", subject_id=scene.patient.pk)
    now = current_moment()
    with acting(system):
        first = exports.claim(viewer=system, export_id=export_id, now=now)
        with pytest.raises(exports.StillMaking):
            exports.claim(viewer=system, export_id=export_id, now=now + LEASE)
        second = exports.claim(viewer=system, export_id=export_id, now=now + LEASE + timedelta(seconds=1))
        assert second is not None
        with pytest.raises(exports.LostClaim):
            exports.note_step(claimed=first, step="writing", progress=40, now=now)


def test_file_that_takes_too_long_failed_and_one_that_expired_is_removed(scene):
    ready, late = scene.make(scene.ask()), scene.ask(ExportKind.FHIR)
    with as_role("zorgbalie_worker"):
        tasks.end_exports(0)
    assert RecordExport.objects.filter(state__in=["ready", "asked"]).count() == 2
    RecordExport.objects.update(expires_at=current_moment() - timedelta(days=1))
    with pytest.raises(NotVisible):
        scene.download(ready.pk)
    with as_role("zorgbalie_worker"):
        tasks.end_exports(0)
    assert list(RecordExport.objects.order_by("pk").values_list("pk", "state", "fault")) == [
        (ready.pk, "expired", ""), (late, "failed", "late"),
    ]  # fmt: skip
    assert not RecordExportContent.objects.exists()
    assert scene.make(late).state == "failed"
    RecordExport.objects.update(asked_at=current_moment() - timedelta(days=91))
    with as_role("zorgbalie_worker"):
        tasks.end_exports(0)
    assert not RecordExport.objects.exists()


def test_it_can_be_downloaded_for_as_long_as_the_setting_says(scene, settings):
    settings.RECORD_EXPORT_HOURS = 3
    export = scene.make(scene.ask())
    assert export.expires_at - export.ready_at == timedelta(hours=3)
    assert timedelta(hours=1) > PATIENCE


def test_an_upsetting_result_that_was_not_read_stays_out(scene):
    """ux 33: a report that asks first whether one wants to read it stands in no list, so in no file."""
    employee = world.make_employee(scene.practice)
    report = world.make_lab_report(scene.patient, scene.practice, "Schrikwoord", employee, state="published",
                                   is_upsetting=True, published_at=current_moment(), decided_by=employee)  # fmt: skip
    report.laboratory, report.reported_at = "Streeklab", current_moment()
    report.save()
    world.make_observation(scene.patient, scene.practice, title="Schrikwaarde", code="77", lab_report=report,
                           observed_on=current_moment().date(), category="laboratory")  # fmt: skip
    text = text_of(scene.download(scene.make(scene.ask()).pk).content)
    content = scene.download(scene.make(scene.ask(ExportKind.FHIR)).pk).content.decode()
    assert "Streeklab" in text
    assert "Schrik" not in text
    assert "Schrik" not in content
