"""The whole way: a dossier as a GP system exports it, read by its patient in the portal (national OPEN data set)."""

from datetime import UTC, datetime

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.record.models import JournalEntry
from zorgbalie.record.queries import patient_record

pytestmark = pytest.mark.django_db
READ_AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def test_open_data_set_of_the_real_dossier(place, run_import, real_dossier):
    """What a conforming source shows, by the qualification material of Huisartsgegevens 2.0."""
    patient, _ = place
    run_import(real_dossier)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        found = patient_record.get_overview(viewer=viewer, now=READ_AT)
        first = patient_record.list_contacts(viewer=viewer, now=READ_AT, page=1)
        values = patient_record.list_values(viewer=viewer, now=READ_AT, page=1)
    lines = [line for contact in first.items for line in contact.lines]
    assert found.episodes.total == 7
    assert [one.listed.total for one in (*found.medicines, *found.allergies)] == [3, 1]
    assert sum(group.count for group in values.items) == 18
    assert (found.contacts.total, first.total) == (18, 18)
    assert sorted({line.soep for line in lines}) == ["E", "P"]
    assert [sum(line.soep == letter for line in lines) for letter in "EP"] == [15, 15]
    inside = JournalEntry.objects.filter(patient=patient, soep__in="SO")
    assert inside.count() == 27
    everything = repr((found, first))
    assert not [entry.text for entry in inside if len(entry.text) > 12 and entry.text in everything]
