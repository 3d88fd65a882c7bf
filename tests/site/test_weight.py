"""What an edition weighs: a host, a reader's line and sixty regions have to carry it."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

MOST = 90_000_000  # bytes, of two whole languages
WORTH = 4_000  # bytes: what is smaller may be there twice


def published(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}


def test_two_languages_weigh_no_more_than_they_may(
    site: Path, record_property: Callable[[str, object], None]
) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for path in published(site).values():
        kinds[path.suffix] += path.stat().st_size
    heaviest = sorted(kinds.items(), key=lambda kind: -kind[1])[:6]
    told = ", ".join(f"{kind or 'other'} {size / 1e6:.1f}" for kind, size in heaviest)
    total = sum(kinds.values())
    record_property("figure", f"two languages weigh {total / 1e6:.1f} MB: {told}")
    assert (site / "nn" / "index.html").is_file()
    assert total <= MOST, told


def test_nothing_is_published_twice(site: Path) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in published(site).items():
        if path.stat().st_size >= WORTH:
            found[hashlib.sha256(path.read_bytes()).hexdigest()].append(name)
    twice = [sorted(names) for names in found.values() if len(names) > 1]
    # The file of a document without a twin has an address in each language, which still holds when
    # it gets one, and so has the licence.
    own = re.compile(r"nn/(last-ned/|data/lisens\.txt)")
    assert [
        names
        for names in twice
        if len(names) > 2 or not own.match(names[1]) or names[1] != f"nn/{names[0]}"
    ] == []


def test_nothing_is_published_that_is_for_programmers_alone(site: Path) -> None:
    names = published(site)
    assert [name for name in names if name.endswith((".map", ".d.ts"))] == []
    assert not (site / "assets/javascripts").exists()
    shown = [path for name, path in names.items() if name.endswith((".css", ".js"))]
    assert [path for path in shown if b"sourceMappingURL" in path.read_bytes()] == []


def test_no_package_has_a_file_twice_nor_one_that_could_be_smaller(site: Path) -> None:
    packages = [path for name, path in published(site).items() if name.endswith(".zip")]
    assert len(packages) == 8
    for path in packages:
        with zipfile.ZipFile(path) as archive:
            sums = [hashlib.sha256(archive.read(entry)).hexdigest() for entry in archive.infolist()]
            assert len(sums) == len(set(sums)), path
            assert all(entry.compress_size <= entry.file_size for entry in archive.infolist())
            texts = [one for one in archive.infolist() if one.filename.endswith((".html", ".csv"))]
            assert all(
                one.compress_size < one.file_size / 2 for one in texts if one.file_size > 2000
            )
