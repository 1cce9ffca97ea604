"""A payload in every stored text, and every page of both faces for every kind of reader (security row 26).

And signs that mean something to a database, or to a page, in everything that an address can carry (rows 25 and 26).
"""

import pytest
from django.apps import apps

from tests.conftest import DeskClient, PortalClient
from tests.faces.test_query_bounds import DESK, NOW, PATIENT, Scene
from tests.factories import corrections, world, writing
from tests.factories.hostile import PAYLOAD, alive, fill_every_text
from tests.factories.knowledge import make_source
from tests.record_lab.reports import decide, new_report, receive
from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.record.models import JournalEntry
from zorgbalie.record.types.lab import LabAction

pytestmark = pytest.mark.django_db

# Every name that a page looks for in its address.
_NAMES = (
    "page", "sort", "q", "soort", "richting", "gedeeld", "deel", "stand", "zoek", "wat", "over", "patient", "terug",
    "bij", "gedaan", "opgelost", "lees", "van", "tot", "wie", "kind", "naam", "doen",
)  # fmt: skip
_INJECTED = (
    "' OR '1'='1' --", "id DESC; DROP TABLE record_document", "1) UNION SELECT 1 --", "%' OR 1=1 --", "-title",
    "pk__gt", "\\", "1e99", "'||pg_sleep(9)||'",
)  # fmt: skip
# What a page must have shown for the walk to mean something; the rest is for screens of another state.
_OF_THE_PATIENT = {
    "Consult.subject", "ConsultMessage.text", "CorrectionRequest.text", "CorrectionRequest.answer",
    "Document.title", "Document.explanation", "Document.author_name", "LabReport.conclusion", "LabReport.advice",
    "Observation.title", "Observation.remark", "PatientStatement.text", "ResultKind.name", "Person.given_name",
    "BillingSettings.patient_text", "Consult.addressed_name", "Consult.draft_text", "ConsultAnswer.answer",
    "ConsultAnswer.help_text", "ConsultAnswer.label", "ConsultAttachment.file_name", "ConsultMessage.author_name",
    "ConsultReason.care_term", "ConsultReason.description", "ConsultReason.name", "ConsultTimes.sent_text",
}  # fmt: skip
_OF_STAFF = {
    "ActionNote.text", "ConsultMessage.text", "ConsultNote.text", "CorrectionEvent.text", "CorrectionRequest.answer",
    "CorrectionRequest.text", "Document.title", "Document.explanation", "Document.file_name", "LabReport.remark",
    "LabResult.title", "LabResult.value_text", "PlainWord.plain", "PlainWord.word", "ReplyTemplate.title",
    "ReplyTemplate.conclusion", "ReplyTemplate.advice", "AnswerTemplate.title", "AnswerTemplate.text",
    "SharedNote.text", "WorkNote.text", "KnowledgeLink.title", "BillingTariff.description", "Consult.subject",
    "Consult.addressed_name", "ConsultAttachment.file_name", "ConsultCopy.written_by_name", "ConsultNote.author_name",
    "Declaration.confirmed_by_name", "Declaration.description", "Declaration.patient_name",
    "Declaration.performer_name", "DeclarationEvent.by_name", "ExportBatch.made_by_name", "Mailing.made_by_name",
    "Mailing.subject", "Mailing.text", "Mailing.title", "PlannedFollowUp.planned_by_name", "PlannedFollowUp.text",
    "StandardLink.title", "TimeEntry.employee_name",
}  # fmt: skip
_OF_THE_MANAGER = {
    "BillingSettings.patient_text", "BillingTariff.description", "ConsultReason.care_term",
    "ConsultReason.description", "ConsultReason.name", "ConsultReasonQuestion.help_text",
    "ConsultReasonQuestion.label", "ConsultReasonQuestion.unit", "ConsultTimes.closed_phone",
    "ConsultTimes.closed_text", "ConsultTimes.sent_text", "Declaration.patient_name", "Employee.name",
    "KnowledgeLink.title", "KnowledgeSource.name", "PlainWord.word", "ResultKind.name", "StandardLink.title",
}  # fmt: skip


class Pages:
    """One of everything and a report in each state, with the addresses of all pages of both faces."""

    def __init__(self) -> None:
        self.scene = scene = Scene(1)
        self.patient, self.practice, self.doctor = scene.patient, scene.practice, scene.employee
        self.report_id = receive(self.patient, self.practice, NOW, new_report(reported_at=NOW)).report_id
        texts = {"conclusion": "Goed.", "advice": "Niets."}
        decide(self.doctor, self.patient, self.report_id, LabAction.PUBLISH, NOW, **texts)
        invited = world.make_lab_report(self.patient, self.practice, "Kalium", self.doctor)
        answered = corrections.make_correction(
            self.patient, self.practice, state="refused", answer="Nee.", decided_at=NOW, decided_by=self.doctor
        )
        world.add_shared_note(self.patient, self.practice).shared_with.add(self.doctor)
        writing.add_action(self.patient, self.doctor)
        make_source()
        self.portal = [path(scene) for _, path in PATIENT.values()]
        self.portal += [f"/dossier/uitslagen/onderzoek/{self.report_id}/?lees=nu", f"/verzoeken/{answered.pk}/"]
        self.desk = [path(scene) for _, path in DESK.values()]
        self.desk += [f"/postberichten/{self.patient.pk}/{pk}/" for pk in (invited.pk, self.report_id)]
        self.desk += [f"/correcties/{self.patient.pk}/{answered.pk}/", f"/dossier/{self.patient.pk}/?deel=notities"]

    def fill(self) -> None:
        """Put the payloads in; the numbers of the pages stay what they are."""
        self.marks = fill_every_text()

    def walk(self, client, paths: list[str]) -> set[str]:
        """Every page is inert; returns the columns that were seen on one of them."""
        seen, trouble = set(), []
        with client.stay():
            for path in paths:
                answer = client.get(path)
                page = answer.content.decode()
                assert answer.status_code < 500, path
                trouble += [(path, one) for one in alive(page)]
                seen |= {column for mark, column in self.marks.items() if mark in page}
        assert trouble == []
        return seen


@pytest.fixture
def pages() -> Pages:
    return Pages()


def portal_of(patient) -> PortalClient:
    """A patient's browser that shows a fault as a page."""
    client = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
    client.sign_in(patient)
    return client


def desk_of(employee) -> DeskClient:
    """An employee's browser that shows a fault as a page."""
    client = DeskClient("desk", "zorgbalie_desk", raise_request_exception=False)
    client.sign_in(employee)
    return client


def test_row26_no_stored_text_comes_alive_for_patient_doctor_or_manager(pages):
    manager = world.make_employee(pages.practice, role=StaffRole.MANAGER)
    pages.fill()
    assert _OF_THE_PATIENT - pages.walk(portal_of(pages.patient), pages.portal) == set()
    assert _OF_STAFF - pages.walk(desk_of(pages.doctor), pages.desk) == set()
    assert _OF_THE_MANAGER - pages.walk(desk_of(manager), pages.desk) == set()


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row26_what_a_form_or_an_address_carries_does_not_come_alive(pages, face):
    """A form that comes back with its problem shows what was typed: as text."""
    client, paths = (
        (portal_of(pages.patient), pages.portal) if face == "portal" else (desk_of(pages.doctor), pages.desk)
    )
    names = {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
    body = dict.fromkeys(names | set(_NAMES) | {"text", "explanation", "reason", "answer", "note", "words"}, PAYLOAD)
    with client.stay():
        for path in paths:
            for answer in (client.get(path, dict.fromkeys(_NAMES, PAYLOAD)), client.post(path, body)):
                assert answer.status_code < 500, path
                assert alive(answer.content.decode()) == [], path


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row25_signs_of_sql_in_an_address_are_only_text(pages, face):
    client, paths = (
        (portal_of(pages.patient), pages.portal) if face == "portal" else (desk_of(pages.doctor), pages.desk)
    )
    before = JournalEntry.objects.count()
    with client.stay():
        for number, path in enumerate(one.partition("?")[0] for one in paths):
            for sign in (_INJECTED[0], _INJECTED[1 + number % (len(_INJECTED) - 1)]):
                assert client.get(path, dict.fromkeys(_NAMES, sign)).status_code < 500, (path, sign)
    assert JournalEntry.objects.count() == before


def test_row25_signs_of_sql_order_and_find_nothing_else(pages):
    """A sort that is none of ours leaves the list as it was; a search finds what holds the signs, which is nothing."""
    client = desk_of(pages.doctor)
    listed = f"/documenten/{pages.patient.pk}/"
    with client.stay():
        plain = client.get(listed).content.count(b"/documenten/")
        for sign in _INJECTED:
            for name in ("sort", "soort", "richting", "gedeeld", "page"):
                assert client.get(listed, {name: sign}).content.count(b"/documenten/") >= plain, (name, sign)
            found = client.get(listed, {"q": sign}).content.decode()
            assert pages.scene.letter.title not in found, sign
