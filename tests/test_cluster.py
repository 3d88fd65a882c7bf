"""Files made by Dask's workers: the same pool, the same bytes, and a lost worker loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.downloads import cluster as cluster_module
from macros.downloads.cluster import Cluster, there
from macros.downloads.worker import make
from macros.writers import Gathered, Gathering, Job, Rendered, WriterError
from tests.object_store import ObjectStore, object_store

ROOT = Path(__file__).parent.parent
# In a process of its own: what Dask warns of when it is imported is not ours to mend.
BUILD = """
import sys
from pathlib import Path
from macros.downloads.cache import Cache
from macros.downloads.pool import Pool
from macros.downloads.shared_store import SharedStore
from tests.test_cluster import job, whole
pool = Pool(Cache(Path(sys.argv[1])), SharedStore.said())
jobs = [job(payload) for payload in sys.argv[2:]]
for one in [*jobs, *([whole(jobs)] if pool.shared else [])]:
    pool.start(one)
pool.join()
print(len(pool.done))
if pool.shared:
    print(len(pool.made), pool.account.lines(pool.shared))
"""


def rendered(payload: str) -> Rendered:
    """Stand in for a writer; what is named «drept» kills its worker the first time."""
    if payload.endswith("drept"):
        try:
            Path(payload).touch(exist_ok=False)
        except FileExistsError:
            return Rendered(b"laget likevel", None)
        os.kill(os.getpid(), 9)
    if payload == "tid":
        return Rendered(os.environ["SOURCE_DATE_EPOCH"].encode(), None)
    return Rendered(payload.encode(), None)


def job(payload: str) -> Job:
    return Job("prove.pdf", payload.encode().hex()[-16:].zfill(16), rendered, payload)


def joined(gathered: Gathered) -> Rendered:
    return Rendered(b"+".join(gathered[1][name] for name in sorted(gathered[1])), None)


def whole(jobs: Sequence[Job]) -> Gathering:
    """A file that is gathered from all others."""
    named = tuple((one.key, one) for one in jobs)
    return Gathering("alt.zip", "f" * 16, joined, None, parts=named)


def build(folder: Path, *payloads: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BUILD, "cache", *payloads],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **extra},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@contextmanager
def demo(**extra: str) -> Iterator[str]:
    """Run what `make fleet-demo` runs, at any port; gives the scheduler's address."""
    with subprocess.Popen(
        [sys.executable, "-m", "tools.fleet_demo", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, **extra},
    ) as process:  # fmt: skip
        assert process.stdout
        process.stdout.readline()
        yield process.stdout.readline().partition("--scheduler ")[2].strip().rstrip('"')
        process.terminate()
        assert process.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def objects() -> Iterator[ObjectStore]:
    with object_store() as store:
        yield store


@pytest.fixture(scope="module")
def afar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache that the workers have of their own."""
    return tmp_path_factory.mktemp("arbeidere")


@pytest.fixture(scope="module")
def cluster(objects: ObjectStore, afar: Path) -> Iterator[str]:
    """The address of the scheduler that `make fleet-demo` starts, with two workers."""
    with demo(NVR_CACHE=str(afar), **objects.environment()) as address:
        yield address


@pytest.mark.xdist_group("cluster")
def test_a_cluster_makes_what_the_pool_would(cluster: str, tmp_path: Path) -> None:
    killing = str(tmp_path / "drept")
    done = build(tmp_path, "en", "to", "tid", killing, NVR_SCHEDULER=cluster, SOURCE_DATE_EPOCH="7")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "4"
    made = {path.read_bytes() for path in (tmp_path / "cache").glob("??/*.pdf")}
    # In the build's own folder, at its own time, and what took a worker was made by another.
    assert made == {b"en", b"to", b"7", b"laget likevel"}


@pytest.mark.xdist_group("cluster")
def test_an_error_of_a_writer_comes_out_of_a_cluster_too(cluster: str, tmp_path: Path) -> None:
    done = build(tmp_path, str(tmp_path / "borte" / "drept"), NVR_SCHEDULER=cluster)
    assert done.returncode == 1
    assert "FileNotFoundError" in done.stderr


def test_where_no_scheduler_answers_that_is_said(tmp_path: Path) -> None:
    quick = BUILD.replace(
        "pool = ", "import macros.downloads.cluster as c; c._SECONDS = 1\npool = "
    )
    done = subprocess.run(
        [sys.executable, "-c", quick, "cache", "en"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NVR_SCHEDULER": "tcp://127.0.0.1:9"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Ingen Dask-klynge svarer på tcp://127.0.0.1:9." in done.stderr


def test_a_worker_with_other_code_is_refused_and_makes_nothing() -> None:
    with pytest.raises(WriterError, match="annen versjon av koden"):
        there("0" * 64, __name__, None, rendered, "/finnes/ikke/drept")  # which would end this


@pytest.mark.xdist_group("cluster")
def test_workers_with_a_cache_of_their_own_hand_over_by_the_store(
    cluster: str, objects: ObjectStore, afar: Path, tmp_path: Path
) -> None:
    objects.make("klynge")
    asked = {"NVR_SCHEDULER": cluster, "NVR_STORE": "s3://klynge", **objects.environment()}
    done = build(tmp_path, "en", "to", **asked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["3", "3 []"]
    files = {path.name: path.read_bytes() for path in (tmp_path / "cache").rglob("*.*")}
    assert files[f"{'f' * 16}.zip"] == b"en+to"
    assert {path.name: path.read_bytes() for path in afar.rglob("*.*")} == files

    # What the workers have and the store has lost, and what it has spoilt, comes all the same.
    (kept,) = afar.rglob(f"{job('to').key}.pdf")
    number = kept.stat().st_ino
    objects.spoil("klynge", f"{job('en').key}.pdf")
    objects.lose("klynge", f"{job('to').key}.pdf.note")
    again = tmp_path / "igjen"
    again.mkdir()
    done = build(again, "en", "to", **asked)
    assert done.returncode == 0, done.stderr
    assert "1 fil i lageret s3://klynge var skadet" in done.stdout
    assert kept.stat().st_ino == number  # what the worker had was sent, and not made again
    assert {path.name: path.read_bytes() for path in (again / "cache").rglob("*.*")} == files


@pytest.mark.audit
@pytest.mark.xdist_group("cluster")
def test_a_store_that_is_new_is_given_what_workers_elsewhere_gather_from(
    cluster: str, objects: ObjectStore, afar: Path, tmp_path: Path
) -> None:
    for name in ("gammelt", "nytt"):
        objects.make(name)
    asked = {"NVR_SCHEDULER": cluster, **objects.environment()}
    assert build(tmp_path, "fire", NVR_STORE="s3://gammelt", **asked).returncode == 0
    for machine in (afar, tmp_path / "cache" / "gathered"):
        for path in [*machine.rglob("*.*")]:
            path.unlink()
    done = build(tmp_path, "fire", NVR_STORE="s3://nytt", **asked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1] == "1 []"  # what is gathered, and nothing else
    assert (tmp_path / "cache" / "gathered" / f"{'f' * 16}.zip").read_bytes() == b"fire"


@pytest.mark.audit
@pytest.mark.xdist_group("cluster")
def test_a_file_that_does_not_come_from_a_worker_elsewhere_ends_the_build(
    cluster: str, objects: ObjectStore, tmp_path: Path
) -> None:
    objects.make("full")
    asked = {"NVR_SCHEDULER": cluster, "NVR_STORE": "s3://full", **objects.environment()}
    with objects.refusing(PUT=507):
        done = build(tmp_path, "fem", **asked)
    assert done.returncode == 1
    told = "prove.pdf: en Dask-arbeider laget filen, men den kom ikke hit gjennom s3://full: det"
    assert told in done.stderr


class WithoutWorkers:
    """Stands in for Dask's client of a scheduler whose workers are gone: it waits for ever."""

    def __init__(self, *_: object, **__: object) -> None:
        self.workers = {"tcp://127.0.0.1:1": 1}

    def wait_for_workers(self, *_: object, **__: object) -> None:
        self.workers = {}

    def nthreads(self) -> dict[str, int]:
        return self.workers

    def get_executor(self, **_: object) -> WithoutWorkers:
        return self

    def submit(self, *_: object, **__: object) -> Future[object]:
        return Future()

    def close(self) -> None:
        pass


def test_what_waits_for_a_cluster_without_workers_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=WithoutWorkers))
    monkeypatch.setattr(cluster_module, "_LOST_SECONDS", 0.3)
    asked = Cluster("tcp://127.0.0.1:1")
    waiting = asked.submit(make, rendered, "en", Path("finnes-ikke.pdf"))
    with pytest.raises(WriterError, match="ingen arbeidere igjen"):
        waiting.result(timeout=60)
    asked.shutdown()
