"""Typed ids, so that a patient's number cannot be passed where an episode's is meant (checked by mypy)."""

from typing import NewType

PersonId = NewType("PersonId", int)
PracticeId = NewType("PracticeId", int)
AccountId = NewType("AccountId", int)
EmployeeId = NewType("EmployeeId", int)
StaffUserId = NewType("StaffUserId", int)
GroupId = NewType("GroupId", int)
EpisodeId = NewType("EpisodeId", int)
EncounterId = NewType("EncounterId", int)
JournalEntryId = NewType("JournalEntryId", int)
ObservationId = NewType("ObservationId", int)
WorkItemId = NewType("WorkItemId", int)
AccessRequestId = NewType("AccessRequestId", int)
InvitationId = NewType("InvitationId", int)
AgreementId = NewType("AgreementId", int)
AgreementTextId = NewType("AgreementTextId", int)
WorkNoteId = NewType("WorkNoteId", int)
LabReportId = NewType("LabReportId", int)
LabResultId = NewType("LabResultId", int)
ExportId = NewType("ExportId", int)
