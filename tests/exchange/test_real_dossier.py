"""The whole qualification dossier: what is in it is stored, nothing is dropped, and twice is once."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import dossier as made
from zorgbalie.audit.models import AuditEvent
from zorgbalie.record.models import (
    Allergy,
    Encounter,
    Episode,
    Flag,
    JournalEntry,
    Medication,
    Observation,
    SourceResource,
)

pytestmark = pytest.mark.django_db
FOUND = {
    "Patient": 1, "Practitioner": 1, "PractitionerRole": 1, "Organization": 1, "EpisodeOfCare": 7, "Condition": 10,
    "Flag": 3, "Encounter": 18, "Composition": 18, "Observation": 75, "MedicationRequest": 6, "Medication": 6,
    "AllergyIntolerance": 1,
}  # fmt: skip


@pytest.fixture
def imported(run_import, real_dossier):
    return run_import(real_dossier)


def test_every_resource_is_stored(imported, place):
    assert {kind: count.stored for kind, count in imported.kinds.items()} == FOUND
    assert imported.refusals == ()
    assert Counter(SourceResource.objects.values_list("resource_type", flat=True)) == FOUND
    assert set(SourceResource.objects.values_list("patient_id", "practice_id")) == {tuple(row.pk for row in place)}


def test_rows_are_what_the_dossier_counts(imported):
    assert Counter(JournalEntry.objects.values_list("soep", flat=True)) == {"S": 16, "O": 11, "E": 15, "P": 15}
    assert Counter(Observation.objects.values_list("category", flat=True)) == {"measurement": 16, "laboratory": 2}
    assert (Episode.objects.count(), Encounter.objects.count(), Flag.objects.count()) == (7, 18, 3)
    assert (Medication.objects.count(), Allergy.objects.count()) == (6, 1)


def test_what_the_patient_may_see_can_be_told_from_the_rows(imported):
    """On 1 November 2026: 7 episodes, of which 1 closed with attention, 18 values in 14 months, 3 medicines in use."""
    closed = Episode.objects.exclude(end_date=None)
    assert list(closed.values_list("title", "end_date", "has_attention")) == [("Maagpijn", date(2026, 7, 29), True)]
    attention = Episode.objects.filter(has_attention=True).values_list("icpc_code", flat=True)
    assert set(attention) == {"D02", "K78", "R96"}
    assert Observation.objects.filter(observed_on__gte=date(2025, 9, 1)).count() == 18
    in_use = [row for row in Medication.objects.all() if row.end_date is None or row.end_date >= date(2026, 11, 1)]
    assert sorted(row.title.split()[0] for row in in_use) == ["IBUPROFEN", "PARACETAMOL/CODEINE", "SALBUTAMOL"]


def test_lines_hang_together(imported):
    line = JournalEntry.objects.get(source_id="gpdata-observation-contact04-e")
    assert (line.encounter.source_id, line.episode.title) == ("gpdata-encounter-contact04", "Rughernia")
    assert (line.icpc_code, line.author_name, line.author_role) == ("L03", "Dokter Bernard", "Huisarts")
    assert JournalEntry.objects.filter(encounter=None).count() == 0
    assert (
        not JournalEntry.objects.exclude(source_id__contains="contact08")
        .filter(episode=None, encounter__source_id__in=["gpdata-encounter-contact04", "gpdata-encounter-contact01"])
        .exists()
    )


def test_values_keep_number_unit_and_range(imported):
    glucose = Observation.objects.get(code="3208")
    assert (glucose.value_number, glucose.unit, glucose.unit_code) == (Decimal("5.4"), "mmol/L", "mmol/L")
    assert None not in (glucose.reference_low, glucose.reference_high)
    pressure = Observation.objects.get(source_id="gpdata-observation-contact01-bpsystolic")
    assert (pressure.value_number, pressure.unit, pressure.unit_code) == (184, "mmHg", "mm[Hg]")
    assert Observation.objects.get(code="2102").value_text == "irregulair"
    allergy = Allergy.objects.get()
    assert (allergy.clinical_status, allergy.category, allergy.criticality) == ("inactive", "medication", "high")
    assert allergy.reaction == "Toxische epidermale necrolyse (ernstig): Blaren op grote delen van de huid"


def test_dangling_references_are_named(imported):
    """The set names an episode that is not in it."""
    assert Counter(note.kind for note in imported.dangling) == {"Observation": 3, "Encounter": 1, "Composition": 1}
    assert all("gpdata-episodeofcare-icpc-s04" in note.text for note in imported.dangling)


def test_report_says_what_is_in_the_original_alone(imported):
    assert imported.original_only["Observation"]["bodySite"] == 4
    assert imported.original_only["Patient"].keys() >= {"name", "address", "telecom"}
    loose = [note.source_id for note in imported.notes if note.kind == "Condition"]
    assert sorted(loose) == [f"gpdata-condition-icpc-{code}" for code in ("l03", "r02", "s04")]


def test_original_is_kept_as_it_came(imported, real_dossier):
    entries = json.loads(real_dossier.read_text())["entry"]
    kept = {(row.resource_type, row.source_id): row.content for row in SourceResource.objects.all()}
    for entry in entries:
        resource = entry["resource"]
        assert json.loads(json.dumps(kept[(resource["resourceType"], resource["id"])], default=float)) == resource


def test_second_import_writes_nothing_but_its_log_line(imported, run_import, real_dossier):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = run_import(real_dossier)
    assert {kind: count.unchanged for kind, count in again.kinds.items()} == FOUND
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split()[2] for sql in written] == ["audit_auditevent"]


def test_r13_one_log_line_with_counts_and_no_content(imported, place):
    line = AuditEvent.objects.get()
    assert (line.event, line.patient_id, line.practice_id, line.outcome) == (
        "record.import",
        *(p.pk for p in place),
        "0",
    )
    assert line.detail == {
        "result": "done", "dry_run": False, "found": 148, "stored": 148, "updated": 0, "unchanged": 0, "refused": 0,
    }  # fmt: skip


def test_xml_gives_the_same_rows_and_originals(imported, run_import, real_dossier):
    """The same set in XML changes nothing at all: lists, numbers and narrative come out alike."""
    xml = made.as_xml(json.loads(real_dossier.read_text(), parse_float=Decimal))
    again = run_import('<?xml version="1.0" encoding="UTF-8"?>\n' + xml)
    assert {kind: count.unchanged for kind, count in again.kinds.items()} == FOUND


def test_loose_files_in_a_folder_give_the_same(imported, run_import, real_dossier, tmp_path):
    folder = tmp_path / "dossier"
    for number, entry in enumerate(json.loads(real_dossier.read_text(), parse_float=Decimal)["entry"]):
        path = folder / entry["resource"]["resourceType"] / f"{number}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.as_xml(entry["resource"]))
    again = run_import(folder)
    assert {kind: count.unchanged for kind, count in again.kinds.items()} == FOUND
