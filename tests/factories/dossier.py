"""Made-up FHIR STU3 resources in the Dutch profiles, as a GP system would export them. Nobody's data."""

from copy import deepcopy
from xml.sax.saxutils import escape, quoteattr

from zorgbalie.exchange.rules.stu3 import shape_of

ICPC = "http://hl7.org/fhir/sid/icpc-1-nl"
NHG_45 = "https://referentiemodel.nhg.org/tabellen/nhg-tabel-45-diagnostische-bepalingen"
LINE_TYPES = "http://fhir.nl/fhir/NamingSystem/journaalregeltypen"
NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"
UCUM = "http://unitsofmeasure.org"
BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
MASKED = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]}

_SUBJECT = {"reference": "Patient/p1", "display": "mevrouw Proef"}
_DOCTOR = {
    "extension": [
        {"url": f"{NICTIZ}practitionerrole-reference", "valueReference": {"reference": "PractitionerRole/role1"}}
    ],
    "reference": "Practitioner/doc1",
    "display": "Dokter Proef",
}


def concept(system, code, display):
    return {"coding": [{"system": system, "code": code, "display": display}]}


def bundle(*resources, **values):
    entries = [
        {"fullUrl": f"https://his.example/fhir/{r.get('resourceType')}/{r.get('id')}", "resource": r} for r in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **values}


def patient(bsn=None, **values):
    identifier = {"system": BSN, "value": bsn} if bsn else {"system": BSN, "_value": MASKED}
    return {
        "resourceType": "Patient", "id": "p1", "identifier": [identifier], "birthDate": "1970-05-04",
        "name": [{"text": "mevrouw Proef"}], **values,
    }  # fmt: skip


def practitioner(**values):
    return {"resourceType": "Practitioner", "id": "doc1", "name": [{"text": "Dokter Proef"}], **values}


def role(**values):
    return {
        "resourceType": "PractitionerRole", "id": "role1", "practitioner": {"reference": "Practitioner/doc1"},
        "specialty": [concept("http://fhir.nl/fhir/NamingSystem/uzi-rolcode", "01.015", "Huisarts")], **values,
    }  # fmt: skip


def condition(id="cond1", code="K86", title="Hypertensie", **values):
    return {
        "resourceType": "Condition", "id": id, "clinicalStatus": "active", "subject": _SUBJECT,
        "code": concept(ICPC, code, title), "onsetDateTime": "2026-01-10", "asserter": _DOCTOR, **values,
    }  # fmt: skip


def episode(id="ep1", diagnosis="cond1", title="Hoge bloeddruk", **values):
    return {
        "resourceType": "EpisodeOfCare", "id": id, "status": "active", "patient": _SUBJECT,
        "extension": [{"url": f"{NICTIZ}EpisodeOfCare-Title", "valueString": title}],
        "diagnosis": [{"condition": {"reference": f"Condition/{diagnosis}"}}],
        "period": {"start": "2026-01-10"}, "careManager": _DOCTOR, **values,
    }  # fmt: skip


def flag(id="flag1", about="EpisodeOfCare/ep1", **values):
    return {
        "resourceType": "Flag", "id": id, "status": "active", "subject": _SUBJECT,
        "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/flag-detail", "valueReference": {"reference": about}}
        ],
        "code": concept(ICPC, "K86", "Hypertensie"), "period": {"start": "2026-01-10"}, **values,
    }  # fmt: skip


def encounter(id="enc1", about="ep1", **values):
    return {
        "resourceType": "Encounter", "id": id, "status": "finished", "subject": _SUBJECT,
        "class": {"system": "http://hl7.org/fhir/v3/ActCode", "code": "AMB", "display": "ambulatory"},
        "type": [concept("https://referentiemodel.nhg.org/tabellen/nhg-tabel-14-contactwijze", "03", "Consult")],
        "episodeOfCare": [{"reference": f"EpisodeOfCare/{about}"}],
        "participant": [{"individual": _DOCTOR}], "period": {"start": "2026-02-03", "end": "2026-02-03"}, **values,
    }  # fmt: skip


def _context(about):
    return {
        "url": f"{NICTIZ}extension-context-nl-core-episodeofcare",
        "valueReference": {"reference": f"EpisodeOfCare/{about}"},
    }


def line(letter="E", id=None, text="Bloeddruk te hoog.", about="ep1", **values):
    return {
        "resourceType": "Observation", "id": id or f"line-{letter.lower()}", "status": "final", "subject": _SUBJECT,
        "extension": [_context(about)], "code": concept(LINE_TYPES, letter, letter), "performer": [_DOCTOR],
        "context": {"reference": "Encounter/enc1"}, "effectiveDateTime": "2026-02-03", "valueString": text, **values,
    }  # fmt: skip


def result(id="res1", code="1744", title="systolische bloeddruk", value=160, **values):
    return {
        "resourceType": "Observation", "id": id, "status": "final", "subject": _SUBJECT, "extension": [_context("ep1")],
        "code": concept(NHG_45, code, title), "performer": [_DOCTOR], "context": {"reference": "Encounter/enc1"},
        "effectiveDateTime": "2026-02-03",
        "valueQuantity": {
            "value": value, "unit": "mmHg", "system": UCUM, "code": "mm[Hg]",
        },
        **values,
    }  # fmt: skip


def composition(*sections, id="comp1", **values):
    return {
        "resourceType": "Composition", "id": id, "status": "final", "subject": _SUBJECT, "date": "2026-02-03",
        "type": concept("http://loinc.org", "67781-5", "Summarization"), "title": "Contactverslag",
        "encounter": {"reference": "Encounter/enc1"}, "author": [_DOCTOR], "section": list(sections), **values,
    }  # fmt: skip


def section(letter="P", text="Over twee weken terug.", *references):
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(text)}</div>'
    return {
        "code": concept(LINE_TYPES, letter, letter), "text": {"status": "generated", "div": div},
        "entry": [{"reference": reference} for reference in references],
    }  # fmt: skip


def product(id="med1", title="LISINOPRIL TABLET 10MG", **values):
    code = concept("urn:oid:2.16.840.1.113883.2.4.4.10", "12345", title)
    return {"resourceType": "Medication", "id": id, "code": code, **values}


def agreement(id="ma1", start="2026-02-03", end=None, treatment="t1", extensions=(), **values):
    period = {"start": start, **({"end": end} if end else {})}
    return {
        "resourceType": "MedicationRequest", "id": id, "intent": "order", "subject": _SUBJECT,
        "extension": [
            {"url": f"{NICTIZ}zib-Medication-PeriodOfUse", "valuePeriod": period},
            {
                "url": f"{NICTIZ}zib-Medication-MedicationTreatment",
                "valueIdentifier": {"system": "x", "value": treatment},
            },
            _context("ep1"), *extensions,
        ],
        "category": concept("http://snomed.info/sct", "16076005", "Voorschrijven"),
        "medicationReference": {"reference": "Medication/med1", "display": "LISINOPRIL"}, "authoredOn": start,
        "requester": {"agent": _DOCTOR}, "dosageInstruction": [{"sequence": 1, "text": "1 maal per dag 1 tablet"}],
        **values,
    }  # fmt: skip


def allergy(id="al1", **values):
    return {
        "resourceType": "AllergyIntolerance", "id": id, "clinicalStatus": "active", "verificationStatus": "confirmed",
        "patient": _SUBJECT, "category": ["medication"], "criticality": "high", "recorder": _DOCTOR,
        "code": concept("urn:oid:2.16.840.1.113883.2.4.4.1.750", "4170", "Prednisolon"),
        "onsetDateTime": "2019", **values,
    }  # fmt: skip


def whole(bsn=None):
    """One of each, which name one another."""
    return [
        patient(bsn), practitioner(), role(), condition(), episode(), flag(), encounter(), line("S", text="Hoofdpijn."),
        line("O", text="RR 160/90."), line("E"), line("P", text="Start lisinopril."), result(), product(), agreement(),
        allergy(), composition(section("E", "Bloeddruk te hoog.", "Observation/line-e", "EpisodeOfCare/ep1")),
    ]  # fmt: skip


def changed(resource, **values):
    """A copy with other values."""
    return {**deepcopy(resource), **values}


def as_xml(resource) -> str:
    """The same resource in FHIR's XML form (order of elements as in the JSON; extensions first, as FHIR wants)."""
    name = resource["resourceType"]
    rest = {key: value for key, value in resource.items() if key != "resourceType"}
    return f'<{name} xmlns="http://hl7.org/fhir">{_children(rest, name)}</{name}>'


def _children(value, type_name) -> str:
    names = dict.fromkeys(key.removeprefix("_") for key in value)
    return "".join(_element(name, value.get(name), value.get(f"_{name}"), type_name) for name in names)


def _element(name, value, beside, type_name) -> str:
    many = isinstance(value if value is not None else beside, list)
    values = value if many and value is not None else [value] * (len(beside) if many else 1)
    extras = beside if many and beside is not None else [beside] * len(values)
    shape = shape_of(type_name=type_name, element=name)
    return "".join(_one(name, item, extra, shape.type_name) for item, extra in zip(values, extras, strict=True))


def _one(name, value, extra, type_name) -> str:
    if name == "div":
        return value
    if type_name == "Resource":
        return f"<{name}>{as_xml(value)}</{name}>"
    if isinstance(value, dict):
        attributes = "".join(
            f" {key}={quoteattr(value[key])}" for key in ("id", "url") if _is_attribute(key, value, type_name)
        )
        rest = {key: item for key, item in value.items() if not _is_attribute(key, value, type_name)}
        return f"<{name}{attributes}>{_children(rest, type_name)}</{name}>"
    text = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else value
    attribute = "" if value is None else f" value={quoteattr(str(text))}"
    return f"<{name}{attribute}>{_children(extra, 'Element') if extra else ''}</{name}>"


def _is_attribute(key, value, type_name) -> bool:
    return key in value and (key == "id" or (key == "url" and type_name == "Extension"))
