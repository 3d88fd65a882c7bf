"""The pool: a file is made once, and what is put in the site is what was made."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from macros.building.build import Build
from macros.downloads.cache import Cache, Damaged, Note, Sum, store
from macros.downloads.pool import Pool, file_names, put, put_as, workers
from macros.downloads.worker import Made
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError
from macros.writers.sizes import FileFacts
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[1]


def rendered(payload: str) -> Rendered:
    """Stand in for a writer; runs in a worker."""
    if payload == "feil":
        raise WriterError("prove.pdf: går ikke")
    return Rendered(payload.encode(), 3, b"bilde" if payload == "med bilde" else None)


def joined(gathered: Gathered) -> Rendered:
    """Stand in for a writer of what is gathered; runs in a worker."""
    between, files = gathered
    texts = [files[name].decode() for name in sorted(files)]
    return Rendered(between.join(texts).encode(), None)


FOUR = ("aa", "bb", "cc", "dd")


def job(
    key: str, payload: str = "innhold", filename: str = "prove.pdf", *, preview: bool = False
) -> Job:
    return Job(filename, key * 8, rendered, payload, preview=preview)


def gathering(*parts: Job, key: str = "ff") -> Gathering:
    named = tuple((part.payload, part) for part in parts)
    return Gathering("alt.zip", key * 8, joined, " og ", parts=named)


def kept(folder: Path, *jobs: Job) -> Cache:
    """Return a cache that has what the jobs make, without the cost of a pool."""
    cache = Cache(folder)
    for each in jobs:
        found = each.render(each.payload)
        store(cache.path(each), found.data, found.pages, found.preview)
    return cache


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


def test_what_others_are_made_from_is_begun_first_then_the_heaviest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long job begun last would leave the other cores with nothing to do."""
    begun: list[str] = []

    class Executor:
        def submit(
            self, _: object, __: object, payload: str, *_rest: object, **_more: object
        ) -> Future[Made]:
            begun.append(payload)
            return Future()

    monkeypatch.setattr("macros.downloads.pool.ProcessPoolExecutor", lambda **_: Executor())
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    jobs = [Job("a", f"{at:016}", rendered, f"{at}", at) for at in (0, 1, 2, 9, 3)]
    one = pool(tmp_path, *jobs[:4], gathering(jobs[4]))
    assert begun == ["0", "1"]  # as soon as they are there, and no more than there are hands
    for done in (jobs[0], jobs[1], jobs[4], jobs[3]):
        future: Future[Made] = Future()
        future.set_result(Made(Note(None, Sum.of(b""))))
        one._finished(done, future, None)
    assert begun == ["0", "1", "3", "9", " og ", "2"]


def test_what_is_gathered_waits_for_its_parts(tmp_path: Path) -> None:
    parts = job("aa", "brød"), job("bb", "smør")
    whole = gathering(*parts)
    begun = pool(tmp_path, whole, *parts)
    begun.join()
    assert begun.cache.path(whole).read_text() == "brød og smør"
    assert pool(tmp_path, *parts, whole).made == []


def test_what_is_gathered_brings_what_it_is_made_from_and_only_when_it_is_made(
    tmp_path: Path,
) -> None:
    whole = gathering(job("aa"))
    first = pool(tmp_path, whole)
    first.join()
    assert sorted(first.made) == ["alt.zip", "prove.pdf"]
    Cache(tmp_path).forget(job("aa"))
    again = pool(tmp_path, whole)
    again.join()
    assert again.made == []


def test_a_picture_stands_beside_its_file_and_is_put_in_with_it(tmp_path: Path) -> None:
    pictured = job("aa", "med bilde", preview=True)
    begun = pool(tmp_path, pictured)
    begun.join()
    assert list(file_names([pictured])) == ["prove.pdf", "prove.webp"]
    put([pictured], begun, tmp_path / "ut")
    assert (tmp_path / "ut/prove.webp").read_bytes() == b"bilde"
    assert (tmp_path / "ut/prove.pdf").read_text() == "med bilde"


def test_a_changed_key_is_made_anew(tmp_path: Path) -> None:
    kept(tmp_path, job("aa"))
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


def flipped(path: Path) -> None:
    """Change a file and not its size, as a disk does that rots."""
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


def test_what_changes_between_the_check_and_the_copy_is_made_anew(tmp_path: Path) -> None:
    """Another build may share the cache, and the disk has its own mind."""
    whole = [job(key, "med bilde", filename=f"{key}.pdf", preview=True) for key in FOUR]
    kept(tmp_path / "cache", *whole)
    begun = pool(tmp_path / "cache", *whole)
    begun.join()
    assert (begun.made, begun.renewed) == ([], set())
    cache = begun.cache
    flipped(cache.path(whole[0]))
    cache.path(whole[1]).unlink()
    flipped(cache.preview(whole[2]))
    put(whole, begun, tmp_path / "ut")
    cache.path(whole[3]).unlink()
    put_as({"merke/a.pdf": whole[3]}, begun, tmp_path / "ut")
    for key in FOUR:
        assert (tmp_path / f"ut/{key}.pdf").read_text() == "med bilde"
        assert (tmp_path / f"ut/{key}.webp").read_text() == "bilde"
    assert (tmp_path / "ut/merke/a.pdf").read_text() == "med bilde"
    assert begun.renewed == {one.key for one in whole}
    assert pool(tmp_path / "cache", *whole).made == []


def test_what_is_gathered_is_never_gathered_from_damaged_parts(tmp_path: Path) -> None:
    parts = job("aa", "brød"), job("bb", "smør"), job("cc", "ost")
    cache = kept(tmp_path, *parts)
    for part in parts[:2]:
        flipped(cache.path(part))
    # Two gather the same part, and both may find it.
    one, other = gathering(*parts), gathering(*parts[1:], key="ee")
    begun = pool(tmp_path, *parts, one, other)
    begun.join()
    assert begun.cache.path(one).read_text() == "brød og ost og smør"
    assert begun.cache.path(other).read_text() == "ost og smør"
    assert begun.renewed == {part.key for part in parts[:2]}


def test_a_gathered_file_that_is_damaged_is_gathered_anew(tmp_path: Path) -> None:
    parts = job("aa", "brød"), job("bb", "smør")
    whole = gathering(*parts)
    cache = kept(tmp_path / "cache", *parts)
    store(cache.path(whole), "brød og smør".encode(), None, None)
    begun = pool(tmp_path / "cache", *parts, whole)
    begun.join()
    assert begun.made == []
    flipped(begun.cache.path(whole))
    put([whole], begun, tmp_path / "ut")
    assert (tmp_path / "ut/alt.zip").read_text() == "brød og smør"


def test_what_is_damaged_again_at_once_is_told_of_and_not_put_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(tmp_path / "cache", job("aa"))
    begun = pool(tmp_path / "cache", job("aa"))

    def rotten(path: Path, _: Sum) -> bytes:
        raise Damaged(path)

    monkeypatch.setattr("macros.downloads.pool.read", rotten)
    with pytest.raises(WriterError, match=r"aaaa\.pdf: filen er ikke slik den ble laget"):
        put([job("aa")], begun, tmp_path / "ut")
    assert not (tmp_path / "ut/prove.pdf").exists()


def test_a_damaged_note_is_made_anew_by_the_next_build(tmp_path: Path) -> None:
    note = kept(tmp_path, job("aa"), job("bb")).path(job("aa")).with_suffix(".pdf.note")
    note.write_text('{"pages": 999}', encoding="utf-8")
    begun = pool(tmp_path, job("aa"), job("bb"))
    begun.join()
    assert (begun.made, begun.renewed) == (["prove.pdf"], {job("aa").key})
    assert begun.facts(job("aa")) == FileFacts(7, 3)


# Root may write anywhere until it gives that up.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.parametrize("shelf", ["", "ab"])
def test_a_cache_where_another_user_made_any_shelf_is_read_only(shelf: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from macros.downloads.cache import Cache; "
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
    build = Build()
    assert build._cache(tmp_path).folder == tmp_path
    monkeypatch.setattr(Cache, "read_only", lambda _: True)
    with caplog.at_level(logging.INFO):
        own = build._cache(tmp_path).folder
    # No warning: with `--strict`, that would keep the site from being published.
    assert [(one.levelname, one.message) for one in caplog.records] == [
        ("INFO", f"Mellomlageret {tmp_path} kan bare leses. Alle filer lages på nytt.")
    ]
    assert own.is_dir()
    assert build._cache(tmp_path).folder == own  # the next build of `serve`
    build.close()
    assert not own.exists()


# Ends a build while it makes the first of what the workers need, and before it is whole.
ENDED_HALFWAY = """
import multiprocessing.util
import signal
import sys
import time
from pathlib import Path

from macros.downloads.cache import Cache
from macros.downloads.pool import Pool
from macros.building.siblings import end_tidily
from macros.writers import Job

if __name__ == "__main__":
    begin = multiprocessing.util.Finalize.__init__

    def ended(*arguments, **named):
        signal.raise_signal(signal.SIGTERM)
        begin(*arguments, **named)

    multiprocessing.util.Finalize.__init__ = ended
    end_tidily("build")
    pool = Pool(Cache(Path(sys.argv[1])))
    try:
        pool.start(Job(filename="a.txt", key="a", render=bytes, payload=1))
    finally:
        pool.stop()
"""


def test_a_build_that_is_ended_while_its_workers_start_says_one_line(tmp_path: Path) -> None:
    script = tmp_path / "avbrutt.py"
    script.write_text(ENDED_HALFWAY)
    ended = subprocess.run(
        [sys.executable, script, tmp_path / "lager"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.stderr.splitlines() == ["Avbrutt. Nettstedet som er publisert, er helt."]
    assert ended.returncode == 1


# A worker that dies while much is being handed out to it and to the others.
KILLED = """
import os, signal, sys
from concurrent.futures import BrokenExecutor
from pathlib import Path
from macros.downloads.cache import Cache
from macros.downloads.pool import Pool
from macros.writers import Job, Rendered

def render(payload):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    pool = Pool(Cache(Path(sys.argv[1])))
    for number in range(8):
        pool.start(Job(f"{number}.pdf", f"{number:02d}" * 8, render, bytes(4_000_000)))
    try:
        pool.join()
    except BrokenExecutor:
        print("told")
"""


def test_a_killed_worker_never_holds_up_a_pool_that_has_much_to_hand_out(tmp_path: Path) -> None:
    """Python 3.11.2, which Debian 12 has, waits for ever without our help."""
    script = tmp_path / "bygg.py"
    script.write_text(KILLED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for turn in range(3):
        done = subprocess.run(
            [sys.executable, str(script), str(tmp_path / f"lager-{turn}")],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert "told" in done.stdout, done.stderr


def counted(payload: str) -> Rendered:
    """Stand in for a writer that takes its time and says each time that it is run."""
    with Path(payload).open("a", encoding="utf-8") as file:
        file.write("laget\n")
    time.sleep(0.5)
    return Rendered(b"innhold", None)


def test_two_builds_at_once_make_what_both_want_once(tmp_path: Path) -> None:
    """As the editions of two regions do, that share a cache."""
    wanted = Job("prove.pdf", "ab" * 8, counted, str(tmp_path / "talt.txt"))
    pools = [pool(tmp_path / "cache", wanted) for _ in range(2)]
    for one in pools:
        one.join()
    assert (tmp_path / "talt.txt").read_text() == "laget\n"
    assert pools[0].done == pools[1].done


def test_what_is_damaged_is_made_anew_though_its_note_says_that_it_is_there(tmp_path: Path) -> None:
    wanted = job("aa")
    cache = kept(tmp_path, wanted)
    begun = pool(tmp_path, wanted)
    cache.path(wanted).write_bytes(b"innhald")  # as long
    put([wanted], begun, tmp_path / "ut")
    assert (tmp_path / "ut" / "prove.pdf").read_bytes() == b"innhold"


def test_a_build_of_many_makes_files_in_as_many_processes_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert workers() == 8
    for said, found in (("2", 2), ("0", 1), ("mange", 8), ("", 8)):
        monkeypatch.setenv("NVR_WORKERS", said)
        assert workers() == found
