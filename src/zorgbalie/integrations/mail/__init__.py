"""Sends e-mail, one recipient per message: by SMTP, or in the demo into a folder that a page shows.

Knows nothing of patients or notices. Which way: MAIL_BACKEND (`smtp`, `folder`).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings

_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class MailFault(Exception):
    """Root of what can go wrong; the message names the kind of fault and never an address."""


class MailUnavailable(MailFault):
    """The mail server cannot take it now: try again later."""


class MailRefused(MailFault):
    """The mail server will never take this message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A plain text message to one address. The same `message_id` means the same message, however often it is sent."""

    message_id: str
    sender_name: str
    recipient: str
    subject: str
    body: str
    language: str
    written_at: datetime


def send(*, mail: Mail) -> None:
    """Send one message. Raises MailUnavailable, MailRefused."""
    from zorgbalie.integrations.mail import folder, smtp

    message = as_message(mail)
    if settings.MAIL_BACKEND == "folder":
        folder.store(message=message, message_id=mail.message_id)
    else:
        smtp.send(message=message, recipient=mail.recipient)


def as_message(mail: Mail) -> EmailMessage:
    """The message with its headers. Raises MailRefused for an address that is none."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(display_name=one_line(mail.sender_name), addr_spec=settings.MAIL_FROM)
        message["To"] = Address(addr_spec=mail.recipient)
    except (ValueError, IndexError) as error:
        raise MailRefused("address") from error
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.message_id}@{settings.MAIL_FROM.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = mail.language
    message.set_content(mail.body)
    return message


def one_line(text: str) -> str:
    """A text as a header may carry it: a line break in a name can make no header (security row 30)."""
    return _BREAKS.sub(" ", text).strip()
