"""Icons as inline SVG, so that they take the colour of the text and need no extra request.

Source: Tabler icons (MIT), vendored with their licence under ``static/ui/vendor/tabler-icons``.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parent / "static/ui/vendor/tabler-icons"


class UnknownIconError(LookupError):
    """A template names an icon that is not vendored; the message lists how to add it."""


@cache
def _shapes(name: str) -> SafeString:
    """Read the drawing inside the outer element of a vendored icon."""
    path = FOLDER / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        raise UnknownIconError(f"Icon {name!r} is not vendored; add it to ICONS in scripts/vendor_assets.py")
    inner = re.sub(r"</?svg[^>]*>", "", path.read_text()).strip()
    return mark_safe(inner)  # noqa: S308  (a vendored file, hash-checked by a test)


def icon(*, name: str, label: str = "", size: str = "md") -> SafeString:
    """Draw an icon; without a label it is hidden from screen readers.

    Raises:
        UnknownIconError: the name is not among the vendored files.
    """
    common = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    common += 'stroke-linejoin="round" focusable="false"'
    attributes = mark_safe(common)  # noqa: S308  (a constant)
    if label:
        return format_html(
            '<svg class="zb-icon zb-icon--{}" role="img" aria-label="{}" {}>{}</svg>',
            size,
            label,
            attributes,
            _shapes(name),
        )
    return format_html(
        '<svg class="zb-icon zb-icon--{}" aria-hidden="true" {}>{}</svg>', size, attributes, _shapes(name)
    )
