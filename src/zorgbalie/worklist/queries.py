"""Reads of the work list: open and done items of the viewer's own practice (REQ 41, 42, 55).

An item that needs a right which the viewer lacks is left out: who cannot do the work is not told of it.
"""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.patients import list_matching_ids
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel import memory
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, EmployeeId, PersonId, PracticeId, WorkItemId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName
from zorgbalie.practice import enrolments, teams
from zorgbalie.practice import queries as practices
from zorgbalie.worklist.models import ActionNote, WorkItem
from zorgbalie.worklist.rules import item_version
from zorgbalie.worklist.types import (
    ACTIONS,
    SOON,
    URGENT_BEFORE,
    ItemCounts,
    ItemFilter,
    ItemKind,
    ItemState,
    Team,
    WorkItemRow,
)

# More people than this with one name: the search is too wide to be of use, and stays cheap.
_MOST_FOUND = 200
_MOST_COUNTED = 100
_MOST_WALKED = 500


def list_items(*, viewer: Viewer, wanted: ItemFilter, page: int, now: datetime) -> Listing[WorkItemRow]:
    """A page of items, in six queries at most whatever their number.

    Open ones: what is late first, then urgent, then the oldest; the action list: by day (R2); done ones: the latest
    first. Raises NotVisible for who is no staff.
    Audit: `worklist.list`, a line per patient named; `action.list` for whose action by hand is read.
    """
    rows = _filtered(viewer, wanted)
    counted = rows.aggregate(total=Count("pk"), late=Count("pk", filter=_pressing(now)))
    total, late = counted["total"], 0 if wanted.state is ItemState.DONE else counted["late"]
    number, bounds = page_bounds(number=page, total=total)
    shown = _page(rows, wanted, now, late, bounds)
    ids = [row.person_id for row in shown if row.person_id]
    gate.log_listed(viewer=viewer, patient_ids=ids, kind=DataKind.PROFILE, event="worklist.list")
    return Listing(rows=tuple(read_items(viewer=viewer, rows=shown, now=now)), total=total, number=number)


def _page(rows: "QuerySet[WorkItem]", wanted: ItemFilter, now: datetime, late: int, bounds: slice) -> list[WorkItem]:
    """What is late, or nearly so by law, lies before the others; each part keeps an order that an index has."""
    others = rows.order_by(*_order(wanted))
    if not late:
        return list(others[bounds])
    first = slice(min(bounds.start, late), min(bounds.stop, late))
    rest = slice(max(bounds.start - late, 0), max(bounds.stop - late, 0))
    found = list(rows.filter(_pressing(now)).order_by("due_at", "pk")[first]) if first.start < first.stop else []
    if rest.start < rest.stop:
        found += list(others.exclude(_pressing(now))[rest])
    return found


def _pressing(now: datetime) -> Q:
    """Late, or of a kind with a legal term of which little is left."""
    return Q(due_at__lt=now) | Q(kind__in=sorted(URGENT_BEFORE), due_at__lt=now + SOON)


def count_items(*, viewer: Viewer) -> ItemCounts:
    """How much waits for the viewer, with the viewer, and on the action list. Raises NotVisible for who is no staff."""
    rows = _filtered(viewer, ItemFilter())
    counted = rows.aggregate(
        open=Count("pk"),
        mine=Count("pk", filter=_mine(viewer)),
        actions=Count("pk", filter=Q(kind__in=sorted(ACTIONS))),
    )
    return ItemCounts(**counted)


def list_team(*, viewer: Viewer, now: datetime) -> Team:
    """Colleagues and accounts with whom work can lie. Raises NotVisible for who is no staff. No patient data."""
    practice_id = practice_of(viewer=viewer)
    team = teams.list_team(practice_id=practice_id, today=local_date(now))
    return Team(
        colleagues=tuple((one.employee_id, one.name) for one in team),
        accounts=tuple((one.account_id, one.name) for one in enrolments.list_accounts(practice_id=practice_id)),
    )


def get_item(*, viewer: Viewer, item_id: WorkItemId, now: datetime) -> tuple[WorkItemRow, Team]:
    """One item, and who may be asked to do it: colleagues with the right that it needs.

    Raises NotVisible, NotAllowed. Audit: `worklist.read`; for an action by hand `action.read` too.
    """
    row = find_visible_row(viewer=viewer, item_id=item_id)
    if row.for_right:
        gate.check_right(viewer=viewer, right=StaffRight(row.for_right), event="worklist.read")
    if row.person_id and row.kind == ItemKind.ACTION_NOTE:
        open_action(viewer=viewer, patient_id=PersonId(row.person_id), use=Use.READ, event="action.read", now=now)
    if row.person_id:
        gate.log_listed(viewer=viewer, patient_ids=[row.person_id], kind=DataKind.PROFILE, event="worklist.read")
    [found] = read_items(viewer=viewer, rows=[row], now=now)
    return found, team_for(viewer=viewer, for_right=row.for_right, now=now)


def find_item_about(*, viewer: Viewer, kind: ItemKind, about_id: int, now: datetime) -> WorkItemRow | None:
    """The open item about one thing, for the page on which it is handled; the gate let the viewer see that thing."""
    row = _filtered(viewer, ItemFilter(kind=kind)).filter(about_id=about_id).first()
    return read_items(viewer=viewer, rows=[row], now=now)[0] if row else None


def open_action(*, viewer: Viewer, patient_id: PersonId, use: Use, event: str, now: datetime) -> PracticeId:
    """Leave to read or write actions by hand about a patient. Raises NotVisible, NotAllowed. Audit: `event`."""
    practice_id = practice_of(viewer=viewer)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.ACTION_NOTES,
        use=use,
        event=event,
        action=AuditAction.CREATE if use is Use.CHANGE else AuditAction.READ,
        now=now,
        object_type="action_note",
    )
    return practice_id


def get_action_place(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> tuple[PersonName, Team]:
    """About whom a new action is, and who may be asked to do it.

    Raises NotVisible, NotAllowed. Audit: `action.form`.
    """
    open_action(viewer=viewer, patient_id=patient_id, use=Use.READ, event="action.form", now=now)
    name = people.list_names(person_ids=[patient_id])[patient_id]
    return name, team_for(viewer=viewer, for_right=StaffRight.READ_RECORD, now=now)


def may_add_action(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the way to the form."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.ACTION_NOTES,
        use=Use.CHANGE,
        now=now,
    )


def team_for(*, viewer: Viewer, for_right: str, now: datetime) -> Team:
    """Who may be given work that needs a right; an account is given any, as it is today for what comes in."""
    practice_id = practice_of(viewer=viewer)
    team = teams.list_team(practice_id=practice_id, today=local_date(now))
    may = [(one.employee_id, one.name) for one in team if not for_right or for_right in one.rights]
    accounts = enrolments.list_accounts(practice_id=practice_id)
    return Team(colleagues=tuple(may), accounts=tuple((one.account_id, one.name) for one in accounts))


def count_open_items(*, viewer: Viewer) -> int:
    """How many open items wait for the viewer, counted to a hundred: for the number in the menu."""
    return _filtered(viewer, ItemFilter())[:_MOST_COUNTED].count()


def count_due(*, viewer: Viewer, kind: ItemKind, now: datetime) -> tuple[int, int]:
    """How many items of a kind are open at the practice, and how many of those are late; numbers alone."""
    rows = WorkItem.objects.filter(practice_id=practice_of(viewer=viewer), state=ItemState.OPEN, kind=kind)
    found = rows.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    return found["open"], found["late"]


def find_next_item(*, viewer: Viewer, kind: ItemKind, after_id: int) -> tuple[PersonId, int] | None:
    """Patient and subject of the open item that comes after the one about `after_id`, else of the first.

    In the order of pressing; what a colleague took is left out. None where there is no other. Shows no data.
    """
    rows = _filtered(viewer, ItemFilter(kind=kind)).filter(person_id__isnull=False)
    free = rows.filter(Q(assigned_to__isnull=True) | Q(assigned_to_id=viewer.employee_id or 0) | Q(about_id=after_id))
    order = ("-is_urgent", "due_at", "pk")
    found = list(free.order_by(*order).values_list("person_id", "about_id")[:_MOST_WALKED])
    here = next((place for place, (_person, about) in enumerate(found) if about == after_id), -1)
    for person_id, about_id in found[here + 1 :] + found[: max(here, 0)]:
        return PersonId(person_id or 0), about_id
    return None


def find_visible_row(*, viewer: Viewer, item_id: WorkItemId) -> WorkItem:
    """An item of the viewer's own practice, for this app's actions. Raises NotVisible."""
    row = WorkItem.objects.filter(pk=item_id, practice_id=practice_of(viewer=viewer)).first()
    if row is None:
        raise NotVisible("item")
    return row


def practice_of(*, viewer: Viewer) -> PracticeId:
    """Where somebody is at work. Raises NotVisible for who is no staff."""
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible("worklist")
    return viewer.practice_id


def _order(wanted: ItemFilter) -> tuple[str, ...]:
    if wanted.state is ItemState.DONE:
        return ("-done_at", "-pk")
    return ("due_at", "pk") if wanted.kind is ItemKind.ACTION else ("-is_urgent", "created_at", "pk")


def _filtered(viewer: Viewer, wanted: ItemFilter) -> "QuerySet[WorkItem]":
    rows = WorkItem.objects.filter(
        practice_id=practice_of(viewer=viewer), state=wanted.state, for_right__in=["", *sorted(viewer.rights)]
    )
    if wanted.kind is not None:
        rows = rows.filter(kind__in=sorted(ACTIONS) if wanted.kind is ItemKind.ACTION else [wanted.kind])
    if wanted.only_mine:
        rows = rows.filter(_mine(viewer))
    if wanted.only_free:
        rows = rows.filter(assigned_to__isnull=True)
    if wanted.employee_id is not None:
        rows = rows.filter(assigned_to_id=wanted.employee_id)
    if wanted.account_id is not None:
        rows = rows.filter(account_id=wanted.account_id)
    if wanted.search.strip():
        found = list_matching_ids(viewer=viewer, search=wanted.search, most=_MOST_FOUND)
        rows = rows.filter(person_id__in=found)
    return rows


def _mine(viewer: Viewer) -> Q:
    """What the viewer took or was given, and what lies untaken with the accounts that he works for."""
    own = viewer.employee_id or EmployeeId(0)
    own_accounts = memory.remembered(
        key=("own accounts", own), read=lambda: practices.list_own_account_ids(employee_id=own)
    )
    return Q(assigned_to_id=viewer.employee_id or 0) | Q(assigned_to__isnull=True, account_id__in=own_accounts)


def _action_texts(viewer: Viewer, shown: list[WorkItem]) -> dict[int, str]:
    """Texts of actions by hand; the wall gives them to who may read the record. Each read leaves a line."""
    ids = [row.about_id for row in shown if row.kind == ItemKind.ACTION_NOTE]
    if not ids or not gate.holds_rights(viewer=viewer, kind=DataKind.ACTION_NOTES, use=Use.READ):
        return {}
    rows = ActionNote.objects.filter(pk__in=ids, practice_id=practice_of(viewer=viewer))
    found = list(rows.values_list("pk", "patient_id", "text"))
    patient_ids = [patient_id for _pk, patient_id, _text in found]
    gate.log_listed(viewer=viewer, patient_ids=patient_ids, kind=DataKind.ACTION_NOTES, event="action.list")
    return {pk: text for pk, _patient_id, text in found}


def read_items(*, viewer: Viewer, rows: list[WorkItem], now: datetime) -> list[WorkItemRow]:
    """Rows as others receive them, for this app's reads; the patients named must be in the log already."""
    shown = rows
    texts = _action_texts(viewer, shown)
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
            account_id=AccountId(row.account_id) if row.account_id else None,
            account_name=accounts.get(row.account_id or 0, ""),
            action_text=texts.get(row.about_id, "") if row.kind == ItemKind.ACTION_NOTE else "",
            version=item_version(
                employee_id=row.assigned_to_id, account_id=row.account_id, due_at=row.due_at, is_urgent=row.is_urgent
            ),
            due_at=row.due_at,
            is_overdue=row.due_at is not None and row.state == ItemState.OPEN and row.due_at < now,
        )
        for row in shown
    ]


def _is_soon_due(row: WorkItem, now: datetime) -> bool:
    """Whether an item with a legal term has less than a week left (AVG 12 lid 3)."""
    is_open = row.state == ItemState.OPEN and row.kind in URGENT_BEFORE
    return is_open and row.due_at is not None and row.due_at < now + SOON
