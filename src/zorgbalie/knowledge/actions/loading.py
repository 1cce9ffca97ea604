"""Loading a file of links: by a manager for the own practice, by the operator for one practice or for all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.column_files import NotAText
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.knowledge.models import KnowledgeLink
from zorgbalie.knowledge.rules.lines import LinkLine, read_lines
from zorgbalie.knowledge.types import LARGEST_FILE, FileRefused, LinkState, LoadReport, RefusedLine

_EVENT = "knowledge.loaded"
_AT_ONCE = 1000
_Key = tuple[str, str, str]


def load_own_links(*, viewer: Viewer, data: bytes, now: datetime) -> LoadReport:
    """Load a file for the own practice. The same file again changes nothing.

    Raises NotAllowed, FileRefused. Audit: `knowledge.loaded`, with how many. Source: REQ 19, 47.
    """
    return _load(viewer, gate.check_manager(viewer=viewer, event=_EVENT), data, now)


def load_links(*, viewer: Viewer, practice_id: PracticeId | None, data: bytes, now: datetime) -> LoadReport:
    """Load a file as the operator; for all practices without `practice_id`.

    Raises NotAllowed for anybody else, FileRefused. Audit: `knowledge.loaded`.
    """
    if viewer.kind is not ViewerKind.SYSTEM:
        raise NotAllowed("knowledge")
    return _load(viewer, practice_id, data, now)


@transaction.atomic
def _load(viewer: Viewer, practice_id: PracticeId | None, data: bytes, now: datetime) -> LoadReport:
    lines, refused = _read(data)
    before = {_key(row): row for row in _rows(practice_id).select_for_update()}
    found = [(line, before.get((line.system, line.code, line.host))) for line in lines]
    new = [line for line, row in found if row is None]
    changed = [line for line, row in found if row and (row.url, row.title) != (line.address, line.title)]
    _store(viewer, practice_id, [*new, *changed], now)
    report = LoadReport(
        stored=len(new),
        updated=len(changed),
        unchanged=len(lines) - len(new) - len(changed),
        refused=tuple(refused),
    )
    gate.log_change(
        viewer=viewer,
        event=_EVENT,
        action=AuditAction.CREATE,
        object_type="knowledge_links",
        object_id=practice_id or "all",
        detail={"stored": report.stored, "updated": report.updated, "refused": len(report.refused)},
    )
    return report


def _read(data: bytes) -> tuple[list[LinkLine], list[RefusedLine]]:
    if len(data) > LARGEST_FILE:
        raise FileRefused(_("Dit bestand is te groot. Het mag hoogstens 2 MB zijn."), field="file")
    try:
        lines, refused = read_lines(data=data)
    except NotAText:
        raise FileRefused(
            _("Dit bestand kunnen wij niet lezen. Bewaar het in uw rekenprogramma als CSV."), field="file"
        ) from None
    if not lines and not refused:
        raise FileRefused(_("In dit bestand staat geen regel met een link."), field="file")
    return lines, refused


def _rows(practice_id: PracticeId | None) -> QuerySet[KnowledgeLink]:
    if practice_id is None:
        return KnowledgeLink.objects.filter(practice__isnull=True)
    return KnowledgeLink.objects.filter(practice_id=practice_id)


def _key(row: KnowledgeLink) -> _Key:
    return (row.code_system, row.code, row.host)


def _store(viewer: Viewer, practice_id: PracticeId | None, lines: Sequence[LinkLine], now: datetime) -> None:
    """Insert or overwrite in one statement per thousand: two uploads at once give each link one row.

    In the order of their keys, so that two files with the same codes in another order wait for each other once.

    A new address is taken to exist until somebody finds otherwise.
    """
    rows = [
        KnowledgeLink(
            practice_id=practice_id,
            code_system=line.system,
            code=line.code,
            url=line.address,
            host=line.host,
            title=line.title,
            state=LinkState.OK,
            state_by_id=None,
            checked_at=None,
            loaded_by=viewer.name[:160],
            loaded_at=now,
        )
        for line in sorted(lines, key=lambda line: (line.system, line.code, line.host))
    ]
    KnowledgeLink.objects.bulk_create(
        rows,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["practice", "code_system", "code", "host"],
        update_fields=["url", "title", "state", "state_by", "checked_at", "loaded_by", "loaded_at"],
    )
