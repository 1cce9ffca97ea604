"""File names of strangers, made harmless: no path, no line break, nothing that turns the direction of reading."""

import re
import unicodedata

_LONGEST = 100
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_FORBIDDEN = set("<>:\"|?*%;`$&'")


def clean_file_name(*, name: str, extension: str) -> str:
    """A name with this extension (without a dot): the last part of a path, of letters that stay where they are put.

    Characters of the categories control, format (that turns the direction, joins or hides), surrogate and private use
    are left out, so a name cannot break a header, a log line or a screen (security rows 27 and 30).
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in _FORBIDDEN)
    stem = re.sub(r"\s+", " ", kept)
    if "." in stem:
        stem = stem.rpartition(".")[0]
    stem = stem.strip(" .-_")[:_LONGEST].strip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = "document"
    return f"{stem}.{extension}"


def extension_of(*, name: str) -> str:
    """The extension as stated, in small letters; empty when there is none. Hidden characters do not count."""
    seen = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip(" .")
    _, dot, extension = re.split(r"[\\/]", seen)[-1].rpartition(".")
    return extension.lower() if dot else ""
