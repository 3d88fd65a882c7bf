"""Files made by Dask's workers: the same pool, the same bytes, and a lost worker loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from macros.downloads.cluster import there
from macros.writers import Job, Rendered, WriterError

ROOT = Path(__file__).parent.parent
# In a process of its own: what Dask warns of when it is imported is not ours to mend.
BUILD = """
import sys
from pathlib import Path
from macros.downloads.cache import Cache
from macros.downloads.pool import Pool
from tests.test_cluster import job
pool = Pool(Cache(Path(sys.argv[1])))
for payload in sys.argv[2:]:
    pool.start(job(payload))
pool.join()
print(len(pool.done))
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


def build(folder: Path, *payloads: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BUILD, "cache", *payloads],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **extra},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@contextmanager
def demo() -> Iterator[str]:
    """Run what `make fleet-demo` runs, at any port; gives the scheduler's address."""
    with subprocess.Popen(
        [sys.executable, "-m", "tools.fleet_demo", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        process.stdout.readline()
        yield process.stdout.readline().partition("--scheduler ")[2].strip().rstrip('"')
        process.terminate()
        assert process.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of the scheduler that `make fleet-demo` starts, with two workers."""
    with demo() as address:
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
    assert "Dask-planleggeren tcp://127.0.0.1:9 svarer ikke" in done.stderr


def test_a_worker_with_other_code_is_refused_and_makes_nothing() -> None:
    with pytest.raises(WriterError, match="annen versjon av koden"):
        there("0" * 64, __name__, None, rendered, "/finnes/ikke/drept")  # which would end this
