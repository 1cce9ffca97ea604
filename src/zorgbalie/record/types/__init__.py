"""What others receive from the record: frozen values, never rows. One module per topic."""

from zorgbalie.record.types.shown import (
    CountedRecord,
    FromPractice,
    Hidden,
    PatientRecord,
    RecordCounts,
    RecordOverview,
    ShownAllergy,
    ShownContact,
    ShownEpisode,
    ShownLine,
    ShownMedicine,
    ShownValue,
    Slice,
    ValueGroup,
    ValueHistory,
    ValuePoint,
)

__all__ = [
    "CountedRecord",
    "FromPractice",
    "Hidden",
    "PatientRecord",
    "RecordCounts",
    "RecordOverview",
    "ShownAllergy",
    "ShownContact",
    "ShownEpisode",
    "ShownLine",
    "ShownMedicine",
    "ShownValue",
    "Slice",
    "ValueGroup",
    "ValueHistory",
    "ValuePoint",
]
