"""What row-level security costs: the statements of real pages, with the wall and without it.

Each scenario calls the queries that a page calls, in the database role of its face, and keeps the SQL. Then each
statement runs again, in turn as that role (policies hold) and as the owner of the tables (they do not), and the
fastest rounds are compared. The same on a world with one practice shows whether cost grows with patients of others.

    python -m bench.wall --world 100x2500 --compare 1x2500
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.worlds import FOLDER, SECRET_KEY, ensure_world, parse_size, start_server
from zorgbalie.config.database.embedded import OWNER, EmbeddedServer

_SKIPPED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ROLE", "RESET", "SELECT set_config")


@dataclass
class Scenario:
    """One page's reads by one viewer, and the statements that came of it."""

    name: str
    role: str
    viewer: Any
    call: Callable[[Any], object]
    statements: list[str] = field(default_factory=list)


@dataclass
class Cost:
    """Milliseconds of one statement, with the wall and without."""

    statement: str
    with_wall: float
    without: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What row-level security costs.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data folder of the benches' server")
    parser.add_argument("--world", type=parse_size, default=(10, 2500), metavar="PxN")
    parser.add_argument("--compare", type=parse_size, metavar="PxN", help="a second world of another size")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--slowest", type=int, default=0, help="show the plans of the so many costliest statements")
    arguments = parser.parse_args()
    server = start_server(arguments.folder)
    try:
        for size in filter(None, (arguments.world, arguments.compare)):
            _measure_world(server, size, arguments.rounds, arguments.slowest)
    finally:
        server.stop()


def _measure_world(server: EmbeddedServer, size: tuple[int, int], rounds: int, slowest: int) -> None:
    database = ensure_world(server, size)
    _set_up(server, database)
    print(f"\n{size[0]} practices with {size[1]} patients each; the fastest of {rounds} rounds, milliseconds\n")
    print(f"{'scenario':38} {'statements':>10} {'with wall':>10} {'without':>10} {'cost':>8}")
    costs = []
    for scenario in _scenarios():
        _capture(scenario)
        found = _compare(scenario, rounds)
        costs += found
        on, off = sum(c.with_wall for c in found), sum(c.without for c in found)
        print(f"{scenario.name:38} {len(found):>10} {on:>10.2f} {off:>10.2f} {on - off:>8.2f}")
    print(f"{'naming the viewer':38} {1:>10} {_naming_the_viewer(rounds):>10.2f}")
    for cost in sorted(costs, key=lambda c: c.without - c.with_wall)[:slowest]:
        print(f"\n{cost.with_wall:.2f} against {cost.without:.2f} ms:\n{cost.statement[:3000]}")


def _set_up(server: EmbeddedServer, database: str) -> None:
    os.environ["OWNER_DATABASE_URL"] = server.url(role=OWNER, database=database)
    os.environ["SECRET_KEY"] = SECRET_KEY
    os.environ["DJANGO_SETTINGS_MODULE"] = "zorgbalie.config.settings.migrate"
    import django
    from django.db import connections

    django.setup()
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = database


def _scenarios() -> Iterator[Scenario]:
    """The first patient (10,000 observations), an ordinary one, and the GP, assistant and manager of practice 1."""
    from zorgbalie.access.queries import access_log, patients
    from zorgbalie.audit.types import LogFilter
    from zorgbalie.kernel.clock import current_moment
    from zorgbalie.record.queries import patient_home, patient_record, release
    from zorgbalie.worklist import queries as worklist
    from zorgbalie.worklist.types import ItemFilter

    now = current_moment()
    portal, desk = "zorgbalie_portal", "zorgbalie_desk"
    heavy, ordinary, doctor, pharmacist = _patient(1), _patient(3), _employee("huisarts1"), _employee("apotheker")
    everything = {"wanted": LogFilter(), "page": 1, "now": now}
    listed = {"sort": "name", "page": 1, "now": now}
    choice = release.NO_CHOICE
    yield Scenario("portal: home", portal, ordinary, lambda v: patient_home.get_home(viewer=v, now=now))
    yield Scenario("portal: dossier", portal, ordinary, lambda v: patient_record.get_overview(viewer=v, now=now))
    yield Scenario(
        "portal: dossier, 10,000 values", portal, heavy, lambda v: patient_record.get_overview(viewer=v, now=now)
    )
    yield Scenario(
        "portal: contacts", portal, ordinary, lambda v: patient_record.list_contacts(viewer=v, now=now, page=1)
    )
    yield Scenario(
        "portal: values, 10,000 values", portal, heavy, lambda v: patient_record.list_values(viewer=v, now=now, page=1)
    )
    yield Scenario(
        "portal: log", portal, ordinary, lambda v: access_log.list_own_log(viewer=v, others_only=False, **everything)
    )
    yield Scenario("desk: patients", desk, doctor, lambda v: patients.list_patients(viewer=v, search="", **listed))
    yield Scenario(
        "desk: patients, searched", desk, doctor, lambda v: patients.list_patients(viewer=v, search="jans", **listed)
    )
    yield Scenario(
        "desk: patients of a pharmacy",
        desk,
        pharmacist,
        lambda v: patients.list_patients(viewer=v, search="jans", **listed),
    )
    yield Scenario("desk: patient", desk, doctor, lambda v: patients.get_patient(viewer=v, patient_id=3, now=now))
    yield Scenario(
        "desk: inbox", desk, doctor, lambda v: worklist.list_items(viewer=v, wanted=ItemFilter(), page=1, now=now)
    )
    yield Scenario(
        "desk: cockpit", desk, doctor, lambda v: release.get_cockpit(viewer=v, patient_id=7, choice=choice, now=now)
    )
    yield Scenario(
        "desk: cockpit, 10,000 values",
        desk,
        doctor,
        lambda v: release.get_cockpit(viewer=v, patient_id=1, choice=choice, now=now),
    )
    yield Scenario(
        "desk: toegangslog", desk, doctor, lambda v: access_log.list_desk_log(viewer=v, patient_id=3, **everything)
    )


def _patient(person_id: int) -> Any:
    from zorgbalie.kernel.assurance import AssuranceLevel
    from zorgbalie.kernel.viewer import patient_viewer

    return patient_viewer(person_id=person_id, name="Bench", level=AssuranceLevel.SUBSTANTIEEL)


def _employee(code: str) -> Any:
    from zorgbalie.kernel.viewer import StaffRight, StaffRole, staff_viewer
    from zorgbalie.practice.models import Employee

    row = Employee.objects.filter(employee_code__startswith=code).order_by("pk").first()
    return staff_viewer(
        employee_id=row.pk, practice_id=row.practice_id, role=StaffRole(row.role),
        rights=[StaffRight(right) for right in row.rights], name=row.name, organisation="Bench",
    )  # fmt: skip


@contextmanager
def _as_role(role: str) -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def _capture(scenario: Scenario) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zorgbalie.access.unit_of_work import unit_of_work

    with _as_role(scenario.role), CaptureQueriesContext(connection) as captured, unit_of_work(scenario.viewer):
        scenario.call(scenario.viewer)
    scenario.statements = [q["sql"] for q in captured if not q["sql"].startswith(_SKIPPED)]


def _compare(scenario: Scenario, rounds: int) -> list[Cost]:
    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(rounds):
        for who in (scenario.role, OWNER):
            for place, seconds in enumerate(_run_once(scenario, who)):
                times.setdefault((who, place), []).append(seconds * 1000)
    return [
        Cost(text, min(times[scenario.role, place]), min(times[OWNER, place]))
        for place, text in enumerate(scenario.statements)
    ]


def _run_once(scenario: Scenario, who: str) -> list[float]:
    """Seconds per statement; what was inserted is rolled back."""
    from django.db import connection, transaction

    from zorgbalie.access.wall import set_viewer

    viewer = scenario.viewer
    seconds = []
    with _as_role(who), transaction.atomic(), connection.cursor() as cursor:
        set_viewer(viewer if viewer.subject_id else viewer.about(_subject(scenario.name)))
        for text in scenario.statements:
            began = time.perf_counter()
            cursor.execute(text)
            if cursor.description:
                cursor.fetchall()
            seconds.append(time.perf_counter() - began)
        transaction.set_rollback(True)
    return seconds


def _subject(name: str) -> int:
    return 1 if "10,000" in name else 7 if "cockpit" in name else 3


def _naming_the_viewer(rounds: int) -> float:
    from django.db import transaction

    from zorgbalie.access.wall import set_viewer

    seconds = []
    with transaction.atomic():
        for _ in range(rounds):
            began = time.perf_counter()
            set_viewer(_patient(1))
            seconds.append((time.perf_counter() - began) * 1000)
    return min(seconds)


if __name__ == "__main__":
    main()
