"""The cache and the pool: a file is whole or not there, and made once."""

from __future__ import annotations

import os
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from macros.downloads import MAX_AGE_DAYS, Cache, Pool, make
from macros.writers import Job, Rendered, WriterError
from macros.writers.page import FileFacts


def rendered(payload: str) -> Rendered:
    """Stand in for a writer; runs in a worker."""
    if payload == "feil":
        raise WriterError("prove.pdf: går ikke")
    return Rendered(payload.encode(), 3)


def job(key: str, payload: str = "innhold") -> Job:
    return Job("prove.pdf", key * 8, rendered, payload)


def test_a_file_is_made_once_and_then_found(tmp_path: Path) -> None:
    first = Pool(Cache(tmp_path))
    first.start([job("aa"), job("bb"), job("aa")])
    assert not first.idle
    first.join()
    assert first.offer(job("aa")).facts == FileFacts(7, 3)
    assert first.offer(job("aa")).path.read_bytes() == b"innhold"
    again = Pool(Cache(tmp_path))
    again.start([job("aa"), job("bb")])
    assert again.idle
    assert again.done == first.done


def test_the_heaviest_is_begun_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long job begun last would leave the other cores with nothing to do."""
    begun: list[int] = []

    class Executor:
        def submit(self, _: object, job: Job, __: Path) -> Future[FileFacts]:
            begun.append(job.weight)
            return Future()

    monkeypatch.setattr("macros.downloads.ProcessPoolExecutor", lambda **_: Executor())
    weights = [3, 9, 1]
    Pool(Cache(tmp_path)).start(
        Job("a.pdf", f"{weight:016}", rendered, "", weight) for weight in weights
    )
    assert begun == [9, 3, 1]


def test_a_changed_key_is_made_anew(tmp_path: Path) -> None:
    make(job("aa"), tmp_path)
    pool = Pool(Cache(tmp_path))
    pool.start([job("cc", "nytt")])
    pool.join()
    assert pool.offer(job("cc")).path.read_bytes() == b"nytt"


def test_an_error_of_a_writer_comes_out_and_leaves_nothing(tmp_path: Path) -> None:
    pool = Pool(Cache(tmp_path))
    pool.start([job("dd", "feil")])
    with pytest.raises(WriterError, match="går ikke"):
        pool.join()
    assert list(tmp_path.rglob("*.*")) == []


def test_a_write_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, _: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        make(job("ee"), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_without_its_note_is_not_trusted(tmp_path: Path) -> None:
    make(job("ff"), tmp_path)
    cache = Cache(tmp_path)
    (note,) = tmp_path.rglob("*.note")
    note.write_text("{", encoding="utf-8")
    assert cache.facts(job("ff")) is None


def test_a_file_of_json_is_not_taken_for_the_note(tmp_path: Path) -> None:
    """Both stand in the same folder under the same key."""
    survey = Job("prove.json", "ab" * 8, rendered, '{"pages": 99}')
    made = make(survey, tmp_path)
    assert Cache(tmp_path).facts(survey) == made == FileFacts(13, 3)
    assert Cache(tmp_path).path(survey).read_text() == '{"pages": 99}'


def test_only_what_no_build_has_used_for_long_is_pruned(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("aa", "bb"):
        make(job(key), tmp_path)
    old = time.time() - (MAX_AGE_DAYS + 1) * 86_400
    os.utime(cache.path(job("aa")), (old, old))
    cache.prune()
    assert cache.facts(job("aa")) is None
    assert cache.facts(job("bb")) is not None
    assert len(list(tmp_path.rglob("*.*"))) == 2
