"""The access log of the large world with its seals, as lines for COPY. Pure; each part goes on where one ended.

A seal covers the one before it, so these parts are made one after another, and beside them the patients.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from zorgbalie.audit import chain
from zorgbalie.config.seeding.large_plan import LOG_LINES, Plan, has_released_record

_FORM = 1
EVENT_COLUMNS = " ".join(chain.FORMS[_FORM])
SEAL_COLUMNS = "number event_id digest form sealed_at"
_SPREAD = timedelta(days=720)
_RECORD = ("record.read", "R", "full_record")
# Per round over all patients: who (GP, assistant, pharmacy, patient), and what (event, action, kind).
_ROUNDS = (
    ("gp", _RECORD), ("assistant", ("patient.read", "R", "profile")), ("gp", _RECORD), ("patient", _RECORD),
    ("gp", ("release.preview", "R", "release")), ("patient", ("home.read", "R", "profile")), ("gp", _RECORD),
    ("pharmacy", ("record.read", "R", "medication")), ("assistant", ("patient.list", "R", "profile")),
    ("patient", _RECORD),
)  # fmt: skip
assert len(_ROUNDS) == LOG_LINES  # noqa: S101  (two constants that belong together)


@dataclass(frozen=True, slots=True)
class LogPart:
    """Lines of the log and of its seals, and the digest with which the next part goes on."""

    events: bytes
    seals: bytes
    digest: bytes
    end: int


def log_part(plan: Plan, first: int, end: int, digest: bytes) -> LogPart:
    """The lines from `first` up to `end` (numbers from 0); `digest` is the one before."""
    events, seals = [], []
    midnight = datetime.combine(plan.today, time(), tzinfo=UTC)
    begin, step = midnight - _SPREAD, _SPREAD / (plan.total * LOG_LINES)
    sealed_text = midnight.isoformat()
    for place in range(first, end):
        values = _values(plan, place, begin + step * place)
        digest = chain.next_digest(previous=digest, number=place + 1, sealed_at=midnight, form=_FORM, values=values)
        events.append("\t".join(map(_text, values)))
        seals.append(f"{place + 1}\t{place + 1}\t\\\\x{digest.hex()}\t{_FORM}\t{sealed_text}")
    return LogPart(_sheet(events), _sheet(seals), digest, end)


def _sheet(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _values(plan: Plan, place: int, moment: datetime) -> list[object]:
    """The columns of one line in the order of its form."""
    index = plan.log_patient(place)
    practice = plan.practice_id(index)
    who, (event, action, kind) = _ROUNDS[place // plan.total]
    if who == "patient" and not has_released_record(index % plan.patients):
        who = "gp"
    if who == "pharmacy":
        practice = plan.pharmacy_id(practice)
    head = [place + 1, moment, f"{place:032x}", event, action, "0"]
    person = index + 1
    if who == "patient":
        user: list[object] = ["patient", f"person:{person}", f"Patiënt {person}", "patient", None, "", None, "PATRQT"]
        level, relation = "substantieel", "self"
    else:
        user, level, relation = _staff(plan, who, practice), "", "enrolled"
    about = [person, practice, kind, "", "", "large world", relation, "", False, {}, "zorgbalie", ""]
    return [*head, *user, level, "192.0.2.10", *about]


def _staff(plan: Plan, who: str, practice: int) -> list[object]:
    employee = plan.employee_id(practice, 2 if who == "assistant" else 1)
    role = {"gp": "gp", "assistant": "assistant", "pharmacy": "pharmacist"}[who]
    return ["staff", f"employee:{employee}", f"{who} {practice}", role, practice, f"Praktijk {practice}", None, "TREAT"]
