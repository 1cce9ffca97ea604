"""Rules, wait and wish with the patient's eyes at each moment (REQ 62 to 64; R1, R2, R14; ux 32)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import acting
from tests.factories import world
from tests.factories.result_kinds import make_kind, make_wish
from tests.record_lab.reports import REPORTED, new_result
from tests.record_lab.test_decisions import NOTHING, Scene, run_due
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.record.actions.wishes import set_wishes
from zorgbalie.record.types.lab import DecisionNotUsable, LabAction, ReportStatus
from zorgbalie.record.types.result_kinds import HearBy
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def in_days(now, days):
    """Eight in the morning of a later day, and a bit."""
    day = local_date(now) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def refusal_of(scene, **values):
    with pytest.raises(DecisionNotUsable) as refusal:
        scene.decide(LabAction.PUBLISH, conclusion="Goed.", **values)
    assert scene.seen() == NOTHING
    return refusal.value


def wish(scene, general, now=None, **per_kind):
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        set_wishes(viewer=viewer, general=general, per_kind=per_kind.get("per_kind", {}), now=now or scene.now)


def actions():
    return [item.about_id for item in WorkItem.objects.filter(kind="action", state="open")]


# Portal off, told first, waiting


def test_req64_a_kind_that_is_not_for_the_portal_is_not_published_but_invited_or_saved(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], uses_portal=False)
    for values in ({}, {"has_spoken": True}, {"publish_on": now.date() + timedelta(days=90)}):
        assert "Kalium" in refusal_of(scene, **values).message
    scene.decide(LabAction.INVITE)
    assert scene.seen() == ([], [], [scene.report_id])
    scene.decide(LabAction.SAVE, due_on=now.date())
    assert actions() == [scene.report_id]


def test_req64_the_other_results_of_such_a_report_may_be_published(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], uses_portal=False)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", shared=["Kreatinine"])
    assert scene.seen() == ([scene.report_id], ["Kreatinine"], [])


def test_req64_without_any_tick_the_rules_of_the_whole_report_hold(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], uses_portal=False)
    refusal_of(scene, shared=[])


def test_req64_the_rule_for_the_rest_holds_for_what_no_kind_names(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], name="Bloed")
    make_kind(scene.practice, is_rest=True, name="", uses_portal=False)
    assert "Kreatinine" in refusal_of(scene).message
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", shared=["Kalium"])


def test_a_rule_that_was_removed_or_is_of_another_practice_holds_for_nothing(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], uses_portal=False, removed_at=now)
    make_kind(world.make_practice(), words=["kalium"], uses_portal=False)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    assert scene.seen()[0] == [scene.report_id]


def test_req63_what_is_told_first_is_published_after_the_talk_and_the_log_says_so(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], first="call", wait_days=7)
    assert refusal_of(scene).field == "has_spoken"
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", has_spoken=True)
    assert (scene.seen()[0], scene.row().told_at) == ([scene.report_id], now)
    line = AuditEvent.objects.get(event="lab.publish", patient_id=scene.patient.pk, detail__has_key="spoken")
    assert line.detail == {"spoken": True}


def test_req62_the_patient_reads_nothing_before_the_days_of_the_rule_are_over(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], wait_days=5)
    today = local_date(now)
    for day in (None, today + timedelta(days=4)):
        refusal = refusal_of(scene, publish_on=day, has_spoken=True)
        assert refusal.field == "publish_on"
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=today + timedelta(days=5))
    assert run_due(in_days(now, 4)) == []
    assert scene.seen(in_days(now, 4)) == NOTHING
    assert run_due(in_days(now, 5)) == [True]
    assert scene.seen(in_days(now, 5)) == ([scene.report_id], ["Kalium", "Kreatinine"], [])


def test_the_wait_counts_from_the_day_on_which_the_report_came_in(now):
    scene = Scene(now)
    make_kind(scene.practice, words=["kalium"], wait_days=5)
    scene.now = in_days(now, 5)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    assert scene.seen(scene.now)[0] == [scene.report_id]


def test_preliminary_final_corrected_each_wait_and_the_former_stays_until_then(now):
    scene = Scene(now, status=ReportStatus.PRELIMINARY, results=(new_result(status="preliminary"),))
    make_kind(scene.practice, words=["kalium"], wait_days=2)
    first = scene.report_id
    scene.decide(LabAction.PUBLISH, conclusion="Voorlopig.", publish_on=local_date(now) + timedelta(days=2))
    assert (scene.seen(), run_due(in_days(now, 2))) == (NOTHING, [True])
    scene.now = in_days(now, 3)
    final = scene.later(status=ReportStatus.FINAL, reported_at=REPORTED + timedelta(days=3), results=(new_result(),))
    with pytest.raises(DecisionNotUsable):
        scene.decide(LabAction.PUBLISH, final, conclusion="Definitief.")
    day = local_date(now) + timedelta(days=5)
    scene.decide(LabAction.PUBLISH, final, conclusion="Definitief.", publish_on=day)
    assert scene.seen(in_days(now, 4)) == ([first], ["Kalium"], [])
    scene.now = in_days(now, 4)  # a correction comes in before the final one was due
    corrected = scene.later(status=ReportStatus.CORRECTED, reported_at=REPORTED + timedelta(days=4))
    assert run_due(in_days(now, 5)) == []
    assert scene.seen(in_days(now, 5))[0] == [first]
    day = local_date(now) + timedelta(days=6)
    scene.decide(LabAction.PUBLISH, corrected, conclusion="Verbeterd.", publish_on=day)
    assert run_due(in_days(now, 6)) == [True]
    scene.now = in_days(now, 6)
    assert scene.seen(scene.now)[0] == [corrected]
    assert [one.conclusion for one in scene.read(corrected).former] == ["Voorlopig."]


# What changes between planning and the day


def planned(now, **kind):
    scene = Scene(now)
    scene.kind = make_kind(scene.practice, words=["kalium"], **kind)
    NoticePreference.objects.create(person=scene.patient, kind="result_ready", channel="email", is_on=True)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=local_date(now) + timedelta(days=3))
    return scene


def test_ux32_a_wish_made_after_planning_turns_the_publication_into_an_action(now):
    scene = planned(now)
    wish(scene, HearBy.CALL, in_days(now, 1))
    assert run_due(in_days(now, 3)) == [False]
    assert (scene.row().state, scene.row().publish_on, scene.row().conclusion) == ("saved", None, "Goed.")
    assert (scene.seen(in_days(now, 3)), actions(), Notice.objects.count()) == (NOTHING, [scene.report_id], 0)
    line = AuditEvent.objects.get(event="lab.hold")
    assert (line.patient_id, line.detail) == (scene.patient.pk, {"reason": "wish"})
    assert not AuditEvent.objects.filter(event="lab.publish").exists()
    assert (run_due(in_days(now, 4)), len(actions())) == ([], 1)
    scene.now = in_days(now, 4)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", has_spoken=True)
    assert (scene.seen(scene.now)[0], actions()) == ([scene.report_id], [])


def test_ux32_a_wish_taken_back_before_the_day_lets_it_through(now):
    scene = planned(now)
    wish(scene, HearBy.VISIT, in_days(now, 1))
    wish(scene, HearBy.ONLINE, in_days(now, 2))
    assert run_due(in_days(now, 3)) == [True]


def test_ux32_who_was_spoken_to_before_the_wish_reads_it_on_the_day(now):
    scene = Scene(now)
    day = local_date(now) + timedelta(days=3)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=day, has_spoken=True)
    wish(scene, HearBy.CALL, in_days(now, 1))
    assert run_due(in_days(now, 3)) == [True]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"uses_portal": False}, "portal_off"),
        ({"first": "visit"}, "told_first"),
        ({"wait_days": 30}, "too_early"),
    ],
)
def test_req64_a_rule_that_became_stricter_meanwhile_brings_it_back_on_the_action_list(now, change, reason):
    scene = planned(now)
    for name, value in change.items():
        setattr(scene.kind, name, value)
    scene.kind.save()
    assert run_due(in_days(now, 3)) == [False]
    assert (scene.row().state, scene.seen(in_days(now, 3)), actions()) == ("saved", NOTHING, [scene.report_id])
    assert AuditEvent.objects.get(event="lab.hold").detail == {"reason": reason}


def test_a_decision_between_the_check_and_the_lock_wins(now, monkeypatch):
    """The race: what was checked is another revision than what is there; nothing happens, the next run looks again."""
    from zorgbalie.record.actions import lab_decisions

    scene = planned(now)
    real = lab_decisions.find_due_objection

    def overtaken(**values):
        found = real(**values)
        type(scene.row()).objects.filter(pk=scene.report_id).update(revision=99)
        return found

    monkeypatch.setattr(lab_decisions, "find_due_objection", overtaken)
    assert run_due(in_days(now, 3)) == [False]
    assert (scene.row().state, scene.seen(in_days(now, 3))) == ("scheduled", NOTHING)


# The wish at the moment of publishing


@pytest.mark.parametrize("hear_by", [HearBy.CALL, HearBy.VISIT])
def test_ux32_against_the_wish_asks_for_the_talk_first(now, hear_by):
    scene = Scene(now)
    wish(scene, hear_by)
    assert refusal_of(scene).field == "has_spoken"
    assert refusal_of(scene, publish_on=local_date(now) + timedelta(days=9)).field == "has_spoken"
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", has_spoken=True)
    assert scene.seen()[0] == [scene.report_id]


def test_ux32_the_wish_for_one_kind_holds_for_that_kind(now):
    scene = Scene(now)
    kind = make_kind(scene.practice, words=["kalium"])
    make_wish(scene.patient, scene.practice, "call", kind)
    refusal_of(scene)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", shared=["Kreatinine"])


def test_ux32_a_wish_at_another_practice_or_of_another_patient_changes_nothing_here(now):
    scene = Scene(now)
    other, _ = world.make_patient_with_open_record(scene.practice)
    make_wish(other, scene.practice, "call")
    make_wish(scene.patient, world.make_practice(), "call")
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")


def test_ux32_a_wish_after_publication_takes_nothing_away(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    wish(scene, HearBy.CALL)
    assert scene.seen()[0] == [scene.report_id]


def test_r1_rules_and_ticks_are_no_way_around_the_conclusion(now):
    scene = Scene(now)
    with pytest.raises(DecisionNotUsable) as refusal:
        scene.decide(LabAction.PUBLISH, conclusion=" ", has_spoken=True)
    assert refusal.value.field == "conclusion"


def test_r14_not_enrolled_has_no_wish_to_make(now):
    scene = Scene(now)
    scene.practice.enrolments.update(ended_at=now)
    with pytest.raises(NotVisible):
        wish(scene, HearBy.CALL)
