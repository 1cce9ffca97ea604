"""The hourly task that clears work notes (REQ 59), as the worker runs it."""

import pytest

from tests.conftest import as_role
from tests.factories import world
from zorgbalie.record.models import WorkNote
from zorgbalie.record.tasks import clear_expired_work_notes

pytestmark = pytest.mark.django_db


def test_req59_the_task_clears_in_the_worker_s_own_role():
    patient, practice = world.make_patient_with_open_record()
    author = world.make_employee(practice)
    for moment in ("2020-01-01T00:00Z", "2099-01-01T00:00Z"):
        WorkNote.objects.create(practice=practice, patient=patient, author=author, text="x", expires_at=moment)
    with as_role("zorgbalie_worker"):
        clear_expired_work_notes(timestamp=0)
    assert WorkNote.objects.get().expires_at.year == 2099
