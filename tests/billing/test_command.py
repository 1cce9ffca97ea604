"""`zorgbalie import-tariffs`: reports what was refused and why; runs as the worker's role."""

import pytest

from tests.conftest import as_role
from tests.factories import world
from zorgbalie.billing.models import BillingTariff
from zorgbalie.config.cli import COMMANDS

pytestmark = pytest.mark.django_db
LINE = "12110;POH-GGZ kort;0;20;1500;2026-01-01;;Eigen"


def run(tmp_path, text, *options, name="tarieven.csv"):
    import argparse

    path = tmp_path / name
    path.write_bytes(text.encode())
    command = COMMANDS["import-tariffs"]
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    with as_role("zorgbalie_worker"):
        return command.run(parser.parse_args([str(path), *options]))


def test_a_file_is_loaded_for_all_practices_and_reported(tmp_path, capsys):
    assert run(tmp_path, f"{LINE}\nfout;regel") == 1
    told = capsys.readouterr().out
    assert "new 1, changed 0, unchanged 0, refused 1" in told
    assert "line 2: the line does not have eight columns: fout regel" in told
    assert BillingTariff.objects.get(code="12110").practice is None
    assert run(tmp_path, LINE) == 0
    assert "unchanged 1" in capsys.readouterr().out


def test_a_file_for_one_practice(tmp_path, capsys):
    practice = world.make_practice(agb="01234567")
    assert run(tmp_path, LINE, "--practice", "01234567") == 0
    assert BillingTariff.objects.get(code="12110").practice == practice


@pytest.mark.parametrize(("text", "options"), [("", ()), ("\x00", ()), (LINE, ("--practice", "x"))])
def test_nothing_is_loaded_and_the_operator_is_told(tmp_path, capsys, text, options):
    assert run(tmp_path, text, *options) == 2
    assert "othing was loaded" in capsys.readouterr().out


def test_a_file_that_is_not_there(tmp_path, capsys):
    with as_role("zorgbalie_worker"):
        arguments = __import__("argparse").Namespace(files=[tmp_path / "weg.csv"], practice=None)
        assert COMMANDS["import-tariffs"].run(arguments) == 2
