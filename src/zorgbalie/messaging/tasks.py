"""Tasks of notices, and the care of the queue itself: jobs of a killed worker, and old ones."""

import logging

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import ProcrastinateException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status

from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.integrations.push import Push
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import ZorgbalieError
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer, system_viewer
from zorgbalie.messaging.actions import addresses, delivery
from zorgbalie.messaging.actions.outbox import SEND_TASK
from zorgbalie.messaging.carriers import CarrierFault, hand_over

log = logging.getLogger("zorgbalie.messaging")
_KEEP_JOBS_HOURS = 48


class TryAgainLater(ZorgbalieError):
    """The service did not take it; the notice waits for its next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"next try in {seconds} seconds")
        self.seconds = seconds


class NoticeRetry(BaseRetryStrategy):
    """When a job runs again. How often a notice is tried is counted on the notice, so a killed worker counts too."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """A fault of ours (database away) is tried again each minute, for as long as it takes."""
        if isinstance(exception, TryAgainLater):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        return RetryDecision(retry_in={"seconds": 60})


@app.task(name=SEND_TASK, queue="notices", retry=NoticeRetry())
def send_notice(notice_id: int, person_id: int) -> None:
    """Send one notice, once."""
    viewer = system_viewer(task="notice.send", subject_id=PersonId(person_id))
    with unit_of_work(viewer):
        claimed = delivery.claim(viewer=viewer, notice_id=notice_id, now=current_moment())
    if claimed is None:
        return
    fault = _send_all(viewer, claimed)
    wait: int | None = None
    with unit_of_work(viewer):
        if fault is None:
            delivery.note_sent(claimed=claimed, now=current_moment())
        else:
            log.warning("notice.fault notice=%d attempt=%d fault=%s", notice_id, claimed.attempts, fault)
            wait = delivery.note_fault(claimed=claimed, fault=str(fault), permanent=fault.is_final)
    if wait is not None:
        raise TryAgainLater(wait)


def _send_all(viewer: Viewer, claimed: delivery.Claim) -> CarrierFault | None:
    """Send each parcel. One that arrived is enough; else the fault that leaves most hope is what came of it."""
    faults: list[CarrierFault] = []
    for parcel in claimed.parcels:
        try:
            hand_over(parcel=parcel)
        except CarrierFault as fault:
            faults.append(fault)
            if fault.is_gone and isinstance(parcel, Push):
                with unit_of_work(viewer):
                    delivery.forget_browser(viewer=viewer, address=parcel.address)
    if len(faults) < len(claimed.parcels):
        return None
    return min(faults, key=lambda fault: fault.is_final)


@app.periodic(cron="* * * * *")
@app.task(name="queue.retry_stalled", queueing_lock="queue.retry_stalled", queue="care", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put back what a killed worker had in hand (its heartbeat stopped)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except ProcrastinateException:
            # A periodic job of which the next one waits already: that one does the work.
            await manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="41 * * * *")
@app.task(name="queue.remove_old", queueing_lock="queue.remove_old", queue="care", pass_context=True)
async def remove_old(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended two days ago."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=_KEEP_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="11 4 * * *")
@app.task(name="messaging.clear_expired_codes", queueing_lock="messaging.clear_expired_codes", queue="care")
def clear_codes(timestamp: int) -> None:
    """Once a night: forget addresses that did not prove themselves."""
    with unit_of_work(system_viewer(task="notice.clear_codes")):
        addresses.clear_expired_codes()
