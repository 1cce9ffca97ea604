"""How STU3 elements stand in JSON: which repeat, which are numbers or yes/no, and of which type the others are.

Needed to read XML, which says none of this itself. One line per type: `name*` repeats, `:#` is a number, `:?` is yes or
no, `:Type` has that type; elements that are a single text are left out. Only the types of resources that are imported.
Source: FHIR STU3 (3.0.2) definitions of resources and datatypes.
"""

from dataclasses import dataclass

_TABLE = """
Bundle = meta:Meta entry*:BundleEntry identifier:Identifier link*:BundleLink signature:Signature total:#
Meta = profile* security*:Coding tag*:Coding
Coding = userSelected:?
BundleEntry = link*:BundleLink request:BundleEntryRequest resource:Resource response:BundleEntryResponse
  search:BundleEntrySearch
Extension = valueAddress:Address valueAge:Age valueAnnotation:Annotation valueAttachment:Attachment
  valueBoolean:? valueCodeableConcept:CodeableConcept valueCoding:Coding valueContactPoint:ContactPoint
  valueCount:Count valueDecimal:# valueDistance:Distance valueDuration:Duration valueHumanName:HumanName
  valueIdentifier:Identifier valueInteger:# valueMeta:Meta valueMoney:Money valuePeriod:Period
  valuePositiveInt:# valueQuantity:Quantity valueRange:Range valueRatio:Ratio valueReference:Reference
  valueSampledData:SampledData valueSignature:Signature valueTiming:Timing valueUnsignedInt:#
Address = line* period:Period
Age = value:#
Annotation = authorReference:Reference
Reference = identifier:Identifier
Identifier = assigner:Reference period:Period type:CodeableConcept
CodeableConcept = coding*:Coding
Attachment = size:#
ContactPoint = period:Period rank:#
Count = value:#
Distance = value:#
Duration = value:#
HumanName = given* period:Period prefix* suffix*
Money = value:#
Quantity = value:#
Range = high:Quantity low:Quantity
Ratio = denominator:Quantity numerator:Quantity
SampledData = dimensions:# factor:# lowerLimit:# origin:Quantity period:# upperLimit:#
Signature = onBehalfOfReference:Reference type*:Coding whoReference:Reference
Timing = code:CodeableConcept event* repeat:TimingRepeat
TimingRepeat = boundsDuration:Duration boundsPeriod:Period boundsRange:Range count:# countMax:# dayOfWeek*
  duration:# durationMax:# frequency:# frequencyMax:# offset:# period:# periodMax:# timeOfDay* when*
BundleEntrySearch = score:#
Patient = active:? address*:Address animal:PatientAnimal communication*:PatientCommunication
  contact*:PatientContact deceasedBoolean:? generalPractitioner*:Reference identifier*:Identifier
  link*:PatientLink managingOrganization:Reference maritalStatus:CodeableConcept multipleBirthBoolean:?
  multipleBirthInteger:# name*:HumanName photo*:Attachment telecom*:ContactPoint
PatientAnimal = breed:CodeableConcept genderStatus:CodeableConcept species:CodeableConcept
PatientCommunication = language:CodeableConcept preferred:?
PatientContact = address:Address name:HumanName organization:Reference period:Period
  relationship*:CodeableConcept telecom*:ContactPoint
PatientLink = other:Reference
EpisodeOfCare = account*:Reference careManager:Reference diagnosis*:EpisodeOfCareDiagnosis
  identifier*:Identifier managingOrganization:Reference patient:Reference period:Period
  referralRequest*:Reference statusHistory*:EpisodeOfCareStatusHistory team*:Reference type*:CodeableConcept
EpisodeOfCareDiagnosis = condition:Reference rank:# role:CodeableConcept
EpisodeOfCareStatusHistory = period:Period
Condition = abatementAge:Age abatementBoolean:? abatementPeriod:Period abatementRange:Range asserter:Reference
  bodySite*:CodeableConcept category*:CodeableConcept code:CodeableConcept context:Reference
  evidence*:ConditionEvidence identifier*:Identifier note*:Annotation onsetAge:Age onsetPeriod:Period
  onsetRange:Range severity:CodeableConcept stage:ConditionStage subject:Reference
ConditionEvidence = code*:CodeableConcept detail*:Reference
ConditionStage = assessment*:Reference summary:CodeableConcept
Encounter = account*:Reference appointment:Reference classHistory*:EncounterClassHistory class:Coding
  diagnosis*:EncounterDiagnosis episodeOfCare*:Reference hospitalization:EncounterHospitalization
  identifier*:Identifier incomingReferral*:Reference length:Duration location*:EncounterLocation
  partOf:Reference participant*:EncounterParticipant period:Period priority:CodeableConcept
  reason*:CodeableConcept serviceProvider:Reference statusHistory*:EncounterStatusHistory subject:Reference
  type*:CodeableConcept
EncounterClassHistory = class:Coding period:Period
EncounterDiagnosis = condition:Reference rank:# role:CodeableConcept
EncounterHospitalization = admitSource:CodeableConcept destination:Reference dietPreference*:CodeableConcept
  dischargeDisposition:CodeableConcept origin:Reference preAdmissionIdentifier:Identifier
  reAdmission:CodeableConcept specialArrangement*:CodeableConcept specialCourtesy*:CodeableConcept
EncounterLocation = location:Reference period:Period
EncounterParticipant = individual:Reference period:Period type*:CodeableConcept
EncounterStatusHistory = period:Period
Composition = attester*:CompositionAttester author*:Reference class:CodeableConcept custodian:Reference
  encounter:Reference event*:CompositionEvent identifier:Identifier relatesTo*:CompositionRelatesTo
  section*:CompositionSection subject:Reference type:CodeableConcept
CompositionAttester = mode* party:Reference
CompositionEvent = code*:CodeableConcept detail*:Reference period:Period
CompositionRelatesTo = targetIdentifier:Identifier targetReference:Reference
CompositionSection = code:CodeableConcept emptyReason:CodeableConcept entry*:Reference orderedBy:CodeableConcept
  section*:CompositionSection text:Narrative
Observation = basedOn*:Reference bodySite:CodeableConcept category*:CodeableConcept code:CodeableConcept
  component*:ObservationComponent context:Reference dataAbsentReason:CodeableConcept device:Reference
  effectivePeriod:Period identifier*:Identifier interpretation:CodeableConcept method:CodeableConcept
  performer*:Reference referenceRange*:ObservationReferenceRange related*:ObservationRelated specimen:Reference
  subject:Reference valueAttachment:Attachment valueBoolean:? valueCodeableConcept:CodeableConcept
  valuePeriod:Period valueQuantity:Quantity valueRange:Range valueRatio:Ratio valueSampledData:SampledData
ObservationComponent = code:CodeableConcept dataAbsentReason:CodeableConcept interpretation:CodeableConcept
  referenceRange*:ObservationReferenceRange valueAttachment:Attachment valueCodeableConcept:CodeableConcept
  valuePeriod:Period valueQuantity:Quantity valueRange:Range valueRatio:Ratio valueSampledData:SampledData
ObservationReferenceRange = age:Range appliesTo*:CodeableConcept high:Quantity low:Quantity type:CodeableConcept
ObservationRelated = target:Reference
Flag = author:Reference category:CodeableConcept code:CodeableConcept encounter:Reference identifier*:Identifier
  period:Period subject:Reference
AllergyIntolerance = asserter:Reference category* code:CodeableConcept identifier*:Identifier note*:Annotation
  onsetAge:Age onsetPeriod:Period onsetRange:Range patient:Reference reaction*:AllergyIntoleranceReaction
  recorder:Reference
AllergyIntoleranceReaction = exposureRoute:CodeableConcept manifestation*:CodeableConcept note*:Annotation
  substance:CodeableConcept
MedicationRequest = basedOn*:Reference category:CodeableConcept context:Reference definition*:Reference
  detectedIssue*:Reference dispenseRequest:MedicationRequestDispenseRequest dosageInstruction*:Dosage
  eventHistory*:Reference groupIdentifier:Identifier identifier*:Identifier
  medicationCodeableConcept:CodeableConcept medicationReference:Reference note*:Annotation
  priorPrescription:Reference reasonCode*:CodeableConcept reasonReference*:Reference recorder:Reference
  requester:MedicationRequestRequester subject:Reference substitution:MedicationRequestSubstitution
  supportingInformation*:Reference
MedicationRequestDispenseRequest = expectedSupplyDuration:Duration numberOfRepeatsAllowed:# performer:Reference
  quantity:Quantity validityPeriod:Period
Dosage = additionalInstruction*:CodeableConcept asNeededBoolean:? asNeededCodeableConcept:CodeableConcept
  doseQuantity:Quantity doseRange:Range maxDosePerAdministration:Quantity maxDosePerLifetime:Quantity
  maxDosePerPeriod:Ratio method:CodeableConcept rateQuantity:Quantity rateRange:Range rateRatio:Ratio
  route:CodeableConcept sequence:# site:CodeableConcept timing:Timing
MedicationRequestRequester = agent:Reference onBehalfOf:Reference
MedicationRequestSubstitution = allowed:? reason:CodeableConcept
Medication = code:CodeableConcept form:CodeableConcept image*:Attachment ingredient*:MedicationIngredient
  isBrand:? isOverTheCounter:? manufacturer:Reference package:MedicationPackage
MedicationIngredient = amount:Ratio isActive:? itemCodeableConcept:CodeableConcept itemReference:Reference
MedicationPackage = batch*:MedicationPackageBatch container:CodeableConcept content*:MedicationPackageContent
DocumentReference = authenticator:Reference author*:Reference class:CodeableConcept
  content*:DocumentReferenceContent context:DocumentReferenceContext custodian:Reference identifier*:Identifier
  masterIdentifier:Identifier relatesTo*:DocumentReferenceRelatesTo securityLabel*:CodeableConcept subject:Reference
  type:CodeableConcept
DocumentReferenceContent = attachment:Attachment format:Coding
DocumentReferenceContext = encounter:Reference event*:CodeableConcept facilityType:CodeableConcept period:Period
  practiceSetting:CodeableConcept related*:DocumentReferenceContextRelated sourcePatientInfo:Reference
DocumentReferenceContextRelated = identifier:Identifier ref:Reference
DocumentReferenceRelatesTo = target:Reference
MedicationPackageContent = amount:Quantity itemCodeableConcept:CodeableConcept itemReference:Reference
Practitioner = active:? address*:Address communication*:CodeableConcept identifier*:Identifier name*:HumanName
  photo*:Attachment qualification*:PractitionerQualification telecom*:ContactPoint
PractitionerQualification = code:CodeableConcept identifier*:Identifier issuer:Reference period:Period
PractitionerRole = active:? availableTime*:PractitionerRoleAvailableTime code*:CodeableConcept
  endpoint*:Reference healthcareService*:Reference identifier*:Identifier location*:Reference
  notAvailable*:PractitionerRoleNotAvailable organization:Reference period:Period practitioner:Reference
  specialty*:CodeableConcept telecom*:ContactPoint
PractitionerRoleAvailableTime = allDay:? daysOfWeek*
PractitionerRoleNotAvailable = during:Period
Organization = active:? address*:Address alias* contact*:OrganizationContact endpoint*:Reference
  identifier*:Identifier partOf:Reference telecom*:ContactPoint type*:CodeableConcept
OrganizationContact = address:Address name:HumanName purpose:CodeableConcept telecom*:ContactPoint
"""

_EVERYWHERE = "extension*:Extension modifierExtension*:Extension"
_IN_RESOURCES = "meta:Meta text:Narrative contained*:Resource"


@dataclass(frozen=True, slots=True)
class Shape:
    """How one element stands in JSON. `type_name` is empty for a text and for a type that is not in the table."""

    repeats: bool = False
    is_number: bool = False
    is_boolean: bool = False
    type_name: str = ""


def shape_of(*, type_name: str, element: str) -> Shape:
    """The shape of an element of a type; of an unknown one that of a single text."""
    known = SHAPES.get(type_name, {}).get(element)
    return known or _COMMON.get(element, Shape())


def _shape(text: str) -> tuple[str, Shape]:
    name, _, kind = text.partition(":")
    shape = Shape(
        repeats=name.endswith("*"),
        is_number=kind == "#",
        is_boolean=kind == "?",
        type_name=kind if kind not in ("#", "?") else "",
    )
    return name.removesuffix("*"), shape


def _shapes() -> dict[str, dict[str, Shape]]:
    table: dict[str, dict[str, Shape]] = {}
    name = ""
    for line in _TABLE.strip().splitlines():
        head, separator, rest = line.partition(" = ")
        name = head if separator else name
        table.setdefault(name, {}).update(_shape(part) for part in (rest if separator else line).split())
    for resource in RESOURCES:
        table[resource] = {**dict(_shape(part) for part in _IN_RESOURCES.split()), **table.get(resource, {})}
    return table


RESOURCES = (
    "AllergyIntolerance", "Bundle", "Composition", "Condition", "Encounter", "EpisodeOfCare", "Flag", "Medication",
    "MedicationRequest", "Observation", "Organization", "Patient", "Practitioner", "PractitionerRole",
)  # fmt: skip
_COMMON = dict(_shape(part) for part in _EVERYWHERE.split())
SHAPES = _shapes()
