"""Time that was spent on a source, and the proposal that follows from it (REQ 50; R12).

The seam for other rooms: who knows the source says what it is (`Source`), and calls here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access.types import Use
from zorgbalie.audit.scope import deed
from zorgbalie.billing.actions.moving import move_declaration
from zorgbalie.billing.actions.trail import add_steps
from zorgbalie.billing.models import Declaration, TimeEntry
from zorgbalie.billing.queries.rows import declaration_row
from zorgbalie.billing.queries.settings import get_rules
from zorgbalie.billing.queries.sources import (
    entry_rows,
    find_obstacle,
    find_proposal,
    live_row,
    open_time,
    total_seconds,
)
from zorgbalie.billing.types import (
    LONGEST_MINUTES,
    LONGEST_SECONDS,
    BillingOff,
    BillingRules,
    DeclarationChanged,
    DeclarationFixed,
    DeclarationRow,
    DeclarationState,
    DeclarationStep,
    LineKind,
    NotBillable,
    Obstacle,
    Proposal,
    Reason,
    Source,
    SourceKind,
    TimeEntryId,
    TimeRefused,
)
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people

_TIME = "billing.time"
_FIXED = (DeclarationState.CONFIRMED, DeclarationState.EXPORTED)


@deed()
@transaction.atomic
def add_time(*, viewer: Viewer, source: Source, seconds: int, token: UUID, now: datetime) -> bool:
    """Note what this employee spent. `token` is of the page that counted: sent again with more it is raised, with less
    nothing happens; so two presses are one, and a late request takes no time away. Returns whether anything changed.

    Raises NotAllowed, NotVisible, BillingOff, TimeRefused, DeclarationFixed. Audit: `billing.time`. Source: REQ 50.
    """
    open_time(viewer=viewer, source=source, use=Use.CHANGE, event=_TIME, now=now)
    if viewer.employee_id is None:
        raise NotVisible("time")
    _check_on(source)
    _check_seconds(seconds)
    if seconds == 0:
        return False
    _check_open(live_row(source, lock=True))
    row, is_new = TimeEntry.objects.get_or_create(
        practice_id=source.practice_id,
        source_kind=source.kind,
        source_id=source.source_id,
        employee_id=viewer.employee_id,
        token=token,
        defaults={
            "patient_id": source.patient_id,
            "employee_name": viewer.name[:160],
            "day": local_date(now),
            "seconds": seconds,
            "added_at": now,
        },
    )
    # One statement that only raises: two requests of one page cannot lower each other's count.
    raised = not is_new and TimeEntry.objects.filter(pk=row.pk, revision=0, seconds__lt=seconds).update(seconds=seconds)
    if is_new or raised:
        _propose_again(viewer, source, now)
    return bool(is_new or raised)


@deed()
@transaction.atomic
def correct_time(
    *, viewer: Viewer, source: Source, entry_id: TimeEntryId, revision: int, seconds: int, now: datetime
) -> None:
    """Correct what was noted; each employee the own time. Zero takes it away from the total, the row stays.

    Raises NotAllowed, NotVisible, TimeRefused, DeclarationChanged, DeclarationFixed. Audit: `billing.time`.
    """
    open_time(viewer=viewer, source=source, use=Use.CHANGE, event=_TIME, now=now)
    _check_on(source)
    _check_seconds(seconds)
    _check_open(live_row(source, lock=True))
    rows = TimeEntry.objects.filter(
        pk=entry_id,
        practice_id=source.practice_id,
        source_kind=source.kind,
        source_id=source.source_id,
        employee_id=viewer.employee_id or 0,
    )
    if not rows.exists():
        raise NotVisible("time")
    # From the first correction on the page that counted raises it no more: what was typed holds.
    if not rows.filter(revision=revision).update(seconds=seconds, revision=revision + 1):
        raise DeclarationChanged(_("Deze tijd is net gewijzigd. Kijk wat er nu staat."))
    _propose_again(viewer, source, now)


@deed()
@transaction.atomic
def propose(*, viewer: Viewer, source: Source, now: datetime) -> DeclarationRow:
    """Propose what follows from the time; a proposal that waits is brought up to date. Twice is once.

    Raises NotAllowed, NotVisible, BillingOff, NotBillable (with the reason). Audit: `billing.propose`. Source: REQ 50.
    """
    open_time(viewer=viewer, source=source, use=Use.CHANGE, event="billing.propose", now=now)
    rules = _check_on(source)
    row = live_row(source, lock=True)
    if row is not None and row.state != DeclarationState.PROPOSED and row.reason != Reason.ADMINISTRATION:
        raise NotBillable(obstacle_words(Obstacle.DECLARED))
    seconds = total_seconds(entry_rows(source))
    why_not = find_obstacle(source=source, seconds=seconds, row=row)
    if why_not is not None:
        raise NotBillable(obstacle_words(why_not))
    if row is not None and _is_corrected(row):
        return declaration_row(row)
    found = find_proposal(source=source, seconds=seconds, rules=rules)
    return declaration_row(_store(viewer, source, row, found, now))


@deed()
@transaction.atomic
def mark_administration(*, viewer: Viewer, source: Source, is_administration: bool, now: datetime) -> None:
    """Say that a source was a mere repeat order or administration, which is not declared; or that it was not.

    Raises NotAllowed, NotVisible, BillingOff, NotBillable, DeclarationFixed. Audit: `billing.mark`. Source: REQ 50.
    """
    open_time(viewer=viewer, source=source, use=Use.CHANGE, event="billing.mark", now=now)
    rules = _check_on(source)
    row = live_row(source, lock=True)
    _check_open(row)
    if source.is_draft or source.day is None:
        raise NotBillable(obstacle_words(Obstacle.DRAFT if source.is_draft else Obstacle.NO_ANSWER))
    if (row is not None and row.reason == Reason.ADMINISTRATION) == is_administration:
        return
    found = find_proposal(source=source, seconds=total_seconds(entry_rows(source)), rules=rules)
    row = _store(viewer, source, row, found, now)
    row.state = DeclarationState.REFUSED if is_administration else DeclarationState.PROPOSED
    row.reason = Reason.ADMINISTRATION if is_administration else ""
    _save(row, "state", "reason")
    step = DeclarationStep.REFUSED if is_administration else DeclarationStep.REOPENED
    add_steps(viewer=viewer, rows=[row], step=step, now=now)


@transaction.atomic
def move_source(
    *,
    viewer: Viewer,
    source_kind: SourceKind,
    source_id: int,
    from_patient_id: PersonId,
    to_patient_id: PersonId,
    practice_id: PracticeId,
    now: datetime,
) -> None:
    """Time and what is not exported yet go with a source to another patient; an exported line stays and is credited.

    The proposal waits for a new confirmation: it is about somebody else now. Twice is once.
    Raises NotAllowed, NotVisible. Audit: `billing.move` in the files of both. Source: R12.
    """
    if from_patient_id == to_patient_id:
        return
    source = Source(
        kind=source_kind, source_id=source_id, patient_id=from_patient_id, practice_id=practice_id, day=None
    )
    # The patient of the thread last: who calls goes on with that thread, and the wall shows one patient at a time.
    for one in (replace(source, patient_id=to_patient_id), source):
        open_time(viewer=viewer, source=one, use=Use.CHANGE, event="billing.move", now=now)
    row = live_row(source, lock=True)
    TimeEntry.objects.filter(
        practice_id=practice_id, source_kind=source_kind, source_id=source_id, patient_id=from_patient_id
    ).update(patient_id=to_patient_id)
    if row is not None and row.patient_id == from_patient_id:
        move_declaration(viewer=viewer, row=row, to_patient_id=to_patient_id, now=now)


def obstacle_words(why_not: Obstacle) -> str:
    """The reason as the screen says it."""
    return {
        Obstacle.DRAFT: _("Deze vraag is nog niet verstuurd."),
        Obstacle.NO_ANSWER: _("De praktijk heeft deze vraag nog niet beantwoord."),
        Obstacle.NO_TIME: _("Er is nog geen tijd opgeschreven."),
        Obstacle.ADMINISTRATION: _("Alleen een herhaalrecept of administratie: dat is geen consult."),
        Obstacle.NOT_ENROLLED: _("De patiënt stond op de dag van het antwoord niet bij uw praktijk ingeschreven."),
        Obstacle.NO_BSN: _("Van deze patiënt is geen gecontroleerd BSN bekend."),
        Obstacle.DECLARED: _("Voor deze vraag is al besloten over een declaratie."),
    }[why_not]


def _check_on(source: Source) -> BillingRules:
    rules = get_rules(practice_id=source.practice_id)
    if not rules.is_on:
        raise BillingOff(_("Declareren staat uit voor uw praktijk."))
    return rules


def _check_seconds(seconds: int) -> None:
    if not 0 <= seconds <= LONGEST_SECONDS:
        raise TimeRefused(
            _("Vul een tijd in van hoogstens %(most)s minuten.") % {"most": LONGEST_MINUTES}, field="minutes"
        )


def _check_open(row: Declaration | None) -> None:
    if row is not None and row.state in _FIXED:
        raise DeclarationFixed(_("De declaratie is al bevestigd. De tijd staat nu vast."))


def _propose_again(viewer: Viewer, source: Source, now: datetime) -> None:
    """A proposal that waits follows the time, so that nobody confirms an old total."""
    row = live_row(source)
    if row is None or row.state != DeclarationState.PROPOSED or source.day is None or _is_corrected(row):
        return
    seconds = total_seconds(entry_rows(source))
    found = find_proposal(source=source, seconds=seconds, rules=get_rules(practice_id=source.practice_id))
    _store(viewer, source, row, found, now)


def _is_corrected(row: Declaration) -> bool:
    """What somebody chose by hand is not changed by the clock."""
    return row.events.filter(step=DeclarationStep.CORRECTED).exists()


def _store(viewer: Viewer, source: Source, row: Declaration | None, found: Proposal, now: datetime) -> Declaration:
    entries = entry_rows(source)
    values = {
        "day": source.day,
        "seconds": total_seconds(entries),
        "code": found.code,
        "description": found.description[:160],
        "amount_cents": found.amount_cents,
        "performer_name": _performer(entries),
    }
    if row is None:
        row = _create(viewer, source, values, now)
    elif all(getattr(row, name) == value for name, value in values.items()):
        return row
    else:
        for name, value in values.items():
            setattr(row, name, value)
        _save(row, *values)
    add_steps(viewer=viewer, rows=[row], step=DeclarationStep.PROPOSED, now=now)
    return row


def _create(viewer: Viewer, source: Source, values: Mapping[str, Any], now: datetime) -> Declaration:
    profile = people.find_profile(person_id=source.patient_id)
    if profile is None:
        raise NotVisible("patient")
    try:
        with transaction.atomic():
            return Declaration.objects.create(
                practice_id=source.practice_id,
                patient_id=source.patient_id,
                source_kind=source.kind,
                source_id=source.source_id,
                line_kind=LineKind.CHARGE,
                patient_name=profile.full_name[:240],
                birth_date=profile.birth_date,
                bsn=people.list_verified_bsns(person_ids=[source.patient_id]).get(source.patient_id, ""),
                proposed_at=now,
                **values,
            )
    except IntegrityError:
        raise NotBillable(obstacle_words(Obstacle.DECLARED)) from None


def _performer(entries: Sequence[TimeEntry]) -> str:
    """Who spent most; the first of those who spent as much."""
    spent: dict[str, int] = {}
    for one in entries:
        spent[one.employee_name] = spent.get(one.employee_name, 0) + one.seconds
    return max(spent, key=lambda name: spent[name]) if spent else ""


def _save(row: Declaration, *fields: str) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])
