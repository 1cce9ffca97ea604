"""Tables of questions, by topic."""

from zorgbalie.consult.models.attachments import ConsultAttachment, ConsultAttachmentContent
from zorgbalie.consult.models.follow_ups import PlannedFollowUp
from zorgbalie.consult.models.mailings import Mailing, MailingObjection, MailingRecipient
from zorgbalie.consult.models.message_settings import MessageSettings
from zorgbalie.consult.models.settings import ConsultSettings
from zorgbalie.consult.models.threads import Consult, ConsultMessage, ConsultNote

__all__ = [
    "Consult",
    "ConsultAttachment",
    "ConsultAttachmentContent",
    "ConsultMessage",
    "ConsultNote",
    "ConsultSettings",
    "Mailing",
    "MailingObjection",
    "MailingRecipient",
    "MessageSettings",
    "PlannedFollowUp",
]
