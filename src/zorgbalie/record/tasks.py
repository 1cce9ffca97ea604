"""Tasks of the record."""

from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.record.actions.notes import clear_expired_notes


@app.periodic(cron="23 * * * *")
@app.task(name="record.clear_expired_notes", queueing_lock="record.clear_expired_notes", pass_context=False)
def clear_expired_work_notes(timestamp: int) -> None:
    """Remove work notes that expired; each hour (REQ 59). A note past its day is unreadable before that."""
    viewer = system_viewer(task="clear-expired-notes")
    with unit_of_work(viewer):
        clear_expired_notes(viewer=viewer, now=current_moment())
