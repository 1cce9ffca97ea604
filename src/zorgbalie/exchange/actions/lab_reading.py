"""Getting laboratory files from disk, within bounds. One file that cannot be read does not keep the others out."""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from zorgbalie.exchange.lab.outcome import RefusedFile
from zorgbalie.exchange.types import DossierRefused

MAX_FILE = 20_000_000
"""Bytes of one file; a day of reports for a large practice is below 5 MB."""

MAX_FILES = 20_000


def list_files(*, paths: Sequence[Path]) -> list[Path]:
    """The files to read, those of a folder by name, without links and hidden ones. Raises DossierRefused."""
    found: list[Path] = []
    for path in paths:
        for file in sorted(_below(path)) if path.is_dir() else [path]:
            found.append(file)
            if len(found) > MAX_FILES:
                raise DossierRefused(f"more than {MAX_FILES} files")
    if not found:
        raise DossierRefused("no file was given")
    return found


def read_file(*, path: Path) -> bytes | RefusedFile:
    """The bytes of a file, or why it is refused."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return RefusedFile(file=str(path), reason="not a file")
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except OSError as error:
        return RefusedFile(file=str(path), reason=f"cannot be read: {error.strerror}")
    except ValueError:
        return RefusedFile(file=repr(str(path))[:200], reason="not the name of a file")
    if len(data) > MAX_FILE:
        return RefusedFile(file=str(path), reason=f"larger than {MAX_FILE // 1_000_000} MB")
    if not data.strip():
        return RefusedFile(file=str(path), reason="the file is empty")
    return data


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path
