"""ZIP packages: many documents in one file, with a page that leads to them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from macros.content.model import KINDS
from macros.document.blocks import Document
from macros.document.formats import file_name, files
from macros.document.packages import Package
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts import Layout
from macros.writers import Gathered, Gathering, Job, Rendered

_INDEX = "index.html"


@dataclass(frozen=True)
class PackagePayload:
    """The page and the folder of a package; `paths` are those of the files, in order."""

    folder: str
    index: str
    updated: dt.date
    paths: tuple[str, ...]


def job(package: Package, shared: Shared, made: Mapping[str, Job]) -> Gathering:
    """Return the job that packs a package's files; `made` has the job of each by its name.

    A file that `made` has under the package's own name, but for `.zip`, is packed too.
    """
    own = file_name(package.name, "pdf")
    paths = {own: own} if own in made else {}
    paths |= {name: _path(document, name) for document, name in package.files()}
    index = _index(package, shared, paths)
    payload = PackagePayload(package.name, index, package.updated, tuple(paths.values()))
    parts = tuple((path, made[name]) for name, path in paths.items())
    found = key(__name__, payload, [part.key for _, part in parts])
    return Gathering(file_name(package.name, "zip"), found, render, payload, parts=parts)


def _path(document: Document, name: str) -> str:
    """Return where a file stands in the package: in the folder of its kind's address."""
    return f"{KINDS[document.kind].address}/{name}"


def _index(package: Package, shared: Shared, paths: Mapping[str, str]) -> str:
    words, site = shared.words, shared.words("site.name")
    groups = [
        (
            group.title,
            [
                (
                    document,
                    [
                        (words(f"download.short.{form}"), paths[name])
                        for form, name in files(document)
                        if name in paths
                    ],
                )
                for document in group.documents
            ],
        )
        for group in package.groups
    ]
    layout = Layout("page", words, lambda target: target)
    return layout.render(
        "package/index.html",
        p=package,
        site=f"{site} · {shared.region.name}" if shared.region.name else site,
        owner=shared.region.owner,
        address=shared.base_url + package.address,
        groups=groups,
    )


def render(gathered: Gathered) -> Rendered:
    """Return the ZIP of a payload and its parts.

    The files are small already, so they are stored as they are. Times are the day of the
    newest change, so that the same files give the same bytes.
    """
    payload, files = gathered
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        index = _entry(payload, _INDEX)
        archive.writestr(index, payload.index, zipfile.ZIP_DEFLATED, 9)
        for path in payload.paths:
            archive.writestr(_entry(payload, path), files[path])
    return Rendered(out.getvalue(), None)


def _entry(payload: PackagePayload, path: str) -> zipfile.ZipInfo:
    day = payload.updated
    entry = zipfile.ZipInfo(f"{payload.folder}/{path}", (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = 0o644 << 16
    return entry
