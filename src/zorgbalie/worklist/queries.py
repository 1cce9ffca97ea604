"""Reads of the work list: open and done items of the viewer's own practice (REQ 41, 42, 55).

An item that needs a right which the viewer lacks is left out: who cannot do the work is not told of it.
"""

from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, When

from zorgbalie.access import gate
from zorgbalie.access.queries.patients import list_matching_ids
from zorgbalie.access.types import DataKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EmployeeId, PersonId, WorkItemId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.worklist.models import WorkItem
from zorgbalie.worklist.types import SOON, URGENT_BEFORE, ItemFilter, ItemKind, ItemState, WorkItemRow

# More people than this with one name: the search is too wide to be of use, and stays cheap.
_MOST_FOUND = 200
_MOST_COUNTED = 100


def list_items(*, viewer: Viewer, wanted: ItemFilter, page: int, now: datetime) -> Listing[WorkItemRow]:
    """A page of items, in six queries at most whatever their number.

    Open ones: urgent first, then the oldest; the action list: what is late or due first (R2); done ones: the latest
    first. Raises NotVisible for who is no staff.
    Audit: `worklist.list`, a line per patient named.
    """
    rows = _filtered(viewer, wanted)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    shown = list(rows.order_by(*_order(wanted, now))[bounds])
    ids = [row.person_id for row in shown if row.person_id]
    gate.log_listed(viewer=viewer, patient_ids=ids, kind=DataKind.PROFILE, event="worklist.list")
    return Listing(rows=tuple(_rows(shown, viewer, now)), total=total, number=number)


def count_open_items(*, viewer: Viewer) -> int:
    """How many open items wait for the viewer, counted to a hundred: for the number in the menu."""
    return _filtered(viewer, ItemFilter())[:_MOST_COUNTED].count()


def count_due(*, viewer: Viewer, kind: ItemKind, now: datetime) -> tuple[int, int]:
    """How many items of a kind are open at the practice, and how many of those are late; numbers alone."""
    rows = WorkItem.objects.filter(practice_id=_practice(viewer), state=ItemState.OPEN, kind=kind)
    found = rows.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    return found["open"], found["late"]


def find_visible_row(*, viewer: Viewer, item_id: WorkItemId) -> WorkItem:
    """An item of the viewer's own practice, for this app's actions. Raises NotVisible."""
    row = WorkItem.objects.filter(pk=item_id, practice_id=_practice(viewer)).first()
    if row is None:
        raise NotVisible("item")
    return row


def _practice(viewer: Viewer) -> int:
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible("worklist")
    return viewer.practice_id


def _order(wanted: ItemFilter, now: datetime) -> "tuple[str | Case, ...]":
    if wanted.state is ItemState.DONE:
        return ("-done_at", "-pk")
    urgent = Q(is_urgent=True) | Q(kind__in=list(URGENT_BEFORE), due_at__lt=now + SOON)
    pressing = Case(When(urgent, then=0), default=1)
    return ("due_at", "pk") if wanted.kind is ItemKind.ACTION else (pressing, "created_at", "pk")


def _filtered(viewer: Viewer, wanted: ItemFilter) -> "QuerySet[WorkItem]":
    rows = WorkItem.objects.filter(
        practice_id=_practice(viewer), state=wanted.state, for_right__in=["", *sorted(viewer.rights)]
    )
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.only_mine:
        own_accounts = practices.list_own_account_ids(employee_id=viewer.employee_id or EmployeeId(0))
        untaken = Q(assigned_to__isnull=True, account_id__in=own_accounts)
        rows = rows.filter(Q(assigned_to_id=viewer.employee_id or 0) | untaken)
    if wanted.search.strip():
        found = list_matching_ids(viewer=viewer, search=wanted.search, most=_MOST_FOUND)
        rows = rows.filter(person_id__in=found)
    return rows


def _rows(shown: list[WorkItem], viewer: Viewer, now: datetime) -> list[WorkItemRow]:
    patients = people.list_names(person_ids=[row.person_id for row in shown if row.person_id])
    staff = {pk for row in shown for pk in (row.assigned_to_id, row.done_by_id) if pk}
    names = practices.list_employee_names(employee_ids=staff)
    accounts = practices.list_account_names(account_ids=[row.account_id for row in shown if row.account_id])
    return [
        WorkItemRow(
            item_id=WorkItemId(row.pk),
            kind=ItemKind(row.kind),
            about_id=row.about_id,
            patient_id=PersonId(row.person_id) if row.person_id else None,
            # Somebody who is not enrolled here (any more) has no name at this desk.
            patient_name=patients[row.person_id].full_name if row.person_id in patients else "",
            birth_date=patients[row.person_id].birth_date if row.person_id in patients else None,
            state=ItemState(row.state),
            is_urgent=row.is_urgent or _is_soon_due(row, now),
            assigned_to_id=EmployeeId(row.assigned_to_id) if row.assigned_to_id else None,
            assigned_to_name=names.get(row.assigned_to_id or 0, ""),
            is_mine=row.assigned_to_id is not None and row.assigned_to_id == viewer.employee_id,
            created_at=row.created_at,
            done_at=row.done_at,
            done_by_name=names.get(row.done_by_id or 0, ""),
            account_name=accounts.get(row.account_id or 0, ""),
            due_at=row.due_at,
            is_overdue=row.due_at is not None and row.state == ItemState.OPEN and row.due_at < now,
        )
        for row in shown
    ]


def _is_soon_due(row: WorkItem, now: datetime) -> bool:
    """Whether an item with a legal term has less than a week left (AVG 12 lid 3)."""
    is_open = row.state == ItemState.OPEN and row.kind in URGENT_BEFORE
    return is_open and row.due_at is not None and row.due_at < now + SOON
