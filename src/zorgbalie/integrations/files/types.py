"""What checking a file gives, and how it refuses. No sentence for a screen stands here: each face has its own words."""

from dataclasses import dataclass
from enum import StrEnum


class FileType(StrEnum):
    """The types that are kept, by the media type with which they are served."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TEXT = "text/plain"


class FileFault(StrEnum):
    """Why a file is not kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    OFFICE_OR_ARCHIVE = "office_or_archive"
    WEB_PAGE = "web_page"
    PHONE_IMAGE = "phone_image"
    SCAN_IMAGE = "scan_image"
    MOVING_IMAGE = "moving_image"
    WRONG_EXTENSION = "wrong_extension"
    BROKEN = "broken"
    IMAGE_TOO_LARGE = "image_too_large"
    PDF_ACTIVE = "pdf_active"
    PDF_LOCKED = "pdf_locked"
    PDF_HIDDEN = "pdf_hidden"


class FileRefused(Exception):
    """A file is not kept."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedFile:
    """A file as it may be kept: `content` can differ from what came (images, texts); `name` is safe in a header."""

    type: FileType
    name: str
    content: bytes
