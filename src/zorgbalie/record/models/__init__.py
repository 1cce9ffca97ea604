"""Tables of the record, by topic; private to this app."""

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
from zorgbalie.record.models.writing import PlainWord

__all__ = [
    "Allergy",
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
    "PlainWord",
    "RecordRow",
    "ReplyTemplate",
    "SharedNote",
    "SourceResource",
    "WorkNote",
]
