"""What somebody typed in a form that could not be taken: given back, so that it is not lost (REQ 32; ux 8).

For who has no script: with script a text is stored while it is typed.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_SHORTEST = 15
_MOST_TEXTS = 10
_SECRETS = re.compile(r"token|sleutel|password|wachtwoord|code|secret", re.IGNORECASE)


def typed_texts(request: HttpRequest) -> list[str]:
    """The sentences in a form that was sent by hand from one of our own pages; empty for everything else.

    A form of another site is not repeated: its words would stand on our page as if they were the reader's.
    """
    headers = request.headers
    if request.method != "POST" or headers.get("HX-Request") or headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return []
    if not _is_from_here(request):
        return []
    sent = [value.replace("\0", "").strip() for name, value in _pairs(request) if not _SECRETS.search(name)]
    return [text for text in sent if len(text) >= _SHORTEST and " " in text][:_MOST_TEXTS]


def give_back(request: HttpRequest, *, texts: list[str], sign_in: str) -> HttpResponse:
    """The page with the texts, and the way to sign in again. 403: nothing was done."""
    return render(request, "entry/session_over.html", {"texts": texts, "sign_in": sign_in}, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in request.POST.lists() for value in values]
