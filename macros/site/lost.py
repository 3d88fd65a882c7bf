"""The page that a host shows where it finds nothing, for all languages of an edition.

Most hosts have one such page for a site, that of the first language, while the lost address may
have been in another. So each language's page brings what the others say, in templates, and
`assets/js/lost.js` shows the one that the address asks for. Without a script the page's own stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from macros.site.links import LOST

# What a language says of itself, in the order of the page: header, text and foot.
_PART = re.compile(
    r'<header class="top">.*?</header>|<!--nvr-lost-->.*?<!--/nvr-lost-->'
    r'|<footer class="bottom">.*?</footer>',
    re.DOTALL,
)
_TEMPLATE = Markup('<template lang="{}" data-root="{}">{}</template>')


def share_lost(site: Path, roots: Mapping[str, str]) -> None:
    """Give each language's 404 page in the built site the parts of the other languages'.

    `roots` are the languages, the first one first, with the paths of their front pages. Links
    on these pages are whole paths, the same wherever they stand.
    """
    pages = {code: site / (code if at else "") / LOST for at, code in enumerate(roots)}
    texts = {code: page.read_text(encoding="utf-8") for code, page in pages.items()}
    parts = {code: _PART.findall(text) for code, text in texts.items()}
    for code, page in pages.items():
        text = texts[code]
        for at, own in reversed(list(enumerate(_PART.finditer(text)))):
            beside = "".join(
                _TEMPLATE.format(other, roots[other], Markup(parts[other][at]))  # noqa: S704 (ours)
                for other in roots
                if other != code
            )
            text = text[: own.end()] + beside + text[own.end() :]
        page.write_text(text, encoding="utf-8")
