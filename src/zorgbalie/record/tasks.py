"""Tasks of the record."""

from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.record.actions.lab_decisions import list_due, publish_due_report
from zorgbalie.record.actions.notes import clear_expired_notes


@app.periodic(cron="23 * * * *")
@app.task(name="record.clear_expired_notes", queueing_lock="record.clear_expired_notes", pass_context=False)
def clear_expired_work_notes(timestamp: int) -> None:
    """Remove work notes that expired; each hour (REQ 59). A note past its day is unreadable before that."""
    viewer = system_viewer(task="clear-expired-notes")
    with unit_of_work(viewer):
        clear_expired_notes(viewer=viewer, now=current_moment())


@app.periodic(cron="*/10 * * * *")
@app.task(name="record.publish_due_reports", queueing_lock="record.publish_due_reports", pass_context=False)
def publish_due_reports(timestamp: int) -> None:
    """Publish reports whose day has come, each in a transaction of its own (REQ 62). Until then nothing shows them."""
    now = current_moment()
    finder = system_viewer(task="publish-due-reports")
    with unit_of_work(finder):
        due = list_due(viewer=finder, now=now)
    for patient_id, practice_id, report_id in due:
        viewer = system_viewer(task="publish-due-reports", practice_id=practice_id, subject_id=patient_id)
        with unit_of_work(viewer):
            publish_due_report(
                viewer=viewer, patient_id=patient_id, practice_id=practice_id, report_id=report_id, now=now
            )
