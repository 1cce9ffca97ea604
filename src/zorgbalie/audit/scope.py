"""Collects the lines of one unit of work (a request or task) and stores them before its answer leaves.

Lines are kept in memory and stored in one INSERT when the unit ends, inside its transaction: a look whose line
cannot be stored is not shown (fail closed, security row 42). When the unit fails, its changes are rolled back but
its lines are stored all the same, so a refusal leaves a trace. Chaining happens later (`sealing`), because holding
the chain's lock inside each request would make all readers wait for one another.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from zorgbalie.audit.models import AuditEvent
from zorgbalie.audit.types import AuditAction, AuditLine, AuditOutcome, NoAuditScope
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.viewer import Viewer, ViewerKind


@dataclass
class AuditScope:
    """The lines of one unit of work, each with the viewer of that moment."""

    lines: list[tuple[Viewer, AuditLine]] = field(default_factory=list)

    def store(self) -> int:
        """Store the waiting lines in the current transaction; returns how many."""
        waiting, self.lines = self.lines, []
        rows = [_event(viewer, line) for viewer, line in _once(waiting)]
        if rows:
            _insert(rows)
        return len(rows)


_current: ContextVar[AuditScope | None] = ContextVar("audit_scope", default=None)


@contextmanager
def audit_scope() -> Iterator[AuditScope]:
    """Open a scope; who opens it calls `store` before the answer leaves."""
    scope = AuditScope()
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


@contextmanager
def deed() -> Iterator[None]:
    """For an action that a rule may refuse: what did not happen is not told as a deed (decision 15).

    When it ends in `Refused`, its lines of changes are left out; looks and refusals by the gate stay. What the page
    shows next has lines of its own. A decorator too.
    """
    scope = _current.get()
    before = len(scope.lines) if scope else 0
    try:
        yield
    except Refused:
        if scope is not None:
            scope.lines[before:] = [one for one in scope.lines[before:] if not _is_deed(one[1])]
        raise


def _is_deed(line: AuditLine) -> bool:
    return line.outcome is AuditOutcome.DONE and line.action is not AuditAction.READ


def add_line(*, viewer: Viewer, line: AuditLine) -> None:
    """Put one line in the scope of this unit of work.

    Raises NoAuditScope when there is none.
    """
    scope = _current.get()
    if scope is None:
        raise NoAuditScope(line.event)
    scope.lines.append((viewer, line))


def _once(lines: Iterable[tuple[Viewer, AuditLine]]) -> Iterator[tuple[Viewer, AuditLine]]:
    """One line per viewer, event, object and outcome in a request (security row 39: none missing, none double)."""
    seen: set[tuple[object, ...]] = set()
    for viewer, line in lines:
        key = (
            viewer.request_id, viewer.person_id, viewer.employee_id, line.event, line.action, line.outcome,
            line.patient_id, line.practice_id, line.kind, line.object_type, line.object_id,
        )  # fmt: skip
        if key not in seen:
            seen.add(key)
            yield viewer, line


_COLUMNS = [field for field in AuditEvent._meta.concrete_fields if field.column not in ("id", "recorded_at")]
_INSERT = f"INSERT INTO {AuditEvent._meta.db_table} ({', '.join(str(f.column) for f in _COLUMNS)}) VALUES "
_ROW = "(" + ", ".join(["%s"] * len(_COLUMNS)) + ")"


def _insert(rows: list[AuditEvent]) -> None:
    """One INSERT without RETURNING: who may add a line need not be able to read it back (row-level security)."""
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT + ", ".join([_ROW] * len(rows)), values)


_LONGEST_NAME = AuditEvent._meta.get_field("user_name").max_length


def _event(viewer: Viewer, line: AuditLine) -> AuditEvent:
    user_id = {
        ViewerKind.PATIENT: f"person:{viewer.person_id}",
        ViewerKind.STAFF: f"employee:{viewer.employee_id}",
        ViewerKind.SYSTEM: f"task:{viewer.name}",
    }[viewer.kind]
    return AuditEvent(
        request_id=viewer.request_id,
        event=line.event,
        action=line.action,
        outcome=line.outcome,
        user_kind=viewer.kind,
        user_id=user_id,
        user_name=viewer.name[:_LONGEST_NAME],
        role=viewer.role or viewer.kind,
        organisation_id=viewer.practice_id,
        organisation_name=viewer.organisation,
        acts_for_id=viewer.subject_id if viewer.acts_for_other else None,
        purpose=_purpose(viewer, line),
        assurance_level=viewer.level.name.lower() if viewer.level else "",
        network_address=viewer.address,
        patient_id=line.patient_id,
        practice_id=line.practice_id,
        kind=line.kind,
        object_type=line.object_type,
        object_id=line.object_id,
        basis=line.basis,
        relation=line.relation,
        consent=line.consent,
        emergency=line.emergency,
        detail=line.detail,
        source_id=settings.AUDIT_SOURCE_ID,
        site_id=settings.AUDIT_SITE_ID,
    )


def _purpose(viewer: Viewer, line: AuditLine) -> str:
    if line.emergency:
        return "ETREAT"
    return {ViewerKind.PATIENT: "PATRQT", ViewerKind.STAFF: "TREAT", ViewerKind.SYSTEM: "SYSADMN"}[viewer.kind]
