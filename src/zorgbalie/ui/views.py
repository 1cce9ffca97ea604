"""The two choices about how pages look: colours and language. They need no sign-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zorgbalie.ui.context import THEMES, theme_cookie_name

YEAR = 365 * 24 * 60 * 60


def _next_address(*, request: HttpRequest) -> str:
    """Where to go back to: an own address or the front page, never a foreign host (security row 31)."""
    address = request.POST.get("next", "")
    allowed = {request.get_host()}
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed, request.is_secure()):
        return address
    return "/"


def _remember(response: HttpResponseBase, *, name: str, value: str) -> None:
    """Set a cookie about looks; it holds no person's data, and script cannot read it."""
    response.set_cookie(name, value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie; an unknown value changes nothing."""
    response = redirect(_next_address(request=request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        _remember(response, name=theme_cookie_name(), value=theme)
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie; an unknown value changes nothing."""
    response = redirect(_next_address(request=request))
    language = request.POST.get("language", "")
    if translation.check_for_language(language) and language in dict(settings.LANGUAGES):
        _remember(response, name=settings.LANGUAGE_COOKIE_NAME, value=language)
    return response
