"""What the database lets the roles do with files of a record, were the code above wrong (security rows 3, 8, 10)."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.architecture.test_wall_writes import changed, refused
from tests.conftest import acting, as_role
from tests.factories import world
from tests.factories.exports import make_export
from zorgbalie.exchange.models import RecordExport, RecordExportContent
from zorgbalie.kernel.clock import current_moment

pytestmark = pytest.mark.django_db
_INSERT = (
    "INSERT INTO exchange_recordexport (practice_id, patient_id, asked_by_id, asked_by_name, level, language, kind,"
    " state, step, progress, fault, parts, asked_at, expires_at, sha256, size) VALUES (%s, %s, %s, '', 'HOOG', 'nl',"
    " 'pdf', %s, 'waiting', 0, '', '[]', now(), now(), '', 0)"
)


@pytest.fixture
def patient():
    person, practice = world.make_patient_with_open_record()
    return person, practice, world.viewer_of_patient(person)


def test_portal_asks_in_the_own_name_for_the_open_patient_and_makes_nothing_ready(patient):
    person, practice, viewer = patient
    other, elsewhere = world.make_patient_with_open_record()
    assert refused(viewer, _INSERT, [practice.pk, person.pk, other.pk, "asked"])
    assert refused(viewer, _INSERT, [elsewhere.pk, other.pk, person.pk, "asked"])
    assert refused(viewer, _INSERT, [elsewhere.pk, person.pk, person.pk, "asked"])
    assert refused(viewer, _INSERT, [practice.pk, person.pk, person.pk, "ready"])
    assert not refused(viewer, _INSERT, [practice.pk, person.pk, person.pk, "asked"])


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE exchange_recordexport SET state = 'ready'",
        "DELETE FROM exchange_recordexport",
        "UPDATE exchange_recordexportcontent SET held = '{}'",
        "DELETE FROM exchange_recordexportcontent",
    ],
)
def test_portal_changes_and_removes_no_file(patient, query):
    assert refused(patient[2], query)


@pytest.mark.parametrize("table", ["exchange_recordexport", "exchange_recordexportcontent"])
def test_desk_reads_neither_table(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('zorgbalie_desk', %s, 'SELECT')", [table])
        assert cursor.fetchone() == (False,)


def test_row8_bytes_are_within_reach_of_who_asked_alone_and_not_when_they_are_over(patient):
    person, practice, viewer = patient
    helper = world.make_person()
    world.represent(helper, person, "helper")
    of_helper = make_export(person, practice, asked_by=helper, content=b"x")
    own = make_export(person, practice, content=b"y")
    make_export(person, practice, content=b"z", expires_at=current_moment() - timedelta(days=1))
    with acting(viewer):
        assert set(RecordExportContent.objects.values_list("export_id", flat=True)) == {own.pk}
        assert RecordExport.objects.count() == 3
    with acting(world.viewer_of_patient(helper, person)):
        assert set(RecordExportContent.objects.values_list("export_id", flat=True)) == {of_helper.pk}
        assert RecordExport.objects.count() == 1


def test_worker_without_a_patient_finds_only_what_is_over(patient):
    make_export(patient[0], patient[1], content=b"x")
    over = make_export(patient[0], patient[1], content=b"y", expires_at=current_moment() - timedelta(days=1))
    with as_role("zorgbalie_worker"):
        assert list(RecordExport.objects.values_list("pk", flat=True)) == [over.pk]
        assert list(RecordExportContent.objects.values_list("export_id", flat=True)) == [over.pk]


def test_somebody_elses_rows_are_untouched(patient):
    make_export(*world.make_patient_with_open_record(), content=b"x")
    with acting(patient[2]):
        assert not RecordExport.objects.exists()
    assert changed(patient[2], "SELECT 1 FROM exchange_recordexport") == 0
