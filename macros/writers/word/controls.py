"""Content controls (`w:sdt`): what a reader fills in, named after the field it stands for.

A control's tag is the field's id, for programs; its title is the visible label, for screen
readers. Word takes at most 64 characters for either. Where a file holds its answers apart,
`place` is where in them the control's own stands (`answers.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from macros.layouts.markup import attribute
from macros.writers.word.answers import PLACEHOLDER, PREFIXES, STORE, Answers
from macros.writers.word.xml import Element, keep_next, make, paragraph, run

LIMIT = 64
_BOX = {"checked": "2612", "unchecked": "2610"}
_EMPTY, _TEXT = make("showingPlcHdr"), (make("text"), make("text", multiLine="1"))
_BOX_FONT = "MS Gothic"  # Word's own choice for checkboxes, so a tick keeps its width


@dataclass(frozen=True)
class Controls:
    """Makes the controls of one document; ids count up, so that no two are equal."""

    language: str
    answers: Answers | None = None
    _ids: count[int] = field(default_factory=lambda: count(1001))

    def text(
        self,
        tag: str,
        title: str,
        placeholder: str,
        *,
        value: str = "",
        multi_line: bool = False,
        place: str = "",
    ) -> str:
        """Return a control for plain text inside a paragraph."""
        return self._inline(tag, title, _TEXT[multi_line], placeholder, value, place)

    def date(
        self, tag: str, title: str, placeholder: str, *, value: str = "", place: str = ""
    ) -> str:
        """Return a date control inside a paragraph, with a calendar to choose from."""
        kind = make(
            "date",
            make("dateFormat", val="d. MMMM yyyy"),
            make("lid", val=self.language),
            make("storeMappedDataAs", val="date"),
            make("calendar", val="gregorian"),
        )
        return self._inline(tag, title, kind, placeholder, value, place)

    def choice(
        self,
        tag: str,
        title: str,
        placeholder: str,
        options: Iterable[tuple[str, str]],
        *,
        place: str = "",
    ) -> str:
        """Return a drop-down list inside a paragraph; options are (code, label)."""
        items = (make("listItem", displayText=label, value=code) for code, label in options)
        kind = make("dropDownList", *items)
        return self._inline(tag, title, kind, placeholder, "", place)

    def checkbox(self, tag: str, title: str, *, place: str = "") -> str:
        """Return a checkbox inside a paragraph, not ticked."""
        states = [make(f"w14:{name}State", val=code, font=_BOX_FONT) for name, code in _BOX.items()]
        kind = make("w14:checkbox", make("w14:checked", val="0"), *states)
        fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), _BOX_FONT)
        look = make("rPr", make("rFonts", hint="eastAsia", **fonts))
        box = make("r", look, make("t", chr(int(_BOX["unchecked"], 16))))
        properties = self._properties(tag, title, kind, None, place)
        return make("sdt", properties, make("sdtContent", box))

    def rich(self, tag: str, title: str, placeholder: str, style: str, lines: int) -> str:
        """Return a control for paragraphs of rich text, with `lines` lines to write on paper.

        The empty lines belong to the placeholder: they go when somebody types.
        """
        first = paragraph(style, [run(placeholder, style=PLACEHOLDER)])
        empty = [paragraph(style, [run("", style=PLACEHOLDER)]) for _ in range(lines - 1)]
        for kept in [first, *empty][:-1]:
            keep_next(kept)  # an empty box is not split; one that has been written in may be
        return make(
            "sdt",
            self._properties(tag, title, make("richText"), placeholder),
            make("sdtContent", first, *empty),
        )

    def repeating(self, tag: str, title: str, rows: Iterable[Element], place: str) -> str:
        """Return rows of a table that whoever fills it in may add to, by a plus at the last."""
        bound = _bound("w15:dataBinding", place) if place else None
        items = (
            make(
                "sdt",
                make("sdtPr", make("id", val=next(self._ids)), make("w15:repeatingSectionItem")),
                make("sdtContent", row),
            )
            for row in rows
        )
        names = self._names(tag, title)
        kind = make("w15:repeatingSection")
        return make("sdt", make("sdtPr", names, bound, kind), make("sdtContent", *items))

    def group(self, tag: str, title: str, elements: Iterable[Element]) -> str:
        """Return paragraphs and tables that can be taken away as one."""
        properties = make("sdtPr", self._names(tag, title), make("richText"))
        return make("sdt", properties, make("sdtContent", *elements))

    def _inline(
        self, tag: str, title: str, kind: str, placeholder: str, value: str, place: str
    ) -> str:
        shown = run(value) if value else run(placeholder, style=PLACEHOLDER)
        properties = self._properties(tag, title, kind, placeholder, place, filled=bool(value))
        return make("sdt", properties, make("sdtContent", shown))

    def _properties(
        self,
        tag: str,
        title: str,
        kind: str,
        empty: str | None,
        place: str = "",
        *,
        filled: bool = False,
    ) -> str:
        return make(
            "sdtPr",
            self._names(tag, title),
            self._when_empty(empty),
            _EMPTY if empty and not filled else None,
            _bound("w:dataBinding", place) if place else None,
            kind,
        )

    def _names(self, tag: str, title: str) -> str:
        short = title if len(title) <= LIMIT else title[: LIMIT - 1] + "…"
        return (
            f'<w:alias w:val="{attribute(short)}"/><w:tag w:val="{attribute(_tag(tag))}"/>'
            f'<w:id w:val="{next(self._ids)}"/>'
        )

    def _when_empty(self, text: str | None) -> str | None:
        if not text or self.answers is None:
            return None
        return _shown_when_empty(self.answers.empty(text))


@lru_cache(maxsize=256)
def _shown_when_empty(name: str) -> str:
    return make("placeholder", make("docPart", val=name))


def _bound(tag: str, place: str) -> str:
    # Its attributes are Word's own also where it is a later element.
    where = attribute(place)
    return f'<{tag} w:prefixMappings="{PREFIXES}" w:xpath="{where}" w:storeItemID="{STORE}"/>'


def _tag(name: str) -> str:
    """Return a name that fits; one that is cut ends in a digest, so that it stays its own."""
    if len(name) <= LIMIT:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LIMIT - 9]}~{digest}"
