"""Laboratory reports of the demo: one that the patient reads, two that wait in the inbox, and template letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.demo_record import NHG_45
from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.kernel.clock import local_date

_LABORATORY = "Laboratorium Lindeland"
# code, title, unit, low, high, value, flag
_KIDNEY = (
    ("3583", "Nierfunctie (eGFR)", "mL/min/1,73m2", "60", None, "64", ""),
    ("523", "Kreatinine", "umol/L", "49", "90", "86", ""),
    ("352", "Kalium", "mmol/L", "3.5", "5.0", "5.2", "H"),
)
_SUGAR = (
    ("3208", "Glucose nuchter", "mmol/L", "4.0", "6.0", "6.1", "H"),
    ("542", "LDL-cholesterol", "mmol/L", None, "3.0", "2.7", ""),
    ("376", "Hemoglobine", "mmol/L", "7.5", "10.0", "8.5", ""),
)
_URGENT = (("352", "Kalium", "mmol/L", "3.5", "5.0", "6.4", "HH"),)
_CONCLUSION = (
    "Uw nieren werken goed. De waarde van kalium is een klein beetje hoger dan gewoon. Dat is niet gevaarlijk."
)
_ADVICE = (
    "U hoeft niets te veranderen aan uw medicijnen. Laat over 3 maanden opnieuw bloed prikken. Bel ons in januari."
)
_LETTERS = (
    (
        "Alles is goed", "De uitslag van uw bloedonderzoek van {datum} is goed. Er is niets bijzonders gevonden.",
        "U hoeft verder niets te doen.",
    ),
    (
        "Nog een keer prikken", "Een waarde van uw bloedonderzoek van {datum} is een beetje anders dan gewoon.",
        "Laat over 6 weken opnieuw bloed prikken. Bel {telefoon} voor een afspraak.",
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where and when: the practice, its doctor's account, the doctor, and the moment of the demo."""

    practice: int
    account: int
    doctor: int
    now: datetime


def add_lab_reports(link: Connection[Any], place: Place, main: int, urgent: int) -> None:
    """A report that `main` reads, one of hers that is new, and one of `urgent` that cannot wait."""
    for title, conclusion, advice in _LETTERS:
        insert_one(
            link, "record_replytemplate", practice_id=place.practice, title=title, conclusion=conclusion, advice=advice
        )  # fmt: skip
    published = _report(link, place, main, 3, _KIDNEY, published=True)
    insert(link, "record_observation", [_observation(place, main, published, values) for values in _KIDNEY])
    _inbox(link, place, main, _report(link, place, main, 1, _SUGAR), is_urgent=False)
    _inbox(link, place, urgent, _report(link, place, urgent, 0, _URGENT), is_urgent=True)


def add_waiting_report(link: Connection[Any], place: Place, person: int) -> None:
    """One more report that waits in the inbox."""
    _inbox(link, place, person, _report(link, place, person, 2, _KIDNEY), is_urgent=False)


def _report(
    link: Connection[Any], place: Place, person: int, days_ago: int, rows: tuple[Any, ...], *, published: bool = False
) -> int:
    reported = place.now - timedelta(days=days_ago, hours=2)
    number = f"L26-{4100 + days_ago}"
    report = insert_one(
        link, "record_labreport", practice_id=place.practice, patient_id=person, laboratory=_LABORATORY,
        report_number=number, digest=sha256(f"{person}{number}".encode()).hexdigest(),
        requested_by_name="dr. J. de Wit", requested_by_agb="", account_id=place.account,
        sampled_at=reported - timedelta(days=1), reported_at=reported,
        status="final", remark="", state="published" if published else "new", revision=int(published),
        conclusion=_CONCLUSION if published else "", advice=_ADVICE if published else "", is_upsetting=False,
        decided_at=place.now - timedelta(days=2) if published else None,
        decided_by_id=place.doctor if published else None,
        published_at=place.now - timedelta(days=2) if published else None,
    )  # fmt: skip
    insert(
        link,
        "record_labresult",
        [
            {
                "practice_id": place.practice, "patient_id": person, "report_id": report, "position": position,
                "group_title": "Klinische chemie", "code_system": NHG_45, "code": code, "title": title,
                "value_number": value, "value_comparator": "", "value_text": "", "unit": unit, "unit_code": "",
                "reference_low": low, "reference_high": high, "reference_text": "", "flag": flag, "status": "final",
                "remark": "", "shared": published,
            }
            for position, (code, title, unit, low, high, value, flag) in enumerate(rows, start=1)
        ],
    )  # fmt: skip
    return report


def _observation(place: Place, person: int, report: int, values: tuple[Any, ...]) -> dict[str, Any]:
    code, title, unit, low, high, value, flag = values
    return {
        "patient_id": person, "practice_id": place.practice, "lab_report_id": report, "author_name": _LABORATORY,
        "author_role": "", "visible_to_patient": True, "hidden_reason": "", "category": "laboratory",
        "code_system": NHG_45, "code": code, "title": title, "value_number": value, "value_comparator": "",
        "value_text": "", "unit": unit, "reference_low": low, "reference_high": high, "reference_text": "",
        "interpretation": flag, "status": "final", "remark": "",
        "observed_on": local_date(place.now - timedelta(days=4, hours=2)),
    }  # fmt: skip


def _inbox(link: Connection[Any], place: Place, person: int, report: int, *, is_urgent: bool) -> None:
    insert_one(
        link, "worklist_workitem", practice_id=place.practice, person_id=person, account_id=place.account,
        kind="lab_report", about_id=report, for_right="publish_results", state="open", is_urgent=is_urgent,
        created_at=place.now,
    )  # fmt: skip
