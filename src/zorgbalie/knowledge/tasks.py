"""The periodic check whether loaded pages still exist: an outgoing connection, so off unless the operator wants it."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.integrations.knowledge import probe as asking
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.knowledge.actions.checking import list_due_links, note_checked

log = logging.getLogger("zorgbalie.knowledge")
_AT_ONCE = 100


@app.periodic(cron="37 2 * * *")
@app.task(name="knowledge.check_links", queueing_lock="knowledge.check_links", queue="care", pass_context=False)
def check_links(timestamp: int) -> None:
    """Ask of each link that is due whether the page exists; only the hosts of the links themselves are asked."""
    if not settings.KNOWLEDGE_CHECK_LINKS:
        return
    viewer = system_viewer(task="check-links")
    with unit_of_work(viewer):
        due = list_due_links(viewer=viewer, now=current_moment(), most=_AT_ONCE)
    hosts = frozenset(host for _, host in due.values())
    found = {link_id: (address, asking.probe(address=address, hosts=hosts)) for link_id, (address, _) in due.items()}
    with unit_of_work(viewer):
        counts = note_checked(viewer=viewer, found=found, now=current_moment())
    log.info("knowledge.checked alive=%d dead=%d unknown=%d", *(counts[one] for one in asking.Verdict))
