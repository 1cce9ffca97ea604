"""Signing in: for whom, on which day, and with which name in the log (REQ 1, 2; security rows 14, 15, 32, 39)."""

from datetime import UTC, date, datetime

import pytest

from tests.conftest import as_role
from tests.factories import world
from zorgbalie.access.actions.sign_in import LevelInsufficient, NotRepresented, sign_in_patient
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.assurance import AssuranceLevel

pytestmark = pytest.mark.django_db


def sign_in(person, now, subject=None, level=AssuranceLevel.SUBSTANTIEEL):
    with as_role("zorgbalie_portal"), unit_of_work(None):
        return sign_in_patient(
            acting_bsn=person.bsn,
            subject_bsn=(subject or person).bsn,
            level=level,
            connection="oidc",
            address="",
            now=now,
        )


@pytest.fixture
def parent_and_child():
    parent, child = world.make_person(), world.make_person(birth_date=date(2019, 1, 1))
    return parent, child


def test_row15_a_registered_parent_signs_in_for_the_child(parent_and_child, now):
    parent, child = parent_and_child
    world.represent(parent, child)
    viewer = sign_in(parent, now, subject=child)
    assert (viewer.person_id, viewer.subject_id) == (parent.pk, child.pk)


@pytest.mark.parametrize(
    "values",
    [
        {"closed_for_safety_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"ends_on": date(2026, 11, 23)},
        {"starts_on": date(2026, 11, 25)},
    ],
)
def test_row14_who_may_not_act_any_more_or_yet_is_refused_at_the_door(parent_and_child, now, values):
    parent, child = parent_and_child
    world.represent(parent, child, **values)
    with pytest.raises(NotRepresented):
        sign_in(parent, now, subject=child)
    line = AuditEvent.objects.get(event="sign_in")
    assert (line.outcome, line.detail["reason"]) == ("4", "not_represented")


def test_row14_the_day_is_the_one_in_the_netherlands(parent_and_child):
    """Just after midnight here it is still the day before in UTC."""
    parent, child = parent_and_child
    world.represent(parent, child, ends_on=date(2026, 7, 1))
    with pytest.raises(NotRepresented):
        sign_in(parent, datetime(2026, 7, 1, 22, 30, tzinfo=UTC), subject=child)


def test_row32_a_name_as_long_as_the_register_allows_signs_in(now):
    person = world.make_person(given_name="A" * 100, name_prefix="van der", family_name="B" * 100)
    sign_in(person, now)
    assert len(AuditEvent.objects.get(event="sign_in").user_name) == 200


@pytest.mark.parametrize("level", [AssuranceLevel.BASIS, AssuranceLevel.MIDDEN])
def test_row20_a_lower_level_is_refused_here_too_whatever_the_connection_let_through(now, level):
    with pytest.raises(LevelInsufficient):
        sign_in(world.make_person(), now, level=level)
    line = AuditEvent.objects.get(event="sign_in")
    assert (line.outcome, line.detail["reason"], line.patient_id) == ("4", "level_too_low", None)
