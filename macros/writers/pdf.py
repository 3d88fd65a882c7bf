"""PDF: the print layout through WeasyPrint, then a pass for what archives and screen readers ask.

One file passes PDF/A-2a (ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup

from macros.content.brand import Brand
from macros.content.catalogue import Catalogue
from macros.content.region import Region
from macros.document.blocks import Document
from macros.document.edition import address
from macros.layouts import FOLDER, Layout, css_variables
from macros.writers import Job, Rendered, WriterError

FONTS = Path(__file__).parent.parent.parent / "docs" / "assets" / "fonts"
FONT_NAMES = ("inter-400.woff2", "inter-400-italic.woff2", "inter-600.woff2")
GENERATOR = "Næringsvennlig region"
# What the bytes depend on besides the HTML, the fonts and the images.
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "pikepdf")

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


class PdfError(WriterError):
    """Raised when a PDF cannot be made as it should be; the text is Norwegian."""


@dataclass(frozen=True)
class PdfPayload:
    """The whole input of one PDF. `assets` maps `asset:` names to files."""

    name: str
    html: str
    assets: dict[str, Path]


@dataclass(frozen=True)
class Print:
    """What all PDFs of one edition share; `base_url` ends with the language's folder."""

    region: Region
    brand: Brand
    words: Catalogue
    base_url: str


def job(document: Document, shared: Print) -> Job:
    """Return the job that makes the document's PDF."""
    logo = shared.brand.logo
    assets = {f"fonts/{name}": FONTS / name for name in FONT_NAMES}
    source = None
    if logo:
        assets["logo" + Path(logo.light).suffix] = shared.brand.folder / logo.light
        source = {"src": "asset:logo" + Path(logo.light).suffix, "alt": logo.alt}
    html = _html(document, shared, source)
    payload = PdfPayload(f"{document.name}.pdf", html, assets)
    return Job(payload.name, _key(payload), render, payload)


def _html(document: Document, shared: Print, logo: dict[str, str] | None) -> str:
    words = shared.words
    layout = Layout("print", words, lambda target: _absolute(target, document, shared))
    name = words("site.name")
    return layout.render(
        "print/document.html",
        d=document,
        css=_css(shared),
        date=words.date(document.updated) if document.updated else "",
        author=shared.region.owner,
        region=shared.region.name,
        site=f"{name} · {shared.region.name}" if shared.region.name else name,
        address=shared.base_url + document.address,
        generator=GENERATOR,
        logo=logo,
    )


def _absolute(target: str, document: Document, shared: Print) -> str:
    if ":" in target:
        return target
    path, _, fragment = target.partition("#")
    kind, _, item_id = path.partition("/")
    if (kind, item_id) == (document.kind, document.id) and fragment:
        return f"#{fragment}"
    return shared.base_url + address(kind, item_id) + (f"#{fragment}" if fragment else "")


def _css(shared: Print) -> Any:
    variables = f":root{{{css_variables(shared.brand.light)}}}"
    return Markup(variables + (FOLDER / "print" / "print.css").read_text(encoding="utf-8"))  # noqa: S704


def _key(payload: PdfPayload) -> str:
    digest = hashlib.sha256(_code_key())
    digest.update(payload.html.encode())
    for name, path in sorted(payload.assets.items()):
        digest.update(name.encode() + _file_key(path, path.stat().st_mtime_ns))
    return digest.hexdigest()


@cache
def _code_key() -> bytes:
    libraries = " ".join(f"{name}={version(name)}" for name in _LIBRARIES)
    return hashlib.sha256(libraries.encode() + Path(__file__).read_bytes()).digest()


@cache
def _file_key(path: Path, changed: int) -> bytes:  # noqa: ARG001 (a part of the cache's key)
    return hashlib.sha256(path.read_bytes()).digest()


def render(payload: PdfPayload) -> Rendered:
    """Return the PDF of a payload.

    Raises PdfError when WeasyPrint asks for anything outside the payload's assets, or
    warns about anything at all.
    """
    import weasyprint

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            scheme, _, name = url.partition(":")
            if scheme != "asset" or name not in payload.assets:
                raise PdfError(f"{payload.name}: får ikke hente «{url[:80]}»")
            data = payload.assets[name].read_bytes()
            return weasyprint.urls.URLFetcherResponse(url, data)

    with _no_warnings(payload.name):
        try:
            html = weasyprint.HTML(
                string=payload.html,
                url_fetcher=Fetcher(allow_redirects=False, fail_on_errors=True),
            )
            document = html.render(pdf_variant="pdf/a-2a")
            raw = document.write_pdf(pdf_variant="pdf/a-2a")
        except weasyprint.urls.FatalURLFetchingError as error:
            raise PdfError(str(error.__cause__)) from error
    return Rendered(_finish(raw, payload), len(document.pages))


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _no_warnings(name: str) -> Iterator[None]:
    collect, logger = _Collect(), logging.getLogger("weasyprint")
    logger.addHandler(collect)
    try:
        yield
    finally:
        logger.removeHandler(collect)
    if collect.messages:
        raise PdfError(f"{name}: {'; '.join(collect.messages)}")


def _finish(raw: bytes, payload: PdfPayload) -> bytes:
    import pikepdf

    pikepdf.settings.set_flate_compression_level(9)
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        stream = pdf.Root.Metadata
        metadata = stream.read_bytes()
        if metadata.count(b"</rdf:RDF>") != 1:
            raise PdfError(f"{payload.name}: uventede metadata fra WeasyPrint")
        stream.write(metadata.replace(b"</rdf:RDF>", _PDFUA + b"</rdf:RDF>"))
        for element, inside in _elements(pdf.Root.StructTreeRoot, ""):
            if element.S == "/TH":
                scope = pikepdf.Name.Column if inside == "/THead" else pikepdf.Name.Row
                element.A = pikepdf.Dictionary(
                    {**dict(element.get("/A", {})), "/O": pikepdf.Name.Table, "/Scope": scope}
                )
            elif element.S == "/LI":
                _gather_body(pdf, element)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
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
