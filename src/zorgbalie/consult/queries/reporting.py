"""A question in the record: what was put there, whom it concerns, and what can be put there (REQ 29, 43, 44; R12)."""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultCopy, ConsultMessage, ConsultMove
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.queries.rows import CONSULT_OPENED
from zorgbalie.consult.types import (
    AuthorKind,
    CopyMade,
    JournalSource,
    Move,
    Reporting,
    SourceFile,
    SourceText,
)
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.record.queries.journal import get_journal_place, may_write_journal

TAKEN_ALONG = ("clean", "unchecked", "waiting")
"""States of the virus check in which a file goes to the documents; there it goes on waiting where it waits."""
_MOST_MOVES = 20
_GONE = "–"  # somebody of whom this practice keeps no name (any more)


def document_key(attachment_id: int) -> str:
    """Under which name an attachment stands with the documents, so that it does so once."""
    return f"consult-attachment:{attachment_id}"


def concerned_id(row: Consult) -> PersonId:
    """In whose record a question belongs."""
    return PersonId(row.concerns_id or row.patient_id)


def get_reporting(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> Reporting:
    """What a thread has to do with the record. Raises NotAllowed, NotVisible.

    Audit: `consult.open`; `consult.named` for another patient who is named on the page (security row 40).
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event=CONSULT_OPENED, now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    copies = tuple(_copy(one) for one in ConsultCopy.objects.filter(consult=row).order_by("pk"))
    moves = list(ConsultMove.objects.filter(consult=row).order_by("-pk")[:_MOST_MOVES])
    names = named_others(
        viewer=viewer, grant=grant, person_ids={one.to_person_id for one in moves} | {concerned_id(row)}
    )
    may_write = may_write_journal(viewer=viewer, patient_id=concerned_id(row), now=now)
    return Reporting(
        concerns_id=concerned_id(row),
        concerns_name=names.get(concerned_id(row), _GONE) if row.concerns_id else "",
        copies=copies,
        moves=tuple(
            Move(
                moved_at=one.moved_at,
                moved_by_name=one.moved_by_name,
                to_name=names.get(one.to_person_id, _GONE),
                is_back=one.to_person_id == row.patient_id,
            )
            for one in moves
        ),
        may_write=may_write,
    )


def get_journal_source(*, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> JournalSource:
    """What of a thread can be put in the record, and where. Raises NotAllowed, NotVisible.

    Audit: `consult.open` for the thread, `journal.prepare` for the record. Source: REQ 29, 43.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.READ, event=CONSULT_OPENED, now=now
    )
    row = find_row(grant=grant, consult_id=consult_id)
    copies = list(ConsultCopy.objects.filter(consult=row).order_by("pk"))
    return JournalSource(
        consult_id=ConsultId(row.pk),
        patient_id=patient_id,
        concerns_id=concerned_id(row),
        subject=row.subject,
        texts=source_texts(row=row, copies=copies),
        files=source_files(row=row, copies=copies),
        copies=tuple(_copy(one) for one in copies),
        # Last: from here on the database shows the record of whom it concerns.
        place=get_journal_place(viewer=viewer, patient_id=concerned_id(row), now=now),
    )


def source_texts(*, row: Consult, copies: list[ConsultCopy]) -> tuple[SourceText, ...]:
    """The texts of a thread, oldest first, for this app."""
    done = max((one.up_to for one in copies), default=0)
    return tuple(
        SourceText(
            author_kind=AuthorKind(one.author_kind),
            author_name=one.author_name,
            text=one.text,
            sent_at=one.sent_at,
            is_copied=one.pk <= done,
        )
        for one in ConsultMessage.objects.filter(consult=row).order_by("pk")
    )


def source_files(*, row: Consult, copies: list[ConsultCopy]) -> tuple[SourceFile, ...]:
    """The attachments that were sent, for this app."""
    kept = {key for one in copies for key in one.documents}
    return tuple(
        SourceFile(
            attachment_id=one.pk,
            file_name=one.file_name,
            size=one.size,
            is_kept=document_key(one.pk) in kept,
            is_safe=one.virus_state in TAKEN_ALONG,
        )
        for one in ConsultAttachment.objects.filter(consult=row, message__isnull=False).order_by("pk")
    )


def named_others(*, viewer: Viewer, grant: Grant, person_ids: set[PersonId] | set[int]) -> dict[int, str]:
    """Names of patients beside the one of a grant, for this app. Audit: `consult.named`, a line for each."""
    others = sorted({int(one) for one in person_ids} - {int(grant.patient_id)})
    names = people.list_names(person_ids=others) if others else {}
    gate.log_listed(viewer=viewer, patient_ids=list(names), kind=DataKind.PROFILE, event="consult.named")
    return {pk: one.full_name for pk, one in names.items()}


def _copy(one: ConsultCopy) -> CopyMade:
    return CopyMade(
        written_at=one.written_at,
        written_by_name=one.written_by_name,
        line_kinds=", ".join(kind for kind in "SOEP" if kind in one.line_kinds),
        documents=len(one.documents),
        is_automatic=one.is_automatic,
    )
