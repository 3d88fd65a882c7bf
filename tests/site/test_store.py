"""Two machines with one store: the second makes no file, and publishes the same site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.object_store import ObjectStore, object_store
from tests.site.conftest import small_project
from tests.site.test_atomic import fingerprint

pytestmark = [pytest.mark.audit, pytest.mark.xdist_group("store")]


@pytest.fixture
def objects() -> Iterator[ObjectStore]:
    with object_store() as store:
        store.make("flate")
        yield store


def test_a_second_machine_makes_no_file_and_publishes_the_same_site(
    objects: ObjectStore, tmp_path: Path
) -> None:
    build = small_project(tmp_path / "prosjekt")
    asked = {"NVR_STORE": "s3://flate/nvr", "SOURCE_DATE_EPOCH": "1700000000"}
    asked |= objects.environment()
    first = build.run(**asked, NVR_CACHE=str(tmp_path / "en"))
    assert first.returncode == 0, first.stdout + first.stderr
    assert "lageret" not in first.stderr.casefold()
    good = fingerprint(build.site)
    objects.asked.clear()
    second = build.run(**asked, NVR_CACHE=str(tmp_path / "to"))
    assert second.returncode == 0, second.stdout + second.stderr
    (line,) = [line for line in second.stderr.splitlines() if "lageret" in line]
    assert line.endswith("filer ble hentet fra lageret s3://flate/nvr.")
    assert not [line for line in objects.asked if line.startswith("PUT")]  # nothing was made
    assert fingerprint(build.site) == good
