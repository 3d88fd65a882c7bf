"""A cache that was damaged: the site is as if it had not been, and the build says so once."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.site.conftest import small_project
from tests.site.test_atomic import fingerprint

pytestmark = pytest.mark.xdist_group("small")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(byte ^ 255 for byte in data[middle : middle + 40])
    path.write_bytes(data)


def cut(size: int) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes()[:size])


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def says(note: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(note)


def pages(path: Path) -> None:
    """Change the number of pages in a note that is right otherwise."""
    text = path.read_text(encoding="utf-8")
    wrong = re.sub(r'(pages\\": )\w+', r"\g<1>999", text)
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")


FILE = [flip, cut(0), cut(500), folder, link]
PREVIEW = [Path.unlink, flip, cut(0)]
NOTE = [
    pages,
    folder,
    link,
    *map(
        says,
        (
            b"[]",
            b'{"pages": "<b>x"}',
            b'{"pages": 999}',
            b'{"pages": -1}',
            b'{"pages": 1e9}',
            b'{"pages": true}',
            b'{"pages": NaN}',
            b'{"pages": "\xf8"}',
            b"9" * 2_000_000,
        ),
    ),
]


def damaged(cache: Path, parts: list[Path], published: set[str]) -> Iterator[Path]:
    """Do each kind of damage to files of their own; gives each file that is no longer right.

    `parts` are the PDFs that the handbooks are bound of.

    A picture that is not published is not looked at, so those that are get harmed.
    """
    files = sorted(
        parts, key=lambda path: path.with_name(f"{path.name}.note").stat().st_size, reverse=True
    )
    pictures = {path: path.with_name(f"{path.name}.webp") for path in files}
    pictured = [
        path
        for path, picture in pictures.items()
        if picture.exists() and sha256(picture.read_bytes()).hexdigest() in published
    ]
    plain = [
        path for path in sorted(cache.glob("??/*")) if path.suffix in {".docx", ".odt", ".png"}
    ]
    for harm in PREVIEW:
        path = pictured.pop()
        harm(pictures[path])
        yield path
    for harm in FILE:
        path = pictured.pop()
        harm(path)
        yield path
    for harm in NOTE:
        path = plain.pop()
        harm(path.with_name(f"{path.name}.note"))
        yield path


@pytest.mark.audit
def test_a_damaged_cache_never_reaches_the_site(tmp_path: Path) -> None:
    build = small_project(tmp_path / "prosjekt")
    cache = tmp_path / "mellomlager"
    good = fingerprint(build.ok(NVR_CACHE=str(cache)))
    whole = fingerprint(cache)
    bound = {sha256(path.read_bytes()).hexdigest() for path in build.site.rglob("handboken.pdf")}
    filled = sorted(cache.glob("gathered/*.pdf"))
    books = [path for path in filled if sha256(path.read_bytes()).hexdigest() in bound]
    parts = [path for path in filled if path not in books]
    harmed = list(damaged(cache, parts, set(good.values())))
    assert len(set(harmed)) == len(FILE) + len(PREVIEW) + len(NOTE)
    # The handbooks are bound anew, of damaged parts; the packages are there and one is damaged.
    assert len(books) == 2
    for book in books:
        for path in cache.glob(f"gathered/{book.name}*"):
            path.unlink()
    flip(next(cache.glob("gathered/*.zip")))
    (cache / harmed[0].parent.name / f"x.pdf.{_gone()}.0a.tmp").write_bytes(b"halv")

    result = build.run(NVR_CACHE=str(cache))
    said = result.stdout + result.stderr
    assert result.returncode == 0, said
    lines = [line for line in said.splitlines() if "skadet" in line]
    assert [line.split(" filer i mellomlageret")[0] for line in lines] == [
        f"INFO    -  {len(harmed) + 1}"
    ]
    assert "Traceback" not in said
    assert fingerprint(build.site) == good
    assert fingerprint(cache) == whole
    assert not [path for path in cache.rglob("*") if path.is_symlink()]


def _gone() -> int:
    """Return the id of a process that is no more."""
    child = subprocess.Popen(["true"])
    child.wait()
    return child.pid
