"""Tasks of what goes out: making the files in which patients save their record, and removing them."""

import logging
from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import one_of_many, unit_of_work
from zorgbalie.exchange.actions import exports
from zorgbalie.exchange.actions.export_content import make_content
from zorgbalie.exchange.export_types import ExportFault, ExportStep
from zorgbalie.integrations.pdf import PdfFailed
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer, system_viewer

log = logging.getLogger("zorgbalie.exchange")


@app.task(name=exports.MAKE_TASK, queue="exports", retry=RetryStrategy(max_attempts=40, wait=60))
def make_export(export_id: int, patient_id: int) -> None:
    """Make one file. A fault of ours (database away, another worker has it) is tried again each minute."""
    system = system_viewer(task="export.make", subject_id=PersonId(patient_id))
    with unit_of_work(system):
        claimed = exports.claim(viewer=system, export_id=export_id, now=current_moment())
    if claimed is None:
        return
    making = _Making(system, claimed)
    try:
        making.run(current_moment())
    except exports.LostClaim:
        log.warning("export.lost export=%d", export_id)
    except (NotVisible, NotAllowed):
        making.fail(ExportFault.CLOSED)
    except PdfFailed:
        log.exception("export.pdf_failed export=%d", export_id)
        making.fail(ExportFault.BROKEN)
    except Exception as error:
        # The name of the fault alone: its text can hold what stood in the record (security row 45).
        log.error("export.fault export=%d fault=%s", export_id, type(error).__name__)
        making.give_back()
        raise


class _Making:
    """One file in hand; the claim changes with each sign of life."""

    def __init__(self, system: Viewer, claimed: exports.Claim) -> None:
        self.system, self.claimed = system, claimed

    def run(self, now: datetime) -> None:
        """Read, write, store."""
        made = make_content(claimed=self.claimed, say=self.say, now=now)
        self.say(ExportStep.STORING, 90)
        with unit_of_work(self.claimed.viewer):
            exports.store(claimed=self.claimed, made=made, now=current_moment())

    def say(self, step: ExportStep, progress: int) -> None:
        """How far it is, in a transaction of its own."""
        with unit_of_work(self.system):
            self.claimed = exports.note_step(claimed=self.claimed, step=step, progress=progress, now=current_moment())

    def give_back(self) -> None:
        """Nobody has it in hand any more; the task is tried again until the patience is over."""
        with unit_of_work(self.system):
            exports.give_back(claimed=self.claimed)

    def fail(self, fault: ExportFault) -> None:
        """No file, and why."""
        with unit_of_work(self.system):
            exports.note_failed(viewer=self.system, claimed=self.claimed, fault=fault, now=current_moment())


@app.periodic(cron="*/10 * * * *")
@app.task(name="exchange.end_exports", queueing_lock="exchange.end_exports", queue="exports", pass_context=False)
def end_exports(timestamp: int) -> None:
    """Remove files whose time is up, each in a transaction of its own."""
    now = current_moment()
    with unit_of_work(system_viewer(task="export.end")):
        over = exports.list_over(now=now)
    for export_id, patient_id, practice_id in over:
        viewer = system_viewer(task="export.end", practice_id=practice_id, subject_id=patient_id)
        with one_of_many(viewer, number=export_id):
            exports.end_export(
                viewer=viewer, export_id=export_id, patient_id=patient_id, practice_id=practice_id, now=now
            )
