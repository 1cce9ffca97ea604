"""What is refused, and that the reason and the place are named; the rest is imported all the same."""

import json
from pathlib import Path

import pytest

from tests.factories import dossier as made
from zorgbalie.exchange import report as words
from zorgbalie.exchange.actions import reading
from zorgbalie.exchange.types import BrokenFile, DossierRefused, WrongPatient
from zorgbalie.record.models import JournalEntry, Observation, SourceResource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "message", "where"),
    [
        ("", "empty", ""),
        ('{"resourceType": "Patient",\n  "id": }', "not JSON", "line 2, column 9"),
        ('{"resourceType": "Patient", "birthDate": NaN}', "NaN", ""),
        ("[]", "JSON object", ""),
        ('"x"', "JSON object", ""),
        ("{}", "no resourceType", ""),
        ('{"resourceType": 5}', "no resourceType", ""),
        ('{"resourceType": "Bundle", "type": "transaction", "entry": []}', "no dossier", "type"),
        ('{"resourceType": "Bundle", "type": "collection", "entry": {}}', "not a list", "entry"),
        ('{"resourceType": "Bundle", "type": "collection", "entry": [[]]}', "not an object", "entry[0]"),
        ('{"resourceType": "Bundle", "type": "collection", "type": "collection"}', "twice", "type"),
        ("[" * 100_000, "nested too deep", ""),
        (b"\xff\xfe{", "not UTF-8", "line 1, byte 1"),
        (b'{"a":\n"\xe9"}', "not UTF-8", "line 2"),
        ("<Patient", "not XML", "line 1"),
        ('<Patient xmlns="http://hl7.org/fhir">\n <id value="1"/>\n <oops>\n</Patient>', "not XML", "line 4, column 3"),
        ('<Patient xmlns="urn:other"/>', "not of FHIR", ""),
        ('<Patient xmlns="http://hl7.org/fhir"><id value="1" evil="x"/></Patient>', "unknown attribute", "Patient.id"),
        ('<Patient xmlns="http://hl7.org/fhir">text</Patient>', "text outside", "Patient"),
        ("<a>" * 2000 + "</a>" * 2000, "not of FHIR", ""),
        (
            '<Patient xmlns="http://hl7.org/fhir">' + "<contact>" * 500 + "</contact>" * 500 + "</Patient>",
            "nested too deep",
            "Patient.contact",
        ),
    ],
)
def test_broken_file_is_refused_with_its_place(run_import, content, message, where):
    with pytest.raises(BrokenFile) as caught:
        run_import(made.bundle(*made.whole()), content)
    assert message in caught.value.message
    assert caught.value.place.split(":")[0].endswith("file1.json")
    assert where in caught.value.place
    assert not SourceResource.objects.exists()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE Patient [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Patient [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Patient SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_row_19_document_types_and_entities_are_refused(run_import, doctype):
    with pytest.raises(BrokenFile, match="document type or entity"):
        run_import(f'<?xml version="1.0"?>\n{doctype}<Patient xmlns="http://hl7.org/fhir"><id value="&b;"/></Patient>')


def test_files_that_cannot_be_read(run_import, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DossierRefused, match=r"no \.json"):
        run_import(tmp_path / "empty")
    with pytest.raises(BrokenFile, match="cannot be read"):
        run_import(tmp_path / "absent.json")
    with pytest.raises(BrokenFile, match="not a file"):
        run_import(Path("/dev/null"))


def test_too_much_is_refused(run_import, monkeypatch):
    """Two files that are each small enough and together are not."""
    monkeypatch.setattr(reading, "MAX_BYTES", 9000)
    with pytest.raises(BrokenFile, match="split the dossier"):
        run_import(made.bundle(*made.whole()), made.bundle(*made.whole()))
    monkeypatch.setattr(reading, "MAX_FILES", 1)
    with pytest.raises(DossierRefused, match="more than 1 files"):
        run_import(made.patient(), made.condition())


def test_links_in_a_folder_are_not_followed(run_import, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside.json").write_text("broken")
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    (folder / "patient.json").write_text(json.dumps(made.patient()))
    assert run_import(folder).files == (str(folder / "patient.json"),)


def _refused(run_import, *resources):
    report = run_import(made.bundle(*made.whole(), *resources))
    assert report.accepted == 16
    return [(refusal.kind, refusal.reason) for refusal in report.refusals]


def test_unknown_kinds_are_refused_and_the_others_imported(run_import):
    found = _refused(
        run_import,
        {"resourceType": "Procedure", "id": "x", "subject": {"reference": "Patient/p1"}},
        {"resourceType": "OperationOutcome", "id": "y"},
        {"id": "z"},
    )
    assert found == [
        ("Procedure", "this kind of resource is not imported"),
        ("OperationOutcome", "this kind of resource is not imported"),
        ("(no kind)", "this kind of resource is not imported"),
    ]


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (made.result(id="../x"), "not a FHIR id"),
        (made.result(id="a" * 65), "not a FHIR id"),
        (made.result(id=7), "not a FHIR id"),
        (made.result(id="n", valueQuantity="160"), "valueQuantity is not an object"),
        (made.changed(made.result(id="n"), code=["x"]), "code is not an object"),
        (made.changed(made.result(id="n"), code={"coding": "x"}), "code.coding is not a list"),
        (made.result(id="n", valueQuantity={"value": "hoog"}), "valueQuantity.value is not a number"),
        (made.result(id="n", valueQuantity={"value": True}), "valueQuantity.value is not a number"),
        (made.result(id="n", valueQuantity={"value": 1, "comparator": "~"}), "is not <, <=, >= or >"),
        (made.result(id="n", valueQuantity=None), "value[x] holds no value"),
        (made.result(id="n", effectiveDateTime="2026-02-31"), "effectiveDateTime is not a date"),
        (made.result(id="n", effectiveDateTime="0000-01-01"), "effectiveDateTime is not a date"),
        (made.result(id="n", status="wrong"), "status is not a state of an observation"),
        (made.result(id="n", status="entered-in-error"), "its source says that it was a mistake"),
        (made.changed(made.result(id="n"), code={}), "code has no name"),
        (made.result(id="n", comment="a\x00b"), "a character that cannot be stored"),
        (made.result(id="n", comment="\ud800"), "a character that cannot be stored"),
        (made.result(id="n", modifierExtension=[{"url": "urn:not"}]), "unknown modifier extension"),
        (made.result(id="n", implicitRules="urn:other"), "rules that are not known"),
        (made.line("X", id="n"), "is not a line type S, O, E or P"),
        (made.line("E", id="n", text=""), "valueString holds no text"),
        (made.episode(id="n", status="wrong"), "status is not a state of an episode"),
        (made.episode(id="n", status="planned"), "did not take place"),
        (made.encounter(id="n", status="cancelled"), "did not take place"),
        (made.encounter(id="n", period={}), "period.start is missing"),
        (made.agreement(id="n", intent="proposal"), "is no order"),
        (made.agreement(id="n", category=made.concept("s", "52711000146108", "x")), "is no medication agreement"),
        (made.allergy(id="n", code={}), "code names no substance"),
        (made.allergy(id="n", verificationStatus="refuted"), "its source says that it was a mistake"),
        (made.flag(id="n", status="inactive", period={}), "no date says since when"),
    ],
)  # fmt: skip
def test_resource_that_cannot_be_stored_is_refused_with_the_reason(run_import, resource, reason):
    ((kind, found),) = _refused(run_import, resource)
    assert kind == resource["resourceType"]
    assert reason in found


def test_number_out_of_proportion_and_repeated_key(run_import):
    text = json.dumps(made.bundle(*made.whole(), made.result(id="n", value=12345)))
    report = run_import(text.replace("12345}", "1e999999}").replace('"value": 12345', '"value": 1e999999'))
    assert "out of all proportion" in report.refusals[0].reason
    report = run_import(text.replace('"value": 12345', '"value": 1, "value": 2'))
    assert "stands twice" in report.refusals[0].reason
    assert ".valueQuantity.value" in report.refusals[0].place


def test_same_resource_twice(run_import):
    report = run_import(made.bundle(*made.whole(), made.result(), made.line("P", text="Iets anders.")))
    assert {(refusal.source_id, refusal.reason) for refusal in report.refusals} == {
        ("line-p", "stands more than once, with different content")
    }
    assert [note.text for note in report.notes if note.kind == "Observation"] == [
        "1 stood more than once, alike; counted once"
    ]
    assert not JournalEntry.objects.filter(source_id="line-p").exists()
    assert Observation.objects.count() == 1


def test_resource_without_an_id_is_known_by_its_identifier(run_import):
    loose = made.result(identifier=[{"system": "urn:his", "value": "42"}])
    del loose["id"]
    for _ in range(2):
        run_import(made.bundle(made.patient(), {**loose}))
    assert Observation.objects.get().source_id == "identifier:urn:his|42"
    del loose["identifier"]
    report = run_import(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": made.patient()}, {"resource": loose}]}
    )
    assert "neither an id nor an identifier" in report.refusals[0].reason


def test_one_page_of_an_answer_is_remarked(run_import):
    page = made.bundle(*made.whole(), type="searchset", link=[{"relation": "next", "url": "https://his.example/2"}])
    assert "the pages after it are not in these files" in run_import(page).notes[0].text


def test_unreadable_patient_refuses_the_whole(run_import):
    with pytest.raises(WrongPatient, match="cannot be read"):
        run_import(made.bundle(*[made.patient(modifierExtension=[{"url": "urn:x"}]), *made.whole()[1:]]))


def test_report_in_words_and_exit_codes(run_import, place):
    report = run_import(made.bundle(*made.whole(place[0].bsn), {"resourceType": "Evil\x1b[2J", "id": "e"}))
    text = words.report_text(report=report)
    assert "\x1b" not in text
    assert place[0].bsn not in text + json.dumps(words.report_json(report=report))
    assert "Evil?[2J (1): this kind of resource is not imported" in text
    assert words.exit_code(report=report) == 1
    assert words.exit_code(report=run_import(made.bundle(*made.whole()))) == 0
    nothing = run_import(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "X"}}]}
    )
    assert words.exit_code(report=nothing) == 2
