"""Getting the files of a dossier from disk, within bounds, before anything is done with them."""

import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zorgbalie.exchange.rules.bundle import take_apart
from zorgbalie.exchange.rules.json_file import read_json
from zorgbalie.exchange.rules.patient import drop_without_patient, find_patient
from zorgbalie.exchange.rules.xml_file import read_xml
from zorgbalie.exchange.types import BrokenFile, Document, Dossier, DossierRefused

MAX_BYTES = 100_000_000
"""Of all files of one import together; a full GP dossier with 10,000 results is below 40 MB."""

MAX_FILES = 50_000
_SUFFIXES = frozenset({".json", ".xml"})


def read_dossier(*, paths: Sequence[Path]) -> Dossier:
    """Read files and folders (their .json and .xml files) as one dossier of one patient.

    Raises: BrokenFile, WrongPatient, DossierRefused; nothing was stored yet.
    """
    files = list(_files(paths))
    if not files:
        raise DossierRefused("no .json or .xml file was given")
    documents = list(_documents(files))
    parts = take_apart(documents=documents)
    patient = find_patient(parts=parts)
    drop_without_patient(parts=parts)
    return Dossier(
        files=tuple(str(path) for path in files),
        resources=tuple(parts.resources.values()),
        patient=patient,
        refusals=tuple(parts.refusals),
        repeated=parts.repeated,
        notes=tuple(parts.notes),
        references={key: tuple(found) for key, found in parts.references.items() if key in parts.resources},
    )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    count = 0
    for path in paths:
        for found in sorted(_below(path)) if path.is_dir() else [path]:
            count += 1
            if count > MAX_FILES:
                raise DossierRefused(f"more than {MAX_FILES} files")
            yield found


def _below(folder: Path) -> Iterator[Path]:
    """The dossier files in a folder; links that lead out of it are not followed."""
    for path in folder.rglob("*"):
        if path.suffix.lower() in _SUFFIXES and not path.is_symlink():
            yield path


def _documents(files: Iterable[Path]) -> Iterator[Document]:
    left = MAX_BYTES
    for path in files:
        data = _bytes(path, left)
        left -= len(data)
        yield read_document(data=data, file=str(path))


def read_document(*, data: bytes, file: str) -> Document:
    """One file, JSON or XML by its first sign. Raises BrokenFile with the place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BrokenFile("not UTF-8", place=f"{file}: line {line}, byte {error.start + 1}") from None
    start = text.lstrip()[:1]
    if start == "<":
        return Document(file=file, content=read_xml(text=text, file=file))
    if not start:
        raise BrokenFile("the file is empty", place=file)
    return Document(file=file, content=read_json(text=text, file=file))


def _bytes(path: Path, most: int) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BrokenFile("not a file", place=str(path))
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise BrokenFile(f"cannot be read: {error.strerror}", place=str(path)) from None
    except ValueError:
        raise BrokenFile("not the name of a file", place=repr(str(path))[:200]) from None
    if len(data) > most:
        raise BrokenFile(f"more than {MAX_BYTES // 1_000_000} MB in one import; split the dossier", place=str(path))
    return data
