"""The practice's own patients as the desk lists, finds and opens them (REQ 2, 77; security rows 5, 40).

A list shows names and no care; every patient on a page gives a line in the log.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from zorgbalie.access import gate
from zorgbalie.access.models import AccessRequest, Agreement, Invitation
from zorgbalie.access.queries import agreements, invitations, requests
from zorgbalie.access.queries.agreements import find_agreement
from zorgbalie.access.queries.invitations import list_invitations
from zorgbalie.access.queries.read_ahead import read_ahead
from zorgbalie.access.queries.requests import list_requests
from zorgbalie.access.types import DataKind, DeskTask, OnlineProgress, PatientCard, PatientRow, RequestState, Use
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.bsn import Bsn
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.listing import Listing
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.people import queries as people
from zorgbalie.practice import enrolments
from zorgbalie.practice.types import AccountName

_DATE = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\b")
_MOST_WORDS = 5


class _Signed(NamedTuple):
    """Who signed a running agreement."""

    by_patient: bool
    by_practice: bool


def list_patients(*, viewer: Viewer, search: str, sort: str, page: int, now: datetime) -> Listing[PatientRow]:
    """A page of the practice's patients by name and birth date (as `jansen 4-5-1970`); seven queries at most.

    `sort` is name, birth_date or since, with a minus for the other way round. Raises NotVisible for who is no staff.
    Audit: `patient.list`, a line per patient shown.
    """
    practice_id = _practice(viewer)
    words, birth_date = split_search(text=search)
    found = enrolments.list_enrolled(
        practice_id=practice_id,
        words=words,
        birth_date=birth_date,
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        page=page,
    )
    ids = [row.person_id for row in found.rows]
    gate.log_listed(viewer=viewer, patient_ids=ids, kind=DataKind.PROFILE, event="patient.list")
    progress = _progress(practice_id, ids)
    today = local_date(now)
    rows = tuple(
        PatientRow(
            patient_id=row.person_id,
            list_name=row.list_name,
            birth_date=row.birth_date,
            age_group=age_group_on(row.birth_date, today),
            account_name=row.account_name,
            bsn_verified=row.bsn_verified,
            online_access=row.online_access,
            progress=progress[row.person_id],
        )
        for row in found.rows
    )
    return Listing(rows=rows, total=found.total, number=found.number)


def find_patient_by_bsn(*, viewer: Viewer, bsn: Bsn, now: datetime) -> PersonId | None:
    """The practice's own patient with this BSN, None for everybody else.

    Raises NotVisible for who is no staff. Audit: `patient.find`; also where the number is of somebody else's patient.
    """
    practice_id = _practice(viewer)
    person_id = people.find_visible_for_bsn(bsn=bsn) or people.find_person_for_bsn(bsn=bsn)
    if person_id is None:
        return None
    try:
        _open(viewer, person_id, practice_id, "patient.find", now)
    except (NotVisible, NotAllowed):
        return None
    return person_id


def get_patient(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> PatientCard:
    """The card of one patient: register, enrolment and how far online access is. No care.

    Raises NotVisible. Audit: `patient.read`, and a line for agreement, invitations and requests each.
    """
    practice_id = _practice(viewer)
    _open(viewer, patient_id, practice_id, "patient.read", now)
    profile = people.find_profile(person_id=patient_id)
    enrolment = enrolments.find_enrolment(person_id=patient_id, practice_id=practice_id)
    if profile is None or enrolment is None:
        raise NotVisible(DataKind.PROFILE)
    read_ahead(patient_id=patient_id)
    may = frozenset(task for task in DeskTask if _may(viewer, patient_id, practice_id, task, now))
    invited = list_invitations(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    agreement = find_agreement(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    asked = (
        list_requests(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
        if DeskTask.RELEASE in may
        else []
    )
    return PatientCard(
        profile=profile,
        enrolment=enrolment,
        age_group=age_group_on(profile.birth_date, local_date(now)),
        progress=_progress_of(practice_id, patient_id),
        invitation=invited[0] if invited else None,
        agreement=agreement,
        request=asked[0] if asked else None,
        may=may,
    )


def list_accounts(*, viewer: Viewer) -> list[AccountName]:
    """The accounts of the viewer's practice, to enrol a patient with. Raises NotVisible for who is no staff."""
    return enrolments.list_accounts(practice_id=_practice(viewer))


def list_matching_ids(*, viewer: Viewer, search: str, most: int) -> list[PersonId]:
    """Ids of own patients by name, for searching another list of the desk by name. Shows nothing, logs nothing."""
    words, _birth_date = split_search(text=search)
    return enrolments.list_enrolled_ids(practice_id=_practice(viewer), words=words, most=most) if words else []


def split_search(*, text: str) -> tuple[tuple[str, ...], date | None]:
    """The words and the birth date in what was typed. Numbers otherwise are no names and are left out."""
    birth_date = None
    match = _DATE.search(text)
    if match:
        text = text.replace(match.group(0), " ")
        day, month, year = (int(part) for part in match.groups())
        try:
            birth_date = date(year, month, day)
        except ValueError:
            birth_date = None
    words = [word for word in re.split(r"[\s,.]+", text.replace("\0", "")) if word and not word.isdigit()]
    return tuple(words[:_MOST_WORDS]), birth_date


def _practice(viewer: Viewer) -> PracticeId:
    if viewer.kind is not ViewerKind.STAFF or viewer.practice_id is None:
        raise NotVisible(DataKind.PROFILE)
    return viewer.practice_id


def _open(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, event: str, now: datetime) -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.PROFILE,
        use=Use.READ,
        event=event,
        now=now,
        object_type="person",
        object_id=patient_id,
    )


_TASKS = {
    DeskTask.CHANGE: (DataKind.PROFILE, Use.CHANGE),
    DeskTask.INVITE: (DataKind.INVITATION, Use.CHANGE),
    DeskTask.SIGN: (DataKind.AGREEMENT, Use.CHANGE),
    DeskTask.RELEASE: (DataKind.RELEASE, Use.CHANGE),
    DeskTask.COPY: (DataKind.RECORD_COPY, Use.READ),
    DeskTask.READ_RECORD: (DataKind.FULL_RECORD, Use.READ),
    DeskTask.READ_LOG: (DataKind.ACCESS_LOG, Use.READ),
}


def _may(viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, task: DeskTask, now: datetime) -> bool:
    kind, use = _TASKS[task]
    return gate.may_open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=kind, use=use, now=now
    )


def _progress_of(practice_id: PracticeId, patient_id: PersonId) -> OnlineProgress:
    """How far one patient is, from rows that the page reads anyway."""
    latest = agreements.latest_rows(patient_id=patient_id).get(practice_id)
    asked = requests.latest_rows(patient_id=patient_id).get(practice_id, [])
    invited = invitations.latest_rows(patient_id=patient_id).get(practice_id, [])
    return _step(
        asked[0].state if asked else None,
        _signed(latest.patient_signed_at, latest.practice_signed_at) if latest and not latest.ended_at else None,
        any(row.revoked_at is None for row in invited),
    )


def _progress(practice_id: PracticeId, patient_ids: Iterable[PersonId]) -> dict[PersonId, OnlineProgress]:
    """How far each patient is, in three queries for the whole page."""
    ids = list(patient_ids)
    states = dict(
        AccessRequest.objects.filter(practice_id=practice_id, person_id__in=ids)
        .order_by("asked_at", "pk")
        .values_list("person_id", "state")
    )
    running = Agreement.objects.filter(practice_id=practice_id, person_id__in=ids, ended_at__isnull=True)
    signed = {
        pk: _signed(patient, practice)
        for pk, patient, practice in running.values_list("person_id", "patient_signed_at", "practice_signed_at")
    }
    invited = set(
        Invitation.objects.filter(practice_id=practice_id, person_id__in=ids, revoked_at__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    return {pk: _step(states.get(pk), signed.get(pk), pk in invited) for pk in ids}


def _signed(by_patient: datetime | None, by_practice: datetime | None) -> _Signed:
    return _Signed(by_patient is not None, by_practice is not None)


def _step(request: str | None, agreement: _Signed | None, is_invited: bool) -> OnlineProgress:
    if agreement is None:
        return OnlineProgress.NONE
    if not agreement.by_patient:
        return OnlineProgress.INVITED if is_invited else OnlineProgress.NONE
    if not agreement.by_practice:
        return OnlineProgress.TO_SIGN
    if request == RequestState.RELEASED:
        return OnlineProgress.RELEASED
    if request in (RequestState.ASKED, RequestState.LEFT_OPEN, RequestState.REFUSED):
        return OnlineProgress(request)
    return OnlineProgress.AGREED
