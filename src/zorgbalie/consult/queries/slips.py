"""What the clock did with a thread, and will do; the same for both sides."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

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
    """When an answered thread ends by itself; for this app. Never while a question to the patient is planned in it.

    Not before the last day of its own to write back, nor before the day until which a reply is waited for.
    """
    if row.state != ConsultState.ANSWERED:
        return None
    open_days = get_times(practice_id=PracticeId(row.practice_id)).open_days
    if not open_days:
        return None
    running = PlannedFollowUp.objects.filter(consult=row, state__in=[FollowUpState.PLANNED, FollowUpState.ASKED])
    found = running.first()
    if found is not None and found.state == FollowUpState.PLANNED:
        return None
    days = [day for day in (row.reply_until, found.due_on if found else None) if day is not None]
    return rules.ends_at(answered_at=row.changed_at, open_days=open_days, not_before=max(days, default=None))


def may_end(rows: "QuerySet[Consult]", *, today: date) -> "QuerySet[Consult]":
    """Those of answered threads that nothing holds open, for the worker: what `ends_at_of` says, asked of many."""
    planned = PlannedFollowUp.objects.filter(consult=OuterRef("pk"), state=FollowUpState.PLANNED)
    asked = PlannedFollowUp.objects.filter(consult=OuterRef("pk"), state=FollowUpState.ASKED, due_on__gte=today)
    return rows.exclude(reply_until__gte=today).filter(~Exists(planned), ~Exists(asked))


def slipped_among(rows: Iterable[Consult]) -> set[tuple[int, datetime | None]]:
    """Which threads wait under a promise that took the place of one that was not kept: number and promise."""
    waiting = [row.pk for row in rows if row.state in _WAITS]
    if not waiting:
        return set()
    return set(ConsultSlip.objects.filter(consult_id__in=waiting).values_list("consult_id", "next_at"))
