"""Web workers that are killed while people write: every text that was taken is there once (security rows 48 and 49).

Twelve workers by default; `KILLED_WORKERS=1000` for a long run (see `bench/README.md` for figures).
"""

import os
import random
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

import pytest

from tests.consult.faces_at_work import Colleague, Face, Patient, Writer
from tests.factories import world
from tests.factories.consult import make_consult
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.kernel.clock import current_moment
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.worklist.models import WorkItem

_KILLS = int(os.environ.get("KILLED_WORKERS", "12"))
_PATIENTS, _COLLEAGUES = 4, 3


@pytest.fixture
def faces(tmp_path, embedded_server):
    made = [Face(name, tmp_path, embedded_server) for name in ("portal", "desk")]
    with ExitStack() as stack:
        for face in made:
            stack.callback(face.stop)
            face.start()
        for face in made:
            face.wait()
        yield made


def _writers(faces) -> list[Writer]:
    """Patients who each write in their own question, and colleagues who answer all of those."""
    portal, desk = faces
    practice = world.make_practice()
    world.make_account(practice)
    people = [world.make_person(email=f"p{number}@post.example") for number in range(_PATIENTS)]
    threads = []
    for person in people:
        world.enrol(person, practice)
        NoticePreference.objects.create(person=person, kind="consult_answered", channel="email", is_on=True)
        threads.append((person.pk, make_consult(person, practice, sent_at=current_moment()).pk))
    writers: list[Writer] = [
        Patient(portal, person, consult_id, number)
        for number, (person, (_, consult_id)) in enumerate(zip(people, threads, strict=True))
    ]
    for number in range(_COLLEAGUES):
        employee = world.make_employee(practice, name=f"Collega {number}")
        writers.append(Colleague(desk, employee, threads, 100 + number))
    return writers


def _kill_workers(faces, writers, end: Event) -> int:
    """Kill a worker somewhere within a request, again and again; returns how many."""
    chance, done = random.Random(7), 0  # noqa: S311  (no secret)
    while done < _KILLS:
        face = chance.choice(faces)
        face.wait()
        writer = chance.choice([one for one in writers if one.face is face])
        if not writer.busy.wait(10):
            break
        end.wait(chance.random() * 0.08)
        alive = face.workers()
        if not alive:
            continue
        try:
            os.kill(chance.choice(alive), signal.SIGKILL)
        except ProcessLookupError:
            continue
        done += 1
    return done


@pytest.mark.django_db(transaction=True)
def test_row49_texts_that_were_taken_are_there_once_though_workers_were_killed(faces):
    writers = _writers(faces)
    end = Event()
    with ThreadPoolExecutor(len(writers)) as pool:
        running = [pool.submit(one.work, end) for one in writers]
        try:
            killed = _kill_workers(faces, writers, end)
        finally:
            end.set()
        for one in running:
            one.result()
    told = [one.told for one in writers]
    print(
        f"killed={killed} taken={sum(len(one.taken) for one in told)} refused={sum(len(one.refused) for one in told)}"
        f" again={sum(one.again for one in told)} though_stored={sum(one.again_though_stored for one in told)}"
    )
    assert killed == _KILLS
    assert sum(one.again for one in told) > 0, "no request was hit: this proved nothing"
    _check_history(told)
    for face in faces:
        assert "Traceback" not in face.said()


def _check_history(told) -> None:
    """Row 49: taken is there once, refused is not there, nothing else is there."""
    texts = ConsultMessage.objects.filter(text__regex="^(Vervolg|Antwoord) ")
    stored = Counter(texts.values_list("text", flat=True))
    taken = Counter(text for one in told for text in one.taken)
    assert [text for one in told for text in one.unsure] == []
    assert stored == taken
    assert not set(stored) & {text for one in told for text in one.refused}
    answers = ConsultMessage.objects.filter(author_kind="staff").values_list("pk", flat=True)
    notices = Counter(Notice.objects.filter(kind="consult_answered").values_list("event_key", flat=True))
    assert notices == Counter(f"consult_message:{pk}" for pk in answers), "each answer is told once"
    for row in Consult.objects.all():
        waits = WorkItem.objects.filter(kind="consult", about_id=row.pk, state="open").count()
        assert waits == (row.state == "sent"), "what waits stands in the inbox once"
    for event, kind in (("consult.follow_up", "patient"), ("consult.answer", "staff")):
        lines = AuditEvent.objects.filter(event=event, outcome="0").count()
        assert lines >= ConsultMessage.objects.filter(author_kind=kind, text__in=taken).count()
