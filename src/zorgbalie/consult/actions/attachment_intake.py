"""What is done with a photo or file before it is kept with a question: as with documents, in words for who asks."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from zorgbalie.consult.types import LONGEST_SIDE, THUMBNAIL_SIDE, FileNotTaken, NewFile
from zorgbalie.integrations.files import CheckedFile, FileFault, FileRefused, FileType, check_file, draw_thumbnail
from zorgbalie.record.actions.document_intake import scan_file
from zorgbalie.record.types.documents import VirusState

FIELD = "attachments"


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """A file that may be kept. `thumbnail` is None for what is no image."""

    file: CheckedFile
    thumbnail: bytes | None
    virus_state: VirusState
    sha256: str


def take_in(*, file: NewFile) -> Intake:
    """Check a file, and draw an image anew. Raises FileNotTaken with a sentence that says what to do instead.

    Source: security rows 27, 28, 30.
    """
    try:
        kept = check_file(
            name=file.name, content=file.content, max_bytes=settings.DOCUMENT_MAX_BYTES, longest_side=LONGEST_SIDE
        )
        is_image = kept.type in (FileType.JPEG, FileType.PNG)
        small = draw_thumbnail(content=kept.content, longest_side=THUMBNAIL_SIDE) if is_image else None
    except FileRefused as refusal:
        raise FileNotTaken(words_of(fault=refusal.fault), field=FIELD) from None
    return Intake(
        file=kept,
        thumbnail=small,
        virus_state=scan_file(content=kept.content),
        sha256=hashlib.sha256(kept.content).hexdigest(),
    )


def virus_found() -> FileNotTaken:
    """The refusal of a file with a virus."""
    return FileNotTaken(_("In dit bestand zit een virus. Het is niet bewaard."), field=FIELD)


def words_of(*, fault: FileFault) -> str:
    """Why a file is not taken, and what would help; in words for patients, which staff read too."""
    return {
        FileFault.EMPTY: _("Dit bestand is leeg. Kies een ander bestand."),
        FileFault.TOO_LARGE: _("Dit bestand is te groot. Het mag %(most)s MB zijn.")
        % {"most": settings.DOCUMENT_MAX_BYTES // 1_000_000},
        FileFault.UNKNOWN_TYPE: _("Dit soort bestand kan hier niet. Kies een foto of een PDF."),
        FileFault.OFFICE_OR_ARCHIVE: _("Een Word-, Excel- of zip-bestand kan hier niet. Bewaar het als PDF."),
        FileFault.WEB_PAGE: _("Een webpagina kan hier niet. Kies een foto of een PDF."),
        FileFault.PHONE_IMAGE: _("Een filmpje kan hier niet, en deze soort foto ook niet. Kies een andere foto."),
        FileFault.SCAN_IMAGE: _("Deze scan heeft meer bladzijden. Bewaar hem als PDF."),
        FileFault.MOVING_IMAGE: _("Een bewegend plaatje kan hier niet. Kies een gewone foto."),
        FileFault.WRONG_EXTENSION: _("De naam van dit bestand past niet bij wat erin zit. Kies een ander bestand."),
        FileFault.BROKEN: _("Dit bestand is kapot. Maak of kies een nieuwe foto of PDF."),
        FileFault.IMAGE_TOO_LARGE: _("Deze foto heeft te veel beeldpunten. Maak de foto kleiner, of maak een nieuwe."),
        FileFault.PDF_ACTIVE: _("In deze PDF zit een programma of een ander bestand. Bewaar hem opnieuw als PDF."),
        FileFault.PDF_LOCKED: _("Op deze PDF zit een slot of wachtwoord. Kies een PDF zonder slot."),
        FileFault.PDF_HIDDEN: _("Deze PDF kunnen wij niet controleren. Bewaar hem opnieuw als PDF."),
    }[fault]
