"""What a rule refused is not told as a deed (decision 15; R13; security row 39)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.billing.steps import Money
from tests.conftest import acting
from tests.consult.outgoing import Outgoing
from tests.factories import world
from tests.record_corrections.test_deciding import Scene as Asked
from tests.record_lab.test_decisions import Scene as Reported
from zorgbalie.access.actions import requests
from zorgbalie.access.types import RequestDecided
from zorgbalie.audit.models import AuditEvent
from zorgbalie.billing.types import DeclarationChanged
from zorgbalie.consult.types import ConsultChanged, ConsultClosed, DayNotUsable, TextMissing
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.record.types.corrections import CorrectionDecided
from zorgbalie.record.types.lab import DecisionNotUsable, LabAction, ReportDecided
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.models import WorkItem
from zorgbalie.worklist.types import ItemNotClosedByHand, ItemTaken

pytestmark = pytest.mark.django_db


def _lines(*events, outcome="0"):
    return AuditEvent.objects.filter(event__in=events, outcome=outcome).count()


@pytest.mark.parametrize(
    ("refusal", "event", "act"),
    [
        (ConsultChanged, "consult.answer", lambda scene, pk: scene.answer(pk, revision=99)),
        (TextMissing, "consult.answer", lambda scene, pk: scene.answer(pk, text=" ")),
        (ConsultChanged, "consult.close", lambda scene, pk: scene.close(pk, revision=99)),
        (ConsultChanged, "consult.hand_over", lambda scene, pk: scene.hand_to(pk, revision=99)),
        (TextMissing, "consult.note", lambda scene, pk: scene.note(pk, text="")),
        (TextMissing, "consult.follow_up", lambda scene, pk: scene.follow_up(pk, text="")),
        (DayNotUsable, "followup.plan", lambda scene, pk: scene.plan(pk, scene.now.date() - timedelta(days=1))),
    ],
)
def test_r13_what_was_refused_about_a_question_is_no_deed(now, refusal, event, act):
    scene = Outgoing(now)
    consult_id = scene.ask()
    with pytest.raises(refusal):
        act(scene, consult_id)
    assert _lines(event) == 0


def test_r13_the_late_one_of_two_did_not_answer(now):
    scene = Outgoing(now)
    consult_id = scene.ask()
    scene.answer(consult_id)
    with pytest.raises(ConsultChanged):
        scene.answer(consult_id, text="Nee.", revision=0, employee=world.make_employee(scene.practice))
    scene.close(consult_id)
    with pytest.raises(ConsultClosed):
        scene.follow_up(consult_id)
    assert _lines("consult.answer", "consult.follow_up") == 1


def test_r13_a_refusal_by_the_gate_stays(now):
    scene = Outgoing(now)
    consult_id, rightless = scene.ask(), world.make_employee(scene.practice, role="assistant", rights=())
    with pytest.raises(NotAllowed):
        scene.answer(consult_id, employee=rightless)
    assert (_lines("consult.answer"), _lines("consult.answer", outcome="4")) == (0, 1)


def test_r13_a_result_that_was_not_published_is_not_told_as_published(now):
    scene = Reported(now)
    with pytest.raises(DecisionNotUsable):
        scene.decide(LabAction.PUBLISH, conclusion="")
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    with pytest.raises(ReportDecided):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    assert _lines("lab.publish") == 1


def test_r13_a_request_is_decided_once(now):
    scene = Asked(now)
    scene.decide("refused", answer="Het klopt.")
    with pytest.raises(CorrectionDecided):
        scene.decide("granted", note="Geen astma.")
    assert _lines("correction.decide") == 1


def test_r13_an_item_that_a_colleague_took_is_not_told_as_taken(now):
    scene = Outgoing(now)
    scene.ask()
    item, first, second = WorkItem.objects.get(), scene.staff(scene.doctor), scene.staff()
    with acting(first):
        worklist.assign_to_me(viewer=first, item_id=item.pk, shown_with=None, now=now)
    with pytest.raises(ItemTaken), acting(second):
        worklist.assign_to_me(viewer=second, item_id=item.pk, shown_with=None, now=now)
    with pytest.raises(ItemNotClosedByHand), acting(second):
        worklist.close_item(viewer=second, item_id=item.pk, now=now)
    assert (_lines("worklist.assign"), _lines("worklist.close")) == (1, 0)


def test_r13_a_request_to_read_is_answered_once(now):
    practice, patient = world.make_practice(), world.make_person()
    world.enrol(patient, practice, world.make_account(practice))
    request = world.release_record(patient, practice, state="asked", decided_at=None)
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer):
        requests.refuse_request(viewer=viewer, request_id=request.pk, reason="Kom langs aan de balie.", now=now)
    with pytest.raises(RequestDecided), acting(viewer):
        requests.leave_open(viewer=viewer, request_id=request.pk, reason="Wij bellen u.", now=now)
    assert _lines("request.refuse", "request.leave_open") == 1


def test_r13_a_declaration_that_changed_is_not_told_as_refused(now):
    money = Money(now).answered()
    money.spend(360, token=uuid4())
    money.propose()
    with pytest.raises(DeclarationChanged):
        money.refuse(money.row(), revision=99)
    assert _lines("billing.refuse") == 0
