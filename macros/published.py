"""The files of the site that are no pages: open data, the feed, and what search engines read."""

from __future__ import annotations

import datetime as dt
import os

from macros.content.project import Project
from macros.document.changes import FEED
from macros.document.edition import Edition
from macros.writers.data import DATA, LICENCE_FILE, SCHEMA, handbook_json, schema_json
from macros.writers.feed import feed_xml


def site_files(project: Project, edition: Edition) -> dict[str, str | bytes]:
    """Return the text of each file by its address below the language's root."""
    base, today = project.region.front_page(edition.language), build_day()
    found: dict[str, str | bytes] = {
        DATA: handbook_json(edition, base, today),
        SCHEMA: schema_json(base),
        FEED: feed_xml(edition, base, today),
    }
    licence = project.root / "LICENSE-content"
    if licence.is_file():
        found[LICENCE_FILE] = licence.read_bytes()
    if edition.language == project.region.languages[0]:
        found["robots.txt"] = robots(project)
    return found


def robots(project: Project) -> str:
    """Return what search engines may read (RFC 9309): all of it, and a map for each language."""
    maps = (
        f"Sitemap: {project.region.front_page(language)}sitemap.xml\n"
        for language in project.region.languages
    )
    return f"User-agent: *\nAllow: /\n\n{''.join(maps)}"


def build_day() -> dt.date:
    """Return the day of the commit that is built (SOURCE_DATE_EPOCH), in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    return dt.datetime.fromtimestamp(int(epoch) if epoch.isdecimal() else 0, dt.UTC).date()
