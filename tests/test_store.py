"""The store behind the caches: what one machine made, another need not, whatever goes wrong.

A machine is a cache of its own here, and the object store is a real one, asked by a real client.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from macros.building.build import Build
from macros.content.errors import ContentError
from macros.downloads import shared_store
from macros.downloads.cache import Cache, Note, Sum, note_path, own_folder, store
from macros.downloads.pool import Pool, _executor as PROCESSES
from macros.downloads.shared_store import SharedStore, Trouble, place
from macros.fleet.command import _store
from macros.fleet.places import Place
from macros.fleet.run import Setup
from macros.writers import Job
from tests.object_store import ObjectStore, object_store
from tests.test_downloads import gathering, job, rendered

pytestmark = pytest.mark.xdist_group("store")


@pytest.fixture(scope="module")
def objects() -> Iterator[ObjectStore]:
    with object_store() as store:
        yield store


@pytest.fixture(autouse=True)
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run workers in this process, which costs nothing to begin."""
    monkeypatch.setattr("macros.downloads.pool._executor", ThreadPoolExecutor)


@pytest.fixture
def bucket(
    objects: ObjectStore, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> SharedStore:
    """A store in a bucket of the test's own, with the environment that leads to it."""
    for name, value in objects.environment().items():
        monkeypatch.setenv(name, value)
    # Longer than a name of a bucket may be.
    store = SharedStore(f"s3://b{abs(hash(request.node.name))}/nvr")
    system(store).mkdir(store.address.split("/")[2])
    return store


@pytest.fixture(params=["s3", "file"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> SharedStore:
    if request.param == "s3":
        return request.getfixturevalue("bucket")
    (tmp_path / "delt").mkdir()
    return SharedStore((tmp_path / "delt").as_uri())


def system(store: SharedStore) -> Any:
    from fsspec.core import url_to_fs

    return url_to_fs(store.address)[0]


def pool(folder: Path, store: SharedStore, *jobs: Job) -> Pool:
    """Return a pool on a machine, when it has made the jobs."""
    begun = Pool(Cache(folder), store)
    for each in jobs:
        begun.start(each)
    begun.join()
    return begun


def said(begun: Pool) -> list[str]:
    assert begun.shared
    return begun.account.lines(begun.shared)


def kept(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "locks")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def many(count: int) -> list[Job]:
    return [Job(f"{at}.pdf", f"{at:016x}", rendered, f"fil {at}") for at in range(count)]


def test_a_second_machine_makes_nothing_and_has_the_same_bytes(
    shared: SharedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shared.address.startswith("s3"):
        monkeypatch.setattr("macros.downloads.pool._executor", PROCESSES)
        monkeypatch.setenv("NVR_WORKERS", "1")
    parts = job("aa", "brød"), job("bb", "med bilde", preview=True)
    wanted = (*parts, gathering(*parts))
    assert shared.unusable() == ""
    first = pool(tmp_path / "en", shared, *wanted)
    assert len(first.made) == 3
    assert said(first) == []
    second = pool(tmp_path / "to", shared, *wanted)
    assert (second.made, second.done) == ([], first.done)
    assert said(second) == [f"3 filer ble hentet fra lageret {shared}."]
    assert kept(tmp_path / "to") == kept(tmp_path / "en")
    # Laid out as the folder is: a store may be filled from one, and one from a store.
    there = system(shared).find(shared.address)
    assert {path.rpartition("/")[2] for path in there} == {
        "nvr.txt", *(name.rpartition("/")[2] for name in kept(tmp_path / "en"))
    }  # fmt: skip


def broken(store: SharedStore, path: Path, how: str) -> None:
    """Do harm to a file of the store."""
    fs, address = system(store), f"{store.address}/"
    data = fs.cat_file(address + place(path))
    fs.pipe_file(
        address + place(note_path(path) if "note" in how else path),
        {
            "cut": data[:-1],
            "empty": b"",
            "flipped": bytes(byte ^ 1 for byte in data),
            "endless": bytes(30_000_000),
            "note of another": Note(3, Sum.of(data)).text("annen.pdf"),
            "note of nothing": b"",
            "note without end": bytes(30_000_000),
        }[how],
    )


HARMS = ["cut", "empty", "flipped", "endless", "note of another", "note of nothing"]


def test_what_is_damaged_there_is_made_anew_once_and_told_of(
    shared: SharedStore, tmp_path: Path
) -> None:
    jobs = many(len(HARMS) + 1)
    first = pool(tmp_path / "en", shared, *jobs)
    for one, how in zip(jobs, HARMS, strict=False):
        broken(shared, first.cache.path(one), how)
    # A rule on the store's age may take the file before its note: nothing is wrong with that.
    system(shared).rm_file(f"{shared.address}/{place(first.cache.path(jobs[-1]))}")
    second = pool(tmp_path / "to", shared, *jobs)
    assert sorted(second.made) == sorted(one.filename for one in jobs)
    assert said(second) == [
        f"{len(HARMS)} filer i lageret {shared} var skadet, og er laget på nytt."
    ]
    third = pool(tmp_path / "tre", shared, *jobs)
    assert third.made == []
    assert kept(tmp_path / "tre") == kept(tmp_path / "en")


@pytest.mark.parametrize("how", ["endless", "note without end"])
def test_no_more_is_read_than_the_note_says(
    bucket: SharedStore, objects: ObjectStore, tmp_path: Path, how: str
) -> None:
    one = job("aa")
    path = pool(tmp_path / "en", bucket, one).cache.path(one)
    broken(bucket, path, how)
    objects.given = 0
    assert bucket.fetch(tmp_path / "to" / place(path), preview=False) == (None, True)
    assert 0 < objects.given < 3_000
    assert bucket.trouble() == Trouble()


def test_a_picture_that_is_wanted_and_not_there_is_made(
    bucket: SharedStore, tmp_path: Path
) -> None:
    pool(tmp_path / "en", bucket, job("aa", "med bilde"))
    plain = Note(3, Sum.of(b"med bilde"))
    path = Cache(tmp_path / "en").path(job("aa"))
    system(bucket).pipe_file(f"{bucket.address}/{place(note_path(path))}", plain.text(path.name))
    second = pool(tmp_path / "to", bucket, job("aa", "med bilde", preview=True))
    assert second.made == ["prove.pdf"]
    assert second.cache.preview(job("aa")).read_bytes() == b"bilde"


# Stores that fail


@pytest.mark.parametrize(("status", "why"), [(403, "det gir ikke tilgang"), (507, "det er fullt")])
def test_a_store_that_takes_nothing_is_read_all_the_same_and_told_of_once(
    bucket: SharedStore, objects: ObjectStore, tmp_path: Path, status: int, why: str
) -> None:
    pool(tmp_path / "en", bucket, job("aa"))
    with objects.refusing(PUT=status):
        second = pool(tmp_path / "to", bucket, *many(12), job("aa"))
        puts = [line for line in objects.asked if line.startswith("PUT")]
    assert len(second.made) == 12
    assert len(puts) <= 2 * (os.cpu_count() or 1)  # each worker finds out for itself, once
    fetched, refused = said(second)
    assert fetched.startswith("1 fil ble hentet")
    assert refused.startswith(f"Lageret {bucket} tok ikke imot filer: {why}")


def test_a_store_that_fails_under_way_is_left_alone_and_told_of_once(
    bucket: SharedStore, objects: ObjectStore, tmp_path: Path
) -> None:
    pool(tmp_path / "en", bucket, job("aa"))
    with objects.refusing(GET=403):
        second = pool(tmp_path / "to", bucket, *many(12), job("aa"))
    assert len(second.made) == 13
    assert len(objects.asked) <= 2 * (os.cpu_count() or 1)
    (line,) = said(second)
    assert line.startswith(f"Lageret {bucket} blir ikke brukt: det gir ikke tilgang")


def unused_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_build_goes_on_without_a_store_that_does_not_answer(
    bucket: SharedStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NVR_STORE", "s3://annen-botte/nvr/")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused_port()}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    forget = system(bucket).clear_instance_cache  # of clients, which know one address
    forget()
    with caplog.at_level(logging.INFO):
        found = Build()._store()
    forget()
    assert found is None
    # No warning: with `--strict`, that would keep the site from being published.
    (line,) = [(one.levelname, one.message) for one in caplog.records if "ageret" in one.message]
    assert line[0] == "INFO"
    assert line[1].startswith("Lageret s3://annen-botte/nvr blir ikke brukt: det svarer ikke (")
    assert line[1].endswith(". Byggingen går videre uten, men kan ta lengre tid.")


def test_a_bucket_that_is_not_there_is_not_made(bucket: SharedStore, tmp_path: Path) -> None:
    store = SharedStore("s3://finnes-ikke/nvr")
    assert store.unusable().startswith("bøtten eller mappen finnes ikke")
    assert len(said(pool(tmp_path, store, job("aa")))) == 1
    assert not system(bucket).exists("finnes-ikke")


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """It may be a disk that is not mounted."""
    store = SharedStore((tmp_path / "borte").as_uri())
    assert store.unusable().startswith("bøtten eller mappen finnes ikke")
    assert len(said(pool(tmp_path / "en", store, job("aa")))) == 1
    assert not (tmp_path / "borte").exists()


def test_a_key_that_is_refused_is_told_of(bucket: SharedStore, objects: ObjectStore) -> None:
    with objects.refusing(GET=403):
        assert bucket.unusable().startswith("det gir ikke tilgang")
    with objects.refusing(PUT=403):
        assert bucket.unusable() == ""  # who may write may have filled it
    assert bucket.trouble().writing.startswith("det gir ikke tilgang")


def test_a_fleet_says_once_that_its_store_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    monkeypatch.setenv("NVR_STORE", (tmp_path / "borte").as_uri())
    setup = Setup(tmp_path, None, 1, store=_store(lines.append))
    assert [line.partition(": ")[0] for line in lines] == [
        f"Lageret {(tmp_path / 'borte').as_uri()} blir ikke brukt"
    ]
    place_ = Place("dal", tmp_path / "dal")
    assert "NVR_STORE" not in setup.environment(place_)
    (tmp_path / "borte").mkdir()
    setup = Setup(tmp_path, None, 1, store=_store(lines.append))
    assert setup.environment(place_)["NVR_STORE"] == os.environ["NVR_STORE"]
    assert len(lines) == 1


def test_what_a_worker_elsewhere_has_not_used_for_long_goes_when_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NVR_CACHE", str(tmp_path))
    old, new = (store(tmp_path / "ab" / f"{name}.pdf", b"", 1, None) and name for name in "ab")
    for path in tmp_path.rglob(f"{old}.pdf*"):
        os.utime(path, (0, 0))
    own_folder.cache_clear()
    assert own_folder() == tmp_path
    own_folder.cache_clear()
    assert sorted(kept(tmp_path)) == [f"ab/{new}.pdf", f"ab/{new}.pdf.note"]


# Addresses


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/srv/nvr", "NVR_STORE=/srv/nvr: er ikke en adresse til et lager. Skriv for eksempel s3:"),
        ("s3:///", "NVR_STORE=s3:: er ikke en adresse til et lager"),
        ("s33://b/nvr", "«s33://» er ikke en kjent type adresse. Se etter skrivefeil"),
        (
            "borte://b/nvr",
            "Installer den med .venv/bin/python -m pip install finnesikke",
        ),
        ("s3borte://b", "pakken s3fs er ikke installert. Installer den med make .venv/.fleet"),
        ("ftp://meg:hemmelig@h", "NVR_STORE=ftp://…@h: «ftp://» er ikke"),
        ("ftp://meg:hem/me@lig@h/b", "NVR_STORE=ftp://…@h/b: «ftp://» er ikke"),
        ("ftp://h/b?sig=hemmelig&x=1", "NVR_STORE=ftp://h/b?sig=…&x=…: «ftp://» er ikke"),
    ],
)
def test_an_address_that_can_be_no_store_is_told_of_before_anything_is_made(
    address: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec.registry  # noqa: F401 (a name that the package gives to something else)

    registry = sys.modules["fsspec.registry"]
    real = registry.get_filesystem_class

    def found(scheme: str) -> Any:
        if missing := {"borte": "finnesikke", "s3borte": "s3fs"}.get(scheme):
            raise ImportError("Install it") from ModuleNotFoundError("no", name=f"{missing}.core")
        if scheme == "ftp":
            raise ValueError("Protocol not known")
        return real(scheme)

    monkeypatch.setattr(registry, "get_filesystem_class", found)
    monkeypatch.setenv("NVR_STORE", address)
    with pytest.raises(ContentError) as caught:
        SharedStore.said()
    assert told in str(caught.value)
    assert "hemmelig" not in str(caught.value)


def test_an_address_in_the_cache_s_place_is_told_where_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NVR_CACHE", "s3://b/nvr")
    with pytest.raises(ContentError, match=r"NVR_CACHE=s3://b/nvr: .*Sett adressen i NVR_STORE"):
        SharedStore.said()
    monkeypatch.setenv("NVR_CACHE", "ftp://meg:hem/me@lig@b/nvr")
    with pytest.raises(ContentError, match=r"NVR_CACHE=ftp://…@b/nvr: "):
        SharedStore.said()


def test_what_a_library_says_of_a_store_is_shown_without_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_address: str) -> None:
        raise ValueError("no ftp://meg:hem/me@lig@h/b: hem/me@lig is wrong for meg")

    monkeypatch.setattr(shared_store, "_opened", fails)
    told = SharedStore("ftp://meg:hem/me@lig@h/b").unusable()
    assert told == "det svarte med en feil (no ftp://…@h/b: … is wrong for …)"
