"""Who may see what: one row per kind of data and audience. No row means no.

Pure: facts in, `Decision` out. `docs/who-may-see-what.md` is generated from `TABLE`. A change of a row needs a
decision record. Sources: national OPEN data set; WGBO (BW 7:448, 7:450, 7:456, 7:457, 7:465); Wabvpz 15d, 15e, 15g.
"""

from datetime import date

from zorgbalie.access.policy.care import appointment_rows, billing_rows, consult_rows, journal_rows, system_rows
from zorgbalie.access.policy.needs import HOLDS, Facts, Need
from zorgbalie.access.policy.patients import patient_rows
from zorgbalie.access.policy.row import Row
from zorgbalie.access.policy.staff import staff_rows
from zorgbalie.access.types import Audience, DataKind, Decision, Use
from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.viewer import StaffRole, Viewer, ViewerKind

__all__ = ["HOLDS", "TABLE", "Facts", "Need", "Row", "audience_of", "decide", "has_rights"]


def _indexed(rows: list[Row]) -> dict[tuple[DataKind, Use, Audience], Row]:
    table = {(row.kind, row.use, row.audience): row for row in rows}
    if len(table) != len(rows):
        raise AssertionError("two rows for one cell")
    return table


TABLE = _indexed(
    [
        *patient_rows(),
        *staff_rows(),
        *consult_rows(),
        *journal_rows(),
        *billing_rows(),
        *appointment_rows(),
        *system_rows(),
    ]
)

_STAFF_AUDIENCE = {
    StaffRole.GP: Audience.OWN_GP,
    StaffRole.LOCUM: Audience.LOCUM,
    StaffRole.NURSE: Audience.NURSE,
    StaffRole.ASSISTANT: Audience.ASSISTANT,
    StaffRole.PHARMACIST: Audience.PHARMACY,
    StaffRole.PHARMACY_ASSISTANT: Audience.PHARMACY,
    StaffRole.MANAGER: Audience.MANAGER,
}


def audience_of(*, viewer: Viewer, facts: Facts) -> Audience:
    """In which column of the table the viewer stands for this patient."""
    if viewer.kind is ViewerKind.SYSTEM:
        return Audience.SYSTEM
    if viewer.kind is ViewerKind.STAFF:
        if not facts.at_own_practice or not facts.enrolled or viewer.role is None:
            return Audience.OTHER_PRACTICE
        return _STAFF_AUDIENCE[viewer.role]
    if viewer.acts_for_other:
        return _representative_audience(facts)
    return {
        AgeGroup.UNDER_12: Audience.CHILD_UNDER_12,
        AgeGroup.FROM_12_TO_15: Audience.CHILD_12_TO_15,
        AgeGroup.FROM_16: Audience.PATIENT,
        None: Audience.STRANGER,
    }[facts.age_group]


def _representative_audience(facts: Facts) -> Audience:
    """A parent's column ends by itself on the twelfth and sixteenth birthday (security row 14)."""
    if facts.represents_as == "parent":
        if facts.age_group is AgeGroup.UNDER_12:
            return Audience.PARENT_UNDER_12
        if facts.age_group is AgeGroup.FROM_12_TO_15:
            return Audience.PARENT_12_TO_15
    if facts.represents_as == "helper" and facts.age_group is AgeGroup.FROM_16:
        return Audience.HELPER
    return Audience.STRANGER


def decide(*, viewer: Viewer, facts: Facts, kind: DataKind, use: Use) -> Decision:
    """Look the cell up and check its conditions; the reason of a refusal is for the log, never for the screen."""
    audience = audience_of(viewer=viewer, facts=facts)
    row = TABLE.get((kind, use, audience))
    if row is None:
        return Decision(False, "", f"no row for {audience}")
    for need in row.needs:
        if not HOLDS[need](viewer, facts):
            return Decision(False, row.basis, f"{need.name.lower()} fails for {audience}")
    return Decision(True, row.basis)


def has_rights(*, viewer: Viewer, kind: DataKind, use: Use) -> bool:
    """Whether a member of staff holds the rights that the cell of his own column asks for (whatever the patient)."""
    if viewer.role is None:
        return False
    row = TABLE.get((kind, use, _STAFF_AUDIENCE[viewer.role]))
    if row is None:
        return False
    return all(HOLDS[need](viewer, Facts(today=date.min)) for need in row.needs if need.name.startswith("RIGHT_"))
