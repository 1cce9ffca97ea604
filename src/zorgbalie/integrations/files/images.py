"""Images are drawn anew from their points: what else was in the file (place, maker, thumbnail, a second file) is gone.

The size is read from the header and bounded before anything is unpacked, so a small file cannot fill the memory.
"""

import io
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from zorgbalie.integrations.files.types import FileFault, FileRefused, FileType

MAX_PIXELS = 40_000_000
"""Points of an image; a camera of 40 megapixels. Four bytes each, twice: 320 MB while one is drawn anew."""

MAX_SIDE = 16_000
"""Points on a side; no camera has more."""

_QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "TIFF", "GIF")
# A film, or a scan of many pages, would be kept as its first picture alone: it is refused instead. Photos of a phone
# and of some cameras (HEIF, MPO) hold a second picture that is no part of what was photographed.
_ONE_PICTURE = {"PNG": FileFault.MOVING_IMAGE, "WEBP": FileFault.MOVING_IMAGE, "GIF": FileFault.MOVING_IMAGE,
                "TIFF": FileFault.SCAN_IMAGE}  # fmt: skip
# One thread of its own in each process. Together six large photos took 1.9 GB; one by one, but each in the thread of
# its request, every thread kept what the C library had set aside: 1.5 GB (security row 27: below 500 MB).
_EASEL = ThreadPoolExecutor(max_workers=1, thread_name_prefix="redraw")

_BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, MemoryError, OverflowError,
           RuntimeError, AttributeError, ZeroDivisionError)  # fmt: skip
_Drawn = TypeVar("_Drawn")

# The one place where photos of phones become known to Pillow: their picture alone, no depth map and no second image.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def redraw_image(content: bytes, *, longest_side: int = MAX_SIDE) -> tuple[FileType, bytes]:
    """The image in its upright position as JPEG, or PNG where it was one or is see-through; smaller if it is larger.

    Raises FileRefused.
    """
    return _at_the_easel(lambda: _redraw(content, longest_side))


def draw_thumbnail(*, content: bytes, longest_side: int) -> bytes:
    """A small JPEG of an image that was drawn anew before. Raises FileRefused."""
    return _at_the_easel(lambda: _thumbnail(content, longest_side))


def _at_the_easel(draw: Callable[[], _Drawn]) -> _Drawn:
    try:
        return _EASEL.submit(_quietly, draw).result()
    except Image.DecompressionBombError:
        raise FileRefused(FileFault.IMAGE_TOO_LARGE) from None
    except UnidentifiedImageError:
        raise FileRefused(FileFault.BROKEN) from None
    except _BROKEN:
        raise FileRefused(FileFault.BROKEN) from None


def _quietly(draw: Callable[[], _Drawn]) -> _Drawn:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of broken notes in the file; they are not kept
        return draw()


def _redraw(content: bytes, longest_side: int) -> tuple[FileType, bytes]:
    points, as_png = _points(content, longest_side)
    # Pasted on an empty sheet: the points alone come along. Two sheets at a time, never more, stand in the memory.
    clean = Image.new(points.mode, points.size)
    clean.paste(points)
    del points
    out = io.BytesIO()
    if as_png:
        clean.save(out, "PNG", compress_level=3)
        return FileType.PNG, out.getvalue()
    clean.save(out, "JPEG", quality=_QUALITY)
    return FileType.JPEG, out.getvalue()


def _thumbnail(content: bytes, longest_side: int) -> bytes:
    source = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    source.draft("RGB", (longest_side, longest_side))  # a JPEG is unpacked at a part of its size
    source.thumbnail((longest_side, longest_side))
    sheet = Image.new("RGB", source.size, "white")
    sheet.paste(source, mask=source.getchannel("A") if source.mode == "RGBA" else None)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _points(content: bytes, longest_side: int) -> tuple[Image.Image, bool]:
    """The upright image in the colours in which it is kept, and whether as PNG."""
    source = Image.open(io.BytesIO(content), formats=_FORMATS)
    if max(source.size) > MAX_SIDE:
        raise FileRefused(FileFault.IMAGE_TOO_LARGE)
    if source.format in {"JPEG", "MPO"} and max(source.size) > longest_side:
        # Unpacked at a half or a quarter of its sides: a photo of 100 megapixels can be taken too.
        part = longest_side / max(source.size)
        source.draft(None, (round(source.width * part), round(source.height * part)))
    width, height = source.size
    if width * height > MAX_PIXELS:
        raise FileRefused(FileFault.IMAGE_TOO_LARGE)
    if source.format in _ONE_PICTURE and getattr(source, "n_frames", 1) > 1:
        raise FileRefused(_ONE_PICTURE[source.format])
    # Seen through or drawn with few colours: PNG keeps that as it is.
    as_png = source.format in {"PNG", "GIF"} or _is_see_through(source) or source.mode == "1"
    source.load()
    ImageOps.exif_transpose(source, in_place=True)
    mode = _mode(source, as_png)
    drawn = source if source.mode == mode else source.convert(mode)
    if max(drawn.size) > longest_side:
        drawn.thumbnail((longest_side, longest_side))
    return drawn, as_png


def _is_see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _mode(image: Image.Image, as_png: bool) -> str:
    """Grey stays grey; all else becomes colour, with how far it is see-through where that can be kept."""
    if image.mode in {"1", "L"} and "transparency" not in image.info:
        return "L"
    return "RGBA" if as_png and _is_see_through(image) else "RGB"
