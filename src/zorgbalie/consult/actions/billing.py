"""Time spent on a thread, and what is declared of it (REQ 50). The rules are of billing; which thread, stands here."""

from datetime import datetime
from uuid import UUID

from zorgbalie.access.types import Use
from zorgbalie.audit.scope import deed
from zorgbalie.billing.actions import entries
from zorgbalie.billing.queries.settings import get_rules
from zorgbalie.billing.queries.sources import may_see_time
from zorgbalie.billing.types import BillingRefused, DeclarationRow, Source, TimeEntryId
from zorgbalie.consult.queries.billing import find_source
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import Viewer


@deed()
def add_time(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, seconds: int, token: UUID, now: datetime
) -> bool:
    """Note what this employee spent on a thread; the same page twice counts once. Returns whether anything changed.

    Raises NotAllowed, NotVisible, BillingOff, TimeRefused, DeclarationFixed. Audit: `consult.time`, `billing.time`.
    """
    source = _source(viewer, patient_id, consult_id, now)
    return entries.add_time(viewer=viewer, source=source, seconds=seconds, token=token, now=now)


@deed()
def correct_time(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    consult_id: ConsultId,
    entry_id: TimeEntryId,
    revision: int,
    seconds: int,
    now: datetime,
) -> None:
    """Correct the own time. Raises NotAllowed, NotVisible, TimeRefused, DeclarationChanged, DeclarationFixed."""
    source = _source(viewer, patient_id, consult_id, now)
    entries.correct_time(viewer=viewer, source=source, entry_id=entry_id, revision=revision, seconds=seconds, now=now)


@deed()
def propose(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> DeclarationRow:
    """Propose a declaration for a thread. Raises NotAllowed, NotVisible, BillingOff, NotBillable."""
    source = _source(viewer, patient_id, consult_id, now)
    return entries.propose(viewer=viewer, source=source, now=now)


def propose_at_close(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime
) -> DeclarationRow | BillingRefused | None:
    """The same after closing, where the practice wants that: the proposal, why there is none, or nothing.

    Closing never fails over it. Raises NotAllowed, NotVisible.
    """
    source = _source(viewer, patient_id, consult_id, now)
    rules = get_rules(practice_id=source.practice_id)
    if not rules.is_on or not rules.proposes_at_close or not may_see_time(viewer=viewer, source=source, now=now):
        return None
    try:
        return entries.propose(viewer=viewer, source=source, now=now)
    except BillingRefused as refusal:
        return refusal


@deed()
def mark_administration(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, is_administration: bool, now: datetime
) -> None:
    """Say that a thread was a mere repeat order or administration, or that it was not.

    Raises NotAllowed, NotVisible, BillingOff, NotBillable, DeclarationFixed.
    """
    source = _source(viewer, patient_id, consult_id, now)
    entries.mark_administration(viewer=viewer, source=source, is_administration=is_administration, now=now)


def _source(viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> Source:
    return find_source(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.CHANGE, event="consult.time", now=now
    )
