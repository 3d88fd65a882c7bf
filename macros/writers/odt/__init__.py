"""ODT: OpenDocument Text 1.3, for whoever edits and does not use Word.

The XML is made with lxml and zipped here. The libraries were weighed: odfpy has had no release
since 2020, and both it and odfdo write the clock into the zip. What is left of them, names for
elements, does not outweigh that; the tests judge the files by the standard's own schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.document.blocks import Document
from macros.document.edition import Shared
from macros.document.formats import file_name
from macros.keys import key
from macros.writers import Job, Rendered, WriterError


@dataclass(frozen=True)
class OdtPayload:
    """The whole input of one file; `logo` is its path in the package, its file and its text."""

    name: str
    document: Document
    words: Catalogue
    region: str
    owner: str
    colours: Mapping[str, str]
    base_url: str
    logo: tuple[str, Path, str] | None
    fonts: tuple[str | None, str | None] = (None, None)


def job(document: Document, shared: Shared) -> Job:
    """Return the job that makes the document's ODT.

    Raises WriterError when the logo cannot be read.
    """
    logo = None
    if found := shared.brand.logo:
        file = shared.brand.folder / found.light
        logo = (f"Pictures/logo{file.suffix}", file, str(found.alt))
    payload = OdtPayload(
        file_name(document.name, "odt"),
        document,
        shared.words,
        shared.region.name or "",
        shared.region.owner,
        dict(shared.brand.paper),
        shared.base_url,
        logo,
        (shared.brand.base, shared.brand.headings),
    )
    try:
        made_from = key(__name__, replace(payload, name=""))
    except OSError as error:
        raise _unreadable(payload.name, error) from error
    return Job(payload.name, made_from, render, payload)


def _read(name: str, file: Path) -> bytes:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(name, error) from error
    # An editor on Windows may have ended its lines otherwise: the same logo is the same bytes.
    return data.replace(b"\r\n", b"\n") if file.suffix == ".svg" else data


def _unreadable(name: str, error: OSError) -> WriterError:
    reason = error.strerror or str(error)
    return WriterError(f"{name}: får ikke lest logoen {error.filename}: {reason}")


def render(payload: OdtPayload) -> Rendered:
    """Return the ODT of a payload; it has no number of pages until a program lays it out.

    Raises WriterError when the logo cannot be read, or a text has a character that XML
    cannot hold.
    """
    from macros.writers.odt.package import pack
    from macros.writers.odt.parts import make_parts

    logo = _read(payload.name, payload.logo[1]) if payload.logo else b""
    try:
        parts = make_parts(payload, logo)
    except ValueError as error:
        raise WriterError(f"{payload.name}: en tekst kan ikke skrives som XML: {error}") from error
    if payload.logo:
        parts[payload.logo[0]] = logo
    return Rendered(pack(parts, payload.document.updated), None)
