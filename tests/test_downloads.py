"""The cache and the pool: a file is whole or not there, and made once."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from macros.downloads import (
    MAX_AGE_DAYS,
    MAX_AGE_DAYS_GATHERED,
    Cache,
    Pool,
    file_names,
    make,
    put,
)
from macros.plugin import HandbookPlugin
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError
from macros.writers.page import FileFacts


def rendered(payload: str) -> Rendered:
    """Stand in for a writer; runs in a worker."""
    if payload == "feil":
        raise WriterError("prove.pdf: går ikke")
    return Rendered(payload.encode(), 3, b"bilde" if payload == "med bilde" else None)


def joined(gathered: Gathered) -> Rendered:
    """Stand in for a writer of what is gathered; runs in a worker."""
    between, files = gathered
    texts = [files[name].read_text() for name in sorted(files)]
    return Rendered(between.join(texts).encode(), None)


def job(key: str, payload: str = "innhold", **more: Any) -> Job:
    return Job("prove.pdf", key * 8, rendered, payload, **more)


def gathering(*parts: Job) -> Gathering:
    named = tuple((part.payload, part) for part in parts)
    return Gathering("alt.zip", "ff" * 8, joined, " og ", parts=named)


def made(job: Job, folder: Path) -> FileFacts:
    """Make a job's file as a worker does."""
    return make(job.render, job.payload, Cache(folder).path(job))


def pool(folder: Path, *jobs: Job) -> Pool:
    """Return a pool that has begun the jobs."""
    begun = Pool(Cache(folder))
    for each in jobs:
        begun.start(each)
    return begun


def test_a_file_is_made_once_and_then_found(tmp_path: Path) -> None:
    first = pool(tmp_path, job("aa"), job("bb"), job("aa"))
    first.join()
    assert first.made == ["prove.pdf"] * 2
    assert first.facts(job("aa")) == FileFacts(7, 3)
    assert first.cache.path(job("aa")).read_bytes() == b"innhold"
    again = pool(tmp_path, job("aa"), job("bb"))
    assert again.made == []
    again.join()
    assert again.done == first.done


def test_the_documents_to_read_are_begun_first_then_the_heaviest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long job begun last would leave the other cores with nothing to do."""
    begun: list[str] = []

    class Executor:
        def submit(self, _: object, __: object, payload: str, ___: Path) -> Future[FileFacts]:
            begun.append(payload)
            return Future()

    monkeypatch.setattr("macros.downloads.ProcessPoolExecutor", lambda **_: Executor())
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    one = pool(
        tmp_path,
        *(Job("a", f"{at:016}", rendered, f"{at}", at, at == 3) for at in (0, 1, 2, 9, 3)),
    )
    assert begun == ["0", "1"]  # as soon as they are there, and no more than there are hands
    for done in (0, 1, 3):
        future: Future[FileFacts] = Future()
        future.set_result(FileFacts(1, None))
        one._finished(f"{done:016}", future)
    assert begun == ["0", "1", "3", "9", "2"]


def test_what_is_gathered_waits_for_its_parts(tmp_path: Path) -> None:
    parts = job("aa", "brød"), job("bb", "smør")
    whole = gathering(*parts)
    begun = pool(tmp_path, whole, *parts)
    begun.join()
    assert begun.cache.path(whole).read_text() == "brød og smør"
    assert pool(tmp_path, *parts, whole).made == []


def test_a_part_that_nobody_made_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"alt\.zip"):
        pool(tmp_path, gathering(job("aa"))).join()


def test_a_picture_stands_beside_its_file_and_is_put_in_with_it(tmp_path: Path) -> None:
    pictured = job("aa", "med bilde", preview=True)
    begun = pool(tmp_path, pictured)
    begun.join()
    assert list(file_names([pictured])) == ["prove.pdf", "prove.webp"]
    put([pictured], begun, tmp_path / "ut")
    assert (tmp_path / "ut/prove.webp").read_bytes() == b"bilde"
    assert (tmp_path / "ut/prove.pdf").read_text() == "med bilde"
    begun.cache.preview(pictured).unlink()
    assert begun.cache.facts(pictured) is None


def test_a_changed_key_is_made_anew(tmp_path: Path) -> None:
    made(job("aa"), tmp_path)
    begun = pool(tmp_path, job("cc", "nytt"))
    begun.join()
    assert begun.cache.path(job("cc")).read_bytes() == b"nytt"


def test_an_error_of_a_writer_comes_out_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WriterError, match="går ikke"):
        pool(tmp_path, job("dd", "feil"), gathering(job("dd", "feil"))).join()
    assert list(tmp_path.rglob("*.*")) == []


def test_a_folder_that_cannot_be_written_in_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("en fil der mappen skulle være")
    with pytest.raises(OSError, match="cache"):
        pool(tmp_path / "cache", job("aa")).join()


def test_a_write_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, _: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        made(job("ee"), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_without_its_note_is_not_trusted(tmp_path: Path) -> None:
    made(job("ff"), tmp_path)
    cache = Cache(tmp_path)
    (note,) = tmp_path.rglob("*.note")
    note.write_text("{", encoding="utf-8")
    assert cache.facts(job("ff")) is None


def test_a_file_of_json_is_not_taken_for_the_note(tmp_path: Path) -> None:
    """Both stand in the same folder under the same key."""
    survey = Job("prove.json", "ab" * 8, rendered, '{"pages": 99}')
    assert made(survey, tmp_path) == Cache(tmp_path).facts(survey) == FileFacts(13, 3)
    assert Cache(tmp_path).path(survey).read_text() == '{"pages": 99}'


def test_only_what_no_build_has_used_for_long_is_pruned(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("aa", "bb"):
        made(job(key), tmp_path)
    old = time.time() - (MAX_AGE_DAYS + 1) * 86_400
    os.utime(cache.path(job("aa")), (old, old))
    cache.prune()
    assert cache.facts(job("aa")) is None
    assert cache.facts(job("bb")) is not None
    assert len(list(tmp_path.rglob("*.*"))) == 2


def test_what_is_gathered_is_pruned_sooner(tmp_path: Path) -> None:
    """Each change anywhere makes it anew, and it is large."""
    parts = job("aa", "brød"), job("bb", "smør")
    whole = gathering(*parts)
    begun = pool(tmp_path, whole, *parts)
    begun.join()
    old = time.time() - (MAX_AGE_DAYS_GATHERED + 1) * 86_400
    for path in (begun.cache.path(whole), begun.cache.path(parts[0])):
        os.utime(path, (old, old))
    begun.cache.prune()
    assert begun.cache.facts(whole) is None
    assert begun.cache.facts(parts[0]) is not None


# Root may write anywhere until it gives that up.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.parametrize("shelf", ["", "ab"])
def test_a_cache_where_another_user_made_any_shelf_is_read_only(shelf: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from macros.downloads import Cache; "
        "print(Cache(Path(sys.argv[1])).read_only())"
    )

    def asked(folder: Path) -> str:
        command = [*ORDINARY, sys.executable, "-c", program, folder]
        return subprocess.run(
            command, check=True, capture_output=True, encoding="utf-8"
        ).stdout.strip()

    cache = tmp_path / "cache"
    (cache / shelf).mkdir(parents=True)
    assert asked(cache) == "False"
    (cache / shelf).chmod(0o555)
    assert asked(cache) == "True"
    assert asked(cache / "ny" / "mappe") == ("False" if shelf else "True")
    assert asked(tmp_path / "ny" / "mappe") == "False"
    (tmp_path / "fil").touch()
    assert asked(tmp_path / "fil" / "nvr") == "False"  # told of when a file is written
    cache.chmod(0o000)
    assert asked(cache / "nvr") == "True"
    cache.chmod(0o755)


def test_a_build_with_a_read_only_cache_has_one_of_its_own_and_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plugin = HandbookPlugin()
    assert plugin._cache(tmp_path).folder == tmp_path
    monkeypatch.setattr(Cache, "read_only", lambda _: True)
    with caplog.at_level(logging.INFO):
        own = plugin._cache(tmp_path).folder
    # No warning: with `--strict`, that would keep the site from being published.
    assert [(one.levelname, one.message) for one in caplog.records] == [
        ("INFO", f"Mellomlageret {tmp_path} kan bare leses. Alle filer lages på nytt.")
    ]
    assert own.is_dir()
    assert plugin._cache(tmp_path).folder == own  # the next build of `serve`
    plugin.on_shutdown()
    assert not own.exists()
