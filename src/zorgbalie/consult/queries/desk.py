"""A question at the desk: the thread, what it is about, notes of colleagues, and to whom it can go (ux 46, 47)."""

from datetime import datetime

from zorgbalie.access import facts as facts_of
from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import Consult, ConsultNote
from zorgbalie.consult.queries.answers import asked_of
from zorgbalie.consult.queries.attachments import unsent_of
from zorgbalie.consult.queries.outgoing import outgoing_of
from zorgbalie.consult.queries.rows import CONSULT_OPENED, about_of, last_id, messages_of
from zorgbalie.consult.queries.slips import ends_at_of, slips_of
from zorgbalie.consult.types import AuthorKind, ConsultState, DeskThread, Note, Slip
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, ConsultId, PersonId
from zorgbalie.kernel.memory import remembered
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import Facility

_MOST_NOTES = 100


def get_desk_thread(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> DeskThread:
    """A question with everything that is needed to answer it. Raises NotAllowed, NotVisible.

    Audit: `consult.open`, naming the latest text of the patient: that is how the patient sees that it was read (ux 37).
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event=CONSULT_OPENED, now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    accounts = _accounts(grant)
    slips = slips_of(row)
    return DeskThread(
        consult_id=ConsultId(row.pk),
        patient_id=patient_id,
        revision=row.revision,
        state=ConsultState(row.state),
        about=about_of(row),
        subject=row.subject,
        addressee_name=row.addressed_name,
        asked_by_other=row.asked_by_id != row.patient_id,
        with_account_id=AccountId(row.with_account_id) if row.with_account_id else None,
        with_name=dict(accounts).get(AccountId(row.with_account_id or 0), ""),
        sent_at=row.sent_at or row.changed_at,
        answer_by=row.answer_by or row.changed_at,
        is_late=_is_late(row, slips, now),
        messages=messages_of(row, viewer),
        notes=_notes(row),
        accounts=accounts,
        practice_name=practices.get_practice_card(practice_id=grant.practice_id).name,
        answers=asked_of(row),
        reads_online=_reads_online(viewer, grant, now),
        slips=slips,
        ends_at=ends_at_of(row),
        closed_by_time=row.closed_by_time,
        closed_by_name=row.changed_by_name if row.state == ConsultState.CLOSED else "",
        outgoing=outgoing_of(row=row, now=now, for_desk=True),
        may_process_lab=viewer.has_right(StaffRight.PUBLISH_RESULTS) and viewer.has_right(StaffRight.READ_RECORD),
        unsent_files=unsent_of(viewer=viewer, consult_id=consult_id),
    )


def open_desk(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, use: Use, event: str, now: datetime
) -> Grant:
    """Leave of the gate at the own practice, for this app. Raises NotAllowed, NotVisible. Audit: `event`."""
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CONSULTS)
    may_read = gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=use,
        now=now,
    )
    # Which text is the latest is asked before the gate writes, for its log line alone.
    latest = last_id(consult_id, AuthorKind.PATIENT) if may_read else 0
    return gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=use,
        event=event,
        now=now,
        object_type="consult_message",
        object_id=latest,
        detail={"consult": consult_id} if may_read else None,
    )


def find_row(*, grant: Grant, consult_id: ConsultId, lock: bool = False) -> Consult:
    """A sent thread within a grant, for this app. Raises NotVisible; a draft is not there for the practice.

    Without a lock it is for reading: the parts of one page share one reading until something changes.
    """
    found = Consult.objects.filter(pk=consult_id, patient_id=grant.patient_id, practice_id=grant.practice_id).exclude(
        state=ConsultState.DRAFT
    )
    if lock:
        row = found.select_for_update().first()
    else:
        key = ("consult", consult_id, grant.patient_id, grant.practice_id)
        row = remembered(key=key, read=found.first)
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return row


def _is_late(row: Consult, slips: tuple[Slip, ...], now: datetime) -> bool:
    """Past its promise, or past an earlier one that the present one took the place of."""
    if row.state not in (ConsultState.SENT, ConsultState.WITH_DOCTOR) or row.answer_by is None:
        return False
    return row.answer_by < now or any(one.next_at == row.answer_by for one in slips)


def _notes(row: Consult) -> tuple[Note, ...]:
    rows = ConsultNote.objects.filter(consult=row).order_by("-pk")[:_MOST_NOTES]
    return tuple(Note(author_name=one.author_name, text=one.text, written_at=one.written_at) for one in rows)


def _accounts(grant: Grant) -> tuple[tuple[AccountId, str], ...]:
    """The doctors of the practice, to put a question on their work list (REQ 42)."""
    accounts = practices.list_accounts(practice_id=grant.practice_id)
    return tuple((one.account_id, one.name) for one in accounts if one.is_active)


def _reads_online(viewer: Viewer, grant: Grant, now: datetime) -> bool:
    """Whether the patient can open an answer today; the facility may have been switched off meanwhile (R14)."""
    facts = facts_of.collect(viewer=viewer, patient_id=grant.patient_id, practice_id=grant.practice_id, now=now)
    return Facility.E_CONSULT in facts.facilities
