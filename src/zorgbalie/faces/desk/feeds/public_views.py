"""What a calendar program reads: no sign-in, no cookie; a secret address that its owner can take back."""

from typing import cast

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zorgbalie.agenda.actions.feeds import read_feed
from zorgbalie.faces.entry.access import FaceRequest, public_page
from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.kernel.errors import NotVisible

MOST_WRONG = 100
_HOUR = 3600


@public_page
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The agenda, or that it did not change; 404 for a secret that is unknown, taken back or no longer allowed.

    Not raised but returned: a count of wrong secrets must outlive the refusal. A secret cannot be guessed; the bound
    keeps who tries from asking the database without end, and leaves room for colleagues behind the same address whose
    programs still ask for what was taken back.
    """
    asked = cast(FaceRequest, request)
    address = network_address(asked)
    if _wrong(address) >= MOST_WRONG:
        return HttpResponse(status=429, headers={"Retry-After": str(_HOUR), "Cache-Control": "no-store"})
    try:
        found = read_feed(secret=secret, known_tag=_known_tag(asked), address=address, now=asked.now)
    except NotVisible:
        _count_wrong(address)
        return HttpResponse(status=404, headers={"Cache-Control": "no-store"})
    headers = {
        "ETag": f'"{found.tag}"',
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if found.content is None:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return HttpResponse(found.content, content_type="text/calendar; charset=utf-8", headers=headers)


def _known_tag(request: HttpRequest) -> str:
    """The version that the program has; a proxy that packs answers makes it a weak one."""
    return request.headers.get("If-None-Match", "").strip().removeprefix("W/").strip('"')[:64]


def _key(address: str) -> str:
    return f"agenda.feed.wrong:{address}"


def _wrong(address: str) -> int:
    return int(cache.get(_key(address)) or 0)


def _count_wrong(address: str) -> None:
    if not cache.add(_key(address), 1, _HOUR):
        cache.incr(_key(address))
