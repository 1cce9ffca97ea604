"""Addresses of questions and answers, as people who come near them (security rows 1 to 6, 14, 15).

The walk over all addresses knows strangers. Here walk who knows the patient: a parent after the twelfth birthday, a
helper whose right ended, and the pharmacist of the same patient.
"""

import re
from datetime import timedelta

import pytest

from tests.architecture.test_url_walk import DESK, PORTAL, Victim, _desk_of, _walk
from tests.architecture.walk import fingerprint
from tests.conftest import PortalClient
from tests.factories import world
from zorgbalie.billing.models import Declaration, ExportBatch
from zorgbalie.consult.models import Consult, ConsultAttachment, Mailing
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
_NAMES = re.compile(r"^(?:patient_consult|desk_consult|desk_message|desk_mailing|desk_billing|desk_answer)_")
_OF_PATIENTS = [one for one in PORTAL if _NAMES.match(one.name)]
_OF_DESKS = [one for one in DESK if _NAMES.match(one.name)]


@pytest.fixture
def victim() -> Victim:
    """With an ordinary name, which is no secret to who stands near; every other text holds the canary."""
    made = Victim()
    made.person.given_name, made.person.family_name, made.person.email = "Anna", "Bos", "anna@post.example"
    made.person.save()
    made.ids = _numbers(made)
    return made


def _numbers(victim: Victim) -> list[int]:
    """What these addresses can name: fewer numbers than the walk over all addresses tries."""
    found = {victim.person.pk, *Mailing.objects.values_list("pk", flat=True)}
    for model in (Consult, ConsultAttachment, Declaration):
        found |= set(model.objects.filter(patient=victim.person).values_list("pk", flat=True))
    found |= set(WorkItem.objects.filter(person=victim.person).values_list("pk", flat=True))
    return sorted(found | set(ExportBatch.objects.values_list("pk", flat=True)))


def _born_years_ago(person, years: int, days: int) -> None:
    day = local_date(current_moment())
    person.birth_date = day.replace(year=day.year - years, day=min(day.day, 28)) - timedelta(days=days)
    person.save()


def _acting(person, subject) -> PortalClient:
    client = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
    client.sign_in(person, subject=subject)
    return client


@pytest.mark.parametrize("years", [12, 16])
def test_row14_a_parent_sees_and_changes_nothing_after_the_birthday(victim, years):
    """A session that began the day before goes on as this child: at midnight it is worth nothing."""
    parent, _ = world.make_patient_with_open_record(victim.practice)
    world.represent(parent, victim.person)
    _born_years_ago(victim.person, years, 0)
    before = fingerprint(victim.person.pk)
    assert _walk(_acting(parent, victim.person), _OF_PATIENTS, victim) > len(_OF_PATIENTS)
    assert fingerprint(victim.person.pk) == before


def test_row15_a_parent_finds_nothing_of_the_child_as_oneself(victim):
    parent, _ = world.make_patient_with_open_record(victim.practice)
    world.represent(parent, victim.person)
    _born_years_ago(victim.person, 8, 0)
    before = fingerprint(victim.person.pk)
    _walk(_acting(parent, parent), _OF_PATIENTS, victim)
    assert fingerprint(victim.person.pk) == before


def test_row6_a_pharmacist_of_the_same_patient_sees_and_changes_no_question_to_the_gp(victim):
    pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel")
    account = world.make_account(pharmacy)
    world.enrol(victim.person, pharmacy, account)
    world.sign_agreement(victim.person, pharmacy)
    world.release_record(victim.person, pharmacy)
    employee = world.make_employee(pharmacy, role=StaffRole.PHARMACIST)
    account.members.add(employee)
    before = fingerprint(victim.person.pk)
    assert _walk(_desk_of(employee), _OF_DESKS, victim) > len(_OF_DESKS)
    assert _of_the_gp(before) == _of_the_gp(fingerprint(victim.person.pk))


def _of_the_gp(digests: dict[str, str]) -> dict[str, str]:
    """What no pharmacist's press may change; a note of the pharmacy's own is not of these."""
    return {name: digest for name, digest in digests.items() if name.startswith(("consult_", "billing_", "record_"))}
