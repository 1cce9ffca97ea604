"""Two employees who confirm at the same moment: one releases, the other is told (REQ 55)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import world
from tests.record_release.choices import look, make_dossier, release
from zorgbalie.access.types import RequestDecided
from zorgbalie.audit.models import AuditEvent
from zorgbalie.messaging.models import Notice
from zorgbalie.record.models import Episode
from zorgbalie.record.types.desk import RecordChanged


@pytest.mark.django_db(transaction=True)
def test_req55_of_two_at_once_one_releases_and_nothing_is_half_done(now):
    dossier = make_dossier()
    viewers = [dossier.viewer, world.viewer_of_employee(world.make_employee(dossier.practice))]
    choices = [dossier.choice("one"), dossier.choice("two")]
    digests = [look(dossier, now, choice).digest for choice in choices]
    start = Barrier(2)

    def confirm(number):
        start.wait()
        try:
            release(dossier, now, choices[number], viewer=viewers[number], digest=digests[number])
        except (RequestDecided, RecordChanged) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "released"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(confirm, range(2)))
    assert sorted(outcomes)[-1] == "released"
    assert outcomes.count("released") == 1
    dossier.request.refresh_from_db()
    winner = outcomes.index("released")
    assert (dossier.request.state, dossier.request.decided_by_id) == ("released", viewers[winner].employee_id)
    hidden = set(Episode.objects.filter(visible_to_patient=False).values_list("title", flat=True))
    assert hidden == {dossier.rows["one" if winner == 0 else "two"].title}
    assert AuditEvent.objects.filter(event="visibility.change").count() == 1
    assert Notice.objects.count() <= 1
