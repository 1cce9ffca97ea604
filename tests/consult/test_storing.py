"""What a practice lets happen by itself when a question is closed (REQ 43; R13; rows 6, 7, 48)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from tests.conftest import acting
from tests.consult.reporting import Desk
from tests.factories import promises, world
from tests.factories.reporting import add_attachment, add_copy, store_by_itself
from zorgbalie.access.policy import TABLE
from zorgbalie.access.types import Audience, DataKind, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions.slips import end_thread
from zorgbalie.consult.actions.storing import change_storage
from zorgbalie.consult.models import Consult, ConsultCopy, ConsultMessage, ConsultStorage
from zorgbalie.consult.queries.storage import get_managed_storage
from zorgbalie.consult.types import StorageChoice, StorageMode, Stored, TextMissing
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.viewer import StaffRight, system_viewer
from zorgbalie.practice.models import Employee, Enrolment
from zorgbalie.practice.types import ChangedMeanwhile
from zorgbalie.record.models import Document, DocumentContent, Encounter, JournalEntry
from zorgbalie.worklist.models import WorkItem

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


def test_req43_a_text_that_fits_no_line_is_never_in_the_way_of_closing(desk):
    """Filled in, a text of the practice is longer than it was written; an older text may show nothing at all."""
    store_by_itself(desk.practice, "lines")
    long, empty = desk.ask(), desk.ask(subject="Twee")
    ConsultMessage.objects.filter(consult=long).update(text="x" * 4001)
    ConsultMessage.objects.filter(consult=empty).update(text="\u200b\u202e")
    assert (desk.close(long), desk.close(empty)) == (Stored.TOO_MUCH, Stored.NOTHING)
    assert set(Consult.objects.values_list("state", flat=True)) == {"closed"}


@pytest.mark.parametrize("text", ["\u200b", " \u202e\ufeff\n", "\u00ad"])
def test_row32_a_text_of_which_nothing_shows_is_no_text(desk, text):
    consult_id = desk.ask()
    with pytest.raises(TextMissing):
        desk.follow_up(consult_id, text)
    with pytest.raises(TextMissing):
        desk.answer(consult_id, text)


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


# The clock ends a thread.


def _ends(desk, consult_id):
    desk.now += timedelta(days=3)
    viewer = system_viewer(task="test", practice_id=desk.practice.pk, subject_id=desk.person.pk)
    with acting(viewer):
        return end_thread(
            viewer=viewer, patient_id=desk.person.pk, practice_id=desk.practice.pk, consult_id=consult_id, now=desk.now
        )


@pytest.fixture
def over(desk):
    """An answered question that the clock may end, at a practice that lets threads go into the record."""
    promises.set_times(desk.practice, open_days=1)
    store_by_itself(desk.practice, "lines")
    consult_id = desk.ask()
    desk.answer(consult_id)
    return consult_id


def test_req43_what_the_clock_ends_is_asked_of_the_desk_and_nobody_s_name_writes(desk, over):
    assert _ends(desk, over) is True
    assert _ends(desk, over) is False
    item = WorkItem.objects.get(kind="consult_to_store")
    assert (item.state, item.for_right, item.about_id, item.person_id) == (
        "open", "write_journal", over, desk.person.pk,
    )  # fmt: skip
    assert (JournalEntry.objects.count(), ConsultCopy.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(event="consult.end", patient_id=desk.person.pk, outcome="0").exists()
    desk.copy(over)
    item.refresh_from_db()
    assert (item.state, item.done_by_id) == ("done", desk.employee.pk)


@pytest.mark.parametrize(("is_copied", "mode"), [(True, "lines"), (False, "off")])
def test_req43_nothing_is_asked_where_nothing_is_left_or_nobody_chose_it(desk, over, is_copied, mode):
    ConsultStorage.objects.update(mode=mode)
    if is_copied:
        desk.copy(over)
    assert _ends(desk, over) is True
    assert not WorkItem.objects.filter(kind="consult_to_store").exists()


def test_req43_what_came_after_the_copy_is_asked(desk, over):
    desk.copy(over)
    desk.follow_up(over, "En fietsen?")
    desk.answer(over)
    _ends(desk, over)
    assert WorkItem.objects.filter(kind="consult_to_store").count() == 1


def test_req43_it_is_asked_of_somebody_where_nobody_may_write_in_the_journal(desk, over):
    Employee.objects.update(rights=[StaffRight.ANSWER_CONSULTS])
    _ends(desk, over)
    assert WorkItem.objects.get(kind="consult_to_store").for_right == "answer_consults"


def test_r13_the_worker_writes_in_no_record(desk, over):
    """Neither the table of who may what nor the database lets it; it reads copies of one patient alone."""
    viewer = system_viewer(task="test", practice_id=desk.practice.pk, subject_id=desk.person.pk)
    assert (DataKind.JOURNAL, Use.CHANGE, Audience.SYSTEM) not in TABLE
    assert (DataKind.JOURNAL, Use.CHANGE, Audience.ASSISTANT) in TABLE
    add_copy(Consult.objects.get(), desk.employee)
    with acting(viewer), pytest.raises(ProgrammingError), transaction.atomic():
        add_copy(Consult.objects.get(), desk.employee)
    other = system_viewer(task="test", practice_id=desk.practice.pk, subject_id=desk.child.pk)
    for one, seen in ((viewer, 1), (other, 0)):
        with acting(one):
            assert ConsultCopy.objects.count() == seen


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
