"""Who of the practice is at a thread now (ux 47). Says nothing of the patient, so a look leaves no line in the log."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.consult.models import Consult, ConsultPresence
from zorgbalie.consult.rules import PRESENT_FOR, is_typing
from zorgbalie.consult.types import ConsultState, Presence
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices

_MOST = 500


def list_colleagues(*, viewer: Viewer, consult_ids: Iterable[int], now: datetime) -> dict[int, tuple[Presence, ...]]:
    """The colleagues at each of these threads, who types first; in two queries. Not the viewer."""
    return _read(viewer, now, list(consult_ids))


def list_all_present(*, viewer: Viewer, now: datetime) -> dict[int, tuple[Presence, ...]]:
    """The colleagues at any thread of the practice, by thread; for an inbox that stays open. In two queries."""
    return _read(viewer, now, None)


def check_presence(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> tuple[int, str]:
    """That the viewer may be at this thread; returns its revision, and who changed it last.

    For a page that is open already: it shows nothing of the patient, so only a refusal leaves a line.
    Raises NotAllowed, NotVisible.
    """
    if not gate.holds_rights(viewer=viewer, kind=DataKind.CONSULTS, use=Use.READ):
        gate.log_change(
            viewer=viewer,
            event="consult.presence",
            action=AuditAction.EXECUTE,
            object_type="consult",
            object_id=consult_id,
            outcome=AuditOutcome.REFUSED,
        )
        raise NotAllowed(DataKind.CONSULTS)
    practice_id = viewer.practice_id or PracticeId(0)
    may = gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.CONSULTS, use=Use.READ, now=now
    )
    rows = Consult.objects.filter(pk=consult_id, patient_id=patient_id, practice_id=practice_id)
    found = rows.exclude(state=ConsultState.DRAFT).values_list("revision", "changed_by_name").first() if may else None
    if found is None:
        raise NotVisible(DataKind.CONSULTS)
    return found


def _read(viewer: Viewer, now: datetime, consult_ids: list[int] | None) -> dict[int, tuple[Presence, ...]]:
    rows = ConsultPresence.objects.filter(practice_id=viewer.practice_id or 0, seen_at__gt=now - PRESENT_FOR)
    if consult_ids is not None:
        rows = rows.filter(consult_id__in=consult_ids)
    others = rows.exclude(employee_id=viewer.employee_id or 0).order_by("consult_id", "employee_id")
    seen = list(others.values_list("consult_id", "employee_id", "typing_at")[:_MOST])
    names = practices.list_employee_names(employee_ids=[employee_id for _consult, employee_id, _at in seen])
    found: dict[int, list[Presence]] = {}
    for consult_id, employee_id, typing_at in seen:
        one = Presence(name=names.get(employee_id, ""), is_typing=is_typing(typing_at=typing_at, now=now))
        found.setdefault(consult_id, []).append(one)
    return {pk: tuple(sorted(here, key=lambda one: not one.is_typing)) for pk, here in found.items()}
