"""To whom a question can be moved, and what that does (REQ 44; R12; ux 50)."""

from datetime import datetime

from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import ConsultCopy, ConsultMessage
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.queries.reporting import concerned_id
from zorgbalie.consult.queries.rows import CONSULT_OPENED
from zorgbalie.consult.types import AuthorKind, MovePlan, NotToBeMoved, PersonChoice
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName
from zorgbalie.practice import queries as practices


def list_close_persons(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime
) -> tuple[PersonChoice, ...]:
    """Who a question may well be about: children and others of the sender who are enrolled here, and the sender.

    Raises NotAllowed, NotVisible. Audit: `consult.open`; `consult.named` for each one named (security row 40).
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event=CONSULT_OPENED, now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    represented = people.list_represented(representative_id=PersonId(row.asked_by_id), today=local_date(now))
    wanted = {*represented, PersonId(row.asked_by_id), PersonId(row.patient_id)} - {concerned_id(row)}
    names = people.list_names(person_ids=wanted)
    found = [
        PersonChoice(person_id=one.person_id, name=one.full_name, birth_date=one.birth_date, is_close=True)
        for pk, one in sorted(names.items(), key=lambda pair: pair[1].birth_date, reverse=True)
        if is_patient_here(person_id=PersonId(pk), practice_id=grant.practice_id)
    ]
    others = [one.person_id for one in found if one.person_id != patient_id]
    gate.log_listed(viewer=viewer, patient_ids=others, kind=DataKind.PROFILE, event="consult.named")
    return tuple(found)


def get_move_plan(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, to_patient_id: PersonId, now: datetime
) -> MovePlan:
    """What moving does, for the page that asks to confirm. Raises NotAllowed, NotVisible (whoever is no patient here),
    NotToBeMoved.

    Audit: `consult.open` for the thread, `consult.named` for who is named beside its patient.
    """
    check_may_move_to(viewer=viewer, to_patient_id=to_patient_id, now=now)
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event=CONSULT_OPENED, now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    if to_patient_id == concerned_id(row):
        raise NotToBeMoved(_("Deze vraag staat al bij deze patiënt."))
    copies = list(ConsultCopy.objects.filter(consult=row))
    names = people.list_names(person_ids={to_patient_id, concerned_id(row)})
    asked = ConsultMessage.objects.filter(consult=row, author_kind=AuthorKind.PATIENT).order_by("pk").first()
    others = [one for one in (to_patient_id, concerned_id(row)) if one != patient_id]
    gate.log_listed(viewer=viewer, patient_ids=others, kind=DataKind.PROFILE, event="consult.named")
    return MovePlan(
        revision=row.revision,
        subject=row.subject,
        sender_name=asked.author_name if asked else "",
        now_with=_choice(names, concerned_id(row)),
        goes_to=_choice(names, to_patient_id),
        is_back=to_patient_id == patient_id,
        copies=sum(1 for one in copies if one.rows),
        documents=sum(len(one.documents) for one in copies),
        needs_journal=bool(copies),
    )


def check_may_move_to(*, viewer: Viewer, to_patient_id: PersonId, now: datetime) -> None:
    """Raises NotVisible for whoever is no patient of this practice, NotAllowed without the right, with the gate's line.

    Nothing is noted where it may go on.
    """
    if viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=to_patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        now=now,
    ):
        return
    open_other(viewer=viewer, patient_id=to_patient_id, consult_id=0, event="consult.moved_here", now=now)


def open_other(*, viewer: Viewer, patient_id: PersonId, consult_id: int, event: str, now: datetime) -> Grant:
    """Leave of the gate for the file that a question comes to or goes from. Raises NotAllowed, NotVisible."""
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=PracticeId(viewer.practice_id or 0),
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event=event,
        now=now,
        object_type="consult",
        object_id=consult_id or "",
    )


def is_patient_here(*, person_id: PersonId, practice_id: PracticeId) -> bool:
    """Whether somebody is enrolled at a practice now."""
    return practices.find_relation(person_id=person_id, practice_id=practice_id).enrolled


def _choice(names: dict[int, PersonName], person_id: PersonId) -> PersonChoice:
    one = names[person_id]
    return PersonChoice(person_id=person_id, name=one.full_name, birth_date=one.birth_date)
