"""What a browser needs to know to put the edition beside its reader's other programs.

W3C, Web Application Manifest. Addresses are relative to the manifest, so it holds below any path.
"""

from __future__ import annotations

import json
from typing import Any

from macros.content.project import Project
from macros.document.edition import Edition
from macros.writers.picture import FOLDER as MARKS

MANIFEST = "manifest.webmanifest"  # below the language's root
_SHORT = 30  # letters; a longer name is cut below an icon, so there it is the handbook's alone


def manifest_json(project: Project, edition: Edition) -> str:
    """Return the manifest of one language; all languages have the scope of the whole edition."""
    words, region, brand = edition.words(), edition.region, project.brand
    name = words("site.name")
    up = "./" if edition.language == project.region.language else "../"
    small = brand.mark("small")
    icons = [{"src": f"{up}{MARKS}merke-180.png", "sizes": "180x180", "type": "image/png"}]
    if small is None or small.drawing:
        scaled = {"src": f"{up}{MARKS}merke.svg", "sizes": "any", "type": "image/svg+xml"}
        icons.insert(0, scaled)
    short = region.short_name or name
    found: dict[str, Any] = {
        "name": f"{name} – {region.name}" if region.name else name,
        "short_name": short if len(short) <= _SHORT else name,
        "description": words("site.description"),
        "lang": edition.language,
        "start_url": "./",
        "scope": up,
        # With the way back and the address in sight: the pages have neither of their own.
        "display": "minimal-ui",
        "background_color": brand.light["paper"],
        "theme_color": brand.light["button"],
        "icons": icons,
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
