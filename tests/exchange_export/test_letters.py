"""Letters, own words and corrections in the files in which a patient saves the record (REQ 10, 18, 22; R3, R4, R14)."""

import base64
import hashlib
import json

import pytest

from tests.exchange.conftest import place, run_import  # noqa: F401 (fixtures)
from tests.exchange_export.test_making import text_of
from tests.factories import corrections, documents, world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.export_types import ExportKind, ExportOutdated
from zorgbalie.practice.models import Account
from zorgbalie.record.models import Allergy, Document, DocumentSharing, Medication, Observation, SourceResource
from zorgbalie.record.queries import whole_letters
from zorgbalie.record.types.corrections import RecordItem

pytestmark = pytest.mark.django_db


class Letters:
    """A letter that is shared and some that are not served."""

    def __init__(self, scene):
        self.scene, self.practice = scene, scene.practice
        documents.switch_on(scene.practice, "specialist_in", "discharge")
        self.text = "Beste collega, <b>hart</b>"
        self.shared = self.make(
            title="Brief over het hart", state="shared", author_name="AMC", text=self.text,
            explanation="Uw hart is goed.\nU hoeft niets te doen.", category="specialist_in",
        )  # fmt: skip
        self.make(title="Geheime brief", explanation="Geheime uitleg")
        self.make(title="Geheime ingetrokken brief", state="withdrawn")
        self.make(title="Geheime foto", state="shared", category="photo")
        self.make(title="Geheim overdrachtsbericht", category="epd_transfer")

    def make(self, **values):
        return documents.make_document(self.scene.patient, self.practice, **values)

    def pdf(self):
        """The words of the document."""
        return text_of(self.scene.download(self.scene.make(self.scene.ask()).pk).content)

    def bundle(self):
        """The file for machines."""
        export = self.scene.make(self.scene.ask(ExportKind.FHIR))
        return json.loads(self.scene.download(export.pk).content)

    def resources(self, kind):
        return [entry["resource"] for entry in self.bundle()["entry"] if entry["resource"]["resourceType"] == kind]


@pytest.fixture
def letters(scene) -> Letters:
    return Letters(scene)


def test_req18_document_names_each_letter_with_its_explanation_and_says_where_to_open_it(letters):
    text = letters.pdf()
    for words in (
        "1 oktober 2026 · Brief over het hart", "Brief van de specialist", "AMC", "Uw hart is goed.",
        "U hoeft niets te doen.", "De brief zelf opent u op de website: kies Dossier en dan Brieven.",
    ):  # fmt: skip
        assert words in text, words
    for words in ("Geheim", "Beste collega"):
        assert words not in text, words


def test_req18_file_for_machines_holds_each_letter_with_its_bytes(letters):
    (found,) = letters.resources("DocumentReference")
    content = letters.text.encode()
    practice = {"reference": f"Organization/practice-{letters.practice.pk}", "display": letters.practice.name}
    assert found["content"] == [
        {
            "attachment": {
                "contentType": "text/plain",
                "data": base64.b64encode(content).decode(),
                "hash": base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode(),
                "size": len(content),
                "title": "Brief over het hart",
                "creation": "2026-10-01",
            }
        }
    ]
    assert (found["status"], found["type"], found["class"]) == (
        "current", {"text": "Brief van de specialist"}, {"text": "Brief van de specialist"},
    )  # fmt: skip
    assert (found["created"], found["author"], found["custodian"]) == ("2026-10-01", [{"display": "AMC"}], practice)
    assert found["indexed"].startswith(str(world.MOMENT.year))
    assert found["description"] == "Uw hart is goed.\nU hoeft niets te doen."
    assert "Geheim" not in json.dumps(letters.bundle())


def test_req22_letters_that_are_too_large_together_are_named_without_their_bytes(letters, monkeypatch):
    """The newest go first, and the file says which are without."""
    large = letters.make(title="Grote brief", state="shared", text="x" * 100, document_date="2026-11-01")
    monkeypatch.setattr(whole_letters, "LETTERS_TOGETHER", 99)
    found = {one["id"]: one["content"][0]["attachment"] for one in letters.resources("DocumentReference")}
    assert "data" in found[f"letter-{letters.shared.pk}"]
    assert set(found[f"letter-{large.pk}"]) == {"contentType", "size", "title", "creation"}
    (overview,) = [one for one in letters.resources("Composition") if one["title"] == "Brieven"]
    everything, without = overview["section"]
    assert "25 MB" in everything["text"]["div"]
    assert [one["display"] for one in everything["entry"]] == ["Grote brief", "Brief over het hart"]
    assert [one["display"] for one in without["entry"]] == ["Grote brief"]
    assert "opent ze op de website" in without["text"]["div"]


def test_row40_letters_in_a_file_leave_a_line_of_their_own(letters):
    letters.pdf()
    assert AuditEvent.objects.filter(event="export.make", kind="documents", practice_id=letters.practice.pk).exists()
    assert not AuditEvent.objects.filter(event="letter.read").exists()  # it stays new: nobody opened it


@pytest.mark.parametrize("kind", list(ExportKind))
@pytest.mark.parametrize(
    "hide",
    [
        lambda: Document.objects.filter(state="shared").update(state="withdrawn"),
        lambda: DocumentSharing.objects.filter(category="specialist_in").delete(),
        lambda: DocumentSharing.objects.update(starts_on="2026-10-02"),
        lambda: Document.objects.filter(state="shared", category="specialist_in").update(category="photo"),
    ],
)
def test_r4_r14_file_with_a_letter_that_is_not_served_any_more_is_not_given(letters, scene, kind, hide):
    export = scene.make(scene.ask(kind))
    assert scene.download(export.pk).content
    hide()
    with pytest.raises(ExportOutdated):
        scene.download(export.pk)


def test_r14_without_the_facility_there_are_no_letters(letters):
    Account.objects.filter(practice=letters.practice).update(facilities=["medication", "allergies"])
    text = letters.pdf()
    assert "OMEPRAZOL" in text
    assert "Brief over het hart" not in text
    assert letters.resources("DocumentReference") == []


def test_import_of_our_own_file_keeps_letters_whole_and_says_that_they_are_not_imported(letters, run_import, place):  # noqa: F811  (the fixtures)
    content = json.dumps(letters.bundle()).encode()
    report = run_import(content)
    assert (report.refusals, report.dangling) == ((), ())
    (note,) = [note.text for note in report.notes if note.kind == "DocumentReference"]
    assert note == "a letter is not imported into the record; its original is kept"
    kept = SourceResource.objects.get(resource_type="DocumentReference", patient=place[0])
    assert base64.b64decode(kept.content["content"][0]["attachment"]["data"]).decode() == letters.text
    assert not Document.objects.filter(patient=place[0]).exists()
    assert not run_import(content).refusals  # and once more


def say(letters):
    """Own words beside one item of each kind, corrections, and words about what is not shown."""
    scene = letters.scene
    whose = (scene.patient, scene.practice)
    report = world.make_lab_report(
        *whose, "Streeklab", world.make_employee(scene.practice), state="published", published_at=world.MOMENT
    )
    line = scene.contact.entries.get(soep="E")
    rows = {
        "klacht": scene.episode, "contact": scene.contact, "regel": line, "meting": scene.value, "uitslag": report,
        "allergie": Allergy.objects.get(title="Penicilline"), "brief": letters.shared,
        "medicijn": Medication.objects.get(title="IBUPROFEN 400 MG"),
    }  # fmt: skip
    assert set(rows) == set(RecordItem)
    for kind, row in rows.items():
        corrections.make_statement(*whose, kind, row.pk, text=f"Woorden bij {kind}.\n<b>")
    corrections.make_statement(*whose, "klacht", scene.episode.pk, kind="correction", text="Het was bronchitis.")
    corrections.make_statement(*whose, text="Woorden bij alles.")
    corrections.make_statement(*whose, "klacht", scene.hidden.pk, text="Geheime woorden")
    secret = Document.objects.get(title="Geheime brief")
    corrections.make_statement(*whose, "brief", secret.pk, text="Geheime woorden")
    hidden = Observation.objects.get(title="Geheime meting")
    corrections.make_statement(*whose, "meting", hidden.pk, text="Geheime woorden")
    return rows


def test_bw7_454_document_holds_what_was_said_beside_each_item(letters):
    rows = say(letters)
    text = letters.pdf()
    for kind in rows:
        assert f"Woorden bij {kind}." in text, kind
    assert "Woorden bij alles." in text
    assert "Het was bronchitis." in text
    assert text.count("Eigen tekst van de patiënt, ") == len(rows) + 1
    assert text.count("Gecorrigeerd op ") == 1
    assert "Geheim" not in text


def test_bw7_454_file_for_machines_holds_what_was_said_beside_each_item(letters):
    rows = say(letters)
    bundle = letters.bundle()
    by_name = {entry["resource"]["id"]: entry["resource"] for entry in bundle["entry"]}
    head = "Eigen tekst van de patiënt, "
    for name, kind in ((f"line-{rows['regel'].pk}", "regel"), (f"value-{rows['meting'].pk}", "meting")):
        assert by_name[name]["comment"].partition(head)[2].endswith(f"Woorden bij {kind}.\n<b>")
    for name, kind in ((f"allergy-{rows['allergie'].pk}", "allergie"), (f"medicine-{rows['medicijn'].pk}", "medicijn")):
        note = by_name[name]["note"][-1]
        assert note["authorReference"]["reference"] == "Patient/patient"
        assert note["text"].startswith(head)
        assert note["text"].endswith(f"Woorden bij {kind}.\n<b>")
    sections = by_name[f"practice-{letters.practice.pk}-said"]["section"]
    found = {one.get("entry", [{"reference": ""}])[0]["reference"]: one["text"]["div"] for one in sections}
    assert set(found) == {
        "", f"EpisodeOfCare/episode-{rows['klacht'].pk}", f"Encounter/contact-{rows['contact'].pk}",
        f"Composition/lab-report-{rows['uitslag'].pk}", f"DocumentReference/letter-{rows['brief'].pk}",
    }  # fmt: skip
    assert "Woorden bij alles." in found[""]
    assert "Gecorrigeerd door de praktijk, " in found[f"EpisodeOfCare/episode-{rows['klacht'].pk}"]
    assert "&lt;b&gt;" in found[f"DocumentReference/letter-{rows['brief'].pk}"]
    assert "Geheim" not in json.dumps(bundle, ensure_ascii=False)


def test_bw7_454_what_was_said_survives_an_import(letters, run_import, place):  # noqa: F811  (the fixtures)
    say(letters)
    report = run_import(json.dumps(letters.bundle()).encode())
    assert (report.refusals, report.dangling) == ((), ())
    remark = Allergy.objects.get(patient=place[0], title="Penicilline").remark
    assert remark.startswith("sinds jaren\nEigen tekst van de patiënt, ")
    kept = SourceResource.objects.filter(patient=place[0], resource_type="Composition")
    assert any("Woorden bij alles." in json.dumps(one.content) for one in kept)
