"""What helps with an answer: ticks, drafts, earlier questions, the record in short, the next (REQ 42, 46; ux 46)."""

from uuid import uuid4

import pytest

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import answering as rows
from tests.factories import consult, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import answering
from zorgbalie.consult.models import Consult, ConsultAnswerDraft, ConsultMessage, ConsultTick
from zorgbalie.consult.queries import beside
from zorgbalie.consult.queries.concerned import list_patient_threads
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.queries.summary import find_record_summary
from zorgbalie.record.types.desk import RecordPart
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


class Desk(Scene):
    """A question with two questions in it."""

    def __init__(self, now):
        super().__init__(now)
        self.consult_id = self.ask(text="Mag ik sporten? En mag ik zwemmen?")

    def place(self, employee=None):
        return {"viewer": self.staff(employee), "patient_id": self.person.pk, "consult_id": self.consult_id}

    def aids(self, employee=None):
        place = self.place(employee)
        with acting(place["viewer"]):
            return beside.get_answer_aids(**place, now=self.now)

    def tick(self, *places, to=True, employee=None):
        ticks = {self.aids().questions[number].key: to for number in places}
        self.tick_keys(ticks, employee)

    def tick_keys(self, ticks, employee=None):
        place = self.place(employee)
        with acting(place["viewer"]):
            answering.tick_questions(**place, ticks=ticks, now=self.now)

    def keep(self, text, token=None, employee=None):
        place = self.place(employee)
        with acting(place["viewer"]):
            return answering.save_answer_draft(**place, text=text, token=token, now=self.now)

    def left(self):
        return [one.text for one in self.aids().left]

    def summary(self, employee=None, patient=None):
        viewer = self.staff(employee)
        with acting(viewer):
            return find_record_summary(viewer=viewer, patient_id=(patient or self.person).pk, now=self.now)


@pytest.fixture
def desk(now):
    return Desk(now)


def test_req46_ticks_are_kept_and_shown_to_colleagues(desk):
    assert desk.left() == ["Mag ik sporten?", "En mag ik zwemmen?"]
    desk.tick(1)
    colleague = world.make_employee(desk.practice, name="dr. J. de Wit")
    [first, second] = desk.aids(colleague).questions
    assert (first.is_answered, second.is_answered, second.answered_by) == (False, True, "Samira Bakker")
    desk.tick(1, to=False, employee=colleague)
    assert len(desk.left()) == 2
    assert AuditEvent.objects.filter(event="consult.ticked", patient_id=desk.person.pk).count() == 2


def test_req46_a_follow_up_adds_its_own_questions_and_old_ticks_stay(desk):
    desk.tick(0, 1)
    desk.answer(desk.consult_id)
    desk.follow_up(desk.consult_id, text="Mag ik sporten? Of is wandelen beter?")
    assert desk.left() == ["Mag ik sporten?", "Of is wandelen beter?"], "asked again is another question"


def test_two_colleagues_who_tick_at_once_undo_nothing_of_each_other(desk):
    """REQ 46: a form names only what its employee changed."""
    desk.tick(0)
    desk.tick(1, employee=world.make_employee(desk.practice))
    assert desk.left() == []
    desk.tick(0)
    assert ConsultTick.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "-", "1-", "999999999999999999999-0123456789abcdef", "1-\x00", "-1-x"])
def test_row32_a_name_of_no_question_is_left_alone(desk, key):
    desk.tick_keys({key: True})
    assert not ConsultTick.objects.exists()


def test_row3_a_tick_is_for_a_question_of_this_thread(desk):
    other = consult.make_consult(desk.person, desk.practice)
    digest = desk.aids().questions[0].key.partition("-")[2]
    desk.tick_keys({f"{other.messages.get().pk}-{digest}": True})
    assert not ConsultTick.objects.exists()


def test_a_draft_is_kept_per_employee_and_seen_by_nobody_else(desk):
    colleague = world.make_employee(desk.practice)
    desk.keep("Begin van mijn antwoord")
    assert desk.aids().draft.text == "Begin van mijn antwoord"
    assert desk.aids(colleague).draft is None
    desk.keep("Iets anders", employee=colleague)
    assert desk.aids().draft.text == "Begin van mijn antwoord"
    assert AuditEvent.objects.filter(event="consult.answer_draft").count() == 2
    desk.keep("Langer antwoord")
    assert AuditEvent.objects.filter(event="consult.answer_draft").count() == 2, "a pause in typing has no line"
    desk.keep("  ")
    assert ConsultAnswerDraft.objects.get().text == "Iets anders"


def test_a_draft_goes_with_the_sending_and_a_late_saving_brings_nothing_back(desk):
    token = uuid4()
    desk.keep("Ja.", token)
    desk.answer(desk.consult_id, "Ja.", token=token)
    assert desk.keep("Ja.", token) is None
    assert not ConsultAnswerDraft.objects.exists()
    desk.keep("Nog iets", uuid4())
    desk.close(desk.consult_id)
    assert desk.keep("Te laat", uuid4()) is None
    assert not ConsultAnswerDraft.objects.exists()


def test_a_draft_that_is_too_long_to_send_is_not_lost(desk):
    assert len(desk.keep("x" * 5000).text) == 5000
    assert len(desk.keep("x" * 50_000).text) == 6000


def test_row6_without_the_right_nothing_is_ticked_kept_or_read(desk):
    rights = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    without = world.make_employee(desk.practice, rights=rights)
    stranger = world.make_employee(world.make_practice())
    for who, error in ((without, NotAllowed), (stranger, NotVisible)):
        with pytest.raises(error):
            desk.aids(who)
        with pytest.raises(error):
            desk.tick_keys({"1-x": True}, who)
        with pytest.raises(error):
            desk.keep("x", None, who)
    assert not ConsultAnswerDraft.objects.exists()


_TICK = (
    "INSERT INTO consult_consulttick (consult_id, message_id, practice_id, patient_id, digest, employee_id,"
    " employee_name, ticked_at) VALUES (%s, %s, %s, %s, 'x', %s, 'Naam', now())"
)
_DRAFT = (
    "INSERT INTO consult_consultanswerdraft (consult_id, practice_id, patient_id, employee_id, text, saved_at)"
    " VALUES (%s, %s, %s, %s, 'Tekst', now())"
)


def test_row10_the_wall_keeps_drafts_apart_and_the_portal_out(desk):
    colleague = world.make_employee(desk.practice)
    row = Consult.objects.get()
    rows.add_draft(row, colleague)
    rows.add_tick(ConsultMessage.objects.get(), colleague)
    own = desk.staff().about(desk.person.pk)
    assert changed(own, "UPDATE consult_consultanswerdraft SET text = ''") == 0
    assert changed(own, "DELETE FROM consult_consultanswerdraft") == 0
    place = [row.pk, desk.practice.pk, desk.person.pk]
    assert refused(own, _DRAFT, [*place, colleague.pk]), "nobody writes in the name of another"
    assert not refused(own, _DRAFT, [*place, desk.employee.pk])
    other = world.make_person()
    world.enrol(other, desk.practice, desk.account)
    about_other = desk.staff().about(other.pk)
    assert refused(about_other, _DRAFT, [row.pk, desk.practice.pk, other.pk, desk.employee.pk])
    message = ConsultMessage.objects.get().pk
    assert refused(about_other, _TICK, [row.pk, message, desk.practice.pk, other.pk, desk.employee.pk])
    for table in ("consult_consulttick", "consult_consultanswerdraft", "consult_answertemplate"):
        assert refused(desk.viewer(), f"SELECT 1 FROM {table}")
    assert refused(own, "UPDATE consult_consulttick SET employee_name = 'x'")


def test_ux46_earlier_questions_stand_beside_and_can_be_searched(desk):
    old = consult.make_consult(desk.person, desk.practice, "Over mijn knie", subject="Knie", state="closed")
    consult.add_text(old, "Rust houden", desk.employee)
    other = world.make_person()
    world.enrol(other, desk.practice, desk.account)
    consult.make_consult(other, desk.practice, "Geheim")
    consult.make_draft(desk.person, desk.practice, "Niet verstuurd")
    [one] = desk.aids().earlier
    assert (one.subject, one.first_words, desk.aids().earlier_total) == ("Knie", "Over mijn knie", 1)
    viewer = desk.staff()
    for words, found in (("", 2), ("rust", 1), ("knie rust", 1), ("geheim", 0), ("niet verstuurd", 0), ("x\x00", 0)):
        with acting(viewer):
            listing = list_patient_threads(
                viewer=viewer, patient_id=desk.person.pk, state=None, words=words, page=1, now=desk.now
            )
        assert listing.total == found, words
    assert AuditEvent.objects.filter(event="consult.earlier", patient_id=desk.person.pk).exists()


def test_the_next_question_is_the_most_pressing_after_this_one(desk):
    made = [consult.make_consult(desk.person, desk.practice) for _ in range(3)]
    taken, late, last = made
    WorkItem.objects.filter(about_id=taken.pk).update(assigned_to=world.make_employee(desk.practice))
    WorkItem.objects.filter(about_id=late.pk).update(due_at=world.MOMENT)
    WorkItem.objects.filter(about_id=last.pk).update(due_at=None)
    viewer = desk.staff()

    def following(after):
        with acting(viewer):
            return beside.find_next_question(viewer=viewer, after=after)

    assert following(late.pk) == (desk.person.pk, desk.consult_id)
    assert following(desk.consult_id) == (desk.person.pk, last.pk)
    assert following(last.pk) == (desk.person.pk, late.pk), "round again"
    assert following(0) == (desk.person.pk, late.pk), "after one that was answered: the first"
    WorkItem.objects.exclude(about_id=late.pk).update(state="done")
    assert following(late.pk) is None
    viewer = desk.staff(world.make_employee(desk.practice, rights=[StaffRight.READ_RECORD]))
    assert following(0) is None


def test_ux46_the_record_in_short_holds_what_runs_now(desk):
    of = (desk.person, desk.practice)
    world.make_episode(*of, title="Artrose", start_date=world.MOMENT.date())
    world.make_episode(*of, title="Griep vroeger", end_date=world.MOMENT.date())
    world.make_medication(*of, title="IBUPROFEN")
    world.make_medication(*of, title="GESTOPT", status="stopped")
    world.make_allergy(*of, title="Penicilline")
    contact = world.make_encounter(*of, reason="Knie")
    for soep in "SOEP":
        world.make_entry(contact, None, soep, text=f"regel {soep}")
    for number in range(12):
        world.make_observation(*of, title="Kalium", code=str(number))
    reader = world.make_employee(desk.practice)
    parts = {one.part: one for one in desk.summary(reader).parts}
    titles = {part: [line.title for line in one.lines] for part, one in parts.items()}
    assert titles[RecordPart.EPISODES] == ["Artrose"]
    assert titles[RecordPart.MEDICINES] == ["IBUPROFEN"]
    assert titles[RecordPart.ALLERGIES] == ["Penicilline"]
    assert (len(titles[RecordPart.VALUES]), parts[RecordPart.VALUES].has_more) == (8, True)
    assert parts[RecordPart.CONTACTS].lines[0].detail == "E: regel E\nP: regel P"
    assert AuditEvent.objects.filter(event="record.summary", kind="full_record", patient_id=desk.person.pk).count() == 1


def test_row6_the_record_in_short_is_not_for_who_may_only_answer(desk):
    world.make_episode(desk.person, desk.practice, title="Artrose")
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    assert desk.summary(only) is None
    assert desk.summary(world.make_employee(world.make_practice())) is None
    other, _ = world.make_patient_with_open_record()
    assert desk.summary(world.make_employee(desk.practice), other) is None
    assert not AuditEvent.objects.filter(event="record.summary").exists()
