"""`zorgbalie import-tariffs`: in a process of its own, in the worker's role; it tells what was refused and why."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.factories import world
from zorgbalie.billing.models import BillingTariff

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "12110;POH-GGZ kort;0;20;1500;2026-01-01;;Eigen"


def test_req50_the_command_loads_for_all_or_for_one_practice_and_tells(embedded_server, tmp_path):
    def run(*arguments):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            "DATABASE_URL": embedded_server.url(role="zorgbalie_worker", database=connection.settings_dict["NAME"]),
            "PYTHONPATH": "src",
        }
        call = [sys.executable, "-m", "zorgbalie.config.cli", "import-tariffs", *map(str, arguments)]
        done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=120, check=False)
        return done.returncode, done.stdout.splitlines()

    practice, file = world.make_practice(agb="01007799"), tmp_path / "t.csv"
    file.write_text(LINE)
    assert run(file) == (0, ["t.csv: new 1, changed 0, unchanged 0, refused 0"])
    file.write_text(f"{LINE}\nfout;regel")
    assert run(file, "--practice", practice.agb) == (
        1,
        [
            "t.csv: new 1, changed 0, unchanged 0, refused 1",
            "line 2: the line does not have eight columns: fout regel",
        ],
    )
    assert set(BillingTariff.objects.filter(code="12110").values_list("practice_id", flat=True)) == {None, practice.pk}
    assert run(tmp_path / "weg.csv")[0] == 2
    assert run(file, "--practice", "x")[0] == 2
