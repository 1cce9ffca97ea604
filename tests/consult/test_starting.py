"""The practice begins a thread with one patient (REQ 27, 34; R9, R14, R15)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.conftest import as_role
from tests.consult.outgoing import MESSAGE, Outgoing, says_yes
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage, MessageSettings
from zorgbalie.consult.types import (
    ConsultClosed,
    DayNotUsable,
    MessagesOff,
    NewMessage,
    NotReachable,
    ReadingHint,
    SentAlready,
    TextMissing,
    WhyNot,
)
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.messaging.models import Notice
from zorgbalie.practice.models import Account, Enrolment
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(now):
    return Outgoing(now, given_name="Anna", family_name="Bos")


def test_req34_a_message_becomes_a_thread_that_the_patient_reads(scene):
    consult_id = scene.begin()
    (listed,) = scene.listed()
    assert (listed.subject, listed.is_unread, listed.is_from_practice, listed.answer_by) == (
        "Controle", True, True, None,
    )  # fmt: skip
    assert [one.consult_id for one in scene.news()] == [consult_id]
    found = scene.read(consult_id)
    assert [one.text for one in found.messages] == ["Beste Anna Bos, komt u prikken?"]
    assert found.takes_follow_up
    assert WorkItem.objects.count() == 0
    assert scene.news() == ()


def test_a_reply_comes_into_the_inbox_with_a_promise(scene):
    consult_id = scene.begin()
    scene.follow_up(consult_id, "Ik kom morgen")
    row = Consult.objects.get(pk=consult_id)
    assert (row.state, row.answer_by is not None) == ("sent", True)
    item = WorkItem.objects.get()
    assert (item.kind, item.about_id, item.due_at) == ("consult", consult_id, row.answer_by)
    assert not scene.listed()[0].is_from_practice


def test_the_desk_sees_whether_it_was_read_and_when(scene):
    consult_id = scene.begin()
    assert scene.open(consult_id, scene.doctor).outgoing.read_at is None
    scene.read(consult_id)
    line = AuditEvent.objects.get(event="consult.read")
    assert scene.open(consult_id, scene.doctor).outgoing.read_at == line.recorded_at
    scene.answer(consult_id, "Nog iets", employee=scene.doctor)
    assert scene.open(consult_id, scene.doctor).outgoing.read_at is None


def test_r15_only_who_said_yes_is_told_and_r9_without_a_word_of_it(scene):
    scene.begin()
    assert Notice.objects.count() == 0
    says_yes(scene.person)
    scene.begin()
    assert Notice.objects.get().kind == "practice_message"


def test_r15_at_night_the_notice_waits_and_is_sent_once(scene, now):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from zorgbalie.consult.tasks import outgoing as tasks

    says_yes(scene.person)
    scene.later(0, hours=12)  # 23.00 in the Netherlands
    scene.begin()
    assert Notice.objects.count() == 0
    job = ProcrastinateJob.objects.get(task_name="consult.tell")
    assert job.scheduled_at.isoformat() == "2026-11-25T07:00:00+00:00"
    assert set(job.args) == {"message_id", "patient_id", "practice_id"}
    for _ in range(2):
        tasks.tell(**job.args)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("left", [True, False])
def test_r14_who_cannot_read_it_any_more_in_the_morning_is_not_told(scene, left):
    from zorgbalie.consult.tasks import outgoing as tasks

    says_yes(scene.person)
    scene.later(0, hours=12)
    consult_id = scene.begin()
    if left:
        Enrolment.objects.update(ended_at=scene.now)
    else:
        Account.objects.update(facilities=["journal_ep"])
    message = ConsultMessage.objects.get(consult=consult_id)
    with as_role("zorgbalie_worker"):
        tasks.tell(message_id=message.pk, patient_id=scene.person.pk, practice_id=scene.practice.pk)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (NewMessage(subject=" ", text="Hallo", takes_replies=True), TextMissing),
        (NewMessage(subject="x" * 81, text="Hallo", takes_replies=True), TextMissing),
        (NewMessage(subject="A", text=" \n", takes_replies=True), TextMissing),
        (NewMessage(subject="A", text="x" * 3001, takes_replies=True), TextMissing),
        (NewMessage(subject="A", text="{bsn}", takes_replies=True), TextMissing),
        (NewMessage(subject="A", text="B", takes_replies=True, reply_until=date(2026, 11, 23)), DayNotUsable),
        (NewMessage(subject="A", text="B", takes_replies=True, reply_until=date(2028, 1, 1)), DayNotUsable),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_reason(scene, message, fault):
    with pytest.raises(fault) as refusal:
        scene.begin(message)
    assert refusal.value.message
    assert Consult.objects.count() == 0


def test_row30_a_subject_holds_one_line(scene):
    scene.begin(NewMessage(subject="Controle\r\nBcc: x@y.example", text="Hallo", takes_replies=True))
    assert Consult.objects.get().subject == "Controle Bcc: x@y.example"


def test_row48_the_same_form_twice_is_one_thread_and_with_another_text_refused(scene):
    token = uuid4()
    assert scene.begin(token=token) == scene.begin(token=token)
    with pytest.raises(SentAlready):
        scene.begin(NewMessage(subject="Controle", text="Anders", takes_replies=True), token=token)
    assert (Consult.objects.count(), ConsultMessage.objects.count()) == (1, 1)


def test_row48_a_form_for_one_patient_is_not_taken_for_another(scene):
    other = world.make_person(given_name="Anna", family_name="Bos")
    world.enrol(other, scene.practice, scene.account)
    token = uuid4()
    scene.begin(token=token)
    with pytest.raises(SentAlready):
        scene.begin(token=token, person=other)


def test_the_patient_cannot_write_back_where_the_practice_wants_no_reply(scene):
    consult_id = scene.begin(NewMessage(subject="A", text="B", takes_replies=False))
    assert not scene.read(consult_id).takes_follow_up
    with pytest.raises(ConsultClosed):
        scene.follow_up(consult_id)


def test_the_patient_can_write_back_until_and_including_the_last_day(scene, now):
    until = now.date() + timedelta(days=3)
    consult_id = scene.begin(NewMessage(subject="A", text="B", takes_replies=True, reply_until=until))
    scene.later(3)
    assert scene.read(consult_id).takes_follow_up
    scene.later(1)
    assert not scene.read(consult_id).takes_follow_up
    with pytest.raises(ConsultClosed):
        scene.follow_up(consult_id)


def test_r14_a_patient_whose_facility_is_off_is_not_written_to(scene):
    scene.account.facilities = []
    scene.account.save()
    assert scene.place().reachable.why_not is WhyNot.NOT_SERVED
    with pytest.raises(NotReachable):
        scene.begin()


def test_a_patient_whose_identity_was_not_checked_cannot_sign_in_and_is_not_written_to(scene):
    scene.person.bsn_verified_at = None
    scene.person.save()
    with pytest.raises(NotReachable):
        scene.begin()


def test_a_child_under_12_needs_a_parent_who_can_read_it(now):
    scene = Outgoing(now, birth_date=date(2020, 1, 1))
    with pytest.raises(NotReachable):
        scene.begin()
    parent = world.make_person()
    world.represent(parent, scene.person)
    assert ReadingHint.PARENT_READS in scene.place().reachable.hints
    consult_id = scene.begin()
    assert scene.read(consult_id, parent).is_from_practice


def test_who_never_signed_in_can_be_written_to_and_the_desk_is_told(scene):
    assert scene.place().reachable.hints == (ReadingHint.NEVER_SIGNED_IN,)
    scene.listed()
    assert scene.place().reachable.hints == ()


def test_refusals_of_staff(scene):
    without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
    for role, rights in ((StaffRole.ASSISTANT, without), (StaffRole.MANAGER, list(StaffRight))):
        employee = world.make_employee(scene.practice, role=role, rights=rights)
        with pytest.raises(NotAllowed):
            scene.begin(employee=employee)
    elsewhere = world.make_employee(world.make_practice())
    with pytest.raises(NotVisible):
        scene.begin(employee=elsewhere)
    assert Consult.objects.count() == 0


def test_a_practice_that_switched_it_off_begins_nothing(scene):
    MessageSettings.objects.create(
        practice=scene.practice, is_on=False, start_text="a", follow_up_text="b", reply_days=5, silent_days=5,
        quiet_from=21, quiet_until=8,
    )  # fmt: skip
    with pytest.raises(MessagesOff):
        scene.begin()


def test_a_thread_of_the_practice_appears_to_nobody_outside_it(scene):
    consult_id = scene.begin(MESSAGE)
    stranger = world.make_person()
    world.enrol(stranger, scene.practice, scene.account)
    with pytest.raises(NotVisible):
        scene.read(consult_id, stranger)
    with pytest.raises(NotVisible):
        scene.open(consult_id, world.make_employee(world.make_practice()))


def test_req27_req79_a_pharmacy_begins_a_message_and_plans_to_ask_how_it_goes(scene):
    pharmacy = world.make_practice("pharmacy", name="Apotheek De Vijzel", phone="020 555 02 34")
    world.enrol(scene.person, pharmacy, world.make_account(pharmacy, name="M. Koster", facilities=["e_consult"]))
    pharmacist = world.make_employee(pharmacy, role="pharmacist", name="M. Koster")
    message = NewMessage(subject="Pil", text="{arts} van {praktijk}", takes_replies=True)
    consult_id = scene.begin(message, employee=pharmacist)
    scene.plan(consult_id, local_date(scene.now) + timedelta(days=14), employee=pharmacist)
    assert [(one.consult_id, one.is_pharmacy, one.is_from_practice) for one in scene.listed()] == [
        (consult_id, True, True)
    ]
    found = scene.read(consult_id)
    assert [one.text for one in found.messages] == ["M. Koster van Apotheek De Vijzel"]
    assert found.outgoing.follow_up is not None


def test_r14_a_pharmacy_whose_questions_are_off_begins_nothing(scene):
    pharmacy = world.make_practice("pharmacy")
    world.enrol(scene.person, pharmacy, world.make_account(pharmacy, facilities=["medication"]))
    with pytest.raises(NotReachable):
        scene.begin(employee=world.make_employee(pharmacy, role="pharmacist"))
