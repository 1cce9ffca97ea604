"""Tasks of the record."""

from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import one_of_many, unit_of_work
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.record.actions.document_checks import check_waiting_document, list_waiting_documents
from zorgbalie.record.actions.lab_decisions import list_due, publish_due_report
from zorgbalie.record.actions.notes import clear_expired_notes
from zorgbalie.record.types.documents import VirusState


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
        with one_of_many(viewer, number=report_id):
            publish_due_report(
                viewer=viewer, patient_id=patient_id, practice_id=practice_id, report_id=report_id, now=now
            )


@app.periodic(cron="*/5 * * * *")
@app.task(name="record.check_waiting_documents", queueing_lock="record.check_waiting_documents", pass_context=False)
def check_waiting_documents(timestamp: int) -> None:
    """Check documents that came in while the virus scanner gave no answer; until then none of them can be shared."""
    now = current_moment()
    finder = system_viewer(task="check-documents")
    with unit_of_work(finder):
        waiting = list_waiting_documents(viewer=finder)
    for patient_id, practice_id, document_id in waiting:
        viewer = system_viewer(task="check-documents", practice_id=practice_id, subject_id=patient_id)
        found = None
        with one_of_many(viewer, number=document_id):
            found = check_waiting_document(
                viewer=viewer, patient_id=patient_id, practice_id=practice_id, document_id=document_id, now=now
            )
        if found is VirusState.WAITING:
            return  # the scanner is still away: the others can wait too
