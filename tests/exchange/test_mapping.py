"""How single elements become columns: values, units, dates, ranges, contact reports, medication (zibs, NHG, UCUM)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import dossier as made
from zorgbalie.record.models import (
    Allergy,
    Encounter,
    Episode,
    Flag,
    JournalEntry,
    Medication,
    Observation,
    SourceResource,
)

pytestmark = pytest.mark.django_db


def _only(run_import, resource, *others):
    report = run_import(made.bundle(made.patient(), *others, resource))
    assert report.refusals == ()
    return report


@pytest.mark.parametrize(
    ("value", "number", "comparator", "text", "unit"),
    [
        ({"valueQuantity": {"value": 37.4, "system": made.UCUM, "code": "Cel"}}, "37.4", "", "", "°C"),
        ({"valueQuantity": {"value": 5, "comparator": "<", "unit": "mg"}}, "5", "<", "", "mg"),
        ({"valueQuantity": {"value": 1e13, "unit": "x"}}, None, "", "10000000000000.0 x", "x"),
        ({"valueString": " linker pols "}, None, "", "linker pols", ""),
        ({"valueCodeableConcept": {"coding": [{"code": "32", "display": "positief"}]}}, None, "", "positief", ""),
        ({"valueCodeableConcept": {"text": "negatief"}}, None, "", "negatief", ""),
        ({"valueBoolean": False}, None, "", "Nee", ""),
        ({"valueRange": {"low": {"value": 1, "unit": "mg"}, "high": {"value": 2.5}}}, None, "", "1–2.5 mg", ""),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, None, "", "1 / 128", ""),
        ({"valueTime": "10:30:00"}, None, "", "10:30:00", ""),
        ({"valueDateTime": "2026-01-02"}, None, "", "2026-01-02", ""),
        ({"dataAbsentReason": {"text": "niet gemeten"}}, None, "", "niet gemeten", ""),
        (
            {"component": [{"code": {"text": "bovendruk"}, "valueQuantity": {"value": 120, "unit": "mmHg"}}]},
            None, "", "bovendruk 120 mmHg", "",
        ),
    ],
)  # fmt: skip
def test_value_of_a_result(run_import, value, number, comparator, text, unit):
    resource = made.result()
    del resource["valueQuantity"]
    _only(run_import, {**resource, **value})
    row = Observation.objects.get()
    assert row.value_number == (Decimal(number) if number else None)
    assert (row.value_comparator, row.value_text, row.unit) == (comparator, text, unit)


def test_decimals_keep_their_digits_in_the_original(run_import):
    """5.40 says more than 5.4 (FHIR decimal)."""
    import json

    text = json.dumps(made.bundle(made.patient(), made.result(value=12345))).replace("12345", "5.40")
    run_import(text)
    content = SourceResource.objects.get(resource_type="Observation").content
    assert str(content["valueQuantity"]["value"]) == "5.40"


def test_reference_range_is_the_normal_one_in_the_same_unit(run_import):
    low = {"value": 4, "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}
    other = {"type": made.concept("x", "recommended", "streef"), "high": {"value": 99}}
    normal = {"type": made.concept("x", "normal", "Normaal"), "low": low, "high": {**low, "value": 5.6}}
    _only(run_import, made.result(referenceRange=[other, normal]))
    row = Observation.objects.get()
    assert (row.reference_low, row.reference_high, row.reference_text) == (4, Decimal("5.6"), "")
    _only(run_import, made.result(referenceRange=[{"low": {"value": 4, "unit": "kPa"}, "text": "4 kPa of meer"}]))
    row = Observation.objects.get()
    assert (row.reference_low, row.reference_high, row.reference_text) == (None, None, "4 kPa of meer")


@pytest.mark.parametrize(
    ("system", "code", "stored"),
    [
        ("http://hl7.org/fhir/v2/0078", "H", "H"),
        ("http://snomed.info/sct", "281300000", "L"),
        ("http://snomed.info/sct", "999", ""),
        ("urn:own", "vreemd", ""),
    ],
)
def test_interpretation(run_import, system, code, stored):
    report = _only(run_import, made.result(interpretation=made.concept(system, code, "x")))
    assert Observation.objects.get().interpretation == stored
    assert ("interpretation" in "".join(report.original_only["Observation"])) is (stored == "")


@pytest.mark.parametrize(
    ("text", "day", "precision", "moment"),
    [
        ("2026", date(2026, 1, 1), "year", None),
        ("2026-02", date(2026, 2, 1), "month", None),
        ("2026-02-03", date(2026, 2, 3), "day", None),
        ("2026-02-03T23:30:00Z", date(2026, 2, 4), "day", datetime(2026, 2, 3, 23, 30, tzinfo=UTC)),
        ("2026-07-03T00:30:00+02:00", date(2026, 7, 3), "day", datetime(2026, 7, 2, 22, 30, tzinfo=UTC)),
        ("2026-07-03T08:00", date(2026, 7, 3), "day", datetime(2026, 7, 3, 6, 0, tzinfo=UTC)),
        ("2026-02-03T10:00:00.123456789Z", date(2026, 2, 3), "day", datetime(2026, 2, 3, 10, 0, 0, 123456, UTC)),
    ],
)
def test_dates_keep_their_precision(run_import, text, day, precision, moment):
    _only(run_import, made.result(effectiveDateTime=text))
    row = Observation.objects.get()
    assert (row.observed_on, row.date_precision, row.observed_at) == (day, precision, moment)


def test_result_without_a_date_takes_that_of_its_contact(run_import):
    resource = made.result()
    del resource["effectiveDateTime"]
    _only(run_import, resource, made.encounter())
    assert Observation.objects.get().observed_on == date(2026, 2, 3)


def test_laboratory_is_known_by_profile_or_category(run_import):
    by_profile = made.result(id="a", meta={"profile": [f"{made.NICTIZ}gp-LaboratoryResult"]})
    by_category = made.result(
        id="b", category=[made.concept("http://hl7.org/fhir/observation-category", "laboratory", "")]
    )
    run_import(made.bundle(made.patient(), by_profile, by_category, made.result(id="c")))
    assert dict(Observation.objects.values_list("source_id", "category")) == {
        "a": "laboratory", "b": "laboratory", "c": "measurement",
    }  # fmt: skip


def test_code_is_that_of_nhg_45_whatever_the_order(run_import):
    code = {"coding": [{"system": "http://loinc.org", "code": "8480-6"}, *made.result()["code"]["coding"]]}
    _only(run_import, made.changed(made.result(), code=code))
    assert Observation.objects.values_list("code_system", "code").get() == (made.NHG_45, "1744")


def test_long_texts_are_cut_and_said(run_import):
    report = _only(run_import, made.result(title="x" * 300))
    assert Observation.objects.get().title == "x" * 254 + "…"
    assert any("300 characters is cut to 255" in note.text for note in report.notes)


def test_episode_state_and_dates(run_import):
    latest = {"url": f"{made.NICTIZ}EpisodeOfCare-DateLastEncounter", "valueDateTime": "2026-03-01"}
    finished = made.episode(status="finished")
    finished["extension"].append(latest)
    report = _only(run_import, finished, made.condition())
    row = Episode.objects.get()
    assert (row.start_date, row.end_date, row.icpc_code) == (date(2026, 1, 10), date(2026, 3, 1), "K86")
    assert any("finished without an end" in note.text for note in report.notes)
    _only(run_import, made.changed(finished, period={"start": "2025", "end": "2026-02"}))
    row = Episode.objects.get()
    assert (row.start_date, row.end_date, row.date_precision) == (date(2025, 1, 1), date(2026, 2, 28), "year")


def test_episode_without_title_is_named_by_its_diagnosis(run_import):
    _only(run_import, made.changed(made.episode(), extension=[]), made.condition())
    assert Episode.objects.get().title == "Hypertensie"


def test_flag_about_a_condition_marks_its_episode(run_import):
    run_import(made.bundle(made.patient(), made.condition(), made.episode(), made.flag(about="Condition/cond1")))
    assert Flag.objects.get().episode == Episode.objects.get()
    assert Episode.objects.get().has_attention is True


def test_authors(run_import):
    """The display; else the name of the Practitioner; the function from the PractitionerRole, if there is only one."""
    bare = {"reference": "Practitioner/doc1"}
    lines = (made.line("E"), made.line("P", performer=[bare]))
    run_import(made.bundle(made.patient(), made.practitioner(), made.role(), *lines))
    found = {row.soep: (row.author_name, row.author_role) for row in JournalEntry.objects.all()}
    assert found == {"E": ("Dokter Proef", "Huisarts"), "P": ("Dokter Proef", "Huisarts")}
    run_import(made.bundle(made.patient(), made.role(id="role2", specialty=[{"text": "Onderzoeker"}])))
    found = {row.soep: (row.author_name, row.author_role) for row in JournalEntry.objects.all()}
    assert found == {"E": ("Dokter Proef", "Huisarts"), "P": ("Dokter Proef", "")}


def test_reason_of_a_contact_does_not_tell_of_an_episode(run_import):
    reason = [{"text": "Hoge bloeddruk"}]
    loose = made.encounter(id="b", reason=reason)
    del loose["episodeOfCare"]
    run_import(made.bundle(made.patient(), made.episode(), made.encounter(id="a", reason=reason), loose))
    assert dict(Encounter.objects.values_list("source_id", "reason")) == {"a": "", "b": "Hoge bloeddruk"}


def test_r3_contact_keeps_the_episode_that_it_names_when_it_is_one_alone(run_import):
    both = made.encounter(id="b")
    both["episodeOfCare"] = [*both["episodeOfCare"], {"reference": "EpisodeOfCare/ep2"}]
    run_import(made.bundle(made.patient(), made.episode(), made.episode(id="ep2"), made.encounter(id="a"), both))
    assert dict(Encounter.objects.values_list("source_id", "episode__source_id")) == {"a": "ep1", "b": None}


def test_line_that_only_the_report_holds(run_import):
    lines = made.composition(
        made.section("E", "Bloeddruk te hoog.", "Observation/line-e"),
        made.section("P", "Zout <minderen>\nen terug.", "Observation/absent", "EpisodeOfCare/ep1"),
        made.section("P", "Los."),
        {"title": "Overig", "text": {"status": "generated", "div": "<div>Geen regel</div>"}},
    )
    report = run_import(made.bundle(made.patient(), made.episode(), made.encounter(), made.line("E"), lines))
    rows = {row.source_id: row for row in JournalEntry.objects.all()}
    assert set(rows) == {"line-e", "absent", "comp1/section/2"}
    assert (rows["absent"].text, rows["absent"].soep) == ("Zout <minderen>\nen terug.", "P")
    assert (rows["absent"].episode.title, rows["absent"].encounter.source_id) == ("Hoge bloeddruk", "enc1")
    assert report.original_only["Composition"] == {"type": 1, "title": 1, "section": 1}
    run_import(made.bundle(made.patient(), made.line("P", id="absent", text="Zout minderen en terug.")))
    assert JournalEntry.objects.get(source_id="absent").text == "Zout minderen en terug."


def test_report_gives_a_line_what_it_lacks(run_import):
    bare = made.line("E")
    del bare["context"], bare["extension"]
    part = made.section("E", "Iets anders.", "Observation/line-e", "EpisodeOfCare/ep1")
    part["extension"] = [
        {"url": f"{made.NICTIZ}code-icpc-1-nl", "valueCodeableConcept": made.concept(made.ICPC, "K86", "Hypertensie")}
    ]
    report = run_import(made.bundle(made.patient(), made.episode(), made.encounter(), bare, made.composition(part)))
    row = JournalEntry.objects.get()
    assert (row.icpc_code, row.episode.title, row.encounter.source_id) == ("K86", "Hoge bloeddruk", "enc1")
    assert row.text == "Bloeddruk te hoog."
    assert any("says something else than the line" in note.text for note in report.notes)


def test_medicine_in_the_agreement_itself_or_contained(run_import):
    inside = made.agreement(
        id="a", medicationReference={"reference": "#m"}, contained=[made.product(id="m", title="IN")]
    )
    itself = made.agreement(id="b", medicationCodeableConcept={"text": "ZALF FNA"})
    del itself["medicationReference"]
    display = made.agreement(id="c", medicationReference={"display": "VAN ELDERS"})
    run_import(made.bundle(made.patient(), inside, itself, display))
    assert dict(Medication.objects.values_list("source_id", "title")) == {"a": "IN", "b": "ZALF FNA", "c": "VAN ELDERS"}


def test_period_of_use(run_import):
    duration = {
        "url": f"{made.NICTIZ}zib-MedicationUse-Duration",
        "valueDuration": {"value": 2, "unit": "week", "system": "http://unitsofmeasure.org", "code": "wk"},
    }
    none = made.agreement(id="c")
    none["extension"] = []
    run_import(
        made.bundle(
            made.patient(),
            made.product(),
            made.agreement(id="a", extensions=[duration]),
            made.agreement(id="b", end="2026-05"),
            none,
        )
    )
    found = {row.source_id: (row.start_date, row.end_date) for row in Medication.objects.all()}
    assert found == {
        "a": (date(2026, 2, 3), date(2026, 2, 17)),
        "b": (date(2026, 2, 3), date(2026, 5, 31)),
        "c": (date(2026, 2, 3), None),
    }


def test_agreement_that_stops_a_treatment_stops_those_before_it(run_import):
    """Medication process 9: a stop is an agreement of its own."""
    stop = made.agreement(
        id="stop", start="2026-03-01", reasonCode=[{"text": "bijwerking"}],
        modifierExtension=[
            {"url": f"{made.NICTIZ}zib-Medication-StopType", "valueCodeableConcept": {"coding": [{"code": "2"}]}}
        ],
    )  # fmt: skip
    run_import(
        made.bundle(made.patient(), made.product(), made.agreement(), made.agreement(id="other", treatment="t2"), stop)
    )
    assert {row.source_id: (row.status, row.stop_reason) for row in Medication.objects.all()} == {
        "ma1": ("stopped", "bijwerking"), "other": ("active", ""), "stop": ("stopped", "bijwerking"),
    }  # fmt: skip


def test_allergy(run_import):
    reaction = [
        {"manifestation": [{"text": "Jeuk"}, {"text": "Bulten"}], "severity": "mild", "description": "na een uur"}
    ]
    _only(run_import, made.allergy(reaction=reaction, note=[{"text": "Alleen dit merk"}]))
    row = Allergy.objects.get()
    assert (row.title, row.start_date, row.date_precision) == ("Prednisolon", date(2019, 1, 1), "year")
    assert (row.reaction, row.remark) == ("Jeuk, Bulten (licht): na een uur", "Alleen dit merk")
