"""A pharmacy begins as a GP practice does: it has the same facility, right and pages (REQ 51, 79; decision 25)."""

import pytest

from tests.consult.outgoing import Outgoing
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage, MailingObjection
from zorgbalie.consult.types import Criteria

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(now):
    """A patient of a GP practice and of the pharmacy, which is the one that writes."""
    scene = Outgoing(now)
    scene.practice = world.make_practice("pharmacy")
    scene.account = world.make_account(scene.practice, name="M. Koster")
    world.enrol(scene.person, scene.practice, scene.account)
    scene.doctor = world.make_employee(scene.practice, role="pharmacist", name="M. Koster")
    return scene


def test_req79_it_writes_to_a_patient_and_asks_later(scene):
    assert scene.place().reachable.why_not is None
    consult_id = scene.begin()
    scene.plan(consult_id, scene.now.date().replace(month=12, day=8))
    scene.later(14)
    scene.work()
    assert scene.read(consult_id).messages[-1].text == "Hoe gaat het?"


def test_req51_a_message_to_a_group_comes_and_the_patient_can_object_to_more(scene):
    world.make_medication(scene.person, scene.practice, title="Metformine", status="active", end_date=None)
    scene.sent_mailing(Criteria(medicine="metformine"))
    assert ConsultMessage.objects.count() == 1
    scene.object_to(Consult.objects.get().pk, scene.person)
    assert MailingObjection.objects.get().practice_id == scene.practice.pk
    line = AuditEvent.objects.get(event="consult.group_messages")
    assert (line.practice_id, line.outcome) == (scene.practice.pk, "0")
