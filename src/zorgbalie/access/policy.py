"""Who may see what: one row per kind of data and audience. No row means no.

Pure: facts in, `Decision` out. `docs/who-may-see-what.md` is generated from `TABLE`. A change of a row needs a
decision record. Sources: national OPEN data set; WGBO (BW 7:448, 7:450, 7:456, 7:457, 7:465); Wabvpz 15d, 15e, 15g.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zorgbalie.access.types import Audience, DataKind, Decision, OnlineAccess, Use
from zorgbalie.kernel.ages import AgeGroup
from zorgbalie.kernel.viewer import StaffRight, StaffRole, Viewer, ViewerKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the gate found out about a patient at a practice, for one viewer. Defaults are the closed side."""

    today: date
    age_group: AgeGroup | None = None
    enrolled: bool = False
    at_own_practice: bool = False
    pharmacy: bool = False
    facilities: frozenset[str] = frozenset()
    agreement_signed: bool = False
    released: bool = False
    online_access: str = ""
    online_access_since: date | None = None
    results_from: date | None = None
    represents_as: str = ""
    child_consented: bool = False
    closed_for_safety: bool = False
    level_sufficient: bool = False
    emergency: bool = False


class Need(StrEnum):
    """What must hold besides the row itself."""

    LEVEL = "sign-in level is sufficient"
    ENROLLED = "patient is enrolled at the practice"
    ONLINE_ALLOWED = "practice allows online access for this patient"
    AGREEMENT = "agreement signed by both"
    RELEASED = "record is released"
    GP_PRACTICE = "practice is a GP practice"
    ONLINE_FACILITIES = (
        "facilities for online access are on (E&P-regels and Diagnostische waarden; pharmacy: Medicatie)"
    )
    MEDICATION_ON = "facility Medicatie is on"
    ALLERGIES_ON = "facility Allergieën is on"
    CONSULT_ON = "facility E-consult is on"
    NOT_CLOSED = "not closed for safety"
    CHILD_CONSENT = "child of 12 to 15 consented"
    EMERGENCY = "emergency access with a reason is running"
    RIGHT_READ = "right: read the record"
    RIGHT_INVITE = "right: invite patients"
    RIGHT_SIGN = "right: sign agreements"
    RIGHT_RELEASE = "right: release the record"
    RIGHT_PUBLISH = "right: publish results"
    RIGHT_COPY = "right: give a copy"
    RIGHT_NOTES = "right: work notes"
    RIGHT_CONSULTS = "right: answer questions of patients"
    RIGHT_JOURNAL = "right: write in the journal"
    RIGHT_BILL = "right: declare contacts"
    RIGHT_LOG = "right: read the access log"
    RIGHT_EMERGENCY = "right: emergency access"
    RIGHT_MANAGE = "right: manage the practice"


def _serves_online(viewer: Viewer, facts: Facts) -> bool:
    """R14: without these nothing of the record is served. A pharmacy has no E and P lines or measurements to serve."""
    needed = {"medication"} if facts.pharmacy else {"journal_ep", "diagnostic_values"}
    return needed <= facts.facilities


def _right(right: StaffRight) -> Callable[[Viewer, Facts], bool]:
    return lambda viewer, facts: viewer.has_right(right)


HOLDS: dict[Need, Callable[[Viewer, Facts], bool]] = {
    Need.LEVEL: lambda viewer, facts: facts.level_sufficient,
    Need.ENROLLED: lambda viewer, facts: facts.enrolled,
    Need.ONLINE_ALLOWED: lambda viewer, facts: facts.online_access == OnlineAccess.ALLOWED,
    Need.AGREEMENT: lambda viewer, facts: facts.agreement_signed,
    Need.RELEASED: lambda viewer, facts: facts.released,
    Need.GP_PRACTICE: lambda viewer, facts: not facts.pharmacy,
    Need.ONLINE_FACILITIES: _serves_online,
    Need.MEDICATION_ON: lambda viewer, facts: "medication" in facts.facilities,
    Need.ALLERGIES_ON: lambda viewer, facts: "allergies" in facts.facilities,
    Need.CONSULT_ON: lambda viewer, facts: "e_consult" in facts.facilities,
    Need.NOT_CLOSED: lambda viewer, facts: not facts.closed_for_safety,
    Need.CHILD_CONSENT: lambda viewer, facts: facts.child_consented,
    Need.EMERGENCY: lambda viewer, facts: facts.emergency,
    Need.RIGHT_READ: _right(StaffRight.READ_RECORD),
    Need.RIGHT_INVITE: _right(StaffRight.INVITE_PATIENT),
    Need.RIGHT_SIGN: _right(StaffRight.SIGN_AGREEMENT),
    Need.RIGHT_RELEASE: _right(StaffRight.RELEASE_RECORD),
    Need.RIGHT_PUBLISH: _right(StaffRight.PUBLISH_RESULTS),
    Need.RIGHT_COPY: _right(StaffRight.COPY_RECORD),
    Need.RIGHT_NOTES: _right(StaffRight.WORK_NOTES),
    Need.RIGHT_CONSULTS: _right(StaffRight.ANSWER_CONSULTS),
    Need.RIGHT_JOURNAL: _right(StaffRight.WRITE_JOURNAL),
    Need.RIGHT_BILL: _right(StaffRight.BILL),
    Need.RIGHT_LOG: _right(StaffRight.READ_ACCESS_LOG),
    Need.RIGHT_EMERGENCY: _right(StaffRight.EMERGENCY_ACCESS),
    Need.RIGHT_MANAGE: _right(StaffRight.MANAGE_PRACTICE),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One permission: who, what, on which conditions and on which ground."""

    kind: DataKind
    use: Use
    audience: Audience
    needs: tuple[Need, ...]
    basis: str
    source: str


_ONLINE = (
    Need.LEVEL, Need.ENROLLED, Need.ONLINE_ALLOWED, Need.AGREEMENT, Need.RELEASED, Need.ONLINE_FACILITIES,
)  # fmt: skip
_RECORD_KINDS: dict[DataKind, tuple[Need, ...]] = {
    DataKind.EPISODES: (Need.GP_PRACTICE,),
    DataKind.JOURNAL: (Need.GP_PRACTICE,),
    DataKind.OBSERVATIONS: (Need.GP_PRACTICE,),
    DataKind.DOCUMENTS: (Need.GP_PRACTICE,),
    DataKind.ALLERGIES: (Need.ALLERGIES_ON,),
    DataKind.MEDICATION: (Need.MEDICATION_ON,),
}
_PERSONAL: dict[Audience, tuple[Need, ...]] = {
    Audience.PATIENT: (),
    Audience.CHILD_12_TO_15: (),
    Audience.PARENT_UNDER_12: (Need.NOT_CLOSED,),
    Audience.PARENT_12_TO_15: (Need.NOT_CLOSED, Need.CHILD_CONSENT),
    Audience.HELPER: (Need.NOT_CLOSED,),
}
_OWN_STAFF = (Audience.OWN_GP, Audience.LOCUM, Audience.NURSE, Audience.ASSISTANT)
_CARE_STAFF = (*_OWN_STAFF, Audience.PHARMACY)
_ALL_STAFF = (*_CARE_STAFF, Audience.MANAGER)


def _patient_rows() -> list[Row]:
    rows = [
        Row(
            kind,
            Use.READ,
            audience,
            (*_ONLINE, *extra, *more),
            "patient reads own record",
            "Wabvpz 15d; R7, R14",
        )
        for kind, extra in _RECORD_KINDS.items()
        for audience, more in _PERSONAL.items()
    ]
    for audience, more in _PERSONAL.items():
        rows += [
            Row(DataKind.PROFILE, Use.READ, audience, (Need.LEVEL, *more), "own data", "AVG 15"),
            Row(DataKind.PROFILE, Use.CHANGE, audience, (Need.LEVEL, *more), "own data", "AVG 16"),
            Row(DataKind.AGREEMENT, Use.READ, audience, (Need.LEVEL, *more), "party to the agreement", "REQ 4"),
            Row(
                DataKind.AGREEMENT, Use.CHANGE, audience, (Need.LEVEL, Need.ENROLLED, *more),
                "party to the agreement", "REQ 4",
            ),
            Row(DataKind.RELEASE, Use.READ, audience, (Need.LEVEL, *more), "own request", "REQ 24, R6"),
            Row(
                DataKind.RELEASE, Use.CHANGE, audience, (Need.LEVEL, Need.ENROLLED, Need.AGREEMENT, *more),
                "own request", "REQ 24",
            ),
            # The right to ask does not end with the release; the item itself is read under its own kind.
            Row(DataKind.CORRECTIONS, Use.READ, audience, (Need.LEVEL, *more), "own request", "AVG 12, 16, 17"),
            Row(
                DataKind.CORRECTIONS, Use.CHANGE, audience, (Need.LEVEL, Need.ENROLLED, *more),
                "own request", "AVG 16, 17; BW 7:454 lid 2, 7:455",
            ),
            Row(DataKind.NOTICES, Use.READ, audience, (Need.LEVEL, *more), "own settings", "R15"),
            Row(DataKind.NOTICES, Use.CHANGE, audience, (Need.LEVEL, *more), "own settings", "R15"),
            *(
                Row(
                    DataKind.RESULT_WISHES, use, audience, (Need.LEVEL, Need.ENROLLED, Need.GP_PRACTICE, *more),
                    "own settings", "ux 32; BW 7:448",
                )
                for use in Use
            ),
        ]  # fmt: skip
        rows += [
            Row(DataKind.RECORD_EXPORT, use, audience, (*_ONLINE, *more), "saves own record", "Wabvpz 15d; REQ 10; R14")
            for use in Use
        ]
    for audience in (Audience.PATIENT, Audience.CHILD_12_TO_15):
        rows.append(Row(DataKind.ACCESS_LOG, Use.READ, audience, (Need.LEVEL,), "who looked", "Wabvpz 15e; REQ 10"))
    rows.append(
        Row(
            DataKind.ACCESS_LOG, Use.READ, Audience.PARENT_UNDER_12, (Need.LEVEL, Need.NOT_CLOSED),
            "who looked", "Wabvpz 15e, 15g",
        )
    )  # fmt: skip
    return rows


def _staff_rows() -> list[Row]:
    care = "treatment relation"
    rows: list[Row] = []
    for audience in _CARE_STAFF:
        # A pharmacy for its own record: the desk reads requests of its own practice alone.
        read = (Need.ENROLLED, Need.RIGHT_READ)
        rows += [
            Row(DataKind.CORRECTIONS, Use.READ, audience, read, care, "AVG 16, 17; BW 7:454, 7:455"),
            Row(
                DataKind.CORRECTIONS, Use.CHANGE, audience, (*read, Need.RIGHT_RELEASE), care,
                "AVG 16, 17; BW 7:454, 7:455",
            ),
        ]  # fmt: skip
    for audience in _OWN_STAFF:
        read = (Need.ENROLLED, Need.RIGHT_READ)
        rows += [
            Row(DataKind.FULL_RECORD, Use.READ, audience, read, care, "BW 7:457 lid 2"),
            Row(DataKind.FULL_RECORD, Use.CHANGE, audience, read, care, "BW 7:454"),
            Row(
                DataKind.RELEASE, Use.READ, audience, (Need.ENROLLED, Need.RIGHT_RELEASE), care, "REQ 55"
            ),
            Row(
                DataKind.RELEASE, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_RELEASE), care, "REQ 54, 55"
            ),
            Row(
                DataKind.LAB_REPORTS, Use.READ, audience, (Need.ENROLLED, Need.RIGHT_READ, Need.RIGHT_PUBLISH), care,
                "BW 7:457 lid 2; REQ 62",
            ),
            Row(
                DataKind.LAB_REPORTS, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_READ, Need.RIGHT_PUBLISH), care,
                "REQ 62 to 64; R1, R2",
            ),
            Row(DataKind.DOCUMENTS, Use.READ, audience, read, care, "BW 7:457 lid 2; REQ 18"),
            Row(
                DataKind.DOCUMENTS, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_READ, Need.RIGHT_PUBLISH), care,
                "REQ 18, 65; R4",
            ),
            Row(
                DataKind.RESULT_WISHES, Use.READ, audience, (Need.ENROLLED, Need.RIGHT_PUBLISH), care,
                "ux 32; BW 7:448; REQ 62",
            ),
            Row(DataKind.RECORD_COPY, Use.READ, audience, (Need.ENROLLED, Need.RIGHT_COPY), care, "REQ 23, 66"),
            Row(DataKind.WORK_NOTES, Use.READ, audience, (Need.ENROLLED, Need.RIGHT_NOTES), care, "REQ 59"),
            Row(DataKind.WORK_NOTES, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_NOTES), care, "REQ 59"),
        ]  # fmt: skip
    rows += [
        Row(
            DataKind.MEDICATION, Use.READ, Audience.PHARMACY, (Need.ENROLLED, Need.RIGHT_READ), care,
            "BW 7:457 lid 2; REQ 79",
        ),
        Row(
            DataKind.ALLERGIES, Use.READ, Audience.PHARMACY, (Need.ENROLLED, Need.RIGHT_READ), care,
            "BW 7:457 lid 2; REQ 79",
        ),
        Row(
            DataKind.RELEASE, Use.READ, Audience.PHARMACY, (Need.ENROLLED, Need.RIGHT_RELEASE), care, "REQ 55, 79"
        ),
        Row(
            DataKind.RELEASE, Use.CHANGE, Audience.PHARMACY, (Need.ENROLLED, Need.RIGHT_RELEASE), care,
            "REQ 54, 55, 79",
        ),
        Row(
            DataKind.RECORD_COPY, Use.READ, Audience.PHARMACY, (Need.ENROLLED, Need.RIGHT_COPY), care,
            "REQ 23, 66, 79",
        ),
    ]  # fmt: skip
    for audience in _CARE_STAFF:
        acts = (Need.ENROLLED, Need.RIGHT_READ)
        rows += [
            Row(DataKind.ACTION_NOTES, Use.READ, audience, acts, care, "BW 7:457 lid 2; REQ 42"),
            Row(DataKind.ACTION_NOTES, Use.CHANGE, audience, acts, care, "BW 7:454; REQ 42"),
        ]
    for audience in _ALL_STAFF:
        rows += [
            Row(DataKind.PROFILE, Use.READ, audience, (Need.ENROLLED,), "administration of the practice", "BW 7:457"),
            Row(DataKind.PROFILE, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_INVITE), "administration", "REQ 2"),
            Row(DataKind.INVITATION, Use.READ, audience, (Need.ENROLLED,), "administration", "REQ 4"),
            Row(DataKind.INVITATION, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_INVITE), "invitation", "REQ 4"),
            Row(DataKind.AGREEMENT, Use.READ, audience, (Need.ENROLLED,), "party to the agreement", "REQ 4"),
            Row(DataKind.AGREEMENT, Use.CHANGE, audience, (Need.ENROLLED, Need.RIGHT_SIGN), "signs", "REQ 4"),
            Row(DataKind.ACCESS_LOG, Use.READ, audience, (Need.ENROLLED, Need.RIGHT_LOG), "control", "REQ 61, R13"),
        ]  # fmt: skip
    rows += [
        Row(
            DataKind.FULL_RECORD, Use.READ, Audience.OTHER_PRACTICE, (Need.EMERGENCY, Need.RIGHT_EMERGENCY),
            "emergency access", "BW 7:457; security row 12",
        ),
        Row(
            DataKind.PROFILE, Use.READ, Audience.OTHER_PRACTICE, (Need.EMERGENCY, Need.RIGHT_EMERGENCY),
            "emergency access", "BW 7:457; security row 12",
        ),
    ]  # fmt: skip
    return rows


def _consult_rows() -> list[Row]:
    """A question needs no released record: it is asked of the practice, about whatever the patient writes."""
    asks = (Need.LEVEL, Need.ENROLLED, Need.CONSULT_ON)
    answers = (Need.ENROLLED, Need.RIGHT_CONSULTS)
    rows = [
        Row(DataKind.CONSULTS, use, audience, (*asks, *more), "patient asks the practice", "REQ 8, 28 to 32; R14")
        for use in Use
        for audience, more in _PERSONAL.items()
    ]
    return rows + [
        Row(DataKind.CONSULTS, use, audience, answers, "treatment relation", "BW 7:457 lid 2; REQ 41, 42")
        for use in Use
        for audience in _CARE_STAFF  # a pharmacy its own questions: the desk opens those of its own practice alone
    ]


def _journal_rows() -> list[Row]:
    """Writing in a record, by hand or from a question; who writes also reads what stands there."""
    writes = (Need.ENROLLED, Need.RIGHT_READ, Need.RIGHT_JOURNAL)
    return [
        Row(DataKind.JOURNAL, Use.CHANGE, audience, writes, "treatment relation", "BW 7:454 lid 1; REQ 29, 43, 44; R12")
        for audience in _OWN_STAFF
    ]


def _billing_rows() -> list[Row]:
    """Time is of who answers; a declaration of who bills, a manager too: it holds no medical text."""
    times, bills = (Need.ENROLLED, Need.RIGHT_CONSULTS), (Need.ENROLLED, Need.RIGHT_BILL)
    rows = [
        Row(DataKind.CONTACT_TIME, use, audience, times, "administration of the practice", "REQ 50; Wmg 35")
        for use in Use
        for audience in _OWN_STAFF
    ]
    return rows + [
        Row(DataKind.DECLARATIONS, use, audience, bills, "administration of the practice", "REQ 50; Wmg 35; BW 7:461")
        for use in Use
        for audience in (*_OWN_STAFF, Audience.MANAGER)
    ]


def _system_rows() -> list[Row]:
    task = "task on behalf of the practice"
    return [
        Row(
            DataKind.FULL_RECORD,
            Use.CHANGE,
            Audience.SYSTEM,
            (),
            task,
            "import of the practice's own dossier",
        ),
        Row(DataKind.LAB_REPORTS, Use.CHANGE, Audience.SYSTEM, (), task, "reports that come in or are due; REQ 62"),
        Row(DataKind.DOCUMENTS, Use.CHANGE, Audience.SYSTEM, (), task, "letters that come in, virus check; REQ 18"),
        Row(
            DataKind.CONSULTS,
            Use.CHANGE,
            Audience.SYSTEM,
            (),
            task,
            "late answers, ends, planned texts; REQ 31, 33, 34",
        ),
        Row(DataKind.RESULT_WISHES, Use.READ, Audience.SYSTEM, (), task, "ux 32: before a planned result is shown"),
        Row(DataKind.PROFILE, Use.READ, Audience.SYSTEM, (), task, "import, notices"),
        Row(DataKind.PROFILE, Use.CHANGE, Audience.SYSTEM, (), task, "import of the practice's own dossier"),
        Row(DataKind.NOTICES, Use.READ, Audience.SYSTEM, (), task, "REQ 9"),
        Row(DataKind.RECORD_EXPORT, Use.CHANGE, Audience.SYSTEM, (), task, "removes what expired or failed; row 45"),
    ]


def _indexed(rows: list[Row]) -> dict[tuple[DataKind, Use, Audience], Row]:
    table = {(row.kind, row.use, row.audience): row for row in rows}
    if len(table) != len(rows):
        raise AssertionError("two rows for one cell")
    return table


TABLE = _indexed(
    [*_patient_rows(), *_staff_rows(), *_consult_rows(), *_journal_rows(), *_billing_rows(), *_system_rows()]
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
