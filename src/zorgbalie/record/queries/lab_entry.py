"""Reads around a result that the desk types in."""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import enrolments
from zorgbalie.record.queries.release import patient_card
from zorgbalie.record.types.lab_entry import EntryPlace


def get_entry_place(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> EntryPlace:
    """About whom one types, and for whose work list it can be. Raises NotAllowed, NotVisible. Audit: `lab.enter_form`.

    Asks for the same leave as sending the form, so that nobody fills in what is refused later.
    """
    if viewer.practice_id is None:
        raise NotVisible(DataKind.LAB_REPORTS)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.LAB_REPORTS,
        use=Use.READ,
        event="lab.enter_form",
        now=now,
    )
    enrolment = enrolments.find_enrolment(person_id=patient_id, practice_id=viewer.practice_id)
    accounts = enrolments.list_accounts(practice_id=viewer.practice_id)
    return EntryPlace(
        patient=patient_card(patient_id=patient_id, now=now),
        account_names=tuple(account.name for account in accounts),
        patients_account=enrolment.account_name if enrolment else "",
    )


def may_enter_results(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the way to the form."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.LAB_REPORTS,
        use=Use.CHANGE,
        now=now,
    )
