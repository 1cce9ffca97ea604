"""Fifty writers at once while a sealer is at work: all is stored, nobody waits for a lock, the chain holds (R13)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.audit.lines import write_lines
from tests.factories import world
from zorgbalie.audit import sealing, verification
from zorgbalie.audit.models import AuditEvent, AuditSeal

WRITERS, UNITS = 50, 8


@pytest.mark.django_db(transaction=True)
def test_r13_fifty_writers_at_once_store_all_lines_without_waiting_and_the_chain_holds():
    patient, practice = world.make_patient_with_open_record()
    viewers = {
        "zorgbalie_portal": world.viewer_of_patient(patient),
        "zorgbalie_desk": world.viewer_of_employee(world.make_employee(practice)),
    }
    start, done = threading.Barrier(WRITERS), threading.Event()

    def write(number: int) -> int:
        role = list(viewers)[number % 2]
        try:
            with connection.cursor() as cursor:
                # Whoever waits longer than this for a lock fails the test.
                cursor.execute(f"SET lock_timeout = '250ms'; SET ROLE {role}")
            start.wait(timeout=30)
            for unit in range(UNITS):
                write_lines(1, viewers[role], patient_id=patient.pk, detail={"writer": number, "unit": unit})
            return UNITS
        finally:
            connection.close()

    def seal() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE zorgbalie_worker")
            while not done.wait(0.02):
                sealing.seal_waiting(limit=10)
            sealing.seal_waiting(everywhere=True)
        finally:
            connection.close()

    sealers = [threading.Thread(target=seal) for _ in range(2)]
    for sealer in sealers:
        sealer.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        stored = sum(pool.map(write, range(WRITERS)))
    done.set()
    for sealer in sealers:
        sealer.join()
    sealing.seal_waiting(everywhere=True)

    assert stored == WRITERS * UNITS
    assert AuditEvent.objects.count() == stored
    assert AuditSeal.objects.count() == stored
    assert list(verification.walk_chain()) == []
