"""Promises as they are given, broken and told of; threads that end (REQ 31, 49; R9, R14, R15; ux 15, 37)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.conftest import acting, as_role
from tests.consult.steps import Scene
from tests.factories import consult as rows
from tests.factories import outgoing, promises, world
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import patient
from zorgbalie.consult.actions.slips import end_thread, list_ending, list_slipped, note_slip
from zorgbalie.consult.models import Consult, ConsultSlip, PlannedFollowUp
from zorgbalie.consult.queries.promises import check_promise, get_door, get_practice_now, get_promise
from zorgbalie.consult.tasks import threads as tasks
from zorgbalie.consult.types import ConsultClosed, ConsultStep, DeskClosed, OpenNow, PromiseLater
from zorgbalie.kernel.clock import AMSTERDAM, current_moment, local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.practice.models import Account
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
# In the past: the wall shows the worker what is late by the clock of the database.
MONDAY = datetime(2026, 6, 1, 10, 0, tzinfo=AMSTERDAM)


def at(day, hour=17):
    return datetime(2026, 6, day, hour, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def scene():
    scene = Scene(MONDAY)
    promises.set_hours(scene.practice)
    return scene


def answer_by(consult_id):
    return Consult.objects.get(pk=consult_id).answer_by


def as_patient(scene, read, **values):
    viewer = scene.viewer()
    with acting(viewer):
        return read(viewer=viewer, now=scene.now, **values)


def run(act, now):
    """What the worker does with all that is due, each in a unit of work of its own."""
    finder = system_viewer(task="test")
    listed = list_slipped if act is note_slip else list_ending
    with acting(finder):
        due = listed(viewer=finder, now=now)
    done = []
    for patient_id, practice_id, consult_id in due:
        viewer = system_viewer(task="test", practice_id=practice_id, subject_id=patient_id)
        with acting(viewer):
            done.append(
                act(viewer=viewer, patient_id=patient_id, practice_id=practice_id, consult_id=consult_id, now=now)
            )
    return done


def end_one(row, now):
    """What the worker does with one thread that it found a moment ago."""
    viewer = system_viewer(task="test", practice_id=row.practice_id, subject_id=row.patient_id)
    with acting(viewer):
        return end_thread(
            viewer=viewer, patient_id=row.patient_id, practice_id=row.practice_id, consult_id=row.pk, now=now
        )


# Giving a promise


@pytest.mark.parametrize(("key", "day"), [("practice-0", 2), ("group", 3), ("account", 4)])
def test_req31_each_kind_of_question_has_a_time_of_its_own(scene, key, day):
    promises.set_times(scene.practice, days_practice=1, days_function=2, days_doctor=3)
    chosen = {"group": f"group-{scene.group.pk}", "account": f"account-{scene.account.pk}"}.get(key, key)
    consult_id = scene.write(key=chosen)
    card = as_patient(scene, get_promise, consult_id=consult_id)
    assert (card.promise.moment, scene.send(consult_id), answer_by(consult_id)) == (at(day),) * 3


def test_req31_closings_and_the_hour_of_the_practice_count(scene):
    promises.set_times(scene.practice, hour=11)
    promises.add_closing(scene.practice, date(2026, 6, 2), date(2026, 6, 14))
    assert answer_by(scene.ask()) == at(16, 11)


def test_req31_of_another_practice_neither_hours_nor_what_waits_count(scene):
    other = world.make_practice()
    promises.set_hours(other, week=promises.ALWAYS)
    promises.add_closing(other, date(2026, 6, 2), date(2026, 6, 14))
    promises.set_times(scene.practice, cap_per_day=1)
    rows.make_consult(world.make_person(), other, sent_at=MONDAY, answer_by=at(3))
    assert answer_by(scene.ask()) == at(3)


def test_req31_above_the_cap_the_question_is_taken_with_a_later_promise_that_was_said_before(scene):
    promises.set_times(scene.practice, cap_per_day=2)
    for _ in range(2):
        person = world.make_person()
        world.enrol(person, scene.practice, scene.account)
        rows.make_consult(person, scene.practice, sent_at=MONDAY, answer_by=at(3))
    consult_id = scene.write()
    card = as_patient(scene, get_promise, consult_id=consult_id)
    assert (card.promise.moment, card.promise.is_full, card.door.is_open) == (at(4), True, True)
    assert scene.send(consult_id) == at(4)
    Consult.objects.exclude(pk=consult_id).update(state="answered")
    assert as_patient(scene, get_promise, consult_id=scene.write(subject="Twee")).promise.moment == at(3)


def test_row1_counts_of_a_practice_are_given_to_who_belongs_there_alone(scene):
    promises.set_times(scene.practice, cap_per_day=1)
    scene.ask()
    stranger = world.make_employee(world.make_practice())
    statement = "SELECT wall_consults_waiting(%s, false)"
    for viewer, count in (
        (scene.viewer(), 1), (scene.staff(), 1), (world.viewer_of_employee(stranger), 0),
        (world.viewer_of_patient(world.make_person()), 0),
    ):  # fmt: skip
        with acting(viewer), connection.cursor() as cursor:
            cursor.execute(statement, [scene.practice.pk])
            assert len(eval(str(cursor.fetchone()[0]))) == count  # noqa: S307  (a dict of our own)


def test_req31_a_follow_up_after_an_answer_has_a_new_promise(scene):
    consult_id = scene.ask()
    scene.answer(consult_id)
    scene.now = at(10, 9)
    scene.follow_up(consult_id)
    assert answer_by(consult_id) == at(12)


def test_req31_a_page_that_promised_an_earlier_moment_is_shown_again_first(scene):
    promises.set_times(scene.practice, cap_per_day=1)
    consult_id = scene.write()
    shown = as_patient(scene, get_promise, consult_id=consult_id).promise.moment
    as_patient(scene, check_promise, consult_id=consult_id, shown=shown)
    other = world.make_person()
    world.enrol(other, scene.practice, scene.account)
    rows.make_consult(other, scene.practice, sent_at=MONDAY, answer_by=shown)
    with pytest.raises(PromiseLater):
        as_patient(scene, check_promise, consult_id=consult_id, shown=shown)


# Outside hours, and a pause


@pytest.mark.parametrize(
    ("hour", "choice", "is_open", "opens"),
    [
        (10, "wait", True, None), (20, "take", True, None), (20, "wait", False, at(2, 8)), (7, "wait", False, at(1, 8)),
        (12, "wait", False, at(1, 13)),
    ],
)  # fmt: skip
def test_ux15_outside_hours_a_question_is_taken_or_its_draft_is_kept(scene, hour, choice, is_open, opens):
    promises.set_times(scene.practice, outside_hours=choice)
    scene.now = at(1, hour)
    door = as_patient(scene, get_door)
    assert (door.is_open, door.opens_at) == (is_open, opens)
    consult_id = scene.write()
    if is_open:
        scene.send(consult_id)
        return
    with pytest.raises(DeskClosed):
        scene.send(consult_id)
    assert scene.draft(consult_id).text == "Mag ik sporten?"
    assert not WorkItem.objects.exists()
    scene.now = opens
    assert scene.send(consult_id)


def test_ux15_without_known_hours_nobody_is_sent_away():
    scene = Scene(at(1, 23))
    promises.set_times(scene.practice, outside_hours="wait")
    assert as_patient(scene, get_door).is_open
    assert scene.ask()


def test_req49_a_pause_keeps_the_draft_and_says_whom_to_call_and_its_days_are_no_working_days(scene):
    values = {"closed_from": date(2026, 6, 2), "closed_until": date(2026, 6, 8), "closed_text": "Wij zijn weg."}
    promises.set_times(scene.practice, closed_phone="020 1234567", **values)
    assert answer_by(scene.ask()) == at(10), "asked before: the pause does not count"
    scene.now = at(4, 10)
    door = as_patient(scene, get_door)
    assert (door.is_open, door.is_period, door.text, door.phone) == (False, True, "Wij zijn weg.", "020 1234567")
    assert door.opens_at == at(9, 0)
    consult_id = scene.write(subject="Later")
    with pytest.raises(DeskClosed):
        scene.send(consult_id)
    assert scene.draft(consult_id).text
    scene.now = at(9, 10)
    assert scene.send(consult_id) == at(11)


@pytest.mark.parametrize(
    ("hour", "state"), [(10, OpenNow.OPEN), (12, OpenNow.BREAK), (7, OpenNow.CLOSED), (20, OpenNow.CLOSED)]
)
def test_r17_whom_to_phone_follows_the_hours_and_a_break_is_not_for_the_out_of_hours_service(scene, hour, state):
    scene.now = at(1, hour)
    assert as_patient(scene, get_practice_now).state is state


# Broken promises


def test_req31_a_promise_that_passed_is_replaced_once_and_the_desk_sees_it_late_and_urgent(scene):
    consult_id = scene.ask()
    first = answer_by(consult_id)
    assert run(note_slip, first) == [], "not before it passed"
    late = first + timedelta(minutes=1)
    assert run(note_slip, late) == [True]
    assert run(note_slip, late) == []
    slip = ConsultSlip.objects.get()
    assert (slip.promised_at, slip.next_at, answer_by(consult_id)) == (first, at(5), at(5))
    item = WorkItem.objects.get()
    assert (item.is_urgent, item.due_at, item.state) == (True, first, "open")
    scene.now = late
    thread, row = scene.read(consult_id), scene.listed()[0]
    assert (thread.is_slipped, thread.answer_by, row.is_slipped, row.answer_by) == (True, at(5), True, at(5))
    at_desk = scene.open(consult_id)
    assert (at_desk.is_late, [one.promised_at for one in at_desk.slips]) == (True, [first])
    assert run(note_slip, at(8)) == [True], "the new promise can be broken too"
    assert ConsultSlip.objects.count() == 2


def test_req31_who_answers_with_the_page_of_before_still_answers(scene):
    consult_id = scene.ask()
    revision = Consult.objects.get().revision
    run(note_slip, at(4))
    scene.now = at(4)
    assert scene.answer(consult_id, revision=revision)
    assert run(note_slip, at(20)) == []
    assert not scene.read(consult_id).is_slipped or scene.read(consult_id).step is ConsultStep.ANSWERED


@pytest.mark.parametrize("says_yes", [True, False])
def test_r9_r15_the_patient_is_told_once_with_consent_alone(scene, says_yes):
    NoticePreference.objects.create(person=scene.person, kind="consult_delayed", channel="email", is_on=says_yes)
    scene.ask(text="Kanarie")
    for _ in range(2):
        run(note_slip, at(4))
    assert Notice.objects.filter(kind="consult_delayed").count() == int(says_yes)
    assert "Kanarie" not in str(list(Notice.objects.values()))


def test_r14_no_notice_that_leads_to_a_page_which_is_off(scene):
    NoticePreference.objects.create(person=scene.person, kind="consult_delayed", channel="email", is_on=True)
    scene.ask()
    Account.objects.update(facilities=[])
    assert run(note_slip, at(4)) == [True]
    assert not Notice.objects.exists()
    assert WorkItem.objects.get().is_urgent


def test_row39_the_log_tells_of_a_late_answer_and_of_an_end_without_content(scene):
    promises.set_times(scene.practice, open_days=1)
    consult_id = scene.ask(text="Kanarie")
    run(note_slip, at(4))
    scene.now = at(4)
    scene.answer(consult_id)
    run(end_thread, at(6))
    lines = AuditEvent.objects.filter(event__in=["consult.slip", "consult.end"], patient_id=scene.person.pk)
    assert sorted(lines.values_list("event", "outcome")) == [("consult.end", "0"), ("consult.slip", "0")]
    assert "Kanarie" not in str(list(lines.values()))


@pytest.mark.parametrize("act", [list_slipped, list_ending])
def test_row1_nobody_but_the_worker_finds_what_is_due(scene, act):
    scene.ask()
    for viewer in (scene.viewer(), scene.staff()):
        with acting(viewer), pytest.raises(NotVisible):
            act(viewer=viewer, now=at(20))


def test_the_worker_never_sees_a_draft_nor_what_is_not_due(scene):
    rows.make_draft(scene.person, scene.practice)
    moments = {"late": at(3), "waits": current_moment() + timedelta(days=3)}
    made = {name: rows.make_consult(scene.person, scene.practice, answer_by=moment) for name, moment in moments.items()}
    with acting(system_viewer(task="test")):
        assert list(Consult.objects.all()) == [made["late"]]


# Threads that end


@pytest.mark.parametrize(("days", "ends"), [(0, False), (14, True)])
def test_req49_an_answered_thread_ends_after_the_days_of_the_practice(scene, days, ends):
    promises.set_times(scene.practice, open_days=days)
    consult_id = scene.ask()
    scene.answer(consult_id)
    assert (scene.read(consult_id).ends_at is not None) is ends
    assert run(end_thread, MONDAY + timedelta(days=13, hours=23)) == []
    assert run(end_thread, MONDAY + timedelta(days=14)) == ([True] if ends else [])
    thread = scene.read(consult_id)
    assert (thread.step is ConsultStep.CLOSED, thread.closed_by_time) == (ends, ends)
    if ends:
        with pytest.raises(ConsultClosed):
            scene.follow_up(consult_id)
        at_desk = scene.open(consult_id)
        assert (at_desk.closed_by_time, at_desk.closed_by_name) == (True, "")
        assert len(thread.messages) == 2, "it can be read for ever"


def test_req49_a_follow_up_and_what_waits_for_an_answer_do_not_end(scene):
    promises.set_times(scene.practice, open_days=1)
    waits, written = scene.ask(), scene.ask(subject="Twee")
    scene.answer(written)
    scene.follow_up(written)
    assert run(end_thread, at(30)) == []
    assert set(Consult.objects.values_list("pk", "state")) == {(waits, "sent"), (written, "sent")}


def test_req33_req49_the_clock_ends_no_thread_in_which_something_is_still_asked(scene):
    """Neither listed, nor ended when it is named: planned holds it for ever, asked until the reply is waited for."""
    promises.set_times(scene.practice, open_days=1)
    consult_id = scene.ask()
    scene.answer(consult_id)
    row = Consult.objects.get(pk=consult_id)
    plan = outgoing.make_plan(row, scene.employee, ask_on=date(2026, 6, 15))
    assert (scene.read(consult_id).ends_at, scene.open(consult_id).ends_at) == (None, None)
    assert run(end_thread, at(30)) == []
    assert end_one(row, at(30)) is False
    PlannedFollowUp.objects.filter(pk=plan.pk).update(state="asked", due_on=date(2026, 6, 22))
    assert scene.read(consult_id).ends_at == datetime(2026, 6, 23, tzinfo=AMSTERDAM)
    assert (run(end_thread, at(22)), end_one(row, at(22))) == ([], False)
    PlannedFollowUp.objects.filter(pk=plan.pk).update(state="silent")
    assert run(end_thread, at(23)) == [True]


def test_req33_req49_the_clock_keeps_to_the_day_that_the_patient_was_told(scene):
    """A message of the practice with a last day to reply: open until that day is over, then ended, not before."""
    promises.set_times(scene.practice, open_days=1)
    until = date(2026, 6, 10)
    row = outgoing.make_begun(
        scene.person, scene.practice, scene.employee, reply_until=until, changed_at=MONDAY, sent_at=MONDAY
    )
    midnight = datetime(2026, 6, 11, tzinfo=AMSTERDAM)
    assert (scene.read(row.pk).ends_at, scene.open(row.pk).ends_at) == (midnight, midnight)
    for moment in (at(3), at(10, 23)):
        assert (run(end_thread, moment), end_one(row, moment)) == ([], False)
    scene.now = at(10, 23)
    assert scene.read(row.pk).takes_follow_up
    assert run(end_thread, midnight) == [True]


def test_req49_threads_that_stay_open_do_not_keep_others_from_ending(scene, monkeypatch):
    monkeypatch.setattr("zorgbalie.consult.actions.slips._AT_ONCE", 1)
    promises.set_times(scene.practice, open_days=1)
    held, over = scene.ask(), scene.ask(subject="Twee")
    for one in (held, over):
        scene.answer(one)
    outgoing.make_plan(Consult.objects.get(pk=held), scene.employee)
    assert run(end_thread, at(30)) == [True]
    assert Consult.objects.get(pk=over).state == "closed"


def test_req49_who_closed_by_hand_is_named_at_the_desk(scene):
    consult_id = scene.ask()
    scene.close(consult_id)
    at_desk = scene.open(consult_id)
    assert (at_desk.closed_by_time, at_desk.closed_by_name) == (False, "Samira Bakker")


# Tasks and races


def test_the_tasks_run_in_the_worker_s_own_role():
    scene = Scene(current_moment())
    promises.set_times(scene.practice, open_days=1)
    late, over = scene.ask(), scene.ask(subject="Twee")
    scene.answer(over)
    past = current_moment() - timedelta(days=3)
    Consult.objects.filter(pk=late).update(answer_by=past)
    Consult.objects.filter(pk=over).update(changed_at=past)
    with as_role("zorgbalie_worker"):
        tasks.note_slips(timestamp=0)
        tasks.end_threads(timestamp=0)
    assert ConsultSlip.objects.filter(consult_id=late).count() == 1
    assert Consult.objects.get(pk=over).state == "closed"
    assert local_date(answer_by(late)) > local_date(current_moment())


def test_row49_a_fault_at_one_question_leaves_the_others(monkeypatch):
    scene = Scene(current_moment())
    promises.set_times(scene.practice, open_days=1)
    late, over = [scene.ask() for _ in range(2)], [scene.ask() for _ in range(2)]
    past = current_moment() - timedelta(days=3)
    Consult.objects.filter(pk__in=late).update(answer_by=past)
    Consult.objects.filter(pk__in=over).update(state="answered", changed_at=past)

    def falls_over(real, at):
        return lambda **values: 1 / 0 if values["consult_id"] == at else real(**values)

    monkeypatch.setattr(tasks, "note_slip", falls_over(tasks.note_slip, late[0]))
    monkeypatch.setattr(tasks, "end_thread", falls_over(tasks.end_thread, over[0]))
    with as_role("zorgbalie_worker"):
        tasks.note_slips(timestamp=0)
        tasks.end_threads(timestamp=0)
    assert [one.consult_id for one in ConsultSlip.objects.all()] == [late[1]]
    assert [one.pk for one in Consult.objects.filter(state="closed")] == [over[1]]


@pytest.mark.django_db(transaction=True)
def test_row48_two_who_send_at_once_do_not_both_get_the_last_place_of_a_day():
    scene = Scene(MONDAY)
    promises.set_hours(scene.practice)
    promises.set_times(scene.practice, cap_per_day=1)
    people = []
    for _ in range(3):
        scene.person = world.make_person()
        world.enrol(scene.person, scene.practice, scene.account)
        people.append((scene.viewer(), scene.write()))
    revisions = dict(Consult.objects.values_list("pk", "revision"))
    start = Barrier(len(people))

    def send(viewer, consult_id):
        start.wait()
        try:
            with unit_of_work(viewer):
                return patient.send(viewer=viewer, consult_id=consult_id, revision=revisions[consult_id], now=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        found = list(pool.map(lambda one: send(*one), people))
    assert sorted(found) == [at(3), at(4), at(5)]


@pytest.mark.django_db(transaction=True)
def test_row48_two_workers_at_once_note_a_broken_promise_once():
    scene = Scene(MONDAY)
    consult_id = scene.ask()
    start = Barrier(2)
    viewer = system_viewer(task="test", practice_id=scene.practice.pk, subject_id=scene.person.pk)

    def note(_number):
        start.wait()
        try:
            with unit_of_work(viewer):
                return note_slip(
                    viewer=viewer, patient_id=scene.person.pk, practice_id=scene.practice.pk, consult_id=consult_id,
                    now=datetime(2026, 6, 9, tzinfo=UTC),
                )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(note, range(2))) == [False, True]
    assert ConsultSlip.objects.count() == 1
