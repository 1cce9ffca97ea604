"""Kinds of appointment as the manager sets them: each rule with its refusal (REQ 37, 72; rows 5, 6, 32)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.agenda.steps import Scene
from tests.conftest import acting
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.actions import managing_kinds as actions
from zorgbalie.agenda.models import Appointment, AppointmentKind, AppointmentKindQuestion
from zorgbalie.agenda.queries import managing, managing_kinds
from zorgbalie.agenda.queries.example_kinds import example_kinds
from zorgbalie.agenda.rules.managing import wrong_field_of_kind
from zorgbalie.agenda.types.managing import BOUNDS, KIND_LENGTHS, KIND_NUMBERS, MOST_KINDS, ManagedKind, SettingRefused
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.questions import Question, QuestionKind
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.types import ChangedMeanwhile

pytestmark = pytest.mark.django_db
GOOD = ManagedKind(name="1 klacht", questions=(Question(label="Hoe lang?", kind=QuestionKind.SHORT),))


class Managing:
    """A practice with somebody who manages it."""

    def __init__(self, practice=None):
        self.practice = practice or world.make_practice()
        self.viewer = world.viewer_of_employee(world.make_employee(self.practice, role="manager"))

    def __call__(self, act, **values):
        with acting(self.viewer):
            return act(viewer=self.viewer, **values)


def somebody_else(practice):
    """An employee with every right but that to manage the practice."""
    rights = [one for one in StaffRight if one is not StaffRight.MANAGE_PRACTICE]
    return world.viewer_of_employee(world.make_employee(practice, rights=rights))


@pytest.fixture
def manage(db):
    return Managing()


def test_req37_a_kind_is_stored_with_its_questions_and_read_as_it_was(manage):
    kind_id = manage(actions.save_kind, kind=GOOD)
    found = manage(managing_kinds.get_managed_kind, kind_id=kind_id)
    assert found == replace(GOOD, kind_id=kind_id, revision=1)
    assert AuditEvent.objects.filter(event="agenda.kind_saved").count() == 1


def test_two_managers_at_once_the_second_is_told(manage):
    kind_id = manage(actions.save_kind, kind=GOOD)
    seen = manage(managing_kinds.get_managed_kind, kind_id=kind_id)
    manage(actions.save_kind, kind=replace(seen, minutes=15))
    with pytest.raises(ChangedMeanwhile):
        manage(actions.save_kind, kind=replace(seen, minutes=20))
    row = AppointmentKind.objects.get(pk=kind_id)
    assert (row.minutes, row.revision) == (15, 2)


def test_a_name_stands_once_in_a_practice_and_may_stand_in_another(manage):
    manage(actions.save_kind, kind=GOOD)
    with pytest.raises(SettingRefused) as refused:
        manage(actions.save_kind, kind=GOOD)
    assert refused.value.field == "name"
    Managing()(actions.save_kind, kind=GOOD)
    assert AppointmentKind.objects.filter(name=GOOD.name).count() == 2
    assert AuditEvent.objects.filter(event="agenda.kind_saved").count() == 2, "what is refused is no deed"


@pytest.mark.parametrize("name", KIND_NUMBERS)
def test_row32_each_number_has_bounds(name):
    lowest, highest = BOUNDS[name]
    assert [wrong_field_of_kind(kind=replace(GOOD, **{name: one})) for one in (lowest, highest)] == ["", ""]
    for wrong in (lowest - 1, highest + 1):
        assert wrong_field_of_kind(kind=replace(GOOD, **{name: wrong})) == name


@pytest.mark.parametrize(("name", "most"), KIND_LENGTHS.items())
def test_row32_each_text_has_a_bound(manage, name, most):
    assert wrong_field_of_kind(kind=replace(GOOD, **{name: "x" * most})) == ""
    with pytest.raises(SettingRefused) as refused:
        manage(actions.save_kind, kind=replace(GOOD, **{name: "x" * (most + 1)}))
    assert refused.value.field == name
    assert not AppointmentKind.objects.exists()


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"min_age": 18, "max_age": 17}, "max_age"),
        ({"questions": (Question(label="", kind=QuestionKind.SHORT),)}, "questions"),
        ({"questions": GOOD.questions * 8}, "questions"),
        ({"questions": (Question(label="Kies", kind=QuestionKind.CHOICE, choices=("een",)),)}, "questions"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(values, wrong):
    assert wrong_field_of_kind(kind=replace(GOOD, **values)) == wrong


def test_row5_row6_only_the_own_practice_and_only_who_manages_it(manage):
    other = rows.make_kind(world.make_practice())
    for act, values in (
        (managing_kinds.get_managed_kind, {}), (actions.move_kind, {"up": True}),
        (actions.switch_kind, {"is_online": False}), (actions.archive_kind, {"is_active": False}),
    ):  # fmt: skip
        with pytest.raises(NotVisible):
            manage(act, kind_id=other.pk, **values)
    with pytest.raises(NotVisible):
        manage(actions.save_kind, kind=replace(GOOD, kind_id=other.pk))
    doctor = somebody_else(manage.practice)
    with acting(doctor), pytest.raises(NotAllowed):
        actions.save_kind(viewer=doctor, kind=GOOD)
    other.refresh_from_db()
    assert (other.is_online, other.is_active, other.revision) == (True, True, 0)


def test_a_pharmacy_has_no_kinds():
    with pytest.raises(NotVisible):
        Managing(world.make_practice("pharmacy"))(managing_kinds.list_managed_kinds)


def test_switch_and_archive_twice_are_once_and_an_archived_one_is_never_online(manage):
    kind_id = manage(actions.save_kind, kind=GOOD)
    for _ in range(2):
        manage(actions.switch_kind, kind_id=kind_id, is_online=True)
    for _ in range(2):
        manage(actions.archive_kind, kind_id=kind_id, is_active=False)
    with pytest.raises(SettingRefused):
        manage(actions.switch_kind, kind_id=kind_id, is_online=True)
    away = manage(managing_kinds.get_managed_kind, kind_id=kind_id)
    manage(actions.save_kind, kind=replace(away, is_online=True))
    row = AppointmentKind.objects.get(pk=kind_id)
    assert (row.is_online, row.is_active, row.revision) == (False, False, 4)
    assert AuditEvent.objects.filter(event="agenda.kind_archived").count() == 1


def test_order_is_changed_one_place_at_a_time(manage):
    first, second, third = (manage(actions.save_kind, kind=replace(GOOD, name=name)) for name in "abc")
    manage(actions.move_kind, kind_id=third, up=True)
    manage(actions.move_kind, kind_id=first, up=True)
    manage(actions.move_kind, kind_id=second, up=False)
    assert [one.name for one in manage(managing_kinds.list_managed_kinds)] == ["a", "c", "b"]


def test_req37_the_examples_can_be_stored_are_offline_and_are_added_once(manage):
    manage(actions.save_kind, kind=GOOD)
    count = len(example_kinds())
    assert manage(actions.add_example_kinds, examples=example_kinds()) == count - 1, "the own one stays"
    assert manage(actions.add_example_kinds, examples=example_kinds()) == 0
    assert not AppointmentKind.objects.filter(is_online=True).exists()
    assert AppointmentKind.objects.get(name=GOOD.name).questions.get().label == "Hoe lang?"


def test_there_is_a_largest_number_of_kinds(manage):
    for number in range(MOST_KINDS):
        rows.make_kind(manage.practice, name=f"soort {number}")
    with pytest.raises(SettingRefused):
        manage(actions.save_kind, kind=GOOD)


def test_what_is_booked_stays_when_its_kind_changes_and_the_manager_learns_a_number_only(now):
    scene = Scene(now)
    manage = Managing(scene.practice)
    scene.booked()
    stranger = Scene(now)
    stranger.booked()
    before = Appointment.objects.values().get(practice=scene.practice)
    assert manage(managing.count_coming_of_kind, kind_id=scene.kind.pk, now=now) == 1
    assert manage(managing.count_coming_of_kind, kind_id=scene.kind.pk, now=now + timedelta(days=30)) == 0
    with pytest.raises(NotVisible):
        manage(managing.count_coming_of_kind, kind_id=stranger.kind.pk, now=now)
    seen = manage(managing_kinds.get_managed_kind, kind_id=scene.kind.pk)
    manage(actions.save_kind, kind=replace(seen, name="Anders", minutes=30, is_online=False, questions=GOOD.questions))
    manage(actions.archive_kind, kind_id=scene.kind.pk, is_active=False)
    assert Appointment.objects.values().get(practice=scene.practice) == before
    assert AppointmentKindQuestion.objects.filter(kind_of=scene.kind).count() == 1
