"""How rows of a thread become what faces receive; the same for both sides."""

from collections.abc import Iterable

from django.db.models import Max

from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.answer_links import allowed_in
from zorgbalie.consult.queries.attachments import sent_by_message
from zorgbalie.consult.rules import text_parts
from zorgbalie.consult.types import About, AboutKind, AuthorKind, Message
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.memory import remembered
from zorgbalie.kernel.viewer import Viewer, ViewerKind

CONSULT_READ = "consult.read"
"""The patient reads a thread. The line names the latest answer that was on the page, so that a later one is unread."""
CONSULT_OPENED = "consult.open"
"""Staff open a thread. The line names the latest text of the patient, so that a later one is not opened yet."""


def about_of(row: Consult) -> About | None:
    """What a thread is about."""
    if not row.about_kind:
        return None
    return About(kind=AboutKind(row.about_kind), about_id=row.about_id, title=row.about_title, day=row.about_date)


def messages_of(row: Consult, viewer: Viewer) -> tuple[Message, ...]:
    """All texts with what was sent along, oldest first. Only what the practice wrote can hold links (REQ 47)."""
    files = sent_by_message(consult_id=row.pk)
    rows = texts_of(row.pk)
    allowed = allowed_in(
        practice_id=PracticeId(row.practice_id),
        texts=[one.text for one in rows if one.author_kind == AuthorKind.STAFF],
    )
    return tuple(
        Message(
            author_kind=AuthorKind(one.author_kind),
            author_name=one.author_name,
            text=one.text,
            sent_at=one.sent_at,
            is_own=_is_own(one, viewer),
            files=files.get(one.pk, ()),
            author_role=one.author_role,
            parts=text_parts(text=one.text, allowed=allowed) if one.author_kind == AuthorKind.STAFF else (),
        )
        for one in rows
    )


def texts_of(consult_id: int) -> tuple[ConsultMessage, ...]:
    """All texts of a thread, oldest first, for this app's queries within a grant; read once for all parts of a page."""
    rows = ConsultMessage.objects.filter(consult_id=consult_id).order_by("pk")
    return remembered(key=("consult texts", consult_id), read=lambda: tuple(rows))


def _is_own(one: ConsultMessage, viewer: Viewer) -> bool:
    if viewer.kind is ViewerKind.STAFF:
        return one.author_employee_id is not None and one.author_employee_id == viewer.employee_id
    return one.author_person_id is not None and one.author_person_id == viewer.person_id


def latest_ids(consult_ids: Iterable[int]) -> dict[tuple[int, AuthorKind], int]:
    """The number of the latest text of each side, per thread, in one query."""
    rows = ConsultMessage.objects.filter(consult_id__in=set(consult_ids)).values_list("consult_id", "author_kind")
    return {(consult, AuthorKind(kind)): latest for consult, kind, latest in rows.annotate(latest=Max("pk"))}


def last_id(consult_id: int, kind: AuthorKind) -> int:
    """The number of the latest text of one side; 0 where there is none, or none for this viewer."""
    rows = ConsultMessage.objects.filter(consult_id=consult_id, author_kind=kind)
    key = ("latest consult message", consult_id, kind)
    return remembered(key=key, read=lambda: rows.aggregate(latest=Max("pk"))["latest"] or 0)
