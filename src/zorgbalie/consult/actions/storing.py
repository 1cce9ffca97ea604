"""What a practice lets happen by itself when a question is closed: the thread goes into the record (REQ 43).

Never in the way of closing: what cannot be stored is said at the desk, and can be put in the record by hand.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.actions.copying import KIND_OF_CONTACT, papers_of, write_copy
from zorgbalie.consult.actions.messages import has_words
from zorgbalie.consult.models import Consult, ConsultCopy, ConsultMessage, ConsultStorage
from zorgbalie.consult.queries.moving import is_patient_here
from zorgbalie.consult.queries.reporting import concerned_id, source_files, source_texts
from zorgbalie.consult.queries.storage import storage_of
from zorgbalie.consult.types import AuthorKind, SourceText, StorageChoice, StorageMode, StorageNotUsable, Stored
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.actions.settings_rows import store_settings
from zorgbalie.record.queries.journal import may_write_journal
from zorgbalie.record.types.journal import LONGEST_LINE, MOST_LINES, FiledText, LineKind, NewEntry, NewLine
from zorgbalie.ui.formats import short_moment
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind


@transaction.atomic
def store_on_closing(*, viewer: Viewer, row: Consult, now: datetime) -> Stored:
    """Put a locked thread in the record as the practice chose: what is not there yet, once.

    In the name of who closes it, with that one's rights. Audit: `journal.write` where something was stored.
    """
    chosen = storage_of(practice_id=PracticeId(row.practice_id)).mode
    if chosen is StorageMode.OFF:
        return Stored.OFF
    copies = list(ConsultCopy.objects.filter(consult=row))
    left = [one for one in source_texts(row=row, copies=copies) if not one.is_copied and has_words(one.text)]
    files = [one.attachment_id for one in source_files(row=row, copies=copies) if one.is_safe and not one.is_kept]
    papers = papers_of(row=row, attachment_ids=files)
    refusal = _refusal(viewer, row, has_left=bool(left or papers), is_copied=bool(copies), now=now)
    if refusal is not None:
        return refusal
    is_lines = chosen is StorageMode.LINES
    if is_lines and (len(left) > MOST_LINES or any(len(one.text) > LONGEST_LINE for one in left)):
        return Stored.TOO_MUCH
    entry = NewEntry(
        key=uuid5(NAMESPACE_URL, f"zorgbalie:consult:{row.pk}:{len(copies)}"),
        day=local_date(now),
        kind_title=KIND_OF_CONTACT,
        lines=tuple(_line(one) for one in left) if is_lines else (),
        papers=papers,
        texts=(_text(row, left, len(copies), now),) if left and not is_lines else (),
    )
    write_copy(viewer=viewer, row=row, entry=entry, is_automatic=True, now=now)
    return Stored.DONE


def ask_to_store(*, row: Consult, now: datetime) -> None:
    """The clock ended a thread: what the practice wants in the record and is not there is asked of the desk.

    The worker writes in no record: nothing stands there in nobody's name (decision 28). For those who may write in the
    journal; where nobody may, for who answers questions, so that it is not asked of nobody.
    """
    practice_id = PracticeId(row.practice_id)
    if storage_of(practice_id=practice_id).mode is StorageMode.OFF:
        return
    done = ConsultCopy.objects.filter(consult=row).aggregate(latest=Max("up_to"))["latest"] or 0
    if not ConsultMessage.objects.filter(consult=row, pk__gt=done).exists():
        return
    writers = practices.list_colleagues(practice_id=practice_id, right=StaffRight.WRITE_JOURNAL, today=local_date(now))
    worklist.add_item(
        practice_id=practice_id,
        kind=ItemKind.CONSULT_TO_STORE,
        about_id=row.pk,
        person_id=PersonId(row.patient_id),
        for_right=StaffRight.WRITE_JOURNAL if writers else StaffRight.ANSWER_CONSULTS,
    )


@transaction.atomic
def change_storage(*, viewer: Viewer, wanted: StorageChoice) -> None:
    """Store what happens on closing; `wanted.revision` is of the form that was opened.

    Raises NotAllowed, ChangedMeanwhile, StorageNotUsable. Audit: `consult.storage_changed`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.storage_changed")
    if wanted.mode not in set(StorageMode):
        raise StorageNotUsable(_("Kies een van de mogelijkheden."), field="mode")
    store_settings(
        table=ConsultStorage, practice_id=practice_id, values={"mode": wanted.mode}, revision=wanted.revision
    )
    gate.log_change(
        viewer=viewer,
        event="consult.storage_changed",
        action=AuditAction.UPDATE,
        object_type="consult_settings",
        object_id=practice_id,
        detail={"mode": wanted.mode.value},
    )


def _refusal(viewer: Viewer, row: Consult, *, has_left: bool, is_copied: bool, now: datetime) -> Stored | None:
    if not has_left:
        return Stored.KNOWN if is_copied else Stored.NOTHING
    if not is_patient_here(person_id=concerned_id(row), practice_id=PracticeId(row.practice_id)):
        return Stored.NO_PATIENT
    if not may_write_journal(viewer=viewer, patient_id=concerned_id(row), now=now):
        return Stored.NO_RIGHT
    return None


def _line(one: SourceText) -> NewLine:
    """What the patient writes is S, what the practice answers is P; what it is about stays a loose contact."""
    return NewLine(kind=LineKind.SUBJECTIVE if one.author_kind is AuthorKind.PATIENT else LineKind.PLAN, text=one.text)


def _text(row: Consult, texts: list[SourceText], number: int, now: datetime) -> FiledText:
    with override("nl"):
        title = _("Vraag en antwoord: %(subject)s") % {"subject": row.subject or row.about_title or _("e-consult")}
        written = [f"{short_moment(value=one.sent_at)}, {one.author_name}\n{one.text}" for one in texts]
    return FiledText(
        source_key=f"consult-thread:{row.pk}:{number}",
        title=title,
        author_name=texts[0].author_name,
        day=local_date(now),
        file_name="vraag-en-antwoord.txt",
        text="\n\n".join([title, *written]),
    )
