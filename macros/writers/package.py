"""ZIP packages: many documents in one file, with a page that leads to them.

Every file of a package is published already, and belongs to two or more. So a ZIP is published with
its pages, and that of everything with what one goes on working in. Its page leads to the rest where
that is published; a reader's browser fetches it and makes the package (`assets/js/package.js`).
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.content.handbook import WHOLE_NAME
from macros.content.model import KINDS
from macros.document.blocks import Document
from macros.document.formats import DOWNLOADS, PACKED, file_name, files
from macros.document.packages import Package
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import Layout
from macros.writers import Gathered, Gathering, Job, Rendered

_INDEX = "index.html"


@dataclass(frozen=True)
class PackagePayload:
    """The pages and the folder of a package.

    `paths` are those of the files that it is published with, in order; `names` are all that
    the whole package has.
    """

    folder: str
    pages: tuple[tuple[str, str], ...]
    updated: dt.date
    paths: tuple[str, ...]
    names: tuple[str, ...]


def job(
    package: Package, shared: Shared, made: Mapping[str, Job], phases: Sequence[Package] = ()
) -> Gathering:
    """Return the job that packs a package's files; `made` has the job of each by its name.

    A file that `made` has under the package's own name, but for `.zip`, belongs to it, too. That
    of everything has a page for each of its `phases`, and the files to work in.
    """
    paths = {name: _path(document, name) for document, name in package.files()}
    packed = [name for _, form, name in package.formats() if phases and form in PACKED]
    own = file_name(package.name, "pdf")
    bound = {own: own} if own in made and own not in paths else {}
    pages = [(_INDEX, _page(package, shared, bound | paths, packed, phases))]
    for phase in phases:
        pages.append((f"{phase.name}.html", _page(phase, shared, paths, packed)))
    payload = PackagePayload(
        package.name,
        tuple(pages),
        package.updated,
        tuple(paths[name] for name in packed),
        (*bound, *paths),
    )
    parts = tuple((paths[name], made[name]) for name in packed)
    found = key(__name__, payload, [part.key for _, part in parts])
    return Gathering(file_name(package.name, "zip"), found, render, payload, parts=parts)


def _path(document: Document, name: str) -> str:
    """Return where a file stands in the package: in the folder of its kind's address."""
    return f"{KINDS[document.kind].address}/{name}"


def _page(
    package: Package,
    shared: Shared,
    paths: Mapping[str, str],
    packed: Sequence[str],
    phases: Sequence[Package] = (),
) -> str:
    """Return the page that leads to a package's files, in it or where they are published."""
    words, site, base = shared.words, shared.words("site.name"), shared.base_url
    away = {name: f"{base}{DOWNLOADS}{name}" for name in paths.keys() - set(packed)}
    groups = [
        (
            group.title,
            [(document, _links(document, shared, paths, away)) for document in group.documents],
        )
        for group in package.groups
    ]
    layout = Layout("page", words, lambda target: target)
    return layout.render(
        "package/index.html",
        p=package,
        site=f"{site} · {shared.region.name}" if shared.region.name else site,
        owner=shared.region.owner,
        address=base + package.address,
        whole=f"{base}{DOWNLOADS}{file_name(WHOLE_NAME, 'zip')}",
        bound=[(name, away[name]) for name in paths if paths[name] == name],
        packed=bool(packed),
        phases=phases,
        groups=groups,
    )


def _links(
    document: Document, shared: Shared, paths: Mapping[str, str], away: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return what each file is called, its path in the package, and where it is when not there."""
    return [
        (shared.words(f"download.short.{form}"), paths[name], away.get(name, ""))
        for form, name in files(document)
        if name in paths
    ]


def render(gathered: Gathered) -> Rendered:
    """Return the ZIP of a payload and its parts.

    A file is stored as it is where it does not get smaller. Times are the day of the newest change,
    so that the same files give the same bytes.
    """
    payload, files = gathered
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in payload.pages:
            _put(archive, _entry(payload, name), text.encode())
        for path in payload.paths:
            _put(archive, _entry(payload, path), files[path])
    return Rendered(out.getvalue(), None)


def _put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes) -> None:
    smaller = len(zlib.compress(data, 9)) < len(data)
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED, 9)


def _entry(payload: PackagePayload, path: str) -> zipfile.ZipInfo:
    day = payload.updated
    entry = zipfile.ZipInfo(f"{payload.folder}/{path}", (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = 0o644 << 16
    return entry
