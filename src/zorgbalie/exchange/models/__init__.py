"""Tables of what comes in and what goes out, by topic; private to this app."""

from zorgbalie.exchange.models.exports import RecordExport, RecordExportContent
from zorgbalie.exchange.models.received import ReceivedMessage

__all__ = ["ReceivedMessage", "RecordExport", "RecordExportContent"]
