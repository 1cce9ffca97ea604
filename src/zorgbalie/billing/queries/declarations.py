"""Declarations of the own practice: the list, totals, one with its trail, and the files (REQ 50; rows 5, 6, 40).

They are the practice's own administration, also about who has left since the contact: the right to bill opens them, at
the practice that made them. Each patient named gives a line in the log.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet, Sum

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.billing.models import Declaration, ExportBatch, ExportBatchContent
from zorgbalie.billing.queries.rows import declaration_row, event_row
from zorgbalie.billing.queries.settings import get_rules
from zorgbalie.billing.queries.tariffs import list_tariffs_on
from zorgbalie.billing.types import (
    BatchId,
    BatchRow,
    ConfirmedBy,
    DeclarationDetails,
    DeclarationFilter,
    DeclarationId,
    DeclarationRow,
    DeclarationState,
    Totals,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, StaffRole, Viewer, ViewerKind

SORTS = {
    "day": ("day", "pk"),
    "name": ("patient_name", "pk"),
    "amount": ("amount_cents", "pk"),
    "seconds": ("seconds", "pk"),
}
_MOST_WORDS = 5
_DOCTORS = (StaffRole.GP, StaffRole.LOCUM)


def may_see_declarations(*, viewer: Viewer) -> bool:
    """Whether the list opens for this viewer; for menus. Shows no data, logs nothing."""
    return gate.holds_rights(viewer=viewer, kind=DataKind.DECLARATIONS, use=Use.READ)


def may_confirm(*, viewer: Viewer) -> bool:
    """Whether this viewer may confirm: the right to bill, and a doctor where the practice wants that."""
    if viewer.practice_id is None or not may_see_declarations(viewer=viewer):
        return False
    wants_doctor = get_rules(practice_id=viewer.practice_id).confirmed_by is ConfirmedBy.DOCTORS
    return not wants_doctor or viewer.role in _DOCTORS


def list_declarations(
    *, viewer: Viewer, wanted: DeclarationFilter, page: int
) -> tuple[Listing[DeclarationRow], Totals]:
    """A page and the totals of all that the filter leaves, in two queries. Raises NotAllowed, NotVisible.

    Audit: `billing.list`, a line per patient named.
    """
    rows = filtered(billed_practice(viewer=viewer, use=Use.READ, event="billing.list"), wanted)
    totals = _totals(rows)
    number, bounds = page_bounds(number=page, total=totals.lines)
    shown = list(rows.select_related("batch").order_by(*_order(wanted.sort))[bounds]) if totals.lines else []
    log_named(viewer=viewer, rows=shown, event="billing.list")
    found = tuple(declaration_row(row) for row in shown)
    return Listing(rows=found, total=totals.lines, number=number), totals


def get_declaration(*, viewer: Viewer, declaration_id: DeclarationId) -> DeclarationDetails:
    """One with its trail. Raises NotAllowed, NotVisible. Audit: `billing.read`."""
    practice_id = billed_practice(viewer=viewer, use=Use.READ, event="billing.read")
    row = Declaration.objects.select_related("batch").filter(practice_id=practice_id, pk=declaration_id).first()
    if row is None:
        raise NotVisible(DataKind.DECLARATIONS)
    log_named(viewer=viewer, rows=[row], event="billing.read")
    return DeclarationDetails(
        row=declaration_row(row),
        has_bsn=bool(row.bsn),
        events=tuple(event_row(one) for one in row.events.order_by("-pk")),
        tariffs=list_tariffs_on(practice_id=practice_id, day=row.day),
    )


def list_chosen(*, viewer: Viewer, ids: Iterable[DeclarationId]) -> tuple[DeclarationRow, ...]:
    """Those that were ticked and still wait for a decision, by day. Raises NotAllowed. Audit: `billing.list`."""
    practice_id = billed_practice(viewer=viewer, use=Use.READ, event="billing.list")
    rows = Declaration.objects.select_related("batch").filter(
        practice_id=practice_id, pk__in=list(ids), state=DeclarationState.PROPOSED
    )
    found = list(rows.order_by("day", "pk"))
    log_named(viewer=viewer, rows=found, event="billing.list")
    return tuple(declaration_row(row) for row in found)


def list_batches(*, viewer: Viewer, page: int) -> Listing[BatchRow]:
    """Files that were made, the latest first. Raises NotAllowed."""
    rows = ExportBatch.objects.filter(practice_id=billed_practice(viewer=viewer, use=Use.READ, event="billing.batches"))
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    found = rows.order_by("-number")[bounds]
    return Listing(rows=tuple(batch_row(row) for row in found), total=total, number=number)


def count_waiting(*, viewer: Viewer) -> Totals:
    """What is confirmed and not in a file yet. Raises NotAllowed. Names no patient."""
    practice_id = billed_practice(viewer=viewer, use=Use.READ, event="billing.list")
    return _totals(Declaration.objects.filter(practice_id=practice_id, state=DeclarationState.CONFIRMED))


def get_file(*, viewer: Viewer, batch_id: BatchId) -> tuple[BatchRow, bytes]:
    """A file as it was made, to the byte. Raises NotAllowed, NotVisible.

    Audit: `billing.download`, a line per patient in it.
    """
    practice_id = billed_practice(viewer=viewer, use=Use.READ, event="billing.download")
    stored = (
        ExportBatchContent.objects.select_related("batch").filter(practice_id=practice_id, batch_id=batch_id).first()
    )
    if stored is None:
        raise NotVisible(DataKind.DECLARATIONS)
    rows = Declaration.objects.filter(practice_id=practice_id, batch_id=batch_id).only("patient_id")
    log_named(viewer=viewer, rows=list(rows), event="billing.download", batch_id=stored.batch_id)
    return batch_row(stored.batch), bytes(stored.content)


def billed_practice(*, viewer: Viewer, use: Use, event: str) -> PracticeId:
    """The practice for which this viewer bills, for this app. Raises NotAllowed, NotVisible."""
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible(DataKind.DECLARATIONS)
    gate.check_right(viewer=viewer, right=StaffRight.BILL, event=event)
    if not gate.holds_rights(viewer=viewer, kind=DataKind.DECLARATIONS, use=use):
        raise NotVisible(DataKind.DECLARATIONS)
    return viewer.practice_id


def log_named(*, viewer: Viewer, rows: Sequence[Declaration], event: str, batch_id: int | None = None) -> None:
    """A line for each patient on a page or in a file (row 40); for this app."""
    gate.log_listed(
        viewer=viewer,
        patient_ids=[row.patient_id for row in rows],
        kind=DataKind.DECLARATIONS,
        event=event,
        detail={"batch": batch_id} if batch_id else None,
    )


def filtered(practice_id: PracticeId, wanted: DeclarationFilter) -> "QuerySet[Declaration]":
    """The practice's own lines that fit; for this app."""
    rows = Declaration.objects.filter(practice_id=practice_id)
    exact = {"state": wanted.state, "day__gte": wanted.since, "day__lte": wanted.until, "batch_id": wanted.batch_id}
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.code:
        rows = rows.filter(code=wanted.code)
    for word in wanted.words.replace("\x00", "").split()[:_MOST_WORDS]:
        rows = rows.filter(Q(patient_name__icontains=word) | Q(performer_name__icontains=word))
    return rows


def batch_row(row: ExportBatch) -> BatchRow:
    """A batch as others receive it."""
    return BatchRow(
        batch_id=BatchId(row.pk),
        number=row.number,
        made_by_name=row.made_by_name,
        made_at=row.made_at,
        lines=row.lines,
        amount_cents=row.amount_cents,
        sha256=row.sha256,
    )


def _totals(rows: "QuerySet[Declaration]") -> Totals:
    found = rows.aggregate(
        lines=Count("pk"),
        seconds=Sum("seconds"),
        amount=Sum("amount_cents"),
        without=Count("pk", filter=Q(amount_cents__isnull=True)),
    )
    return Totals(
        lines=found["lines"],
        seconds=found["seconds"] or 0,
        amount_cents=found["amount"] or 0,
        without_amount=found["without"],
    )


def _order(sort: str) -> list[str]:
    fields = SORTS.get(sort.removeprefix("-"), SORTS["day"])
    return [f"-{field}" for field in fields] if sort.startswith("-") else list(fields)
