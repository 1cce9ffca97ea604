"""Mail into a folder, for demo and development; `list_stored` is what the demo's mailbox page shows."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from zorgbalie.integrations.mail import MailUnavailable


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredMail:
    """A message in the folder."""

    recipient: str
    sender: str
    subject: str
    body: str
    sent_at: datetime


def store(*, message: EmailMessage, message_id: str) -> None:
    """Write the message as a file whose name follows from its id, so that the same message is there once."""
    folder = Path(settings.MAIL_FOLDER or "mail")
    name = hashlib.sha256(message_id.encode()).hexdigest()[:40]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}"
        with draft.open("wb") as stream:
            stream.write(message.as_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(folder / f"{name}.eml")
    except OSError as error:
        raise MailUnavailable(type(error).__name__) from error


def list_stored(*, limit: int) -> list[StoredMail]:
    """The newest messages."""
    folder = Path(settings.MAIL_FOLDER or "mail")
    if not folder.exists():
        return []
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:limit]]


def _read(file: Path) -> StoredMail:
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101  (the policy makes it one)
    date = message["Date"]
    return StoredMail(
        recipient=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        body=str(message.get_content()),
        sent_at=parsedate_to_datetime(str(date)) if date else datetime.fromtimestamp(file.stat().st_mtime, UTC),
    )
