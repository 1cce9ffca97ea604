"""Tables of questions, by topic."""

from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote
from zorgbalie.consult.models.times import ConsultSlip, ConsultTimes

__all__ = [
    "Consult",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultMessage",
    "ConsultNote",
    "ConsultSettings",
    "ConsultSlip",
    "ConsultTimes",
]
