"""Mail by SMTP."""

import smtplib
import ssl
from email.message import EmailMessage

from django.conf import settings

from zorgbalie.integrations.mail import MailRefused, MailUnavailable

_TIMEOUT_SECONDS = 20
_PERMANENT = 500


def send(*, message: EmailMessage, recipient: str) -> None:
    """Hand over one message with one envelope recipient (security row 62). Raises MailUnavailable, MailRefused."""
    try:
        with smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=_TIMEOUT_SECONDS) as server:
            _begin(server)
            server.send_message(message, from_addr=settings.MAIL_FROM, to_addrs=[recipient])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()), (0, b""))[0]
        raise _fault("recipient", code) from error
    except smtplib.SMTPDataError as error:
        raise _fault("content", error.smtp_code) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnavailable(type(error).__name__) from error


def _begin(server: smtplib.SMTP) -> None:
    if settings.SMTP_STARTTLS:
        server.starttls(context=ssl.create_default_context())
    if settings.SMTP_USER:
        server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)


def _fault(what: str, code: int) -> MailUnavailable | MailRefused:
    """Answers of 500 and above are for good, 400 to 499 for now (RFC 5321, 4.2.1)."""
    kind = MailRefused if code >= _PERMANENT else MailUnavailable
    return kind(f"{what} {code}")
