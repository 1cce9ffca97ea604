"""Agendas for tests, made as the owner of the tables."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from psycopg.types.range import Int8Range

from tests.factories import world
from zorgbalie.agenda.models import (
    Agenda,
    Appointment,
    AppointmentAnswer,
    AppointmentChange,
    AppointmentKind,
    Claim,
    EarlierOffer,
    EarlierWish,
    WeekBlock,
)
from zorgbalie.agenda.types.places import numbers_of

FACILITIES = ("journal_ep", "diagnostic_values", "medication", "allergies", "e_consult", "e_appointment")


def make_agenda(practice, **values) -> Agenda:
    defaults = {"name": f"dr. {world.next_number()}", "function": "huisarts", "urgent_reserve": 0, "days_ahead": 60}
    return Agenda.objects.create(practice=practice, **{**defaults, **values})


def make_kind(practice, **values) -> AppointmentKind:
    defaults = {
        "name": f"1 klacht {world.next_number()}", "minutes": 10, "is_online": True, "days_ahead": 60,
        "most_per_patient": 0, "hours_before": 0, "cancel_hours": 0,
    }  # fmt: skip
    return AppointmentKind.objects.create(practice=practice, **{**defaults, **values})


def make_block(agenda, *kinds, **values) -> WeekBlock:
    defaults = {
        "weekday": 0, "starts": 8 * 60, "ends": 12 * 60, "step": 10, "valid_from": date(2026, 1, 5), "is_online": True,
    }  # fmt: skip
    row = WeekBlock.objects.create(agenda=agenda, practice=agenda.practice, **{**defaults, **values})
    row.kinds.set(kinds)
    return row


def every_day(agenda, *kinds, **values) -> None:
    for weekday in range(7):
        make_block(agenda, *kinds, weekday=weekday, **values)


def make_appointment(patient, agenda, kind, starts_at: datetime, **values) -> Appointment:
    """A booked one with its claim."""
    ends_at = starts_at + timedelta(minutes=kind.minutes)
    numbers = numbers_of(agenda_id=agenda.pk, starts_at=starts_at, ends_at=ends_at)
    claim = Claim.objects.create(practice=agenda.practice, agenda=agenda, place=Int8Range(*numbers))
    defaults = {
        "state": "booked", "is_online": True, "booked_by_person": patient, "booked_at": world.MOMENT,
        "kind_name": kind.name, "mode": kind.mode, "token": uuid4(), "claim": claim,
    }  # fmt: skip
    return Appointment.objects.create(
        practice=agenda.practice, patient=patient, agenda=agenda, kind=kind, starts_at=starts_at, ends_at=ends_at,
        **{**defaults, **values},
    )  # fmt: skip


def fill_for_walk(patient, practice, text: str) -> None:
    """A coming and a cancelled appointment with a text in each field that a patient or the desk can fill."""
    agenda, kind = make_agenda(practice), make_kind(practice)
    every_day(agenda, kind)
    starts_at = world.MOMENT + timedelta(days=2)
    row = make_appointment(patient, agenda, kind, starts_at, reason=text)
    make_appointment(
        patient, agenda, kind, starts_at + timedelta(days=1), reason=text, cancel_text=text, state="cancelled",
        cancelled_at=world.MOMENT, cancelled_by="practice", claim=None,
    )  # fmt: skip
    AppointmentAnswer.objects.create(
        practice=practice, patient=patient, appointment=row, place=1, label=text, kind="short", answer=text,
        is_answered=True,
    )  # fmt: skip
    AppointmentChange.objects.create(
        practice=practice, patient=patient, appointment=row, what="booked", by_patient=True, happened_at=world.MOMENT
    )
    wish = EarlierWish.objects.create(practice=practice, patient=patient, appointment=row, created_at=world.MOMENT)
    EarlierOffer.objects.create(
        practice=practice, patient=patient, wish=wish, agenda=agenda, starts_at=starts_at - timedelta(days=1),
        ends_at=starts_at - timedelta(days=1, minutes=-10), offered_at=world.MOMENT,
        expires_at=world.MOMENT + timedelta(hours=4),
    )  # fmt: skip
