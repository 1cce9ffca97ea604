"""The policy table, cell by cell: what stands here is written apart from the table, as the law and REQ say it.

Every cell of kinds × uses × audiences is tried with everything in order, and every allowed one again with each of its
conditions broken.
"""

from datetime import date
from itertools import product

import pytest

from zorgbalie.access.policy import HOLDS, TABLE, Facts, Need, audience_of, decide
from zorgbalie.access.types import Audience as A
from zorgbalie.access.types import DataKind as K
from zorgbalie.access.types import Use
from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.viewer import StaffRight, StaffRole, patient_viewer, staff_viewer, system_viewer

TODAY = date(2026, 11, 24)
SELF = {A.PATIENT, A.CHILD_12_TO_15}
PERSONAL = SELF | {A.PARENT_UNDER_12, A.PARENT_12_TO_15, A.HELPER}
GP_STAFF = {A.OWN_GP, A.LOCUM, A.NURSE, A.ASSISTANT}
STAFF = GP_STAFF | {A.PHARMACY, A.MANAGER}

# Who may, when everything is in order. What is not named may not.
READ = {
    K.PROFILE: PERSONAL | STAFF | {A.OTHER_PRACTICE, A.SYSTEM},
    K.EPISODES: PERSONAL,
    K.JOURNAL: PERSONAL,
    K.OBSERVATIONS: PERSONAL,
    K.ALLERGIES: PERSONAL | {A.PHARMACY},
    K.MEDICATION: PERSONAL | {A.PHARMACY},
    K.FULL_RECORD: GP_STAFF | {A.OTHER_PRACTICE},
    K.LAB_REPORTS: GP_STAFF,
    K.DOCUMENTS: PERSONAL | GP_STAFF,
    K.RESULT_WISHES: PERSONAL | GP_STAFF | {A.SYSTEM},
    K.RECORD_COPY: GP_STAFF | {A.PHARMACY},
    K.RECORD_EXPORT: PERSONAL,
    K.RELEASE: PERSONAL | GP_STAFF | {A.PHARMACY},
    K.WORK_NOTES: GP_STAFF,
    K.CORRECTIONS: PERSONAL | GP_STAFF | {A.PHARMACY},
    K.ACTION_NOTES: GP_STAFF | {A.PHARMACY},
    K.ACCESS_LOG: SELF | {A.PARENT_UNDER_12} | STAFF,
    K.AGREEMENT: PERSONAL | STAFF,
    K.INVITATION: STAFF,
    K.NOTICES: PERSONAL | {A.SYSTEM},
    K.CONSULTS: PERSONAL | GP_STAFF | {A.PHARMACY},
    K.CONTACT_TIME: GP_STAFF,
    K.DECLARATIONS: GP_STAFF | {A.MANAGER},
    K.APPOINTMENTS: PERSONAL | GP_STAFF | {A.SYSTEM},
    K.PRACTICE_SETTINGS: set(),
    K.DIARY: set(),
}
CHANGE = {
    K.PROFILE: PERSONAL | STAFF | {A.SYSTEM},
    K.RECORD_EXPORT: PERSONAL | {A.SYSTEM},
    K.FULL_RECORD: GP_STAFF | {A.SYSTEM},
    K.LAB_REPORTS: GP_STAFF | {A.SYSTEM},
    K.DOCUMENTS: GP_STAFF | {A.SYSTEM},
    K.RELEASE: PERSONAL | GP_STAFF | {A.PHARMACY},
    K.WORK_NOTES: GP_STAFF,
    K.CORRECTIONS: PERSONAL | GP_STAFF | {A.PHARMACY},
    K.ACTION_NOTES: GP_STAFF | {A.PHARMACY},
    K.AGREEMENT: PERSONAL | STAFF,
    K.INVITATION: STAFF,
    K.NOTICES: PERSONAL,
    K.CONSULTS: PERSONAL | GP_STAFF | {A.PHARMACY, A.SYSTEM},
    K.CONTACT_TIME: GP_STAFF,
    K.DECLARATIONS: GP_STAFF | {A.MANAGER},
    K.APPOINTMENTS: PERSONAL | GP_STAFF | {A.SYSTEM},
    K.RESULT_WISHES: PERSONAL,
    K.JOURNAL: GP_STAFF,
}
CELLS = list(product(K, Use, A))

_ROLES = {
    A.OWN_GP: StaffRole.GP, A.LOCUM: StaffRole.LOCUM, A.NURSE: StaffRole.NURSE, A.ASSISTANT: StaffRole.ASSISTANT,
    A.PHARMACY: StaffRole.PHARMACIST, A.MANAGER: StaffRole.MANAGER, A.OTHER_PRACTICE: StaffRole.GP,
}  # fmt: skip
_GROUPS = {
    A.PATIENT: AgeGroup.FROM_16, A.CHILD_UNDER_12: AgeGroup.UNDER_12, A.CHILD_12_TO_15: AgeGroup.FROM_12_TO_15,
    A.PARENT_UNDER_12: AgeGroup.UNDER_12, A.PARENT_12_TO_15: AgeGroup.FROM_12_TO_15, A.HELPER: AgeGroup.FROM_16,
    A.STRANGER: AgeGroup.FROM_16,
}  # fmt: skip


def _viewer(audience, rights=tuple(StaffRight)):
    if audience is A.SYSTEM:
        return system_viewer(task="test")
    if audience in _ROLES:
        return staff_viewer(
            employee_id=1, practice_id=1, role=_ROLES[audience], rights=rights, name="x", organisation="y"
        )
    other = audience in {A.PARENT_UNDER_12, A.PARENT_12_TO_15, A.HELPER, A.STRANGER}
    return patient_viewer(person_id=1, subject_id=2 if other else 1, name="x", level=AssuranceLevel.HOOG)


def _facts(audience, **changed):
    """Everything in order, seen from an audience."""
    in_order = {
        "today": TODAY,
        "age_group": _GROUPS.get(audience, AgeGroup.FROM_16),
        "enrolled": True,
        "at_own_practice": audience is not A.OTHER_PRACTICE,
        "facilities": frozenset(
            {"journal_ep", "diagnostic_values", "medication", "allergies", "e_consult", "e_appointment"}
        ),
        "agreement_signed": True,
        "released": True,
        "online_access": "allowed",
        "represents_as": {A.HELPER: "helper", A.STRANGER: ""}.get(audience, "parent"),
        "child_consented": True,
        "level_sufficient": True,
        "emergency": audience is A.OTHER_PRACTICE,
    }
    return Facts(**{**in_order, **changed})


_ALL_BUT_CONSULT = frozenset({"journal_ep", "diagnostic_values", "medication", "allergies"})
_BROKEN = {
    Need.LEVEL: {"level_sufficient": False},
    Need.ONLINE_ALLOWED: {"online_access": "copy_only"},
    Need.AGREEMENT: {"agreement_signed": False},
    Need.RELEASED: {"released": False},
    Need.GP_PRACTICE: {"pharmacy": True},
    Need.ONLINE_FACILITIES: {"facilities": frozenset({"journal_ep", "medication", "allergies"})},
    Need.MEDICATION_ON: {"facilities": frozenset({"journal_ep", "diagnostic_values", "allergies"})},
    Need.ALLERGIES_ON: {"facilities": frozenset({"journal_ep", "diagnostic_values", "medication"})},
    Need.CONSULT_ON: {"facilities": _ALL_BUT_CONSULT},
    Need.APPOINTMENTS_ON: {"facilities": _ALL_BUT_CONSULT | {"e_consult"}},
    Need.ENROLLED: {"enrolled": False},
    Need.NOT_CLOSED: {"closed_for_safety": True},
    Need.CHILD_CONSENT: {"child_consented": False},
    Need.EMERGENCY: {"emergency": False},
}
_RIGHTS = {
    Need.RIGHT_READ: StaffRight.READ_RECORD,
    Need.RIGHT_INVITE: StaffRight.INVITE_PATIENT,
    Need.RIGHT_SIGN: StaffRight.SIGN_AGREEMENT,
    Need.RIGHT_RELEASE: StaffRight.RELEASE_RECORD,
    Need.RIGHT_PUBLISH: StaffRight.PUBLISH_RESULTS,
    Need.RIGHT_COPY: StaffRight.COPY_RECORD,
    Need.RIGHT_NOTES: StaffRight.WORK_NOTES,
    Need.RIGHT_CONSULTS: StaffRight.ANSWER_CONSULTS,
    Need.RIGHT_JOURNAL: StaffRight.WRITE_JOURNAL,
    Need.RIGHT_BILL: StaffRight.BILL,
    Need.RIGHT_BOOK: StaffRight.BOOK_APPOINTMENTS,
    Need.RIGHT_LOG: StaffRight.READ_ACCESS_LOG,
    Need.RIGHT_EMERGENCY: StaffRight.EMERGENCY_ACCESS,
    Need.RIGHT_MANAGE: StaffRight.MANAGE_PRACTICE,
}


@pytest.mark.parametrize("audience", A)
def test_each_audience_is_recognised(audience):
    assert audience_of(viewer=_viewer(audience), facts=_facts(audience)) is audience


@pytest.mark.parametrize(("kind", "use", "audience"), CELLS)
def test_cell_says_what_law_and_requirements_say(kind, use, audience):
    expected = audience in (READ if use is Use.READ else CHANGE).get(kind, set())
    decision = decide(viewer=_viewer(audience), facts=_facts(audience), kind=kind, use=use)
    assert decision.allowed is expected


@pytest.mark.parametrize(("kind", "use", "audience"), list(TABLE))
def test_r7_r14_each_condition_of_a_cell_alone_refuses(kind, use, audience):
    for need in TABLE[kind, use, audience].needs:
        rights = [right for right in StaffRight if right is not _RIGHTS.get(need)]
        facts = _facts(audience, **_BROKEN.get(need, {}))
        assert not decide(viewer=_viewer(audience, rights), facts=facts, kind=kind, use=use).allowed, need


def test_r7_no_medical_kind_is_read_online_without_agreement_release_and_both_facilities():
    """The conditions themselves, so that a row cannot lose one unnoticed."""
    online = {Need.LEVEL, Need.ENROLLED, Need.ONLINE_ALLOWED, Need.AGREEMENT, Need.RELEASED, Need.ONLINE_FACILITIES}
    for kind in (K.EPISODES, K.JOURNAL, K.OBSERVATIONS, K.ALLERGIES, K.MEDICATION):
        for audience in PERSONAL:
            assert online <= set(TABLE[kind, Use.READ, audience].needs)


def test_r14_req32_a_question_needs_its_facility_and_no_released_record():
    """Asking is no reading: neither an agreement nor a release stands in the way, and nothing else opens with it."""
    for audience in PERSONAL:
        for use in Use:
            needs = set(TABLE[K.CONSULTS, use, audience].needs)
            assert {Need.LEVEL, Need.ENROLLED, Need.CONSULT_ON} <= needs
            assert not needs & {Need.AGREEMENT, Need.RELEASED, Need.ONLINE_FACILITIES, Need.ONLINE_ALLOWED}


_ALL_ON = frozenset({"journal_ep", "diagnostic_values", "medication", "allergies"})


@pytest.mark.parametrize("audience", sorted(PERSONAL))
@pytest.mark.parametrize(
    ("facilities", "open_kinds"),
    [
        (_ALL_ON, {K.MEDICATION, K.ALLERGIES}),
        (frozenset({"medication", "allergies"}), {K.MEDICATION, K.ALLERGIES}),
        (frozenset({"medication"}), {K.MEDICATION}),
        (_ALL_ON - {"medication"}, set()),
        (frozenset(), set()),
    ],
)
def test_req17_r14_a_pharmacy_opens_medicines_and_allergies_and_nothing_else(audience, facilities, open_kinds):
    """A pharmacy is served when Medicatie is on; what only a GP practice keeps stays shut whatever is switched on."""
    facts = _facts(audience, pharmacy=True, facilities=facilities)
    viewer = _viewer(audience)
    medical = (K.EPISODES, K.JOURNAL, K.OBSERVATIONS, K.ALLERGIES, K.MEDICATION)
    decisions = {kind: decide(viewer=viewer, facts=facts, kind=kind, use=Use.READ) for kind in medical}
    assert {kind for kind, decision in decisions.items() if decision.allowed} == open_kinds


def test_every_need_has_a_check_and_is_broken_somewhere():
    assert set(HOLDS) == set(Need)
    assert set(Need) == set(_BROKEN) | set(_RIGHTS)


@pytest.mark.parametrize(
    ("group", "as_what", "audience"),
    [
        (AgeGroup.UNDER_12, "parent", A.PARENT_UNDER_12),
        (AgeGroup.FROM_12_TO_15, "parent", A.PARENT_12_TO_15),
        (AgeGroup.FROM_16, "parent", A.STRANGER),
        (AgeGroup.FROM_16, "helper", A.HELPER),
        (AgeGroup.UNDER_12, "helper", A.STRANGER),
        (None, "parent", A.STRANGER),
    ],
)
def test_row14_a_parents_place_lapses_by_itself(group, as_what, audience):
    facts = _facts(A.HELPER, age_group=group, represents_as=as_what)
    assert audience_of(viewer=_viewer(A.HELPER), facts=facts) is audience


def test_closed_side_is_the_default_of_every_fact():
    bare = Facts(today=TODAY)
    for kind, use, audience in CELLS:
        if audience is not A.SYSTEM:
            decision = decide(viewer=_viewer(audience), facts=bare, kind=kind, use=use)
            assert not decision.allowed
