"""What a practice lets happen by itself when a question is closed (REQ 43; R13; rows 6, 7, 48)."""

import pytest

from tests.conftest import acting
from tests.consult.reporting import Desk
from tests.factories import world
from tests.factories.reporting import add_attachment, store_by_itself
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions.storing import change_storage
from zorgbalie.consult.models import Consult, ConsultCopy, ConsultStorage
from zorgbalie.consult.queries.storage import get_managed_storage
from zorgbalie.consult.types import StorageChoice, StorageMode, Stored
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Enrolment
from zorgbalie.practice.types import ChangedMeanwhile
from zorgbalie.record.models import Document, DocumentContent, Encounter, JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now):
    return Desk(now)


def test_nothing_happens_by_itself_where_nobody_chose_it(desk):
    consult_id = desk.ask()
    assert desk.close(consult_id) is Stored.OFF
    assert not ConsultCopy.objects.exists()


def test_req43_closing_stores_the_question_as_s_and_the_answer_as_p_with_its_attachments(desk):
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    add_attachment(Consult.objects.get())
    add_attachment(Consult.objects.get(), b"bad", virus_state="infected")
    desk.answer(consult_id)
    assert desk.close(consult_id) is Stored.DONE
    lines = JournalEntry.objects.order_by("pk").values_list("soep", "text", "episode_id")
    assert list(lines) == [("S", "Mag ik sporten?", None), ("P", "Ja, dat mag.", None)]
    assert (Document.objects.get().state, ConsultCopy.objects.get().is_automatic) == ("private", True)
    assert AuditEvent.objects.filter(event="journal.write", patient_id=desk.person.pk).count() == 1


def test_req43_or_one_document_of_the_whole_thread(desk):
    store_by_itself(desk.practice, "document")
    consult_id = desk.ask()
    desk.answer(consult_id)
    assert desk.close(consult_id) is Stored.DONE
    text = bytes(DocumentContent.objects.get().content).decode()
    assert text.startswith("Vraag en antwoord: Sporten")
    assert "Mag ik sporten?" in text
    assert "Ja, dat mag." in text
    assert (Document.objects.get().state, Encounter.objects.count()) == ("private", 0)


def test_row48_once_and_only_what_is_not_there_yet(desk):
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    desk.answer(consult_id)
    desk.copy(consult_id)
    desk.follow_up(consult_id, "En fietsen?")
    assert desk.close(consult_id) is Stored.DONE
    assert desk.close(consult_id) is Stored.OFF
    assert list(JournalEntry.objects.order_by("pk").values_list("text", flat=True))[2:] == ["En fietsen?"]


def test_what_stands_there_already_is_not_stored_again(desk):
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    desk.copy(consult_id)
    assert desk.close(consult_id) is Stored.KNOWN
    assert ConsultCopy.objects.count() == 1


def test_r12_it_goes_to_the_record_of_whom_it_concerns(desk):
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    desk.move(consult_id, desk.child)
    assert desk.close(consult_id) is Stored.DONE
    assert set(JournalEntry.objects.values_list("patient_id", flat=True)) == {desk.child.pk}


def test_row6_who_may_not_write_there_closes_all_the_same_and_is_told(desk):
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    assert desk.close(consult_id, employee=only) is Stored.NO_RIGHT
    assert (Consult.objects.get().state, JournalEntry.objects.count()) == ("closed", 0)
    assert desk.copy(consult_id) is True


def test_without_a_treatment_relation_nothing_is_stored_and_it_is_told(desk):
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    desk.move(consult_id, desk.child)
    Enrolment.objects.filter(person=desk.child).update(ended_at=desk.now)
    assert desk.close(consult_id) is Stored.NO_PATIENT
    assert (Consult.objects.get().state, JournalEntry.objects.count()) == ("closed", 0)


# The setting.


def _change(desk, mode, revision=0, rights=tuple(StaffRight), practice=None):
    viewer = world.viewer_of_employee(world.make_employee(practice or desk.practice, role="manager", rights=rights))
    with acting(viewer):
        change_storage(viewer=viewer, wanted=StorageChoice(mode=mode, revision=revision))
    with acting(viewer):
        return get_managed_storage(viewer=viewer)


def test_the_practice_chooses_and_an_old_page_is_told(desk):
    assert _change(desk, StorageMode.LINES) == StorageChoice(mode=StorageMode.LINES, revision=1)
    assert _change(desk, StorageMode.OFF, 1).mode is StorageMode.OFF
    with pytest.raises(ChangedMeanwhile):
        _change(desk, StorageMode.DOCUMENT, 1)
    assert AuditEvent.objects.filter(event="consult.storage_changed", outcome="0").count() == 2


def test_row7_it_is_about_the_own_practice_and_needs_the_right_to_manage(desk):
    _change(desk, StorageMode.LINES, practice=world.make_practice())
    assert not ConsultStorage.objects.filter(practice=desk.practice).exists()
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    with pytest.raises(NotAllowed):
        _change(desk, StorageMode.LINES, rights=without)
