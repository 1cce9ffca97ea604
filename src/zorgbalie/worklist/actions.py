"""Changes of the work list: care apps put items in, take them out."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import AccountId, EmployeeId, PersonId, PracticeId, WorkItemId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.practice import queries as practices
from zorgbalie.worklist.models import ActionNote, WorkItem
from zorgbalie.worklist.queries import find_visible_row, open_action, team_for
from zorgbalie.worklist.rules import LONGEST_AHEAD, due_moment, item_version
from zorgbalie.worklist.types import (
    ACTIONS,
    CLOSED_BY_HAND,
    LONGEST_ACTION,
    ActionNoteId,
    ActionNotUsable,
    ItemKind,
    ItemNotClosedByHand,
    ItemPlan,
    ItemState,
    ItemTaken,
    PlanNotUsable,
)


def add_item(
    *,
    practice_id: PracticeId,
    kind: ItemKind,
    about_id: int,
    person_id: PersonId | None = None,
    for_right: StaffRight | None = None,
    is_urgent: bool = False,
    account_id: AccountId | None = None,
    employee_id: EmployeeId | None = None,
    due_at: datetime | None = None,
) -> None:
    """Put an item in the inbox; nothing happens when the same item is open already.

    `account_id`: whose inbox it is for, where one doctor asked for it; `employee_id`: who has it; `due_at`: after which
    it is late (R2).
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
                assigned_to_id=employee_id,
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


@deed()
def assign_to_me(*, viewer: Viewer, item_id: WorkItemId, shown_with: EmployeeId | None, now: datetime) -> None:
    """Take an item, also from a colleague; `shown_with` is who had it on the viewer's screen (compare and swap).

    Raises NotVisible, NotAllowed, ItemTaken (it changed meanwhile). Audit: `worklist.assign`.
    """
    row = _open_item(viewer, item_id, "worklist.assign")
    free = WorkItem.objects.filter(pk=row.pk, state=ItemState.OPEN, assigned_to_id=shown_with)
    if row.assigned_to_id != viewer.employee_id and free.update(assigned_to_id=viewer.employee_id) != 1:
        raise ItemTaken(_taken_by(row))


@deed()
def plan_item(*, viewer: Viewer, item_id: WorkItemId, plan: ItemPlan, shown_version: str, now: datetime) -> None:
    """Give an item to a colleague, to the account of a doctor or to all, with a day and whether it is urgent.

    `shown_version` is of what was on the screen (compare and swap). A colleague must have the right that the item
    needs. The same plan twice is one. Raises NotVisible, NotAllowed, ItemTaken, PlanNotUsable.
    Audit: `worklist.assign` when it goes to somebody else, `worklist.plan` otherwise. Source: REQ 42; ux 46, 47.
    """
    row = find_visible_row(viewer=viewer, item_id=item_id)
    wanted = _wanted(row, plan)
    kept = {name: getattr(row, name) for name in wanted}
    moves = any(wanted[name] != kept[name] for name in ("assigned_to_id", "account_id"))
    row = _open_item(viewer, item_id, "worklist.assign" if moves else "worklist.plan")
    if row.state == ItemState.OPEN and wanted == kept:
        return
    _check_plan(viewer, row, plan, now)
    same = item_version(
        employee_id=row.assigned_to_id, account_id=row.account_id, due_at=row.due_at, is_urgent=row.is_urgent
    )
    rows = WorkItem.objects.filter(pk=row.pk, state=ItemState.OPEN, **kept)
    if same != shown_version or rows.update(**wanted) != 1:
        raise ItemTaken(_changed_by(row))


def _wanted(row: WorkItem, plan: ItemPlan) -> dict[str, Any]:
    """With a colleague an item keeps the account that it came for; an account takes it back from a colleague."""
    due_at = due_moment(day=plan.due_on) if plan.due_on else None
    if plan.due_on and row.due_at and local_date(row.due_at) == plan.due_on:
        due_at = row.due_at
    return {
        "assigned_to_id": plan.employee_id,
        "account_id": row.account_id if plan.employee_id else plan.account_id,
        "due_at": due_at,
        "is_urgent": plan.is_urgent,
    }


def _check_plan(viewer: Viewer, row: WorkItem, plan: ItemPlan, now: datetime) -> None:
    team = team_for(viewer=viewer, for_right=row.for_right, now=now)
    if plan.employee_id and plan.employee_id not in {pk for pk, _name in team.colleagues}:
        raise PlanNotUsable(_("Deze collega mag dit werk niet doen. Kies iemand anders."), field="who")
    if plan.account_id and plan.account_id not in {pk for pk, _name in team.accounts}:
        raise PlanNotUsable(_("Kies een account uit de lijst."), field="who")
    if plan.due_on and not (row.due_at and local_date(row.due_at) == plan.due_on):
        check_day(day=plan.due_on, now=now)
    if row.kind in ACTIONS and plan.due_on is None:
        raise PlanNotUsable(_("Een actie heeft een dag. Kies een dag."), field="due_on")


def check_day(*, day: date, now: datetime) -> None:
    """That work can be put on a day: from today, at most two years ahead. Raises PlanNotUsable."""
    today = local_date(now)
    if not today <= day <= today + LONGEST_AHEAD:
        raise PlanNotUsable(_("Kies een dag vanaf vandaag en binnen twee jaar."), field="due_on")


@deed()
def add_action(
    *, viewer: Viewer, patient_id: PersonId, text: str, plan: ItemPlan, token: str, now: datetime
) -> ActionNoteId:
    """Put an action about a patient on the list by hand. `token` is of the form: sent twice it is one (row 48).

    Raises NotVisible, NotAllowed, ActionNotUsable, PlanNotUsable. Audit: `action.create`. Source: REQ 42.
    """
    practice_id = open_action(viewer=viewer, patient_id=patient_id, use=Use.CHANGE, event="action.create", now=now)
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_ACTION:
        raise ActionNotUsable(_("Schrijf kort op wat er moet gebeuren, in hoogstens 300 tekens."), field="text")
    if plan.due_on is None:
        raise ActionNotUsable(_("Kies de dag waarop dit klaar moet zijn."), field="due_on")
    item = WorkItem(kind=ItemKind.ACTION_NOTE, for_right=StaffRight.READ_RECORD)
    _check_plan(viewer, item, plan, now)
    known = _known_note(practice_id, patient_id, text, token)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _store_action(viewer, practice_id, patient_id, text, plan, token)
    except IntegrityError:
        return _known_note(practice_id, patient_id, text, token) or ActionNoteId(0)


def _known_note(practice_id: PracticeId, patient_id: PersonId, text: str, token: str) -> ActionNoteId | None:
    row = ActionNote.objects.filter(practice_id=practice_id, token=token).first()
    if row is None:
        return None
    if (row.patient_id, row.text) != (patient_id, text):
        raise ActionNotUsable(_("Dit formulier is al verstuurd, met een andere tekst. Open een nieuw formulier."))
    return ActionNoteId(row.pk)


def _store_action(
    viewer: Viewer, practice_id: PracticeId, patient_id: PersonId, text: str, plan: ItemPlan, token: str
) -> ActionNoteId:
    assert viewer.employee_id is not None  # noqa: S101  (staff, as the gate saw)
    note = ActionNote.objects.create(
        practice_id=practice_id, patient_id=patient_id, author_id=viewer.employee_id, text=text, token=token
    )
    add_item(
        practice_id=practice_id,
        kind=ItemKind.ACTION_NOTE,
        about_id=note.pk,
        person_id=patient_id,
        for_right=StaffRight.READ_RECORD,
        is_urgent=plan.is_urgent,
        account_id=plan.account_id,
        employee_id=plan.employee_id,
        due_at=due_moment(day=plan.due_on) if plan.due_on else None,
    )
    return ActionNoteId(note.pk)


def put_back(*, viewer: Viewer, item_id: WorkItemId, now: datetime) -> None:
    """Give an item of one's own back to all. Raises NotVisible, NotAllowed. Audit: `worklist.put_back`."""
    row = _open_item(viewer, item_id, "worklist.put_back")
    WorkItem.objects.filter(pk=row.pk, assigned_to_id=viewer.employee_id or 0).update(assigned_to_id=None)


@deed()
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


def _changed_by(row: WorkItem) -> str:
    owner = row.assigned_to_id
    row.refresh_from_db()
    if row.state == ItemState.DONE or row.assigned_to_id != owner:
        return _taken_by(row)
    return _("Een collega heeft dit net gewijzigd. Kijk opnieuw. Er is niets bewaard.")


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


def mark_urgent(*, practice_id: PracticeId, kind: ItemKind, about_id: int, is_urgent: bool) -> int:
    """Mark the open item about one thing as urgent, or take the mark away (ux 47).

    For care apps, which have asked the gate and log the change themselves. Returns how many items were open.
    """
    rows = WorkItem.objects.filter(practice_id=practice_id, kind=kind, about_id=about_id, state=ItemState.OPEN)
    return rows.update(is_urgent=is_urgent)
