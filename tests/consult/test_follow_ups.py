"""`Hoe gaat het over twee weken?` (REQ 33; R15; security row 50)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.consult.outgoing import Outgoing, says_yes
from tests.factories import outgoing, promises, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage, PlannedFollowUp
from zorgbalie.consult.types import (
    ConsultChanged,
    DayNotUsable,
    FollowUpNotPossible,
    FollowUpState,
    NewMessage,
    TextMissing,
)
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.messaging.models import Notice
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 8)  # a Tuesday, two weeks after `now`


@pytest.fixture
def scene(now):
    return Outgoing(now, given_name="Anna", family_name="Bos")


@pytest.fixture
def answered(scene):
    consult_id = scene.ask()
    scene.answer(consult_id, employee=scene.doctor)
    return consult_id


def _texts():
    return list(ConsultMessage.objects.filter(author_kind="staff").order_by("pk").values_list("text", flat=True))


def test_req33_the_patient_sees_the_day_and_is_asked_on_it(scene, answered):
    says_yes(scene.person)
    scene.plan(answered, DAY, "{aanhef}, hoe gaat het?")
    planned = scene.read(answered).outgoing.follow_up
    assert (planned.state, planned.ask_on) == (FollowUpState.PLANNED, DAY)
    scene.later(13)
    assert scene.work() == 0
    scene.later(1)
    scene.work()
    assert _texts()[-1] == "Beste Anna Bos, hoe gaat het?"
    assert Notice.objects.filter(kind="practice_message").count() == 1
    assert scene.news()[0].consult_id == answered
    assert ConsultMessage.objects.latest("pk").author_name == scene.doctor.name


def test_row50_run_twice_it_is_asked_once(scene, answered):
    says_yes(scene.person)
    scene.plan(answered, DAY)
    scene.later(14)
    for _ in range(3):
        scene.work()
    assert _texts().count("Hoe gaat het?") == 1
    assert Notice.objects.filter(kind="practice_message").count() == 1


def test_row50_a_worker_killed_in_between_leaves_nothing_half_done(scene, answered, monkeypatch):
    from zorgbalie.consult.actions import follow_ups

    says_yes(scene.person)
    scene.plan(answered, DAY)
    scene.later(14)
    monkeypatch.setattr(follow_ups, "tell", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        scene.work()
    assert "Hoe gaat het?" not in _texts()
    monkeypatch.undo()
    scene.work()
    assert _texts().count("Hoe gaat het?") == 1


def test_one_bad_follow_up_does_not_hold_up_the_others(scene, answered, monkeypatch):
    from zorgbalie.consult.actions import follow_ups
    from zorgbalie.consult.tasks import outgoing as tasks

    scene.plan(answered, DAY)
    second = scene.begin()
    scene.plan(second, DAY)
    scene.later(14)
    real, calls = follow_ups.act_on_due, []

    def falls_over_once(**values):
        calls.append(values["follow_up_id"])
        if len(calls) == 1:
            raise ZeroDivisionError
        real(**values)

    monkeypatch.setattr(tasks.follow_ups, "act_on_due", falls_over_once)
    monkeypatch.setattr(tasks, "current_moment", lambda: scene.now)
    tasks.ask_follow_ups(timestamp=0)
    assert (len(calls), _texts().count("Hoe gaat het?")) == (2, 1)


def test_nothing_is_asked_in_the_quiet_hours(scene, answered):
    scene.plan(answered, DAY)
    scene.later(14, hours=-6)  # 5.00 in the Netherlands
    assert scene.work() == 1
    assert "Hoe gaat het?" not in _texts()
    scene.later(0, hours=3)
    scene.work()
    assert "Hoe gaat het?" in _texts()


def test_req33_nothing_is_planned_on_a_closed_day_of_the_practice(scene, answered):
    promises.set_hours(scene.practice)
    promises.add_closing(scene.practice, DAY, DAY + timedelta(days=1))
    for day in (DAY, DAY + timedelta(days=1)):
        with pytest.raises(DayNotUsable):
            scene.plan(answered, day)
    scene.plan(answered, DAY + timedelta(days=2))
    assert scene.read(answered).outgoing.follow_up.ask_on == DAY + timedelta(days=2)


def test_req33_a_day_that_was_closed_since_waits_for_the_next_and_says_so(scene, answered):
    promises.set_hours(scene.practice)
    scene.plan(answered, DAY)
    promises.add_closing(scene.practice, DAY, DAY + timedelta(days=1))
    assert scene.read(answered).outgoing.follow_up.ask_on == DAY + timedelta(days=2)
    for days, asked in ((14, False), (1, False), (1, True)):
        scene.later(days)
        scene.work()
        assert ("Hoe gaat het?" in _texts()) is asked


def test_a_patient_who_wrote_already_is_not_asked(scene, answered):
    scene.plan(answered, DAY)
    scene.follow_up(answered, "Het gaat al beter")
    row = PlannedFollowUp.objects.get()
    assert (row.state, row.reason) == ("cancelled", "patient_wrote")
    scene.later(14)
    assert scene.work() == 0


def test_the_reply_comes_on_the_list_of_who_planned_it(scene, answered):
    scene.plan(answered, DAY)
    scene.later(14)
    scene.work()
    scene.follow_up(answered, "Goed")
    assert PlannedFollowUp.objects.get().state == "answered"
    item = WorkItem.objects.get(kind="consult", state="open")
    assert item.assigned_to_id == scene.doctor.pk


def test_the_reply_is_for_everybody_when_the_planner_has_left(scene, answered):
    scene.plan(answered, DAY)
    scene.later(14)
    scene.work()
    scene.doctor.ends_on = date(2026, 11, 30)
    scene.doctor.save()
    scene.follow_up(answered, "Goed")
    assert WorkItem.objects.get(kind="consult", state="open").assigned_to_id is None


def test_without_a_reply_the_desk_gets_an_item_once_and_a_late_reply_closes_it(scene, answered):
    scene.plan(answered, DAY)
    scene.later(14)
    scene.work()
    scene.later(4)
    assert scene.work() == 0
    scene.later(2)  # five days later is a Sunday: the Monday counts
    for _ in range(2):
        scene.work()
    item = WorkItem.objects.get(kind="follow_up")
    assert (item.assigned_to_id, item.about_id, item.state) == (scene.doctor.pk, answered, "open")
    scene.follow_up(answered, "Toch nog")
    item.refresh_from_db()
    assert item.state == "done"


def test_it_opens_a_thread_that_took_no_replies(scene, now):
    consult_id = scene.begin(NewMessage(subject="A", text="B", takes_replies=False))
    scene.plan(consult_id, DAY)
    scene.later(14)
    scene.work()
    assert scene.read(consult_id).takes_follow_up
    scene.follow_up(consult_id, "Goed")


def test_it_lengthens_the_days_in_which_one_can_reply(scene, now):
    until = now.date() + timedelta(days=2)
    consult_id = scene.begin(NewMessage(subject="A", text="B", takes_replies=True, reply_until=until))
    scene.plan(consult_id, DAY)
    scene.later(14)
    scene.work()
    assert Consult.objects.get(pk=consult_id).reply_until == DAY + timedelta(days=28)


def test_the_desk_changes_and_cancels_it_and_names_what_it_saw(scene, answered):
    scene.plan(answered, DAY)
    with pytest.raises(ConsultChanged):
        scene.plan(answered, DAY, "Anders", revision=7)
    scene.plan(answered, date(2026, 12, 9), "Anders", revision=1)
    row = PlannedFollowUp.objects.get()
    assert (row.ask_on, row.text, row.revision) == (date(2026, 12, 9), "Anders", 2)
    scene.cancel(answered, revision=2)
    scene.cancel(answered, revision=2)
    assert PlannedFollowUp.objects.get().reason == "by_desk"
    scene.later(20)
    assert scene.work() == 0


def test_row48_planned_twice_is_planned_once(scene, answered):
    assert scene.plan(answered, DAY) == scene.plan(answered, DAY)
    row = Consult.objects.get(pk=answered)
    with pytest.raises(IntegrityError), transaction.atomic():
        outgoing.make_plan(row, scene.doctor)


def test_closing_the_thread_ends_it(scene, answered):
    scene.plan(answered, DAY)
    scene.close(answered, employee=scene.doctor)
    assert PlannedFollowUp.objects.get().reason == "closed"
    with pytest.raises(FollowUpNotPossible):
        scene.plan(answered, DAY)


def test_r14_who_cannot_read_it_is_not_asked_and_the_desk_is_told(scene, answered):
    scene.plan(answered, DAY)
    scene.account.facilities = []
    scene.account.save()
    scene.later(14)
    scene.work()
    assert PlannedFollowUp.objects.get().reason == "unreadable"
    assert WorkItem.objects.filter(kind="follow_up", state="open").count() == 1
    assert "Hoe gaat het?" not in _texts()


@pytest.mark.parametrize(
    ("day", "text", "fault"),
    [
        (date(2026, 11, 24), "Hoe?", DayNotUsable),
        (date(2026, 12, 25), "Hoe?", DayNotUsable),
        (date(2028, 1, 3), "Hoe?", DayNotUsable),
        (DAY, " ", TextMissing),
        (DAY, "{bsn}", TextMissing),
    ],
)
def test_what_cannot_be_planned_is_refused(scene, answered, day, text, fault):
    with pytest.raises(fault):
        scene.plan(answered, day, text)
    assert PlannedFollowUp.objects.count() == 0


def test_refusals_of_staff(scene, answered):
    nurse = world.make_employee(scene.practice, role="nurse", rights=[])
    with pytest.raises(NotAllowed):
        scene.plan(answered, DAY, employee=nurse)
    with pytest.raises(NotVisible):
        scene.plan(answered, DAY, employee=world.make_employee(world.make_practice()))


def test_each_step_stands_in_the_log_of_the_patient(scene, answered):
    scene.plan(answered, DAY)
    scene.later(14)
    scene.work()
    events = set(AuditEvent.objects.filter(patient_id=scene.person.pk).values_list("event", flat=True))
    assert {"followup.plan", "followup.due"} <= events
