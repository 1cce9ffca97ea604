"""Emergency access ("noodtoegang"): staff without a treatment relation read a record, for at most an hour.

Nothing of it is silent: the start, each look and the end are lines in the log, a manager has to review it, and the
patient is told with his consent (R15) or finds it in his log. Sources: security row 12; BW 7:457; NEN 7513.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from zorgbalie.access import facts, gate
from zorgbalie.access.log_types import EmergencyId, IsOwnPatient, PersonUnknown, ReasonTooShort, ReviewRefused
from zorgbalie.access.models import EmergencyAccess
from zorgbalie.access.queries.emergency import find_own_row, find_practice_row
from zorgbalie.access.types import DataKind, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.bsn import Bsn
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.messaging import actions as messaging
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

LONGEST = timedelta(minutes=60)
SHORTEST_REASON = 10
_LONGEST_NAME = 200


def start_emergency(*, viewer: Viewer, bsn: Bsn, reason: str, now: datetime) -> EmergencyId:
    """Open the record of the person with exactly this BSN, for an hour; once is enough while it runs.

    Raises NotAllowed (right EMERGENCY_ACCESS), ReasonTooShort, PersonUnknown, IsOwnPatient.
    Audit: `emergency.searched`, and `emergency.started` marked as emergency.
    """
    gate.check_right(viewer=viewer, right=StaffRight.EMERGENCY_ACCESS, event="emergency.searched")
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ReasonTooShort(_("Schrijf in ten minste 10 tekens waarom dit nodig is."), field="reason")
    person_id = _find_person(viewer, bsn)
    running = EmergencyAccess.objects.filter(
        employee_id=viewer.employee_id or 0, person_id=person_id, ended_at__isnull=True, expires_at__gt=now
    ).first()
    return EmergencyId((running or _start(viewer, person_id, reason, now)).pk)


def end_emergency(*, viewer: Viewer, emergency_id: EmergencyId, now: datetime) -> None:
    """End one's own access before its time; nothing when it is over. Raises NotVisible. Audit: `emergency.ended`."""
    row = find_own_row(viewer=viewer, emergency_id=emergency_id)
    ended = EmergencyAccess.objects.filter(pk=row.pk, ended_at__isnull=True, expires_at__gt=now).update(ended_at=now)
    facts.forget()
    if ended:
        _log(viewer, row, "emergency.ended", AuditAction.UPDATE)


def review_emergency(*, viewer: Viewer, emergency_id: EmergencyId, note: str, now: datetime) -> None:
    """Note the manager's judgement; once, by somebody else than who looked, when it is over.

    Raises NotAllowed (right MANAGE_PRACTICE), NotVisible, ReviewRefused. Audit: `emergency.reviewed`.
    """
    gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event="emergency.reviewed")
    row = find_practice_row(viewer=viewer, emergency_id=emergency_id)
    if row.employee_id == viewer.employee_id:
        raise ReviewRefused(_("Dit was uw eigen noodtoegang. Een collega met beheerrecht beoordeelt die."))
    if row.ended_at is None and row.expires_at > now:
        raise ReviewRefused(_("Deze noodtoegang loopt nog. Beoordeel die als hij voorbij is."))
    if not note.strip():
        raise ReviewRefused(_("Schrijf kort wat u vindt en wat u doet."), field="note")
    reviewed = EmergencyAccess.objects.filter(pk=row.pk, reviewed_at__isnull=True).update(
        reviewed_at=now, reviewed_by_id=viewer.employee_id, review_note=note.strip()
    )
    if not reviewed:
        raise ReviewRefused(_("Een collega heeft deze noodtoegang al beoordeeld."))
    worklist.finish_items(
        viewer=viewer,
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.EMERGENCY_REVIEW,
        about_id=row.pk,
        now=now,
    )
    _log(viewer, row, "emergency.reviewed", AuditAction.UPDATE)


def _find_person(viewer: Viewer, bsn: Bsn) -> PersonId:
    """Who it is; each search is a line, found or not, and none holds the BSN."""
    person_id = people.find_person_for_bsn(bsn=bsn)
    gate.log_change(
        viewer=viewer,
        event="emergency.searched",
        action=AuditAction.EXECUTE,
        object_type="person",
        object_id=person_id or "",
        patient_id=person_id,
        detail={"found": person_id is not None},
    )
    if person_id is None:
        raise PersonUnknown(_("Bij dit BSN vinden wij niemand. Controleer het nummer."), field="bsn")
    if viewer.practice_id is None:
        raise NotVisible("emergency")
    if practices.find_relation(person_id=person_id, practice_id=viewer.practice_id).enrolled:
        raise IsOwnPatient(
            _("Deze patiënt staat bij uw praktijk ingeschreven. Zoek de patiënt bij Patiënten."), field="bsn"
        )
    return person_id


def _start(viewer: Viewer, person_id: PersonId, reason: str, now: datetime) -> EmergencyAccess:
    row = EmergencyAccess.objects.create(
        employee_id=viewer.employee_id or 0,  # check_right let staff alone pass
        practice_id=viewer.practice_id or 0,
        person_id=person_id,
        reason=reason,
        started_at=now,
        expires_at=now + LONGEST,
    )
    facts.forget()
    EmergencyAccess.objects.filter(pk=row.pk).update(person_name=_open_name(viewer, row, now))
    _tell(viewer, row, now)
    return row


def _open_name(viewer: Viewer, row: EmergencyAccess, now: datetime) -> str:
    """The name, through the gate: this is the line that stands out in both views of the log."""
    person_id = PersonId(row.person_id)
    set_subject(person_id)
    cards = practices.list_enrolled_practices(person_id=person_id)
    gate.open_patient(
        viewer=viewer,
        patient_id=person_id,
        practice_id=cards[0].practice_id if cards else PracticeId(row.practice_id),
        kind=DataKind.PROFILE,
        use=Use.READ,
        action=AuditAction.CREATE,
        event="emergency.started",
        now=now,
        object_type="emergency_access",
        object_id=row.pk,
    )
    name = people.list_names(person_ids=[person_id]).get(person_id)
    return name.full_name[:_LONGEST_NAME] if name else ""


def _tell(viewer: Viewer, row: EmergencyAccess, now: datetime) -> None:
    practice_id = PracticeId(row.practice_id)
    worklist.add_item(
        practice_id=practice_id,
        kind=ItemKind.EMERGENCY_REVIEW,
        about_id=row.pk,
        for_right=StaffRight.MANAGE_PRACTICE,
        is_urgent=True,
    )
    messaging.notify(
        viewer=viewer,
        person_id=PersonId(row.person_id),
        practice_id=practice_id,
        kind=NoticeKind.EMERGENCY_ACCESS,
        event_key=f"emergency:{row.pk}",
        now=now,
    )


def _log(viewer: Viewer, row: EmergencyAccess, event: str, action: AuditAction) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=action,
        object_type="emergency_access",
        object_id=row.pk,
        patient_id=PersonId(row.person_id),
    )
