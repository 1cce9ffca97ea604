"""Reads of the versions of the agreement's text, for the manager (REQ 4)."""

from django.db.models import Q

from zorgbalie.access.gate import check_right
from zorgbalie.access.models import AgreementText
from zorgbalie.access.queries.agreements import words_of
from zorgbalie.access.types import AgreementWords
from zorgbalie.kernel.viewer import StaffRight, Viewer


def list_texts(*, viewer: Viewer) -> tuple[list[AgreementWords], list[AgreementWords]]:
    """The practice's own texts and the general ones, newest first. The first of all is offered now.

    Raises NotAllowed.
    """
    check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event="agreement_texts.read")
    rows = AgreementText.objects.filter(Q(practice_id=viewer.practice_id) | Q(practice__isnull=True))
    texts = [(row.practice_id is not None, words_of(row)) for row in rows.order_by("-version")]
    return [words for own, words in texts if own], [words for own, words in texts if not own]
