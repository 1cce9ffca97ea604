"""What a manager sees of sources and links: those of all practices and those of the own one (REQ 47)."""

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.knowledge.models import KnowledgeLink
from zorgbalie.knowledge.queries.links import list_links_for, source_rows
from zorgbalie.knowledge.types import (
    Code,
    CodeSystem,
    InfoLink,
    ItemKind,
    KnowledgeLinkId,
    KnowledgeSourceId,
    LinkFilter,
    LinkRow,
    LinkState,
    SourceRow,
)

READ = "knowledge.read"


def list_sources(*, viewer: Viewer) -> tuple[SourceRow, ...]:
    """Every source, by kind in the order in which patients see them. Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event=READ)
    rows = source_rows(practice_id=practice_id).order_by("kind", "own_place", "pk")
    return tuple(
        SourceRow(
            source_id=KnowledgeSourceId(row.pk),
            name=row.name,
            kind=ItemKind(row.kind),
            about=row.about,
            template=row.template,
            is_on=row.own_is_on,
            place=row.own_place,
            is_own=row.practice_id is not None,
        )
        for row in rows
    )


def list_links(*, viewer: Viewer, wanted: LinkFilter, page: int) -> Listing[LinkRow]:
    """A page of the loaded links, by code. Raises NotAllowed."""
    rows = _rows(gate.check_manager(viewer=viewer, event=READ))
    if wanted.words:
        words = wanted.words.replace("\x00", "")
        rows = rows.filter(Q(title__icontains=words) | Q(url__icontains=words) | Q(code__istartswith=words))
    if wanted.system:
        rows = rows.filter(code_system=wanted.system)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    found = rows.order_by("code_system", "code", "host", "pk")[bounds]
    return Listing(rows=tuple(_link(row) for row in found), total=total, number=number)


def get_link(*, viewer: Viewer, link_id: KnowledgeLinkId) -> LinkRow:
    """One link of the own practice. Raises NotAllowed, NotVisible for one of all practices or of another."""
    practice_id = gate.check_manager(viewer=viewer, event=READ)
    row = KnowledgeLink.objects.filter(practice_id=practice_id, pk=link_id).first()
    if row is None:
        raise NotVisible("knowledge_link")
    return _link(row)


def preview(*, viewer: Viewer, kind: ItemKind, title: str, code: Code | None) -> tuple[InfoLink, ...]:
    """What a patient of the own practice gets beside such an item (ux 51). Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event=READ)
    return list_links_for(practice_id=practice_id, kind=kind, title=title, codes=[code] if code else [])


def _rows(practice_id: PracticeId) -> "QuerySet[KnowledgeLink]":
    return KnowledgeLink.objects.filter(Q(practice_id=practice_id) | Q(practice__isnull=True))


def _link(row: KnowledgeLink) -> LinkRow:
    return LinkRow(
        link_id=KnowledgeLinkId(row.pk),
        system=CodeSystem(row.code_system),
        code=row.code,
        address=row.url,
        host=row.host,
        title=row.title,
        is_own=row.practice_id is not None,
        state=LinkState(row.state),
        by_hand=row.state_by_id is not None,
        checked_at=row.checked_at,
        loaded_by=row.loaded_by,
        loaded_on=local_date(row.loaded_at),
    )


def check_page(*, viewer: Viewer, event: str) -> None:
    """For a settings page that reads nothing yet. Raises NotAllowed. Audit: `event`, for the refusal."""
    gate.check_manager(viewer=viewer, event=event)
