"""The file for machines is read back by our own import: all that was visible comes back equal (Wabvpz 15d)."""

from dataclasses import replace

import pytest

from tests.conftest import acting, as_role
from tests.exchange.conftest import place, real_dossier, run_import  # noqa: F401 (fixtures)
from tests.factories import world
from zorgbalie.exchange.actions.importing import import_files
from zorgbalie.exchange.export_types import ExportKind
from zorgbalie.kernel.clock import current_moment
from zorgbalie.record.queries import whole_record

pytestmark = pytest.mark.django_db
_PARTS = ("episodes", "encounters", "entries", "observations", "allergies", "medicines")


def rows_of(viewer):
    """All that a patient may read, as rows, by part; ids and links replaced by what they name."""
    with acting(viewer):
        places, _held = whole_record.read_for_machines(viewer=viewer, event="test", now=current_moment())
    found = {part: [] for part in _PARTS}
    for one in places:
        titles = {row.source_id: row.title for row in one.episodes}
        days = {row.source_id: (row.started_on, row.kind_title, row.reason) for row in one.encounters}
        for part in _PARTS:
            found[part] += [_plain(row, titles, days) for row in getattr(one, part)]
        found.setdefault("attention", []).extend(sorted(titles[name] for name in one.attention))
    return {part: sorted(rows, key=repr) for part, rows in found.items()}


def _plain(row, titles, days):
    changes = {"source_id": ""}
    if hasattr(row, "episode"):
        changes["episode"] = titles.get(row.episode)
    if hasattr(row, "encounter"):
        changes["encounter"] = days.get(row.encounter)
    if hasattr(row, "observed_at"):
        changes["observed_at"] = None
    return replace(row, **changes)


def test_what_was_visible_comes_back_equal(scene, run_import, place):  # noqa: F811  (the fixture)
    before = rows_of(scene.viewer)
    assert all(before.values())
    content = scene.download(scene.make(scene.ask(ExportKind.FHIR)).pk).content
    report = run_import(content)
    assert report.refusals == ()
    assert report.dangling == ()
    back = rows_of(world.viewer_of_patient(place[0]))
    assert back == before


def test_the_qualification_dossier_survives_there_and_back(scene, run_import, place, real_dossier, tmp_path):  # noqa: F811  (the fixtures)
    run_import(real_dossier, at=current_moment())
    viewer = world.viewer_of_patient(place[0])
    before = rows_of(viewer)
    assert len(before["entries"]) > 10
    content = scene.download(_make(scene, viewer, place[0]), viewer=viewer).content
    other = world.make_practice(agb="01999999")
    patient, _ = world.make_patient_with_open_record(other)
    file = tmp_path / "dossier.json"
    file.write_bytes(content)
    with as_role("zorgbalie_worker"):
        report = import_files(
            paths=[file], practice=other.agb, patient=str(patient.pk), dry_run=False, now=current_moment()
        )
    assert report.refusals == ()
    assert rows_of(world.viewer_of_patient(patient)) == before


def _make(scene, viewer, patient) -> int:
    return scene.make(scene.ask(ExportKind.FHIR, viewer=viewer), patient).pk
