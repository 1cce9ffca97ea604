"""Makes the viewer of each request at the portal; sends who is not signed in to the sign-in page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zorgbalie.faces.entry.access import is_public
from zorgbalie.faces.entry.addresses import network_address
from zorgbalie.faces.entry.patient_session import has_ended, note_seen, viewer_from
from zorgbalie.faces.entry.typed_texts import give_back, typed_texts
from zorgbalie.kernel.clock import current_moment


class PatientViewerMiddleware:
    """Sets `request.now` and `request.viewer` (None when nobody is signed in). Every page is closed by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the viewer, and hand the request on."""
        now = current_moment()
        request.face = "portal"  # type: ignore[attr-defined]  # becomes a FaceRequest here
        request.now = now  # type: ignore[attr-defined]  # becomes a FaceRequest here
        request.viewer = None  # type: ignore[attr-defined]  # becomes a FaceRequest here
        if request.session.get("person_id"):
            if has_ended(request.session, now=now):
                request.session.flush()
                request.session_ended = True  # type: ignore[attr-defined]  # becomes a FaceRequest here
            else:
                note_seen(request.session, now=now)
                request.viewer = viewer_from(  # type: ignore[attr-defined]  # becomes a FaceRequest here
                    request.session, address=network_address(request)
                )
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send anonymous visitors to sign-in, and remember where a reader wanted to go."""
        match = request.resolver_match
        if getattr(request, "viewer", None) is not None or (match is not None and is_public(match)):
            return None
        if request.method == "GET" and match is not None and _is_page(request):
            request.session["next"] = request.get_full_path()[:500]
        ended = "?beeindigd=1" if getattr(request, "session_ended", False) else ""
        texts = typed_texts(request)
        if texts:
            return give_back(request, texts=texts, sign_in=reverse("entry_sign_in"))
        return redirect(reverse("entry_sign_in") + ended)


def _is_page(request: HttpRequest) -> bool:
    """Whether somebody went there: a picture or a part of a page that asked by itself is no place to come back to."""
    wanted_for = request.headers.get("Sec-Fetch-Dest", "document")
    return wanted_for == "document" and not request.headers.get("HX-Request")
