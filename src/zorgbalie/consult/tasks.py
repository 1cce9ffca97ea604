"""Tasks of questions and answers."""

from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.actions.attachments import clear_unsent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer


@app.periodic(cron="41 3 * * *")
@app.task(name="consult.clear_unsent_files", queueing_lock="consult.clear_unsent_files", pass_context=False)
def clear_unsent_files(timestamp: int) -> None:
    """Remove photos and files that were never sent, a month after they came; each night."""
    viewer = system_viewer(task="clear-unsent-files")
    with unit_of_work(viewer):
        clear_unsent(viewer=viewer, now=current_moment())
