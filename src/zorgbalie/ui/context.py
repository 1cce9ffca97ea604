"""Context processor for the look of the page."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")


def theme_cookie_name() -> str:
    """Name the cookie; with secure cookies it carries the prefix that ties it to this host."""
    return "__Host-theme" if settings.SESSION_COOKIE_SECURE else "theme"


def appearance(request: HttpRequest) -> dict[str, str]:
    """Give ``ui_theme`` to every template, so that the server renders the chosen colours at once."""
    theme = request.COOKIES.get(theme_cookie_name(), "auto")
    return {"ui_theme": theme if theme in THEMES else "auto"}
