"""A parent asks for a child, and what is left of that on a birthday (REQ 8; security rows 14, 15)."""

from datetime import UTC, datetime

import pytest

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.default_rules import default_rules
from zorgbalie.consult.queries.drafts import get_warning
from zorgbalie.consult.queries.patient import may_ask
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.people.models import Person, Representation

pytestmark = pytest.mark.django_db


class Family:
    """A child of eleven years with a parent who asked something."""

    def __init__(self):
        # The wall's own birthday is today, so these children grow by their date of birth, not by a moved clock.
        self.now = current_moment()
        self.scene = Scene(self.now, birth_date=self._born(11), given_name="Sem")
        self.parent = world.make_person(given_name="Pieter")
        self.representation = world.represent(self.parent, self.scene.person)
        self.consult_id = self.scene.ask(self.parent)

    def _born(self, age):
        today = local_date(self.now)
        return today.replace(year=today.year - age, day=min(today.day, 28))

    def turns(self, age):
        Person.objects.filter(pk=self.scene.person.pk).update(birth_date=self._born(age))


@pytest.fixture
def family():
    return Family()


def test_req8_a_parent_asks_in_the_childs_file_and_reads_the_answer(family):
    row = Consult.objects.get()
    assert (row.patient_id, row.asked_by_id) == (family.scene.person.pk, family.parent.pk)
    assert family.scene.open(family.consult_id).asked_by_other
    family.scene.answer(family.consult_id, "Geef hem veel drinken.")
    assert family.scene.read(family.consult_id, family.parent).messages[-1].text == "Geef hem veel drinken."


def test_row15_the_log_of_the_child_names_the_parent_and_the_own_list_stays_empty(family):
    line = AuditEvent.objects.filter(event="consult.send").get()
    assert (line.patient_id, line.user_id) == (family.scene.person.pk, f"person:{family.parent.pk}")
    assert line.acts_for_id == family.scene.person.pk
    own = world.viewer_of_patient(family.parent)
    with acting(own):
        assert not may_ask(viewer=own, now=family.now)


def test_row14_at_twelve_the_parent_no_longer_reads_what_the_parent_asked(family):
    family.scene.answer(family.consult_id)
    draft = family.scene.write(family.parent)
    family.turns(12)
    for act in (
        lambda: family.scene.read(family.consult_id, family.parent),
        lambda: family.scene.listed(family.parent),
        lambda: family.scene.draft(draft, family.parent),
        lambda: family.scene.send(draft, family.parent),
        lambda: family.scene.follow_up(family.consult_id, person=family.parent),
    ):
        with pytest.raises(NotVisible):
            act()
    assert len(family.scene.read(family.consult_id).messages) == 2, "the child reads its own file"


def test_row14_with_the_consent_of_a_child_of_twelve_the_parent_reads_on(family):
    family.turns(12)
    Representation.objects.update(child_consent_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert family.scene.read(family.consult_id, family.parent).messages


@pytest.mark.parametrize("age", [11, 16])
def test_row14_a_child_under_12_asks_nothing_itself_and_a_parent_nothing_of_who_is_16(family, age):
    family.turns(age)
    person = None if age == 11 else family.parent
    with pytest.raises(NotVisible):
        family.scene.start(person)


def test_row14_closed_for_safety_closes_questions_too(family):
    Representation.objects.update(closed_for_safety_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(NotVisible):
        family.scene.read(family.consult_id, family.parent)


def test_r17_the_list_for_children_is_shown_for_a_child(family):
    viewer = family.scene.viewer(family.parent)
    with acting(viewer):
        assert get_warning(viewer=viewer, now=family.now) == default_rules().child
    family.turns(16)
    viewer = family.scene.viewer()
    with acting(viewer):
        assert get_warning(viewer=viewer, now=family.now) == default_rules().adult
