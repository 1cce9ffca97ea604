"""Collects, for one viewer and one patient at one practice, the facts that the policy table asks for.

Two queries, three for who acts for somebody else; remembered for the unit of work until anything changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db.models import QuerySet, Value

from zorgbalie.access.models import AccessRequest, Agreement, EmergencyAccess
from zorgbalie.access.policy import Facts
from zorgbalie.access.types import RequestState
from zorgbalie.access.wall import list_represented_places
from zorgbalie.kernel import memory
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.clock import local_date, months_before
from zorgbalie.kernel.ids import EmployeeId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName, RepresentationFact
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class RepresentedFacts:
    """Somebody for whom a person may act by the register, with the facts for the kind PROFILE alone."""

    name: PersonName
    practice_id: PracticeId
    facts: Facts


def forget() -> None:
    """Forget what this unit of work read. Each changing statement does so by itself; this says it in the open."""
    memory.forget()


def collect(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Facts:
    """The facts, from memory when this unit of work asked before."""
    who = (viewer.kind, viewer.person_id, viewer.subject_id, viewer.employee_id, viewer.practice_id, viewer.level)
    return memory.remembered(
        key=("facts", who, patient_id, practice_id, now),
        read=lambda: _collect(viewer, patient_id, practice_id, now),
    )


def _collect(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Facts:
    today = local_date(now)
    relation = practices.find_relation(person_id=patient_id, practice_id=practice_id)
    birth_date = people.find_birth_date(person_id=patient_id)
    states = _read_states_for(viewer.employee_id, patient_id, now)
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
        agreement_signed=(_AGREED, practice_id) in states,
        released=(_RELEASED, practice_id) in states,
        online_access=relation.online_access,
        online_access_since=relation.online_access_since,
        results_from=months_before(today, relation.results_months),
        level_sufficient=_level_sufficient(viewer),
        emergency=any(what == _EMERGENCY for what, _practice in states),
        **_representing(represents),
    )


def collect_represented(*, viewer: Viewer, now: datetime) -> Iterator[RepresentedFacts]:
    """Everybody for whom the viewer may act by the register, in three queries whatever their number.

    What the kind PROFILE does not ask for stays on the closed side, so these facts open nothing else.
    """
    today = local_date(now)
    running = people.list_represented(representative_id=viewer.person_id, today=today) if viewer.person_id else {}
    if not running:
        return
    names = people.list_names(person_ids=running)
    for patient_id, (practice_id, is_agreed) in list_represented_places().items():
        if patient_id in running and patient_id in names:
            facts = Facts(
                today=today,
                age_group=age_group_on(names[patient_id].birth_date, today),
                enrolled=True,
                agreement_signed=is_agreed,
                level_sufficient=_level_sufficient(viewer),
                **_representing(running[patient_id]),
            )
            yield RepresentedFacts(name=names[patient_id], practice_id=practice_id, facts=facts)


class _Representing(TypedDict):
    represents_as: str
    child_consented: bool
    closed_for_safety: bool


def _representing(found: RepresentationFact | None) -> _Representing:
    return {
        "represents_as": found.kind if found else "",
        "child_consented": bool(found and found.child_consented),
        "closed_for_safety": bool(found and found.closed_for_safety),
    }


def _level_sufficient(viewer: Viewer) -> bool:
    return viewer.level is not None and viewer.level >= minimum_level()


def minimum_level() -> AssuranceLevel:
    """The lowest DigiD level that may see care data (setting DIGID_MINIMUM_LEVEL, Substantieel by default)."""
    return AssuranceLevel[settings.DIGID_MINIMUM_LEVEL]


def has_agreement(*, patient_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether both sides signed and neither ended it (R7)."""
    return (_AGREED, practice_id) in _read_states(patient_id)


def is_released(*, patient_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether the practice released the record to this patient."""
    return (_RELEASED, practice_id) in _read_states(patient_id)


_AGREED, _RELEASED, _EMERGENCY = "agreed", "released", "emergency"
_States = frozenset[tuple[str, int]]


def _read_states(patient_id: PersonId) -> _States:
    """What holds for a patient, and at which practice."""
    key = ("states", patient_id)
    return memory.remembered(key=key, read=lambda: frozenset(_agreed(patient_id).union(_released(patient_id))))


def _read_states_for(employee_id: EmployeeId | None, patient_id: PersonId, now: datetime) -> _States:
    """The same with emergency access of one employee, in the same query."""
    if employee_id is None:
        return _read_states(patient_id)
    emergency = EmergencyAccess.objects.filter(
        ended_at__isnull=True, employee_id=employee_id, person_id=patient_id, expires_at__gt=now
    ).values_list(Value(_EMERGENCY), "practice_id")
    found = frozenset(_agreed(patient_id).union(_released(patient_id), emergency))
    memory.keep(key=("states", patient_id), value=frozenset(one for one in found if one[0] != _EMERGENCY))
    return found


def _agreed(patient_id: PersonId) -> "QuerySet[Agreement, tuple[str, int]]":
    rows = Agreement.objects.filter(
        person_id=patient_id,
        ended_at__isnull=True,
        patient_signed_at__isnull=False,
        practice_signed_at__isnull=False,
    )
    return rows.values_list(Value(_AGREED), "practice_id")


def _released(patient_id: PersonId) -> "QuerySet[AccessRequest, tuple[str, int]]":
    rows = AccessRequest.objects.filter(person_id=patient_id, state=RequestState.RELEASED)
    return rows.values_list(Value(_RELEASED), "practice_id")
