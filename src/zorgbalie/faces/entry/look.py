"""Where the style sheet of a practice's own colour is, for the frame of each face."""

import re

from django.urls import reverse

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def theme_href(*, colour: str) -> str:
    """The address of the sheet, which holds the colour, so that caches may keep it; empty without a colour."""
    colour = colour.lower()
    return reverse("entry_theme", args=[colour[1:]]) if _COLOUR.fullmatch(colour) else ""
