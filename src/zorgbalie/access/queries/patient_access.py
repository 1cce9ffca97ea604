"""How far a patient is, at each practice: for the patient's own page on access (REQ 4, 24; R6)."""

from datetime import datetime

from zorgbalie.access.queries.agreements import find_agreement, open_agreement
from zorgbalie.access.queries.invitations import cards_of
from zorgbalie.access.queries.read_ahead import read_ahead
from zorgbalie.access.queries.requests import list_requests
from zorgbalie.access.types import DataKind, PracticeAccess, Use
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeCard, PracticeKind


def list_my_access(*, viewer: Viewer, now: datetime) -> list[PracticeAccess]:
    """One line per practice where the patient is enrolled; at most a GP practice and a pharmacy.

    Raises NotVisible (a child under 12, somebody who may not act). Audit: `agreement.read`, `request.list`.
    """
    patient_id = _subject(viewer)
    cards = practices.list_enrolled_practices(person_id=patient_id)
    for card in cards:
        open_agreement(viewer=viewer, patient_id=patient_id, practice_id=card.practice_id, use=Use.READ, now=now)
    read_ahead(patient_id=patient_id)
    return [_access(viewer, patient_id, card, now) for card in cards]


def get_my_access(*, viewer: Viewer, practice_id: PracticeId, now: datetime) -> PracticeAccess:
    """The same for one practice.

    Raises NotVisible, also for a practice where the patient is not enrolled. Audit: as above.
    """
    patient_id = _subject(viewer)
    for card in practices.list_enrolled_practices(person_id=patient_id):
        if card.practice_id == practice_id:
            open_agreement(viewer=viewer, patient_id=patient_id, practice_id=practice_id, use=Use.READ, now=now)
            read_ahead(patient_id=patient_id)
            return _access(viewer, patient_id, card, now)
    raise NotVisible(DataKind.AGREEMENT)


def _subject(viewer: Viewer) -> PersonId:
    if viewer.kind is not ViewerKind.PATIENT or viewer.subject_id is None:
        raise NotVisible(DataKind.AGREEMENT)
    return viewer.subject_id


def _access(viewer: Viewer, patient_id: PersonId, card: PracticeCard, now: datetime) -> PracticeAccess:
    practice_id = card.practice_id
    agreement = find_agreement(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    requests = list_requests(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    invitations = cards_of(patient_id=patient_id, practice_id=practice_id, now=now)
    birth_date = people.find_birth_date(person_id=patient_id)
    if birth_date is None:
        raise NotVisible(DataKind.AGREEMENT)
    return PracticeAccess(
        practice_id=practice_id,
        practice_name=card.name,
        practice_phone=card.phone,
        is_pharmacy=card.kind is PracticeKind.PHARMACY,
        online_access=practices.find_relation(person_id=patient_id, practice_id=practice_id).online_access,
        age_group=age_group_on(birth_date, local_date(now)),
        invitation=invitations[0] if invitations else None,
        agreement=agreement,
        request=requests[0] if requests else None,
    )
