"""Tables of questions, by topic."""

from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.reasons import ConsultAnswer, ConsultAskRules, ConsultReason, ConsultReasonQuestion
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote
from zorgbalie.consult.models.times import ConsultSlip, ConsultTimes

__all__ = [
    "Consult",
    "ConsultAnswer",
    "ConsultAskRules",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultMessage",
    "ConsultNote",
    "ConsultReason",
    "ConsultReasonQuestion",
    "ConsultSettings",
    "ConsultSlip",
    "ConsultTimes",
]
