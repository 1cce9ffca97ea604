"""Portal and desk as real gunicorn processes on the test database, and people who write there and note what came of it.

Each text is unique. What became of it is noted as the browser saw it: taken, refused, or no answer at all; in the last
case the same form, with the same token, is sent again.
"""

import os
import random
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from django.conf import settings
from django.db import connection
from django.test import override_settings

from zorgbalie.consult.models import ConsultMessage
from zorgbalie.faces.entry.patient_session import session_values as patient_session
from zorgbalie.faces.entry.staff_session import session_values as staff_session
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.clock import current_moment

_PATIENCE_SECONDS = 60
_MOST_TRIES = 60


@dataclass
class Face:
    """One face with two workers, started by the same command as in the demo."""

    name: str
    folder: Path
    server: object
    port: int = 0
    process: subprocess.Popen | None = None

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [
            sys.executable, "-m", "zorgbalie.config.cli", "serve", self.name,
            "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4",
        ]  # fmt: skip
        database = str(connection.settings_dict["NAME"])
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"zorgbalie.config.settings.demo_{self.name}",
            "DATABASE_URL": self.server.url(role=f"zorgbalie_{self.name}", database=database),
            "SECRET_KEY": settings.SECRET_KEY,
            "PORTAL_URL": "http://127.0.0.1",
        }
        log = (self.folder / f"{self.name}.log").open("ab")
        with log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)

    def wait(self) -> None:
        pause = Event()
        for _ in range(_PATIENCE_SECONDS * 10):
            assert self.process.poll() is None, self.said()
            with suppress(requests.RequestException):
                if requests.get(f"{self.address}/", timeout=5, allow_redirects=False).status_code < 500:
                    return
            pause.wait(0.1)
        raise AssertionError(self.said())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return (self.folder / f"{self.name}.log").read_text(errors="replace")

    def workers(self) -> list[int]:
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


@dataclass
class Told:
    """What one writer was told about each text."""

    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    again: int = 0
    again_though_stored: int = 0


class Writer:
    """A browser without script in which somebody is signed in."""

    def __init__(self, face: Face, cookie: str, seed: int) -> None:
        self.face, self.told, self.busy = face, Told(), Event()
        self.chance = random.Random(seed)  # noqa: S311  (no secret)
        self.browser = requests.Session()
        self.browser.cookies.set(f"zorgbalie-{face.name}", cookie)

    def work(self, end: Event) -> None:
        try:
            while not end.is_set():
                self.turn()
        finally:
            connection.close()

    def turn(self) -> None:
        """One look and one act; each face its own."""
        raise NotImplementedError

    def look(self, path: str) -> str:
        """A page; asked again when the worker died under it."""
        for _ in range(_MOST_TRIES):
            with suppress(requests.RequestException):
                answer = self.browser.get(f"{self.face.address}{path}", timeout=30, allow_redirects=False)
                assert answer.status_code == 200, (path, answer.status_code)
                return answer.text
            Event().wait(0.05)
        raise AssertionError(f"no answer at {path}")

    def write(self, path: str, text: str, form: dict[str, object]) -> None:
        """Send one form until there is an answer to it."""
        token = self.browser.cookies.get(f"zorgbalie-{self.face.name}-csrf")
        body = {"csrfmiddlewaretoken": token, "token": str(uuid4()), **form}
        for _ in range(_MOST_TRIES):
            self.busy.set()
            try:
                answer = self.browser.post(f"{self.face.address}{path}", body, timeout=30, allow_redirects=False)
            except requests.RequestException:
                self.told.again += 1
                self.told.again_though_stored += ConsultMessage.objects.filter(text=text).exists()
                Event().wait(0.05)
                continue
            finally:
                self.busy.clear()
            self._note(answer, path, text)
            return
        self.told.unsure.append(text)

    def _note(self, answer, path: str, text: str) -> None:
        if answer.status_code == 302 and urlsplit(answer.headers["Location"]).path == path:
            self.told.taken.append(text)
            return
        assert answer.status_code in (200, 409, 422), (path, answer.status_code, answer.headers.get("Location"))
        self.told.refused.append(text)


class Patient(Writer):
    """Writes on in a thread of their own."""

    def __init__(self, face: Face, person, consult_id: int, seed: int) -> None:
        values = patient_session(
            person_id=person.pk, subject_id=person.pk, level=AssuranceLevel.SUBSTANTIEEL, now=current_moment()
        )
        super().__init__(face, _session("portal", values), seed)
        self.path = f"/vragen/{consult_id}/"
        self.look(self.path)

    def turn(self) -> None:
        text = f"Vervolg {uuid4()}"
        self.write(self.path, text, {"text": text})


class Colleague(Writer):
    """Answers what the page shows; a colleague or the patient may be first."""

    def __init__(self, face: Face, employee, threads: list[tuple[int, int]], seed: int) -> None:
        values = staff_session(user=employee.user, employee_id=employee.pk, second_factor=True, now=current_moment())
        super().__init__(face, _session("desk", values), seed)
        self.paths = [f"/vragen/{patient_id}/{consult_id}/" for patient_id, consult_id in threads]

    def turn(self) -> None:
        path, text = self.chance.choice(self.paths), f"Antwoord {uuid4()}"
        revision = re.search(r'name="revision" value="(\d+)"', self.look(path))
        assert revision, path
        form = {"revision": revision.group(1), "answer": text, "note": "", "account": "", "vragen_gezien": "ja"}
        self.write(path, text, {**form, "doen": "versturen"})


def _session(face: str, values: dict[str, object]) -> str:
    """Signed in at a face: the key of a session as the sign-in leaves it."""
    with override_settings(**settings.FACE_SETTINGS[face]):
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store.update(values)
        store.create()
        return str(store.session_key)
