"""Asking another place: the GP practice instead of the pharmacy, or the other way round (REQ 28, 79)."""

from datetime import datetime

from django.db import transaction

from zorgbalie.consult.actions.attachments import move_unsent
from zorgbalie.consult.actions.patient import open_draft, start_draft, store
from zorgbalie.consult.models import ConsultAttachment
from zorgbalie.consult.queries.rows import about_of
from zorgbalie.kernel.ids import ConsultId, PracticeId
from zorgbalie.kernel.viewer import Viewer


@transaction.atomic
def ask_at(*, viewer: Viewer, consult_id: ConsultId, practice_id: PracticeId, now: datetime) -> ConsultId:
    """Write this draft to another practice; returns the number of the draft there. The typed words go along.

    A question belongs to one practice from its first word, so the wall of each keeps the other out. Photos and files go
    along as far as there is room; with one that stays, or with a text that stands there already, the first draft keeps
    its own text, so that nothing is lost.
    What is bound to the first (reason with its answers, addressee) stays there. Raises NotVisible.
    Audit: `consult.draft`. Source: REQ 32.
    """
    _grant, row = open_draft(viewer=viewer, consult_id=consult_id, now=now)
    if row.practice_id == practice_id:
        return consult_id
    made = start_draft(viewer=viewer, about=about_of(row), now=now, practice_id=practice_id)
    _there, other = open_draft(viewer=viewer, consult_id=made, now=now)
    moved = move_unsent(viewer=viewer, row=row, to=other)
    takes_text = bool(row.draft_text and not other.draft_text)
    if takes_text:
        other.draft_text = row.draft_text
        other.subject = other.subject or (row.subject if row.subject != row.reason_name else "")
    if takes_text or moved:
        store(other, now, keeps_revision=other.revision == 0)
    is_there = other.draft_text == row.draft_text or not row.draft_text
    if is_there and not ConsultAttachment.objects.filter(consult=row).exists():
        row.draft_text = row.subject = ""
        store(row, now)
    return made
