"""What the clock did with a thread, and will do; the same for both sides."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from zorgbalie.consult import rules
from zorgbalie.consult.models import Consult, ConsultSlip, PlannedFollowUp
from zorgbalie.consult.queries.times import get_times
from zorgbalie.consult.types import AnsweredBy, ConsultState, FollowUpState, Slip
from zorgbalie.kernel.ids import PracticeId

_WAITS = (ConsultState.SENT, ConsultState.WITH_DOCTOR)


def kind_of(row: Consult) -> AnsweredBy:
    """What a promise depends on: with whom the question is, or goes to."""
    if row.with_account_id or row.addressed_account_id:
        return AnsweredBy.DOCTOR
    return AnsweredBy.FUNCTION if row.addressed_group_id else AnsweredBy.PRACTICE


def slips_of(row: Consult) -> tuple[Slip, ...]:
    """The promises of a thread that were not kept, oldest first; for this app."""
    rows = ConsultSlip.objects.filter(consult=row).order_by("pk")
    return tuple(Slip(promised_at=one.promised_at, next_at=one.next_at, noted_at=one.noted_at) for one in rows)


def ends_at_of(row: Consult) -> datetime | None:
    """When an answered thread ends by itself; for this app. Not while the practice still is to ask how it goes."""
    if row.state != ConsultState.ANSWERED or followed().filter(consult=row).exists():
        return None
    times = get_times(practice_id=PracticeId(row.practice_id))
    until = row.reply_until if row.takes_replies else None
    return rules.ends_at(answered_at=row.changed_at, open_days=times.open_days, reply_until=until)


def followed() -> "QuerySet[PlannedFollowUp]":
    """Follow-ups that wait: to be asked, or for the patient's word; for this app."""
    return PlannedFollowUp.objects.filter(state__in=[FollowUpState.PLANNED, FollowUpState.ASKED])


def slipped_among(rows: Iterable[Consult]) -> set[tuple[int, datetime | None]]:
    """Which threads wait under a promise that took the place of one that was not kept: number and promise."""
    waiting = [row.pk for row in rows if row.state in _WAITS]
    if not waiting:
        return set()
    return set(ConsultSlip.objects.filter(consult_id__in=waiting).values_list("consult_id", "next_at"))
