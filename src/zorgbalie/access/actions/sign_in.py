"""Signing in of patients: from a BSN that DigiD vouched for to a viewer, with its line in the log (REQ 1, 2)."""

import hashlib
from datetime import datetime

from zorgbalie.access.facts import minimum_level
from zorgbalie.access.wall import set_viewer
from zorgbalie.audit.scope import add_line
from zorgbalie.audit.types import AuditAction, AuditLine, AuditOutcome
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.bsn import Bsn
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import ZorgbalieError
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer, patient_viewer, system_viewer
from zorgbalie.people import actions as people_actions
from zorgbalie.people import queries as people


class UnknownPerson(ZorgbalieError):
    """No practice has verified this BSN: there is nobody to sign in (security row 64)."""


class LevelInsufficient(ZorgbalieError):
    """The level that came back is below the one that care asks for (security row 20)."""


class NotRepresented(ZorgbalieError):
    """DigiD names somebody represented, whom this person may not act for here."""


def sign_in_patient(
    *,
    acting_bsn: Bsn,
    subject_bsn: Bsn,
    level: AssuranceLevel,
    connection: str,
    address: str,
    now: datetime,
) -> Viewer:
    """The viewer for who signed in.

    Raises UnknownPerson, LevelInsufficient, NotRepresented. Audit: `sign_in`, also for each refusal.
    """
    if level < minimum_level():
        refuse_sign_in(reason="level_too_low", connection=connection, address=address)
        raise LevelInsufficient
    person_id = people.find_person_for_bsn(bsn=acting_bsn)
    if person_id is None:
        refuse_sign_in(reason="unknown_person", connection=connection, address=address)
        raise UnknownPerson
    subject_id = _subject(person_id, acting_bsn, subject_bsn, connection, address, now)
    viewer = patient_viewer(person_id=person_id, name="", level=level, subject_id=person_id, address=address)
    set_viewer(viewer)
    name = people.list_names(person_ids=[person_id])[person_id].full_name
    viewer = patient_viewer(
        person_id=person_id,
        name=name,
        level=level,
        subject_id=subject_id,
        address=address,
        request_id=viewer.request_id,
    )
    set_viewer(viewer)
    add_line(
        viewer=viewer,
        line=AuditLine(
            event="sign_in",
            action=AuditAction.EXECUTE,
            patient_id=subject_id,
            detail={"connection": connection},
        ),
    )
    return viewer


def _subject(
    person_id: PersonId, acting_bsn: Bsn, subject_bsn: Bsn, connection: str, address: str, now: datetime
) -> PersonId:
    """For whom: DigiD's representation counts only where a practice registered it as well."""
    if subject_bsn == acting_bsn:
        return person_id
    set_viewer(patient_viewer(person_id=person_id, name="", level=AssuranceLevel.BASIS))
    subject_id = people.find_person_for_bsn(bsn=subject_bsn)
    found = people.list_represented(representative_id=person_id, today=local_date(now))
    representation = found.get(subject_id) if subject_id else None
    if subject_id is None or representation is None or representation.closed_for_safety:
        refuse_sign_in(reason="not_represented", connection=connection, address=address)
        raise NotRepresented
    return subject_id


def refuse_sign_in(*, reason: str, connection: str, address: str) -> None:
    """Note that a sign-in was refused; `reason` is a code, never a BSN or token."""
    viewer = system_viewer(task="sign-in")
    add_line(
        viewer=viewer,
        line=AuditLine(
            event="sign_in",
            action=AuditAction.EXECUTE,
            outcome=AuditOutcome.REFUSED,
            detail={"reason": reason, "connection": connection, "address": address},
        ),
    )


def sign_out_patient(*, viewer: Viewer) -> None:
    """Note that a patient signed out."""
    add_line(
        viewer=viewer,
        line=AuditLine(event="sign_out", action=AuditAction.EXECUTE, patient_id=viewer.subject_id),
    )


class DatabaseReplayStore:
    """Remembers used answers over all processes; keeps digests, not the answers."""

    def remember(self, *, key: str, until: datetime) -> bool:
        """True the first time, False ever after."""
        return people_actions.remember_sign_in(digest=hashlib.sha256(key.encode()).hexdigest(), until=until)
