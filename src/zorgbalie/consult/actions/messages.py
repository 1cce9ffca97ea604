"""What both sides do with texts: check them, and add each once."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from zorgbalie.consult.actions.attachments import send_along
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.types import LONGEST_QUESTION, AuthorKind, SentAlready, TextMissing
from zorgbalie.integrations.files import clean_text
from zorgbalie.kernel.viewer import Viewer


def check_text(text: str, *, field: str, most: int = LONGEST_QUESTION) -> str:
    """The text without spaces around it. Raises TextMissing when there is none, or more than may be sent."""
    clean = text.replace("\r\n", "\n").strip()
    if not has_words(clean):
        raise TextMissing(_("Schrijf eerst een tekst."), field=field)
    if len(clean) > most:
        raise TextMissing(_("Uw tekst is te lang. U kunt %(most)s tekens gebruiken.") % {"most": most}, field=field)
    return clean


def has_words(text: str) -> bool:
    """Whether anything of a text can be seen: signs that only join, hide or turn are no text."""
    return bool(clean_text(text=text).strip())


def add_message(*, row: Consult, viewer: Viewer, kind: AuthorKind, text: str, token: UUID, now: datetime) -> int | None:
    """Add a text to a thread that is locked, with the files that its writer chose; returns its number.

    None when this form was sent before.
    Raises SentAlready when it was sent with another text.
    """
    known = ConsultMessage.objects.filter(consult=row, token=token).first()
    if known is not None:
        if known.text != text:
            raise SentAlready(_("U heeft dit al verstuurd, met een andere tekst. Kijk wat er staat."), field="text")
        return None
    made = ConsultMessage.objects.create(
        consult=row,
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        author_kind=kind,
        author_person_id=viewer.person_id if kind is AuthorKind.PATIENT else None,
        author_employee_id=viewer.employee_id if kind is AuthorKind.STAFF else None,
        author_name=viewer.name[:160],
        author_role=viewer.role if kind is AuthorKind.STAFF and viewer.role else "",
        text=text,
        token=token,
        sent_at=now,
    )
    send_along(viewer=viewer, message=made)
    return made.pk
