"""Photos and files of questions and answers, as faces and other rooms receive them."""

from dataclasses import dataclass
from datetime import datetime

from zorgbalie.consult.types.errors import ConsultRefused
from zorgbalie.kernel.ids import ConsultAttachmentId, ConsultId, PersonId

MOST_FILES = 10
"""Files with one text. A practice does not choose it: it bounds what somebody has to look through."""
MOST_BYTES = 60_000_000
"""Bytes of all files with one text. Of one file: the setting DOCUMENT_MAX_BYTES, as of documents."""
LONGEST_SIDE = 4096
"""Points on a side of a photo that is kept: as sharp as the camera of a phone."""
THUMBNAIL_SIDE = 480
UNSENT_DAYS = 30
"""How long a file is kept that was never sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """To which question a file belongs. `patient_id`: whose, at the desk; the portal knows of itself for whom it is."""

    consult_id: ConsultId
    patient_id: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFile:
    """A file as it was handed over: nothing of it is believed yet."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A photo or file as both sides see it. `size` in bytes; `is_infected`: a virus was found later, it stays shut."""

    attachment_id: ConsultAttachmentId
    file_name: str
    media_type: str
    size: int
    is_infected: bool = False

    @property
    def is_image(self) -> bool:
        """Whether it is a picture that we drew ourselves, which a page may show."""
        return self.media_type in ("image/jpeg", "image/png")


@dataclass(frozen=True, kw_only=True, slots=True)
class SentAttachment:
    """A file that was sent, for who keeps it elsewhere. `virus_state` as of documents (record.types.documents)."""

    attachment_id: ConsultAttachmentId
    file_name: str
    media_type: str
    size: int
    sha256: str
    virus_state: str
    is_of_patient: bool
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachmentFile:
    """The file itself."""

    name: str
    media_type: str
    content: bytes


class FileNotTaken(ConsultRefused):
    """The file is not of a kind that is kept, is not safe, or is one too many."""


class FileNotChecked(ConsultRefused):
    """The virus scanner gave no answer yet: the file is there, and cannot be opened now."""
