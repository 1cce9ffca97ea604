"""When the practices of the demo are open, by when De Linde answers, and a question that took too long."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.kernel.clock import AMSTERDAM, local_date
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS

_FRIDAY = 4
_DAY, _SHORT = [[480, 720], [780, 1020]], [[480, 750]]
_LINDE = [_DAY, _DAY, _SHORT, _DAY, _DAY, [], []]
_VIJZEL = [[[510, 1050]]] * 5 + [[[540, 780]], []]
_GRACHT = [_DAY] * 5 + [[], []]
_LATE = "Mijn recept voor de zalf is bijna op. Kan ik een nieuw recept krijgen?"


def add_opening(link: Connection[Any], practices: dict[str, int], today: date) -> None:
    """Hours for all three, a training day and a vacation for De Linde, and its answer times."""
    for key, week in (("linde", _LINDE), ("vijzel", _VIJZEL), ("gracht", _GRACHT)):
        # A list is an array for the driver; the week is one JSON value.
        link.execute(
            sql.SQL(
                "INSERT INTO practice_practiceopening (practice_id, week, holidays, revision) VALUES (%s, %s, %s, 1)"
            ),
            [practices[key], Jsonb(week), sorted(one.value for one in DEFAULT_HOLIDAYS)],
        )
    training, vacation = _weekday(today + timedelta(days=12)), _monday(today + timedelta(days=60))
    for name, first, last in (
        ("Nascholing", training, training),
        ("Vakantie", vacation, vacation + timedelta(days=11)),
    ):
        insert_one(
            link, "practice_practiceclosing", practice_id=practices["linde"], name=name, starts_on=first, ends_on=last
        )
    insert_one(
        link, "consult_consulttimes", practice_id=practices["linde"], days_practice=2, days_function=1, days_doctor=3,
        hour=16, cap_per_day=20, outside_hours="take", open_days=14, closed_from=None, closed_until=None,
        closed_text="", closed_phone="", sent_text="Op woensdagmiddag is er geen arts. Dan duurt het soms iets langer.",
        revision=1,
    )  # fmt: skip


def add_late_question(link: Connection[Any], place: Place, person: int) -> None:
    """A question to the practice of four days ago, which was promised for the day before yesterday."""
    sent = place.now - timedelta(days=4)
    broken, following = _at(place.now - timedelta(days=1)), _at(place.now + timedelta(days=2))
    name = link.execute(
        "SELECT concat_ws(' ', given_name, nullif(name_prefix, ''), family_name) FROM people_person WHERE id = %s",
        [person],
    ).fetchone()
    whose = {"practice_id": place.practice, "patient_id": person}
    thread = insert_one(
        link, "consult_consult", **whose, asked_by_id=person, addressed_name="", subject="Recept voor zalf",
        draft_text="", state="sent", revision=4, changed_by_name="", changed_at=sent, sent_at=sent,
        answer_by=following, about_kind="", about_id=0, about_title="", about_date=None, with_account_id=None,
    )  # fmt: skip
    insert_one(
        link, "consult_consultmessage", **whose, consult_id=thread, author_kind="patient", author_person_id=person,
        author_employee_id=None, author_name=name[0] if name else "", text=_LATE, token=uuid4(), sent_at=sent,
    )  # fmt: skip
    insert_one(link, "consult_consultslip", **whose, consult_id=thread, promised_at=broken, next_at=following)
    insert_one(
        link, "worklist_workitem", practice_id=place.practice, person_id=person, account_id=None, kind="consult",
        about_id=thread, for_right="answer_consults", state="open", is_urgent=True, created_at=sent, due_at=broken,
    )  # fmt: skip


def _at(moment: datetime) -> datetime:
    return datetime.combine(_weekday(local_date(moment)), time(12, 0), tzinfo=AMSTERDAM)


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > _FRIDAY else 0)


def _monday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7)
