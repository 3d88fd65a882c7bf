"""The whole handbook as one PDF: every document's own PDF, bound together.

The documents are rendered once, each for itself; here they get a cover, contents, bookmarks,
page numbers, and links from one to another. It passes what its parts pass: PDF/A-2a
(ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from macros.document.edition import Shared
from macros.document.formats import file_name
from macros.document.packages import Package
from macros.layouts import Layout, pdf_pass
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError


@dataclass(frozen=True)
class Entry:
    """A document of the handbook: `file` is its part's name, `address` its page's."""

    group: str
    title: str
    language: str
    file: str
    address: str


@dataclass(frozen=True)
class HandbookPayload:
    """The whole input but for the parts. `bases` are what an address may begin with."""

    name: str
    title: str
    summary: str
    updated: dt.date
    entries: tuple[Entry, ...]
    shared: Shared
    bases: tuple[str, ...]


def job(package: Package, shared: Shared, made: Mapping[str, Job]) -> Gathering:
    """Return the job that binds a package's documents; `made` has the PDF of each by its name."""
    entries = tuple(
        Entry(
            group.title,
            str(document.title),  # pikepdf takes a subclass of str for a list of letters
            document.language,
            file_name(document.name, "pdf"),
            document.address,
        )
        for group in package.groups
        for document in group.documents
    )
    bases = tuple(sorted({shared.base_url, shared.region.base_url}, key=len, reverse=True))
    payload = HandbookPayload(
        file_name(package.name, "pdf"),
        package.title,
        package.summary,
        package.updated,
        entries,
        shared,
        bases,
    )
    parts = tuple((entry.file, made[entry.file]) for entry in entries)
    # What stands in front depends on the pages of the parts, which their keys decide.
    front = _front(payload, [1] * len(entries))
    content = (front, repr(entries), repr(bases), *(part.key for _, part in parts))
    code = [*sorted(Path(__file__).parent.glob("*.py"))]
    source = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in code)
    key = pdf_pass.key((*content, source), pdf_pass.assets(shared.brand), __file__)
    return Gathering(payload.name, key, render, payload, preview=True, parts=parts)


def _front(payload: HandbookPayload, pages: list[int]) -> str:
    """Return the HTML of cover and contents, for parts that have so many pages."""
    shared = payload.shared
    words, site = shared.words, shared.words("site.name")
    rows, at = [], 1
    for entry, count in zip(payload.entries, pages, strict=True):
        rows.append((entry, at))
        at += count
    groups = [(title, list(found)) for title, found in groupby(rows, lambda row: row[0].group)]
    layout = Layout("print", words, lambda target: target)
    return str(
        layout.render(
            "print/handbook.html",
            p=payload,
            css=pdf_pass.css(shared, ("print.css", "handbook.css")),
            site=f"{site} · {shared.region.name}" if shared.region.name else site,
            author=shared.region.owner,
            address=shared.base_url,
            qr=pdf_pass.qr_code(shared.base_url, words("print.qr", address=shared.base_url)),
            generator=pdf_pass.GENERATOR,
            logo=pdf_pass.logo(shared.brand),
            groups=groups,
        )
    )


def render(gathered: Gathered) -> Rendered:
    """Return the PDF of a payload and the paths of its parts.

    Raises WriterError when WeasyPrint warns, or a part is not as the PDF writer makes it.
    """
    import pikepdf

    from macros.writers.handbook.bind import Part, bind

    payload, files = gathered
    try:
        pages = []
        for entry in payload.entries:
            with pikepdf.open(io.BytesIO(files[entry.file].read_bytes())) as part:
                pages.append(len(part.pages))
        assets = pdf_pass.assets(payload.shared.brand)
        html = _front(payload, pages)
        raw, front_pages = pdf_pass.raw_pdf(html, assets, pdf_variant="pdf/a-2a")
        with pikepdf.open(io.BytesIO(raw)) as front:
            pdf_pass.declare(front, payload.updated.isoformat(), payload.shared.base_url)
            pdf_pass.mend_tags(front)
            parts = [
                Part(entry.group, entry.title, entry.address, files[entry.file])
                for entry in payload.entries
            ]
            label = payload.shared.words("package.page")
            bind(front, parts, payload.bases, label, payload.shared.words("package.contents"))
            data = pdf_pass.save(front, recompress=False)
        return Rendered(data, front_pages + sum(pages), pdf_pass.first_page(data))
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error
