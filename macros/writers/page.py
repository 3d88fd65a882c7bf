"""The web page: documents as HTML inside a Markdown page."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from macros.content.base import SOURCE_LANGUAGE, Item
from macros.content.errors import suggest
from macros.content.handbook import download_name
from macros.content.model import KINDS, Gate, Phase, Term
from macros.content.region_page import RegionPage
from macros.content.rich import Paragraph, Run
from macros.document.address import address, place
from macros.document.blocks import Block, Cards, Document, Section
from macros.document.compose import LISTINGS, compose, gate_sections, item_cards, page
from macros.document.decisions import deciders, way
from macros.document.edition import Edition, Writing, card
from macros.document.features import RUN, answers_way, feature_pages, fill_address, has
from macros.document.formats import DOWNLOADS, PAGES_SUFFIX, PREVIEW_SUFFIX, files, pictured
from macros.document.process import gate_blocks
from macros.document.project import kept, saved_address, stored
from macros.document.prose import PICTURE_FOLDER, compose_prose
from macros.document.region import legal_links, person, region_facts
from macros.document.steps import compose_step, step_pages
from macros.document.timeline import large_process
from macros.layouts import Layout


class PageError(Exception):
    """Raised when a macro is called with something that is not there; Norwegian text."""


def relative(target: str, page_url: str) -> str:
    """Return the link from a page to an address, both below the language's root."""
    path, hash_sign, fragment = target.partition("#")
    link = posixpath.relpath("/" + path, "/" + page_url)
    if path.endswith("/") or not path:
        link += "/"
    return link + hash_sign + fragment


def inert(text: str) -> str:
    """Return text in which nothing can be markup: not HTML, Markdown or Jinja."""
    return "".join(
        char if char.isalnum() or char in " ,.–-" or ord(char) > 127 else f"&#{ord(char)};"
        for char in text
    )


@dataclass(frozen=True)
class PageWriter:
    """Renders components for one page, whose address decides how links are written."""

    edition: Edition
    page_url: str

    def _layout(self, item: Item | None = None, prefix: str = "") -> Layout:
        words = self.edition.words(item)
        return Layout("page", words, lambda target: self.link(target), prefix, first="page")

    def link(self, target: str) -> str:
        """Return the address of `kind/id` (with an anchor or not) from this page."""
        if ":" in target:
            return target
        if target == "saved/all":
            return relative(saved_address(self.edition), self.page_url)
        if target.startswith(PICTURE_FOLDER):
            return relative(target, self.page_url)
        return relative(place(target), self.page_url)

    def item(self, kinds: Sequence[str], item_id: str) -> Markup:
        """Return an item: whole on its own page, one heading level down elsewhere."""
        if self._is_hidden(kinds, item_id):
            return Markup("")
        item = self.find(kinds, item_id)
        own = self.page_url == address(item.kind, item.id)
        return self._document((page if own else compose)(self.edition, item), item)

    def step(self, phase_id: str, step_id: str) -> Markup:
        """Return the page of a phase's step."""
        phase = self.find(["phase"], phase_id)
        found = next(
            (
                page
                for page in step_pages(self.edition)
                if page.phase is phase and page.step.id == step_id
            ),
            None,
        )
        if found is None:
            raise PageError(f"Fasen «{phase_id}» har ikke steget «{step_id}».")
        uses = [f"{kind}/{name}" for kind, name in (ref.target for ref in found.step.uses)]
        return self._document(compose_step(self.edition, found), phase, uses)

    def prose(self, page: RegionPage) -> Markup:
        """Return one of the region's own pages."""
        return self._document(compose_prose(self.edition, page), None)

    def listing(self, name: str) -> Markup:
        """Return a page that lists items."""
        if name not in LISTINGS:
            hint = suggest(name, LISTINGS)
            raise PageError(f"Listen «{name}» finnes ikke. {hint}".strip())
        return self._document(LISTINGS[name][1](self.edition), None)

    def _is_hidden(self, kinds: Sequence[str], item_id: str) -> bool:
        """Return whether the region hides an item: the page that names it then goes without."""
        return any((kind, item_id) in self.edition.handbook.hidden for kind in kinds)

    def find(self, kinds: Sequence[str], item_id: str) -> Item:
        """Return the item of one of the kinds; raises PageError."""
        items = self.edition.handbook.items
        if unknown := [kind for kind in kinds if kind not in items]:
            raise PageError(f"ukjent slag «{unknown[0]}». {suggest(unknown[0], items)}".strip())
        hits = [kind for kind in kinds if item_id in items[kind]]
        if len(hits) > 1:
            raise PageError(f"«{item_id}» er flere ting: {', '.join(hits)}. Oppgi kind.")
        if not hits:
            hint = suggest(item_id, [known for kind in kinds for known in items[kind]])
            raise PageError(f"«{item_id}» finnes ikke i {', '.join(kinds)}. {hint}".strip())
        return items[hits[0]][item_id]

    def _document(self, document: Document, item: Item | None, uses: Sequence[str] = ()) -> Markup:
        own = self.page_url == document.address
        layout = self._layout(item, "" if own else f"{document.kind}-{document.id}-")
        words = self.edition.words()
        return layout.render(
            "page/document.html",
            d=document,
            level=1 if own else 2,
            date=layout.words.date(document.updated) if document.updated else "",
            language=self.edition.language,
            site_words=words,
            downloads=self.downloads(document, own=own) if document.name else "",
            pages=self._pages(document) if own and pictured(document) else "",
            saved=self._saved() if own and document.address == "sjekklister/" else "",
            take=self._take() if own and has(self.edition, "offline") else "",
            run=self._run(document) if own else "",
            answers=self._answers(document, uses) if own else "",
        )

    def _saved(self) -> Markup:
        """Return what takes care of all that is saved, or the way to the page that does."""
        if has(self.edition, "project"):
            return self._layout().render("page/gathered.html")
        return self._layout().render("page/saved.html", kinds=kept(self.edition))

    def _take(self) -> Markup:
        """Return what takes the handbook along; the page of all downloads shows it."""
        edition, words = self.edition, self.edition.words()
        languages = edition.region.languages
        phases = edition.handbook.all(Phase)
        return self._layout().render(
            "page/take.html",
            up="" if edition.language == languages[0] else "../",
            phases={phase.id: Writing(edition, phase).text(phase.title) for phase in phases},
            kinds={
                name: words(f"kinds.{name}")
                for name, kind in KINDS.items()
                if kind.prefix is not None and edition.handbook.items[name]
            },
            others={
                code: words(f"language.{code}") for code in languages if code != edition.language
            },
        )

    def _run(self, document: Document) -> str:
        """Return where a workshop or a meeting is run; nothing where the region leaves that out."""
        where = feature_pages(self.edition).get("run", "")
        runs = where and document.kind in RUN
        return relative(f"{where}#{document.kind}/{document.id}", self.page_url) if runs else ""

    def _answers(self, document: Document, uses: Sequence[str]) -> str:
        """Return where answers become figures, from a page that is about them."""
        where = answers_way(self.edition, document.kind, document.id, uses)
        return relative(where, self.page_url) if where else ""

    def _fill_here(self, document: Document) -> Markup:
        """Return the way to fill a document in on the site; nothing where one does not."""
        where = fill_address(self.edition, document.kind, document.id)
        if not where:
            return Markup("")
        form = f"{document.kind}/{document.id}"
        here = relative(where, self.page_url)
        shown = {"kind": document.kind, "form": form, "here": here}
        return self._layout().render("page/fill_here.html", **shown)

    def _pages(self, document: Document) -> Markup:
        """Return where the pictures of a file's first pages go; `fill_markers` knows how many."""
        name = f"{document.name}{PAGES_SUFFIX}"
        marker = f"<!--nvr-pages {name} {relative(DOWNLOADS + name, self.page_url)}-->"
        return Markup(marker)  # noqa: S704 (names of files have no signs of markup)

    def download_links(self, kinds: Sequence[str], item_id: str) -> Markup:
        """Return the downloads of an item."""
        if self._is_hidden(kinds, item_id):
            return Markup("")
        item = self.find(kinds, item_id)
        if download_name(item) is None:
            raise PageError(f"{item.kind} «{item_id}» har ingen filer å laste ned.")
        return self.downloads(compose(self.edition, item))

    def presentation(self, item_id: str) -> Markup:
        """Return the slides of a presentation with its files, below a heading of the page."""
        if self._is_hidden(["presentation"], item_id):
            return Markup("")
        document = compose(self.edition, self.find(["presentation"], item_id))
        return self.downloads(document) + self.blocks(*document.blocks, level=3)

    def downloads(self, document: Document, *, own: bool = False) -> Markup:
        """Return links to the files of a document; `fill_markers` adds size and pages.

        On its `own` page is the way to fill it in on the site, too.
        """
        offers = [
            {
                "format": name,
                "name": file,
                "href": relative(DOWNLOADS + file, self.page_url),
            }
            for name, file in files(document)
        ]
        words = self.edition.words()
        picture = f"{DOWNLOADS}{document.name}{PREVIEW_SUFFIX}"
        return self._layout().render(
            "page/downloads.html",
            offers=offers,
            language=self.edition.language,
            title=document.title,
            written=words(f"language.{document.language}"),
            date=words.date(document.updated) if document.updated else "",
            preview=relative(picture, self.page_url) if "pdf" in document.formats else "",
            fill_here=self._fill_here(document) if own else "",
        )

    def blocks(self, *blocks: Block, level: int = 2) -> Markup:
        """Return blocks as a part of a page."""
        return self._layout().render("page/embed.html", blocks=blocks, level=level)

    def cards(self, kinds: Sequence[str], phase: str | None = None) -> Markup:
        """Return a card for each item of the kinds, for one phase when it is named."""
        if phase is not None:
            self.find(["phase"], phase)
        return self.blocks(item_cards(self.edition, kinds, phase))

    def card(self, kind: str, item_id: str) -> Markup:
        """Return one item's card."""
        if self._is_hidden([kind], item_id):
            return Markup("")
        self.find([kind], item_id)
        return self.blocks(Cards((card(self.edition, kind, item_id),)))

    def process(self, here: str | None = None) -> Markup:
        """Return the picture of the process, with a phase marked when it is named."""
        if here is not None:
            self.find(["phase"], here)
        return self.blocks(large_process(self.edition, {here} if here else set()))

    def gates(self, gate_id: str | None = None, level: int = 2) -> Markup:
        """Return one gate, or all of them in order."""
        if gate_id is None:
            return self.blocks(*gate_sections(self.edition), level=level)
        gate = self.find(["gate"], gate_id)
        if not isinstance(gate, Gate):
            raise PageError(f"«{gate_id}» er ikke et beslutningspunkt.")
        inner = gate_blocks(self.edition, gate)
        return self.blocks(Section(f"beslutningspunkt-{gate.id}", gate.title, inner), level=level)

    def way(self, gate_id: str) -> Markup:
        """Return the picture of the way to a gate, and who decides on what there."""
        gate = self.find(["gate"], gate_id)
        if not isinstance(gate, Gate):
            raise PageError(f"«{gate_id}» er ikke et beslutningspunkt.")
        return self.blocks(way(self.edition, gate), deciders(self.edition, gate))

    def weeks(self, gate_id: str) -> str:
        """Return how long the way to a gate is, from its first step until the councils meet."""
        gate = self.find(["gate"], gate_id)
        if not isinstance(gate, Gate):
            raise PageError(f"«{gate_id}» er ikke et beslutningspunkt.")
        return self.edition.words()("way.weeks", n=gate.way[0].days_before // 7)

    def term(self, term_id: str, text: str | None = None) -> Markup:
        """Return a link to a word of the glossary."""
        if self._is_hidden(["term"], term_id):
            return Markup.escape(text or self.edition.handbook.hidden["term", term_id])
        item = self.find(["term"], term_id)
        shown = text or (item.title if isinstance(item, Term) else term_id)
        return Markup('<a class="term" href="{}">{}</a>').format(
            self.link(f"term/{term_id}"), shown
        )

    def contact(self) -> Markup:
        """Return the region's contact persons, or where to ask when it names none."""
        contacts = self.edition.region.contacts
        project = (contacts.project,) if contacts.project else ()
        people = [person(self.edition, one) for one in (*contacts.every_adviser, *project)]
        return self._layout().render("page/contact.html", people=people, elsewhere=True)

    def local_contacts(self) -> Markup:
        """Return whom to ask in each municipality; nothing where the region names nobody."""
        contacts = self.edition.region.contacts
        people = [person(self.edition, one) for one in contacts.municipal]
        return self._layout().render("page/contact.html", people=people, elsewhere=False)

    def statement(self) -> Markup:
        """Return a link to the region's accessibility statement, or who can be asked for it."""
        words = self.edition.words()
        address = self.edition.region.accessibility_statement
        key = "statement.link" if address else "statement.none"
        return self.blocks(Paragraph((Run(words(key), target=address or ""),)))

    def region_facts(self) -> Markup:
        """Return who owns the edition, its municipalities and how it files papers."""
        return self.blocks(region_facts(self.edition))

    def legal(self) -> Markup:
        """Return links to the region's own pages for the public."""
        return self.blocks(legal_links(self.edition))

    def stored(self) -> Markup:
        """Return what the reader's browser remembers."""
        return self.blocks(stored(self.edition))

    def cost(self) -> Markup:
        """Return what it costs in the region, or that the handbook names no prices."""
        return self._layout().render("page/cost.html", region=self.edition.region)


def in_source_language(page: str, edition: Edition) -> str:
    """Return a prose page's HTML, marked and with a notice where the edition has another language.

    The components in it say their own language.
    """
    if edition.language == SOURCE_LANGUAGE:
        return page
    words = edition.words()
    notice = Markup('<p class="head__notice" lang="{}">{}</p>').format(
        edition.language,
        words("page.other_language", language=words(f"language.{SOURCE_LANGUAGE}")),
    )
    title, end, rest = page.partition("</h1>") if "</h1>" in page else ("", "", page)
    return f'<div lang="{SOURCE_LANGUAGE}">\n{title}{end}\n{notice}\n{rest}\n</div>'
