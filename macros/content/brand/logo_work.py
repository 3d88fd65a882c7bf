"""The work on one logo, in a process of its own: bytes in by standard input, JSON out.

The process may use no more than some seconds and some memory, and starts nothing. If it dies, the
logo is refused.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from macros.content.svg.images import opened
from macros.content.svg.plain import SIDE, Drawing, plain
from macros.content.svg.style import Unfit

WIDE, HIGH = 1100, 240  # as in logo.py, which the process does not load
MAX_DRAWING = 250_000  # bytes that every page asks for: above that, the site shows the picture
MAX_PICTURE = 60_000  # bytes of a picture in full colours: a Word file stays under 100 kB
_SECONDS, _MEMORY = 2, 500_000_000  # of the processor; of address space, libraries included
_PLANE = 4096.0  # where a drawing without a frame is looked for
_FONTS = Path(__file__).parents[3] / "docs" / "assets" / "fonts"
_PALE = 40  # of 255: how far a logo must be from white to be seen
# What WeasyPrint 70 draws otherwise than a browser, or not at all.
_NOT_ON_PAPER = {"mask", "filter", "pattern", "image", "marker", "mix-blend-mode"}
_NOT_ON_PAPER |= {"turned gradient"}


def main() -> None:
    """Read a logo from standard input, and write what it came to."""
    _limit()
    try:
        found = made(sys.stdin.buffer.read())
    except Unfit as unfit:
        found = {"found": unfit.found, "hint": unfit.hint}
    sys.stdout.write(json.dumps(found))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # a system without limits; the clock of the parent is left
        return
    for kind, most in ((resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_AS, _MEMORY)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def made(data: bytes) -> dict[str, Any]:
    """Return the logo of a file's content as JSON can hold it. Raises Unfit."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_drawing = start.startswith((b"<", b"\x1f\x8b")) or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return _from_drawing(data) if is_drawing else _from_picture(data)


def _from_picture(data: bytes) -> dict[str, Any]:
    image = opened(data)
    # A JPEG may be unpacked smaller than it is; the notes are about small ones, which are not.
    pixels = image.size
    image.thumbnail((WIDE, HIGH))
    return _result(image, pixels=pixels)


def _from_drawing(data: bytes) -> dict[str, Any]:
    drawing = plain(data)
    text = "text" in drawing.has
    with _fonts(text) as fonts:
        if drawing.frameless:
            _find_frame(drawing, fonts)
        svg = drawing.data()
        width, height = (float(drawing.root.get(side)) for side in ("width", "height"))
        image = drawn(svg, round(width * min(WIDE / width, HIGH / height)), fonts)
    fit = len(svg) <= MAX_DRAWING and not text
    return _result(
        image, drawing=svg if fit else b"", on_paper=not drawing.has & _NOT_ON_PAPER, text=text
    )


def drawn(svg: bytes, width: int, fonts: list[str]) -> Any:
    """Return a drawing as a Pillow image, `width` pixels wide, on a transparent ground.

    `fonts` are files; without any, text is left out.
    """
    import resvg_py
    from PIL import Image

    family = "Inter"
    png = resvg_py.svg_to_bytes(
        svg_string=svg.decode(), width=max(1, width), dpi=96, skip_system_fonts=True,
        font_files=fonts, font_family=family, serif_family=family, sans_serif_family=family,
        cursive_family=family, fantasy_family=family, monospace_family=family,
    )  # fmt: skip
    return Image.open(io.BytesIO(png)).convert("RGBA")


def _find_frame(drawing: Drawing, fonts: list[str]) -> None:
    """Give a drawing that says no size the frame that its shapes fill."""
    x = y = 0.0
    side = _PLANE
    for _ in range(3):  # each look is finer than the one before
        drawing.frame(x, y, side, side)
        box = drawn(drawing.data(), int(SIDE), fonts).getbbox()
        if box is None:
            raise Unfit("er tom: ingenting i den blir tegnet")
        dot = side / SIDE
        x, y = x + (box[0] - 1) * dot, y + (box[1] - 1) * dot
        width, height = (box[2] - box[0] + 2) * dot, (box[3] - box[1] + 2) * dot
        side = max(width, height)
    drawing.frame(x, y, width, height)


@contextmanager
def _fonts(wanted: bool) -> Iterator[list[str]]:
    """Give our font as files that the drawing library reads; it reads no WOFF2."""
    if not wanted:
        yield []
        return
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory() as folder:
        found = []
        for weight in ("400", "600"):
            font = TTFont(_FONTS / f"inter-{weight}.woff2")
            font.flavor = None
            font.save(Path(folder, f"{weight}.ttf"))
            found.append(str(Path(folder, f"{weight}.ttf")))
        yield found


def _small_png(image: Any) -> bytes:
    """Return a picture as PNG: with 256 colours where it would else make every Word file large."""
    from PIL import Image

    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    if len(out.getvalue()) <= MAX_PICTURE:
        return out.getvalue()
    few = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def _result(
    image: Any,
    *,
    drawing: bytes = b"",
    on_paper: bool = False,
    pixels: tuple[int, int] | None = None,
    text: bool = False,
) -> dict[str, Any]:
    from PIL import Image

    clear = image.convert("RGBA")
    if clear.getchannel("A").getbbox() is None:
        raise Unfit("er tom: ingenting i den blir tegnet")
    white = Image.new("RGBA", clear.size, "white")
    shown = Image.alpha_composite(white, clear).convert("RGB")
    darkest = min(shown.tobytes())
    return {
        "picture": base64.b64encode(_small_png(image)).decode(),
        "width": image.width,
        "height": image.height,
        "drawing": base64.b64encode(drawing).decode(),
        "on_paper": on_paper,
        "pixels": pixels,
        "pale": darkest > 255 - _PALE,
        "text": text,
    }
