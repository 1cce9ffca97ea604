"""Tasks of what the practice begins: planned follow-ups, messages to a selection, and notices that waited for day."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import one_of_many, unit_of_work
from zorgbalie.consult.actions import follow_ups, mailing_work
from zorgbalie.consult.actions.mailings import QUEUE, SELECT_TASK, SEND_TASK
from zorgbalie.consult.actions.outgoing_texts import TELL_TASK, tell_now
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import ZorgbalieError
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import system_viewer


class SomeNotSent(ZorgbalieError):
    """At so many patients something went wrong: they are tried again."""


@app.periodic(cron="*/10 * * * *")
@app.task(name="consult.ask_follow_ups", queueing_lock="consult.ask_follow_ups", queue=QUEUE, pass_context=False)
def ask_follow_ups(timestamp: int) -> None:
    """Ask what was planned for today, each in a transaction of its own (REQ 33). A fault at one leaves the others."""
    now = current_moment()
    with unit_of_work(system_viewer(task="followup.ask")):
        due = follow_ups.list_due(now=now)
    for follow_up_id, patient_id, practice_id in due:
        viewer = system_viewer(task="followup.ask", practice_id=practice_id, subject_id=patient_id)
        with one_of_many(viewer, number=follow_up_id):
            follow_ups.act_on_due(
                viewer=viewer, follow_up_id=follow_up_id, patient_id=patient_id, practice_id=practice_id, now=now
            )


@app.task(name=SELECT_TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=10, wait=60))
def select_patients(mailing_id: int, practice_id: int) -> None:
    """Find who fits a selection."""
    viewer = system_viewer(task="mailing.select", practice_id=PracticeId(practice_id))
    with unit_of_work(viewer):
        mailing_work.store_selection(
            viewer=viewer, mailing_id=mailing_id, practice_id=PracticeId(practice_id), now=current_moment()
        )


@app.task(name=SEND_TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=100, wait=60))
def send_mailing(mailing_id: int, practice_id: int) -> None:
    """Send to each who is chosen, until nobody is left or it is stopped. A killed one is begun again, and goes on.

    A fault at one patient leaves the others; the task is tried again for that one.
    """
    place = PracticeId(practice_id)
    viewer = system_viewer(task="mailing.send", practice_id=place)
    with unit_of_work(viewer):
        if not mailing_work.check_sender(viewer=viewer, mailing_id=mailing_id, practice_id=place, now=current_moment()):
            return
        chosen = mailing_work.list_chosen(mailing_id=mailing_id)
    failed = 0
    for patient_id in chosen:
        one = system_viewer(task="mailing.send", practice_id=place, subject_id=patient_id)
        goes_on = None
        with one_of_many(one, number=mailing_id):
            goes_on = mailing_work.send_one(
                viewer=one, mailing_id=mailing_id, patient_id=patient_id, practice_id=place, now=current_moment()
            )
        if goes_on is False:
            return
        failed += goes_on is None
    if failed:
        raise SomeNotSent(failed)
    with unit_of_work(viewer):
        mailing_work.finish(viewer=viewer, mailing_id=mailing_id, practice_id=place, now=current_moment())


@app.task(name=TELL_TASK, queue="notices", retry=RetryStrategy(max_attempts=100, wait=60))
def tell(message_id: int, patient_id: int, practice_id: int) -> None:
    """Tell of a message that was written in the quiet hours."""
    viewer = system_viewer(task="notice.later", practice_id=PracticeId(practice_id), subject_id=PersonId(patient_id))
    with unit_of_work(viewer):
        tell_now(
            viewer=viewer,
            patient_id=PersonId(patient_id),
            practice_id=PracticeId(practice_id),
            message_id=message_id,
            now=current_moment(),
        )


@app.periodic(cron="37 3 * * *")
@app.task(name="consult.forget_selections", queueing_lock="consult.forget_selections", queue=QUEUE, pass_context=False)
def forget_selections(timestamp: int) -> None:
    """Once a night: forget who was in selections that nobody sent."""
    now = current_moment()
    with unit_of_work(system_viewer(task="mailing.forget")):
        forgotten = mailing_work.list_forgotten(now=now)
    for mailing_id, practice_id in forgotten:
        viewer = system_viewer(task="mailing.forget", practice_id=practice_id)
        with one_of_many(viewer, number=mailing_id):
            mailing_work.forget(viewer=viewer, mailing_id=mailing_id, practice_id=practice_id, now=now)
