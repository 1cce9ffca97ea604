"""Sharing a document, with the patient's eyes at each moment (REQ 18, 65, 90; R4, R9, R13 to R15)."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tests.conftest import acting
from tests.factories import documents, world
from zorgbalie.access.models import AccessRequest, Agreement
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.practice.models import Account, Enrolment
from zorgbalie.record.actions.document_sharing import change_sharing
from zorgbalie.record.models import Document, DocumentSharing
from zorgbalie.record.queries import patient_documents
from zorgbalie.record.queries.document_sharing import get_sharing_settings
from zorgbalie.record.rules.documents import find_obstacles, is_served, may_ever_be_shared
from zorgbalie.record.types.documents import (
    SHAREABLE,
    DocumentCategory,
    DocumentChanged,
    DocumentNotUsable,
    DocumentState,
    NeverShared,
    NotChecked,
    Obstacle,
    VirusState,
)
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
EPD = DocumentCategory.EPD_TRANSFER


def test_req18_patient_reads_a_document_once_it_is_shared_and_no_longer_once_withdrawn(scene):
    row = scene.make()
    assert not scene.sees(row)
    scene.publish(row, "Uw hart is gezond.")
    assert scene.sees(row)
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        letter = patient_documents.get_letter(viewer=viewer, document_id=row.pk, now=scene.now)
    assert (letter.explanation, letter.published_by_name) == ("Uw hart is gezond.", "dr. J. de Wit")
    scene.withdraw(row)
    assert not scene.sees(row)
    scene.publish(row)
    assert (scene.sees(row), row.explanation) == (True, "")


@pytest.mark.parametrize("category", list(DocumentCategory))
def test_r4_every_category_but_one_can_be_shared(scene, category):
    row = scene.make(category=category)
    if category is EPD:
        with pytest.raises(NeverShared):
            scene.publish(row)
    else:
        scene.publish(row)
    assert scene.sees(row) is (category is not EPD)


def test_r4_the_rule_never_serves_an_epd_transfer_whatever_the_switch_says():
    starts = {EPD: date(2000, 1, 1)}
    facts = {"category": EPD, "document_date": date(2026, 1, 1), "virus_state": VirusState.CLEAN, "starts": starts}
    assert not may_ever_be_shared(category=EPD)
    assert not is_served(**facts, state=DocumentState.SHARED)
    assert find_obstacles(**facts, reads_online=True) == (Obstacle.NEVER_SHARED,)


def test_r4_the_database_refuses_to_share_one(scene):
    row = scene.make(category=EPD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=row.pk).update(state="shared", published_at=scene.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentSharing.objects.create(practice=scene.practice, category=EPD, starts_on=date(2020, 1, 1))


def test_r4_even_without_the_constraint_the_wall_and_the_query_hide_it(scene):
    """Were the constraints gone one day, each of the two would still hold by itself."""
    row = scene.make(category=EPD)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE record_document DROP CONSTRAINT document_epd_transfer_never_shared")
        cursor.execute("ALTER TABLE record_documentsharing DROP CONSTRAINT document_sharing_never_epd_transfer")
    documents.switch_on(scene.practice, EPD)
    Document.objects.filter(pk=row.pk).update(state="shared", published_at=scene.now)
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        assert not Document.objects.filter(pk=row.pk).exists()
    with unit_of_work(viewer):  # as the owner: the query alone
        assert patient_documents.list_letters(viewer=viewer, now=scene.now, page=1).items == ()


@pytest.mark.parametrize(
    ("starts_on", "day", "visible"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), True),
        (date(2026, 1, 1), date(2026, 6, 1), True),
        (date(2026, 1, 1), date(2025, 12, 31), False),
        (None, date(2026, 6, 1), False),
    ],
)
def test_r14_category_that_is_off_or_starts_later_is_not_served_though_shared(scene, starts_on, day, visible):
    DocumentSharing.objects.all().delete()
    documents.switch_on(scene.practice, "radiology")
    if starts_on:
        documents.switch_on(scene.practice, "discharge", starts_on=starts_on)
    row = scene.make(category="discharge", document_date=day)
    other = scene.make(category="radiology", state="shared")
    scene.publish(row)
    assert (scene.sees(row), scene.sees(other)) == (visible, True)


def test_r14_the_wall_alone_hides_what_is_switched_off(scene):
    row = scene.make(state="shared")
    viewer = world.viewer_of_patient(scene.patient)
    counted = "SELECT count(*) FROM record_document d JOIN record_documentcontent c ON c.document_id = d.id"
    for rows in (1, 0):
        with acting(viewer), connection.cursor() as cursor:
            cursor.execute(counted)
            assert cursor.fetchone() == (rows,), row.pk
        DocumentSharing.objects.all().delete()


def test_row8_the_wall_gives_the_file_of_an_unshared_document_to_no_portal(scene):
    scene.make()
    with acting(world.viewer_of_patient(scene.patient)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_documentcontent")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("table", ["record_document", "record_documentcontent", "record_documentsharing"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET practice_id = practice_id", "DELETE FROM {}"])
def test_row3_the_portal_can_change_nothing_of_documents(scene, table, deed):
    scene.make(state="shared")
    with (
        pytest.raises(Exception, match="permission denied"),
        acting(world.viewer_of_patient(scene.patient)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table))


def test_r14_record_that_is_not_open_gives_no_documents(scene):
    row = scene.make(state="shared")
    breaks = (
        lambda: AccessRequest.objects.update(state="refused"),
        lambda: Agreement.objects.update(practice_signed_at=None),
        lambda: Account.objects.update(facilities=["medication"]),
        lambda: Enrolment.objects.update(online_access="copy_only"),
        lambda: Enrolment.objects.update(ended_at=scene.now),
    )
    for one in breaks:
        assert scene.sees(row)
        with transaction.atomic():
            one()
            assert not scene.sees(row)
            transaction.set_rollback(True)


def test_rows1_14_parent_helper_and_stranger(scene, now):
    child, _ = world.make_patient_with_open_record(scene.practice, birth_date=date(2020, 1, 1))
    parent, stranger = world.make_person(), world.make_patient_with_open_record(scene.practice)[0]
    world.represent(parent, child)
    row = documents.make_document(child, scene.practice, state="shared")
    assert scene.sees(row, world.viewer_of_patient(parent, subject=child))
    assert not scene.sees(row, world.viewer_of_patient(stranger))
    assert not scene.sees(row, world.viewer_of_patient(stranger, subject=child))


@pytest.mark.parametrize("state", [VirusState.WAITING, VirusState.INFECTED])
def test_row27_what_is_not_checked_or_has_a_virus_is_not_shared(scene, state):
    row = scene.make(virus_state=state)
    with pytest.raises(NotChecked):
        scene.publish(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=row.pk).update(state="shared", published_at=scene.now)
    assert not AuditEvent.objects.filter(event="document.publish").exists()


def test_who_was_second_is_told_and_a_double_press_is_one_deed(scene):
    row = scene.make()
    scene.publish(row, "Eerste uitleg.")
    with pytest.raises(DocumentChanged, match=r"dr\. J\. de Wit"):
        scene.publish(row, "Tweede uitleg.", revision=0)
    with pytest.raises(DocumentChanged):
        scene.publish(row, "Nog eens.")  # it is shared already
    scene.withdraw(row)
    with pytest.raises(DocumentChanged):
        scene.withdraw(row)
    assert (row.explanation, row.revision, row.state) == ("Eerste uitleg.", 2, "withdrawn")
    assert AuditEvent.objects.filter(event="document.publish").count() == 1


def test_explanation_that_is_too_long_is_refused_and_nothing_is_shared(scene):
    row = scene.make()
    with pytest.raises(DocumentNotUsable) as refusal:
        scene.publish(row, "x" * 3001)
    assert refusal.value.field == "explanation"
    row.refresh_from_db()
    assert row.state == "private"


@pytest.mark.parametrize("rights", [(), (StaffRight.READ_RECORD,), (StaffRight.PUBLISH_RESULTS,)])
def test_row6_sharing_needs_both_rights(scene, rights):
    employee = world.make_employee(scene.practice, role=StaffRole.ASSISTANT, rights=rights)
    with pytest.raises(NotAllowed):
        scene.publish(scene.make(), employee=employee)


def test_row5_another_practice_finds_nothing(scene):
    row = scene.make()
    with pytest.raises(NotVisible):
        scene.publish(row, employee=world.make_employee(world.make_practice()))
    other, _ = world.make_patient_with_open_record(scene.practice)
    row.patient_id = other.pk  # another patient of the own practice in the address
    with pytest.raises(NotVisible):
        scene.publish(row)


@pytest.mark.parametrize(("says_yes", "is_on", "sent"), [(True, True, 1), (False, True, 0), (True, False, 0)])
def test_r9_r15_notice_goes_out_with_a_yes_and_when_there_is_something_to_read(scene, says_yes, is_on, sent):
    if says_yes:
        NoticePreference.objects.create(person=scene.patient, kind="document_ready", channel="email", is_on=True)
    if not is_on:
        DocumentSharing.objects.all().delete()
    row = scene.make(title="Uitslag hiv-test")
    scene.publish(row)
    scene.withdraw(row)
    scene.publish(row)
    assert Notice.objects.count() == sent
    for notice in Notice.objects.all():
        assert (notice.event_key, notice.kind) == (f"document:{row.pk}", "document_ready")


def test_r13_each_look_leaves_its_own_line(scene):
    row = scene.make(state="shared")
    assert scene.sees(row)
    lines = list(AuditEvent.objects.filter(patient_id=scene.patient.pk).order_by("pk").values_list("event", "kind"))
    assert lines == [("record.read", "documents"), ("letter.read", "documents"), ("letter.open", "documents")]


def test_sharing_closes_the_item_in_the_inbox(scene):
    row = scene.make()
    world.add_work_item(scene.patient, scene.practice, kind="document", about_id=row.pk)
    scene.publish(row)
    assert WorkItem.objects.get().state == "done"


def test_news_until_the_letter_was_opened(scene):
    row, old = scene.make(), scene.make(state="shared", published_at=scene.now - timedelta(days=61))
    scene.publish(row)
    viewer = world.viewer_of_patient(scene.patient)

    def news():
        with acting(viewer):
            return [one.document_id for one in patient_documents.list_new_letters(viewer=viewer, now=scene.now)]

    assert news() == [row.pk]
    assert scene.sees(row)
    assert (news(), scene.sees(old)) == ([], True)


def test_ux17_a_letter_stays_news_until_it_is_opened_whatever_came_after_it(scene):
    unread = scene.make()
    scene.publish(unread)
    for number in range(6):
        later = scene.make(state="shared", published_at=scene.now + timedelta(minutes=number))
        assert scene.sees(later)
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        found = patient_documents.list_new_letters(viewer=viewer, now=scene.now)
    assert [one.document_id for one in found] == [unread.pk]


def manage(scene, starts, version=None, employee=None):
    viewer = world.viewer_of_employee(employee or scene.doctor)
    with acting(viewer):
        stored = get_sharing_settings(viewer=viewer)
        return change_sharing(viewer=viewer, starts=starts, version=version or stored.version, now=scene.now)


def test_req90_switches_are_stored_logged_and_compared(scene):
    viewer = world.viewer_of_employee(scene.doctor)
    wanted = dict.fromkeys(SHAREABLE) | {DocumentCategory.DISCHARGE: date(2026, 7, 1)}
    assert manage(scene, wanted)
    assert not manage(scene, wanted)
    with acting(viewer):
        stored = get_sharing_settings(viewer=viewer)
    assert stored.starts == wanted
    line = AuditEvent.objects.get(event="settings.documents_changed")
    assert (line.detail["discharge"], line.detail["form"]) == ("2020-01-01 > 2026-07-01", "2020-01-01 > -")
    with pytest.raises(DocumentChanged):
        manage(scene, dict.fromkeys(SHAREABLE), version="van gisteren")
    with pytest.raises(NeverShared):
        manage(scene, {EPD: date(2026, 1, 1)})


def test_req90_switches_are_for_who_manages_the_practice(scene):
    rights = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    with pytest.raises(NotAllowed):
        manage(scene, {}, version="x", employee=world.make_employee(scene.practice, rights=rights))
    other = world.make_employee(world.make_practice())
    assert manage(scene, {DocumentCategory.FORM: date(2020, 1, 1)}, employee=other)
    assert DocumentSharing.objects.filter(practice=scene.practice).count() == len(SHAREABLE)


def test_a_pharmacy_has_no_switches():
    pharmacy = world.make_practice("pharmacy")
    viewer = world.viewer_of_employee(world.make_employee(pharmacy, role=StaffRole.PHARMACIST))
    with acting(viewer):
        assert get_sharing_settings(viewer=viewer) is None
