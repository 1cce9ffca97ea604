"""What the practice does in its agenda: book for a caller, cancel, move, fill time that is nobody's (REQ 36; R10)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.access.types import DataKind, Use
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.actions.changes import note_change
from zorgbalie.agenda.actions.choosing import check_free
from zorgbalie.agenda.models import Agenda, Appointment, Occupation
from zorgbalie.agenda.queries.desk import check_keeper, open_desk, rows_of
from zorgbalie.agenda.queries.patient import card_of
from zorgbalie.agenda.queries.schedules import find_kind
from zorgbalie.agenda.rules.reminders import reminded_for
from zorgbalie.agenda.types import (
    LONGEST_CANCEL_TEXT,
    LONGEST_REASON,
    AgendaId,
    AppointmentCard,
    AppointmentChanged,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    OccupationKind,
    Place,
    PlaceTaken,
    WishState,
)  # fmt: skip
from zorgbalie.agenda.types.day import LONGEST_TITLE
from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer

_SENT = gettext_lazy("Met dit formulier is al een afspraak gemaakt. Kijk wat er nu staat.")


@deed()
@transaction.atomic
def book_for(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    kind_id: AppointmentKindId,
    place: Place,
    reason: str,
    token: UUID,
    now: datetime,
) -> AppointmentCard:
    """Book for who calls: the urgent reserve too, and what patients do not see yet. The same form twice is one.

    Raises NotAllowed, NotVisible, PlaceTaken with alternatives, AppointmentChanged when that form made another one.
    Audit: `appointment.book_for`. Source: R11; security row 48.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, use=Use.CHANGE, event="appointment.book_for", now=now,
        action=AuditAction.CREATE,
    )  # fmt: skip
    # Locked before it is asked: of a double click the second waits, and then finds what the first made.
    claims.lock_days(place)
    known = rows_of(grant).filter(token=token).select_related("agenda").first()
    if known is not None:
        return _same(known, kind_id, place)
    kind = find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=False)
    check_free(practice_id=grant.practice_id, kind=kind, place=place, now=now, online=False)
    claim = claims.take(practice_id=grant.practice_id, place=place, expires_at=None, now=now)
    row = _create(
        practice_id=grant.practice_id, patient_id=grant.patient_id, agenda_id=place.agenda_id, kind=kind,
        kind_name=kind.name, mode=kind.mode, claim=claim, starts_at=place.starts_at, ends_at=place.ends_at,
        state=AppointmentState.BOOKED, reason=reason.strip()[:LONGEST_REASON], is_online=False,
        booked_by_employee_id=viewer.employee_id, token=token, created_at=now, booked_at=now,
    )  # fmt: skip
    note_change(viewer=viewer, row=row, what=ChangeKind.BOOKED, now=now)
    following.tell_patient(viewer=viewer, row=row, now=now)
    return card_of(row)


@deed()
@transaction.atomic
def cancel_for(
    *, viewer: Viewer, patient_id: PersonId, appointment_id: AppointmentId, revision: int, text: str, now: datetime
) -> None:
    """Cancel on behalf of the practice, with a word for the patient; the time is free at once. Twice is once.

    Raises NotAllowed, NotVisible, AppointmentChanged. Audit: `appointment.cancel_for`.
    """
    row = _lock(viewer, patient_id, appointment_id, "appointment.cancel_for", now)
    if row.state == AppointmentState.CANCELLED:
        return
    if row.state != AppointmentState.BOOKED or row.revision != revision:
        raise AppointmentChanged(_("Deze afspraak is intussen gewijzigd. Kijk wat er nu staat."))
    claim_id = row.claim_id
    row.state, row.claim, row.cancelled_at, row.cancelled_by = AppointmentState.CANCELLED, None, now, "practice"
    row.revision, row.cancel_text = row.revision + 1, text.strip()[:LONGEST_CANCEL_TEXT]
    row.save()
    if claim_id is not None:
        claims.let_lapse(claim_id=claim_id)
        claims.clear(claim_id=claim_id)
    note_change(viewer=viewer, row=row, what=ChangeKind.CANCELLED, now=now)
    following.tell_patient(viewer=viewer, row=row, now=now)
    following.end_wishes(row=row, state=WishState.ENDED, now=now)
    following.offer_freed(place=following.place_of_row(row), practice_id=PracticeId(row.practice_id), now=now)


@deed()
@transaction.atomic
def move_for(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    appointment_id: AppointmentId,
    place: Place,
    revision: int,
    now: datetime,
) -> AppointmentCard:
    """Move an appointment to any free time of the agenda's blocks; fails whole: the old one then stays. Twice is once.

    Raises NotAllowed, NotVisible, AppointmentChanged, PlaceTaken. Audit: `appointment.move_for`.
    """
    row = _lock(viewer, patient_id, appointment_id, "appointment.move_for", now)
    if row.state == AppointmentState.BOOKED and following.place_of_row(row) == place:
        return card_of(row)  # pressed twice
    if row.state != AppointmentState.BOOKED or row.revision != revision or row.claim_id is None:
        raise AppointmentChanged(_("Deze afspraak is intussen gewijzigd. Kijk wat er nu staat."))
    claims.lock_days(place)
    practice_id, old = PracticeId(row.practice_id), row.claim_id
    check_free(practice_id=practice_id, kind=row.kind, place=place, now=now, online=False)
    claim = claims.take(practice_id=practice_id, place=place, expires_at=None, now=now)
    left = following.place_of_row(row)
    row.agenda_id, row.claim = place.agenda_id, claim
    row.starts_at, row.ends_at = place.starts_at, place.ends_at
    row.reminded_for = reminded_for(starts_at=place.starts_at, now=now)
    row.revision += 1
    row.save()
    claims.let_lapse(claim_id=old)
    claims.clear(claim_id=old)
    note_change(viewer=viewer, row=row, what=ChangeKind.MOVED, now=now, left=left)
    following.tell_patient(viewer=viewer, row=row, now=now)
    if place.starts_at < left.starts_at:
        following.end_wishes(row=row, state=WishState.FULFILLED, now=now)
    following.offer_freed(place=left, practice_id=practice_id, now=now)
    return card_of(Appointment.objects.select_related("agenda").get(pk=row.pk, patient_id=patient_id))


@deed()
@transaction.atomic
def occupy(
    *, viewer: Viewer, agenda_id: AgendaId, starts_at: datetime, ends_at: datetime, kind: OccupationKind, title: str,
    now: datetime,
) -> int:  # fmt: skip
    """Fill time with what is no appointment of a patient (R10); returns its number. The same twice is one.

    Raises NotAllowed, NotVisible, PlaceTaken: it never pushes an appointment out. Audit: `agenda.occupy` (a refusal).
    """
    practice_id = check_keeper(viewer=viewer, event="agenda.occupy")
    if not Agenda.objects.filter(pk=agenda_id, practice_id=practice_id).exists():
        raise NotVisible("agenda")
    place = Place(agenda_id=agenda_id, starts_at=starts_at, ends_at=ends_at)
    claims.lock_days(place)
    said = {"practice_id": practice_id, "agenda_id": agenda_id, "kind": kind, "title": title.strip()[:LONGEST_TITLE]}
    same = Occupation.objects.filter(**said, starts_at=starts_at, ends_at=ends_at).first()
    if same is not None:
        return int(same.pk)
    try:
        claim = claims.take(practice_id=practice_id, place=place, expires_at=None, now=now)
    except PlaceTaken:
        raise PlaceTaken(_("In deze tijd staat al iets. Verzet dat eerst.")) from None
    row = Occupation.objects.create(**said, claim=claim, starts_at=starts_at, ends_at=ends_at)
    return int(row.pk)


@deed()
@transaction.atomic
def free_up(*, viewer: Viewer, occupation_id: int, now: datetime) -> None:
    """Take away what filled time. Twice is once. Raises NotAllowed. Audit: `agenda.occupy`, for a refusal."""
    practice_id = check_keeper(viewer=viewer, event="agenda.occupy")
    row = Occupation.objects.select_for_update().filter(pk=occupation_id, practice_id=practice_id).first()
    if row is None:
        return
    claim_id = row.claim_id
    freed = Place(agenda_id=row.agenda_id, starts_at=row.starts_at, ends_at=row.ends_at)
    row.delete()
    claims.let_lapse(claim_id=claim_id)
    claims.clear(claim_id=claim_id)
    following.offer_freed(place=freed, practice_id=practice_id, now=now)


def _same(known: Appointment, kind_id: AppointmentKindId, place: Place) -> AppointmentCard:
    """The same form once more gives the same answer; with another body it is refused (row 48)."""
    if (known.kind_id, following.place_of_row(known)) != (kind_id, place):
        raise AppointmentChanged(str(_SENT))
    return card_of(known)


def _create(**values: Any) -> Appointment:
    """Two posts of one form for two days at once have two locks: the constraint lets one through."""
    try:
        with transaction.atomic():
            return Appointment.objects.create(**values)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "appointment_once_per_form":
            raise
        raise AppointmentChanged(str(_SENT)) from error


def _lock(
    viewer: Viewer, patient_id: PersonId, appointment_id: AppointmentId, event: str, now: datetime
) -> Appointment:
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, use=Use.CHANGE, event=event, now=now, object_id=appointment_id
    )
    rows = rows_of(grant).select_for_update(of=("self",)).select_related("agenda", "kind")
    row = rows.filter(pk=appointment_id).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return row
