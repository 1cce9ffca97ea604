"""`zorgbalie import-links` as a licence holder runs it: in a process of its own, in the worker's role."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.factories import world
from zorgbalie.knowledge.models import KnowledgeLink

pytestmark = pytest.mark.django_db(transaction=True)


def test_req19_the_command_loads_for_all_or_for_one_practice_and_tells(embedded_server, tmp_path):
    def run(*arguments):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            "DATABASE_URL": embedded_server.url(role="zorgbalie_worker", database=connection.settings_dict["NAME"]),
            "PYTHONPATH": "src",
        }
        call = [sys.executable, "-m", "zorgbalie.config.cli", "import-links", *map(str, arguments)]
        done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout.splitlines()

    practice, file = world.make_practice(agb="01007788"), tmp_path / "links.csv"
    file.write_text("icpc1;K86;https://www.thuisarts.nl/;Hoge bloeddruk\n")
    assert run(file) == (0, ["stored 1, updated 0, unchanged 0, refused 0"])
    assert run(file) == (0, ["stored 0, updated 0, unchanged 1, refused 0"])
    file.write_text("icpc1;K86;https://www.thuisarts.nl/;Bloeddruk\nicpc1;K86;http://a.nl;x\n")
    assert run(file, "--practice", practice.agb) == (
        1,
        [
            "stored 1, updated 0, unchanged 0, refused 1",
            "line 2: the address does not begin with https://: icpc1 K86 http://a.nl x",
        ],
    )
    assert set(KnowledgeLink.objects.values_list("practice_id", "title")) == {
        (None, "Hoge bloeddruk"), (practice.pk, "Bloeddruk"),
    }  # fmt: skip
    assert [run(file, "--practice", one)[0] for one in ("99999999", "x", "9" * 30)] == [2, 2, 2]
    assert run(tmp_path / "none.csv")[0] == 2
