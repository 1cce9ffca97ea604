"""The frame and the first page of the portal, and the switch to somebody for whom one may act (ux 16, 17, 41)."""

from collections.abc import Iterable
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject, get_online_state
from zorgbalie.access.types import DataKind, OnlineState, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.kernel.ages import age_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeCard, PracticeKind
from zorgbalie.record.types.home import OpenPlace, PatientHome, PatientShell, Represented

RECORD_KINDS = (
    DataKind.EPISODES,
    DataKind.JOURNAL,
    DataKind.OBSERVATIONS,
    DataKind.ALLERGIES,
    DataKind.MEDICATION,
)


def find_record_practice(*, viewer: Viewer) -> PracticeCard | None:
    """The GP practice that keeps the record of the patient, else the first practice where he is enrolled."""
    cards = practices.list_enrolled_practices(person_id=check_subject(viewer))
    return next((card for card in cards if card.kind is PracticeKind.GP), cards[0] if cards else None)


def check_record_practice(*, viewer: Viewer) -> PracticeId:
    """The id of that practice. Raises NotVisible where there is none."""
    card = find_record_practice(viewer=viewer)
    if card is None or card.kind is not PracticeKind.GP:
        raise NotVisible("record")
    return card.practice_id


def list_open_places(
    *, viewer: Viewer, now: datetime, kinds: Iterable[DataKind] = RECORD_KINDS
) -> tuple[OpenPlace, ...]:
    """The practices of which any of `kinds` is open to the viewer, GP practice first. Shows no data, logs nothing."""
    patient_id = check_subject(viewer)
    found = [
        OpenPlace(
            practice=card,
            kinds=gate.may_open_kinds(
                viewer=viewer, patient_id=patient_id, practice_id=card.practice_id, kinds=kinds, use=Use.READ, now=now
            ),
        )
        for card in practices.list_enrolled_practices(person_id=patient_id)
    ]
    return tuple(place for place in found if place.kinds)


def get_shell(*, viewer: Viewer, now: datetime) -> PatientShell:
    """The frame of a page. Audit: `shell.read` on the profile while acting for somebody else, as it shows a name."""
    card = find_record_practice(viewer=viewer)
    places = list_open_places(viewer=viewer, now=now, kinds=(*RECORD_KINDS, DataKind.DOCUMENTS))
    kinds = frozenset(kind for place in places for kind in place.kinds)
    acting_for = _represented(viewer, "shell.read", now) if viewer.acts_for_other else None
    return PatientShell(practice=card, name=viewer.name, acting_for=acting_for, kinds=kinds)


def get_home(*, viewer: Viewer, now: datetime) -> PatientHome:
    """The first page. Audit: `home.read`, one line per patient named or looked up. Raises NotVisible."""
    state = get_state(viewer=viewer, now=now, event="home.read")
    return PatientHome(state=state, represented=() if viewer.acts_for_other else _list_represented(viewer, now))


def get_state(*, viewer: Viewer, now: datetime, event: str) -> OnlineState:
    """How far the patient is on the way to the own record. Audit: `event`. Raises NotVisible."""
    card = find_record_practice(viewer=viewer)
    keeps_record = card is not None and card.kind is PracticeKind.GP
    return get_online_state(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=card.practice_id if card and keeps_record else None,
        now=now,
        event=event,
    )


def check_may_act_for(*, viewer: Viewer, person_id: PersonId, now: datetime) -> PersonId:
    """Whether the one who signed in may act for this person now; oneself always.

    Raises NotVisible, the same for a stranger and for nobody. Audit: `representation.switched`.
    """
    if viewer.person_id is None:
        raise NotVisible("representation")
    if person_id == viewer.person_id:
        return person_id
    if _represented(viewer.about(person_id), "representation.switched", now) is None:
        raise NotVisible("representation")
    return person_id


def _list_represented(viewer: Viewer, now: datetime) -> tuple[Represented, ...]:
    """For whom one may act: those in the register whom the gate lets through."""
    today = local_date(now)
    found = [
        Represented(person_id=one.person_id, name=one.full_name, age=age_on(one.birth_date, today))
        for one in gate.open_represented(viewer=viewer, event="home.read", now=now)
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _represented(viewer: Viewer, event: str, now: datetime) -> Represented | None:
    """Name and age of the subject; None, and no line, for whom the viewer may not act: nothing was shown."""
    person_id = check_subject(viewer)
    set_subject(person_id)
    cards = practices.list_enrolled_practices(person_id=person_id)
    if not cards:
        return None
    practice_id = cards[0].practice_id
    if not gate.may_open_patient(
        viewer=viewer,
        patient_id=person_id,
        practice_id=practice_id,
        kind=DataKind.PROFILE,
        use=Use.READ,
        now=now,
    ):
        return None
    gate.open_patient(
        viewer=viewer,
        patient_id=person_id,
        practice_id=practice_id,
        kind=DataKind.PROFILE,
        use=Use.READ,
        event=event,
        now=now,
    )
    name = people.list_names(person_ids=[person_id])[person_id]
    return Represented(person_id=person_id, name=name.full_name, age=age_on(name.birth_date, local_date(now)))
