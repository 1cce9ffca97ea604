"""Tables of questions, by topic."""

from zorgbalie.consult.models.answering import AnswerTemplate, ConsultAnswerDraft, ConsultTick, StandardLink
from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote

__all__ = [
    "AnswerTemplate",
    "Consult",
    "ConsultAnswerDraft",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultMessage",
    "ConsultNote",
    "ConsultSettings",
    "ConsultTick",
    "StandardLink",
]
