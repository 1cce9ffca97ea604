"""The only door to patient data: collects facts, asks the table, writes the log line, gives a Grant or refuses.

A refusal for staff who lack a right at all is `NotAllowed` (403); every other refusal is `NotVisible`, the same 404 as
"does not exist". Both leave a line in the log (R13; security rows 5, 6, 9, 39).
"""

from collections.abc import Iterable
from datetime import date, datetime

from zorgbalie.access import facts as facts_of
from zorgbalie.access.policy import Facts, decide, has_rights
from zorgbalie.access.types import DataKind, Decision, Grant, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.audit.scope import add_line
from zorgbalie.audit.types import AuditAction, AuditLine, AuditOutcome
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.people.types import PersonName

_FROM_ONLINE_ACCESS = {DataKind.JOURNAL}
_FROM_RESULTS = {DataKind.OBSERVATIONS}


def open_patient(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    kind: DataKind,
    use: Use,
    event: str,
    now: datetime,
    action: AuditAction | None = None,
    object_type: str = "",
    object_id: int | str = "",
    detail: dict[str, str | int | bool | list[int]] | None = None,
) -> Grant:
    """Leave to read or change one kind of data of one patient.

    Raises NotAllowed (staff without the right) or NotVisible. Audit: one line, `event`, also for a refusal.
    """
    set_subject(patient_id)
    facts = facts_of.collect(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    decision = decide(viewer=viewer, facts=facts, kind=kind, use=use)
    line = AuditLine(
        event=event,
        action=action or (AuditAction.READ if use is Use.READ else AuditAction.UPDATE),
        outcome=AuditOutcome.DONE if decision.allowed else AuditOutcome.REFUSED,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=kind,
        object_type=object_type,
        object_id=str(object_id),
        basis=decision.basis,
        relation=_relation(viewer, facts),
        consent="agreement" if facts.agreement_signed else "",
        emergency=decision.allowed and _is_emergency(viewer, facts),
        detail=detail or ({} if decision.allowed else {"reason": decision.reason}),
    )
    add_line(viewer=viewer, line=line)
    if not decision.allowed:
        _refuse(viewer, facts, kind, use)
    return _grant(patient_id, practice_id, kind, use, decision, facts, line.emergency)


def open_kinds(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    kinds: Iterable[DataKind],
    use: Use,
    event: str,
    now: datetime,
) -> dict[DataKind, Grant]:
    """Leave for those of `kinds` that are open, for a page that shows several; what is off is absent (R14).

    Raises NotAllowed or NotVisible when none is open. Audit: one line per kind granted; a line for the refusal of the
    first when none is.
    """
    kinds = tuple(kinds)
    granted = may_open_kinds(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kinds=kinds, use=use, now=now
    )
    return {
        kind: open_patient(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=practice_id,
            kind=kind,
            use=use,
            event=event,
            now=now,
        )
        for kind in kinds
        if kind in granted or not granted
    }


def may_open_kinds(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    kinds: Iterable[DataKind],
    use: Use,
    now: datetime,
) -> frozenset[DataKind]:
    """Which of `kinds` `open_patient` would grant; for a menu. Shows no data, logs nothing."""
    set_subject(patient_id)
    facts = facts_of.collect(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    return frozenset(kind for kind in kinds if decide(viewer=viewer, facts=facts, kind=kind, use=use).allowed)


def may_open_patient(
    *, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, kind: DataKind, use: Use, now: datetime
) -> bool:
    """Whether `open_patient` would grant; for showing or leaving out a menu entry. Shows no data, logs nothing."""
    set_subject(patient_id)
    facts = facts_of.collect(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    return decide(viewer=viewer, facts=facts, kind=kind, use=use).allowed


def open_represented(*, viewer: Viewer, event: str, now: datetime) -> tuple[PersonName, ...]:
    """Name and birth date of everybody for whom this patient may act, whatever their number at the same cost.

    Who may not be acted for (any more) is absent. Audit: `event`, a line on the profile of each one named.
    """
    found = []
    for one in facts_of.collect_represented(viewer=viewer, now=now):
        acting = viewer.about(one.name.person_id)
        decision = decide(viewer=acting, facts=one.facts, kind=DataKind.PROFILE, use=Use.READ)
        if decision.allowed:
            line = AuditLine(
                event=event,
                action=AuditAction.READ,
                patient_id=one.name.person_id,
                practice_id=one.practice_id,
                kind=DataKind.PROFILE,
                basis=decision.basis,
                relation=_relation(acting, one.facts),
                consent="agreement" if one.facts.agreement_signed else "",
            )
            add_line(viewer=acting, line=line)
            found.append(one.name)
    return tuple(found)


def holds_rights(*, viewer: Viewer, kind: DataKind, use: Use) -> bool:
    """Whether a member of staff has the rights for a kind of data, whoever the patient is; for lists. Logs nothing."""
    return viewer.kind is ViewerKind.STAFF and has_rights(viewer=viewer, kind=kind, use=use)


def check_right(*, viewer: Viewer, right: StaffRight, event: str) -> None:
    """Check a right that is about no single patient (settings, lists).

    Raises NotAllowed. Audit: a line only for the refusal; the action that follows writes its own.
    """
    if viewer.has_right(right):
        return
    add_line(
        viewer=viewer,
        line=AuditLine(
            event=event,
            action=AuditAction.EXECUTE,
            outcome=AuditOutcome.REFUSED,
            practice_id=viewer.practice_id,
            detail={"reason": f"right {right} is missing"},
        ),
    )
    raise NotAllowed(right)


def check_manager(*, viewer: Viewer, event: str) -> PracticeId:
    """The practice that this viewer manages: always the own one, whatever a request names.

    Raises NotAllowed. Audit: `event`, for the refusal. Source: REQ 67 to 71.
    """
    check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event=event)
    if viewer.practice_id is None:
        raise NotVisible("practice")
    return viewer.practice_id


def log_listed(
    *,
    viewer: Viewer,
    patient_ids: Iterable[int],
    kind: DataKind,
    event: str,
    detail: dict[str, str | int | bool | list[int]] | None = None,
) -> None:
    """Note that a page of a list of the practice's own patients was shown: a line for each (security row 40)."""
    for patient_id in dict.fromkeys(patient_ids):
        add_line(
            viewer=viewer,
            line=AuditLine(
                event=event,
                action=AuditAction.READ,
                patient_id=patient_id,
                practice_id=viewer.practice_id,
                kind=kind,
                basis="list of the practice's own patients",
                relation="enrolled" if viewer.kind is ViewerKind.STAFF else "",
                detail=detail or {},
            ),
        )


def log_change(
    *,
    viewer: Viewer,
    event: str,
    action: AuditAction,
    object_type: str,
    object_id: int | str,
    practice_id: PracticeId | None = None,
    patient_id: PersonId | None = None,
    outcome: AuditOutcome = AuditOutcome.DONE,
    detail: dict[str, str | int | bool | list[int]] | None = None,
) -> None:
    """Note a change that needs no grant on a patient (settings, sign-in), or a further object of a granted change."""
    add_line(
        viewer=viewer,
        line=AuditLine(
            event=event,
            action=action,
            outcome=outcome,
            patient_id=patient_id,
            practice_id=practice_id or viewer.practice_id,
            object_type=object_type,
            object_id=str(object_id),
            detail=detail or {},
        ),
    )


def _refuse(viewer: Viewer, facts: Facts, kind: DataKind, use: Use) -> None:
    own_patient = facts.at_own_practice and facts.enrolled
    if viewer.kind is ViewerKind.STAFF and own_patient and not has_rights(viewer=viewer, kind=kind, use=use):
        raise NotAllowed(kind)
    raise NotVisible(kind)


def _relation(viewer: Viewer, facts: Facts) -> str:
    if viewer.kind is ViewerKind.STAFF:
        return "enrolled" if facts.enrolled and facts.at_own_practice else "none"
    if viewer.kind is ViewerKind.PATIENT:
        return facts.represents_as or "self"
    return "task"


def _is_emergency(viewer: Viewer, facts: Facts) -> bool:
    return viewer.kind is ViewerKind.STAFF and facts.emergency and not (facts.enrolled and facts.at_own_practice)


def _grant(
    patient_id: PersonId,
    practice_id: PracticeId,
    kind: DataKind,
    use: Use,
    decision: Decision,
    facts: Facts,
    emergency: bool,
) -> Grant:
    visible_from: date | None = None
    if kind in _FROM_ONLINE_ACCESS:
        visible_from = facts.online_access_since or date.max
    elif kind in _FROM_RESULTS:
        visible_from = facts.results_from
    return Grant(
        patient_id=patient_id,
        practice_id=practice_id,
        kind=kind,
        use=use,
        basis=decision.basis,
        visible_from=visible_from,
        emergency=emergency,
    )
