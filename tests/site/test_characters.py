"""What the check lets through comes out whole at the other end, in every format there is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.content.test_characters import KEPT
from tests.site.conftest import Begin, Build

pytestmark = pytest.mark.xdist_group("tegn")  # one build for all

SAMPLE = "Tegn: " + ", ".join(KEPT.values()) + "."
GUIDE, SURVEY = "guides/meeting/oppstartsmote.yml", "guides/survey/bedrifter.yml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REGION = "regions/standard/region.yml"


@pytest.fixture(scope="module")
def built(begin: Begin) -> tuple[Path, str]:
    build = begin("tegn")
    write(build, GUIDE, "summary: Det første møtet i fasen.", f'summary: "{SAMPLE}"')
    write(build, GUIDE, "hjem med **samme** svar.", f"hjem med **samme svar. {SAMPLE}")
    write(build, GUIDE, "text: Første versjon.", f'text: "{SAMPLE}"')
    write(build, SURVEY, "text: Har bedriften ansatte?", f'text: "{SAMPLE}"')
    write(build, REGION, "owner: Fjordregionen interkommunalt politisk råd", f'owner: "{SAMPLE}"')
    write(build, REGION, "languages: [nb, nn]", "languages: [nb]")
    result = build.run()
    assert result.returncode == 0, result.stdout + result.stderr
    return build.site, result.stderr


def write(build: Build, name: str, old: str, new: str) -> None:
    text = (build.root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    build.write(name, text.replace(old, new))


def written(path: Path) -> Iterator[str]:
    """Return the text of a file: of each part of one that is packed, without its tags."""
    if path.suffix in (".docx", ".odt", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    yield "".join(said(etree.fromstring(archive.read(name))))
    elif path.suffix == ".xml":
        yield "".join(etree.fromstring(path.read_bytes()).itertext())
    elif path.suffix == ".ics":  # a long line goes on after a space (RFC 5545, 3.1)
        text = path.read_bytes().replace(b"\r\n ", b"").decode()
        yield text.replace("\\,", ",").replace("\\;", ";")
    else:
        yield path.read_text(encoding="utf-8")


def said(root: etree._Element) -> Iterator[str]:
    """Return the texts, and what Word has elements for."""
    for node in root.iter(etree.Element):
        yield {W + "softHyphen": "\u00ad", W + "noBreakHyphen": "\u2011"}.get(node.tag, "")
        yield node.text or ""
        yield node.tail or ""


@pytest.mark.parametrize(
    "pattern",
    [
        *("guider/mote/oppstartsmote/index.html", "endringer/feed.xml", "kontakt/index.html"),
        *("last-ned/oppstartsmote*.docx", "last-ned/oppstartsmote*.odt"),
        *("last-ned/undersokelse-bedrifter*.xlsx", "last-ned/undersokelse-bedrifter*.docx"),
        *("last-ned/undersokelse-bedrifter*.json", "last-ned/undersokelse-bedrifter*.txt"),
        "data/handbok.json",
    ],
)
def test_every_character_that_is_kept_stands_in_every_format(
    built: tuple[Path, str], pattern: str
) -> None:
    site, _ = built
    files = sorted(site.glob(pattern))
    assert files, sorted(path.name for path in (site / "last-ned").iterdir())
    for path in files:
        text = re.sub(r"\s", " ", "\n".join(written(path)).replace("\\u", "\\u"))
        for name, kept in KEPT.items():
            assert re.sub(r"\s", " ", kept) in text, (path.name, name)


def test_a_build_tells_of_markdown_that_is_shown_raw_and_publishes(
    built: tuple[Path, str],
) -> None:
    assert f"{GUIDE}:10:21: advarsel: purpose: «**» er ikke lukket" in built[1]
    assert "1 advarsel." in built[1]
