"""A logo that has been drawn: what every writer places, and all that it knows of a logo.

It stands alone, so that a writer's key does not move with what reads logos (`keys.py`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A logo that has been drawn.

    `picture` is a PNG of `width` × `height` pixels, at most 1100 × 240. `drawing` is a plain SVG,
    where one shows the same everywhere; `on_paper` says whether WeasyPrint draws it like a
    browser. `pixels` is the size of the file, where it was a picture. `pale` is a logo that
    cannot be seen on white. `text` says that it had text, which is drawn with our font.
    """

    picture: bytes
    width: int
    height: int
    drawing: bytes | None = None
    on_paper: bool = False
    pixels: tuple[int, int] | None = None
    pale: bool = False
    text: bool = False

    @property
    def web(self) -> tuple[str, bytes]:
        """Return the file for the site, by its ending."""
        return (".svg", self.drawing) if self.drawing else (".png", self.picture)

    @property
    def paper(self) -> tuple[str, bytes]:
        """Return the file for PDF, by its ending: a drawing stays one where it can."""
        return (".svg", self.drawing) if self.drawing and self.on_paper else (".png", self.picture)
