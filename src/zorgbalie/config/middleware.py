"""Middleware of both faces: headers on every answer, and one unit of work per request."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import Error as DatabaseError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from zorgbalie.access.wall import set_viewer, watched_memory
from zorgbalie.audit.scope import audit_scope
from zorgbalie.config import errors
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import Viewer

log = logging.getLogger("zorgbalie.request")
_GetResponse = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Headers that Django and the CSP library do not set, on every answer of every kind (security row 34)."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what is missing to the answer."""
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        elif "public" in response["Cache-Control"]:
            _take_person_out(response)
        return response


def _take_person_out(response: HttpResponse) -> None:
    """What a shared cache may keep is the same for everybody: no cookie goes along, none chooses it (A6, row 36)."""
    response.cookies.clear()
    chosen_by = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in chosen_by if name.lower() == "accept-encoding"]
    if kept:
        response["Vary"] = ", ".join(kept)
    else:
        del response["Vary"]


class TypedQueryMiddleware:
    """Takes the NUL out of the query part of every address (security row 32).

    Nobody can type it, and PostgreSQL refuses it in a text: one search box that hands it on would give 503. Fields of a
    POST need nothing here, because form fields refuse it with a message of their own.
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean the query before anybody reads it."""
        query: str = request.META.get("QUERY_STRING", "")
        while "%00" in query:  # once is not enough: taking it out of `%%0000` leaves another one
            query = query.replace("%00", "")
        request.META["QUERY_STRING"] = query
        return self.get_response(request)


class UnitOfWorkMiddleware:
    """Runs a view in one transaction as `request.viewer`, and stores its log lines before the answer leaves.

    A failure of the view rolls its changes back and keeps the lines. When the lines cannot be stored the answer is
    503: no line, no look (security row 42).
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the view; store its lines; or give 503."""
        try:
            goes_on = transaction.get_connection().in_atomic_block
            with watched_memory(), transaction.atomic(), audit_scope() as scope:
                viewer: Viewer | None = getattr(request, "viewer", None)
                set_viewer(viewer)
                savepoint = transaction.savepoint()
                response = self.get_response(request)
                if getattr(request, "work_failed", False) or response.status_code >= 500:
                    transaction.savepoint_rollback(savepoint)
                    set_viewer(viewer)
                else:
                    transaction.savepoint_commit(savepoint)
                scope.store()
                if goes_on:
                    # The names live as long as the transaction: only one that we did not begin still knows them.
                    set_viewer(None)
                return response
        except DatabaseError:
            log.exception("unit_of_work.failed")
            request.work_failed = True  # type: ignore[attr-defined]  # what stands around the page is not shown either
            return errors.unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn our refusals into their pages; mark every failure so that the work is rolled back."""
        with suppress(AttributeError):
            request.work_failed = True  # type: ignore[attr-defined]  # see above
        if isinstance(exception, NotVisible):
            return errors.not_found(request)
        if isinstance(exception, NotAllowed):
            return errors.not_allowed(request)
        if isinstance(exception, DatabaseError):
            log.error("request.database_error", extra={"kind": type(exception).__name__})
            return errors.unavailable(request)
        return None
