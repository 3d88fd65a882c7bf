"""The host that has all editions: a page that finds a region, and the map of all the sites."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from macros.content.alphabet import alphabetical
from macros.content.base import LANGUAGES, SOURCE_LANGUAGE, Language
from macros.content.brand.brand import Brand, load_brand
from macros.content.catalogue import load_catalogue
from macros.fleet.state import put_whole
from macros.layouts import FOLDER, css_variables, environment
from macros.layouts.pdf_pass import FONTS
from macros.site.headers import policy
from macros.writers.picture import mark_svg

_LOST = "404.html"
_FONTS = ("inter-400.woff2", "inter-600.woff2")
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Each host's file with headers that is read at the root alone; an edition's are written for that.
_HEADERS = "_headers"


@dataclass(frozen=True)
class Listed:
    """An edition as the front page has it; the national one has no name of its own."""

    slug: str
    name: str
    municipalities: Sequence[str]
    address: str
    languages: Sequence[str]

    @property
    def towns(self) -> str:
        """Return the names of its municipalities in one line."""
        return ", ".join(self.municipalities)


def write_front(root: Path, out: Path, host: str, regions: Iterable[Listed]) -> None:
    """Write what lies at the host's root: a page a language, the lost page, map and headers.

    Every file has a dot in its name, so none can be a region's folder. Raises OSError.
    """
    found = list(regions)
    out.mkdir(parents=True, exist_ok=True)
    brand = load_brand(root / "regions" / "standard", "regions/standard", [])
    files = {
        "style": _named(out, "forside.css", _style(brand)),
        "script": _named(out, "forside.js", (FOLDER / "fleet" / "front.js").read_bytes()),
        "icon": _named(out, "forside.svg", mark_svg(brand).encode()),
    }
    for font in _FONTS:
        shutil.copyfile(FONTS / font, out / font)
    for language in LANGUAGES:
        page = _page(host, found, language, files)
        put_whole(out / _file(language), page.encode())
    lost = _page(host, found, SOURCE_LANGUAGE, files, lost=True)
    put_whole(out / _LOST, lost.encode())
    put_whole(out / "sitemap.xml", _sitemaps(_named_in(found, SOURCE_LANGUAGE)))
    if urlsplit(host).path == "/":  # search engines read it at a host's root alone (RFC 9309)
        text = f"User-agent: *\nAllow: /\n\nSitemap: {host}sitemap.xml\n"
        put_whole(out / "robots.txt", text.encode())
    if headers := _headers(out, found):
        put_whole(out / _HEADERS, headers.encode())
    _tidy(out, files.values())


def _file(language: Language) -> str:
    """Return the name of the front page in a language, below the host's address."""
    return "index.html" if language == SOURCE_LANGUAGE else f"{language}.html"


def _page(
    host: str,
    regions: Sequence[Listed],
    language: Language,
    files: Mapping[str, str],
    *,
    lost: bool = False,
) -> str:
    words = load_catalogue(language)
    listed = _named_in(regions, language)
    other = next(code for code in LANGUAGES if code != language)
    addresses: dict[str, str] = {
        code: "" if code == SOURCE_LANGUAGE else _file(code) for code in LANGUAGES
    }
    return environment().get_template("fleet/front.html").render(
        t=words,
        title=words("fleet.lost") if lost else words("fleet.front"),
        lost=lost,
        policy=policy({}, meta=True),
        regions=listed,
        second=load_catalogue(other) if lost else None,
        root=urlsplit(host).path,
        host=host,
        address=host + addresses[language],
        languages=addresses,
        other=other,
        other_file=addresses[other],
        **files,
    )  # fmt: skip


def _named_in(regions: Sequence[Listed], language: Language) -> list[Listed]:
    """Return the editions with their names in a language, in the order of the alphabet."""
    national = load_catalogue(language)("fleet.national")
    named = [replace(one, name=one.name or national) for one in regions]
    return sorted(named, key=lambda one: (alphabetical(one.name), one.slug))


def _style(brand: Brand) -> bytes:
    """Return the page's style sheet with the colours of the national edition, light and dark."""
    colours = f":root{{{css_variables(brand.light)}}}\n"
    colours += f"@media (prefers-color-scheme: dark){{:root{{{css_variables(brand.dark)}}}}}\n"
    return (colours + (FOLDER / "fleet" / "front.css").read_text(encoding="utf-8")).encode()


def _named(out: Path, name: str, data: bytes) -> str:
    """Write a file under a name that its content gives, and return the name."""
    stem, _, ending = name.partition(".")
    named = f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{ending}"
    put_whole(out / named, data)
    return named


def _tidy(out: Path, kept: Iterable[str]) -> None:
    """Remove the style sheets, scripts and icons of earlier front pages."""
    for path in out.glob("forside.????????????.*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _sitemaps(regions: Sequence[Listed]) -> bytes:
    """Return the index of the editions' own maps, one a language (sitemaps.org, 0.9)."""
    index = etree.Element("sitemapindex", nsmap={None: _MAP})
    for one in regions:
        for folder in ("", *(f"{code}/" for code in one.languages[1:])):
            place = etree.SubElement(etree.SubElement(index, "sitemap"), "loc")
            place.text = f"{one.address}{folder}sitemap.xml"
    found: bytes = etree.tostring(index, encoding="utf-8", xml_declaration=True)
    return found


def _headers(out: Path, regions: Sequence[Listed]) -> str:
    """Return the editions' header files in one: hosts that read it do so at the root."""
    files = [out / one.slug / _HEADERS for one in regions]
    return "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
