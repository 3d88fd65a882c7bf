"""The papers of a document, and what stands above and below the text of their pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.writers.word.xml import element, make

# Each page's width, height, and left and right margin in twips; A3 lies on its side.
_PAPERS = {"A4": (11906, 16838, 1474, 1134), "A3": (23811, 16838, 1361, 1021)}


def text_width(paper: str) -> int:
    """Return the width between the margins in twips."""
    width, _, left, right = _PAPERS[paper]
    return width - left - right


@dataclass
class Section:
    """Pages of one paper. `heads` are their headers and footers: which, when, the relation.

    Where the first page differs, `first` says so.
    """

    paper: str
    first: bool = False
    heads: list[tuple[str, str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        width, height, left, right = _PAPERS[self.paper]
        lying = {"orient": "landscape"} if width > height else {}
        sides = {"left": left, "right": right, "header": 624, "footer": 567, "gutter": 0}
        return make(
            "sectPr",
            *(
                element(f"w:{kind}Reference", f' w:type="{when}" r:id="{relation}"')
                for kind, when, relation in self.heads
            ),
            make("type", val="nextPage"),
            make("pgSz", w=width, h=height, **lying),
            make("pgMar", top=1361, bottom=1304, **sides),
            make("titlePg") if self.first else None,
        )
