"""A stored file as an answer: saved, never shown within our pages, and powerless should a browser show it all the same.

Set here, not by a proxy alone (security rows 8 and 27). A part of a file is never given: a request for a range gets
the whole answer, or the refusal that any other request would get.
"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"


_SHOWN = ("image/jpeg", "image/png")
# Browsers centre an image that is opened by itself with a style of their own; it holds no text to give a style to.
_PICTURE_POLICY = _POLICY.replace("default-src 'none';", "default-src 'none'; style-src 'unsafe-inline';")


def picture(*, name: str, media_type: str, content: bytes) -> HttpResponse:
    """An image that we drew ourselves, for a page of ours to show; anything else is saved, as `download` does."""
    answer = download(name=name, media_type=media_type, content=content)
    if media_type in _SHOWN:
        answer["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or "inline"
        answer["Content-Security-Policy"] = _PICTURE_POLICY
    return answer


def download(*, name: str, media_type: str, content: bytes) -> HttpResponse:
    """The file under its cleaned name. `media_type` is one that we found ourselves."""
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["Content-Security-Policy"] = _POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer["Accept-Ranges"] = "none"
    return answer
