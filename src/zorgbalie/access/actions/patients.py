"""Registering patients, checking who they are, enrolling them and ending that (REQ 2, 58, 77; security row 64).

The BSN decides who somebody is. A person with the same name and birth date and another BSN is another person.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import facts, gate
from zorgbalie.access.actions.agreements import end_all
from zorgbalie.access.types import (
    BsnRefused,
    DataKind,
    IdentityUnchecked,
    OnlineAccess,
    PatientElsewhere,
    PatientRefused,
    Use,
)
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.kernel.bsn import Bsn, InvalidBsn, parse_bsn
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import actions as people_actions
from zorgbalie.people import queries as people
from zorgbalie.people.types import BsnTaken, Contact, NewPerson
from zorgbalie.practice.actions import enrolments
from zorgbalie.practice.enrolments import find_enrolment
from zorgbalie.practice.types import EnrolledElsewhere, UnknownAccount

_OLDEST = 130


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """What the desk fills in. `identity_checked`: the employee saw the identity document and the BSN on it."""

    bsn: str
    person: NewPerson
    contact: Contact
    account_id: AccountId | None
    identity_checked: bool


def register_patient(*, viewer: Viewer, registration: Registration, now: datetime) -> PersonId:
    """Register somebody and enrol with the viewer's practice; a known BSN is enrolled, not registered again.

    Data of somebody who is known already stay as they are. Raises NotAllowed, IdentityUnchecked, BsnRefused,
    PatientElsewhere, PatientRefused (birth date, account). Audit: `patient.register`; a refusal too, where the BSN is
    of somebody who is known: the answer tells that.
    """
    gate.check_right(viewer=viewer, right=StaffRight.INVITE_PATIENT, event="patient.register")
    practice_id = _practice(viewer)
    if not registration.identity_checked:
        raise IdentityUnchecked(
            _("Controleer eerst het paspoort, de identiteitskaart of het rijbewijs."), field="identity_checked"
        )
    _check_birth_date(registration.person.birth_date, local_date(now))
    bsn = _bsn(registration.bsn)
    known = people.find_person_for_bsn(bsn=bsn)
    try:
        person_id = _take_in(registration, known, bsn, practice_id, now)
    except PatientRefused:
        if known:
            _log_registration(viewer, known, AuditOutcome.REFUSED, is_known=True)
        raise
    facts.forget()
    _log_registration(viewer, person_id, AuditOutcome.DONE, is_known=known is not None)
    return person_id


@transaction.atomic  # a mismatch that shows after enrolling takes the enrolment back
def _take_in(
    registration: Registration, known: PersonId | None, bsn: Bsn, practice_id: PracticeId, now: datetime
) -> PersonId:
    person_id = known or _register(registration, bsn, practice_id, now)
    _enrol(person_id, practice_id, registration.account_id, local_date(now))
    if known and people.find_birth_date(person_id=person_id) != registration.person.birth_date:
        raise BsnRefused(_("Dit BSN hoort bij iemand met een andere geboortedatum. Controleer beide."), field="bsn")
    return person_id


def _log_registration(viewer: Viewer, person_id: PersonId, outcome: AuditOutcome, *, is_known: bool) -> None:
    gate.log_change(
        viewer=viewer,
        event="patient.register",
        action=AuditAction.CREATE,
        outcome=outcome,
        object_type="person",
        object_id=person_id,
        patient_id=person_id,
        detail={"known": is_known},
    )


def confirm_identity(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """The employee saw the identity document of a patient whose BSN came with an import (REQ 2).

    Raises NotVisible, NotAllowed. Audit: `patient.confirm_identity`.
    """
    _open(viewer, patient_id, "patient.confirm_identity", now)
    return people_actions.verify_bsn(person_id=patient_id, now=now)


def change_contact(*, viewer: Viewer, patient_id: PersonId, contact: Contact, now: datetime) -> None:
    """Address, telephone and e-mail. Raises NotVisible, NotAllowed. Audit: `patient.change_contact`."""
    _open(viewer, patient_id, "patient.change_contact", now)
    people_actions.change_contact(person_id=patient_id, contact=contact, now=now)


def change_account(*, viewer: Viewer, patient_id: PersonId, account_id: AccountId | None, now: datetime) -> None:
    """Enrol with another doctor of the practice; the facilities of that account hold from now on (R14).

    Raises NotVisible, NotAllowed, PatientRefused. Audit: `patient.change_account`.
    """
    practice_id = _open(viewer, patient_id, "patient.change_account", now)
    _change(patient_id, practice_id, account_id=account_id)


def set_online_access(*, viewer: Viewer, patient_id: PersonId, online_access: OnlineAccess, now: datetime) -> None:
    """Allowed, a copy only, or vulnerable (REQ 23, 58, 77); anything but allowed closes an open record at once.

    It is a decision on the release of the record, so it takes that right. Raises NotVisible, NotAllowed.
    Audit: `patient.set_online_access`.
    """
    practice_id = _practice(viewer)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.RELEASE,
        use=Use.CHANGE,
        event="patient.set_online_access",
        now=now,
        detail={"online_access": online_access},
    )
    _change(patient_id, practice_id, online_access=online_access)


def end_enrolment(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> None:
    """The patient leaves the practice: agreement, release and invitation end with it, at once (security row 13).

    Raises NotVisible, NotAllowed. Audit: `patient.end_enrolment`.
    """
    practice_id = _open(viewer, patient_id, "patient.end_enrolment", now)
    end_all(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    enrolments.end_enrolment(person_id=patient_id, practice_id=practice_id, now=now)
    facts.forget()


def _practice(viewer: Viewer) -> PracticeId:
    if viewer.practice_id is None:
        raise NotVisible(DataKind.PROFILE)
    return viewer.practice_id


def _open(viewer: Viewer, patient_id: PersonId, event: str, now: datetime) -> PracticeId:
    practice_id = _practice(viewer)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.PROFILE,
        use=Use.CHANGE,
        event=event,
        now=now,
        object_type="person",
        object_id=patient_id,
    )
    return practice_id


def _change(
    patient_id: PersonId,
    practice_id: PracticeId,
    *,
    account_id: AccountId | None = None,
    online_access: OnlineAccess | None = None,
) -> None:
    """Change one of the two and keep the other."""
    now_enrolled = find_enrolment(person_id=patient_id, practice_id=practice_id)
    if now_enrolled is None:
        raise NotVisible(DataKind.PROFILE)
    try:
        enrolments.change_enrolment(
            person_id=patient_id,
            practice_id=practice_id,
            account_id=account_id or now_enrolled.account_id,
            online_access=online_access or now_enrolled.online_access,
        )
    except UnknownAccount as error:
        raise PatientRefused(_("Kies iemand uit de lijst."), field="account") from error
    facts.forget()


def _bsn(text: str) -> Bsn:
    try:
        return parse_bsn(text)
    except InvalidBsn as error:
        raise BsnRefused(_("Dit is geen geldig BSN. Een BSN heeft 9 cijfers."), field="bsn") from error


def _check_birth_date(birth_date: date, today: date) -> None:
    if not today.year - _OLDEST <= birth_date.year or birth_date > today:
        raise PatientRefused(_("Controleer de geboortedatum."), field="birth_date")


def _register(registration: Registration, bsn: Bsn, practice_id: PracticeId, now: datetime) -> PersonId:
    try:
        return people_actions.register_person(
            person=registration.person, bsn=bsn, contact=registration.contact, practice_id=practice_id, now=now
        )
    except BsnTaken as error:
        raise BsnRefused(
            _("Dit BSN is al bekend en nog niet gecontroleerd. Zoek de patiënt op BSN, of bel de beheerder."),
            field="bsn",
        ) from error


def _enrol(person_id: PersonId, practice_id: PracticeId, account_id: AccountId | None, today: date) -> None:
    try:
        enrolments.enrol(
            person_id=person_id,
            practice_id=practice_id,
            account_id=account_id,
            starts_on=today,
            online_access=OnlineAccess.ALLOWED,
        )
    except UnknownAccount as error:
        raise PatientRefused(_("Kies iemand uit de lijst."), field="account") from error
    except EnrolledElsewhere as error:
        raise PatientElsewhere(
            _("Deze patiënt staat nog ingeschreven, hier of bij een andere praktijk. Zoek eerst op BSN."), field="bsn"
        ) from error
