"""Rows for tests, made as the owner of the tables. Names say what they stand for; every value can be overridden."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from zorgbalie.access.models import AccessRequest, Agreement, AgreementText, EmergencyAccess, Invitation
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.viewer import StaffRight, StaffRole, Viewer, patient_viewer, staff_viewer
from zorgbalie.people.models import Person, Representation
from zorgbalie.practice.models import Account, Employee, EmployeeGroup, Enrolment, Practice, StaffUser
from zorgbalie.practice.types import Facility, PracticeKind
from zorgbalie.record.models import (
    Allergy,
    Encounter,
    Episode,
    JournalEntry,
    LabInvitation,
    LabReport,
    LabResult,
    Medication,
    Observation,
    SharedNote,
    WorkNote,
)
from zorgbalie.worklist.models import WorkItem

_number = count(1)
MOMENT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def next_number() -> int:
    """A number that no other row of this run has."""
    return next(_number)


def make_bsn() -> str:
    """A BSN of the test range (999…) that passes the eleven-test."""
    while True:
        stem = f"999{next(_number):05d}"
        total = sum(int(digit) * weight for digit, weight in zip(stem, range(9, 1, -1), strict=True))
        if total % 11 < 10:
            return stem + str(total % 11)


def make_practice(kind: str = PracticeKind.GP, **values) -> Practice:
    number = next(_number)
    defaults = {
        "name": f"Huisartsenpraktijk De Linde {number}",
        "phone": "020 555 01 23",
        "online_access_since": date(2025, 1, 1),
    }
    return Practice.objects.create(kind=kind, **{**defaults, **values})


def make_account(practice: Practice, facilities=tuple(Facility), **values) -> Account:
    defaults = {"name": f"Dokter {next(_number)}"}
    return Account.objects.create(practice=practice, facilities=[str(f) for f in facilities], **{**defaults, **values})


def make_user(**values) -> StaffUser:
    defaults = {"email": f"staff{next(_number)}@praktijk.example"}
    return StaffUser.objects.create(**{**defaults, **values})


def make_employee(practice: Practice, role: str = StaffRole.GP, rights=tuple(StaffRight), **values) -> Employee:
    number = next(_number)
    defaults = {
        "user": values.pop("user", None) or make_user(),
        "employee_code": f"mw{number}",
        "name": f"Medewerker {number}",
        "starts_on": date(2020, 1, 1),
    }
    return Employee.objects.create(
        practice=practice, role=role, rights=[str(r) for r in rights], **{**defaults, **values}
    )


def make_group(practice: Practice, *members: Employee, **values) -> EmployeeGroup:
    group = EmployeeGroup.objects.create(practice=practice, **{"name": f"Assistente {next(_number)}", **values})
    group.members.set(members)
    return group


def make_person(**values) -> Person:
    number = next(_number)
    defaults = {
        "bsn": make_bsn(),
        "bsn_verified_at": MOMENT,
        "given_name": "Anna",
        "family_name": f"Canarie{number}",
        "birth_date": date(1970, 5, 4),
        "sex": "female",
        "email": f"anna{number}@post.example",
        "email_verified_at": MOMENT,
    }
    return Person.objects.create(**{**defaults, **values})


def enrol(person: Person, practice: Practice, account: Account | None = None, **values) -> Enrolment:
    return Enrolment.objects.create(
        person=person, practice=practice, practice_kind=practice.kind, account=account,
        **{"starts_on": date(2010, 1, 1), **values},
    )  # fmt: skip


def make_agreement_text(**values) -> AgreementText:
    defaults = {
        "version": next(_number), "title": "Afspraken over online inzage", "body_patient_rights": "U mag inzien.",
        "body_patient_duties": "U deelt uw DigiD niet.", "body_practice_rights": "Wij mogen stoppen.",
        "body_practice_duties": "Wij houden het dossier bij.",
    }  # fmt: skip
    return AgreementText.objects.create(**{**defaults, **values})


def sign_agreement(person: Person, practice: Practice, **values) -> Agreement:
    """Signed by both sides unless said otherwise."""
    defaults = {"patient_signed_at": MOMENT, "patient_signer": person, "practice_signed_at": MOMENT}
    text = values.pop("text", None) or make_agreement_text()
    return Agreement.objects.create(person=person, practice=practice, text=text, **{**defaults, **values})


def release_record(person: Person, practice: Practice, **values) -> AccessRequest:
    defaults = {"state": "released", "asked_by": person, "decided_at": MOMENT}
    return AccessRequest.objects.create(person=person, practice=practice, **{**defaults, **values})


def make_patient_with_open_record(practice: Practice | None = None, **values) -> tuple[Person, Practice]:
    """A patient of 16 or over for whom everything is in order: enrolled, agreed, released, facilities on."""
    practice = practice or make_practice()
    person = make_person(**values)
    enrol(person, practice, make_account(practice))
    sign_agreement(person, practice)
    release_record(person, practice)
    return person, practice


def represent(representative: Person, patient: Person, kind: str = "parent", **values) -> Representation:
    return Representation.objects.create(
        representative=representative, patient=patient, kind=kind, **{"starts_on": date(2020, 1, 1), **values}
    )


def start_emergency(employee: Employee, person: Person, **values) -> EmergencyAccess:
    defaults = {"reason": "Patiënt op de spoedpost", "expires_at": MOMENT + timedelta(days=3650)}
    return EmergencyAccess.objects.create(
        employee=employee, practice=employee.practice, person=person, **{**defaults, **values}
    )


def invite(person: Person, practice: Practice, employee: Employee, **values) -> Invitation:
    defaults = {"channel": "letter", "code_digest": "x", "expires_at": MOMENT + timedelta(days=60)}
    return Invitation.objects.create(person=person, practice=practice, invited_by=employee, **{**defaults, **values})


def viewer_of_patient(person: Person, subject: Person | None = None, **values) -> Viewer:
    return patient_viewer(
        person_id=person.pk, subject_id=(subject or person).pk, name="Patiënt",
        **{"level": AssuranceLevel.SUBSTANTIEEL, **values},
    )  # fmt: skip


def viewer_of_employee(employee: Employee) -> Viewer:
    return staff_viewer(
        employee_id=employee.pk, practice_id=employee.practice_id, role=StaffRole(employee.role),
        rights=[StaffRight(right) for right in employee.rights], name=employee.name,
        organisation=employee.practice.name,
    )  # fmt: skip


def make_episode(patient: Person, practice: Practice, **values) -> Episode:
    defaults = {"title": f"Episode {next(_number)}", "icpc_code": "K78", "start_date": date(2026, 1, 1)}
    return Episode.objects.create(patient=patient, practice=practice, **{**defaults, **values})


def make_encounter(patient: Person, practice: Practice, **values) -> Encounter:
    defaults = {"started_on": date(2026, 6, 1), "kind_title": "Consult", "author_name": "Dokter Bernard"}
    return Encounter.objects.create(patient=patient, practice=practice, **{**defaults, **values})


def make_entry(encounter: Encounter, episode: Episode | None = None, soep: str = "E", **values) -> JournalEntry:
    defaults = {
        "text": f"Regel {next(_number)}",
        "recorded_on": encounter.started_on,
        "author_name": "Dokter Bernard",
    }
    return JournalEntry.objects.create(
        patient=encounter.patient, practice=encounter.practice, encounter=encounter, episode=episode, soep=soep,
        **{**defaults, **values},
    )  # fmt: skip


def make_observation(patient: Person, practice: Practice, **values) -> Observation:
    defaults = {
        "category": "measurement", "title": "systolische bloeddruk", "code": "1744", "value_number": 128,
        "unit": "mmHg", "observed_on": date(2026, 10, 1),
    }  # fmt: skip
    return Observation.objects.create(patient=patient, practice=practice, **{**defaults, **values})


def make_allergy(patient: Person, practice: Practice, **values) -> Allergy:
    return Allergy.objects.create(
        patient=patient, practice=practice, **{"title": f"Allergie {next(_number)}", **values}
    )


def make_medication(patient: Person, practice: Practice, **values) -> Medication:
    defaults = {
        "title": f"MEDICIJN {next(_number)} MG TABLET",
        "dosage": "1 maal per dag 1 tablet",
        "start_date": date(2026, 9, 1),
    }
    return Medication.objects.create(patient=patient, practice=practice, **{**defaults, **values})


def make_lab_report(patient: Person, practice: Practice, text: str, employee: Employee, **values) -> LabReport:
    """A report with one result and an open invitation about it; every text is `text`."""
    whose = {"patient": patient, "practice": practice}
    report = LabReport.objects.create(
        **whose, laboratory=text, report_number=text, digest=str(next(_number)), status="final", reported_at=MOMENT,
        remark=text, conclusion=text, advice=text, **{"state": "invited", **values},
    )  # fmt: skip
    LabResult.objects.create(**whose, report=report, position=1, title=text, value_text=text)
    LabInvitation.objects.create(**whose, report=report, doctor_name=employee.name, invited_at=MOMENT)
    return report


def add_work_note(employee: Employee, patient: Person, **values) -> WorkNote:
    defaults = {"text": f"Notitie {next(_number)}", "expires_at": datetime(2099, 1, 1, tzinfo=UTC)}
    return WorkNote.objects.create(
        author=employee, practice=employee.practice, patient=patient, **{**defaults, **values}
    )


def add_shared_note(patient: Person, practice: Practice, **values) -> SharedNote:
    defaults = {"text": f"Gedeeld {next(_number)}", "shared_on": date(2026, 10, 1)}
    return SharedNote.objects.create(patient=patient, practice=practice, **{**defaults, **values})


def add_work_item(person: Person, practice: Practice, **values) -> WorkItem:
    defaults = {"kind": "access_request", "about_id": next(_number)}
    return WorkItem.objects.create(person=person, practice=practice, **{**defaults, **values})
