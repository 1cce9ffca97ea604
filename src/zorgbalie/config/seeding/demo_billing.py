"""Billing of the demo: switched on, made-up amounts for this year, and an answered question that is proposed."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.kernel.clock import local_date

_SOURCE = "Verzonnen bedrag, alleen voor de demo"
_AMOUNTS = (
    ("12010", "Consult korter dan 5 minuten", 0, 5, 650),
    ("12011", "Consult van 5 tot 20 minuten", 5, 20, 1300),
    ("12001", "Consult van 20 minuten en langer", 20, None, 2600),
)
_SPENT = 372


def add_billing(link: Connection[Any], place: Place) -> None:
    """After the questions: the first one that was answered was worked on, and is proposed."""
    insert_one(
        link, "billing_billingsettings", practice_id=place.practice, is_on=True, rounding="exact", confirmed_by="all",
        proposes_at_close=True, revision=1,
        patient_text="De praktijk kan voor een antwoord een rekening sturen naar uw verzekeraar."
        " Dat gaat niet van uw eigen risico af.",
    )  # fmt: skip
    year = local_date(place.now).year
    for code, description, low, high, cents in _AMOUNTS:
        insert_one(
            link, "billing_billingtariff", practice_id=place.practice, code=code, description=description,
            minutes_from=low, minutes_to=high, amount_cents=cents, valid_from=date(year - 1, 1, 1),
            valid_until=date(year, 12, 31), source=_SOURCE, loaded_by="", loaded_at=place.now,
        )  # fmt: skip
    found = link.execute(
        "SELECT c.id, c.patient_id, p.bsn, p.birth_date,"
        " concat_ws(' ', p.given_name, nullif(p.name_prefix, ''), p.family_name), e.name"
        " FROM consult_consult c JOIN people_person p ON p.id = c.patient_id, practice_employee e"
        " WHERE c.practice_id = %s AND c.state = 'answered' AND e.id = %s ORDER BY c.id LIMIT 1",
        [place.practice, place.doctor],
    ).fetchone()
    if found is not None:
        _declare(link, place, *found)


def _declare(
    link: Connection[Any], place: Place, source: int, patient: int, bsn: str, born: date, name: str, doctor: str
) -> None:
    day = local_date(place.now - timedelta(days=4))
    about = {"practice_id": place.practice, "patient_id": patient, "source_kind": "consult", "source_id": source}
    insert_one(
        link, "billing_timeentry", **about, employee_id=place.doctor, employee_name=doctor, day=day, seconds=_SPENT,
        token=uuid4(), revision=0, added_at=place.now,
    )  # fmt: skip
    code, description, _low, _high, cents = _AMOUNTS[1]
    claim = {"code": code, "seconds": _SPENT, "amount_cents": cents}
    row = insert_one(
        link, "billing_declaration", **about, **claim, line_kind="charge", is_credited=False, day=day,
        description=description, state="proposed", reason="", patient_name=name, birth_date=born, bsn=bsn or "",
        performer_name=doctor, confirmed_by_name="", revision=0, proposed_at=place.now,
    )  # fmt: skip
    insert_one(
        link, "billing_declarationevent", declaration_id=row, practice_id=place.practice, patient_id=patient,
        step="proposed", by_employee_id=place.doctor, by_name=doctor, reason="", at=place.now, **claim,
    )  # fmt: skip
