"""Images are drawn anew from their points: what else was in the file (place, maker, thumbnail, a second file) is gone.

The size is read from the header and bounded before anything is unpacked, so a small file cannot fill the memory.
"""

import io
import warnings
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageOps, UnidentifiedImageError

from zorgbalie.integrations.files.types import FileFault, FileRefused, FileType

MAX_PIXELS = 40_000_000
"""Points of an image; a camera of 40 megapixels. Four bytes each, twice: 320 MB while one is drawn anew."""

_MAX_SIDE = 16_000
_QUALITY = 88
_FORMATS = ("JPEG", "PNG", "WEBP")
# One thread of its own in each process. Together six large photos took 1.9 GB; one by one, but each in the thread of
# its request, every thread kept what the C library had set aside: 1.5 GB (security row 27: below 500 MB).
_EASEL = ThreadPoolExecutor(max_workers=1, thread_name_prefix="redraw")

_BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, MemoryError, OverflowError)


def redraw_image(content: bytes) -> tuple[FileType, bytes]:
    """The image in its upright position as JPEG, or PNG where it was one or is see-through. Raises FileRefused."""
    try:
        return _EASEL.submit(_redraw_quietly, content).result()
    except Image.DecompressionBombError:
        raise FileRefused(FileFault.IMAGE_TOO_LARGE) from None
    except UnidentifiedImageError:
        raise FileRefused(FileFault.BROKEN) from None
    except _BROKEN:
        raise FileRefused(FileFault.BROKEN) from None


def _redraw_quietly(content: bytes) -> tuple[FileType, bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of broken notes in the file; they are not kept
        return _redraw(content)


def _redraw(content: bytes) -> tuple[FileType, bytes]:
    points, as_png = _points(content)
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


def _points(content: bytes) -> tuple[Image.Image, bool]:
    """The upright image in the colours in which it is kept, and whether as PNG."""
    source = Image.open(io.BytesIO(content), formats=_FORMATS)
    width, height = source.size
    if width * height > MAX_PIXELS or max(width, height) > _MAX_SIDE:
        raise FileRefused(FileFault.IMAGE_TOO_LARGE)
    # Seen through or drawn with few colours: PNG keeps that as it is. The first picture alone of a moving one.
    as_png = source.format == "PNG" or "transparency" in source.info or source.mode in {"RGBA", "LA", "PA"}
    source.load()
    ImageOps.exif_transpose(source, in_place=True)
    mode = _mode(source, as_png)
    return (source if source.mode == mode else source.convert(mode)), as_png


def _mode(image: Image.Image, as_png: bool) -> str:
    """Grey stays grey; all else becomes colour, with how far it is see-through where that can be kept."""
    if image.mode in {"1", "L"} and "transparency" not in image.info:
        return "L"
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    return "RGBA" if as_png and see_through else "RGB"
