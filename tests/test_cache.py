"""The cache: a file is whole or not there, and nothing is believed that we did not write."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.downloads.cache import (
    MAX_AGE_DAYS,
    MAX_AGE_DAYS_GATHERED,
    SELDOM_SECONDS,
    Cache,
    Damaged,
    Note,
    Sum,
    read,
    store,
)
from macros.writers import Gathering, Job, Rendered

DATA, PICTURE = b"innhold", b"bilde"
NOTE = Note(3, Sum.of(DATA), Sum.of(PICTURE))


def rendered(_: object) -> Rendered:
    raise AssertionError("the cache makes nothing")


def job(key: str = "aa", kind: type[Job] = Job) -> Job:
    return kind("prove.pdf", key * 8, rendered, None, preview=True)


def stored(folder: Path, *jobs: Job) -> Cache:
    cache = Cache(folder)
    for each in jobs or (job(),):
        store(cache.path(each), DATA, 3, PICTURE)
    return cache


def note_of(cache: Cache) -> Path:
    path = cache.path(job())
    return path.with_name(path.name + ".note")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_stored_is_found(tmp_path: Path) -> None:
    cache = stored(tmp_path)
    assert cache.note(job()) == NOTE
    assert read(cache.path(job()), NOTE.file) == DATA
    assert read(cache.preview(job()), NOTE.preview) == PICTURE
    assert cache.note(job("bb")) is None


def said(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """Return what changes a note's own text and nothing around it."""

    def changed(text: bytes) -> bytes:
        note = json.loads(text)
        inside = json.loads(note["note"])
        change(inside)
        return json.dumps({**note, "note": json.dumps(inside)}).encode()

    return changed


def summed(**values: object) -> Callable[[bytes], bytes]:
    """Return what writes a note of impossible values, with a sum that is right for them."""

    def changed(text: bytes) -> bytes:
        inside = {**json.loads(json.loads(text)["note"]), **values}
        whole = json.dumps(inside)
        return json.dumps({"note": whole, "sha256": Sum.of(whole.encode()).sha256}).encode()

    return changed


WRONG = {
    "no object": lambda _: b"[]",
    "nothing": lambda _: b"",
    "half": lambda text: text[: len(text) // 2],
    "of old": lambda _: b'{"pages": 3}',
    "markup": lambda _: b'{"pages": "<b>x"}',
    "not a number": lambda _: b'{"pages": NaN}',
    "too deep": lambda _: b"[" * 900,
    "not UTF-8": lambda text: text.replace(b"prove", b"pr\xf8ve") + b"\xff",
    "UTF-16": lambda text: text.decode().encode("utf-16"),
    "huge": lambda text: text + b" " * 3_000_000,
    "a space more": lambda text: text + b" ",
    "other pages": said(lambda note: note.update(pages=999)),
    "other sum": said(lambda note: note["file"].reverse()),
    "no preview": said(lambda note: note.pop("preview")),
    "negative pages": summed(pages=-1),
    "pages without end": summed(pages=10**9),
    "pages of letters": summed(pages="<b>x"),
    "pages with a point": summed(pages=3.0),
    "pages that are true": summed(pages=True),
    "a negative size": summed(file=[-7, NOTE.file.sha256]),
    "a size that is true": summed(file=[True, NOTE.file.sha256]),
    "a sum in capitals": summed(file=[7, NOTE.file.sha256.upper()]),
    "a picture of nothing": summed(preview=None),
    "another file's": summed(name="bb" * 8 + ".pdf"),
    "more than it should": summed(more=1),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_note_that_is_not_as_we_write_it_is_not_believed(
    tmp_path: Path, wrong: Callable[[bytes], bytes]
) -> None:
    cache = stored(tmp_path)
    text = note_of(cache).read_bytes()
    assert wrong(text) != text
    note_of(cache).write_bytes(wrong(text))
    with pytest.raises(Damaged):
        cache.note(job())
    stored(tmp_path)
    assert cache.note(job()) == NOTE


def as_folder(path: Path) -> None:
    path.unlink()
    (path / "inni").mkdir(parents=True)


def as_link(path: Path) -> None:
    """Put the right bytes elsewhere: they may change without a word."""
    path.rename(path.parent.parent / "utenfor")
    path.symlink_to(path.parent.parent / "utenfor")


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def cut(path: Path) -> None:
    path.write_bytes(b"")


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"!")


def flipped(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


HARMS = [Path.unlink, as_folder, as_link, as_pipe, cut, longer, flipped]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("which", ["file", "preview", "note"])
def test_what_is_not_as_it_was_made_is_found_and_can_be_made_anew(
    tmp_path: Path, which: str, harm: Callable[[Path], None]
) -> None:
    cache = stored(tmp_path / "cache")
    path = {"file": cache.path(job()), "preview": cache.preview(job())}.get(which, note_of(cache))
    harm(path)
    if which != "note":
        with pytest.raises(Damaged):
            read(path, NOTE.file if which == "file" else NOTE.preview)
    if (which, harm) == ("note", Path.unlink):
        assert cache.note(job()) is None
    elif which == "note" or harm is not flipped:  # a size says nothing of that
        with pytest.raises(Damaged):
            cache.note(job())
    stored(tmp_path / "cache")
    assert cache.note(job()) == NOTE
    assert not path.is_symlink()
    assert read(cache.path(job()), NOTE.file) == DATA
    assert read(cache.preview(job()), NOTE.preview) == PICTURE


def test_a_file_that_the_system_will_not_read_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, real = stored(tmp_path), os.open

    def no(path: Any, *more: Any) -> int:
        if str(path).endswith(".note"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *more)

    monkeypatch.setattr(os, "open", no)
    with pytest.raises(Damaged):
        cache.note(job())


def test_a_file_of_json_is_not_taken_for_the_note(tmp_path: Path) -> None:
    """Both stand in the same folder under the same key."""
    cache, survey = Cache(tmp_path), Job("prove.json", "ab" * 8, rendered, None)
    store(cache.path(survey), b'{"pages": 99}', None, None)
    assert cache.note(survey) == Note(None, Sum.of(b'{"pages": 99}'))
    assert cache.path(survey).read_text() == '{"pages": 99}'


def test_a_file_is_flushed_to_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        assert os.fstat(descriptor).st_size > 0
        sync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        assert done[-1] == self.name
        done.append(target.name)
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    path = stored(tmp_path).path(job())
    assert done[1::2] == [f"{path.name}.webp", path.name, f"{path.name}.note"]


def test_a_write_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left.*pdf\.webp"):
        stored(tmp_path)
    assert files(tmp_path) == []


def test_a_temporary_file_that_another_build_prunes_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build in a container sees no process of another, so it takes the file for left."""
    sync, taken = os.fsync, []

    def pruned(descriptor: int) -> None:
        sync(descriptor)
        if len(taken) < 2:
            (found,) = tmp_path.rglob("*.tmp")
            found.unlink()
            taken.append(found)

    monkeypatch.setattr(os, "fsync", pruned)
    assert stored(tmp_path).note(job()) == NOTE
    assert len(taken) == 2


def aged(path: Path, days: int) -> None:
    old = time.time() - days * 86_400
    for found in path.parent.glob(f"{path.name}*"):
        os.utime(found, (old, old))


def test_only_what_no_build_has_used_for_long_is_pruned(tmp_path: Path) -> None:
    cache = stored(tmp_path, job("aa"), job("bb"), job("cc"))
    for key in ("aa", "bb"):
        aged(cache.path(job(key)), MAX_AGE_DAYS + 1)
    cache.note(job("bb"))
    cache.prune()
    assert cache.note(job("aa")) is None
    assert cache.note(job("bb")) == cache.note(job("cc")) == NOTE
    assert len(files(tmp_path)) == 6


def test_what_is_gathered_is_pruned_sooner(tmp_path: Path) -> None:
    """Each change anywhere makes it anew, and it is large."""
    whole, part = job("ff", Gathering), job("aa")
    cache = stored(tmp_path, whole, part)
    for each in (whole, part):
        aged(cache.path(each), MAX_AGE_DAYS_GATHERED + 1)
    cache.prune()
    assert cache.note(whole) is None
    assert cache.note(part) == NOTE


def test_the_builds_of_a_fleet_prune_once_an_hour(tmp_path: Path) -> None:
    first, second = job("aa"), job("bb")
    cache = stored(tmp_path, first, second)
    for each, lasting in ((first, None), (second, NOTE)):
        aged(cache.path(each), MAX_AGE_DAYS + 1)
        cache.prune_seldom()
        assert cache.note(each) == lasting
    aged(cache.path(second), MAX_AGE_DAYS + 1)
    hour_ago = time.time() - SELDOM_SECONDS
    os.utime(tmp_path / "pruned", (hour_ago, hour_ago))
    cache.prune_seldom()
    assert cache.note(second) is None


def test_what_a_killed_worker_was_writing_is_pruned_at_once(tmp_path: Path) -> None:
    cache = stored(tmp_path)
    gone = subprocess.Popen(["true"])
    gone.wait()
    shelf = cache.path(job()).parent
    (shelf / f"{'aa' * 8}.pdf.{gone.pid}.0f3a.tmp").write_bytes(b"halv")
    alive = shelf / f"{'aa' * 8}.pdf.{os.getpid()}.0f3b.tmp"
    alive.write_bytes(b"snart hel")
    cache.prune()
    assert list(tmp_path.rglob("*.tmp")) == [alive]
    aged(alive, 2)  # the process of this id is another by now
    cache.prune()
    assert list(tmp_path.rglob("*.tmp")) == []
    assert cache.note(job()) == NOTE


def test_two_builds_may_prune_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = stored(tmp_path, job("aa"), job("bb"))
    for key in ("aa", "bb"):
        aged(cache.path(job(key)), MAX_AGE_DAYS + 1)
    listed = sorted(tmp_path.glob("*/*"))
    cache.prune()
    monkeypatch.setattr(Path, "glob", lambda *_: listed)  # as it was before the other began
    cache.prune()
    assert files(tmp_path) == []


def test_folders_and_links_that_nobody_uses_are_pruned_too(tmp_path: Path) -> None:
    cache = stored(tmp_path / "cache")
    as_folder(cache.path(job()))
    (tmp_path / "utenfor").write_bytes(b"en annens")
    cache.preview(job()).unlink()
    cache.preview(job()).symlink_to(tmp_path / "utenfor")
    old = time.time() - (MAX_AGE_DAYS + 1) * 86_400
    os.utime(cache.path(job()), (old, old))
    os.utime(cache.preview(job()), (old, old), follow_symlinks=False)
    cache.prune()
    assert files(tmp_path) == ["utenfor"]
