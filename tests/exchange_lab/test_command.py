"""`zorgbalie import-lab` as an operator runs it: in a process of its own, in the worker's role."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.factories import world
from tests.factories.lab import hl7, medlab
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.record.models import LabReport

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def command(embedded_server):
    database = connection.settings_dict["NAME"]

    def run(*arguments, role="zorgbalie_worker"):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            "DATABASE_URL": embedded_server.url(role=role, database=database),
            "PYTHONPATH": "src",
        }
        call = [sys.executable, "-m", "zorgbalie.config.cli", "import-lab", *map(str, arguments)]
        return subprocess.run(call, env=environment, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_command_imports_reports_and_tells_by_its_exit_code(command, tmp_path):
    patient, practice = world.make_patient_with_open_record(world.make_practice(agb="01007777"))
    path = tmp_path / "post.edi"
    path.write_bytes(medlab(patient.bsn))
    dry = command(path, "--practice", practice.agb, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "Dry run, nothing was stored" in dry.stdout
    assert not LabReport.objects.exists()
    done = command(path, "--practice", practice.pk, "--json")
    assert (done.returncode, json.loads(done.stdout)["counts"]["stored"]) == (0, 1)
    assert json.loads(done.stdout)["original_only"]["PAD-1"] == 1
    assert command(path, "--practice", practice.pk).returncode == 0
    (tmp_path / "other.hl7").write_bytes(hl7(""))
    mixed = command(tmp_path, "--practice", practice.agb)
    assert mixed.returncode == 1
    assert "other.hl7: message at line 1: no BSN" in mixed.stdout
    (tmp_path / "post.edi").write_bytes(b"?")
    assert command(tmp_path / "post.edi", "--practice", practice.agb).returncode == 2
    assert command(path, "--practice", "99999999").returncode == 2
    assert patient.bsn not in done.stdout + dry.stdout + mixed.stdout
    assert (LabReport.objects.count(), ReceivedMessage.objects.count()) == (1, 3)


def test_command_refuses_to_run_as_owner(command, tmp_path):
    """Row-level security holds for whoever is not the owner only (security.md 5)."""
    path = tmp_path / "post.edi"
    path.write_bytes(medlab())
    refused = command(path, "--practice", "1", role="zorgbalie_owner")
    assert refused.returncode != 0
    assert "UnsafeDatabaseRole" in refused.stderr
