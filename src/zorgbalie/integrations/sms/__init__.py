"""Sends text messages to mobile telephones: through CM.com, or in the demo into a folder that a page shows.

Knows nothing of patients or notices. Which way: SMS_BACKEND (`none`, `folder`, `cm`); `none` means that nobody is
offered text messages. Another provider is another module with `send`, and its name in `send` below.
"""

from dataclasses import dataclass

import phonenumbers
from django.conf import settings

_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
HOME_COUNTRY = "NL"


class SmsFault(Exception):
    """Root of what can go wrong; the message names the kind of fault and never a number."""


class SmsUnavailable(SmsFault):
    """The provider cannot take it now: try again later."""


class SmsRefused(SmsFault):
    """The provider will never take this message."""


class NotAMobileNumber(ValueError):
    """No number of a mobile telephone in one of the countries that we send to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sms:
    """A text of at most 160 plain signs to one number (E.164). The same `reference` means the same message."""

    reference: str
    recipient: str
    body: str


def is_offered() -> bool:
    """Whether this installation sends text messages at all."""
    return str(settings.SMS_BACKEND) != "none"


def send(*, sms: Sms) -> None:
    """Send one message. Raises SmsUnavailable, SmsRefused."""
    from zorgbalie.integrations.sms import cm, folder

    backends = {"folder": folder.store, "cm": cm.send}
    backend = backends.get(settings.SMS_BACKEND)
    if backend is None:
        raise SmsRefused("no provider")
    backend(sms=sms)


def mobile_number(text: str) -> str:
    """A number as it is typed (06 12 34 56 78, +31-6…) in E.164.

    Raises NotAMobileNumber, also for countries outside SMS_COUNTRIES: text messages to far numbers are how strangers
    make somebody else pay.
    """
    try:
        number = phonenumbers.parse(text, HOME_COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise NotAMobileNumber from error
    country = phonenumbers.region_code_for_number(number)
    is_mobile = phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _MOBILE
    if not is_mobile or number.extension or country not in settings.SMS_COUNTRIES:
        raise NotAMobileNumber
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_number(number: str) -> str:
    """A number in E.164 as people write it; a text that is none stays as it is."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    is_home = phonenumbers.region_code_for_number(parsed) == HOME_COUNTRY
    style = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)
