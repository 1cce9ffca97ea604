"""Files that came in while the virus scanner was away (security rows 1, 27)."""

import pytest

from tests.conftest import acting, as_role
from tests.consult_files.steps import Both, rows, upload
from tests.factories.documents import pdf
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions.attachment_checks import check_waiting_file, list_waiting_files
from zorgbalie.consult.models import ConsultAttachmentContent
from zorgbalie.consult.tasks import threads as tasks
from zorgbalie.integrations.virus import ScanResult
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.record.actions import document_intake

pytestmark = pytest.mark.django_db


class Scanner:
    """Says what a test wants, and counts how often it was asked."""

    def __init__(self):
        self.says, self.asked = ScanResult.NO_ANSWER, 0

    def scan(self, **_):
        self.asked += 1
        return self.says


@pytest.fixture
def scanner(monkeypatch):
    found = Scanner()
    monkeypatch.setattr(document_intake, "scan", found.scan)
    return found


@pytest.fixture
def sent(scanner):
    """A question with a photo and a letter, taken while the scanner was away."""
    both = Both()
    both.consult_id = both.ask_with(upload(), upload(pdf(), "brief.pdf"))
    return both


def run():
    with as_role("zorgbalie_worker"):
        tasks.check_waiting_files(timestamp=0)


def states():
    return [row.virus_state for row in rows()]


def test_row27_the_task_checks_what_waits_also_when_nobody_opens_it(sent, scanner):
    assert states() == ["waiting", "waiting"]
    asked = scanner.asked
    run()
    assert (states(), scanner.asked) == (["waiting", "waiting"], asked + 1), "one without an answer is enough"
    scanner.says = ScanResult.CLEAN
    run()
    assert states() == ["clean", "clean"]
    lines = AuditEvent.objects.filter(event="consult.file_checked", patient_id=sent.person.pk, outcome="0")
    assert lines.count() == 2
    run()
    assert lines.count() == 2, "twice is once"


def test_row27_one_that_lies_with_a_draft_is_checked_too(scanner):
    both = Both()
    both.choose(both.write(), upload(pdf(), "brief.pdf"))
    scanner.says = ScanResult.CLEAN
    run()
    assert states() == ["clean"]


def test_row27_a_file_that_cannot_be_read_leaves_the_others(sent, scanner):
    broken, _whole = rows()
    ConsultAttachmentContent.objects.filter(attachment=broken).delete()
    scanner.says = ScanResult.CLEAN
    run()
    assert states() == ["waiting", "clean"]


def test_row27_what_turns_out_to_hold_a_virus_opens_for_nobody_and_both_sides_read_that(sent, scanner):
    scanner.says = ScanResult.INFECTED
    run()
    assert states() == ["infected", "infected"]
    scanner.says = ScanResult.CLEAN
    for client, thread in ((sent.desk, sent.at_desk(sent.consult_id)), (sent.portal, f"/vragen/{sent.consult_id}/")):
        page = client.get(thread).content.decode()
        assert "brief.pdf: hier zit een virus in. Dit bestand gaat niet open." in page
        for row in rows():
            assert f"bestanden/{row.pk}/" not in page
            for path in (f"{thread}bestanden/{row.pk}/", f"{thread}bestanden/{row.pk}/klein/"):
                assert client.get(path).status_code == 404


def test_row1_nobody_but_the_worker_checks(sent):
    first = rows()[0].pk
    for viewer in (sent.viewer(), sent.staff()):
        with acting(viewer):
            with pytest.raises(NotVisible):
                list_waiting_files(viewer=viewer)
            with pytest.raises(NotVisible):
                check_waiting_file(
                    viewer=viewer, patient_id=sent.person.pk, practice_id=sent.practice.pk,
                    attachment_id=first, now=sent.now,
                )  # fmt: skip
