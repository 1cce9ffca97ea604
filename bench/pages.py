"""How fast pages are: portal and desk as real gunicorn processes with their roles, on a seeded world.

    python -m bench.pages --world 10x2500 --rounds 60

Sessions are written into the database as the sign-in pages leave them. Requests go one after another over a kept
connection; a page that does not answer 200 is shown as such.
"""

import argparse
import http.client
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.worlds import FOLDER, SECRET_KEY, ensure_world, parse_size, start_server
from zorgbalie.config.database.embedded import OWNER, EmbeddedServer
from zorgbalie.config.processes import ChildProcess, start_child, stop_children

CHECKOUT = Path(__file__).resolve().parents[1]
HEAVY, ORDINARY, WAITING = 1, 3, 7  # patients: 10,000 values; a released record; one who waits for release
PAGES = (
    # face, who, name, address
    ("portal", "heavy", "home", "/"),
    ("portal", "ordinary", "dossier", "/dossier/"),
    ("portal", "heavy", "dossier, 10,000 values", "/dossier/"),
    ("portal", "ordinary", "episodes", "/dossier/klachten/"),
    ("portal", "ordinary", "contacts", "/dossier/contacten/"),
    ("portal", "ordinary", "values", "/dossier/uitslagen/"),
    ("portal", "heavy", "values, 10,000 values", "/dossier/uitslagen/"),
    ("portal", "heavy", "one value with trend, 10,000 values", "/dossier/uitslagen/{value}/"),
    ("portal", "ordinary", "medicines", "/dossier/medicijnen/"),
    ("portal", "ordinary", "who looked", "/logboek/"),
    ("portal", "ordinary", "access", "/toegang/"),
    ("portal", "ordinary", "notices", "/meldingen/"),
    ("desk", "doctor", "inbox", "/"),
    ("desk", "doctor", "patients", "/patienten/"),
    ("desk", "doctor", "patients, searched", "/patienten/?q=jans"),
    ("desk", "pharmacist", "patients of a pharmacy, searched", "/patienten/?q=jans"),
    ("desk", "doctor", "patient", f"/patienten/{ORDINARY}/"),
    ("desk", "doctor", "release cockpit", f"/dossier/verzoek/{WAITING}/"),
    ("desk", "doctor", "record", f"/dossier/{ORDINARY}/"),
    ("desk", "doctor", "record, 10,000 values", f"/dossier/{HEAVY}/"),
    ("desk", "doctor", "toegangslog", f"/toegangslog/{ORDINARY}/"),
    ("desk", "manager", "employees", "/beheer/medewerkers/"),
)


@dataclass(frozen=True)
class Answer:
    """One answer: milliseconds seen by the client, and what the server says."""

    status: int
    milliseconds: float
    cpu: float
    database: float
    statements: int
    size: int


def main() -> int:
    """Measure and print; exit code 1 when a page did not answer 200."""
    parser = argparse.ArgumentParser(description="How fast pages are.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data folder of the benches' server")
    parser.add_argument("--world", type=parse_size, default=(10, 2500), metavar="PxN")
    parser.add_argument("--rounds", type=int, default=60, help="requests per page (at most 500)")
    arguments = parser.parse_args()
    server = start_server(arguments.folder)
    try:
        database = ensure_world(server, arguments.world)
        with _faces(server, database) as ports:
            print(f"\n{arguments.world[0]} practices with {arguments.world[1]} patients each; milliseconds\n")
            failed = _measure(server, database, ports, min(arguments.rounds, 500))
            print(f"\nLoad of this machine meanwhile: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores")
            return failed
    finally:
        server.stop()


def _measure(server: EmbeddedServer, database: str, ports: dict[str, int], rounds: int) -> int:
    sessions, value = _sign_in(server, database)
    columns = f"{'fastest':>8} {'p50':>7} {'p95':>7} {'own cpu':>8} {'in db':>7} {'statements':>11} {'kB':>6}"
    print(f"{'page':44} {columns}")
    failed = 0
    for face, who, name, address in PAGES:
        answers = _request(ports[face], address.format(value=value), sessions[face, who], rounds)
        failed += _show(f"{face}: {name}", answers)
    return 1 if failed else 0


def _show(name: str, answers: list[Answer]) -> bool:
    status = answers[-1].status
    if status != 200:
        print(f"{name:44} answered {status}")
        return True
    times = sorted(answer.milliseconds for answer in answers)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    cpu = statistics.median(answer.cpu for answer in answers)
    in_database = min(answer.database for answer in answers)
    print(
        f"{name:44} {times[0]:>8.1f} {statistics.median(times):>7.1f} {p95:>7.1f} {cpu:>8.1f} {in_database:>7.1f}"
        f" {answers[-1].statements:>11} {answers[-1].size / 1000:>6.1f}"
    )
    return False


def _request(port: int, address: str, cookie: str, rounds: int) -> list[Answer]:
    """Three requests to warm up, then the measured ones."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answers = []
    for _ in range(rounds + 3):
        began = time.perf_counter()
        link.request("GET", address, headers={"Cookie": cookie, "Host": f"127.0.0.1:{port}"})
        answer = link.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - began
        said = {
            name: float(answer.headers.get(f"X-Bench-{name}", 0)) for name in ("Cpu-Ms", "Database-Ms", "Statements")
        }
        answers.append(
            Answer(
                answer.status,
                seconds * 1000,
                said["Cpu-Ms"],
                said["Database-Ms"],
                int(said["Statements"]),
                len(body),
            )
        )
        if answer.status != 200:
            break
    link.close()
    return answers[3:] or answers[-1:]


@contextmanager
def _faces(server: EmbeddedServer, database: str) -> Iterator[dict[str, int]]:
    """Both faces on free ports, one process each; stopped together."""
    ports = {face: _free_port() for face in ("portal", "desk")}
    children: list[ChildProcess] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for face, port in ports.items():
                command = [sys.executable, "-m", "zorgbalie.config.cli", "serve", face, "--workers=1", "--threads=4"]
                environment = _environment(server.url(role=f"zorgbalie_{face}", database=database), face, ports)
                children.append(
                    start_child(face, [*command, f"--bind=127.0.0.1:{port}"], environment, Path(folder) / f"{face}.log")
                )
            for child, port in zip(children, ports.values(), strict=True):
                _wait(child, port)
            yield ports
        finally:
            stop_children(children)


def _environment(url: str, face: str, ports: dict[str, int]) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"bench.settings.{face}",
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET_KEY,
        "PORTAL_URL": f"http://127.0.0.1:{ports['portal']}",
        "DESK_URL": f"http://127.0.0.1:{ports['desk']}",
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "src")]),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(child: ChildProcess, port: int) -> None:
    for _ in range(300):
        if child.process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"The {child.name} does not answer:\n{child.log_tail()}")


def _sign_in(server: EmbeddedServer, database: str) -> tuple[dict[tuple[str, str], str], int]:
    """Cookies by face and person, as the sign-in pages leave them, and the newest value of the heavy patient."""
    os.environ["OWNER_DATABASE_URL"] = server.url(role=OWNER, database=database)
    os.environ["SECRET_KEY"] = SECRET_KEY
    os.environ["DJANGO_SETTINGS_MODULE"] = "zorgbalie.config.settings.migrate"
    import django

    django.setup()
    from zorgbalie.record.models import Observation

    newest = Observation.objects.filter(patient_id=HEAVY).order_by("-observed_on", "-pk").first()
    assert newest is not None, "the world has no first patient"
    sessions = {
        ("portal", "heavy"): _patient_cookie(HEAVY),
        ("portal", "ordinary"): _patient_cookie(ORDINARY),
        ("desk", "doctor"): _staff_cookie("huisarts1"),
        ("desk", "manager"): _staff_cookie("manager1"),
        ("desk", "pharmacist"): _staff_cookie("apotheker"),
    }
    return sessions, newest.pk


def _patient_cookie(person_id: int) -> str:
    from zorgbalie.faces.entry.patient_session import session_values
    from zorgbalie.kernel.assurance import AssuranceLevel
    from zorgbalie.kernel.clock import current_moment
    from zorgbalie.kernel.ids import PersonId
    from zorgbalie.people.patient_sessions import SessionStore

    who = PersonId(person_id)
    store = SessionStore()
    store.update(
        session_values(
            person_id=who, subject_id=who, level=AssuranceLevel.SUBSTANTIEEL, now=current_moment(), name="Bench"
        )
    )
    store.create()
    return f"zorgbalie-portal={store.session_key}"


def _staff_cookie(code: str) -> str:
    from zorgbalie.faces.entry.staff_session import session_values
    from zorgbalie.kernel.clock import current_moment
    from zorgbalie.practice.models import Employee
    from zorgbalie.practice.staff_sessions import SessionStore

    employee = Employee.objects.filter(employee_code__startswith=code).select_related("user").order_by("pk")[0]
    store = SessionStore()
    store.update(session_values(user=employee.user, employee_id=employee.pk, second_factor=True, now=current_moment()))
    store.create()
    return f"zorgbalie-desk={store.session_key}"


if __name__ == "__main__":
    sys.exit(main())
