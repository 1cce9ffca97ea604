"""Two at the same moment: one shares, the other is told; the same form twice is one document (REQ 65)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import world
from tests.record_documents.scene import Scene
from zorgbalie.audit.models import AuditEvent
from zorgbalie.record.models import Document, DocumentContent
from zorgbalie.record.types.documents import DocumentChanged

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deed):
    start = Barrier(2)

    def run(number):
        start.wait()
        try:
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


def test_of_two_who_share_at_once_one_wins(now):
    scene = Scene(now)
    row = scene.make()
    employees = [scene.doctor, world.make_employee(scene.practice)]

    def share(number):
        try:
            scene.publish(Document.objects.get(pk=row.pk), f"Uitleg {number}", employee=employees[number], revision=0)
        except DocumentChanged:
            return False
        return True

    outcomes = at_once(share)
    row.refresh_from_db()
    winner = outcomes.index(True)
    assert sorted(outcomes) == [False, True]
    assert (row.explanation, row.published_by_id, row.revision) == (f"Uitleg {winner}", employees[winner].pk, 1)
    assert AuditEvent.objects.filter(event="document.publish").count() == 1


def test_the_same_form_at_once_is_one_document(now):
    scene = Scene(now)
    found = at_once(lambda _: scene.add(source_key="upload:een").document_id)
    assert len(set(found)) == 1
    assert (Document.objects.count(), DocumentContent.objects.count()) == (1, 1)
