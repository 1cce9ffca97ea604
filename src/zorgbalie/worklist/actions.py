"""Changes of the work list: care apps put items in, take them out."""

from datetime import datetime

from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ids import AccountId, EmployeeId, PersonId, PracticeId, WorkItemId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.practice import queries as practices
from zorgbalie.worklist.models import WorkItem
from zorgbalie.worklist.queries import find_visible_row
from zorgbalie.worklist.types import CLOSED_BY_HAND, ItemKind, ItemNotClosedByHand, ItemState, ItemTaken


def add_item(
    *,
    practice_id: PracticeId,
    kind: ItemKind,
    about_id: int,
    person_id: PersonId | None = None,
    for_right: StaffRight | None = None,
    is_urgent: bool = False,
    account_id: AccountId | None = None,
    due_at: datetime | None = None,
) -> None:
    """Put an item in the inbox; nothing happens when the same item is open already.

    `account_id`: whose inbox it is for, where one doctor asked for it; `due_at` puts it on the action list (R2).
    """
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                practice_id=practice_id,
                kind=kind,
                about_id=about_id,
                person_id=person_id,
                for_right=for_right or "",
                is_urgent=is_urgent,
                account_id=account_id,
                due_at=due_at,
            )
        ],
        ignore_conflicts=True,
    )


def finish_items(*, viewer: Viewer, practice_id: PracticeId, kind: ItemKind, about_id: int, now: datetime) -> int:
    """Close what is open about one thing, because it was handled; returns how many items closed."""
    values: dict[str, object] = {"state": ItemState.DONE, "done_at": now}
    if viewer.kind is ViewerKind.STAFF:
        values["done_by_id"] = viewer.employee_id
    return WorkItem.objects.filter(practice_id=practice_id, kind=kind, about_id=about_id, state=ItemState.OPEN).update(
        **values
    )


def move_due_date(*, practice_id: PracticeId, kind: ItemKind, about_id: int, due_at: datetime) -> None:
    """Give what is open about one thing another term; who has it keeps it."""
    WorkItem.objects.filter(practice_id=practice_id, kind=kind, about_id=about_id, state=ItemState.OPEN).update(
        due_at=due_at
    )


def assign_to_me(*, viewer: Viewer, item_id: WorkItemId, shown_with: EmployeeId | None, now: datetime) -> None:
    """Take an item, also from a colleague; `shown_with` is who had it on the viewer's screen (compare and swap).

    Raises NotVisible, NotAllowed, ItemTaken (it changed meanwhile). Audit: `worklist.assign`.
    """
    row = _open_item(viewer, item_id, "worklist.assign")
    free = WorkItem.objects.filter(pk=row.pk, state=ItemState.OPEN, assigned_to_id=shown_with)
    if row.assigned_to_id != viewer.employee_id and free.update(assigned_to_id=viewer.employee_id) != 1:
        raise ItemTaken(_taken_by(row))


def put_back(*, viewer: Viewer, item_id: WorkItemId, now: datetime) -> None:
    """Give an item of one's own back to all. Raises NotVisible, NotAllowed. Audit: `worklist.put_back`."""
    row = _open_item(viewer, item_id, "worklist.put_back")
    WorkItem.objects.filter(pk=row.pk, assigned_to_id=viewer.employee_id or 0).update(assigned_to_id=None)


def close_item(*, viewer: Viewer, item_id: WorkItemId, now: datetime) -> None:
    """Mark an item that only tells something as handled; twice is once.

    Raises NotVisible, NotAllowed, ItemNotClosedByHand. Audit: `worklist.close`.
    """
    row = _open_item(viewer, item_id, "worklist.close")
    if row.kind not in CLOSED_BY_HAND:
        raise ItemNotClosedByHand(_("Open dit onderwerp en rond het daar af."))
    WorkItem.objects.filter(pk=row.pk, state=ItemState.OPEN).update(
        state=ItemState.DONE, done_at=now, done_by_id=viewer.employee_id
    )


def _open_item(viewer: Viewer, item_id: WorkItemId, event: str) -> WorkItem:
    row = find_visible_row(viewer=viewer, item_id=item_id)
    if row.for_right:
        gate.check_right(viewer=viewer, right=StaffRight(row.for_right), event=event)
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.UPDATE,
        object_type="work_item",
        object_id=row.pk,
        patient_id=PersonId(row.person_id) if row.person_id else None,
        detail={"kind": row.kind},
    )
    return row


def _taken_by(row: WorkItem) -> str:
    row.refresh_from_db()
    owner = row.done_by_id or row.assigned_to_id or 0
    name = practices.list_employee_names(employee_ids=[owner]).get(owner, "")
    if row.state == ItemState.DONE:
        return _("%(name)s heeft dit net afgehandeld.") % {"name": name or _("Iemand anders")}
    if name:
        return _("%(name)s heeft dit net opgepakt.") % {"name": name}
    return _("Dit ligt weer bij iedereen. Kies opnieuw.")


def hand_to_account(*, practice_id: PracticeId, kind: ItemKind, about_id: int, account_id: AccountId) -> int:
    """Put the open item about one thing in another doctor's inbox; nobody has it in hand then (REQ 42).

    For care apps, which have asked the gate and log the change themselves. Returns how many items moved.
    """
    rows = WorkItem.objects.filter(practice_id=practice_id, kind=kind, about_id=about_id, state=ItemState.OPEN)
    return rows.update(account_id=account_id, assigned_to_id=None)
