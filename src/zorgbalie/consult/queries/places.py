"""Where a patient can ask: the GP practice, the pharmacy, both or neither (REQ 28, 68, 79; R14).

Each question belongs to one practice: that one reads it, and no other.
"""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.consult import rules
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.asking import get_ask_rules
from zorgbalie.consult.types import AskFor, Asking, AskPlace
from zorgbalie.kernel.ages import AgeGroup, age_group_on, age_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeCard, PracticeKind


def list_open(*, viewer: Viewer, now: datetime) -> tuple[PracticeCard, ...]:
    """The practices whose questions are open to the viewer, GP practice first. Shows no data, logs nothing."""
    patient_id = check_subject(viewer)
    return tuple(
        card
        for card in practices.list_enrolled_practices(person_id=patient_id)
        if gate.may_open_patient(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=card.practice_id,
            kind=DataKind.CONSULTS,
            use=Use.READ,
            now=now,
        )
    )


def first_place(*, viewer: Viewer, now: datetime) -> PracticeId:
    """Where one asks unless another place is named. Raises NotVisible for who is enrolled nowhere."""
    cards = list_open(viewer=viewer, now=now) or practices.list_enrolled_practices(person_id=check_subject(viewer))
    if not cards:
        raise NotVisible(DataKind.CONSULTS)
    return cards[0].practice_id


def place_of(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> PracticeId:
    """Whose question it is, so that the log names that practice alone. What is not there is asked of the first."""
    cards = list_open(viewer=viewer, now=now)
    if len(cards) > 1:
        rows = Consult.objects.filter(pk=consult_id, patient_id=check_subject(viewer))
        found = rows.values_list("practice_id", flat=True).first()
        if any(card.practice_id == found for card in cards):
            return PracticeId(found or 0)
    return first_place(viewer=viewer, now=now)


def get_asking(*, viewer: Viewer, now: datetime) -> Asking:
    """Where a new question can be asked, and what the practice says to a parent. No data of care, no log line."""
    cards = list_open(viewer=viewer, now=now)
    places = tuple(_place(card) for card in cards if _may_begin(viewer, card.practice_id, now))
    acts_as_parent = viewer.acts_for_other and _age_group(viewer, now) is not AgeGroup.FROM_16
    text = get_ask_rules(practice_id=cards[0].practice_id).parent_text if cards and acts_as_parent else ""
    return Asking(places=places, parent_text=text)


def check_may_begin(*, viewer: Viewer, grant: Grant, event: str, now: datetime) -> None:
    """What the practice lets a parent ask for a child; it only narrows the grant. Source: REQ 8.

    Raises NotVisible, the same as while questions are off. Audit: `event`, refused.
    """
    if _may_begin(viewer, grant.practice_id, now):
        return
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.UPDATE,
        object_type="consult",
        object_id="",
        practice_id=grant.practice_id,
        patient_id=grant.patient_id,
        outcome=AuditOutcome.REFUSED,
        detail={"reason": "the practice takes no questions of parents at this age"},
    )
    raise NotVisible(DataKind.CONSULTS)


def list_for_whom(*, viewer: Viewer, now: datetime) -> tuple[AskFor, ...]:
    """For whom else the one who signed in may act; nobody while acting already (ux 41). Audit: `consult.start`."""
    if viewer.acts_for_other:
        return ()
    today = local_date(now)
    found = gate.open_represented(viewer=viewer, event="consult.start", now=now)
    named = (AskFor(person_id=one.person_id, name=one.full_name, age=age_on(one.birth_date, today)) for one in found)
    return tuple(sorted(named, key=lambda one: one.name))


def may_ask_for(*, viewer: Viewer, person_id: PersonId, now: datetime) -> bool:
    """Whether a question can be asked for somebody else: open there, and allowed to a parent. Logs nothing."""
    set_subject(person_id)
    try:
        return get_asking(viewer=viewer.about(person_id), now=now).is_open
    finally:
        set_subject(check_subject(viewer))  # the rest of the page is about who looks now


def _place(card: PracticeCard) -> AskPlace:
    return AskPlace(practice_id=card.practice_id, name=card.name, is_pharmacy=card.kind is PracticeKind.PHARMACY)


def _may_begin(viewer: Viewer, practice_id: PracticeId, now: datetime) -> bool:
    if not viewer.acts_for_other:
        return True
    return rules.parent_may_ask(chosen=get_ask_rules(practice_id=practice_id), age_group=_age_group(viewer, now))


def _age_group(viewer: Viewer, now: datetime) -> AgeGroup | None:
    birth_date = people.find_birth_date(person_id=check_subject(viewer))
    return age_group_on(birth_date, local_date(now)) if birth_date else None
