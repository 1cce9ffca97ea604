"""REQ 22: the file in which a patient saves the record holds the questions and answers, where they may be read."""

import json

import pytest

from tests.conftest import acting
from tests.exchange.conftest import place, real_dossier, run_import  # noqa: F401 (fixtures)
from tests.factories import consult, reasons, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.export_types import ExportKind
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(scene):
    """A question with an answer, and one that was not sent."""
    scene.doctor = world.make_employee(scene.practice, name="dr. J. de Wit")
    row = consult.make_consult(scene.patient, scene.practice, "Mag ik <b>sporten</b>?", state="answered")
    reasons.make_answer(row, label="Hoe lang?", answer="3 dagen")
    reasons.make_answer(row, place=2, label="Nog iets?", answer="", is_optional=True)
    answer = consult.add_text(row, "Ja, dat mag.", scene.doctor)
    type(answer).objects.filter(pk=answer.pk).update(author_role="gp")
    consult.make_draft(scene.patient, scene.practice, "Niet verstuurd")
    return scene


def _communications(scene, **who):
    file = json.loads(scene.download(scene.make(scene.ask(ExportKind.FHIR, **who)).pk, **who).content)
    return [one["resource"] for one in file["entry"] if one["resource"]["resourceType"] == "Communication"]


def test_req22_the_file_for_machines_holds_a_communication_per_text(asked):
    question, answer = _communications(asked)
    assert question["payload"] == [{"contentString": "Mag ik <b>sporten</b>?"}, {"contentString": "Hoe lang? 3 dagen"}]
    assert answer["payload"] == [{"contentString": "Ja, dat mag."}]
    assert answer["inResponseTo"] == [{"reference": f"Communication/{question['id']}"}]
    assert (question["subject"]["reference"], answer["sender"]["display"]) == ("Patient/patient", "dr. J. de Wit")
    assert AuditEvent.objects.filter(event="export.make", kind="consults", practice_id=asked.practice.pk).count() == 1


def test_what_leaves_comes_in_whole(asked, run_import, place):  # noqa: F811  (the fixture)
    content = asked.download(asked.make(asked.ask(ExportKind.FHIR)).pk).content
    report = run_import(content)
    assert report.refusals == ()
    assert report.dangling == ()


def test_req22_the_document_holds_them_too_and_no_draft(asked, monkeypatch):
    seen = {}
    from zorgbalie.exchange.actions import export_document

    real = export_document.render_pdf
    monkeypatch.setattr(export_document, "render_pdf", lambda **values: seen.update(values["data"]) or real(**values))
    row = asked.make(asked.ask())
    assert row.state == "ready"
    text = json.dumps(seen, ensure_ascii=False)
    assert "Mag ik <b>sporten</b>?" in text
    assert "dr. J. de Wit, huisarts" in text
    assert "Hoe lang? 3 dagen" in text
    assert "Niet verstuurd" not in text


def test_r14_with_questions_off_the_file_holds_none_and_one_made_before_is_not_given(asked):
    before = asked.make(asked.ask(ExportKind.FHIR)).pk
    Account.objects.filter(practice=asked.practice).update(
        facilities=["journal_ep", "diagnostic_values", "medication", "allergies"]
    )
    with pytest.raises(NotVisible):
        asked.download(before)
    assert _communications(asked) == []


def test_row2_of_another_patient_nothing_is_in_it(asked):
    other = world.make_person()
    world.enrol(other, asked.practice, asked.practice.accounts.first())
    consult.make_consult(other, asked.practice, "Geheime vraag")
    assert all("Geheime" not in one["payload"][0]["contentString"] for one in _communications(asked))
    with acting(asked.viewer):
        assert not AuditEvent.objects.filter(patient_id=other.pk, event="export.make").exists()
