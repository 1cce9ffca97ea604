"""What notices say: the practice, that something is ready, and where to sign in. Never what (R9; security row 61).

The address of the portal is the front door and signs nobody in (ux 38).
"""

import string
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.integrations.mail import one_line
from zorgbalie.messaging.types import NoticeKind

_LONGEST_SMS = 160
# The part of the GSM 7-bit alphabet (3GPP TS 23.038) that names of practices use.
_GSM = frozenset(string.ascii_letters + string.digits + " .,:;!?'()&+-/@" + "èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà")


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body."""

    subject: str
    body: str


def text_for(*, kind: NoticeKind, practice: str, language: str, code: str = "") -> Text:
    """The text in the language of the reader; the same for all kinds that tell of something in the portal."""
    values = {"practice": one_line(practice), "address": settings.PORTAL_URL, "code": code}
    with override(language):
        subject, paragraphs = {
            NoticeKind.INVITATION: _invitation,
            NoticeKind.ADDRESS_CHECK: _address_check,
        }.get(kind, _something_ready)()
        return Text(subject % values, "\n\n".join(paragraphs) % values + "\n")


def short_text_for(*, kind: NoticeKind, practice: str, language: str, code: str = "") -> str:
    """The same in one text message: at most 160 signs, of the plain alphabet that costs one message.

    A long name of a practice is cut, so that the address stays whole.
    """
    name = _plain(one_line(practice))
    with override(language):
        text = _("Uw code is %(code)s. Hij werkt 30 minuten. Geef hem aan niemand anders. %(practice)s")
        if kind is not NoticeKind.ADDRESS_CHECK:
            text = _("Er staat een bericht voor u klaar van %(practice)s. Log in op %(address)s")
        values = {"practice": "", "address": settings.PORTAL_URL, "code": code}
        room = _LONGEST_SMS - len(text % values)
        return text % {**values, "practice": name[: max(0, room)].strip()}


def _plain(text: str) -> str:
    """Without the signs that make a text message a dearer one: é stays, ï becomes i, an emoji goes."""
    kept = (one if one in _GSM else unicodedata.normalize("NFKD", one)[0] for one in text)
    return "".join(one for one in kept if one in _GSM)


def _something_ready() -> tuple[str, list[str]]:
    return _("%(practice)s: er staat een bericht voor u klaar"), [
        _("Er staat een bericht voor u klaar van %(practice)s."),
        _("Ga naar %(address)s en log in met DigiD. U vindt het bericht op de eerste pagina."),
        _("U krijgt deze e-mail omdat u dat zelf koos. U kunt dit wijzigen bij Meldingen."),
        _("U kunt deze e-mail niet beantwoorden."),
    ]


def _invitation() -> tuple[str, list[str]]:
    return _("%(practice)s: er staat een bericht voor u klaar"), [
        _("Er staat een bericht voor u klaar van %(practice)s: een uitnodiging voor het portaal."),
        _("Ga naar %(address)s en log in met DigiD. Daar leest u wat het portaal is. U kiest zelf of u meedoet."),
        _("U kunt deze e-mail niet beantwoorden."),
    ]


def _address_check() -> tuple[str, list[str]]:
    return _("%(practice)s: uw code"), [
        _("Uw code is %(code)s. De code werkt 30 minuten."),
        _("Vul de code in op de pagina Meldingen van het portaal. Geef de code aan niemand anders."),
        _("Vroeg u deze code niet aan? Dan hoeft u niets te doen."),
    ]
