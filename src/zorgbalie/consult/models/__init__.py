"""Tables of questions, by topic."""

from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.inbox import ConsultInboxRow
from zorgbalie.consult.models.presence import ConsultPresence
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote

__all__ = [
    "Consult",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultInboxRow",
    "ConsultMessage",
    "ConsultNote",
    "ConsultPresence",
    "ConsultSettings",
]
