"""Text messages through CM.com, the Business Messaging API over JSON (version 1.0).

One message per request, so that one refused number says nothing of another. `reference` comes back in their reports.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import requests
from django.conf import settings

from zorgbalie.integrations.sms import Sms, SmsRefused, SmsUnavailable

log = logging.getLogger("zorgbalie.sms")
_TIMEOUT_SECONDS = 20
_TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


def send(*, sms: Sms) -> None:
    """Hand over one message. Raises SmsUnavailable, SmsRefused."""
    try:
        answer = requests.post(
            settings.SMS_CM_ADDRESS,
            json=_body(sms),
            headers={"X-CM-PRODUCTTOKEN": settings.SMS_CM_TOKEN},
            timeout=_TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise SmsUnavailable(type(error).__name__) from error
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code == _TOO_MANY:
        raise SmsUnavailable(f"http {answer.status_code}")
    if answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        # The token is wrong: a fault of the operator, not of this message.
        raise SmsUnavailable(f"http {answer.status_code}")
    _check(answer)


def _body(sms: Sms) -> dict[str, Any]:
    message = {
        "allowedChannels": ["SMS"],
        "from": settings.SMS_SENDER,
        "to": [{"number": "00" + sms.recipient.removeprefix("+")}],
        "body": {"type": "auto", "content": sms.body},
        "minimumNumberOfMessageParts": 1,
        "maximumNumberOfMessageParts": 2,
        "reference": sms.reference[:32],
    }
    return {"messages": {"authentication": {"productToken": settings.SMS_CM_TOKEN}, "msg": [message]}}


def _check(answer: requests.Response) -> None:
    """Their verdict on the request and on the message in it."""
    try:
        found = answer.json()
    except ValueError as error:
        raise SmsUnavailable("no json") from error
    found = found if isinstance(found, Mapping) else {}
    messages = found.get("messages")
    first = messages[0] if isinstance(messages, list) and messages and isinstance(messages[0], Mapping) else {}
    codes = (found.get("errorCode", -1), first.get("messageErrorCode", 0))
    if answer.status_code >= HTTPStatus.BAD_REQUEST or any(codes):
        raise SmsRefused(f"http {answer.status_code} code {codes[0]} {codes[1]}")
