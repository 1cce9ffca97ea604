"""The desk's inbox of questions: what waits at the practice, most pressing first (REQ 41, 42, 49; ux 46 to 49).

Threads without their texts. Counts and pages stop at a thousand, so that one list costs the same at any practice; who
looks for more filters or searches.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from zorgbalie.access import gate
from zorgbalie.access.queries.patients import split_search
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.consult.models import ConsultInboxRow
from zorgbalie.consult.queries.concerned import list_concerned
from zorgbalie.consult.queries.presence import list_colleagues
from zorgbalie.consult.queries.wall import Marks, find_consult_ids, list_marks
from zorgbalie.consult.types import (
    About,
    AboutKind,
    ConsultState,
    InboxCounts,
    InboxFilter,
    InboxPage,
    InboxRow,
    InboxSort,
    InboxState,
    InboxWith,
)
from zorgbalie.kernel.clock import day_ends, day_starts
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.kernel.ids import AccountId, ConsultId, EmployeeId, PersonId, PracticeId, WorkItemId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

MOST_LISTED = 1000
_MOST_FOUND = 2000
_OPEN = (ConsultState.SENT, ConsultState.WITH_DOCTOR)
_FIELDS = (
    "id", "patient_id", "subject", "about_kind", "about_id", "about_title", "about_date", "state", "revision",
    "with_account_id", "sent_at", "answer_by", "changed_at", "item_id", "item_account_id", "assigned_to_id",
    "is_urgent", "item_due_at",
)  # fmt: skip


def may_see_inbox(*, viewer: Viewer) -> bool:
    """Whether the inbox of questions is there for this member of staff; for menus. Shows no data, logs nothing."""
    return gate.holds_rights(viewer=viewer, kind=DataKind.CONSULTS, use=Use.READ)


def list_inbox(*, viewer: Viewer, wanted: InboxFilter, page: int, now: datetime) -> InboxPage:
    """A page of the practice's questions, in a fixed number of queries whatever their number.

    Searching looks for every word in subjects, texts (Dutch full text) and names of patients, and for a birth date.
    Raises NotAllowed. Audit: `consult.inbox`, a line per patient shown. Source: REQ 41, 42; ux 47.
    """
    rows = _filtered(viewer, _check_inbox(viewer, "consult.inbox"), wanted, now)
    counted = rows.order_by()[: MOST_LISTED + 1].count()
    total = min(counted, MOST_LISTED)
    number, bounds = page_bounds(number=page, total=total)
    shown = _page(rows, wanted, now, slice(bounds.start, min(bounds.stop, MOST_LISTED)))
    patients = [row["patient_id"] for row in shown]
    gate.log_listed(viewer=viewer, patient_ids=patients, kind=DataKind.CONSULTS, event="consult.inbox")
    listing = Listing(rows=_rows(viewer, shown, now), total=total, number=number)
    return InboxPage(listing=listing, is_cut=counted > MOST_LISTED)


def count_inbox(*, viewer: Viewer, now: datetime) -> InboxCounts:
    """How much waits, in one query that stops at a thousand; numbers alone, so it leaves no line. Raises NotAllowed."""
    practice_id = _check_inbox(viewer, "consult.inbox")
    rows = ConsultInboxRow.objects.filter(practice_id=practice_id, state__in=_OPEN).order_by("answer_by")
    fields = ("id", "answer_by", "item_due_at", "is_urgent", "assigned_to_id", "item_account_id")
    counted = rows.values(*fields)[:MOST_LISTED].aggregate(
        waiting=Count("id"),
        late=Count("id", filter=_late(now)),
        mine=Count("id", filter=_mine(viewer)),
        urgent=Count("id", filter=Q(is_urgent=True)),
    )
    return InboxCounts(**counted)


def is_marked_urgent(*, viewer: Viewer, consult_id: ConsultId) -> bool:
    """Whether an open question is marked as urgent, for a page on which the gate let the viewer in already."""
    return ConsultInboxRow.objects.filter(pk=consult_id, practice_id=viewer.practice_id or 0, is_urgent=True).exists()


def _check_inbox(viewer: Viewer, event: str) -> PracticeId:
    if viewer.practice_id is not None and may_see_inbox(viewer=viewer):
        return viewer.practice_id
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.EXECUTE,
        object_type="consult_inbox",
        object_id="",
        outcome=AuditOutcome.REFUSED,
    )
    raise NotAllowed(DataKind.CONSULTS)


def _late(now: datetime) -> Q:
    """What waits past its promise. The work keeps the term of the first one, also when the patient got a new one."""
    return Q(answer_by__lt=now) | Q(item_due_at__lt=now)


def _filtered(
    viewer: Viewer, practice_id: PracticeId, wanted: InboxFilter, now: datetime
) -> "QuerySet[ConsultInboxRow]":
    rows = ConsultInboxRow.objects.filter(practice_id=practice_id)
    if wanted.state is InboxState.OPEN:
        rows = rows.filter(state__in=_OPEN)
    elif wanted.state is not InboxState.ALL:
        rows = rows.filter(state=wanted.state.value)
    rows = _with(rows, viewer, wanted)
    if wanted.only_urgent:
        rows = rows.filter(is_urgent=True)
    if wanted.only_late:
        rows = rows.filter(_late(now), state__in=_OPEN)
    if wanted.sent_from:
        rows = rows.filter(sent_at__gte=day_starts(wanted.sent_from))
    if wanted.sent_until:
        rows = rows.filter(sent_at__lt=day_ends(wanted.sent_until))
    words, birth_date = split_search(text=wanted.search)
    if words or birth_date:
        rows = rows.filter(pk__in=find_consult_ids(words=words, birth_date=birth_date, most=_MOST_FOUND))
    return rows


def _with(rows: "QuerySet[ConsultInboxRow]", viewer: Viewer, wanted: InboxFilter) -> "QuerySet[ConsultInboxRow]":
    """With whom: what waits by its item on the work list, what is done by the doctor who had it."""
    if wanted.account_id is not None:
        done = Q(item_id__isnull=True, with_account_id=wanted.account_id)
        return rows.filter(Q(item_account_id=wanted.account_id) | done)
    if wanted.lies_with is InboxWith.ME:
        return rows.filter(_mine(viewer))
    if wanted.lies_with is InboxWith.ASSISTANTS:
        return rows.filter(item_id__isnull=False, item_account_id__isnull=True)
    if wanted.lies_with is InboxWith.NOBODY:
        return rows.filter(item_id__isnull=False, assigned_to_id__isnull=True)
    return rows


def _mine(viewer: Viewer) -> Q:
    """What the viewer took, and what lies untaken with the accounts that he works for."""
    own = viewer.employee_id or EmployeeId(0)
    accounts = practices.list_own_account_ids(employee_id=own)
    return Q(assigned_to_id=own) | Q(assigned_to_id__isnull=True, item_account_id__in=accounts)


def _page(rows: "QuerySet[ConsultInboxRow]", wanted: InboxFilter, now: datetime, bounds: slice) -> list[dict[str, Any]]:
    if wanted.sort is InboxSort.NAME:
        return list(rows.order_by("family_name", "given_name", "id").values(*_FIELDS)[bounds])
    if wanted.sort is InboxSort.AGE:
        return list(rows.order_by("sent_at", "id").values(*_FIELDS)[bounds])
    if not wanted.state.is_open:
        return list(rows.order_by("-changed_at", "-id").values(*_FIELDS)[bounds])
    if wanted.search.strip():
        part = Case(When(_late(now), then=0), When(is_urgent=True, then=1), default=2)
        return list(rows.annotate(part=part).order_by("part", "answer_by", "id").values(*_FIELDS)[bounds])
    # Each part is read in the order of an index, so nothing sorts all that waits.
    late = rows.filter(answer_by__lt=now)
    in_time = rows.filter(answer_by__gte=now)
    slipped = in_time.filter(item_due_at__lt=now)
    urgent = in_time.exclude(item_due_at__lt=now).filter(is_urgent=True)
    others = in_time.exclude(item_due_at__lt=now).exclude(is_urgent=True)
    parts = [
        part.annotate(part=Value(place)).values(*_FIELDS, "part").order_by("answer_by", "id")[: bounds.stop]
        for place, part in ((0, late), (0, slipped), (1, urgent), (2, others))
    ]
    return list(parts[0].union(*parts[1:], all=True).order_by("part", "answer_by", "id")[bounds])


def _rows(viewer: Viewer, shown: Sequence[dict[str, Any]], now: datetime) -> tuple[InboxRow, ...]:
    ids = [row["id"] for row in shown]
    marks = list_marks(consult_ids=ids)
    present = list_colleagues(viewer=viewer, consult_ids=ids, now=now)
    names = people.list_names(person_ids=[row["patient_id"] for row in shown])
    concerned = list_concerned(viewer=viewer, consult_ids=ids)
    colleagues = practices.list_employee_names(
        employee_ids=[row["assigned_to_id"] for row in shown if row["assigned_to_id"]]
    )
    accounts = practices.list_account_names(account_ids=[pk for row in shown if (pk := _account_of(row))])
    assert viewer.practice_id is not None  # noqa: S101  (asked before anything is listed)
    own = practices.list_enrolment_accounts(
        person_ids=[row["patient_id"] for row in shown], practice_id=viewer.practice_id
    )
    found = []
    for row in shown:
        doctor = own.get(row["patient_id"])
        patient = names.get(row["patient_id"])
        mark = marks.get(row["id"], Marks(False, False))
        account_id, assigned_to = _account_of(row), row["assigned_to_id"]
        state = ConsultState(row["state"])
        found.append(
            InboxRow(
                consult_id=ConsultId(row["id"]),
                patient_id=PersonId(row["patient_id"]),
                patient_name=patient.full_name if patient else "",
                birth_date=patient.birth_date if patient else None,
                about=_about(row),
                subject=row["subject"],
                state=state,
                revision=row["revision"],
                sent_at=row["sent_at"],
                answer_by=row["answer_by"],
                changed_at=row["changed_at"],
                is_late=state in _OPEN and (row["answer_by"] < now or _is_slipped(row, now)),
                is_slipped=state in _OPEN and _is_slipped(row, now),
                is_urgent=bool(row["is_urgent"]),
                item_id=WorkItemId(row["item_id"]) if row["item_id"] else None,
                account_id=AccountId(account_id) if account_id else None,
                account_name=accounts.get(account_id or 0, ""),
                own_account=(doctor.account_id, doctor.name) if doctor else None,
                assigned_to_id=EmployeeId(assigned_to) if assigned_to else None,
                assigned_to_name=colleagues.get(assigned_to or 0, ""),
                is_mine=assigned_to is not None and assigned_to == viewer.employee_id,
                has_note=mark.has_note,
                has_attachment=mark.has_attachment,
                present=present.get(row["id"], ()),
                concerns_name=concerned.get(row["id"]),
            )
        )
    return tuple(found)


def _is_slipped(row: dict[str, Any], now: datetime) -> bool:
    return row["item_due_at"] is not None and row["item_due_at"] < now <= row["answer_by"]


def _account_of(row: dict[str, Any]) -> int | None:
    """Whose work it is: by the open item, and where there is none by the thread."""
    account: int | None = row["item_account_id"] if row["item_id"] else row["with_account_id"]
    return account


def _about(row: dict[str, Any]) -> About | None:
    if not row["about_kind"]:
        return None
    kind = AboutKind(row["about_kind"])
    return About(kind=kind, about_id=row["about_id"], title=row["about_title"], day=row["about_date"])
