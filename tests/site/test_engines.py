"""The same handbook from every engine that may follow MkDocs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.engines import ENGINES
from tests.site.conftest import ROOT, Begin, Build
from tests.site.equality import pages, unlike
from tests.site.test_atomic import fingerprint, stages

pytestmark = pytest.mark.xdist_group("engines")

OTHERS = [engine for engine in ENGINES if engine != "mkdocs"]
GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


@pytest.fixture(scope="module")
def project(begin: Begin) -> Build:
    """A project with a site that MkDocs has made, in two languages."""
    build = begin("motorer")
    for name, link in (
        ("index", "kontakt.md#x"),
        ("kontakt", "maler/mandat.md"),
        ("om", "index.md"),
    ):
        links = f"[Se]({link}), [fil](last-ned/mandat.docx)"
        page = f"# Siden {name}\n\n## Et avsnitt {{: #x }}\n\n{links}\n"
        build.write(f"docs/{name}.md", page)
    plan = (build.root / "mkdocs.yml").read_text(encoding="utf-8")
    build.write("mkdocs.yml", plan.replace("- kontakt.md\n", "- kontakt.md\n- om.md\n", 1))
    build.ok()
    return build


# The engine that MkDocs' plugins and themes fit in `make test`, the others in `make audit`.
@pytest.fixture(
    scope="module",
    params=[
        engine if engine == "properdocs" else pytest.param(engine, marks=pytest.mark.audit)
        for engine in OTHERS
    ],
)
def other(project: Build, request: pytest.FixtureRequest) -> Build:
    """The same project with a site that another engine has made."""
    root = project.root.with_name(f"med-{request.param}")
    shutil.copytree(project.root, root, ignore=shutil.ignore_patterns("site"))
    build = Build(root, request.param)
    build.ok()
    return build


def test_every_engine_makes_the_same_pages_texts_and_links(project: Build, other: Build) -> None:
    assert len(pages(project.site)) > 30
    assert unlike(project.site, other.site) == []


def test_every_engine_leaves_the_same_files(project: Build, other: Build) -> None:
    """Downloads, data, pictures and headers; of its theme's own, each engine has what it has."""
    theirs = re.compile(r"(nn/)?assets/(stylesheets|javascripts|images)/.*|.*/nvr\.\w+\.css")

    def files(build: Build) -> set[str]:
        return {name for name in fingerprint(build.site) if not theirs.fullmatch(name)}

    assert files(project) == files(other)


def test_properdocs_gives_the_same_bytes_but_for_its_name(project: Build, other: Build) -> None:
    if other.engine != "properdocs":
        return
    for name, path in pages(project.site).items():
        made = (other.site / name).read_bytes()
        assert b"ProperDocs" in made, name  # both languages: a child runs the engine of its parent
        assert GENERATOR.sub(b"", made) == GENERATOR.sub(b"", path.read_bytes()), name


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        pytest.param("docs/uten-meny.md", "# Uten meny\n", "uten-meny", marks=pytest.mark.audit),
        ("docs/index.md", "# Start\n\n[borte](finnes-ikke.md)\n", "finnes-ikke.md"),
    ],
    ids=["not in nav", "dead link"],
)
def test_a_failing_build_keeps_the_site_whatever_the_engine(
    other: Build, tmp_path: Path, file: str, text: str, said: str
) -> None:
    """In one language: no other language's build is there to fail in this one's place."""
    good = Build(tmp_path / "prosjekt", other.engine)
    shutil.copytree(other.root, good.root)
    before = fingerprint(good.site)
    region = (good.root / "regions/standard/region.yml").read_text(encoding="utf-8")
    good.write("regions/standard/region.yml", region.replace("[nb, nn]", "[nb]"))
    good.write(file, text)
    result = good.run()
    assert result.returncode != 0
    assert said in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert fingerprint(good.site) == before
    assert stages(good) == []


@pytest.mark.audit
@pytest.mark.parametrize("engine", OTHERS)
def test_every_engine_makes_the_whole_handbook(site: Path, engine: str, tmp_path: Path) -> None:
    result = Build(ROOT, engine).run("--site-dir", str(tmp_path / "site"))
    assert result.returncode == 0, result.stdout + result.stderr
    assert unlike(site, tmp_path / "site") == []
