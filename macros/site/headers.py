"""The headers that guard a reader, computed from the finished pages, as web hosts read them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from macros.content.errors import ContentError, Problem
from macros.layouts import FOLDER as LAYOUTS
from macros.site.offline import WORKER

# Content Security Policy Level 3. What is not named here may not be loaded at all.
POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "worker-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
    "require-trusted-types-for": ("'script'",),
    # What our scripts may make an address of a script: that of a worker, and no other text
    # (`assets/js/lib-trusted.js`), which browsers ask for a trusted one of.
    "trusted-types": ("nvr-worker",),
}
# A meta element may not say these (CSP 3, section 3.3).
ONLY_HEADER = frozenset({"frame-ancestors"})

OTHERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Heard over https only. Without subdomains: they are not ours to decide for.
    "Strict-Transport-Security": "max-age=31536000",
}
# The joined style sheet is named by its content. A font has a fixed name: a month. The service
# worker lies at the root, so it needs no leave to reach all of the site, and is asked for anew.
FOR_EVER = "public, max-age=31536000, immutable"
A_MONTH = "public, max-age=2592000"
ANEW = "no-cache"

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"\stype=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_RUN = frozenset({"module", "text/javascript", "application/javascript", "importmap"})
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)


def inline_hashes(page: str) -> dict[str, set[str]]:
    """Return the sources that a page's inline scripts and styles need, by directive.

    A script that is data, such as JSON, is not run and needs none.
    """
    found: dict[str, set[str]] = {"script-src": set(), "style-src": set()}
    for tag, attributes, text in _INLINE.findall(page):
        kind = _TYPE.search(attributes)
        runs = tag.lower() == "style" or kind is None or kind[1].lower() in _RUN
        if runs and " src=" not in attributes:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            found[f"{tag.lower()}-src"].add(f"'sha256-{digest}'")
    return found


def own_sources() -> dict[str, set[str]]:
    """Return the sources of the theme's own inline scripts and styles, by directive.

    They are the only ones that the policy lets run: a page does not vouch for what it holds.
    """
    found: dict[str, set[str]] = {}
    for path in sorted((LAYOUTS / "theme").rglob("*.html")):
        for name, sources in inline_hashes(path.read_text(encoding="utf-8")).items():
            found.setdefault(name, set()).update(sources)
    return found


def policy(more: Mapping[str, Iterable[str]], *, meta: bool = False) -> str:
    """Return the policy with `more` sources by directive, as a header's or a meta's value."""
    return "; ".join(
        " ".join((name, *sources, *sorted(more.get(name, ()))))
        for name, sources in POLICY.items()
        if not (meta and name in ONLY_HEADER)
    )


def put_headers(site: Path, base: str, others: Sequence[str] = ()) -> None:
    """Write the policy in each page of the site, and all headers in the files that hosts read.

    `base` is the path of the site on its host, with a slash at both ends; `others` are the
    folders of the languages besides the first. `_headers`,
    `.htaccess` and `staticwebapp.config.json` are read where they lie; those in `headers/` are
    for who runs the server.
    """
    leave, ours = _leave(site), own_sources()
    every: dict[str, set[str]] = {name: set(sources) for name, sources in leave.items()}
    for path in sorted(site.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        own = inline_hashes(page)
        if any(sources - ours[name] for name, sources in own.items()):
            where = path.relative_to(site).as_posix()
            hint = "Legg det i en fil i docs/assets, og nevn den i layouts/theme eller mkdocs.yml."
            message = "siden har et skript eller en stil som ikke er vårt"
            raise ContentError([Problem(where, 0, 0, "", message, hint)])
        for name, sources in own.items():
            every.setdefault(name, set()).update(sources)
        value = policy(_joined(leave, own), meta=True)
        tag = f'<meta http-equiv="Content-Security-Policy" content="{value}">'
        path.write_text(_CHARSET.sub(rf"\g<0>\n{tag}", page, count=1), encoding="utf-8")
    # Most languages are shown with the first one's files (`assets.py`).
    aged = [other for other in others if any((site / other).glob("assets/css/nvr.*"))]
    for name, text in header_files(policy(every), base, aged).items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")


def header_files(csp: str, base: str, others: Sequence[str] = ()) -> dict[str, str]:
    """Return the text of each host's file, by its name below the site's folder."""
    headers = {"Content-Security-Policy": csp, **OTHERS}
    roots = [base, *(f"{base}{other}/" for other in others)]
    return {
        "_headers": _netlify(headers, roots),
        ".htaccess": _apache(headers, base),
        "staticwebapp.config.json": _azure(headers, roots),
        "headers/nginx.conf": _nginx(headers, base),
        "headers/Caddyfile": _caddy(headers, roots),
    }


def _aged(roots: Sequence[str]) -> list[tuple[str, str]]:
    """Return (pattern, how long a browser may keep it) for what each language's folder has."""
    found = [
        (root + name, age)
        for root in roots
        for name, age in (("assets/css/nvr.*", FOR_EVER), ("assets/fonts/*", A_MONTH))
    ]
    return [*found, (roots[0] + WORKER, ANEW)]


def _joined(*parts: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return {name: set().union(*(part.get(name, ()) for part in parts)) for name in POLICY}


def _leave(site: Path) -> dict[str, set[str]]:
    """Return what the policy has to allow for the files that the site holds."""
    leave: dict[str, set[str]] = {}
    texts = (path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    if any("url(data:" in text or 'url("data:' in text for text in texts):
        leave["img-src"] = {"data:"}
    return leave


def _netlify(headers: Mapping[str, str], roots: Sequence[str]) -> str:
    """Return `_headers`, as Netlify and Cloudflare Pages read it."""
    lines = [f"{roots[0]}*", *(f"  {name}: {value}" for name, value in headers.items())]
    for pattern, age in _aged(roots):
        lines += [pattern, f"  Cache-Control: {age}"]
    return "\n".join(lines) + "\n"


def _apache(headers: Mapping[str, str], base: str) -> str:
    lines = [f"ErrorDocument 404 {base}404.html", "<IfModule mod_headers.c>"]
    lines += [f'  Header always set {name} "{value}"' for name, value in headers.items()]
    lines += [
        r'  <FilesMatch "^nvr\.[0-9a-f]+\.css$">',
        f'    Header set Cache-Control "{FOR_EVER}"',
        "  </FilesMatch>",
        r'  <FilesMatch "\.woff2$">',
        f'    Header set Cache-Control "{A_MONTH}"',
        "  </FilesMatch>",
        r'  <FilesMatch "^sw\.js$">',
        f'    Header set Cache-Control "{ANEW}"',
        "  </FilesMatch>",
    ]
    return "\n".join([*lines, "</IfModule>"]) + "\n"


def _azure(headers: Mapping[str, str], roots: Sequence[str]) -> str:
    found = {
        "globalHeaders": dict(headers),
        "routes": [
            {"route": pattern, "headers": {"Cache-Control": age}} for pattern, age in _aged(roots)
        ],
        "responseOverrides": {"404": {"rewrite": f"{roots[0]}404.html"}},
    }
    return json.dumps(found, indent=2) + "\n"


def _nginx(headers: Mapping[str, str], base: str) -> str:
    """Return what belongs in nginx' `server` block.

    No cache ages: nginx drops the block's headers in a `location` that adds one of its own. A
    browser asks for a service worker's script anew whatever its age.
    """
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    # nginx compares the address that it has decoded.
    return "\n".join([*lines, f"error_page 404 {unquote(base)}404.html;"]) + "\n"


def _caddy(headers: Mapping[str, str], roots: Sequence[str]) -> str:
    lines = ["header {", *(f'\t{name} "{value}"' for name, value in headers.items()), "}"]
    lines += [f'header {pattern} Cache-Control "{age}"' for pattern, age in _aged(roots)]
    return "\n".join(lines) + "\n"
