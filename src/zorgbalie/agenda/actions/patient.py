"""A patient takes a place for some minutes, books it, gives it back, cancels or moves (REQ 36 to 38; ux 42, 43)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access.types import Grant, Use
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.actions.changes import note_change
from zorgbalie.agenda.actions.choosing import check_free
from zorgbalie.agenda.actions.moving import check_in_time, lock_own, relocate
from zorgbalie.agenda.actions.typed import forget_typed
from zorgbalie.agenda.models import Appointment, AppointmentKind
from zorgbalie.agenda.queries.patient import card_of, open_appointments, own_rows
from zorgbalie.agenda.queries.schedules import find_kind
from zorgbalie.agenda.types import (
    LONGEST_REASON,
    AppointmentCard,
    AppointmentChanged,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    HoldOver,
    NotForThisPatient,
    Place,
    WishState,
)  # fmt: skip
from zorgbalie.agenda.types.desk import ChangeKind
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.ages import age_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people

HELD_FOR = timedelta(minutes=5)
_CANCEL = "appointment.cancel"


@deed()
@transaction.atomic
def hold(*, viewer: Viewer, kind_id: AppointmentKindId, place: Place, token: UUID, now: datetime) -> AppointmentCard:
    """Keep a place for five minutes; what this patient held before is given back. The same form twice is one.

    Raises NotVisible, NotForThisPatient, PlaceTaken with the nearest alternatives. Audit: `appointment.hold`.
    Source: ux 42; R11.
    """
    grant = open_appointments(
        viewer=viewer, use=Use.CHANGE, event="appointment.hold", now=now, action=AuditAction.CREATE
    )
    kind = find_kind(practice_id=grant.practice_id, kind_id=kind_id, online=True)
    known = own_rows(grant).filter(token=token).select_related("agenda").first()
    if known is not None:
        return _again(known, now)
    check_patient(grant, kind, place, now)
    claims.lock_days(place)
    # The same form at the same moment waited for its turn above: it finds what the other made.
    known = own_rows(grant).filter(token=token).select_related("agenda", "claim").first()
    if known is not None:
        return _again(known, now)
    _give_back_held(grant, now)
    check_free(practice_id=grant.practice_id, kind=kind, place=place, now=now, online=True)
    until = now + HELD_FOR
    claim = claims.take(practice_id=grant.practice_id, place=place, expires_at=until, now=now)
    try:
        with transaction.atomic():
            row = Appointment.objects.create(
                practice_id=grant.practice_id, patient_id=grant.patient_id, agenda_id=place.agenda_id, kind=kind,
                kind_name=kind.name, mode=kind.mode, claim=claim, starts_at=place.starts_at, ends_at=place.ends_at,
                is_online=True, booked_by_person_id=viewer.person_id, token=token, created_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise AppointmentChanged(
            _("U koos net een andere tijd, misschien in een ander scherm. Kies opnieuw.")
        ) from None
    return card_of(row, until)


@deed()
@transaction.atomic
def book(*, viewer: Viewer, appointment_id: AppointmentId, reason: str, now: datetime) -> AppointmentCard:
    """Make a held place an appointment. Twice is once.

    Raises NotVisible, HoldOver when the minutes passed or the place was given back. Audit: `appointment.book`.
    """
    _grant, row = _lock(viewer, appointment_id, "appointment.book", now)
    if row.state == AppointmentState.BOOKED:
        return card_of(row)
    if (
        row.state != AppointmentState.HELD
        or row.claim_id is None
        or not claims.make_firm(claim_id=row.claim_id, now=now)
    ):
        raise HoldOver(_("De tijd was 5 minuten voor u vastgehouden. Die zijn voorbij. Kies opnieuw een tijd."))
    row.state, row.booked_at, row.reason = AppointmentState.BOOKED, now, reason.strip()[:LONGEST_REASON]
    _save(row)
    note_change(viewer=viewer, row=row, what=ChangeKind.BOOKED, now=now)
    following.tell_desk(row=row, is_new=True)
    return card_of(row)


@deed()
@transaction.atomic
def cancel(*, viewer: Viewer, appointment_id: AppointmentId, now: datetime, revision: int | None = None) -> None:
    """Cancel an appointment, or give a held place back; the time is free at once. Twice is once.

    `revision`: as the patient saw it; a held place has none, as nobody else can change it.
    Raises NotVisible, TooLate, AppointmentChanged. Audit: `appointment.cancel`. Source: ux 43.
    """
    _grant, row = _lock(viewer, appointment_id, _CANCEL, now)
    if row.state == AppointmentState.CANCELLED:
        return
    if row.state == AppointmentState.BOOKED:
        if revision is not None and row.revision != revision:
            raise AppointmentChanged(_("Deze afspraak is intussen gewijzigd. Kijk wat er nu staat."))
        check_in_time(row=row, now=now)
    elif row.state != AppointmentState.HELD:
        raise AppointmentChanged(_("Deze afspraak is al geweest."))
    was_booked = row.state == AppointmentState.BOOKED
    _free(row, "patient", now)
    if was_booked:
        note_change(viewer=viewer, row=row, what=ChangeKind.CANCELLED, now=now)
        following.tell_desk(row=row, is_new=False)
        following.end_wishes(row=row, state=WishState.ENDED, now=now)
        following.offer_freed(place=following.place_of_row(row), practice_id=PracticeId(row.practice_id), now=now)


@deed()
@transaction.atomic
def move(
    *, viewer: Viewer, appointment_id: AppointmentId, place: Place, revision: int, now: datetime
) -> AppointmentCard:
    """Move an appointment to another free place; its old time is free at once. Fails whole: the old one then stays.

    Twice is once: an appointment that is already there stays there.
    Raises NotVisible, TooLate, AppointmentChanged, PlaceTaken with alternatives. Audit: `appointment.move`.
    """
    grant, row = _lock(viewer, appointment_id, "appointment.move", now)
    if row.state == AppointmentState.BOOKED and following.place_of_row(row) == place:
        return card_of(row)  # pressed twice
    if row.state != AppointmentState.BOOKED or row.revision != revision or row.claim_id is None:
        raise AppointmentChanged(_("Deze afspraak is intussen gewijzigd. Kijk wat er nu staat."))
    check_in_time(row=row, now=now)
    kind = find_kind(practice_id=grant.practice_id, kind_id=AppointmentKindId(row.kind_id), online=True)
    claims.lock_days(place)
    check_free(practice_id=grant.practice_id, kind=kind, place=place, now=now, online=True)
    moved = relocate(viewer=viewer, grant=grant, row=row, place=place, now=now)
    return card_of(moved)


def _again(row: Appointment, now: datetime) -> AppointmentCard:
    """The same form once more: what it took, if that is still there."""
    until = row.claim.expires_at if row.claim_id and row.claim else None
    is_held = row.state == AppointmentState.HELD and until is not None and until > now
    if not is_held and (row.state == AppointmentState.HELD or row.cancelled_by == "lapsed"):
        raise HoldOver(_("De tijd was 5 minuten voor u vastgehouden. Die zijn voorbij. Kies opnieuw een tijd."))
    return card_of(row, until)


def check_patient(grant: Grant, kind: AppointmentKind, place: Place, now: datetime) -> None:
    """Raises NotForThisPatient: another age, or as many of these as may be. For this app."""
    birth_date = people.find_birth_date(person_id=grant.patient_id)
    age = age_on(birth_date, local_date(place.starts_at)) if birth_date else kind.min_age
    if age < kind.min_age or (kind.max_age is not None and age > kind.max_age):
        raise NotForThisPatient(_("Deze afspraak is voor een andere leeftijd. Bel de praktijk."))
    coming = own_rows(grant).filter(kind=kind, state=AppointmentState.BOOKED, starts_at__gt=now)
    if kind.most_per_patient and coming.count() >= kind.most_per_patient:
        raise NotForThisPatient(_("U heeft al zo’n afspraak. U kunt die verzetten, of de praktijk bellen."))


def _give_back_held(grant: Grant, now: datetime) -> None:
    held = own_rows(grant).filter(state=AppointmentState.HELD)
    claims.hold_still(claim_ids=held.values_list("claim_id", flat=True))
    for row in held.select_for_update():
        _free(row, "lapsed", now)


def _free(row: Appointment, by: str, now: datetime) -> None:
    if row.state == AppointmentState.HELD:
        forget_typed(row)
    claim_id = row.claim_id
    if claim_id is not None:
        claims.let_lapse(claim_id=claim_id)
    row.state, row.claim, row.cancelled_at, row.cancelled_by = AppointmentState.CANCELLED, None, now, by
    _save(row)
    if claim_id is not None:
        claims.clear(claim_id=claim_id)


def _lock(viewer: Viewer, appointment_id: AppointmentId, event: str, now: datetime) -> tuple[Grant, Appointment]:
    return lock_own(viewer=viewer, appointment_id=appointment_id, event=event, now=now)


def _save(row: Appointment) -> None:
    row.revision += 1
    row.save(
        update_fields=[
            "agenda", "claim", "starts_at", "ends_at", "state", "reason", "booked_at", "cancelled_at", "cancelled_by",
            "revision", "reminded_for",
        ]
    )  # fmt: skip
