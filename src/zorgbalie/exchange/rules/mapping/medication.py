"""Medication agreements and allergies. Source: zib-MedicationAgreement, zib-Product, zib-AllergyIntolerance.

Medication process 9: an agreement holds for its period of use; one that stops a treatment stops those before it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from zorgbalie.exchange.rules.element import Element, Withdrawn
from zorgbalie.exchange.rules.mapping.context import Source
from zorgbalie.exchange.rules.mapping.parts import (
    EPISODE_CONTEXT,
    Coded,
    coded,
    dutch_code,
    first_text,
    fitting_code,
    notes_text,
)
from zorgbalie.exchange.rules.moments import FhirMoment
from zorgbalie.record.types.importing import AllergyRow, MedicationRow

_NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"
PERIOD_OF_USE = f"{_NICTIZ}zib-Medication-PeriodOfUse"
DURATION = f"{_NICTIZ}zib-MedicationUse-Duration"
STOP_TYPE = f"{_NICTIZ}zib-Medication-StopType"
TREATMENT = f"{_NICTIZ}zib-Medication-MedicationTreatment"
AGREEMENT_CODE = "16076005"

_STATES = frozenset({"active", "on-hold", "cancelled", "completed", "stopped", "unknown"})
_TEMPORARY_STOP = frozenset({"1", "113381000146106"})
_DAYS = {"d": 1, "wk": 7}
_SEVERITY = {"mild": "licht", "moderate": "matig", "severe": "ernstig"}
_DRUG_SYSTEMS = tuple(
    frozenset({f"urn:oid:2.16.840.1.113883.2.4.4.{number}"}) for number in ("7", "10", "1")
)  # HPK, PRK, GPK: the most precise one first


@dataclass(frozen=True, slots=True)
class Agreement:
    """A row with what is needed to see which other agreements it stops."""

    row: MedicationRow
    treatment: str
    agreed: date | None
    stops: bool


def map_agreement(source: Source) -> Agreement:
    """One medication agreement."""
    root = source.root
    _check_is_agreement(root)
    stop = root.extension(STOP_TYPE, name="modifierExtension") or root.extension(STOP_TYPE)
    product = fitting_code(source, _product(source))
    if not product.title:
        raise root.fail("medication[x]", "names no medicine")
    agreed = root.moment("authoredOn")
    start, end = _period_of_use(source)
    start = start or agreed
    requester = root.child("requester")
    author = source.author(requester.child("agent") if requester else None)
    reason = source.fit(first_text(root.children("reasonCode")), 255)
    episode, problem = _episode_and_problem(source)
    row = MedicationRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        title=product.title,
        code_system=product.system,
        code=product.code,
        dosage=_dosage(root),
        status=_state(root, stop),
        start_date=start.first if start else None,
        end_date=end,
        reason=problem or (reason if stop is None else ""),
        stop_reason=reason if stop is not None else "",
        episode=episode,
        date_precision=start.precision if start else "day",
    )
    stops = stop is not None and row.status == "stopped"
    return Agreement(row, _treatment(root), agreed.first if agreed else None, stops)


def stop_agreements(agreements: list[Agreement]) -> list[MedicationRow]:
    """The rows, those stopped that an agreement of the same treatment stopped at or after they were made."""
    stops: dict[str, Agreement] = {}
    for agreement in agreements:
        known = stops.get(agreement.treatment)
        if agreement.stops and agreement.treatment and agreement.agreed:
            later = known is None or known.agreed is None or agreement.agreed > known.agreed
            stops[agreement.treatment] = agreement if later or known is None else known
    rows: list[MedicationRow] = []
    for agreement in agreements:
        stop = stops.get(agreement.treatment)
        if stop is not None and _is_stopped_by(agreement, stop):
            rows.append(replace(agreement.row, status="stopped", stop_reason=stop.row.stop_reason))
        else:
            rows.append(agreement.row)
    return rows


def map_product(source: Source) -> None:
    """A Medication has no row of its own: it gives agreements their name. Checked here all the same."""
    fitting_code(source, coded(source.root.child("code"), *_DRUG_SYSTEMS))


def map_allergy(source: Source) -> AllergyRow:
    """One allergy or intolerance."""
    root = source.root
    verification = root.text("verificationStatus")
    if verification in ("entered-in-error", "refuted"):
        raise Withdrawn
    state = root.text("clinicalStatus") or "active"
    if state not in ("active", "inactive", "resolved"):
        raise root.fail("clinicalStatus", "is not active, inactive or resolved")
    reactions = root.children("reaction")
    found = coded(root.child("code"), *_DRUG_SYSTEMS)
    if not found.title:
        substances = (coded(reaction.child("substance")) for reaction in reactions)
        found = next((substance for substance in substances if substance.title), Coded())
    if not found.title:
        raise root.fail("code", "names no substance")
    found = fitting_code(source, found)
    start = root.moment("onsetDateTime")
    author = source.author(root.child("recorder") or root.child("asserter"))
    categories = root.texts("category")
    return AllergyRow(
        source_id=source.resource.source_id,
        author_name=author.name,
        author_role=author.role,
        title=found.title,
        code_system=found.system,
        code=found.code,
        category=source.fit(categories[0], 20) if categories else "",
        criticality=source.fit(root.text("criticality"), 20),
        clinical_status=state,
        start_date=start.first if start else None,
        reaction="\n".join(text for text in map(_reaction, reactions) if text),
        remark=notes_text(root),
        date_precision=start.precision if start else "day",
    )


def _check_is_agreement(root: Element) -> None:
    state = root.text("status")
    if state in ("entered-in-error", "draft"):
        raise Withdrawn
    if root.text("intent") not in ("order", "instance-order"):
        raise root.fail("intent", "is no order: a proposal or plan is not yet agreed")
    category = root.child("category")
    codes = {coding.read_whole().text("code") for coding in category.children("coding")} if category else set()
    if codes and AGREEMENT_CODE not in codes:
        raise root.fail("category", "is no medication agreement")


def _product(source: Source) -> Coded:
    root = source.root
    if root.has("medicationCodeableConcept"):
        return coded(root.child("medicationCodeableConcept"), *_DRUG_SYSTEMS)
    reference = root.child("medicationReference")
    if reference is None:
        return Coded()
    display = reference.text("display")
    target = reference.text("reference")
    found = _contained(source, target) if target.startswith("#") else source.pointed(reference, "Medication")
    if found is None:
        return Coded(title=display)
    concept = found.child("code") if isinstance(found, Element) else source.context.other(found).child("code")
    product = coded(concept, *_DRUG_SYSTEMS)
    return product if product.title else Coded(product.system, product.code, display)


def _contained(source: Source, target: str) -> Element | None:
    for resource in source.root.children("contained"):
        if resource.value.get("resourceType") == "Medication" and resource.value.get("id") == target[1:]:
            resource.text("resourceType")
            resource.text("id")
            return resource
    return None


def _period_of_use(source: Source) -> tuple[FhirMoment | None, date | None]:
    """First moment and last day. Without a last day, a duration says it."""
    extension = source.root.extension(PERIOD_OF_USE)
    period = extension.child("valuePeriod") if extension else None
    start = period.moment("start") if period else None
    end = period.moment("end") if period else None
    duration = source.root.extension(DURATION)
    if duration is None:
        return start, end.last if end else None
    quantity = duration.child("valueDuration")
    if end is not None or start is None or quantity is None:
        if quantity is not None:
            quantity.read_whole()
        return start, end.last if end else None
    return start, _after(source, start.first, quantity)


def _after(source: Source, start: date, quantity: Element) -> date | None:
    number, unit = quantity.number("value"), quantity.text("code") or quantity.text("unit")
    if number is None or unit not in _DAYS or not 0 < number <= 36_500:
        source.note("says how long it is used in a way that is not understood; it has no end")
        return None
    quantity.read_whole()
    try:
        return start + timedelta(days=int(number) * _DAYS[unit])
    except OverflowError:
        raise quantity.fail("value", "leads beyond the calendar") from None


def _state(root: Element, stop: Element | None) -> str:
    state = root.text("status") or "active"
    if state not in _STATES:
        raise root.fail("status", "is not a state of a medication agreement")
    if stop is None:
        return state
    kind = coded(stop.child("valueCodeableConcept")).code
    return "on-hold" if kind in _TEMPORARY_STOP else "stopped"


def _dosage(root: Element) -> str:
    texts = []
    for instruction in root.children("dosageInstruction"):
        instruction.number("sequence")
        texts += [text for text in (instruction.text("text"), instruction.text("patientInstruction")) if text]
    return "\n".join(texts)


def _episode_and_problem(source: Source) -> tuple[str | None, str]:
    """The episode, and the name of the problem unless that is of another episode, which the practice may hide."""
    extension = source.root.extension(EPISODE_CONTEXT)
    episode = source.linked(extension.child("valueReference"), "EpisodeOfCare") if extension else None
    titles = []
    for reference in source.root.children("reasonReference"):
        condition = source.pointed(reference, "Condition")
        if condition is None:
            continue
        of_condition = source.context.episode_of_condition.get(condition.source_id)
        episode = episode or of_condition
        if of_condition in (None, episode):
            titles.append(coded(source.context.other(condition).child("code")).title)
    return episode, source.fit(", ".join(title for title in titles if title), 255)


def _treatment(root: Element) -> str:
    extension = root.extension(TREATMENT)
    identifier = extension.child("valueIdentifier") if extension else None
    if identifier is None or not identifier.text("value"):
        return ""
    return f"{identifier.text('system')}|{identifier.text('value')}"


def _is_stopped_by(agreement: Agreement, stop: Agreement) -> bool:
    if agreement is stop or agreement.agreed is None or stop.agreed is None:
        return False
    return agreement.agreed <= stop.agreed and agreement.row.status == "active"


def _reaction(reaction: Element) -> str:
    what = first_text(reaction.children("manifestation"))
    severity = reaction.text("severity")
    severity = dutch_code(reaction, "severity").lower() or _SEVERITY.get(severity, "")
    head = f"{what} ({severity})" if what and severity else what or severity
    return ": ".join(part for part in (head, reaction.text("description")) if part)
