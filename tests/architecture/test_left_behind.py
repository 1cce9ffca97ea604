"""What may not leave a page: files for others (row 8), and words of a record in logs and jobs (row 45)."""

import logging
import re

import pytest
from django.db import connection, transaction

from tests.architecture.test_garbage_walk import forms_of
from tests.architecture.test_xss_walk import Pages, desk_of, portal_of
from tests.architecture.walk import addresses
from tests.conftest import DeskClient, PortalClient
from tests.faces.test_query_bounds import NOW
from tests.factories import world
from tests.factories.attachments import add_attachment
from tests.factories.exports import make_export
from zorgbalie.consult.models import ConsultAttachment
from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db
_FILE = re.compile(r"_(?:file|download|pdf|csv|thumbnail)$")
# Of the practice itself: what it declared, and whom it wrote to, stays its own when a patient leaves.
_STAYS = re.compile("^/(?:declaraties|berichten)/")
_WAYS = (("get", {}), ("head", {}), ("get", {"HTTP_RANGE": "bytes=0-9"}))


def _files(face: str, pages: Pages) -> list[str]:
    """The address of every file of a face that names somebody or something of somebody."""
    photo = _photo(pages)
    numbers = {
        "consult_id": photo.consult_id, "attachment_id": photo.pk, "batch_id": pages.scene.batch.pk,
        "mailing_id": pages.scene.sent.pk, "patient_id": pages.patient.pk, "document_id": pages.scene.letter.pk,
        "export_id": make_export(pages.patient, pages.practice, kind="fhir", content=b"{}").pk,
    }  # fmt: skip
    found = []
    for address in addresses(f"zorgbalie.config.urls.{face}"):
        names = {name for name, _ in address.parameters}
        if _FILE.search(address.name) and names and names <= numbers.keys():
            path = address.pattern
            for name, _ in address.parameters:
                path = path.replace(f"<{name}>", str(numbers[name]))
            found.append(path)
    return found


def _photo(pages: Pages) -> ConsultAttachment:
    """A photo that was sent with a question."""
    question = pages.scene.consult
    return add_attachment(
        question, question.messages.filter(author_kind="patient").first(), content=b"photo", thumbnail=b"small",
        file_name="foto.jpg", media_type="image/jpeg",
    )  # fmt: skip


def _patients(pages: Pages) -> list[PortalClient]:
    """Nobody, somebody of the same practice, and a parent whose child is another."""
    neighbour, _ = world.make_patient_with_open_record(pages.practice)
    parent, _ = world.make_patient_with_open_record()
    child, _ = world.make_patient_with_open_record(pages.practice)
    world.represent(parent, child)
    return [PortalClient("portal", "zorgbalie_portal"), portal_of(neighbour), portal_of(parent)]


def _colleagues(pages: Pages) -> list[DeskClient]:
    """Nobody, a doctor of another practice, and colleagues who may not read the record."""
    stranger = world.make_employee(world.make_practice())
    manager = world.make_employee(pages.practice, role=StaffRole.MANAGER, rights=())
    assistant = world.make_employee(pages.practice, role=StaffRole.ASSISTANT, rights=())
    clients = [DeskClient("desk", "zorgbalie_desk")]
    return clients + [desk_of(one) for one in (stranger, manager, assistant)]


def _is_file(answer) -> bool:
    return "filename" in answer.headers.get("Content-Disposition", "")


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row8_the_address_of_a_file_is_worth_nothing_to_others(face):
    """By no method, and to nobody once the relation ended; those who could open it had it a moment before."""
    pages = Pages()
    found = _files(face, pages)
    own = portal_of(pages.patient) if face == "portal" else desk_of(pages.doctor)
    with own.stay():
        given = [path for path in found if _is_file(own.get(path))]
    assert len(given) == (5 if face == "portal" else 7)
    for client in _patients(pages) if face == "portal" else _colleagues(pages):
        _refused(client, found)
    Enrolment.objects.filter(person=pages.patient, practice=pages.practice).update(ended_at=NOW)
    _refused(own, [path for path in found if not _STAYS.match(path)])


def _refused(client, found: list[str]) -> None:
    with client.stay():
        for path in found:
            for method, headers in _WAYS:
                answer = getattr(client, method)(path, **headers)
                assert answer.status_code in (302, 403, 404, 405), (path, method)
                assert not _is_file(answer), (path, method)


def test_row45_no_word_of_a_record_in_a_log_or_a_job(caplog):
    """All pages and all their forms, sent as they stand, with a mark in every text of the database."""
    pages = Pages()
    pages.fill()
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(logging.Formatter("%(name)s %(message)s %(exc_text)s"))
    jobs = []
    for client, paths in ((portal_of(pages.patient), pages.portal), (desk_of(pages.doctor), pages.desk)):
        with client.stay():
            for path, fields in list(forms_of(client, paths)):
                if "/uitloggen/" in path or "logout" in path:
                    continue
                with transaction.atomic():
                    client.post(path, fields)
                    jobs += _jobs()
                    transaction.set_rollback(True)
    ours = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith(("django.db", "asyncio")))
    for text in (ours, "\n".join(jobs)):
        assert not re.search(r"zq\d+q", text)
        assert pages.patient.bsn not in text
    assert jobs


def _jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name || args::text || coalesce(lock, '') FROM procrastinate_jobs")
        return [row[0] for row in cursor.fetchall()]
