"""A practice's own colours: shades derived from one brand colour, refused when hard to read.

The outcome is a style sheet that overrides a few properties of ``static/ui/css/tokens.css`` in the
light and in the dark theme. Source: WCAG 2.2 1.4.3 (4.5:1 for text) and 1.4.11 (3:1 for controls).
"""

import colorsys
import re
from collections.abc import Mapping

TEXT_CONTRAST = 4.5
CONTROL_CONTRAST = 3.0
WHITE = "#ffffff"
INK = "#0b1113"
LIGHT_SURFACES = ("#ffffff", "#f6f4ef", "#eeebe4")
DARK_SURFACES = ("#182326", "#0f1719", "#0b1113")


class ThemeError(ValueError):
    """A practice theme cannot be made; the message is for the manager who chose the colour."""


class NotAColourError(ThemeError):
    """The text is not a colour such as ``#0b5563``."""


def _channels(colour: str) -> tuple[float, float, float]:
    """Read ``#rrggbb`` as three fractions of one.

    Raises:
        NotAColourError: any other form, so that nothing else reaches a style sheet.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise NotAColourError(colour)
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(*, colour: str) -> float:
    """Give the relative luminance of WCAG, 0 (black) to 1 (white)."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(*, first: str, second: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21."""
    brighter, darker = sorted((luminance(colour=first), luminance(colour=second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def with_lightness(*, colour: str, lightness: float, saturation: float = 1.0) -> str:
    """Keep the hue and set the lightness (0 to 1); ``saturation`` multiplies the colour's own."""
    hue, _, own = colorsys.rgb_to_hls(*_channels(colour))
    channels = colorsys.hls_to_rgb(hue, lightness, min(1.0, own * saturation))
    return "#" + "".join(f"{round(one * 255):02x}" for one in channels)


def _until_readable(*, colour: str, against: tuple[str, ...], darker: bool) -> str:
    """Move the lightness in small steps until the colour reads on every surface."""
    steps = range(100) if darker else range(100, 0, -1)
    _, start, _ = colorsys.rgb_to_hls(*_channels(colour))
    order = sorted(steps, key=lambda step: abs(step / 100 - start))
    for step in order:
        shade = with_lightness(colour=colour, lightness=step / 100)
        if all(contrast(first=shade, second=one) >= TEXT_CONTRAST for one in against):
            return shade
    return INK if darker else WHITE


def _light(brand: str) -> dict[str, str]:
    tint = with_lightness(colour=brand, lightness=0.92, saturation=0.6)
    solid = _until_readable(colour=brand, against=(*LIGHT_SURFACES, tint), darker=True)
    _, lightness, _ = colorsys.rgb_to_hls(*_channels(solid))
    strong = with_lightness(colour=solid, lightness=lightness * 0.7)
    return {
        "--zb-brand": solid,
        "--zb-brand-strong": strong,
        "--zb-on-brand": WHITE,
        "--zb-action": solid,
        "--zb-action-hover": strong,
        "--zb-on-action": WHITE,
        "--zb-link": solid,
        "--zb-link-hover": strong,
        "--zb-tint": tint,
        "--zb-tint-hover": with_lightness(colour=brand, lightness=0.86, saturation=0.6),
        "--zb-on-tint": with_lightness(colour=brand, lightness=0.14),
        "--zb-rail": with_lightness(colour=brand, lightness=0.13, saturation=0.7),
        "--zb-rail-current": with_lightness(colour=brand, lightness=0.22, saturation=0.7),
    }


def _dark(brand: str) -> dict[str, str]:
    pale = with_lightness(colour=brand, lightness=0.78, saturation=0.8)
    tint = with_lightness(colour=brand, lightness=0.17, saturation=0.5)
    solid = _until_readable(colour=pale, against=(*DARK_SURFACES, tint), darker=False)
    deep = with_lightness(colour=brand, lightness=0.14, saturation=0.7)
    return {
        "--zb-brand": deep,
        "--zb-brand-strong": with_lightness(colour=brand, lightness=0.1, saturation=0.7),
        "--zb-on-brand": "#f4f8f9",
        "--zb-action": solid,
        "--zb-action-hover": with_lightness(colour=brand, lightness=0.87, saturation=0.8),
        "--zb-on-action": with_lightness(colour=brand, lightness=0.08),
        "--zb-link": solid,
        "--zb-link-hover": with_lightness(colour=brand, lightness=0.88, saturation=0.8),
        "--zb-tint": tint,
        "--zb-tint-hover": with_lightness(colour=brand, lightness=0.22, saturation=0.5),
        "--zb-on-tint": with_lightness(colour=brand, lightness=0.88, saturation=0.7),
        "--zb-rail": with_lightness(colour=brand, lightness=0.09, saturation=0.7),
        "--zb-rail-current": with_lightness(colour=brand, lightness=0.18, saturation=0.7),
    }


def practice_theme(*, brand: str) -> Mapping[str, Mapping[str, str]]:
    """Derive the light and the dark shades of a practice from its one colour.

    Raises:
        NotAColourError: ``brand`` is not of the form ``#rrggbb``.
    """
    return {"light": _light(brand), "dark": _dark(brand)}


def practice_theme_css(*, brand: str) -> str:
    """Write the practice's style sheet: only custom properties, under the selectors of the tokens.

    Raises:
        NotAColourError: ``brand`` is not of the form ``#rrggbb``.
    """
    theme = practice_theme(brand=brand)
    light, dark = ("".join(f"{name}:{value};" for name, value in theme[one].items()) for one in ("light", "dark"))
    return (
        f":root{{{light}}}\n"
        f'@media screen and (prefers-color-scheme:dark){{:root[data-theme="auto"]{{{dark}}}}}\n'
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}\n'
    )
