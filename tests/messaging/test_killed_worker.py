"""A worker that is killed with its hands full: another takes over, and the mail is taken once (security row 50)."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tests.conftest import acting
from tests.factories import world
from tests.messaging.fake_smtp import fake_smtp
from tests.messaging.notices import age_claim, report, say_yes
from zorgbalie.audit.models import AuditEvent, AuditSeal
from zorgbalie.messaging.models import Notice

PATIENCE_SECONDS = 30


def _start_worker(smtp, embedded_server) -> subprocess.Popen[bytes]:
    """A real worker process, in its own database role."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zorgbalie.config.settings.worker",
        "DATABASE_URL": embedded_server.url(role="zorgbalie_worker", database=str(connection.settings_dict["NAME"])),
        "SECRET_KEY": "a-key-of-the-tests",
        "MAIL_BACKEND": "smtp",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(smtp.port),
        "SMTP_STARTTLS": "no",
    }
    command = [sys.executable, "-m", "zorgbalie.config.cli", "worker", "--concurrency", "2"]
    return subprocess.Popen(command, env=environment, start_new_session=True)


def _wait_until(question) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not question():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_row_50_mail_of_a_killed_worker_is_sent_by_the_next_one(embedded_server):
    patient, practice = world.make_patient_with_open_record()
    say_yes(patient)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        report(viewer, patient, practice)
    notice = Notice.objects.get()
    with fake_smtp() as smtp:
        smtp.fault = "hangs"
        first = _start_worker(smtp, embedded_server)
        try:
            assert smtp.message_read.wait(PATIENCE_SECONDS)
        finally:
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        notice.refresh_from_db()
        assert (notice.state, smtp.accepted) == ("sending", [])

        # Time passes: the heartbeat of the dead worker and its lease grow old.
        smtp.fault = ""
        smtp.go_on.set()
        age_claim(notice)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
        with suppress(AlreadyEnqueued):  # the killed worker may have put this minute's one there already
            app.configure_task("queue.retry_stalled").defer(timestamp=0)
        second = _start_worker(smtp, embedded_server)
        try:
            _wait_until(lambda: Notice.objects.filter(state="sent").exists())
            # The same worker seals the log, in its own role.
            _wait_until(lambda: AuditSeal.objects.count() >= AuditEvent.objects.count() > 0)
        finally:
            second.terminate()
            second.wait(PATIENCE_SECONDS)
        assert len(smtp.accepted) == 1
    assert Notice.objects.get().attempts == 2
