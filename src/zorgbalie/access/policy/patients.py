"""Rows of patients and of who acts for them. Pure."""

from zorgbalie.access.policy.needs import Need
from zorgbalie.access.policy.row import ONLINE, PERSONAL, RECORD_KINDS, Row
from zorgbalie.access.types import Audience, DataKind, Use


def patient_rows() -> list[Row]:
    """What patients, parents and helpers read and do at the portal."""
    rows = [
        Row(
            kind,
            Use.READ,
            audience,
            (*ONLINE, *extra, *more),
            "patient reads own record",
            "Wabvpz 15d; R7, R14",
        )
        for kind, extra in RECORD_KINDS.items()
        for audience, more in PERSONAL.items()
    ]
    for audience, more in PERSONAL.items():
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
            Row(DataKind.RECORD_EXPORT, use, audience, (*ONLINE, *more), "saves own record", "Wabvpz 15d; REQ 10; R14")
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
