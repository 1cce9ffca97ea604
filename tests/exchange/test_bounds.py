"""What an import costs: a fixed number of queries, and seconds for a dossier of 10,000 results."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import dossier as made
from zorgbalie.record.models import Observation

pytestmark = pytest.mark.django_db


def _dossier(count):
    return made.bundle(*made.whole(), *(made.result(id=f"r{number}", value=number) for number in range(count)))


def _queries(run_import, content):
    with CaptureQueriesContext(connection) as queries:
        run_import(content)
    return len(queries)


def test_queries_do_not_grow_with_the_dossier(run_import):
    first = _queries(run_import, _dossier(1))
    assert _queries(run_import, _dossier(300)) <= first
    assert first <= 60


def test_ten_thousand_results_are_stored_once(run_import):
    content = _dossier(10_000)
    run_import(content)
    again = run_import(content)
    assert Observation.objects.count() == 10_001
    assert again.kinds["Observation"].unchanged == 10_005
