"""Why a question or an answer was not taken."""

from zorgbalie.kernel.errors import Refused


class ConsultRefused(Refused):
    """Root of the reasons why a question or answer was not taken."""


class ConsultChanged(ConsultRefused):
    """Somebody else changed the thread since this page was opened; the typed text stays on the screen."""


class ConsultClosed(ConsultRefused):
    """The thread is closed: a new question is needed."""


class TextMissing(ConsultRefused):
    """Nothing was written, or too much."""


class UnknownAddressee(ConsultRefused):
    """Not, or no longer, somebody to write to."""


class SentAlready(ConsultRefused):
    """The same form was sent before with another text."""


class TooManyWait(ConsultRefused):
    """More waits for an answer than anybody asks by hand: it keeps an inbox usable, and a page of a thread short."""


class OtherTextStored(ConsultRefused):
    """Another device stored another text since this page was shown: neither may be lost."""
