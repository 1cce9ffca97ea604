"""Waiting for an earlier time, and answering an offer of one (ux 43)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.agenda.actions import claims, following
from zorgbalie.agenda.actions.moving import check_in_time, lock_own, relocate
from zorgbalie.agenda.models import Appointment, EarlierOffer, EarlierWish
from zorgbalie.agenda.queries.offers import offer_rows, until_of
from zorgbalie.agenda.queries.patient import card_of, open_appointments
from zorgbalie.agenda.queries.schedules import find_kind, load_agendas, rules_of
from zorgbalie.agenda.queries.settings import get_rules
from zorgbalie.agenda.rules.offering import offered_places_on
from zorgbalie.agenda.types import (
    AppointmentCard,
    AppointmentChanged,
    AppointmentId,
    AppointmentKindId,
    AppointmentState,
    OfferState,
    PartOfDay,
    Place,
    PlaceTaken,
    WishState,
)  # fmt: skip
from zorgbalie.agenda.types.own import EarlierOfferId, OfferOver, WishRefused
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer


@deed()
@transaction.atomic
def ask_earlier(
    *,
    viewer: Viewer,
    appointment_id: AppointmentId,
    only_same_agenda: bool,
    part_of_day: PartOfDay,
    from_date: date | None,
    now: datetime,
) -> None:
    """Put the patient on the list for an earlier time, or change what was asked. Twice is once.

    Raises NotVisible, WishRefused, TooLate. Audit: `appointment.earlier_ask`. Source: ux 43.
    """
    grant, row = lock_own(viewer=viewer, appointment_id=appointment_id, event="appointment.earlier_ask", now=now)
    _check_wish(grant, row, from_date, now)
    asked = {"only_same_agenda": only_same_agenda, "part_of_day": part_of_day, "from_date": from_date}
    if _waiting(grant, row).update(**asked):
        return
    EarlierWish.objects.create(
        practice_id=grant.practice_id, patient_id=grant.patient_id, appointment=row, created_at=now, **asked
    )


@deed()
@transaction.atomic
def stop_earlier(*, viewer: Viewer, appointment_id: AppointmentId, now: datetime) -> None:
    """Take the patient off the list; open offers end with it. Twice is once.

    Raises NotVisible. Audit: `appointment.earlier_stop`.
    """
    grant, row = lock_own(viewer=viewer, appointment_id=appointment_id, event="appointment.earlier_stop", now=now)
    _waiting(grant, row).update(state=WishState.ENDED, ended_at=now)


@deed()
@transaction.atomic
def accept_offer(*, viewer: Viewer, offer_id: EarlierOfferId, revision: int, now: datetime) -> AppointmentCard:
    """Move the appointment to the offered time: who says yes first has it. Twice is once.

    The time may be one that patients do not see yet, never one of the urgent reserve (R11).
    Raises NotVisible, OfferOver, TooLate, AppointmentChanged. Audit: `appointment.offer_accept`. Source: ux 43.
    """
    offer = _find(viewer, offer_id, "appointment.offer_read", now)
    # Always the appointment first, then the day: as who moves one does, so that nobody waits for one another.
    grant, row = lock_own(
        viewer=viewer, appointment_id=AppointmentId(offer.wish.appointment_id), event="appointment.offer_accept",
        now=now,
    )  # fmt: skip
    offer = offer_rows(grant).get(pk=offer_id)
    if offer.state == OfferState.TAKEN:
        return card_of(row)
    if row.state != AppointmentState.BOOKED or row.revision != revision:
        raise AppointmentChanged(_("Deze afspraak is intussen gewijzigd. Kijk wat er nu staat."))
    if offer.state != OfferState.OPEN or offer.wish.state != WishState.WAITING:
        raise OfferOver(_("Dit aanbod is er niet meer. Uw afspraak blijft zoals hij was."))
    check_in_time(row=row, now=now)
    place = Place(agenda_id=offer.agenda_id, starts_at=offer.starts_at, ends_at=offer.ends_at)
    if place.starts_at >= row.starts_at or now > until_of(offer):
        raise OfferOver(
            _("De tijd om te antwoorden is voorbij. U blijft op de lijst. Uw afspraak blijft zoals hij was.")
        )
    claims.lock_days(place)
    try:
        _check_offered(grant, row, place, now)
        moved = relocate(viewer=viewer, grant=grant, row=row, place=place, now=now)
    except PlaceTaken:
        raise OfferOver(
            _("Deze tijd is net weg. Iemand anders was eerder. U blijft op de lijst. Uw afspraak blijft zoals hij was.")
        ) from None
    EarlierOffer.objects.filter(pk=offer.pk, patient_id=grant.patient_id).update(state=OfferState.TAKEN)
    return card_of(moved)


@deed()
@transaction.atomic
def refuse_offer(*, viewer: Viewer, offer_id: EarlierOfferId, now: datetime) -> None:
    """Say no to an offered time; the patient stays on the list. Twice is once.

    Raises NotVisible, OfferOver for a time that was taken. Audit: `appointment.offer_refuse`.
    """
    offer = _find(viewer, offer_id, "appointment.offer_refuse", now)
    rows = EarlierOffer.objects.filter(pk=offer.pk, patient_id=offer.patient_id)
    if offer.state == OfferState.TAKEN:
        raise OfferOver(_("U heeft deze tijd al gekozen. Wilt u toch een andere tijd? Verzet dan uw afspraak."))
    if rows.filter(state=OfferState.OPEN).update(state=OfferState.REFUSED):
        place = Place(agenda_id=offer.agenda_id, starts_at=offer.starts_at, ends_at=offer.ends_at)
        following.offer_freed(place=place, practice_id=PracticeId(offer.practice_id), now=now)  # the next who waits


def _check_wish(grant: Grant, row: Appointment, from_date: date | None, now: datetime) -> None:
    if row.state != AppointmentState.BOOKED:
        raise WishRefused(_("Deze afspraak staat niet meer."))
    if not get_rules(practice_id=grant.practice_id).earlier_on or not (row.kind.is_online and row.kind.is_active):
        raise WishRefused(
            _("Voor deze afspraak is er geen lijst voor eerder. Wilt u eerder aan de beurt zijn? Bel de praktijk.")
        )
    check_in_time(row=row, now=now)
    if from_date is not None and from_date > local_date(row.starts_at):
        raise WishRefused(_("Kies een dag voor uw afspraak."), field="from_date")


def _waiting(grant: Grant, row: Appointment) -> "QuerySet[EarlierWish]":
    return EarlierWish.objects.filter(
        appointment_id=row.pk, patient_id=grant.patient_id, practice_id=grant.practice_id, state=WishState.WAITING
    )


def _find(viewer: Viewer, offer_id: EarlierOfferId, event: str, now: datetime) -> EarlierOffer:
    grant = open_appointments(viewer=viewer, use=Use.CHANGE, event=event, now=now, object_id=offer_id)
    row = offer_rows(grant).filter(pk=offer_id).first()
    if row is None:
        raise NotVisible(DataKind.APPOINTMENTS)
    return row


def _check_offered(grant: Grant, row: Appointment, place: Place, now: datetime) -> None:
    """Raises PlaceTaken unless this is a free place that may be offered."""
    kind = find_kind(practice_id=grant.practice_id, kind_id=AppointmentKindId(row.kind_id), online=True)
    day = local_date(place.starts_at)
    days = (day - timedelta(days=1), day)  # after midnight it can be of a block that began the day before
    agendas = load_agendas(
        practice_id=PracticeId(row.practice_id), first=days[0], until=day, now=now, agenda_ids=[place.agenda_id]
    )
    for agenda in agendas:
        for one in days:
            if place in offered_places_on(agenda=agenda, kind=rules_of(kind), day=one, now=now):
                return
    raise PlaceTaken(str(claims.TAKEN))
