"""Questions as the patient reads them, or who acts for the patient (REQ 8, 32; ux 37).

All raise NotVisible alike for what is off (R14), not of this patient, still a draft, and not there.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.looks import seen_by_staff, seen_objects
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.answers import asked_of
from zorgbalie.consult.queries.attachments import unsent_of
from zorgbalie.consult.queries.outgoing import outgoing_of
from zorgbalie.consult.queries.places import first_place, list_open, place_of
from zorgbalie.consult.queries.rows import (
    CONSULT_OPENED,
    CONSULT_READ,
    about_of,
    last_id,
    latest_ids,
    messages_of,
)
from zorgbalie.consult.queries.slips import ends_at_of, slipped_among, slips_of
from zorgbalie.consult.queries.times import get_times
from zorgbalie.consult.rules import step_of
from zorgbalie.consult.types import About, AboutKind, AuthorKind, ConsultState, Thread, ThreadRow
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind

_PAGE = 20
_ON_HOME = 5
_LOOKED_AT = 100
"""Answers among which those are looked for that nobody read: an older one may wait behind those that were read."""
_NEWS = timedelta(days=60)
_KIND_OF = {
    AboutKind.LAB_REPORT: DataKind.OBSERVATIONS,
    AboutKind.VALUE: DataKind.OBSERVATIONS,
    AboutKind.EPISODE: DataKind.EPISODES,
    AboutKind.LETTER: DataKind.DOCUMENTS,
    AboutKind.MEDICINE: DataKind.MEDICATION,
    AboutKind.CONTACT: DataKind.JOURNAL,
    AboutKind.LINE: DataKind.JOURNAL,
}


def may_ask(*, viewer: Viewer, now: datetime) -> bool:
    """Whether this patient has questions somewhere; for menus and links. Shows no data, logs nothing (R14)."""
    return bool(list_open(viewer=viewer, now=now))


def was_sent(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> bool:
    """Whether the one who looks wrote this question and sent it: its draft is gone. Shows no data, logs nothing."""
    places = [card.practice_id for card in list_open(viewer=viewer, now=now)]
    own = Consult.objects.filter(pk=consult_id, patient_id=check_subject(viewer), asked_by_id=viewer.person_id)
    return own.filter(practice_id__in=places).exclude(state=ConsultState.DRAFT).exists()


def list_threads(*, viewer: Viewer, now: datetime, page: int) -> Listing[ThreadRow]:
    """Sent questions, what changed last first, in a fixed number of queries. Audit: `consult.list`."""
    rows = _sent_anywhere(open_everywhere(viewer=viewer, event="consult.list", now=now))
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total, size=_PAGE)
    shown = list(rows.order_by("-changed_at", "-pk")[bounds]) if total else []
    return Listing(rows=_thread_rows(viewer, shown), total=total, number=number, size=_PAGE)


def list_news(*, viewer: Viewer, now: datetime) -> tuple[ThreadRow, ...]:
    """Answers of the last two months that the one who looks has not read. Audit: `home.read`; nothing when off."""
    if not may_ask(viewer=viewer, now=now):
        return ()
    rows = _sent_anywhere(open_everywhere(viewer=viewer, event="home.read", now=now))
    recent = rows.filter(state__in=[ConsultState.ANSWERED, ConsultState.CLOSED], changed_at__gte=now - _NEWS)
    found = list(recent.order_by("-changed_at", "-pk")[:_LOOKED_AT])
    return tuple(one for one in _thread_rows(viewer, found) if one.is_unread)[:_ON_HOME]


def get_thread(*, viewer: Viewer, consult_id: ConsultId, now: datetime, event: str = CONSULT_READ) -> Thread:
    """One thread with all its texts. Audit: `event`, naming the latest answer on the page."""
    # Which answer is the latest is asked before the gate, for its log line alone: the database shows own rows only.
    is_open = may_ask(viewer=viewer, now=now)
    latest = last_id(consult_id, AuthorKind.STAFF) if is_open else 0
    grant = open_consults(
        viewer=viewer,
        use=Use.READ,
        event=event,
        now=now,
        object_type="consult_message",
        object_id=latest,
        detail={"consult": consult_id} if is_open else None,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )
    row = _sent(grant).filter(pk=consult_id).first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    (card,) = _thread_rows(viewer, [row])
    about = about_of(row)
    return Thread(
        consult_id=ConsultId(row.pk),
        about=about,
        subject=row.subject,
        step=card.step,
        with_name=card.with_name,
        addressee_name=row.addressed_name,
        answer_by=row.answer_by,
        messages=messages_of(row, viewer),
        is_about_open=about is not None and _is_open(viewer, about, now),
        unsent_files=unsent_of(viewer=viewer, consult_id=consult_id),
        slips=slips_of(row),
        ends_at=ends_at_of(row),
        closed_by_time=row.closed_by_time,
        sent_text=get_times(practice_id=grant.practice_id).sent_text,
        answers=asked_of(row),
        outgoing=outgoing_of(row=row, now=now, for_desk=False),
        is_pharmacy=card.is_pharmacy,
        practice_name=card.practice_name,
    )


def open_consults(
    *,
    viewer: Viewer,
    use: Use,
    event: str,
    now: datetime,
    object_type: str = "",
    object_id: int | str = "",
    detail: dict[str, str | int | bool | list[int]] | None = None,
    action: AuditAction | None = None,
    practice_id: PracticeId | None = None,
) -> Grant:
    """Leave of the gate for the patient's own questions, for this app; without `practice_id` at the first place.

    Raises NotVisible. Audit: `event`.
    """
    return gate.open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=practice_id or first_place(viewer=viewer, now=now),
        kind=DataKind.CONSULTS,
        use=use,
        event=event,
        now=now,
        object_type=object_type,
        object_id=object_id,
        detail=detail,
        action=action,
    )


def open_everywhere(*, viewer: Viewer, event: str, now: datetime) -> tuple[Grant, ...]:
    """Leave to read at each place that is open, for lists of this app. Raises NotVisible for none. Audit: `event`."""
    places = [card.practice_id for card in list_open(viewer=viewer, now=now)] or [first_place(viewer=viewer, now=now)]
    return tuple(
        open_consults(viewer=viewer, use=Use.READ, event=event, now=now, practice_id=place) for place in places
    )


def own_rows(grant: Grant) -> "QuerySet[Consult]":
    """All threads within a grant, drafts too; for this app."""
    return Consult.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id)


def _sent(grant: Grant) -> "QuerySet[Consult]":
    return own_rows(grant).filter(~Q(state=ConsultState.DRAFT))


def _sent_anywhere(grants: Iterable[Grant]) -> "QuerySet[Consult]":
    found = list(grants)
    places = [grant.practice_id for grant in found]
    rows = Consult.objects.filter(patient_id=found[0].patient_id, practice_id__in=places)
    return rows.exclude(state=ConsultState.DRAFT)


def _is_open(viewer: Viewer, about: About, now: datetime) -> bool:
    """Whether the page that a thread is about can be opened: no link that ends in a refusal."""
    patient_id = check_subject(viewer)
    return any(
        gate.may_open_patient(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=card.practice_id,
            kind=_KIND_OF[about.kind],
            use=Use.READ,
            now=now,
        )
        for card in practices.list_enrolled_practices(person_id=patient_id)
    )


def _thread_rows(viewer: Viewer, rows: list[Consult]) -> tuple[ThreadRow, ...]:
    if not rows:
        return ()
    latest = latest_ids(row.pk for row in rows)
    patient_id = check_subject(viewer)
    answers = {row.pk: latest.get((row.pk, AuthorKind.STAFF), 0) for row in rows}
    waiting = {row.pk: latest.get((row.pk, AuthorKind.PATIENT), 0) for row in rows if row.state == ConsultState.SENT}
    read = _read(viewer, [one for one in answers.values() if one])
    opened = (
        seen_by_staff(patient_id=patient_id, event=CONSULT_OPENED, object_ids=waiting.values()) if waiting else set()
    )
    slipped = slipped_among(rows)
    cards = {card.practice_id: card for card in practices.list_enrolled_practices(person_id=patient_id)}
    pharmacies = {number for number, card in cards.items() if card.kind is PracticeKind.PHARMACY}
    names = practices.list_account_names(account_ids=[row.with_account_id for row in rows if row.with_account_id])
    return tuple(
        ThreadRow(
            consult_id=ConsultId(row.pk),
            about=about_of(row),
            subject=row.subject,
            step=step_of(state=ConsultState(row.state), was_opened=waiting.get(row.pk, 0) in opened),
            with_name=names.get(row.with_account_id or 0, ""),
            is_unread=bool(answers[row.pk]) and answers[row.pk] not in read,
            changed_at=row.changed_at,
            answer_by=row.answer_by,
            is_slipped=(row.pk, row.answer_by) in slipped,
            is_from_practice=row.started_by_id is not None and (row.pk, AuthorKind.PATIENT) not in latest,
            is_pharmacy=row.practice_id in pharmacies,
            practice_name=cards[PracticeId(row.practice_id)].name if row.practice_id in cards else "",
        )
        for row in rows
    )


def _read(viewer: Viewer, answer_ids: list[int]) -> set[int]:
    if viewer.person_id is None or not answer_ids:
        return set()
    return seen_objects(
        person_id=viewer.person_id, patient_id=check_subject(viewer), event=CONSULT_READ, object_ids=answer_ids
    )
