"""How fast the desk's inbox of questions is at one practice with very many threads: lists, filters, searches, counts.

    python -m bench.consult_inbox --threads 100000 --rounds 20

A world of one practice with 2,500 patients, and as many threads with two texts of ordinary Dutch words each, copied
in; one in fifty waits, or all with `--waiting 100`. Each list runs as the desk's database role, wall included.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from bench.wall import _as_role, _employee, _set_up
from bench.worlds import FOLDER, ensure_world, start_server
from zorgbalie.config.database.embedded import OWNER, EmbeddedServer

SIZE = (1, 2500)
# Words of very different frequency: the first ones are in every second text, the last ones in one of thousands.
_COMMON = ["pijn", "last", "klachten", "medicijnen", "afspraak", "recept", "vraag", "huisarts", "week", "dagen"]
_PLACES = ("hoest", "knie", "rug", "oor", "huid", "buik", "hoofd", "voet", "borst", "keel")
_TROUBLES = ("pijn", "klacht", "uitslag", "jeuk", "kramp", "wond", "zwelling", "druk")
_RARE = [f"{place}{trouble}" for place in _PLACES for trouble in _TROUBLES]
_RAREST = ["eczeem", "gordelroos", "jicht", "migraine", "prednison", "metformine"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the inbox of questions is.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data folder of the benches' server")
    parser.add_argument("--threads", type=int, default=100_000)
    parser.add_argument("--waiting", type=int, default=2, help="per cent of the threads that waits for the practice")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    server = start_server(arguments.folder)
    try:
        database = ensure_world(server, SIZE)
        _fill(server, database, arguments.threads, arguments.waiting)
        _set_up(server, database)
        print(f"\n{arguments.threads:,} threads, {arguments.waiting} % waiting; {arguments.rounds} rounds, ms\n")
        print(f"{'list':46} {'fastest':>8} {'p50':>8} {'p95':>8} {'statements':>11} {'rows':>6}")
        for name, call in _scenarios():
            _measure(name, call, arguments.rounds)
    finally:
        server.stop()


def _fill(server: EmbeddedServer, database: str, threads: int, waiting: int) -> None:
    """Threads in place of those that are there; fixed by the seed, so that two runs measure the same."""
    chance = random.Random(threads)
    now = datetime.now(tz=UTC).replace(microsecond=0)
    with psycopg.connect(server.url(role=OWNER, database=database)) as link:
        link.execute(
            "TRUNCATE consult_consult, consult_consultmessage, consult_consultnote, consult_consultattachment,"
            " consult_consultattachmentcontent, consult_consultpresence CASCADE"
        )
        link.execute("DELETE FROM worklist_workitem WHERE kind = 'consult'")
        (practice,) = link.execute("SELECT id FROM practice_practice WHERE kind = 'gp' ORDER BY id LIMIT 1").fetchone()
        people = [pk for (pk,) in link.execute(
            "SELECT person_id FROM practice_enrolment WHERE practice_id = %s AND ended_at IS NULL", [practice]
        )]  # fmt: skip
        accounts = [pk for (pk,) in link.execute("SELECT id FROM practice_account WHERE practice_id = %s", [practice])]
        (employee,) = link.execute(
            "SELECT id FROM practice_employee WHERE practice_id = %s ORDER BY id LIMIT 1", [practice]
        ).fetchone()
        rows = [_thread(chance, number, waiting, now, people, accounts) for number in range(1, threads + 1)]
        _copy(link, "consult_consult", "id practice_id patient_id asked_by_id addressed_name about_kind about_id"
              " about_title subject draft_text state with_account_id revision changed_by_name changed_at sent_at"
              " answer_by",
              ((one["id"], practice, one["patient"], one["patient"], "", "", 0, "", one["subject"], "", one["state"],
                one["account"], 4, "", one["changed"], one["sent"], one["promise"]) for one in rows))  # fmt: skip
        _copy(link, "consult_consultmessage", "id consult_id practice_id patient_id author_kind author_person_id"
              " author_employee_id author_name text token sent_at",
              ((one["id"] * 2 + side, one["id"], practice, one["patient"], "staff" if side else "patient",
                None if side else one["patient"], employee if side else None, "Bench", _text(chance),
                UUID(int=chance.getrandbits(128)), one["sent"]) for one in rows for side in (0, 1)))  # fmt: skip
        _copy(link, "worklist_workitem", "practice_id account_id person_id kind about_id for_right state is_urgent"
              " created_at due_at",
              ((practice, one["account"], one["patient"], "consult", one["id"], "answer_consults", "open",
                chance.random() < 0.02, one["sent"], one["promise"])
               for one in rows if one["state"] in ("sent", "with_doctor")))  # fmt: skip
        link.commit()
        link.autocommit = True
        link.execute("VACUUM ANALYZE consult_consult, consult_consultmessage, worklist_workitem")


def _thread(
    chance: random.Random, number: int, waiting: int, now: datetime, people: list[int], accounts: list[int]
) -> dict[str, Any]:
    waits = chance.randrange(100) < waiting
    sent = now - timedelta(minutes=chance.randrange(4 * 24 * 60 if waits else 700 * 24 * 60))
    at_doctor = chance.random() < 0.4
    state = ("with_doctor" if at_doctor else "sent") if waits else chance.choice(["answered", "closed", "closed"])
    return {
        "id": number, "patient": chance.choice(people), "subject": chance.choice(_RARE), "state": state, "sent": sent,
        "promise": sent + timedelta(days=2), "changed": sent + timedelta(hours=3),
        "account": chance.choice(accounts) if at_doctor else None,
    }  # fmt: skip


def _text(chance: random.Random) -> str:
    words = chance.choices(_COMMON, k=12) + chance.choices(_RARE, k=4)
    if chance.random() < 0.002:
        words.append(chance.choice(_RAREST))
    chance.shuffle(words)
    return f"Ik heb {' '.join(words)}. Wat kan ik doen?"


def _copy(link: psycopg.Connection[Any], table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with link.cursor().copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _scenarios() -> Iterator[tuple[str, Callable[[Any], Any]]]:
    from zorgbalie.consult.queries.inbox import count_inbox, list_inbox
    from zorgbalie.consult.types import InboxFilter, InboxSort, InboxState, InboxWith
    from zorgbalie.kernel.clock import current_moment
    from zorgbalie.practice.models import Account

    now = current_moment()
    everything, account = InboxState.ALL, Account.objects.order_by("pk").values_list("pk", flat=True).first()

    def shown(page: int = 1, **wanted: Any) -> Callable[[Any], Any]:
        return lambda viewer: list_inbox(viewer=viewer, wanted=InboxFilter(**wanted), page=page, now=now).listing.rows

    yield "what waits", shown()
    yield "what waits, last page that is shown", shown(page=40)
    yield "what waits, by age", shown(sort=InboxSort.AGE)
    yield "what waits, by name", shown(sort=InboxSort.NAME)
    yield "what waits, of nobody", shown(lies_with=InboxWith.NOBODY)
    yield "what waits, with a doctor", shown(account_id=account)
    yield "what waits, mine", shown(lies_with=InboxWith.ME)
    yield "what waits, urgent", shown(only_urgent=True)
    yield "closed", shown(state=InboxState.CLOSED)
    yield "closed, last page that is shown", shown(state=InboxState.CLOSED, page=40)
    yield "all", shown(state=everything)
    yield "all, by age", shown(state=everything, sort=InboxSort.AGE)
    yield "all, by name", shown(state=everything, sort=InboxSort.NAME)
    yield (
        "all, of one week",
        shown(
            state=everything,
            sent_from=(now - timedelta(days=200)).date(),
            sent_until=(now - timedelta(days=193)).date(),
        ),
    )
    yield "search: eczeem (one in 6,000 texts)", shown(state=everything, search="eczeem")
    yield "search: hoestpijn (one in 20)", shown(state=everything, search="hoestpijn")
    yield "search: pijn (two of three)", shown(state=everything, search="pijn")
    yield "search: pijn recept week", shown(state=everything, search="pijn recept week")
    yield "search: name, jansen", shown(state=everything, search="jansen")
    yield "search: name and word, jansen eczeem", shown(state=everything, search="jansen eczeem")
    yield "search: nothing has it", shown(state=everything, search="blindedarm")
    yield "search in what waits: hoestpijn", shown(search="hoestpijn")
    yield "counts", lambda viewer: [count_inbox(viewer=viewer, now=now)]


def _measure(name: str, call: Callable[[Any], Any], rounds: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zorgbalie.access.unit_of_work import unit_of_work

    viewer = _employee("huisarts1")
    times, statements, rows = [], 0, 0
    for number in range(rounds + 1):
        with _as_role("zorgbalie_desk"), unit_of_work(viewer) as scope:
            began = time.perf_counter()
            if number:
                rows = len(call(viewer))
                times.append((time.perf_counter() - began) * 1000)
            else:
                with CaptureQueriesContext(connection) as captured:
                    call(viewer)
                statements = len(captured)
            scope.lines.clear()
    times.sort()
    p95 = times[max(0, round(len(times) * 0.95) - 1)]
    print(f"{name:46} {times[0]:8.1f} {statistics.median(times):8.1f} {p95:8.1f} {statements:11} {rows:6}", flush=True)


if __name__ == "__main__":
    main()
