"""Decisions about declarations: confirm, refuse, take back, correct (REQ 50).

Who decides names the revision on the screen; row locks and that number decide between two people. What was exported
stays as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.billing.actions.entries import obstacle_words
from zorgbalie.billing.actions.trail import add_steps
from zorgbalie.billing.models import Declaration
from zorgbalie.billing.queries.declarations import billed_practice, may_confirm
from zorgbalie.billing.queries.settings import get_rules
from zorgbalie.billing.queries.tariffs import list_tariffs_on
from zorgbalie.billing.rules.proposing import counted_seconds, of_tariff, propose
from zorgbalie.billing.types import (
    LONGEST_MINUTES,
    LONGEST_SECONDS,
    BillingRefused,
    DeclarationChanged,
    DeclarationFixed,
    DeclarationId,
    DeclarationState,
    DeclarationStep,
    LineKind,
    NotBillable,
    Obstacle,
    Proposal,
    Reason,
    TimeRefused,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import enrolments

_CONFIRM = "billing.confirm"


@transaction.atomic
def confirm(*, viewer: Viewer, chosen: Mapping[DeclarationId, int], now: datetime) -> int:
    """Confirm what was on the screen, all or nothing; a number of queries that does not grow with how many.

    `chosen`: revision by number. Returns how many are new: confirmed by the same press before is no fault.
    Raises NotAllowed, NotVisible, DeclarationChanged, NotBillable. Audit: `billing.confirm`, a line per declaration.
    """
    practice_id = billed_practice(viewer=viewer, use=Use.CHANGE, event=_CONFIRM)
    if not may_confirm(viewer=viewer):
        raise BillingRefused(_("In uw praktijk bevestigt alleen een arts declaraties."))
    rows = _lock(practice_id, list(chosen))
    waiting = [row for row in rows if not _is_done(row, viewer, chosen[DeclarationId(row.pk)])]
    for row in waiting:
        _check_current(row, chosen[DeclarationId(row.pk)], DeclarationState.PROPOSED)
    _check_billable(practice_id, waiting)
    name = viewer.name[:160]
    Declaration.objects.filter(pk__in=[row.pk for row in waiting]).update(
        state=DeclarationState.CONFIRMED, confirmed_by_name=name, revision=F("revision") + 1
    )
    for row in waiting:
        row.state, row.confirmed_by_name = DeclarationState.CONFIRMED, name
    add_steps(viewer=viewer, rows=waiting, step=DeclarationStep.CONFIRMED, now=now)
    for row in rows:
        _log(viewer, row, _CONFIRM)
    return len(waiting)


@deed()
@transaction.atomic
def refuse(*, viewer: Viewer, declaration_id: DeclarationId, revision: int, reason: Reason, now: datetime) -> None:
    """Decide not to declare, with a reason. Twice is once.

    Raises NotAllowed, NotVisible, DeclarationChanged, DeclarationFixed. Audit: `billing.refuse`.
    """
    row = _one(viewer, declaration_id, "billing.refuse")
    if row.state == DeclarationState.REFUSED and row.reason == reason:
        return
    _check_current(row, revision, DeclarationState.PROPOSED, DeclarationState.CONFIRMED)
    row.state, row.reason, row.confirmed_by_name = DeclarationState.REFUSED, reason, ""
    _save(row, "state", "reason", "confirmed_by_name")
    add_steps(viewer=viewer, rows=[row], step=DeclarationStep.REFUSED, now=now)


@deed()
@transaction.atomic
def reopen(*, viewer: Viewer, declaration_id: DeclarationId, revision: int, now: datetime) -> None:
    """Propose again what was refused, or take a confirmation back. Twice is once.

    Raises NotAllowed, NotVisible, DeclarationChanged, DeclarationFixed. Audit: `billing.reopen`.
    """
    row = _one(viewer, declaration_id, "billing.reopen")
    if row.state == DeclarationState.PROPOSED and row.revision == revision + 1:
        return
    _check_current(row, revision, DeclarationState.REFUSED, DeclarationState.CONFIRMED)
    _back_to_proposed(row)
    _save(row, "state", "reason", "confirmed_by_name")
    add_steps(viewer=viewer, rows=[row], step=DeclarationStep.REOPENED, now=now)


@deed()
@transaction.atomic
def correct(
    *, viewer: Viewer, declaration_id: DeclarationId, revision: int, seconds: int, code: str, now: datetime
) -> None:
    """Correct time or performance before the export; the trail keeps what it was, and it waits for a confirmation.

    An empty `code` follows from the time. Amounts are those of the day: nobody types one.
    Raises NotAllowed, NotVisible, DeclarationChanged, DeclarationFixed, TimeRefused, BillingRefused.
    Audit: `billing.correct`.
    """
    row = _one(viewer, declaration_id, "billing.correct")
    if not 0 < seconds <= LONGEST_SECONDS:
        raise TimeRefused(_("Vul een tijd in van 1 tot %(most)s minuten.") % {"most": LONGEST_MINUTES}, field="minutes")
    _check_current(row, revision, DeclarationState.PROPOSED, DeclarationState.CONFIRMED)
    found = _performance(PracticeId(row.practice_id), row, seconds, code)
    row.seconds, row.code, row.description = seconds, found.code, found.description[:160]
    row.amount_cents = found.amount_cents
    _back_to_proposed(row)
    _save(row, "seconds", "code", "description", "amount_cents", "state", "reason", "confirmed_by_name")
    add_steps(viewer=viewer, rows=[row], step=DeclarationStep.CORRECTED, now=now)


def _performance(practice_id: PracticeId, row: Declaration, seconds: int, code: str) -> Proposal:
    tariffs = list_tariffs_on(practice_id=practice_id, day=row.day)
    rounding = get_rules(practice_id=practice_id).rounding
    by_time = propose(seconds=counted_seconds(seconds=seconds, rounding=rounding), tariffs=tariffs)
    if not code or code == by_time.code:
        return by_time
    chosen = next((one for one in tariffs if one.code == code), None)
    if chosen is None:
        raise BillingRefused(_("Deze prestatie geldt niet op die dag."), field="code")
    return of_tariff(chosen)


def _one(viewer: Viewer, declaration_id: DeclarationId, event: str) -> Declaration:
    """The locked row, with its line in the log. A credit follows from its line, nobody decides on it."""
    practice_id = billed_practice(viewer=viewer, use=Use.CHANGE, event=event)
    [row] = _lock(practice_id, [declaration_id])
    _log(viewer, row, event)
    return row


def _lock(practice_id: PracticeId, ids: Sequence[DeclarationId]) -> list[Declaration]:
    """In the order of their numbers, so that two people who choose the same wait for each other once."""
    rows = Declaration.objects.select_for_update().filter(
        practice_id=practice_id, pk__in=ids, line_kind=LineKind.CHARGE
    )
    found = list(rows.order_by("pk"))
    if len(found) != len(set(ids)):
        raise NotVisible(DataKind.DECLARATIONS)
    return found


def _is_done(row: Declaration, viewer: Viewer, revision: int) -> bool:
    """Whether this very press was done before."""
    return (
        row.state == DeclarationState.CONFIRMED
        and row.revision == revision + 1
        and row.confirmed_by_name == viewer.name[:160]
    )


def _check_current(row: Declaration, revision: int, *states: DeclarationState) -> None:
    if row.state == DeclarationState.EXPORTED:
        raise DeclarationFixed(_("Deze declaratie staat al in een bestand voor het HIS en blijft zoals zij is."))
    if row.revision != revision or row.state not in states:
        raise DeclarationChanged(
            _("Iemand anders heeft dit net gewijzigd. Er is niets bevestigd. Kijk wat er nu staat.")
        )


def _check_billable(practice_id: PracticeId, rows: Sequence[Declaration]) -> None:
    """The conditions once more, as a line can have waited, or moved to another patient."""
    enrolled = enrolments.list_enrolled_on(practice_id=practice_id, days=[(row.patient_id, row.day) for row in rows])
    for row in rows:
        why_not = (
            Obstacle.NO_TIME
            if row.seconds <= 0
            else Obstacle.NO_BSN
            if not row.bsn
            else Obstacle.NOT_ENROLLED
            if (row.patient_id, row.day) not in enrolled
            else None
        )
        if why_not is not None:
            words = {"name": row.patient_name, "why": obstacle_words(why_not)}
            raise NotBillable(_("%(name)s: %(why)s Er is niets bevestigd.") % words)


def _back_to_proposed(row: Declaration) -> None:
    row.state, row.reason, row.confirmed_by_name = DeclarationState.PROPOSED, "", ""


def _save(row: Declaration, *fields: str) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def _log(viewer: Viewer, row: Declaration, event: str) -> None:
    gate.log_change(
        viewer=viewer,
        event=event,
        action=AuditAction.UPDATE,
        object_type="declaration",
        object_id=row.pk,
        patient_id=PersonId(row.patient_id),
    )
