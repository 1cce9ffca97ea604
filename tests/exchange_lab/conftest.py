"""A practice with a patient, and importing in the worker's role."""

from pathlib import Path

import pytest

from tests.conftest import as_role
from tests.factories import world
from zorgbalie.exchange.actions.lab_importing import import_lab_files


@pytest.fixture
def place():
    """A patient with everything in order at a practice with an AGB code."""
    practice = world.make_practice(agb=f"01{next(world._number):06d}")
    return world.make_patient_with_open_record(practice)


@pytest.fixture
def run_import(place, tmp_path, now):
    """Import contents (bytes) or paths in the worker's role; returns the report."""
    practice = place[1]

    def run(*contents, dry_run=False, at=now, to=practice):
        paths = []
        for number, content in enumerate(contents):
            path = content if isinstance(content, Path) else tmp_path / f"file{number}.edi"
            if isinstance(content, bytes):
                path.write_bytes(content)
            paths.append(path)
        with as_role("zorgbalie_worker"):
            return import_lab_files(paths=paths, practice=to.agb, dry_run=dry_run, now=at)

    return run
