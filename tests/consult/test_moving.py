"""A question about somebody else goes to that one's record, and the answer stays (REQ 44; R12; rows 5, 6, 15, 48)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import acting
from tests.consult.reporting import Desk, new_episode, together
from tests.factories import world
from tests.factories.consult import make_consult
from tests.factories.reporting import add_attachment
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions.moving import move_question
from zorgbalie.consult.models import Consult, ConsultMove
from zorgbalie.consult.queries import patient as portal
from zorgbalie.consult.types import ConsultChanged, ConsultState, NotToBeMoved
from zorgbalie.faces.patient.log.words import _special
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.people.models import Representation
from zorgbalie.practice.models import Enrolment
from zorgbalie.record.actions.journal_moves import MOVED_TEXT, STAYED_HIDDEN
from zorgbalie.record.models import Document, DocumentContent, Encounter, Episode, JournalEntry
from zorgbalie.record.queries import documents as letters
from zorgbalie.record.types.documents import DocumentFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now):
    return Desk(now)


def _texts(person):
    return [row.text for row in JournalEntry.objects.filter(patient=person).order_by("soep")][::-1]


def _lines(person, *events):
    rows = AuditEvent.objects.filter(patient_id=person.pk, outcome="0")
    return [row.event for row in rows.filter(event__in=events).order_by("pk")]


_MOVES = ("consult.moved", "consult.moved_here", "consult.moved_away", "journal.moved_here", "journal.moved_away")


def test_r12_the_question_belongs_to_the_child_and_the_answer_stays_with_the_sender(desk):
    consult_id = desk.ask()
    assert desk.move(consult_id, desk.child) is True
    row = Consult.objects.get()
    assert (row.patient, row.asked_by, row.concerns) == (desk.person, desk.person, desk.child)
    desk.answer(consult_id, "Ja, dat mag Sem.")
    assert desk.read(consult_id).messages[-1].text == "Ja, dat mag Sem."
    assert desk.reporting(consult_id).concerns_name == f"Sem {desk.child.family_name}"


def test_r12_what_is_written_afterwards_goes_to_the_child(desk):
    consult_id = desk.ask()
    desk.move(consult_id, desk.child)
    photo = add_attachment(Consult.objects.get())
    desk.copy(consult_id, new_episode=new_episode(), attachment_ids=(photo.pk,))
    for model in (Encounter, Episode, JournalEntry, Document):
        assert set(model.objects.values_list("patient_id", flat=True)) == {desk.child.pk}


def test_r12_what_was_written_moves_and_the_first_record_keeps_no_word_of_it(desk):
    consult_id = desk.ask()
    photo = add_attachment(Consult.objects.get())
    desk.copy(consult_id, new_episode=new_episode(), attachment_ids=(photo.pk,))
    desk.move(consult_id, desk.child)
    assert _texts(desk.child) == ["Mag ik sporten?", "Ja, dat mag."]
    assert set(_texts(desk.person)) == {MOVED_TEXT}
    here, there = (Episode.objects.get(patient=one) for one in (desk.person, desk.child))
    assert (here.title, here.icpc_code, here.visible_to_patient) == (MOVED_TEXT, "", False)
    assert (there.title, there.icpc_code) == ("Hoesten", "R05")
    assert set(JournalEntry.objects.filter(patient=desk.child).values_list("episode_id", flat=True)) == {there.pk}
    assert desk.shown(desk.person) == set()
    assert desk.shown(desk.child) == {("P", "Ja, dat mag.")}


def test_r12_a_document_moves_unshared_and_its_file_is_gone_from_the_first_record(desk):
    consult_id = desk.ask()
    photo = add_attachment(Consult.objects.get())
    desk.copy(consult_id, attachment_ids=(photo.pk,))
    Document.objects.update(state="shared", published_at=desk.now)
    desk.move(consult_id, desk.child)
    here, there = (Document.objects.get(patient=one) for one in (desk.person, desk.child))
    assert (here.state, here.moved_at is not None, there.state, there.moved_at) == ("withdrawn", True, "private", None)
    viewer = desk.staff()
    for person, count in ((desk.person, 0), (desk.child, 1)):
        with acting(viewer):
            listed = letters.list_documents(
                viewer=viewer, patient_id=person.pk, wanted=DocumentFilter(), page=1, now=desk.now
            )
            assert listed.listed.total == count
            assert DocumentContent.objects.count() == count
    with acting(viewer), pytest.raises(NotVisible):
        letters.open_document(viewer=viewer, patient_id=desk.person.pk, document_id=here.pk, now=desk.now)


def test_r12_moved_back_everything_is_as_it_was(desk):
    consult_id, episode = desk.ask(), world.make_episode(desk.person, desk.practice, title="Knie")
    photo = add_attachment(Consult.objects.get())
    desk.copy(consult_id, episode_id=episode.pk, attachment_ids=(photo.pk,))
    before = list(JournalEntry.objects.order_by("pk").values())
    desk.move(consult_id, desk.child)
    assert set(JournalEntry.objects.filter(patient=desk.child).values_list("episode_id", flat=True)) == {None}
    desk.move(consult_id, desk.person)
    assert list(JournalEntry.objects.filter(patient=desk.person).order_by("pk").values()) == before
    assert set(_texts(desk.child)) == {MOVED_TEXT}
    assert Consult.objects.get().concerns is None
    assert Document.objects.get(patient=desk.person).moved_at is None
    assert Document.objects.get(patient=desk.child).moved_at is not None
    assert [one.is_back for one in desk.reporting(consult_id).moves] == [True, False]


def test_r12_from_one_child_to_the_other_both_are_told_and_so_is_the_sender(desk):
    other = world.make_person(given_name="Mila")
    world.enrol(other, desk.practice)
    consult_id = desk.ask()
    desk.copy(consult_id)
    desk.move(consult_id, desk.child)
    desk.move(consult_id, other)
    assert _texts(other) == ["Mag ik sporten?", "Ja, dat mag."]
    assert set(_texts(desk.child)) == set(_texts(desk.person)) == {MOVED_TEXT}
    assert _lines(desk.person, *_MOVES) == ["consult.moved", "journal.moved_away", "consult.moved"]
    assert sorted(_lines(desk.child, *_MOVES)) == [
        "consult.moved_away", "consult.moved_here", "journal.moved_away", "journal.moved_here"
    ]  # fmt: skip
    assert sorted(_lines(other, *_MOVES)) == ["consult.moved_here", "journal.moved_here"]


def test_r12_each_log_tells_in_plain_words_and_nothing_of_the_other(desk):
    consult_id = desk.ask(subject="Eczeem van Sem")
    desk.copy(consult_id)
    desk.move(consult_id, desk.child)
    words = {event: _special(event) for event in _MOVES}
    assert all(words.values())
    assert words["consult.moved_here"] == "zette een vraag van iemand anders over naar dit dossier"
    for line in AuditEvent.objects.filter(event__in=_MOVES):
        told = str((line.detail, line.object_type, line.object_id, line.basis))
        for secret in ("Eczeem", "sporten", desk.person.family_name, desk.child.family_name, "Sem"):
            assert secret not in told


def test_r3_what_stood_under_an_unticked_episode_does_not_come_into_sight_by_moving(desk):
    episode = world.make_episode(desk.person, desk.practice, visible_to_patient=False)
    consult_id = desk.ask()
    desk.copy(consult_id, episode_id=episode.pk)
    desk.move(consult_id, desk.child)
    assert desk.shown(desk.child) == set()
    moved = JournalEntry.objects.filter(patient=desk.child)
    assert set(moved.values_list("visible_to_patient", "hidden_reason")) == {(False, STAYED_HIDDEN)}
    desk.move(consult_id, desk.person)
    episode.visible_to_patient = True
    episode.save()
    assert desk.shown(desk.person) == {("P", "Ja, dat mag.")}


def test_an_episode_that_holds_other_things_by_now_stays(desk):
    consult_id = desk.ask()
    desk.copy(consult_id, new_episode=new_episode())
    world.make_observation(desk.person, desk.practice, episode=Episode.objects.get())
    desk.move(consult_id, desk.child)
    assert (Episode.objects.get().patient, Episode.objects.get().title) == (desk.person, "Hoesten")
    assert _texts(desk.child) == ["Mag ik sporten?", "Ja, dat mag."]


# Nobody at the portal sees more by it.


def _portal(desk, viewer, consult_id):
    """What the portal shows of questions to a viewer: the numbers in the list, and whether the thread opens."""
    with acting(viewer):
        try:
            listed = [one.consult_id for one in portal.list_threads(viewer=viewer, now=desk.now, page=1).rows]
        except NotVisible:
            listed = []
    with acting(viewer):
        try:
            portal.get_thread(viewer=viewer, consult_id=consult_id, now=desk.now)
        except NotVisible:
            return listed, False
    return listed, True


@pytest.mark.parametrize("birth_date", [date(2020, 5, 1), date(2013, 5, 1), date(1990, 5, 1)])
def test_r12_row15_whom_it_concerns_and_who_acts_for_that_one_see_nothing_of_the_thread(desk, birth_date):
    consult_id = desk.ask(text="Geheim van de afzender")
    other = world.make_person(birth_date=birth_date)
    world.enrol(other, desk.practice, desk.account)
    actor = world.make_person()
    kind = "helper" if birth_date.year < 2008 else "parent"
    world.represent(actor, other, kind, child_consent_at=desk.now if birth_date.year == 2013 else None)
    desk.copy(consult_id)
    desk.move(consult_id, other)
    viewers = (world.viewer_of_patient(other), world.viewer_of_patient(actor, subject=other))
    for viewer in viewers:
        assert _portal(desk, viewer, consult_id) == ([], False)
        with acting(viewer):
            assert not Consult.objects.exists()
    assert _portal(desk, desk.viewer(), consult_id) == ([consult_id], True)


def test_r12_row15_the_sender_sees_no_more_of_the_other_and_keeps_reading_as_the_childs_parent_ends(desk):
    """A parent of a child of 12 without consent reads nothing of the child; the own question is still there."""
    teen = world.make_person(birth_date=date(2013, 1, 1))
    world.enrol(teen, desk.practice, desk.account)
    world.represent(desk.person, teen)
    own_of_teen = make_consult(teen, desk.practice, "Van mij alleen")
    consult_id = desk.ask()
    desk.move(consult_id, teen)
    assert _portal(desk, desk.viewer(), consult_id) == ([consult_id], True)
    as_parent = world.viewer_of_patient(desk.person, subject=teen)
    assert _portal(desk, as_parent, own_of_teen.pk) == ([], False)
    Representation.objects.all().delete()
    assert _portal(desk, desk.viewer(), consult_id) == ([consult_id], True)


# Refusals.


def test_r12_nobody_of_another_practice_or_not_enrolled_can_be_chosen(desk):
    consult_id = desk.ask()
    elsewhere = world.make_person()
    world.enrol(elsewhere, world.make_practice())
    left = world.make_person()
    world.enrol(left, desk.practice, ended_at=desk.now)
    for person in (elsewhere, left, world.make_person()):
        for act in (desk.move, desk.plan):
            with pytest.raises(NotVisible):
                act(consult_id, person)
    assert Consult.objects.get().concerns is None
    assert not AuditEvent.objects.filter(event__in=_MOVES, outcome="0").exists()


def test_row6_without_the_right_to_answer_nobody_moves(desk):
    consult_id = desk.ask()
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    with pytest.raises(NotAllowed):
        desk.move(consult_id, desk.child, employee=world.make_employee(desk.practice, rights=without))
    with pytest.raises(NotVisible):
        desk.move(consult_id, desk.child, employee=world.make_employee(world.make_practice()))
    assert not ConsultMove.objects.exists()


def test_row6_what_stands_in_a_record_is_moved_by_who_may_write_there_alone(desk):
    consult_id = desk.ask()
    only = world.make_employee(desk.practice, role="assistant", rights=[StaffRight.ANSWER_CONSULTS])
    desk.move(consult_id, desk.child, employee=only)
    desk.move(consult_id, desk.person, employee=only)
    desk.copy(consult_id)
    with pytest.raises(NotToBeMoved):
        desk.move(consult_id, desk.child, employee=only)
    assert _texts(desk.person) == ["Mag ik sporten?", "Ja, dat mag."]
    assert Consult.objects.get().concerns is None


def test_who_left_the_practice_meanwhile_keeps_the_question(desk):
    consult_id = desk.ask()
    desk.copy(consult_id)
    desk.move(consult_id, desk.child)
    Enrolment.objects.filter(person=desk.child).update(ended_at=desk.now)
    with pytest.raises(NotToBeMoved):
        desk.move(consult_id, desk.person)
    assert _texts(desk.child) == ["Mag ik sporten?", "Ja, dat mag."]
    assert desk.reporting(consult_id).is_moved


def test_row1_a_draft_and_a_question_under_another_patient_are_not_there(desk):
    draft = desk.write()
    with pytest.raises(NotVisible):
        desk.move(draft, desk.child)
    foreign = make_consult(desk.child, desk.practice)
    with pytest.raises(NotVisible):
        desk.move(foreign.pk, desk.child)


def test_row48_pressed_twice_is_one_move_and_an_old_page_is_told(desk):
    consult_id = desk.ask()
    revision = Consult.objects.get().revision
    assert [desk.move(consult_id, desk.child, revision=revision) for _ in range(2)] == [True, False]
    other = world.make_person()
    world.enrol(other, desk.practice)
    with pytest.raises(ConsultChanged):
        desk.move(consult_id, other, revision=revision)
    assert ConsultMove.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_r12_two_move_at_once_to_different_patients_and_one_wins(now):
    desk = Desk(now)
    consult_id, viewer = desk.ask(), desk.staff()
    desk.copy(consult_id)
    other = world.make_person()
    world.enrol(other, desk.practice)
    revision = Consult.objects.get().revision

    def to(person):
        def act():
            with unit_of_work(viewer):
                return move_question(
                    viewer=viewer, patient_id=desk.person.pk, consult_id=consult_id, to_patient_id=person.pk,
                    revision=revision, now=now,
                )  # fmt: skip

        return act

    assert sorted(map(str, together([to(desk.child), to(other)]))) == ["True", "refused"]
    winner = Consult.objects.get().concerns
    loser = other if winner == desk.child else desk.child
    assert _texts(winner) == ["Mag ik sporten?", "Ja, dat mag."]
    assert not JournalEntry.objects.filter(patient=loser).exists()


# What the desk shows.


def test_r12_the_sender_and_children_of_the_sender_are_offered_first(desk):
    consult_id = desk.ask()
    elsewhere = world.make_person(birth_date=date(2021, 1, 1))
    world.enrol(elsewhere, world.make_practice())
    world.represent(desk.person, elsewhere)
    assert [one.person_id for one in desk.close_persons(consult_id)] == [desk.child.pk]
    desk.move(consult_id, desk.child)
    assert [one.person_id for one in desk.close_persons(consult_id)] == [desk.person.pk]


def test_ux50_the_plan_says_what_moves_and_what_stays(desk):
    consult_id = desk.ask()
    photo = add_attachment(Consult.objects.get())
    desk.copy(consult_id, attachment_ids=(photo.pk,))
    plan = desk.plan(consult_id, desk.child)
    assert (plan.copies, plan.documents, plan.needs_journal, plan.is_back) == (1, 1, True, False)
    assert (plan.now_with.person_id, plan.goes_to.person_id) == (desk.person.pk, desk.child.pk)
    with pytest.raises(NotToBeMoved):
        desk.plan(consult_id, desk.person)


def test_r12_the_file_of_each_lists_the_question(desk):
    consult_id = desk.ask()
    desk.move(consult_id, desk.child)
    (of_sender,) = desk.file_of(desk.person).rows
    (of_child,) = desk.file_of(desk.child).rows
    assert (of_sender.is_of_other, of_sender.other_name) == (False, f"Sem {desk.child.family_name}")
    assert (of_child.is_of_other, of_child.consult_id, of_child.patient_id) == (True, consult_id, desk.person.pk)
    assert desk.file_of(desk.child, state=ConsultState.CLOSED).total == 0
    assert desk.file_of(desk.child, words="sport").total == 1
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    with pytest.raises(NotAllowed):
        desk.file_of(desk.child, employee=world.make_employee(desk.practice, rights=without))
    with pytest.raises(NotVisible):
        desk.file_of(desk.child, employee=world.make_employee(world.make_practice()))


def test_row40_who_is_named_in_anothers_file_has_a_line_for_it(desk):
    consult_id = desk.ask()
    desk.move(consult_id, desk.child)
    desk.file_of(desk.child)
    desk.reporting(consult_id)
    rows = AuditEvent.objects.filter(event="consult.named").values_list("patient_id", flat=True)
    assert sorted(rows) == sorted([desk.person.pk, desk.child.pk])


def test_the_list_of_a_file_costs_the_same_for_one_and_for_thirty(desk):
    costs = []
    for number in (1, 29):
        for _ in range(number):
            make_consult(desk.child, desk.practice)
            sender = world.make_person()
            world.enrol(sender, desk.practice)
            make_consult(sender, desk.practice, concerns=desk.child)
        with CaptureQueriesContext(connection) as captured:
            desk.file_of(desk.child)
        costs.append(len(captured))
    assert costs[0] == costs[1]
