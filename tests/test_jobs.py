"""What has to be made anew when something changes: nothing that would come out the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.content.project import load_project
from macros.downloads.jobs import jobs
from tests.site.conftest import MINIMAL, ROOT, Build

REGION = """name: {name}
short_name: Prøve
owner: Prøve regionråd
languages: [nb]
site_url: https://{host}.example.no/
contacts:
  adviser:
    name: "[navn]"
    title: Rådgiver
    email: radgiver@example.no
    phone: "{phone}"
"""


@pytest.fixture
def project(tmp_path: Path) -> Build:
    folder = tmp_path / "prosjekt"
    shutil.copytree(MINIMAL, folder)
    shutil.copytree(ROOT / "docs/assets/fonts", folder / "docs/assets/fonts")
    build = Build(folder)
    region(build, "prove")
    return build


def region(build: Build, slug: str, **values: str) -> None:
    said = {"name": "Prøve", "host": "prove", "phone": "00 00 00 00", **values}
    build.write(f"regions/{slug}/region.yml", REGION.format(**said))


# How the names end of what is gathered from other files that are offered.
GATHERED = (".zip", "-sider.webp", "handboken.pdf")


def keys(build: Build, slug: str = "prove") -> dict[str, str]:
    """Return the key of each file that is no package of others."""
    made = jobs(load_project(build.root, slug))["nb"]
    return {name: job.key for name, job in made.items() if not name.endswith(GATHERED)}


def test_a_new_phone_number_makes_only_the_files_that_show_it(project: Build) -> None:
    path = project.root / "templates/mandat.yml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("purpose:"))
    project.write(
        "templates/mandat.yml", text.replace(line, f"{line} Ring {{{{ adviser.phone }}}}.", 1)
    )
    before = keys(project)
    region(project, "prove", phone="00 00 00 11")
    after = keys(project)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        *("mandat.docx", "mandat.pdf", "mandat-utfyllbar.pdf", "mandat.odt", "mandat.xlsx"),
    }


def test_what_does_not_say_the_region_is_the_same_file_for_all(project: Build) -> None:
    region(project, "annen", name="En annen", host="annen")
    one, other = keys(project), keys(project, "annen")
    assert one.keys() == other.keys()
    same = {name for name in one if one[name] == other[name]}
    assert "undersokelse-bedrifter-kodebok.csv" in same
    assert "mandat.pdf" not in same
