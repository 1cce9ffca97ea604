"""Two managers who load a file at the same moment: each link is there once (REQ 47)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from zorgbalie.knowledge.actions.loading import load_own_links
from zorgbalie.knowledge.models import KnowledgeLink


@pytest.mark.django_db(transaction=True)
def test_req47_two_uploads_at_once_give_each_link_one_row(now):
    practice = world.make_practice()
    viewers = [world.viewer_of_employee(world.make_employee(practice)) for _ in range(2)]
    lines = [f"gpk;{number};https://www.apotheek.nl/;Middel {number}" for number in range(400)]
    files = ["\n".join(lines).encode(), "\n".join(reversed(lines)).encode()]
    start = Barrier(2)

    def load(number):
        start.wait()
        try:
            with acting(viewers[number]):
                report = load_own_links(viewer=viewers[number], data=files[number], now=now)
        finally:
            connection.close()
        return report.total

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(load, range(2))) == [400, 400]
    assert KnowledgeLink.objects.filter(practice=practice).count() == 400
