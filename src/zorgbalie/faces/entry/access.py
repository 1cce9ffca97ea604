"""What views of every face share about signing in: which pages need no sign-in, and the request as views see it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import HttpRequest
from django.urls import ResolverMatch

from zorgbalie.kernel.viewer import Viewer

View = TypeVar("View", bound=Callable[..., object])

# Choices about looks: they show and change nothing of a person.
_PUBLIC_NAMESPACES = {"ui"}


class FaceRequest(HttpRequest):
    """A request behind the middleware of a face: `viewer` is who looks, `now` the moment of the request."""

    viewer: Viewer
    now: datetime


def public_page(view: View) -> View:
    """Mark a view that answers without sign-in. Every other view is closed."""
    view.public_page = True  # type: ignore[attr-defined]  # read by the middleware
    return view


def is_public(match: ResolverMatch) -> bool:
    """Whether an address answers without sign-in."""
    return match.namespace in _PUBLIC_NAMESPACES or bool(getattr(match.func, "public_page", False))
