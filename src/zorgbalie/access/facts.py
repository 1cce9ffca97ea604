"""Collects, for one viewer and one patient at one practice, the facts that the policy table asks for.

A bounded number of queries (at most four), remembered for the unit of work; `forget` after a change of them.
"""

from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from zorgbalie.access.models import AccessRequest, Agreement, EmergencyAccess
from zorgbalie.access.policy import Facts
from zorgbalie.access.types import RequestState
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.clock import local_date, months_before
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind

_Key = tuple[object, ...]
remembered: ContextVar[dict[_Key, Facts] | None] = ContextVar("facts", default=None)


def forget() -> None:
    """Forget the facts of this unit of work: call after changing an agreement, request, enrolment or setting."""
    memory = remembered.get()
    if memory is not None:
        memory.clear()


def collect(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Facts:
    """The facts, from memory when this unit of work asked before."""
    memory = remembered.get()
    key = (
        viewer.kind,
        viewer.person_id,
        viewer.employee_id,
        viewer.practice_id,
        patient_id,
        practice_id,
        now,
    )
    if memory is not None and key in memory:
        return memory[key]
    facts = _collect(viewer, patient_id, practice_id, now)
    if memory is not None:
        memory[key] = facts
    return facts


def _collect(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Facts:
    today = local_date(now)
    birth_date = people.find_birth_date(person_id=patient_id)
    relation = practices.find_relation(person_id=patient_id, practice_id=practice_id)
    represents = (
        people.find_representation(representative_id=viewer.person_id, patient_id=patient_id, today=today)
        if viewer.kind is ViewerKind.PATIENT and viewer.person_id and viewer.acts_for_other
        else None
    )
    return Facts(
        today=today,
        age_group=age_group_on(birth_date, today) if birth_date else None,
        enrolled=relation.enrolled,
        at_own_practice=viewer.kind is ViewerKind.STAFF and viewer.practice_id == practice_id,
        pharmacy=relation.practice_kind == PracticeKind.PHARMACY,
        facilities=relation.facilities,
        agreement_signed=has_agreement(patient_id=patient_id, practice_id=practice_id),
        released=is_released(patient_id=patient_id, practice_id=practice_id),
        online_access=relation.online_access,
        online_access_since=relation.online_access_since,
        results_from=months_before(today, relation.results_months),
        represents_as=represents.kind if represents else "",
        child_consented=bool(represents and represents.child_consented),
        closed_for_safety=bool(represents and represents.closed_for_safety),
        level_sufficient=viewer.level is not None and viewer.level >= minimum_level(),
        emergency=viewer.employee_id is not None and _has_emergency(viewer.employee_id, patient_id, now),
    )


def minimum_level() -> AssuranceLevel:
    """The lowest DigiD level that may see care data (setting DIGID_MINIMUM_LEVEL, Substantieel by default)."""
    return AssuranceLevel[settings.DIGID_MINIMUM_LEVEL]


def has_agreement(*, patient_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether both sides signed and neither ended it (R7)."""
    return Agreement.objects.filter(
        person_id=patient_id,
        practice_id=practice_id,
        ended_at__isnull=True,
        patient_signed_at__isnull=False,
        practice_signed_at__isnull=False,
    ).exists()


def is_released(*, patient_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether the practice released the record to this patient."""
    return AccessRequest.objects.filter(
        person_id=patient_id, practice_id=practice_id, state=RequestState.RELEASED
    ).exists()


def _has_emergency(employee_id: EmployeeId, patient_id: PersonId, now: datetime) -> bool:
    return EmergencyAccess.objects.filter(
        Q(ended_at__isnull=True), employee_id=employee_id, person_id=patient_id, expires_at__gt=now
    ).exists()
