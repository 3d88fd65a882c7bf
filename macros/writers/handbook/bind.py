"""Binds tagged PDFs into one: pages, structure, destinations, links, bookmarks, page numbers."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.document.address import STEP
from macros.layouts.pdf_pass import PassError
from macros.writers.handbook.glyphs import Line


@dataclass(frozen=True)
class Part:
    """One document to bind: the chapter that it stands in, its title, page and PDF."""

    chapter: str
    title: str
    address: str
    data: bytes


@dataclass
class _Bound:
    """A part once its pages are in: its first page, and its destinations by name."""

    part: Part
    first: Any
    destinations: dict[str, Any]
    headings: list[tuple[str, Any]]


@dataclass
class _Binder:
    pdf: Any
    next_key: int
    numbers: list[Any] = field(default_factory=list)
    bound: list[_Bound] = field(default_factory=list)


def bind(front: Any, parts: Sequence[Part], bases: Iterable[str], label: str, top: str) -> None:
    """Append the parts to `front`, which is an open PDF of ours.

    An address that begins with one of `bases` and leads to a part becomes a link inside the
    file. `label` goes before each page's number, `top` is the bookmark of the front. Raises
    PassError when a part lacks what every PDF of ours has.
    """
    import pikepdf

    front_pages = len(front.pages)
    tree = front.Root.StructTreeRoot.ParentTree
    binder = _Binder(front, _next_key(tree.Nums))
    for part in parts:
        with pikepdf.open(io.BytesIO(part.data)) as source:
            _append(binder, part, source)
    tree.Nums = pikepdf.Array([*tree.Nums, *binder.numbers])
    addresses = {bound.part.address: bound for bound in binder.bound}
    _link(front.pages, addresses, tuple(bases))
    _number(front, front_pages, label)
    _bookmark(front, binder.bound, top)


def _next_key(numbers: Any) -> int:
    return 1 + max((int(key) for key in list(numbers)[::2]), default=-1)


def _append(binder: _Binder, part: Part, source: Any) -> None:
    """Take a part's pages in, its structure under an element of its own."""
    import pikepdf

    pdf, at = binder.pdf, len(binder.pdf.pages)
    place = {page.objgen: index for index, page in enumerate(source.pages)}
    root = source.Root.StructTreeRoot
    with warnings.catch_warnings():
        # It warns of named destinations that are left behind; they are led by place below.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.pages.extend(source.pages)
    pages = [pdf.pages[at + index] for index in range(len(source.pages))]
    copied = pdf.copy_foreign(root)
    offset = binder.next_key
    for page in pages:
        page.obj.StructParents += offset
        for note in page.obj.get("/Annots", ()):
            note.StructParent += offset
    numbers = list(copied.ParentTree.Nums)
    for key, value in zip(numbers[::2], numbers[1::2], strict=True):
        binder.numbers += [int(key) + offset, value]
    binder.next_key += _next_key(copied.ParentTree.Nums)
    _graft(pdf, copied)

    def here(destination: Any) -> Any:
        page, *where = list(destination)
        return pikepdf.Array([pages[place[page.objgen]].obj, *where])

    names = {name: here(found) for name, found in _named(source)}
    _inner_links(pages, names)
    headings = [(title, here(found)) for title, found in _headings(source)]
    binder.bound.append(_Bound(part, pages[0].obj, names, headings))


def _graft(pdf: Any, copied: Any) -> None:
    """Put a part's structure, a document of its own until now, under the whole's document."""
    import pikepdf

    document = pdf.Root.StructTreeRoot.K
    document = document[0] if isinstance(document, pikepdf.Array) else document
    for element in copied.K:
        element.S = pikepdf.Name.Part
        element.P = document
        document.K.append(element)


def _named(source: Any) -> Iterator[tuple[str, Any]]:
    if "/Names" in source.Root:
        pairs = list(source.Root.Names.Dests.Names)
        for name, destination in zip(pairs[::2], pairs[1::2], strict=True):
            yield str(name), destination


def _headings(source: Any) -> Iterator[tuple[str, Any]]:
    """Return the titles below the document's own, with their destinations."""
    with source.open_outline() as outline:
        for item in outline.root:
            for child in item.children:
                yield str(child.title), child.destination


def _inner_links(pages: Iterable[Any], names: Mapping[str, Any]) -> None:
    """Lead a part's links to itself by place: the same name stands in many parts."""
    for page in pages:
        for note in page.obj.get("/Annots", ()):
            if "/Dest" in note:
                if str(note.Dest) not in names:
                    raise PassError(f"lenken til «{note.Dest}» fører ikke noe sted")
                note.Dest = names[str(note.Dest)]


def _link(pages: Iterable[Any], addresses: Mapping[str, _Bound], bases: tuple[str, ...]) -> None:
    """Make addresses of parts into links inside the file."""
    import pikepdf

    for page in pages:
        for note in page.obj.get("/Annots", ()):
            url = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
            base = next((base for base in bases if url.startswith(base)), None)
            path, _, fragment = url.removeprefix(base or "").partition("#")
            found = _place(path, fragment, addresses) if base is not None else None
            if found is None:
                continue
            bound, anchor = found
            start = pikepdf.Array([bound.first, pikepdf.Name.Fit])
            note.Dest = bound.destinations.get(anchor, start)
            note.Contents = bound.part.title
            del note.A


def _place(path: str, fragment: str, addresses: Mapping[str, _Bound]) -> tuple[_Bound, str] | None:
    """Return the part that has a page of the site, and the anchor in it; None where none has.

    A step of a phase has a page of its own there, and is a section of the phase here.
    """
    if path in addresses:
        return addresses[path], fragment
    parent, _, step = path.removesuffix("/").rpartition("/")
    bound, anchor = addresses.get(f"{parent}/"), f"{STEP}{step}"
    return (bound, anchor) if bound and anchor in bound.destinations else None


def _number(pdf: Any, front_pages: int, label: str) -> None:
    """Write each page's number at its foot, and give the viewer the same numbers."""
    import pikepdf

    line = Line(pdf, pdf.pages[front_pages - 1])
    begin = pdf.make_stream(b"q")
    for number, page in enumerate(list(pdf.pages)[front_pages:], start=1):
        text = line.show(f"{label} {number}", page)
        page.contents_add(begin, prepend=True)
        page.contents_add(pdf.make_stream(b"Q " + text))
    roman, arabic = (
        pikepdf.Dictionary(S=pikepdf.Name.r),
        pikepdf.Dictionary(S=pikepdf.Name.D, St=1),
    )
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, roman, front_pages, arabic]))


def _bookmark(pdf: Any, bound: Sequence[_Bound], top: str) -> None:
    """Make bookmarks in three levels: chapter, document, heading."""
    import pikepdf

    def item(title: str, destination: Any) -> Any:
        found = pikepdf.OutlineItem(title, pikepdf.Array(destination))
        found.is_closed = True
        return found

    with pdf.open_outline() as outline:
        outline.root.clear()
        outline.root.append(item(top, [pdf.pages[0].obj, pikepdf.Name.Fit]))
        chapter = ""
        for one in bound:
            start = [one.first, pikepdf.Name.Fit]
            if one.part.chapter != chapter:
                chapter = one.part.chapter
                outline.root.append(item(chapter, start))
            document = item(one.part.title, start)
            document.children.extend(item(*heading) for heading in one.headings)
            outline.root[-1].children.append(document)
