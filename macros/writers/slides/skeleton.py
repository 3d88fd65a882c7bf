"""Four slides without content, for the script that fills them with the answers to a survey.

Texts have their places by the names of the shapes, and the third slide a picture: what the script
puts there takes the place of one dot.
"""

from __future__ import annotations

from macros.content.rich import Run
from macros.writers.slides.fit import Para
from macros.writers.slides.master import EMU
from macros.writers.slides.package import Slide
from macros.writers.slides.pages import ASIDE, BODY, TITLE, Pages, placed

PICTURE = "Bilde"
_KINDS = ("text", "text", "picture", "text")
# A PNG of one white dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae4260"
    "82"
)


def slides(language: str, picture: str) -> list[Slide]:
    """Return the four slides, each with notes; `picture` is the dot's name in the file."""
    pages, nothing = Pages(language), [Para((Run("–"),))]
    for kind in _KINDS:
        slide = pages.slide("text")
        indexes = (TITLE, ASIDE) if kind == "picture" else (TITLE, ASIDE, BODY)
        slide.shapes += placed("text", {at: pages.written(slide, nothing) for at in indexes})
        if kind == "picture":
            slide.shapes.append(_picture(slide.picture(picture)))
        pages.note(slide, nothing)
    return pages.slides


def _picture(relation: str) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="4" name="{PICTURE}" descr="image.png"/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        f'<a:xfrm><a:off x="{64 * EMU}" y="{162 * EMU}"/><a:ext cx="{EMU}" cy="{EMU}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
