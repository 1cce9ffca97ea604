"""A practice with a patient, and dossiers: the real one where it is at hand, and small made-up ones."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import as_role
from tests.factories import world
from zorgbalie.exchange.actions.importing import import_files

REAL_DOSSIER = Path(
    os.environ.get("GP_DOSSIER", Path(__file__).parents[3] / "shared/standards/gp-dossier/dossier.json")
)


@pytest.fixture
def real_dossier() -> Path:
    """The qualification dossier (Nictiz, Huisartsgegevens 2.0); it is not part of this project."""
    if not REAL_DOSSIER.exists():
        pytest.skip("needs the GP qualification dossier: name its file in GP_DOSSIER")
    return REAL_DOSSIER


@pytest.fixture
def place():
    """A patient with everything in order at a practice with an AGB code."""
    practice = world.make_practice(agb=f"01{next(world._number):06d}")
    return world.make_patient_with_open_record(practice)


@pytest.fixture
def run_import(place, tmp_path, now):
    """Import a content (dict, text, bytes) or paths in the worker's role; returns the report."""
    patient, practice = place

    def run(*contents, chosen="id", dry_run=False, at=now):
        paths = []
        for number, content in enumerate(contents):
            if isinstance(content, Path):
                paths.append(content)
                continue
            path = tmp_path / f"file{number}.json"
            if isinstance(content, dict):
                content = json.dumps(content)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        picked = str(patient.pk) if chosen == "id" else chosen
        with as_role("zorgbalie_worker"):
            return import_files(paths=paths, practice=practice.agb, patient=picked, dry_run=dry_run, now=at)

    return run
