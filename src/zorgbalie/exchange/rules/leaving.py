"""Rows of a record as FHIR STU3 resources, the way in which they come in (`mapping`), backwards. Pure.

Shapes: Nictiz GP profiles and zibs 2017, as a MedMij client receives them. What `mapping` reads back is equal to what
was visible; what has no place there (the practice's words with a laboratory report, letters, what a patient added)
goes along as a Composition or DocumentReference, which an import keeps whole. The BSN stays masked, as
in every MedMij answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from zorgbalie.exchange.rules.leaving_letters import (
    letter_content,
    letter_name,
    letters_overview,
    overview_type,
    said_notes,
    said_sections,
    with_said,
)
from zorgbalie.exchange.rules.leaving_parts import (
    LINE_TYPES,
    Resource,
    category,
    comment,
    concept,
    context,
    day,
    episode_extension,
    given,
    interpretation,
    moment,
    narrative,
    patient_resource,
    performer,
    period,
    quantity_or_words,
    reference,
    section,
    unknown,
    value_range,
    when,
)
from zorgbalie.exchange.rules.leaving_questions import Questions, communications
from zorgbalie.exchange.rules.mapping.context import PRACTITIONER_ROLE
from zorgbalie.exchange.rules.mapping.episodes import FLAG_DETAIL, TITLE
from zorgbalie.exchange.rules.mapping.medication import AGREEMENT_CODE, PERIOD_OF_USE
from zorgbalie.kernel.clock import local_date
from zorgbalie.record.types.importing import (
    AllergyRow,
    EncounterRow,
    EntryRow,
    EpisodeRow,
    ImportedRow,
    MedicationRow,
    ObservationRow,
)
from zorgbalie.record.types.whole import RowsPlace, SavedReport

_NICTIZ, _NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/", "http://fhir.nl/fhir/StructureDefinition/"
_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_ICPC = "http://hl7.org/fhir/sid/icpc-1-nl"
_NHG_14 = "https://referentiemodel.nhg.org/tabellen/nhg-tabel-14-contactwijze"
_LOINC, _SNOMED = "http://loinc.org", "http://snomed.info/sct"
_OBSERVATION_STATES = frozenset({"registered", "preliminary", "final", "amended", "corrected"})
_MEDICATION_STATES = frozenset({"active", "on-hold", "unknown"})
_ALLERGY_STATES = frozenset({"active", "inactive", "resolved"})


@dataclass(frozen=True, kw_only=True, slots=True)
class WhoseRecord:
    """The patient, as the file names him; `base` is the address under which resources are named."""

    name: str
    birth_date: date
    base: str
    system: str


@dataclass(slots=True)
class _File:
    """One file while it is written."""

    whose: WhoseRecord
    made_at: datetime
    people: dict[tuple[str, str, int], str] = field(default_factory=dict)

    @property
    def patient(self) -> Resource:
        """The reference of everything to the one whom it is about."""
        return {"reference": "Patient/patient", "display": self.whose.name}


def bundle(
    *, places: Iterable[RowsPlace], whose: WhoseRecord, made_at: datetime, questions: Questions | None = None
) -> Resource:
    """A Bundle (collection) with all of it. `questions`: to each practice, where they may be read."""
    file = _File(whose, made_at)
    resources = [patient_resource(name=whose.name, birth_date=whose.birth_date)]
    for place in places:
        resources += _of_place(file, place)
        resources += communications(
            threads=(questions or {}).get(place.practice.practice_id, ()),
            patient=file.patient,
            organization=reference("Organization", f"practice-{place.practice.practice_id}", place.practice.name),
            prefix=f"practice-{place.practice.practice_id}-",
            system=whose.system,
        )
    return {
        "resourceType": "Bundle",
        "id": "dossier",
        "meta": {"lastUpdated": moment(made_at)},
        "type": "collection",
        "entry": [{"fullUrl": f"{whose.base}/{one['resourceType']}/{one['id']}", "resource": one} for one in resources],
    }


def _of_place(file: _File, place: RowsPlace) -> Iterator[Resource]:
    keeper = _Keeper(file, place)
    # Written first, so that the people whom they name are known.
    found = list(keeper.resources())
    yield keeper.organization()
    yield from keeper.people()
    yield from found


@dataclass(slots=True)
class _Keeper:
    """What one practice keeps."""

    file: _File
    place: RowsPlace
    authors: dict[tuple[str, str], int] = field(default_factory=dict)

    def resources(self) -> Iterator[Resource]:
        """All rows as resources."""
        place = self.place
        titles = {row.source_id: row.title for row in place.episodes}
        for episode in place.episodes:
            yield from self._episode(episode, episode.source_id in place.attention)
        for contact in place.encounters:
            yield self._contact(contact)
        yield from (self._line(line, titles) for line in place.entries)
        yield from self._contact_reports(place.entries)
        yield from (self._value(value, titles) for value in place.observations)
        yield from (self._lab_report(one) for one in place.reports if not one.is_held)
        yield from (self._allergy(one) for one in place.allergies)
        yield from (self._medicine(one, titles) for one in place.medicines)
        for letter in place.letters:
            made = self._made("DocumentReference", letter_name(letter), f"{_HL7}DocumentReference")
            yield {**made, **letter_content(letter, patient=self.file.patient, organization=self._organization)}
        yield from self._overview("letters", "Brieven", letters_overview(place.letters))
        yield from self._overview("said", "Wat bij het dossier is gezet", said_sections(place.said, self._titles()))

    def _titles(self) -> dict[str, str]:
        """What rows without a place for notes are called."""
        return {
            **{row.source_id: row.title for row in self.place.episodes},
            **{row.source_id: row.reason or "Contact" for row in self.place.encounters},
            **{f"lab-report-{one.report_id}": f"Uitslag van {one.laboratory}" for one in self.place.reports},
            **{letter_name(one): one.letter.title for one in self.place.letters},
        }

    def _overview(self, name: str, title: str, sections: list[Resource]) -> Iterator[Resource]:
        """A Composition of our own, which an import keeps whole; none without sections."""
        if sections:
            yield {
                **self._made("Composition", f"{self._prefix}{name}", f"{_HL7}Composition"),
                "status": "final",
                **overview_type(title),
                "subject": self.file.patient,
                "date": moment(self.file.made_at),
                "author": [self._organization],
                "custodian": self._organization,
                "section": sections,
            }

    def _said_notes(self, row: ImportedRow) -> list[Resource]:
        words = self.place.said.get(row.source_id, ())
        return said_notes(words, patient=self.file.patient, organization=self.place.practice.name)

    def organization(self) -> Resource:
        """The practice."""
        made = self._made("Organization", self._organization_id, f"{_NL_CORE}nl-core-organization")
        return {**made, "name": self.place.practice.name}

    def people(self) -> Iterator[Resource]:
        """Those who wrote something, each in one function."""
        for (name, role), number in self.authors.items():
            person, function = f"{self._prefix}person-{number}", f"{self._prefix}role-{number}"
            made = self._made("Practitioner", person, f"{_NL_CORE}nl-core-practitioner")
            yield {**made, **({"name": [{"text": name}]} if name else {})}
            yield {
                **self._made("PractitionerRole", function, f"{_NL_CORE}nl-core-practitionerrole"),
                "practitioner": reference("Practitioner", person, name),
                "organization": self._organization,
                **({"specialty": [{"text": role}]} if role else {}),
            }

    @property
    def _prefix(self) -> str:
        return f"practice-{self.place.practice.practice_id}-"

    @property
    def _organization_id(self) -> str:
        return f"practice-{self.place.practice.practice_id}"

    @property
    def _organization(self) -> Resource:
        return reference("Organization", self._organization_id, self.place.practice.name)

    def _made(self, kind: str, name: str, profile: str) -> Resource:
        """What every resource has: an id, a profile, and who keeps it."""
        made: Resource = {"resourceType": kind, "id": name, "meta": {"profile": [profile]}}
        if kind in ("Organization", "Practitioner", "PractitionerRole"):
            return made
        identifier = {"system": self.file.whose.system, "value": name, "assigner": self._organization}
        return {**made, "identifier": identifier if kind == "Composition" else [identifier]}

    def _author(self, row: ImportedRow) -> Resource | None:
        if not (row.author_name or row.author_role):
            return None
        number = self.authors.setdefault((row.author_name, row.author_role), len(self.authors) + 1)
        pointer = {"reference": f"PractitionerRole/{self._prefix}role-{number}"}
        return {
            "extension": [{"url": PRACTITIONER_ROLE, "valueReference": pointer}],
            **reference("Practitioner", f"{self._prefix}person-{number}", row.author_name),
        }

    def _episode(self, row: EpisodeRow, has_attention: bool) -> Iterator[Resource]:
        is_over = row.end_date is not None and row.end_date < local_date(self.file.made_at)
        made = {
            **self._made("EpisodeOfCare", row.source_id, f"{_NL_CORE}nl-core-episodeofcare"),
            "extension": [{"url": TITLE, "valueString": row.title}],
            "status": "finished" if is_over else "active",
            "patient": self.file.patient,
            "managingOrganization": self._organization,
            **period("period", row.start_date, row.date_precision, row.end_date),
            **given("careManager", self._author(row)),
        }
        if row.icpc_code:
            condition = f"condition-{row.source_id}"
            made["diagnosis"] = [{"condition": reference("Condition", condition, row.title)}]
            yield {
                **self._made("Condition", condition, f"{_NICTIZ}zib-Problem"),
                "clinicalStatus": "inactive" if is_over else "active",
                "_verificationStatus": unknown(),
                "code": concept(_ICPC, row.icpc_code, row.title),
                "subject": self.file.patient,
            }
        yield made
        if has_attention:
            yield {
                **self._made("Flag", f"flag-{row.source_id}", f"{_NICTIZ}zib-Alert"),
                "extension": [
                    {"url": FLAG_DETAIL, "valueReference": reference("EpisodeOfCare", row.source_id, row.title)}
                ],
                "status": "active",
                "code": {"text": "Attentiewaarde"},
                "subject": self.file.patient,
            }

    def _contact(self, row: EncounterRow) -> Resource:
        kind = concept(_NHG_14 if row.kind_code else "", row.kind_code, row.kind_title)
        author = self._author(row)
        return {
            **self._made("Encounter", row.source_id, f"{_NICTIZ}gp-Encounter"),
            "status": "finished",
            "class": {"system": "http://hl7.org/fhir/v3/ActCode", "code": "AMB"},
            **({"type": [kind]} if row.kind_title else {}),
            "subject": self.file.patient,
            **({"participant": [{"individual": author}]} if author else {}),
            **period("period", row.started_on, row.date_precision, None),
            **({"reason": [{"text": row.reason}]} if row.reason else {}),
            "serviceProvider": self._organization,
        }

    def _line(self, row: EntryRow, titles: dict[str, str]) -> Resource:
        return {
            **self._made("Observation", row.source_id, f"{_NICTIZ}gp-JournalEntry"),
            **episode_extension(row.episode, titles),
            "status": "final",
            "code": concept(LINE_TYPES, row.soep, f"{row.soep}-regel"),
            "subject": self.file.patient,
            **context(row.encounter),
            "effectiveDateTime": day(row.recorded_on, row.date_precision),
            **performer(self._author(row)),
            "valueString": row.text,
            **given("comment", with_said("", self.place.said.get(row.source_id, ()))),
        }

    def _contact_reports(self, lines: Iterable[EntryRow]) -> Iterator[Resource]:
        by_contact: dict[str, list[EntryRow]] = {}
        for line in lines:
            if line.encounter is not None:
                by_contact.setdefault(line.encounter, []).append(line)
        for contact, its_lines in by_contact.items():
            author = self._author(its_lines[0])
            yield {
                **self._made("Composition", f"report-{contact}", f"{_NICTIZ}gp-EncounterReport"),
                "status": "final",
                "type": concept(_LOINC, "67781-5", "Summarization of encounter note Narrative"),
                "subject": self.file.patient,
                "encounter": {"reference": f"Encounter/{contact}"},
                "date": day(its_lines[0].recorded_on, "day"),
                "author": [author] if author else [self._organization],
                "title": "Contactverslag",
                "custodian": self._organization,
                "section": [section(line) for line in its_lines],
            }

    def _value(self, row: ObservationRow, titles: dict[str, str]) -> Resource:
        is_laboratory = row.category == "laboratory"
        profile = "gp-LaboratoryResult" if is_laboratory else "gp-DiagnosticResult"
        return {
            **self._made("Observation", row.source_id, f"{_NICTIZ}{profile}"),
            **episode_extension(row.episode, titles),
            "status": row.status if row.status in _OBSERVATION_STATES else "unknown",
            **({"category": [category("laboratory", "Laboratory")]} if is_laboratory else {}),
            "code": concept(row.code_system, row.code, row.title),
            "subject": self.file.patient,
            **context(row.encounter),
            "effectiveDateTime": when(row),
            **performer(self._author(row)),
            **quantity_or_words(row),
            **interpretation(row.interpretation),
            **given("comment", with_said(comment(row), self.place.said.get(row.source_id, ()))),
            **value_range(row),
        }

    def _lab_report(self, report: SavedReport) -> Resource:
        names = self.place.report_values.get(report.report_id, ())
        sections: list[Resource] = []
        for title, words in (("Conclusie", report.conclusion), ("Advies", report.advice)):
            if words.strip():
                sections.append({"title": title, "text": narrative(words)})
        if names:
            entries = [{"reference": f"Observation/{name}"} for name in names]
            sections.append({"title": "Waarden", "entry": entries})
        author = {"display": report.doctor_name} if report.doctor_name else self._organization
        return {
            **self._made("Composition", f"lab-report-{report.report_id}", f"{_HL7}Composition"),
            "status": "preliminary" if report.is_preliminary else "amended" if report.is_corrected else "final",
            "type": concept(_LOINC, "11502-2", "Laboratory report"),
            "subject": self.file.patient,
            "date": day(report.day, "day"),
            "author": [author],
            "title": f"Uitslag van {report.laboratory}",
            "custodian": self._organization,
            "section": sections,
        }

    def _allergy(self, row: AllergyRow) -> Resource:
        lines = [line.strip() for line in row.reaction.splitlines() if line.strip()]
        state = row.clinical_status if row.clinical_status in _ALLERGY_STATES else "inactive"
        return {
            **self._made("AllergyIntolerance", row.source_id, f"{_NICTIZ}zib-AllergyIntolerance"),
            "clinicalStatus": state,
            "_verificationStatus": unknown(),
            **({"category": [row.category]} if row.category else {}),
            **({"criticality": row.criticality} if row.criticality else {}),
            "code": concept(row.code_system, row.code, row.title),
            "patient": self.file.patient,
            **({"onsetDateTime": day(row.start_date, row.date_precision)} if row.start_date else {}),
            **given("recorder", self._author(row)),
            **given("note", [*([{"text": row.remark}] if row.remark.strip() else []), *self._said_notes(row)]),
            **({"reaction": [{"manifestation": [{"text": line}]} for line in lines]} if lines else {}),
        }

    def _medicine(self, row: MedicationRow, titles: dict[str, str]) -> Resource:
        author = self._author(row)
        use = period("valuePeriod", row.start_date, row.date_precision, row.end_date)
        extensions = [{"url": PERIOD_OF_USE, **use}] if use else []
        extensions += episode_extension(row.episode, titles).get("extension", [])
        requester = {"agent": author or self._organization, "onBehalfOf": self._organization}
        return {
            **self._made("MedicationRequest", row.source_id, f"{_NICTIZ}zib-MedicationAgreement"),
            **({"extension": extensions} if extensions else {}),
            "status": row.status if row.status in _MEDICATION_STATES else "unknown",
            "intent": "order",
            "category": concept(_SNOMED, AGREEMENT_CODE, "afspraak over medicatie"),
            "medicationCodeableConcept": concept(row.code_system, row.code, row.title),
            "subject": self.file.patient,
            **({"requester": requester} if author else {}),
            **({"reasonCode": [{"text": row.reason}]} if row.reason else {}),
            **given("note", self._said_notes(row)),
            **({"dosageInstruction": [{"text": row.dosage}]} if row.dosage.strip() else {}),
        }
