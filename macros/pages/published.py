"""The files of the site that are no pages: open data, the feed, and what search engines read."""

from __future__ import annotations

from pathlib import PurePath

from macros.content.built import built
from macros.content.project import Project
from macros.document.changes import FEED
from macros.document.edition import Edition
from macros.document.features import has
from macros.writers.answers_data import answers_files, report_files
from macros.writers.data import DATA, LICENCE_FILE, SCHEMA, handbook_json, schema_json
from macros.writers.feed import feed_xml
from macros.writers.form_data import form_files
from macros.writers.run_data import run_files
from macros.writers.talks_data import talks_files

_TEXTS = frozenset({".css", ".csv", ".js", ".json", ".svg", ".ts", ".txt", ".xml"})


def site_files(project: Project, edition: Edition) -> dict[str, str | bytes]:
    """Return the text of each file by its address below the language's root."""
    base = project.region.front_page(edition.language)
    today = built(project.newest).date()
    found: dict[str, str | bytes] = {
        DATA: handbook_json(edition, base, today),
        SCHEMA: schema_json(base),
        FEED: feed_xml(edition, base, today),
    }
    if any(has(edition, name) for name in ("answers", "fill", "run")):
        found |= form_files(edition)
    if has(edition, "run"):
        found |= run_files(edition)
    if has(edition, "answers"):
        found |= answers_files(edition) | report_files(edition, project.brand)
        found |= talks_files(edition)
    licence = project.root / "LICENSE-content"
    if licence.is_file():
        found[LICENCE_FILE] = licence.read_bytes()
    if edition.language == project.region.languages[0]:
        found["robots.txt"] = robots(project)
    return found


def lines_ended(name: str, data: bytes) -> bytes:
    """Return a file that is copied as it stands, its lines ended as on every other machine.

    An editor on Windows ends them with two characters, and the same site shall have the same
    bytes. What is no text by its name is left alone.
    """
    return data.replace(b"\r\n", b"\n") if PurePath(name).suffix in _TEXTS else data


def robots(project: Project) -> str:
    """Return what search engines may read (RFC 9309): all of it, and a map for each language."""
    maps = (
        f"Sitemap: {project.region.front_page(language)}sitemap.xml\n"
        for language in project.region.languages
    )
    return f"User-agent: *\nAllow: /\n\n{''.join(maps)}"
