"""`zorgbalie import-dossier` as an operator runs it: in a process of its own, in the worker's role."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.conftest import as_role
from tests.factories import dossier as made
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.actions.importing import import_files
from zorgbalie.exchange.types import DossierRefused
from zorgbalie.record.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def command(embedded_server, tmp_path):
    database = connection.settings_dict["NAME"]

    def run(*arguments, role="zorgbalie_worker"):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            "DATABASE_URL": embedded_server.url(role=role, database=database),
            "PYTHONPATH": "src",
        }
        call = [sys.executable, "-m", "zorgbalie.config.cli", "import-dossier", *map(str, arguments)]
        return subprocess.run(call, env=environment, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_command_imports_reports_and_tells_by_its_exit_code(command, tmp_path):
    patient, practice = world.make_patient_with_open_record(world.make_practice(agb="01009999"))
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(made.bundle(*made.whole(patient.bsn))))
    dry = command(path, "--practice", practice.agb, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "Dry run, nothing was stored" in dry.stdout
    assert not JournalEntry.objects.exists()
    done = command(path, "--practice", practice.pk, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["kinds"]["Observation"]["stored"] == 5
    assert JournalEntry.objects.count() == 4
    assert patient.bsn not in done.stdout + dry.stdout
    path.write_text(json.dumps(made.bundle(*made.whole(patient.bsn), {"resourceType": "Procedure", "id": "x"})))
    assert command(path, "--practice", practice.agb).returncode == 1
    path.write_text("{")
    broken = command(path, "--practice", practice.agb)
    assert broken.returncode == 2
    assert "line 1, column 2" in broken.stdout
    assert AuditEvent.objects.filter(event="record.import", patient_id=patient.pk).count() == 3


def test_audit_that_cannot_be_written_stores_nothing(run_as_worker_without_log, tmp_path):
    """Row 42: no line, no import."""
    patient, practice = world.make_patient_with_open_record(world.make_practice(agb="01009998"))
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(made.bundle(*made.whole(patient.bsn))))
    with pytest.raises(DossierRefused, match="the database refused it"):
        run_as_worker_without_log(path, practice)
    assert not JournalEntry.objects.exists()


@pytest.fixture
def run_as_worker_without_log(now):
    def run(path, practice):
        with connection.cursor() as cursor:
            cursor.execute("REVOKE INSERT ON audit_auditevent FROM zorgbalie_worker")
        try:
            with as_role("zorgbalie_worker"):
                import_files(paths=[path], practice=practice.agb, patient=None, dry_run=False, now=now)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")
                cursor.execute("GRANT INSERT ON audit_auditevent TO zorgbalie_worker")

    return run


def test_command_refuses_to_run_as_owner(command, tmp_path):
    """Row-level security holds for whoever is not the owner only (security.md 5)."""
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(made.patient()))
    refused = command(path, "--practice", "1", role="zorgbalie_owner")
    assert refused.returncode != 0
    assert "UnsafeDatabaseRole" in refused.stderr
