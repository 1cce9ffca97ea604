"""Tables of questions, by topic."""

from zorgbalie.consult.models.answering import AnswerTemplate, ConsultAnswerDraft, ConsultTick, StandardLink
from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.copies import ConsultCopy, ConsultMove, ConsultStorage
from zorgbalie.consult.models.follow_ups import PlannedFollowUp
from zorgbalie.consult.models.inbox import ConsultInboxRow
from zorgbalie.consult.models.mailings import Mailing, MailingObjection, MailingRecipient
from zorgbalie.consult.models.message_settings import MessageSettings
from zorgbalie.consult.models.presence import ConsultPresence
from zorgbalie.consult.models.reasons import ConsultAnswer, ConsultAskRules, ConsultReason, ConsultReasonQuestion
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote
from zorgbalie.consult.models.times import ConsultSlip, ConsultTimes

__all__ = [
    "AnswerTemplate",
    "Consult",
    "ConsultAnswer",
    "ConsultAnswerDraft",
    "ConsultAskRules",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultCopy",
    "ConsultInboxRow",
    "ConsultMessage",
    "ConsultMove",
    "ConsultNote",
    "ConsultPresence",
    "ConsultReason",
    "ConsultReasonQuestion",
    "ConsultSettings",
    "ConsultSlip",
    "ConsultStorage",
    "ConsultTick",
    "ConsultTimes",
    "Mailing",
    "MailingObjection",
    "MailingRecipient",
    "MessageSettings",
    "PlannedFollowUp",
    "StandardLink",
]
