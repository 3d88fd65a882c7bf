"""The whole handbook as one PDF: every document's own PDF, bound together.

The documents are rendered once, each for itself; here they get a cover, contents, bookmarks,
page numbers, and links from one to another. It passes what its parts pass: PDF/A-2a
(ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from macros.content.brand.brand import Brand
from macros.content.catalogue import Catalogue
from macros.document.formats import file_name
from macros.document.packages import Package
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import FOLDER, Layout, pdf_pass
from macros.layouts.slots import qr_code
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError

_FRONT = "print/handbook.html"


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
    """The whole input but for the parts. `bases` are what an address may begin with.

    Of the region it holds texts alone: a worker would load the region's own checks with it.
    """

    name: str
    title: str
    summary: str
    updated: dt.date
    entries: tuple[Entry, ...]
    site: str
    owner: str
    brand: Brand
    words: Catalogue
    base_url: str
    bases: tuple[str, ...]


def job(package: Package, shared: Shared, made: Mapping[str, Job]) -> Gathering:
    """Return the job that binds a package's documents; `made` has the PDF of each by its name."""
    payload = _payload(package, shared)
    parts = tuple((entry.file, made[entry.file]) for entry in payload.entries)
    # What stands in front depends on the pages of the parts, which their keys decide.
    front = _front(payload, [1] * len(parts)), (FOLDER / _FRONT).read_text(encoding="utf-8")
    own = (payload.updated, payload.entries, payload.bases, payload.words, payload.base_url)
    files = pdf_pass.assets(payload.brand), [part.key for _, part in parts]
    found = key(__name__, front, own, files)
    return Gathering(payload.name, found, render, payload, preview=True, parts=parts)


def _payload(package: Package, shared: Shared) -> HandbookPayload:
    site, region = shared.words("site.name"), shared.region
    return HandbookPayload(
        file_name(package.name, "pdf"),
        package.title,
        package.summary,
        package.updated,
        tuple(
            Entry(
                group.title,
                str(document.title),  # pikepdf takes a subclass of str for a list of letters
                document.language,
                file_name(document.name, "pdf"),
                document.address,
            )
            for group in package.groups
            for document in group.documents
        ),
        f"{site} · {region.name}" if region.name else site,
        region.owner,
        shared.brand,
        shared.words,
        shared.base_url,
        tuple(sorted({shared.base_url, region.base_url}, key=len, reverse=True)),
    )


def _front(payload: HandbookPayload, pages: list[int]) -> str:
    """Return the HTML of cover and contents, for parts that have so many pages."""
    words, address = payload.words, payload.base_url
    rows, at = [], 1
    for entry, count in zip(payload.entries, pages, strict=True):
        rows.append((entry, at))
        at += count
    groups = [(title, list(found)) for title, found in groupby(rows, lambda row: row[0].group)]
    layout = Layout("print", words, lambda target: target)
    return str(
        layout.render(
            _FRONT,
            p=payload,
            css=pdf_pass.css(payload.brand, "print.css", "handbook.css"),
            site=payload.site,
            author=payload.owner,
            address=address,
            qr=qr_code(address, words("print.qr", address=address)),
            generator=pdf_pass.GENERATOR,
            logo=pdf_pass.logo(payload.brand),
            groups=groups,
        )
    )


def render(gathered: Gathered) -> Rendered:
    """Return the PDF of a payload and its parts.

    Raises WriterError when WeasyPrint warns, or a part is not as the PDF writer makes it.
    """
    import pikepdf

    from macros.writers.handbook.bind import Part, bind

    payload, files = gathered
    try:
        pages = []
        for entry in payload.entries:
            with pikepdf.open(io.BytesIO(files[entry.file])) as part:
                pages.append(len(part.pages))
        assets = pdf_pass.assets(payload.brand)
        html = _front(payload, pages)
        raw, front_pages = pdf_pass.raw_pdf(html, assets, pdf_variant="pdf/a-2a")
        with pikepdf.open(io.BytesIO(raw)) as front:
            pdf_pass.declare(front, payload.updated.isoformat(), payload.base_url)
            pdf_pass.mend_tags(front)
            parts = [
                Part(entry.group, entry.title, entry.address, files[entry.file])
                for entry in payload.entries
            ]
            label = payload.words("package.page")
            bind(front, parts, payload.bases, label, payload.words("package.contents"))
            data = pdf_pass.save(front, recompress=False)
        return Rendered(data, front_pages + sum(pages), pdf_pass.first_page(data))
    except pdf_pass.PassError as error:
        raise WriterError(f"{payload.name}: {error}") from error
