"""What an import reports, and how it refuses.

Refused
└── DossierRefused     the whole dossier: nothing was stored
    ├── BrokenFile     a file cannot be read; names the place
    └── WrongPatient   not one patient, not this patient, or one who is not enrolled
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zorgbalie.kernel.errors import Refused

Key = tuple[str, str]
"""A resource: its kind and the id by which its source knows it."""


class DossierRefused(Refused):
    """Nothing of the dossier was stored. `place` says where in the files, as far as there is a place."""

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.place = place


class BrokenFile(DossierRefused):
    """A file cannot be read as FHIR."""


class WrongPatient(DossierRefused):
    """The dossier is not of one patient, not of the patient that was named, or of somebody who is not enrolled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One file as read: `content` is a resource in FHIR's JSON form, also when the file was XML."""

    file: str
    content: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """One resource with the place where it stands, for example `dossier.json: entry[3].resource`."""

    kind: str
    source_id: str
    content: Mapping[str, Any]
    digest: str
    place: str
    full_url: str = ""

    @property
    def key(self) -> Key:
        """Kind and id."""
        return (self.kind, self.source_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One resource that was not stored, and why."""

    kind: str
    source_id: str
    place: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something to know about a resource that was stored, such as a reference that leads nowhere."""

    kind: str
    source_id: str
    place: str
    text: str


@dataclass(kw_only=True, slots=True)
class KindCount:
    """What became of the resources of one kind; the four last add up to `found`."""

    found: int = 0
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PatientChoice:
    """Whose dossier the files say it is. `bsn` is empty where the source masked it."""

    bsn: str
    birth_date: str
    has_resource: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """The files of one import, taken apart: resources of one patient, and what was refused already."""

    files: tuple[str, ...]
    resources: tuple[Resource, ...]
    patient: PatientChoice
    refusals: tuple[Refusal, ...]
    repeated: Mapping[str, int]
    notes: tuple[Note, ...]
    references: Mapping[Key, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import did. `original_only` counts, per kind, the elements that stand in the kept original alone."""

    files: tuple[str, ...]
    practice_id: int
    patient_id: int
    dry_run: bool
    kinds: Mapping[str, KindCount]
    rows: Mapping[str, Mapping[str, int]]
    refusals: tuple[Refusal, ...]
    dangling: tuple[Note, ...]
    notes: tuple[Note, ...]
    original_only: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        """How many resources are in the record now as the files say."""
        return sum(kind.stored + kind.updated + kind.unchanged for kind in self.kinds.values())
