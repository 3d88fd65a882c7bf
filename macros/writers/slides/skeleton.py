"""Four slides without content, for the script that fills them with the answers to a survey.

Texts have their places by the names of the shapes, and the third slide a picture: what the script
puts there takes the place of one dot.
"""

from __future__ import annotations

import io
from typing import Any

from macros.writers.slides.pages import _NAMES, ASIDE

PICTURE = "Bilde"
_KINDS = ("text", "text", "picture", "text")
# A PNG of one white dot.
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae4260"
    "82"
)


def add_slides(file: Any, language: str) -> None:
    """Add the four slides, each with notes."""
    from pptx.util import Pt

    layout = file.slide_layouts[1]
    for kind in _KINDS:
        slide = file.slides.add_slide(layout)
        for shape in list(slide.placeholders):
            index = shape.placeholder_format.idx
            shape.name = _NAMES[index]
            if kind == "picture" and index not in (0, ASIDE):
                shape._element.getparent().remove(shape._element)
            else:
                _fill(shape.text_frame, language)
        if kind == "picture":
            picture = slide.shapes.add_picture(io.BytesIO(_DOT), Pt(64), Pt(162), Pt(1), Pt(1))
            picture.name = PICTURE
        _fill(slide.notes_slide.notes_text_frame, language)


def _fill(frame: Any, language: str) -> None:
    made = frame.paragraphs[0].add_run()
    made.text = "–"
    made.font._element.set("lang", language)
