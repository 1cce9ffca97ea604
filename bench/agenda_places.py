"""How fast free places are found, and whether that grows with what is booked in other weeks.

    python -m bench.agenda_places --doctors 20 --years 5 --rounds 20

One practice with 2,500 patients and as many agendas as asked, each open on working days from 8 to 17 in places of ten
minutes. Measured twice over the same coming twelve weeks, of which six in ten places are taken: first with nothing
else booked, then with years of appointments before and after. The question: the number of statements is fixed, and
the time is that of the twelve weeks alone. Runs as the portal's database role, wall included.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.wall import _as_role, _patient, _set_up
from bench.worlds import FOLDER, ensure_world, start_server
from zorgbalie.agenda.types.places import numbers_of
from zorgbalie.config.database.embedded import OWNER, EmbeddedServer
from zorgbalie.kernel.clock import current_moment, local_date, moment_of

SIZE = (1, 2500)
WEEKS = 12
_OPENS, _SHUTS, _STEP, _WORKING_DAYS = 8 * 60, 17 * 60, 10, 5
_PATIENT = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast free places are found.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data folder of the benches' server")
    parser.add_argument("--doctors", type=int, default=20)
    parser.add_argument("--years", type=int, default=5, help="of appointments before and after the twelve weeks")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    server = start_server(arguments.folder)
    try:
        database = ensure_world(server, SIZE)
        agendas, kind = _open_agendas(server, database, arguments.doctors)
        _set_up(server, database)
        today = local_date(current_moment())
        print(f"{'search':50} {'fastest':>8} {'p50':>8} {'p95':>8} {'statements':>11} {'claims':>10}")
        claims = _fill(server, database, agendas, today, today + timedelta(weeks=WEEKS))
        _measure("nothing in other weeks", kind, arguments.rounds, claims)
        span = timedelta(days=365 * arguments.years)
        claims += _fill(server, database, agendas, today - span, today - timedelta(days=1))
        claims += _fill(server, database, agendas, today + timedelta(weeks=WEEKS, days=1), today + span)
        _measure(f"{arguments.years} years before and after", kind, arguments.rounds, claims)
    finally:
        server.stop()


def _open_agendas(server: EmbeddedServer, database: str, doctors: int) -> tuple[list[int], int]:
    """Agendas in place of those that are there; returns their numbers and that of the kind."""
    with psycopg.connect(server.url(role=OWNER, database=database)) as link:
        link.execute("TRUNCATE agenda_agenda, agenda_appointmentkind CASCADE")
        link.execute("TRUNCATE practice_practiceclosing")
        (practice,) = _one(link, "SELECT practice_id FROM practice_enrolment e JOIN practice_practice p"
                           " ON p.id = practice_id WHERE person_id = %s AND p.kind = 'gp'", _PATIENT)  # fmt: skip
        (kind,) = _one(
            link, "INSERT INTO agenda_appointmentkind (practice_id, name, description, with_whom, minutes, mode, room,"
            " bring, how, is_online, hours_before, days_ahead, cancel_hours, most_per_patient, min_age, position,"
            " is_active, revision) VALUES (%s, '1 klacht', '', '', 10, 'practice', '', '', '', true, 0, 84, 24, 1, 0,"
            " 0, true, 0) RETURNING id", practice,
        )  # fmt: skip
        agendas = []
        for number in range(doctors):
            (agenda,) = _one(
                link, "INSERT INTO agenda_agenda (practice_id, name, function, urgent_reserve, release_plan,"
                " days_ahead, position, is_active, revision) VALUES (%s, %s, 'huisarts', 5, 'staggered', 84, %s, true,"
                " 0) RETURNING id", practice, f"dr. {number}", number,
            )  # fmt: skip
            agendas.append(agenda)
            for weekday in range(_WORKING_DAYS):
                (block,) = _one(
                    link, "INSERT INTO agenda_weekblock (practice_id, agenda_id, weekday, starts, ends, step,"
                    " valid_from, every_weeks, is_online) VALUES (%s, %s, %s, %s, %s, %s, '2020-01-01', 1, true)"
                    " RETURNING id", practice, agenda, weekday, _OPENS, _SHUTS, _STEP,
                )  # fmt: skip
                link.execute(
                    "INSERT INTO agenda_weekblock_kinds (weekblock_id, appointmentkind_id) VALUES (%s, %s)",
                    [block, kind],
                )
        link.commit()
    return agendas, kind


def _fill(server: EmbeddedServer, database: str, agendas: list[int], first: date, until: date) -> int:
    """Take six in ten places of each working day; returns how many claims that are."""
    chance, count = random.Random(first.toordinal()), 0
    with psycopg.connect(server.url(role=OWNER, database=database)) as link:
        (practice,) = _one(link, "SELECT practice_id FROM agenda_agenda WHERE id = %s", agendas[0])
        statement = "COPY agenda_claim (practice_id, agenda_id, place) FROM STDIN"
        with link.cursor().copy(statement) as copy:
            for agenda, lower, upper in _taken(chance, agendas, first, until):
                copy.write_row((practice, agenda, f"[{lower},{upper})"))
                count += 1
        link.commit()
        link.autocommit = True
        link.execute(sql.SQL("VACUUM ANALYZE agenda_claim"))
    return count


def _taken(chance: random.Random, agendas: list[int], first: date, until: date) -> Iterator[tuple[int, int, int]]:
    days = [first + timedelta(days=number) for number in range((until - first).days + 1)]
    for day in days:
        if day.weekday() >= _WORKING_DAYS:
            continue
        for minutes in range(_OPENS, _SHUTS, _STEP):
            starts_at = moment_of(day=day, minutes=minutes)
            if starts_at is None:
                continue
            ends_at = starts_at + timedelta(minutes=_STEP)
            for agenda in agendas:
                if chance.random() < 0.6:
                    yield agenda, *numbers_of(agenda_id=agenda, starts_at=starts_at, ends_at=ends_at)


def _measure(name: str, kind: int, rounds: int, claims: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zorgbalie.access.unit_of_work import unit_of_work

    viewer, search = _patient(_PATIENT), _search(kind)
    times, statements = [], 0
    for number in range(rounds + 1):
        with _as_role("zorgbalie_portal"), unit_of_work(viewer) as scope:
            began = time.perf_counter()
            if number:
                search(viewer)
                times.append((time.perf_counter() - began) * 1000)
            else:
                with CaptureQueriesContext(connection) as captured:
                    search(viewer)
                statements = len(captured)
            scope.lines.clear()
    times.sort()
    p95 = times[max(0, round(len(times) * 0.95) - 1)]
    print(
        f"{name:50} {times[0]:8.1f} {statistics.median(times):8.1f} {p95:8.1f} {statements:11} {claims:10,}", flush=True
    )


def _search(kind: int) -> Callable[[Any], Any]:
    from zorgbalie.agenda.queries.patient import find_places
    from zorgbalie.agenda.types import AppointmentKindId

    now = current_moment()
    return lambda viewer: find_places(
        viewer=viewer, kind_id=AppointmentKindId(kind), day=local_date(now) + timedelta(days=7), now=now
    )


def _one(link: psycopg.Connection[Any], statement: str, *values: object) -> tuple[Any, ...]:
    row = link.execute(statement, values).fetchone()  # type: ignore[call-overload]  # a literal, put together above
    if row is None:
        raise SystemExit("this world has no such patient: remove the folder of the bench and start again")
    return tuple(row)


if __name__ == "__main__":
    main()
