"""Text messages into a folder, for demo and development; `list_stored` is what the demo's mailbox page shows."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from zorgbalie.integrations.sms import Sms, SmsUnavailable


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredSms:
    """A message in the folder."""

    recipient: str
    body: str
    sent_at: datetime


def store(*, sms: Sms) -> None:
    """Write the message as a file whose name follows from its reference, so that the same message is there once."""
    folder = Path(settings.SMS_FOLDER or "sms")
    name = hashlib.sha256(sms.reference.encode()).hexdigest()[:40]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}"
        draft.write_text(json.dumps(asdict(sms), ensure_ascii=False), encoding="utf-8")
        draft.rename(folder / f"{name}.json")
    except OSError as error:
        raise SmsUnavailable(type(error).__name__) from error


def list_stored(*, limit: int) -> list[StoredSms]:
    """The newest messages."""
    folder = Path(settings.SMS_FOLDER or "sms")
    if not folder.exists():
        return []
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:limit]]


def _read(file: Path) -> StoredSms:
    found = json.loads(file.read_text(encoding="utf-8"))
    sent_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return StoredSms(recipient=found["recipient"], body=found["body"], sent_at=sent_at)
