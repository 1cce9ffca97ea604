"""What is done with a file before it is kept: what it is, whether it is safe, whether it has a virus (rows 27, 28)."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from zorgbalie.integrations.files import (
    CheckedFile,
    FileFault,
    FileRefused,
    FileType,
    check_file,
    clean_file_name,
    clean_text,
)
from zorgbalie.integrations.virus import ScanResult, scan
from zorgbalie.record.types.documents import FileNotKept, VirusState


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """A file that may be kept, and what is known of viruses in it."""

    file: CheckedFile
    virus_state: VirusState
    sha256: str


def take_in(*, name: str, content: bytes) -> Intake:
    """Check a file. Raises FileNotKept, with a sentence that says what to do instead."""
    try:
        file = check_file(name=name, content=content, max_bytes=settings.DOCUMENT_MAX_BYTES)
    except FileRefused as refusal:
        raise FileNotKept(_words(refusal.fault), field="file") from None
    return Intake(
        file=file, virus_state=scan_file(content=file.content), sha256=hashlib.sha256(file.content).hexdigest()
    )


def take_in_text(*, name: str, text: str) -> Intake:
    """A text that we took out of a message ourselves: it is text by making, so its words are not judged."""
    content = clean_text(text=text).encode()
    file = CheckedFile(type=FileType.TEXT, name=clean_file_name(name=name, extension="txt"), content=content)
    return Intake(file=file, virus_state=scan_file(content=content), sha256=hashlib.sha256(content).hexdigest())


def scan_file(*, content: bytes) -> VirusState:
    """What the scanner says of a file; `unchecked` where this installation has none."""
    found = scan(content=content, address=settings.CLAMD_ADDRESS, timeout=settings.CLAMD_TIMEOUT)
    return {
        ScanResult.CLEAN: VirusState.CLEAN,
        ScanResult.INFECTED: VirusState.INFECTED,
        ScanResult.NO_SCANNER: VirusState.UNCHECKED,
        ScanResult.NO_ANSWER: VirusState.WAITING,
    }[found]


def virus_found() -> FileNotKept:
    """The refusal of a file with a virus."""
    return FileNotKept(
        _("In dit bestand zit een virus. Het is niet bewaard. Vraag de afzender om het opnieuw te sturen."),
        field="file",
    )


def too_large() -> FileNotKept:
    """The refusal of a file of which not even all was taken in."""
    return FileNotKept(_words(FileFault.TOO_LARGE), field="file")


def _words(fault: FileFault) -> str:
    return {
        FileFault.EMPTY: _("Dit bestand is leeg. Kies een ander bestand."),
        FileFault.TOO_LARGE: _("Dit bestand is te groot. Het mag %(most)s MB zijn.")
        % {"most": settings.DOCUMENT_MAX_BYTES // 1_000_000},
        FileFault.UNKNOWN_TYPE: _("Dit soort bestand kan hier niet. Gebruik een PDF, een foto (JPG of PNG) of tekst."),
        FileFault.OFFICE_OR_ARCHIVE: _("Een Word-, Excel- of zip-bestand kan hier niet. Sla het eerst op als PDF."),
        FileFault.WEB_PAGE: _("Een webpagina of tekening met code kan hier niet. Sla het eerst op als PDF."),
        FileFault.PHONE_IMAGE: _("Dit is een film of een foto in AVIF-vorm. Sla de foto eerst op als JPG."),
        FileFault.SCAN_IMAGE: _("Deze scan heeft meer bladzijden of een vorm die hier niet kan. Scan naar PDF."),
        FileFault.MOVING_IMAGE: _("Dit is een bewegend plaatje. Kies een foto die stilstaat."),
        FileFault.WRONG_EXTENSION: _(
            "De naam van het bestand past niet bij wat erin zit. Vraag de afzender wat dit voor bestand is."
        ),
        FileFault.BROKEN: _("Dit bestand is kapot en kan niet worden geopend. Kies een ander bestand."),
        FileFault.IMAGE_TOO_LARGE: _("Deze foto heeft te veel beeldpunten. Maak de foto eerst kleiner."),
        FileFault.PDF_ACTIVE: _(
            "In deze PDF zit een script, een formulier met code of een ander bestand. Print de brief opnieuw naar PDF."
        ),
        FileFault.PDF_LOCKED: _("Deze PDF heeft een wachtwoord of slot. Vraag om een PDF zonder slot."),
        FileFault.PDF_HIDDEN: _(
            "Deze PDF kunnen wij niet helemaal controleren. Print de brief opnieuw naar PDF en kies die."
        ),
    }[fault]
