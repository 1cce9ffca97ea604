"""Tasks of questions: promises that passed, threads that end, files that were never sent."""

from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import one_of_many, unit_of_work
from zorgbalie.consult.actions.attachment_checks import check_waiting_file, list_waiting_files
from zorgbalie.consult.actions.attachments import clear_unsent
from zorgbalie.consult.actions.slips import end_thread, list_ending, list_slipped, note_slip
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.record.types.documents import VirusState


@app.periodic(cron="41 3 * * *")
@app.task(name="consult.clear_unsent_files", queueing_lock="consult.clear_unsent_files", pass_context=False)
def clear_unsent_files(timestamp: int) -> None:
    """Remove photos and files that were never sent, a month after they came; each night."""
    viewer = system_viewer(task="clear-unsent-files")
    with unit_of_work(viewer):
        clear_unsent(viewer=viewer, now=current_moment())


@app.periodic(cron="*/5 * * * *")
@app.task(name="consult.check_waiting_files", queueing_lock="consult.check_waiting_files", pass_context=False)
def check_waiting_files(timestamp: int) -> None:
    """Check photos and files that came in while the virus scanner gave no answer, each in a transaction of its own."""
    now = current_moment()
    finder = system_viewer(task=_CHECKS)
    with unit_of_work(finder):
        waiting = list_waiting_files(viewer=finder)
    for patient_id, practice_id, attachment_id in waiting:
        viewer = system_viewer(task=_CHECKS, practice_id=practice_id, subject_id=patient_id)
        found = None
        with one_of_many(viewer, number=attachment_id):
            found = check_waiting_file(
                viewer=viewer, patient_id=patient_id, practice_id=practice_id, attachment_id=attachment_id, now=now
            )
        if found is VirusState.WAITING:
            return  # the scanner is still away: the others can wait too


_SLIPS, _ENDS, _CHECKS = "note-late-answers", "end-answered-questions", "check-files"


@app.periodic(cron="*/5 * * * *")
@app.task(name="consult.note_slips", queueing_lock="consult.note_slips", pass_context=False)
def note_slips(timestamp: int) -> None:
    """Tell patients whose answer did not come by the promised moment, each in a transaction of its own (REQ 31)."""
    now = current_moment()
    finder = system_viewer(task=_SLIPS)
    with unit_of_work(finder):
        due = list_slipped(viewer=finder, now=now)
    for patient_id, practice_id, consult_id in due:
        viewer = system_viewer(task=_SLIPS, practice_id=practice_id, subject_id=patient_id)
        with one_of_many(viewer, number=consult_id):
            note_slip(viewer=viewer, patient_id=patient_id, practice_id=practice_id, consult_id=consult_id, now=now)


@app.periodic(cron="37 * * * *")
@app.task(name="consult.end_threads", queueing_lock="consult.end_threads", pass_context=False)
def end_threads(timestamp: int) -> None:
    """End answered threads in which nobody wrote for as long as their practice keeps them open (REQ 49)."""
    now = current_moment()
    finder = system_viewer(task=_ENDS)
    with unit_of_work(finder):
        due = list_ending(viewer=finder, now=now)
    for patient_id, practice_id, consult_id in due:
        viewer = system_viewer(task=_ENDS, practice_id=practice_id, subject_id=patient_id)
        with one_of_many(viewer, number=consult_id):
            end_thread(viewer=viewer, patient_id=patient_id, practice_id=practice_id, consult_id=consult_id, now=now)
