"""Rows of staff: the own practice, the pharmacy, managers, emergency access. Pure."""

from zorgbalie.access.policy.needs import Need
from zorgbalie.access.policy.row import ALL_STAFF, CARE_STAFF, OWN_STAFF, Row
from zorgbalie.access.types import Audience, DataKind, Use


def staff_rows() -> list[Row]:
    """What staff read and do at the desk, by role and right."""
    care = "treatment relation"
    rows: list[Row] = []
    for audience in CARE_STAFF:
        # A pharmacy for its own record: the desk reads requests of its own practice alone.
        read = (Need.ENROLLED, Need.RIGHT_READ)
        rows += [
            Row(DataKind.CORRECTIONS, Use.READ, audience, read, care, "AVG 16, 17; BW 7:454, 7:455"),
            Row(
                DataKind.CORRECTIONS, Use.CHANGE, audience, (*read, Need.RIGHT_RELEASE), care,
                "AVG 16, 17; BW 7:454, 7:455",
            ),
        ]  # fmt: skip
    for audience in OWN_STAFF:
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
    for audience in CARE_STAFF:
        acts = (Need.ENROLLED, Need.RIGHT_READ)
        rows += [
            Row(DataKind.ACTION_NOTES, Use.READ, audience, acts, care, "BW 7:457 lid 2; REQ 42"),
            Row(DataKind.ACTION_NOTES, Use.CHANGE, audience, acts, care, "BW 7:454; REQ 42"),
        ]
    for audience in ALL_STAFF:
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
