"""A question and its answers become lines in the journal, its attachments documents (REQ 29, 43, 57; ux 46).

The row of the thread is locked, so that a copy and a move, or two copies, follow one another. Both ask the gate twice:
for the thread, and for the record of whom it concerns.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.access.types import DataKind, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.audit.scope import deed
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultAttachmentContent, ConsultCopy
from zorgbalie.consult.queries.desk import find_row, open_desk
from zorgbalie.consult.queries.reporting import TAKEN_ALONG, concerned_id, document_key
from zorgbalie.consult.types import ConsultChanged, ConsultRefused, WantedCopy
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.actions.journal import names_of, write_entry
from zorgbalie.record.types.journal import FiledPaper, NewEntry
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

KIND_OF_CONTACT = "E-consult"
"""The kind of contact as it is stored. NHG-Tabel 14 is not shipped, so its code stays empty."""


@deed()
@transaction.atomic
def copy_to_journal(
    *, viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, wanted: WantedCopy, now: datetime
) -> bool:
    """Put lines and attachments of a thread in the record of whom it concerns; returns whether that is new.

    The same form twice is one entry. Raises NotAllowed, NotVisible, JournalNotUsable, ConsultChanged (it was
    moved since the page was opened: nothing goes to a record that the page did not name), ConsultRefused (an attachment
    that is not there). Audit: `consult.to_journal` for the thread, `journal.write` with what was written.
    Source: REQ 29, 43, 44.
    """
    grant = open_desk(
        viewer=viewer, patient_id=patient_id, consult_id=consult_id, use=Use.CHANGE, event="consult.to_journal", now=now
    )
    row = find_row(grant=grant, consult_id=consult_id, lock=True)
    if ConsultCopy.objects.filter(consult=row, token=wanted.token).exists():
        return False
    if concerned_id(row) != wanted.record_of:
        raise ConsultChanged(
            _("Deze vraag is intussen naar een ander dossier gezet. Kijk in welk dossier u nu schrijft.")
        )
    papers = papers_of(row=row, attachment_ids=wanted.attachment_ids)
    if len(papers) != len(set(wanted.attachment_ids)):
        raise ConsultRefused(
            _("Een van de bijlagen kan niet naar het dossier. Kijk welke er nu staan."), field="papers"
        )
    entry = NewEntry(
        key=wanted.token,
        day=wanted.day,
        kind_title=KIND_OF_CONTACT,
        lines=wanted.lines,
        episode_id=wanted.episode_id,
        new_episode=wanted.new_episode,
        papers=papers,
    )
    write_copy(viewer=viewer, row=row, entry=entry, is_automatic=False, now=now)
    worklist.finish_items(
        viewer=viewer,
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.CONSULT_TO_STORE,
        about_id=row.pk,
        now=now,
    )
    return True


def write_copy(*, viewer: Viewer, row: Consult, entry: NewEntry, is_automatic: bool, now: datetime) -> None:
    """Write an entry in the record of whom a locked thread concerns and remember it, for this app.

    Raises NotAllowed, NotVisible, JournalNotUsable. Audit: `journal.write`.
    """
    if viewer.employee_id is None:
        raise NotVisible(DataKind.JOURNAL)
    # The database shows one patient at a time: the thread first, then the record, which may be another's.
    set_subject(PersonId(row.patient_id))
    up_to = row.messages.aggregate(latest=Max("pk"))["latest"] or 0
    ConsultCopy.objects.create(
        consult=row,
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        token=entry.key,
        is_automatic=is_automatic,
        up_to=up_to,
        line_kinds="".join(line.kind.value for line in entry.lines),
        rows=list(names_of(entry=entry)),
        documents=[*(one.source_key for one in entry.papers), *(one.source_key for one in entry.texts)],
        written_by_id=viewer.employee_id,
        written_by_name=viewer.name[:160],
        written_at=now,
    )
    write_entry(viewer=viewer, patient_id=concerned_id(row), entry=entry, consult_id=row.pk, now=now)


def papers_of(*, row: Consult, attachment_ids: Iterable[int]) -> tuple[FiledPaper, ...]:
    """Attachments that were sent and in which no virus was found, as they go to the documents, for this app.

    What waits for the scanner goes along and goes on waiting: the task of the documents checks it, and until then it
    is neither opened nor shared.
    """
    rows = ConsultAttachment.objects.filter(consult=row, message__isnull=False, virus_state__in=TAKEN_ALONG)
    rows = rows.filter(pk__in=list(attachment_ids))
    found = list(rows.select_related("message").order_by("pk"))
    contents = dict(
        ConsultAttachmentContent.objects.filter(attachment__in=found).values_list("attachment_id", "content")
    )
    return tuple(_paper(one, bytes(contents[one.pk])) for one in found if one.pk in contents)


def _paper(one: ConsultAttachment, content: bytes) -> FiledPaper:
    with override("nl"):
        title = _("Bijlage bij een vraag: %(name)s") % {"name": one.file_name}
    return FiledPaper(
        source_key=document_key(one.pk),
        title=title,
        author_name=one.message.author_name if one.message else "",
        day=local_date(one.message.sent_at if one.message else one.added_at),
        file_name=one.file_name,
        media_type=one.media_type,
        sha256=one.sha256,
        virus_state=one.virus_state,
        content=content,
        is_outgoing=one.author_employee_id is not None,
    )
