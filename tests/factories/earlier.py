"""Wishes and offers of an earlier time for tests, made as the owner of the tables."""

from datetime import timedelta

from zorgbalie.agenda.models import Appointment, EarlierOffer, EarlierWish


def make_wish(appointment: Appointment, now, **values) -> EarlierWish:
    """Somebody waits with this appointment."""
    return EarlierWish.objects.create(
        practice=appointment.practice, patient=appointment.patient, appointment=appointment, created_at=now, **values
    )


def make_offer(wish: EarlierWish, place, now, **values) -> EarlierOffer:
    """A time that was offered for four hours."""
    defaults = {"offered_at": now, "expires_at": now + timedelta(hours=4)}
    return EarlierOffer.objects.create(
        practice=wish.practice, patient=wish.patient, wish=wish, agenda_id=place.agenda_id,
        starts_at=place.starts_at, ends_at=place.ends_at, **{**defaults, **values},
    )  # fmt: skip
