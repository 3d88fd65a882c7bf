"""Blocks to HTML, for the web page and for print: the same markup, two style sheets.

Autoescape is on and a name that a template does not have is an error.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from macros.content.catalogue import Catalogue
from macros.content.rich import Run
from macros.document.blocks import Block, Cell
from macros.layouts.memo import MEMO, stamp

FOLDER = Path(__file__).parent
Medium = Literal["page", "print"]
_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")
_LINK = Markup('<a href="'), Markup('">'), Markup("</a>")
_STRONG, _EM = (Markup("<strong>"), Markup("</strong>")), (Markup("<em>"), Markup("</em>"))


@cache
def environment() -> Environment:
    """Return the Jinja environment of the layouts."""
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["percent"] = lambda part, whole: round(100 * part / whole)
    env.filters["clock"] = lambda minutes: f"{minutes // 60}:{minutes % 60:02d}"
    return env


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


@cache
def _is_there(name: str) -> bool:
    return (FOLDER / name).is_file()


@cache
def _layout_of(kind: str, first: str) -> str:
    """Return the template of a kind of block: in the folder `first`, else in `blocks`."""
    name = f"{_CAMEL.sub('_', kind).lower()}.html"
    own = f"{first}/{name}"
    return own if _is_there(own) else f"blocks/{name}"


def read_anew(*, remember: bool = False) -> None:
    """Forget the layouts, so that the next build of this process reads them from disk.

    A server is to `remember` the blocks that it renders, as long as the layouts are as they were.
    """
    for kept in (_template, environment, _is_there, _layout_of):
        kept.cache_clear()
    if remember:
        MEMO.begin(stamp(FOLDER))


@dataclasses.dataclass(frozen=True)
class Layout:
    """How blocks become HTML in one medium.

    `link` turns a run's target into an address; `anchor_prefix` keeps ids apart when a
    document is shown inside another page. `first` is the folder whose templates go before
    those of `blocks/`. With `roles_once` a role is linked where it first stands: a table that
    names the same three roles in each row would be more links than text. `linked` remembers
    them, for one page. `about` is what the files linked to are of: sixty links called «Word» are
    told apart by it.
    """

    medium: Medium
    words: Catalogue
    link: Callable[[str], str]
    anchor_prefix: str = ""
    first: str = "blocks"
    roles_once: bool = False
    about: str = ""
    linked: set[str] = dataclasses.field(default_factory=set, compare=False)

    def blocks(self, blocks: tuple[Block, ...], level: int) -> Markup:
        """Return the blocks as HTML, with sections headed at `level` (2 to 6)."""
        return Markup("").join(MEMO.block(self, block, level) for block in blocks)

    def block(self, block: Block, level: int) -> Markup:
        """Return one block as HTML."""
        return self.render(
            _layout_of(type(block).__name__, self.first), b=block, level=min(level, 6)
        )

    def runs(self, runs: tuple[Run, ...]) -> Markup:
        """Return runs of text as HTML."""
        return Markup("").join(self._run(run) for run in runs)

    def _run(self, run: Run) -> Markup:
        # The link goes innermost: WeasyPrint tags a link as one only where it holds the text.
        html = escape(run.text)
        if self.about and self.medium == "page" and run.target.startswith("file/"):
            html += Markup('<span class="said">: {}</span>').format(self.about)
        if run.target and not self._again(run.target):
            html = _LINK[0] + self.link(run.target) + _LINK[1] + html + _LINK[2]
        if run.strong:
            html = _STRONG[0] + html + _STRONG[1]
        if run.em:
            html = _EM[0] + html + _EM[1]
        return html

    def _again(self, target: str) -> bool:
        if not self.roles_once or self.medium == "print" or not target.startswith("role/"):
            return False
        seen = target in self.linked
        self.linked.add(target)
        return seen

    def sparing(self) -> Layout:
        """Return the layout for facts and tables, where a role is linked once a page."""
        return dataclasses.replace(self, roles_once=True)

    def of(self, cell: Cell) -> Layout:
        """Return the layout for a row of a table that `cell` is the head of."""
        about = "".join(run.text for block in cell for run in getattr(block, "runs", ()))
        return dataclasses.replace(self, about=about)

    def anchor(self, name: str) -> str:
        """Return an id for this page."""
        return self.anchor_prefix + name

    def picture(self, target: str) -> Markup:
        """Return the small picture of a kind, or of what `kind/id` is; nothing without one."""
        name = f"pictures/{target.partition('/')[0]}.svg"
        return self.render(name) if _is_there(name) else Markup("")

    def render(self, template: str, **values: Any) -> Markup:
        """Return a template of `layouts/` with values; its text is escaped."""
        text = _template(template).render(x=self, t=self.words, medium=self.medium, **values)
        return Markup(text.strip())  # noqa: S704 (autoescaped by the environment)


def css_variables(scheme: Mapping[str, str]) -> str:
    """Return the brand's colours as CSS declarations; the values are checked hex colours."""
    return "".join(f"--nvr-{name}:{value};" for name, value in sorted(scheme.items()))
