"""Whose dossier it is: exactly one patient, named by every resource, with or without a readable BSN.

Identity is the BSN alone, never a name or birth date (A7, A17; security row 64). Source: nl-core-patient; MedMij (BSN
masked through `data-absent-reason`).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from zorgbalie.exchange.rules.bundle import Claim, Parts
from zorgbalie.exchange.types import PatientChoice, Refusal, Resource, WrongPatient
from zorgbalie.kernel.bsn import InvalidBsn, parse_exact_bsn

BSN_SYSTEMS = frozenset({"http://fhir.nl/fhir/NamingSystem/bsn", "urn:oid:2.16.840.1.113883.2.4.6.3"})

_ABOUT_PATIENT = {
    "AllergyIntolerance": "patient",
    "Communication": "subject",
    "Composition": "subject",
    "Condition": "subject",
    "Encounter": "subject",
    "EpisodeOfCare": "patient",
    "Flag": "subject",
    "MedicationRequest": "subject",
    "Observation": "subject",
}
_OTHER_SUBJECT = re.compile(r"(?:.*/)?(Group|Device|Location|Practitioner|Organization|RelatedPerson)/[^/]+$")
_TAIL = re.compile(r"(?:.*/)?(Patient/[A-Za-z0-9\-.]{1,64})(?:/_history/[^/]+)?$")


def find_patient(*, parts: Parts) -> PatientChoice:
    """Whose dossier it is. Raises WrongPatient when it is not of exactly one patient."""
    patients = [resource for resource in parts.resources.values() if resource.kind == "Patient"]
    for refusal in parts.refusals:
        if refusal.kind == "Patient":
            raise WrongPatient(f"the Patient cannot be read: {refusal.reason}", place=refusal.place)
    if len(patients) > 1:
        raise WrongPatient("more than one patient; import them one by one", place=patients[1].place)
    patient = patients[0] if patients else None
    _check_claims(parts.claims, patient)
    bsns = {_bsn(value, place) for value, place in _bsn_values(patient, parts.claims)}
    if len(bsns) > 1:
        raise WrongPatient("more than one BSN in one dossier", place=patient.place if patient else "")
    birth_date = patient.content.get("birthDate") if patient else ""
    return PatientChoice(
        bsn=bsns.pop() if bsns else "",
        birth_date=birth_date if isinstance(birth_date, str) else "",
        has_resource=patient is not None,
    )


def drop_without_patient(*, parts: Parts) -> None:
    """Refuse the resources that must name the patient and do not."""
    for resource in list(parts.resources.values()):
        name = _ABOUT_PATIENT.get(resource.kind)
        if name is None:
            continue
        value = resource.content.get(name)
        if not isinstance(value, dict) or not (_reference(value) or _identifier_values(value)):
            _drop(parts, resource, f"names no patient ({name})")
        elif _OTHER_SUBJECT.fullmatch(_reference(value)):
            _drop(parts, resource, "is not about the patient")


def _drop(parts: Parts, resource: Resource, reason: str) -> None:
    del parts.resources[resource.key]
    parts.refusals.append(
        Refusal(kind=resource.kind, source_id=resource.source_id, place=resource.place, reason=reason)
    )


def _check_claims(claims: Iterable[Claim], patient: Resource | None) -> None:
    """Every resource is about the one patient; without a Patient in the files, all are about the same one."""
    named: str | None = None
    for claim in claims:
        reference = _reference(claim.value)
        if not reference or _OTHER_SUBJECT.fullmatch(reference):
            continue
        if patient is not None and not _leads_to(reference, patient):
            raise WrongPatient("names another patient than the Patient of this dossier", place=claim.place)
        tail = _TAIL.fullmatch(reference)
        name = tail.group(1) if tail else reference
        if patient is None and named not in (None, name):
            raise WrongPatient("names another patient than the resources before it", place=claim.place)
        named = name


def _leads_to(reference: str, patient: Resource) -> bool:
    if reference == patient.full_url:
        return True
    tail = _TAIL.fullmatch(reference)
    if tail is None or tail.group(1) != f"Patient/{patient.content.get('id')}":
        return False
    both_absolute = "://" in reference and "://" in patient.full_url
    return not both_absolute or reference.partition("/_history/")[0] == patient.full_url


def _reference(value: Mapping[str, Any]) -> str:
    reference = value.get("reference")
    return reference if isinstance(reference, str) else ""


def _bsn_values(patient: Resource | None, claims: Iterable[Claim]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if patient is not None:
        found += [(value, f"{patient.place}.identifier") for value in _identifier_values(patient.content)]
    for claim in claims:
        found += [(value, f"{claim.place}.identifier") for value in _identifier_values(claim.value)]
    return found


def _identifier_values(holder: Mapping[str, Any]) -> list[str]:
    """BSNs in an identifier or a list of them; a masked one has no value."""
    identifiers = holder.get("identifier")
    return [
        identifier["value"]
        for identifier in (identifiers if isinstance(identifiers, list) else [identifiers])
        if isinstance(identifier, dict)
        and isinstance(identifier.get("system"), str)
        and identifier["system"] in BSN_SYSTEMS
        and isinstance(identifier.get("value"), str)
    ]


def _bsn(value: str, place: str) -> str:
    try:
        return parse_exact_bsn(value.strip())
    except InvalidBsn as error:
        raise WrongPatient(f"not a BSN: {error}", place=place) from None
