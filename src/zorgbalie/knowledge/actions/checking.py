"""Notes what the periodic check found. It asks no website itself: that is the task's, outside any transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from zorgbalie.integrations.knowledge.probe import Verdict
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.knowledge.models import KnowledgeLink
from zorgbalie.knowledge.types import KnowledgeLinkId, LinkState

_AGAIN_AFTER = timedelta(days=14)
_STATES = {Verdict.ALIVE: LinkState.OK, Verdict.DEAD: LinkState.DEAD}


def list_due_links(*, viewer: Viewer, now: datetime, most: int) -> dict[KnowledgeLinkId, tuple[str, str]]:
    """Address and host of links that were not looked at for two weeks, the longest ago first; none marked by hand."""
    _check_system(viewer)
    rows = KnowledgeLink.objects.filter(state_by__isnull=True).exclude(checked_at__gt=now - _AGAIN_AFTER)
    found = rows.order_by("checked_at", "pk")[:most]
    return {KnowledgeLinkId(row.pk): (row.url, row.host) for row in found}


def note_checked(
    *, viewer: Viewer, found: Mapping[KnowledgeLinkId, tuple[str, Verdict]], now: datetime
) -> dict[Verdict, int]:
    """Store the verdicts on addresses that are still the same; what is unknown keeps its state. Returns how many."""
    _check_system(viewer)
    counts = dict.fromkeys(Verdict, 0)
    for link_id, (address, verdict) in found.items():
        rows = KnowledgeLink.objects.filter(pk=link_id, url=address, state_by__isnull=True)
        state = _STATES.get(verdict)
        counts[verdict] += rows.update(checked_at=now, **({"state": state} if state else {}))
    return counts


def _check_system(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.SYSTEM:
        raise AssertionError("the check is a task")
