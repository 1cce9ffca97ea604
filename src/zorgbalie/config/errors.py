"""Error pages: one plain sentence, a next step, no codes and no details (ux 29, security row 38)."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist

from zorgbalie.faces.entry.typed_texts import typed_texts


def _page(request: HttpRequest, name: str, status: int, **words: object) -> HttpResponse:
    try:
        return render(request, f"errors/{name}.html", {"face": getattr(request, "face", ""), **words}, status=status)
    except TemplateDoesNotExist:
        raise
    except Exception:
        return HttpResponse("Er is een probleem. Probeer het later opnieuw.", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when it is too large to be read (security row 33)."""
    return _page(request, "bad_request", 413 if isinstance(exception, RequestDataTooBig) else 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: staff without the right."""
    return _page(request, "not_allowed", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same for what does not exist and for what this viewer may not see."""
    return _page(request, "not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, "server_error", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database or the log cannot be reached; nothing is shown (security rows 42, 53)."""
    response = _page(request, "unavailable", 503)
    response["Retry-After"] = "10"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or came from elsewhere. What was typed on a page of ours is given back."""
    return _page(request, "form_expired", 403, texts=typed_texts(request))
