"""Render small templates and whole style guide pages for the tests, without a server or a database."""

from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from zorgbalie.ui import styleguide

PAGES = styleguide.TEMPLATES


def fragment(source: str, query: dict[str, str] | None = None, **values: object) -> str:
    """Render template source after ``{% load ui %}``."""
    request = RequestFactory().get("/lijst/", query or {})
    return engines["django"].from_string("{% load ui %}" + source).render(values, request)


def page(template: str, *, theme: str = "auto", **extra: object) -> str:
    """Render a page of the style guide with its sample values."""
    request = RequestFactory().get("/stijl/", {"sort": "when"})
    request.COOKIES["theme"] = request.COOKIES["__Host-theme"] = theme
    return render_to_string(template, styleguide.context() | extra, request)
