"""Files that are sent to us: no more of one is taken in than may be kept, whoever sends it and to whichever page.

Django writes what is sent to a temporary file before any page or right was looked at; without a bound anybody could
fill the disk (security rows 27 and 33).
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

_ALLOWANCE = 1_000_000
"""Bytes above the bound that are still taken in, so that the action tells of a file that is just too large."""
_MOST_AT_ONCE = 4
"""How many times the bound all files of one request together may be."""


class BoundedUpload(FileUploadHandler):
    """The first of the handlers: lets go of a file that is larger than a document may be."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._left = settings.DOCUMENT_MAX_BYTES + _ALLOWANCE
        self._left_in_all = _MOST_AT_ONCE * self._left

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A further file of the same request; each has the same bound, and all together have one."""
        super().new_file(*args, **kwargs)
        self._left = settings.DOCUMENT_MAX_BYTES + _ALLOWANCE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count a piece and hand it on. Raises SkipFile: the rest is read and thrown away."""
        self._left -= len(raw_data)
        self._left_in_all -= len(raw_data)
        if self._left < 0 or self._left_in_all < 0:
            cut = [*cut_names(request=self.request), self.file_name or ""]
            self.request.uploads_cut = cut  # type: ignore[union-attr]  # for the page that asked for the files
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing: the handlers after this one keep the file."""


def was_cut(*, request: HttpRequest) -> bool:
    """Whether a file of this request was let go because it is too large."""
    return bool(cut_names(request=request))


def cut_names(*, request: HttpRequest | None) -> list[str]:
    """What the browser called the files of this request that were let go."""
    return getattr(request, "uploads_cut", [])
