"""What every kind of PDF has in common: HTML to a raw PDF, then passes over its objects.

Writers may not import each other, so what more than one of them needs stands here. The
passes mend what WeasyPrint 70 leaves undone for PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import atexit
import copy
import io
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from macros.content.brand.brand import Brand
from macros.document.blocks import Document
from macros.document.shared import absolute_link
from macros.layouts import FOLDER, Layout
from macros.layouts.brand import font_files, paper_css, variables
from macros.layouts.pdf_lean import lean
from macros.layouts.scene import scene

FONTS = FOLDER.parent.parent / "docs" / "assets" / "fonts"
FONT_NAMES = ("inter-400.woff2", "inter-400-italic.woff2", "inter-600.woff2")
Asset = Path | bytes  # what HTML may name: a file of ours, or the content of one
PREVIEW_WIDTH = 360  # pixels; a page shows half of it, so that it is sharp on good screens
GENERATOR = "Næringsvennlig region"

# PDF/UA-1's identifier, and the extension schema that PDF/A asks for before it may stand
# there (ISO 14289-1, clause 5; ISO 19005-2, 6.6.2.3).
_PDFUA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/><rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

_ORIGIN = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><dc:identifier>{address}</dc:identifier>
<xmpMM:VersionID>{version}</xmpMM:VersionID></rdf:Description>"""


class PassError(Exception):
    """Raised when a PDF cannot be made as it should be; the text is Norwegian.

    Writers raise it again as a WriterError that names the file.
    """


def links(document: Document, base_url: str) -> Callable[[str], str]:
    """Return a function from a run's target to a full address, or to an anchor in the document."""
    own = f"{document.kind}/{document.id}"
    return lambda target: absolute_link(target, base_url, own)


def document_html(
    layout: Layout,
    document: Document,
    sheet: Markup,
    own: Mapping[str, object],
    page: str = "document",
) -> str:
    """Return the HTML of a document with its style sheet.

    `own` is what stands in the slots for what is a region's; `page` is the template in `print/`
    that the document goes into.
    """
    words = layout.words
    date = words.date(document.updated) if document.updated else ""
    html = layout.render(
        f"print/{page}.html", d=document, css=sheet, date=date, own=own, generator=GENERATOR
    )
    return str(html)  # a plain string: work on it must not escape what it puts in


def css(brand: Brand, *sheets: str) -> Markup:
    """Return the named sheets of `print/` under the brand's colours."""
    texts = ((FOLDER / "print" / name).read_text(encoding="utf-8") for name in sheets)
    sheet = variables(brand.paper) + "".join(texts) + paper_css(brand)
    return Markup(sheet)  # noqa: S704 (our own files; colours and names of fonts are checked)


def logo(brand: Brand) -> dict[str, str] | None:
    """Return the address and the text alternative of the logo, as HTML names them."""
    mark = brand.mark("light")
    if not brand.logo or not mark:
        return None
    return {"src": "asset:logo" + mark.paper[0], "alt": brand.logo.alt}


def assets(brand: Brand) -> dict[str, Asset]:
    """Return the files that the HTML may name with `asset:`: fonts, logo and landscape."""
    found = fonts(brand)
    found["scene.svg"] = scene(brand)
    if mark := brand.mark("light"):
        ending, data = mark.paper
        found["logo" + ending] = data
    return found


def fonts(brand: Brand) -> dict[str, Asset]:
    """Return the fonts that the HTML may name with `asset:`, ours and the region's."""
    found: dict[str, Asset] = {f"fonts/{name}": FONTS / name for name in FONT_NAMES}
    return found | {f"region/{name}": path for name, path in font_files(brand).items()}


def raw_pdf(
    html: str, files: Mapping[str, Asset], most: int | None = None, **options: Any
) -> tuple[bytes, int]:
    """Return WeasyPrint's PDF of the HTML and its number of pages.

    Where there are more pages than `most`, no PDF is written. `options` are WeasyPrint's own,
    `pdf_variant` at least. Raises PassError when the HTML asks for anything but `files`, or
    WeasyPrint warns about anything at all.
    """
    import weasyprint

    before, _, rest = html.partition("<style>")
    sheet, _, after = rest.partition("</style>")
    with _no_warnings():
        try:
            look, fonts = _parsed(sheet, tuple(sorted(files.items())))
            source = _source_class()(string=before + after, url_fetcher=_fetcher(files))
            document = source.render(stylesheets=[look], font_config=fonts, **options)
            pages = len(document.pages)
            if most is not None and pages > most:
                return b"", pages
            return document.write_pdf(finisher=_keep, **options), pages
        except weasyprint.urls.FatalURLFetchingError as error:
            raise PassError(str(error.__cause__)) from error


@cache
def _source_class() -> Any:
    """Return WeasyPrint's way to read HTML, without its rules for notes, of which we have none.

    They give each element of a document five pseudo-elements with a style of their own.
    """
    import weasyprint

    class Source(weasyprint.HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_without_notes(sheet) for sheet in super()._ua_stylesheets(forms)]

    return Source


@cache
def _without_notes(sheet: Any) -> Any:
    found = copy.copy(sheet)
    found.matcher = copy.copy(sheet.matcher)
    found.matcher.other_selectors = [
        selector
        for selector in sheet.matcher.other_selectors
        if not str(selector[3]).startswith(("note-", "footnote-"))
    ]
    return found


def _keep(_document: Any, pdf: Any) -> None:
    """Have each object of a PDF put into bytes once: pydyf does it again for the identifier.

    Before that, what nobody sees or hears of is left out.
    """
    lean(pdf)
    pdf.objects = [found if found.free == "f" else _kept()(found) for found in pdf.objects]


@cache
def _kept() -> Any:
    import pydyf  # type: ignore[import-untyped]

    class Kept(pydyf.Object):  # type: ignore[misc]
        data, compressible = b"", False

        def __init__(self, found: Any) -> None:
            super().__init__()
            self.number, self.generation = found.number, found.generation
            self.data, self.compressible = found.data, found.compressible

    return Kept


@lru_cache(maxsize=8)
def _parsed(sheet: str, files: tuple[tuple[str, Asset], ...]) -> tuple[Any, Any]:
    """Return a style sheet and its fonts as WeasyPrint needs them, read once in a process.

    Documents share the sheet, and reading it takes a fifth of a document's time.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = _fetcher(dict(files))
    return weasyprint.CSS(string=sheet, font_config=fonts, url_fetcher=fetcher), fonts


# WeasyPrint's fonts free what they hold with modules that are gone at the very end.
atexit.register(_parsed.cache_clear)


def _fetcher(files: Mapping[str, Asset]) -> Any:
    """Return a fetcher that knows the named files and nothing else."""
    import weasyprint

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            scheme, _, name = url.partition(":")
            if scheme != "asset" or name not in files:
                raise PassError(f"får ikke hente «{url[:80]}»")
            asset = files[name]
            data = asset if isinstance(asset, bytes) else asset.read_bytes()
            return weasyprint.urls.URLFetcherResponse(url, data)

    return Fetcher(allow_redirects=False, fail_on_errors=True)


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _no_warnings() -> Iterator[None]:
    collect, logger = _Collect(), logging.getLogger("weasyprint")
    logger.addHandler(collect)
    try:
        yield
    finally:
        logger.removeHandler(collect)
    if collect.messages:
        raise PassError("; ".join(collect.messages))


def declare(pdf: Any, version: str, address: str) -> None:
    """Say in the metadata of a PDF/A file that it is PDF/UA-1 too, its version and its address.

    Version and address stand where XMP has a place for them: `xmpMM:VersionID` and
    `dc:identifier` (XMP specification 2005, which PDF/A-2 knows).

    WeasyPrint's `xmp_metadata` would add a second `rdf:RDF`, which validators ignore.
    """
    stream = pdf.Root.Metadata
    metadata = stream.read_bytes()
    if metadata.count(b"</rdf:RDF>") != 1:
        raise PassError("uventede metadata fra WeasyPrint")
    own = _ORIGIN.format(version=escape(version), address=escape(address))
    stream.write(metadata.replace(b"</rdf:RDF>", _PDFUA + own.encode() + b"</rdf:RDF>"))


def mend_tags(pdf: Any) -> None:
    """Give each header cell its scope and each list item one body."""
    import pikepdf

    for element, inside in _elements(pdf.Root.StructTreeRoot, ""):
        if element.S == "/TH":
            scope = pikepdf.Name.Column if inside == "/THead" else pikepdf.Name.Row
            element.A = pikepdf.Dictionary(
                {**dict(element.get("/A", {})), "/O": pikepdf.Name.Table, "/Scope": scope}
            )
        elif element.S == "/LI":
            _gather_body(pdf, element)


def save(pdf: Any, *, recompress: bool = True) -> bytes:
    """Return the file, small, and the same for the same objects.

    Without `recompress`, streams that are compressed already stay as they are.
    """
    import pikepdf

    pikepdf.settings.set_flate_compression_level(9)
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=recompress,
    )
    return out.getvalue()


def first_page(data: bytes) -> bytes:
    """Return a picture of a PDF's first page as WebP, `PREVIEW_WIDTH` pixels wide."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    page = document[0]
    bitmap = page.render(scale=PREVIEW_WIDTH / page.get_width())
    out = io.BytesIO()
    bitmap.to_pil().convert("RGB").save(out, "WEBP", quality=70, method=4)
    document.close()
    return out.getvalue()


def _elements(node: Any, inside: str) -> Iterator[tuple[Any, str]]:
    """Return each structure element with the part of a table that it stands in."""
    for child in _children(node):
        kind = str(child.S)
        yield child, inside
        part = kind if kind in ("/THead", "/TBody", "/TFoot", "/Table") else inside
        yield from _elements(child, part)


def _gather_body(pdf: Any, item: Any) -> None:
    """Put what a list item holds besides its label into one body (ISO 32000-1, 14.8.4.3.3).

    WeasyPrint leaves blocks inside an item beside its label, which PDF/UA-1 refuses.
    """
    import pikepdf

    loose = [kid for kid in _children(item) if str(kid.S) not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.LBody, P=item, K=pikepdf.Array(loose)
        )
    )
    for kid in loose:
        kid.P = body
    labels = [kid for kid in _children(item) if str(kid.S) in ("/Lbl", "/LBody")]
    item.K = pikepdf.Array([*labels, body])


def _children(node: Any) -> Iterable[Any]:
    import pikepdf

    kids = node.get("/K")
    if isinstance(kids, pikepdf.Dictionary):
        return [kids] if "/S" in kids else []
    if isinstance(kids, pikepdf.Array):
        return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return []
