"""Tasks of the agenda: reminders, earlier times for who waits, and what lapsed."""

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import one_of_many, unit_of_work
from zorgbalie.agenda.actions import clearing, offers, reminders
from zorgbalie.agenda.actions.following import OFFER_TASK
from zorgbalie.agenda.types.places import place_of
from zorgbalie.agenda.types.waiting import Due
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer, system_viewer

_QUEUE = "notices"


@app.periodic(cron="*/10 * * * *")
@app.task(name="agenda.remind", queueing_lock="agenda.remind", queue=_QUEUE, pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of tomorrow's appointments, each in a transaction of its own; a fault at one leaves the others."""
    remind_all(now=current_moment())


@app.task(name=OFFER_TASK, queue=_QUEUE, retry=RetryStrategy(max_attempts=10, wait=60))
def offer_time(practice_id: int, lower: int, upper: int) -> None:
    """Offer a time that came free to who waits for it; in the quiet hours only when those are over (ux 43)."""
    offer_all(practice_id=PracticeId(practice_id), lower=lower, upper=upper, now=current_moment())


@app.periodic(cron="*/5 * * * *")
@app.task(name="agenda.end_offers", queueing_lock="agenda.end_offers", queue=_QUEUE, pass_context=False)
def end_offers(timestamp: int) -> None:
    """End offers that nobody took in time, so that whoever comes next is told, and those of what is taken."""
    end_all(now=current_moment())


@app.periodic(cron="*/5 * * * *")
@app.task(name="agenda.clear_lapsed", queueing_lock="agenda.clear_lapsed", queue=_QUEUE, pass_context=False)
def clear_lapsed(timestamp: int) -> None:
    """Clear held places that lapsed."""
    clear_all(now=current_moment())


@app.periodic(cron="47 3 * * *")
@app.task(name="agenda.forget_offers", queueing_lock="agenda.forget_offers", queue=_QUEUE, pass_context=False)
def forget_offers(timestamp: int) -> None:
    """Once a night: end wishes of appointments that were, and remove offers of long ago."""
    forget_all(now=current_moment())


def remind_all(*, now: datetime) -> None:
    """One round of reminders, some hundreds at a time."""
    finder = system_viewer(task="agenda.remind")
    after = 0
    while True:
        with unit_of_work(finder):
            due = reminders.list_due(viewer=finder, now=now, after=after)
        for one in due:
            viewer = _of(one, "agenda.remind")
            with one_of_many(viewer, number=one.number):
                reminders.remind(viewer=viewer, due=one, now=now)
        if len(due) < reminders.AT_ONCE:
            return
        after = due[-1].number


def offer_all(*, practice_id: PracticeId, lower: int, upper: int, now: datetime) -> None:
    """One round of offers of one stretch, the oldest wish first, until enough are told."""
    finder = system_viewer(task=OFFER_TASK, practice_id=practice_id)
    stretch = place_of(lower=lower, upper=upper)
    with unit_of_work(finder):
        candidates, most = offers.list_candidates(viewer=finder, practice_id=practice_id, stretch=stretch, now=now)
        later = offers.quiet_until(practice_id=practice_id, now=now) if candidates else None
        if later is not None:
            app.configure_task(OFFER_TASK, queue=_QUEUE, schedule_at=later).defer(
                practice_id=int(practice_id), lower=lower, upper=upper
            )
            return
    told = 0
    for one in candidates:
        viewer = system_viewer(task=OFFER_TASK, practice_id=practice_id, subject_id=one.patient_id)
        with one_of_many(viewer, number=one.wish_id):
            told += offers.offer(viewer=viewer, practice_id=practice_id, fitting=one, stretch=stretch, now=now)
        if told >= most:
            return


def end_all(*, now: datetime) -> None:
    """One round of offers that are over."""
    finder = system_viewer(task="agenda.end_offers")
    with unit_of_work(finder):
        over = offers.list_over(viewer=finder, now=now)
    for one in over:
        viewer = _of(one, "agenda.end_offers")
        with one_of_many(viewer, number=one.number):
            offers.end_offer(viewer=viewer, due=one, now=now)


def clear_all(*, now: datetime) -> None:
    """One round of what lapsed."""
    finder = system_viewer(task="agenda.clear_lapsed")
    with unit_of_work(finder):
        clearing.clear_claims(viewer=finder, now=now)
        lapsed = clearing.list_lapsed(viewer=finder, now=now)
    for one in lapsed:
        viewer = _of(one, "agenda.clear_lapsed")
        with one_of_many(viewer, number=one.number):
            clearing.end_held(viewer=viewer, due=one, now=now)


def forget_all(*, now: datetime) -> None:
    """One night's round."""
    finder = system_viewer(task="agenda.forget_offers")
    with unit_of_work(finder):
        clearing.forget_offers(viewer=finder, now=now)
        idle = clearing.list_idle_wishes(viewer=finder, now=now)
    for one in idle:
        viewer = _of(one, "agenda.forget_offers")
        with one_of_many(viewer, number=one.number):
            clearing.end_wish(viewer=viewer, due=one, now=now)


def _of(due: Due, task: str) -> Viewer:
    return system_viewer(task=task, practice_id=due.practice_id, subject_id=due.patient_id)
