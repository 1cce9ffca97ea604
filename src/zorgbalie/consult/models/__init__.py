"""Tables of questions, by topic."""

from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.copies import ConsultCopy, ConsultMove, ConsultStorage
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote

__all__ = [
    "Consult",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultCopy",
    "ConsultMessage",
    "ConsultMove",
    "ConsultNote",
    "ConsultSettings",
    "ConsultStorage",
]
