"""`zorgbalie demo`: the demo practice on this machine, from an empty folder to sign-in, and nothing left behind.

Starts the embedded PostgreSQL, brings it to this version, loads the demo world once, and runs portal, desk and worker
as children. Ctrl-C, SIGTERM or the end of one child stops all of it.
"""

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from zorgbalie.config.database.embedded import OWNER, EmbeddedServer, start_embedded
from zorgbalie.config.processes import ChildProcess, start_child, stop_children

HELP = "Run the demo practice on this machine."
SETTINGS = None
DEMO_SECRET_KEY = "demo-key-without-any-secret-of-fifty-characters-or-more!"  # noqa: S105  (the demo's)
FOLDER = Path(__file__).resolve().parents[4] / ".demo"


class Stop(Exception):
    """Somebody asked to stop."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Start anew or go on; where to keep the data; which ports."""
    parser.add_argument("--reset", action="store_true", help="make the demo world anew")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where database and mail are kept")
    parser.add_argument("--portal-port", type=int, default=int(os.environ.get("PORTAL_PORT", "8000")))
    parser.add_argument("--desk-port", type=int, default=int(os.environ.get("DESK_PORT", "8001")))


@dataclass
class Demo:
    """The running demo: its server and children."""

    folder: Path
    ports: dict[str, int]
    server: EmbeddedServer | None = None
    children: list[ChildProcess] = field(default_factory=list)

    def step(self, number: int, text: str) -> None:
        """Show what happens and how far it is."""
        print(f"[{number}/4] {text}", flush=True)

    def start(self) -> None:
        """Everything up to answering pages."""
        self.step(1, "Starting the database")
        self.server = start_embedded(self.folder / "postgres")
        os.environ["OWNER_DATABASE_URL"] = self.server.url(role=OWNER)
        self.step(2, "Bringing the database to this version")
        self._run("migrate")
        self.step(3, "Loading the demo world (once)")
        self._run("seed", "--demo")
        self.step(4, "Starting portal, desk and worker")
        self._start_children()

    def _run(self, *arguments: str) -> None:
        """One command of ours, quiet unless it fails."""
        command = [sys.executable, "-m", "zorgbalie.config.cli", *arguments]
        result = subprocess.run(command, env=self._environment("migrate"), capture_output=True, text=True, check=False)
        if result.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed:\n{result.stdout}\n{result.stderr}")

    def _environment(self, process: str) -> dict[str, str]:
        assert self.server is not None  # noqa: S101  (started in step 1)
        values = {
            **os.environ,
            "PYTHONWARNINGS": "ignore::RuntimeWarning",
            "SECRET_KEY": DEMO_SECRET_KEY,
            "PORTAL_URL": f"http://127.0.0.1:{self.ports['portal']}",
            "DESK_URL": f"http://127.0.0.1:{self.ports['desk']}",
            "MAIL_FOLDER": str(self.folder / "mail"),
            "SMS_FOLDER": str(self.folder / "sms"),
            "AUDIT_ANCHOR_FILE": str(self.folder / "log-anchors.txt"),
        }
        if process == "migrate":
            values["DJANGO_SETTINGS_MODULE"] = "zorgbalie.config.settings.migrate"
        else:
            values["DJANGO_SETTINGS_MODULE"] = f"zorgbalie.config.settings.demo_{process}"
            values["DATABASE_URL"] = self.server.url(role=f"zorgbalie_{process}")
        return values

    def _start_children(self) -> None:
        (self.folder / "mail").mkdir(parents=True, exist_ok=True)
        logs = self.folder / "logs"
        logs.mkdir(exist_ok=True)
        cli = [sys.executable, "-m", "zorgbalie.config.cli"]
        for face, port in self.ports.items():
            command = [*cli, "serve", face, "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "6"]
            self.children.append(start_child(face, command, self._environment(face), logs / f"{face}.log"))
        self.children.append(start_child("worker", [*cli, "worker"], self._environment("worker"), logs / "worker.log"))
        self._wait_until_answering()

    def _wait_until_answering(self) -> None:
        """Raise SystemExit when a face does not answer within a minute."""
        deadline = time.monotonic() + 60
        for face, port in self.ports.items():
            while not _answers(port):
                self.check_children()
                if time.monotonic() > deadline:
                    raise SystemExit(f"The {face} does not answer; see {self.folder / 'logs'}.")
                time.sleep(0.1)

    def check_children(self) -> None:
        """Raise SystemExit when a child ended by itself, with the end of its log."""
        for child in self.children:
            if child.process.poll() is not None:
                raise SystemExit(f"The {child.name} stopped by itself:\n{child.log_tail()}")

    def stop(self) -> None:
        """Stop children and server; whatever state they are in."""
        stop_children(self.children)
        if self.server is not None:
            self.server.stop()


def run(arguments: argparse.Namespace) -> int:
    """Start, say how to sign in, wait, stop."""
    ports = {"portal": arguments.portal_port, "desk": arguments.desk_port}
    busy = [str(port) for port in ports.values() if _is_busy(port)]
    if busy:
        sys.stderr.write(f"Port {' and '.join(busy)} in use. Choose others with PORTAL_PORT and DESK_PORT.\n")
        return 1
    if arguments.reset and arguments.folder.exists():
        shutil.rmtree(arguments.folder)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    demo = Demo(folder=arguments.folder, ports=ports)
    try:
        demo.start()
        print(_welcome(ports), flush=True)
        while True:
            demo.check_children()
            time.sleep(0.5)
    except Stop:
        print("\nStopping.", flush=True)
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        demo.stop()


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _is_busy(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int) -> bool:
    """Whether a page comes back; a listening port alone may belong to a server that is about to give up."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/")
        return link.getresponse().status < 500
    except OSError:
        return False
    finally:
        link.close()


def _welcome(ports: dict[str, int]) -> str:
    from zorgbalie.config.seeding.demo_staff import DEMO_PASSWORD, DEMO_STAFF

    staff = "\n".join(f"      {person.email:34} {person.story}" for person in DEMO_STAFF)
    return f"""
  Zorgbalie demo. Everybody and everything in it is made up.

  Patients   http://127.0.0.1:{ports["portal"]}/
      Sign in with the stand-in for DigiD: choose a person from its list.
      Mail that patients get: http://127.0.0.1:{ports["portal"]}/demo/post/

  The desk   http://127.0.0.1:{ports["desk"]}/
      Password for all: {DEMO_PASSWORD}
      The sign-in page shows the code of the second factor, in this demo only.
{staff}

  Ctrl-C stops everything. `make demo-reset` starts the world anew.
"""
