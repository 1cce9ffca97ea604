"""What the practice does with a request (AVG 12 lid 3 and 4, 16, 17; BW 7:454 lid 2, 7:455; security rows 5, 6, 48)."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import corrections, world
from tests.record_corrections.asking import ask, decide, extend, withdraw
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.record.actions import correction_decisions as decisions
from zorgbalie.record.actions.copy import make_copy
from zorgbalie.record.models import CorrectionRequest, Episode, PatientStatement
from zorgbalie.record.queries import copy as copies
from zorgbalie.record.queries import patient_record
from zorgbalie.record.queries.corrections import get_my_correction
from zorgbalie.record.queries.desk import Listing, get_desk_record
from zorgbalie.record.queries.desk_corrections import count_corrections, get_desk_correction
from zorgbalie.record.types.corrections import (
    CorrectionDecided,
    CorrectionNotUsable,
    CorrectionStep,
    ExtensionNotAllowed,
    Wish,
)
from zorgbalie.record.types.desk import CopyWish, RecordPart
from zorgbalie.record.types.shown import SaidKind
from zorgbalie.worklist.models import WorkItem
from zorgbalie.worklist.queries import list_items
from zorgbalie.worklist.types import ItemFilter

pytestmark = pytest.mark.django_db


class Scene:
    """A patient who asked something about an episode, and a doctor."""

    def __init__(self, now, wish=Wish.CORRECT):
        self.now = now
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        self.episode = world.make_episode(self.patient, self.practice, title="Astma")
        self.correction_id = ask(
            self.patient, now, item=("klacht", self.episode), wish=wish, text="Het was geen astma."
        )

    def row(self):
        return CorrectionRequest.objects.get(pk=self.correction_id)

    def decide(self, outcome, employee=None, now=None, **values):
        return decide(employee or self.doctor, self.patient, self.correction_id, outcome, now or self.now, **values)

    def extend(self, due_on, now=None, **values):
        return extend(self.doctor, self.patient, self.correction_id, due_on, now or self.now, **values)

    def desk(self, employee=None):
        viewer = world.viewer_of_employee(employee or self.doctor)
        with acting(viewer):
            return get_desk_correction(
                viewer=viewer, patient_id=self.patient.pk, correction_id=self.correction_id, now=self.now
            )

    def episodes(self):
        viewer = world.viewer_of_patient(self.patient)
        with acting(viewer):
            return patient_record.list_episodes(viewer=viewer, now=self.now, page=1).items


@pytest.fixture
def scene(now):
    return Scene(now)


def test_the_desk_sees_the_item_on_both_sides_and_the_patient_sees_that_it_was_read(scene):
    found = scene.desk()
    assert (found.item.title, found.own_row.title, found.own_row.extra) == ("Astma", "Astma", "K78")
    assert (found.days_left, found.longest_due, found.may_decide) == (30, date(2027, 2, 24), True)
    assert [line.step for line in found.trail] == [CorrectionStep.ASKED]
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        assert get_my_correction(viewer=viewer, correction_id=scene.correction_id, now=scene.now).card.was_read


def test_bw7_454_own_words_stand_with_the_item_for_patient_desk_and_copy(now):
    scene = Scene(now, Wish.ADD)
    scene.decide("granted")
    (said,) = scene.episodes()[0].said
    assert (said.kind, said.text, said.day) == (SaidKind.STATEMENT, "Het was geen astma.", date(2026, 11, 24))
    viewer = world.viewer_of_employee(scene.doctor)
    with acting(viewer):
        record = get_desk_record(
            viewer=viewer, patient_id=scene.patient.pk, part=RecordPart.EPISODES, listing=Listing(), now=now
        )
        wish = CopyWish(parts=frozenset({RecordPart.ALLERGIES}), with_so=False, explanation="Uw kopie.")
        assert make_copy(viewer=viewer, patient_id=scene.patient.pk, wish=wish, now=now).startswith(b"%PDF")
    assert [one.text for one in record.rows.items[0].said] == ["Het was geen astma."]
    grant = Grant(
        patient_id=scene.patient.pk, practice_id=scene.practice.pk, kind=DataKind.RECORD_COPY, use=Use.READ, basis=""
    )
    rows = copies.said_rows(grant=grant, scope=copies.copy_scope(grant=grant, now=now))
    assert [(words.text, about) for words, about in rows] == [("Het was geen astma.", "Astma")]
    Episode.objects.update(visible_to_patient=False)
    rows = copies.said_rows(grant=grant, scope=copies.copy_scope(grant=grant, now=now))
    assert [about for _, about in rows] == ["een onderdeel dat niet in deze kopie staat"], (
        "R3: no name of what is hidden"
    )


def test_avg16_a_correction_leaves_a_note_with_the_item_and_the_source_as_it_was(scene):
    scene.decide("granted", note="De diagnose was bronchitis.")
    (episode,) = scene.episodes()
    assert (episode.title, [one.text for one in episode.said]) == ("Astma", ["De diagnose was bronchitis."])
    assert episode.said[0].kind is SaidKind.CORRECTION


@pytest.mark.parametrize("hide", [True, False])
def test_avg17_removing_hides_at_once_when_the_practice_wants_that_and_destroys_nothing(now, hide):
    scene = Scene(now, Wish.REMOVE)
    scene.decide("granted", hide=hide)
    assert [one.title for one in scene.episodes()] == ([] if hide else ["Astma"])
    row = Episode.objects.get(pk=scene.episode.pk)
    assert row.visible_to_patient is not hide
    assert AuditEvent.objects.filter(event="visibility.change").exists() is hide
    assert not PatientStatement.objects.exists()


@pytest.mark.parametrize(
    ("wish", "outcome", "values", "field"),
    [
        (Wish.CORRECT, "refused", {}, "answer"),
        (Wish.CORRECT, "partly", {"note": "x"}, "answer"),
        (Wish.CORRECT, "granted", {}, "note"),
        (Wish.CORRECT, "granted", {"note": "x", "hide": True}, "hide"),
        (Wish.CORRECT, "granted", {"note": "x" * 3001}, "note"),
        (Wish.REMOVE, "refused", {"answer": " "}, "answer"),
        (Wish.REMOVE, "refused", {"answer": "Nee", "hide": True}, "hide"),
        (Wish.ADD, "partly", {"answer": "Half"}, "outcome"),
        (Wish.ADD, "withdrawn", {}, "outcome"),
    ],
)
def test_avg12_an_answer_that_misses_something_changes_nothing(now, wish, outcome, values, field):
    scene = Scene(now, wish)
    with pytest.raises(CorrectionNotUsable) as refusal:
        scene.decide(outcome, **values)
    assert refusal.value.field == field
    assert (scene.row().state, Episode.objects.get().visible_to_patient) == ("sent", True)


def test_a_decision_closes_the_item_and_is_told_with_consent_only(scene, now):
    for person_says_yes in (False, True):
        other = scene if not person_says_yes else Scene(now)
        if person_says_yes:
            NoticePreference.objects.create(
                person=other.patient, kind="correction_answered", channel="email", is_on=True
            )
        other.decide("refused", answer="Dit klopt wel.")
        assert WorkItem.objects.get(about_id=other.correction_id, kind="correction").state == "done"
        assert Notice.objects.filter(person=other.patient).exists() is person_says_yes
    assert "astma" not in repr(list(Notice.objects.values())).lower()


def test_row_48_a_second_decision_is_refused_with_the_name_of_who_was_first(scene):
    scene.decide("refused", answer="Nee.")
    with pytest.raises(CorrectionDecided, match="de Wit"):
        scene.decide("granted", note="Toch wel", employee=world.make_employee(scene.practice))
    assert scene.row().state == "refused"
    assert not PatientStatement.objects.exists()


def test_what_was_withdrawn_or_changed_meanwhile_is_not_decided(scene, now):
    revision = scene.row().revision
    scene.extend(date(2027, 1, 24))
    with pytest.raises(CorrectionDecided):
        scene.decide("refused", answer="Nee.", revision=revision)
    withdraw(scene.patient, scene.correction_id, now)
    with pytest.raises(CorrectionDecided, match="ingetrokken"):
        scene.decide("refused", answer="Nee.")


@pytest.mark.django_db(transaction=True)
def test_row_48_of_two_who_decide_at_once_one_wins(now):
    scene, together, outcomes = Scene(now, Wish.ADD), Barrier(2), []
    colleagues = [scene.doctor, world.make_employee(scene.practice)]

    def press(employee):
        try:
            together.wait()
            outcomes.append(str(scene.decide("granted", employee=employee, revision=0)))
        except CorrectionDecided:
            outcomes.append("late")
        finally:
            connection.close()

    windows = [Thread(target=press, args=[one]) for one in colleagues]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(outcomes) == ["granted", "late"]
    assert PatientStatement.objects.count() == 1


def test_avg12_extended_once_with_a_reason_and_the_item_carries_the_new_term(scene):
    NoticePreference.objects.create(person=scene.patient, kind="correction_answered", channel="email", is_on=True)
    WorkItem.objects.update(assigned_to=scene.doctor)
    scene.extend(date(2027, 2, 24), reason="De specialist is er niet.")
    row = scene.row()
    assert (row.state, row.due_on, row.extension_reason) == (
        "in_progress",
        date(2027, 2, 24),
        "De specialist is er niet.",
    )
    item = WorkItem.objects.get(kind="correction", state="open")
    assert (item.due_at.date(), item.assigned_to_id) == (date(2027, 2, 24), scene.doctor.pk)
    assert Notice.objects.filter(person=scene.patient, kind="correction_answered").count() == 1
    with pytest.raises(ExtensionNotAllowed):
        scene.extend(date(2027, 2, 24))


@pytest.mark.parametrize("due_on", [date(2026, 12, 24), date(2026, 12, 1), date(2027, 2, 25)])
def test_avg12_no_longer_than_two_months_more_and_never_shorter(scene, due_on):
    with pytest.raises(ExtensionNotAllowed):
        scene.extend(due_on)


def test_avg12_the_patient_is_told_within_the_first_month(scene, now):
    with pytest.raises(ExtensionNotAllowed):
        scene.extend(date(2027, 1, 24), now=now + timedelta(days=31))
    with pytest.raises(CorrectionNotUsable):
        scene.extend(date(2027, 1, 24), reason="  ")


def test_a_note_is_for_colleagues_alone(scene, now):
    viewer = world.viewer_of_employee(scene.doctor)
    with acting(viewer):
        decisions.add_note(
            viewer=viewer, patient_id=scene.patient.pk, correction_id=scene.correction_id, text="CANARIE", now=now
        )
    assert [(line.step, line.text) for line in scene.desk().trail][-1] == (CorrectionStep.NOTE, "CANARIE")
    patient = world.viewer_of_patient(scene.patient)
    with acting(patient), connection.cursor() as cursor:
        assert "CANARIE" not in repr(get_my_correction(viewer=patient, correction_id=scene.correction_id, now=now))
        cursor.execute("SELECT step FROM record_correctionevent")
        assert cursor.fetchall() == [("asked",)], "the wall keeps it from the portal too"


def test_taking_it_up_shows_in_the_state(scene, now):
    viewer = world.viewer_of_employee(scene.doctor)
    with acting(viewer):
        decisions.take_up_correction(
            viewer=viewer, patient_id=scene.patient.pk, correction_id=scene.correction_id, revision=0, now=now
        )
    assert scene.row().state == "in_progress"


@pytest.mark.parametrize(
    ("rights", "reads", "decides"),
    [
        ((), False, False),
        ((StaffRight.RELEASE_RECORD,), False, False),
        ((StaffRight.READ_RECORD,), True, False),
        ((StaffRight.READ_RECORD, StaffRight.RELEASE_RECORD), True, True),
    ],
)
def test_row_6_reading_needs_one_right_and_deciding_two(scene, rights, reads, decides):
    employee = world.make_employee(scene.practice, role=StaffRole.ASSISTANT, rights=rights)
    if reads:
        assert scene.desk(employee).may_decide is decides
    else:
        with pytest.raises(NotAllowed):
            scene.desk(employee)
    if decides:
        scene.decide("refused", answer="Nee.", employee=employee)
    else:
        with pytest.raises(NotAllowed):
            scene.decide("refused", answer="Nee.", employee=employee)


def test_row_5_staff_of_another_practice_also_of_the_patients_pharmacy_see_nothing(scene):
    pharmacy = world.make_practice("pharmacy")
    world.enrol(scene.patient, pharmacy, world.make_account(pharmacy))
    pharmacist = world.make_employee(pharmacy, role=StaffRole.PHARMACIST)
    for employee in (world.make_employee(world.make_practice()), pharmacist):
        with pytest.raises(NotVisible):
            scene.desk(employee)
        with pytest.raises(NotVisible):
            scene.decide("refused", answer="Nee.", employee=employee)


def test_a_pharmacy_decides_about_its_own_medicines(now):
    patient, pharmacy = world.make_patient_with_open_record(world.make_practice("pharmacy"))
    medicine = world.make_medication(patient, pharmacy)
    correction_id = ask(patient, now, item=("medicijn", medicine))
    pharmacist = world.make_employee(pharmacy, role=StaffRole.PHARMACIST)
    assert decide(pharmacist, patient, correction_id, "granted", now, note="Goed zo.") == "granted"


def test_earlier_requests_about_the_same_item_are_listed(scene):
    earlier = corrections.make_correction(scene.patient, scene.practice, "klacht", scene.episode.pk, state="withdrawn")
    corrections.make_correction(scene.patient, scene.practice)
    assert [one.correction_id for one in scene.desk().earlier] == [earlier.pk]


def test_the_manager_counts_open_and_overdue_ones_and_an_item_becomes_urgent_in_its_last_week(scene, now):
    manager = world.viewer_of_employee(
        world.make_employee(scene.practice, role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE])
    )
    doctor = world.viewer_of_employee(scene.doctor)
    # Counted and listed: days before the term, in the last week, and after it.
    for moment, counts, urgent in (
        (now, (1, 0), False),
        (now + timedelta(days=25), (1, 0), True),
        (now + timedelta(days=31), (1, 1), True),
    ):
        with acting(manager):
            due = count_corrections(viewer=manager, now=moment)
        with acting(doctor):
            listed = list_items(viewer=doctor, wanted=ItemFilter(), page=1, now=moment)
        assert ((due.open, due.overdue), listed.rows[0].is_urgent) == (counts, urgent)
    nobody = world.viewer_of_employee(world.make_employee(scene.practice, rights=[]))
    with acting(nobody), pytest.raises(NotAllowed):
        count_corrections(viewer=nobody, now=now)
