"""Rich text, and where it stands: the same paragraphs in the body, a cell or a callout."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from macros.content.rich import List, Paragraph, RichBlock, Run
from macros.writers.word.xml import Para, element, make, paragraph, run

STEP = 340  # twips that each level of a list is moved in
BULLETS = 1  # the numbering instance of all bullet lists
_DEEPEST = 2  # levels that the numbering has, from 0


@dataclass(frozen=True)
class Place:
    """Where text stands: its paragraph style ("" in the body) and indent in twips."""

    style: str = ""
    indent: int = 0


BODY = Place()
CELL = Place("Tabelltekst")
HELP = Place("Veiledning", 170)


@dataclass(frozen=True)
class Texts:
    """Makes the paragraphs of one document.

    `link` gives a target's (relationship id, bookmark), one of them empty; `new_list` gives
    the numbering instance of a numbered list that begins at 1.
    """

    link: Callable[[str], tuple[str, str]]
    new_list: Callable[[], int]
    _bookmarks: count[int] = field(default_factory=lambda: count(1))

    def bookmark(self) -> int:
        """Return a number for a bookmark."""
        return next(self._bookmarks)

    def runs(self, runs: Iterable[Run], language: str = "") -> list[str]:
        """Return runs of text; each link is a hyperlink around its run."""
        found = []
        for part in runs:
            style = "Hyperlink" if part.target else ""
            made = run(part.text, style=style, strong=part.strong, em=part.em, language=language)
            found.append(self._linked(part.target, made) if part.target else made)
        return found

    def _linked(self, target: str, inner: str) -> str:
        relation, anchor = self.link(target)
        where = f'r:id="{relation}"' if relation else f'w:anchor="{anchor}"'
        return element("w:hyperlink", f' w:history="1" {where}', inner)

    def blocks(self, blocks: Iterable[RichBlock], place: Place = BODY) -> list[Para]:
        """Return the paragraphs of rich text."""
        found = []
        for block in blocks:
            if isinstance(block, Paragraph):
                found.append(paragraph(place.style, self.runs(block.runs)))
            else:
                found += self._list(block, place, 0)
        return found

    def _list(self, block: List, place: Place, level: int) -> list[Para]:
        number = self.new_list() if block.ordered else BULLETS
        found = []
        for item in block.items:
            marked = False
            for inner in item:
                if isinstance(inner, List):
                    found += self._list(inner, place, min(level + 1, _DEEPEST))
                    continue
                mark = None if marked else number
                marked = True
                found.append(self._item(inner, block.ordered, place, level, mark))
        return found

    def _item(
        self, inner: Paragraph, ordered: bool, place: Place, level: int, number: int | None
    ) -> Para:
        style = place.style or ("ListNumber" if ordered else "ListBullet")
        # numId 0 takes the mark away that the style would give.
        mark = make(
            "numPr",
            make("ilvl", val=level) if number else None,
            make("numId", val=number or 0),
        )
        left = place.indent + STEP * (level + 1)
        indent = make("ind", left=left, **({"hanging": STEP} if number else {"firstLine": 0}))
        return paragraph(style, self.runs(inner.runs), mark, indent)
