"""Tables of the record, by topic; private to this app."""

from zorgbalie.record.models.corrections import CorrectionEvent, CorrectionRequest, PatientStatement
from zorgbalie.record.models.documents import Document, DocumentContent, DocumentSharing
from zorgbalie.record.models.lab import LabInvitation, LabReport, LabResult, ReplyTemplate
from zorgbalie.record.models.record import (
    Allergy,
    Encounter,
    Episode,
    Flag,
    GlossaryTerm,
    JournalEntry,
    Medication,
    Observation,
    RecordRow,
    SharedNote,
    SourceResource,
    WorkNote,
)
from zorgbalie.record.models.result_kinds import ResultKind
from zorgbalie.record.models.wishes import ResultWish
from zorgbalie.record.models.writing import PlainWord

__all__ = [
    "Allergy",
    "CorrectionEvent",
    "CorrectionRequest",
    "Document",
    "DocumentContent",
    "DocumentSharing",
    "Encounter",
    "Episode",
    "Flag",
    "GlossaryTerm",
    "JournalEntry",
    "LabInvitation",
    "LabReport",
    "LabResult",
    "Medication",
    "Observation",
    "PatientStatement",
    "PlainWord",
    "RecordRow",
    "ReplyTemplate",
    "ResultKind",
    "ResultWish",
    "SharedNote",
    "SourceResource",
    "WorkNote",
]
