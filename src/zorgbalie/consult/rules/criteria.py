"""Criteria of a selection as they are stored and as the database is asked: pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zorgbalie.consult.types import Criteria
from zorgbalie.kernel.clock import months_before
from zorgbalie.kernel.ids import AccountId


def values_of(*, wanted: Criteria) -> dict[str, Any]:
    """Plain values for the table and the log; what asks nothing is absent."""
    found = {
        "age_from": wanted.age_from,
        "age_until": wanted.age_until,
        "sex": wanted.sex,
        "account": wanted.account_id,
        "uses_portal": wanted.uses_portal,
        "icpc": list(wanted.icpc),
        "medicine": wanted.medicine,
        "measured": wanted.measured,
        "measured_before": wanted.measured_before.isoformat() if wanted.measured_before else "",
        "contact_before": wanted.contact_before.isoformat() if wanted.contact_before else "",
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def criteria_of(*, values: Mapping[str, Any]) -> Criteria:
    """Criteria as they were stored."""
    return Criteria(
        age_from=values.get("age_from"),
        age_until=values.get("age_until"),
        sex=values.get("sex", ""),
        account_id=AccountId(values["account"]) if values.get("account") else None,
        uses_portal=values.get("uses_portal"),
        icpc=tuple(values.get("icpc", ())),
        medicine=values.get("medicine", ""),
        measured=values.get("measured", ""),
        measured_before=_day(values.get("measured_before")),
        contact_before=_day(values.get("contact_before")),
    )


def question_of(*, wanted: Criteria, today: date) -> tuple[object, ...]:
    """The arguments of the database's function, in its order."""
    return (
        today,
        # Who is 40 until and including 49 was born in the ten years that end on this day 40 years ago.
        _years_before(today, wanted.age_until + 1, days=1) if wanted.age_until is not None else None,
        _years_before(today, wanted.age_from) if wanted.age_from is not None else None,
        wanted.sex or None,
        wanted.account_id,
        list(wanted.icpc) or None,
        wanted.medicine or None,
        wanted.measured or None,
        wanted.measured_before,
        wanted.contact_before,
        wanted.uses_portal,
    )


def _years_before(day: date, years: int, days: int = 0) -> date:
    found = months_before(day, years * 12)
    return date.fromordinal(found.toordinal() + days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
