"""Opening hours, answer times and broken promises for tests, made as the owner of the tables."""

from datetime import timedelta

from zorgbalie.consult.models import ConsultSlip, ConsultTimes
from zorgbalie.practice.free_days import DEFAULT_HOLIDAYS
from zorgbalie.practice.models import PracticeClosing, PracticeOpening

_DAY = [[480, 720], [780, 1020]]
WEEK = [_DAY, _DAY, _DAY, _DAY, _DAY, [], []]
ALWAYS = [[[0, 1440]]] * 7


def set_hours(practice, week=WEEK, holidays=DEFAULT_HOLIDAYS) -> PracticeOpening:
    return PracticeOpening.objects.create(practice=practice, week=week, holidays=sorted(holidays))


def add_closing(practice, starts_on, ends_on, name="Vakantie") -> PracticeClosing:
    return PracticeClosing.objects.create(practice=practice, name=name, starts_on=starts_on, ends_on=ends_on)


def set_times(practice, **values) -> ConsultTimes:
    defaults = {"days_practice": 2, "days_function": 2, "days_doctor": 2, "hour": 17}
    row, _ = ConsultTimes.objects.update_or_create(practice=practice, defaults={**defaults, **values})
    return row


def add_slip(consult, **values) -> ConsultSlip:
    """The promise that stands took the place of one a day earlier."""
    defaults = {"promised_at": consult.answer_by - timedelta(days=1), "next_at": consult.answer_by}
    return ConsultSlip.objects.create(
        consult=consult, practice=consult.practice, patient=consult.patient, **{**defaults, **values}
    )
