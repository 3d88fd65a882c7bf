"""What GitHub's and GitLab's workflows run for a project with many regions.

Usage, in the project's folder, with the address that the editions lie below in FLEET_HOST:

ci_fleet.py github|gitlab COMMIT   which editions a change touches, as the service takes it.
                                   COMMIT is what was there before; where git does not know it, as
                                   at the first push of a branch, all editions are built.
ci_fleet.py build REGION,REGION…   build these, and put those that came out well in `utgaver`.
ci_fleet.py front                  make the front page in `forside`, whole or not at all.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import yaml

from macros.content.region import host_address

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GITLAB = Path(".gitlab-ci.yml")
_TOOL = ".venv/bin/python tools/ci_fleet.py"
_REGIONS, _SITES, _READY, _FRONT = map(Path, ("regions", "sites", "utgaver", "forside"))
_VERSIONS = 20  # of a region's folder, that are looked through for one that is right

# The first region of a job costs as much as some four of the next, which use what it has made: few
# regions a job would pay that often. An edition is at most some 100 MB, and GitLab.com takes 1 GB
# a job. Above 1,600 regions a job has more of them: GitHub makes 256 jobs of a matrix, GitLab 200.
REGIONS_A_JOB, MOST_JOBS = 8, 200

# Where a service has no value for a variable that it hands over, it hands over an empty one, which
# the libraries of a store take for a region or an address that is wrong.
_OF_A_STORE = ("NVR_", "AWS_", "FSSPEC_")


def touched(before: str) -> list[str]:
    """Return the names of the regions to build; a name that could be anything else is left out."""
    since = [f"--since={before}"] if _known(before) else []
    done = _nvr("diff", "--json", *since, stdout=subprocess.PIPE)
    if done.returncode:
        _stop("Planen ble ikke laget, og ingen utgaver blir bygget", done.returncode)
    names: list[str] = json.loads(done.stdout)["build"]
    for name in names:
        if not _SLUG.fullmatch(name):
            print(f"«{name}» blir ikke bygget: navnet kan ikke stå i en adresse.", file=sys.stderr)
    return [name for name in names if _SLUG.fullmatch(name)]


def _known(commit: str) -> bool:
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return False
    git = ["git", "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(git, check=False, stderr=subprocess.DEVNULL).returncode == 0


def _nvr(
    way: str, *arguments: str, stdout: int | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of the fleet's commands below the host; what is wrong it says itself."""
    host = os.environ.get("FLEET_HOST", "")
    if not host:
        _stop("FLEET_HOST mangler: adressen som utgavene ligger under", 2)
    command = [sys.executable, "-P", "-m", "macros.cli", "fleet", way, f"--host={host}"]
    return subprocess.run(
        [*command, *arguments],
        check=False, cwd=cwd, stdout=stdout, encoding="utf-8", env=without_empty(os.environ),
    )  # fmt: skip


def without_empty(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what a service hands over for a variable that is not set."""
    return {
        name: value
        for name, value in environment.items()
        if value or not name.startswith(_OF_A_STORE)
    }


def groups(regions: Sequence[str]) -> dict[str, str]:
    """Return the regions of each job with commas between, by the job's number."""
    count = min(MOST_JOBS, -(-len(regions) // REGIONS_A_JOB))
    cuts = [len(regions) * number // max(1, count) for number in range(count + 1)]
    return {
        f"{number:0{len(str(count))}}": ",".join(regions[start:end])
        for number, (start, end) in enumerate(pairwise(cuts), 1)
    }


def matrix(regions: Sequence[str]) -> str:
    """Return what GitHub's plan hands over to the jobs."""
    jobs = [{"group": group, "regions": names} for group, names in groups(regions).items()]
    return f"groups={json.dumps(jobs)}"


def pipeline(regions: Sequence[str], parent: Mapping[str, Any]) -> str:
    """Return GitLab's pipeline that builds these editions, and the page that finds them."""
    stage = {"stage": "build", "interruptible": False, "timeout": "1 hour"}
    jobs = {
        f"utgaver {group}": {
            **stage,
            "script": ['[ -z "$NVR_STORE" ] || make .venv/.fleet', f"{_TOOL} build {names}"],
            # One region's errors make the job red; the others' editions are handed over.
            "artifacts": {"paths": [str(_READY), f"{_SITES}.rapport"], "when": "always"},
        }
        for group, names in groups(regions).items()
    }
    front = {**stage, "script": [f"{_TOOL} front"], "artifacts": {"paths": [str(_FRONT)]}}
    found = {
        "image": parent["image"],
        "default": parent["default"],
        "workflow": {"auto_cancel": {"on_new_commit": "none"}},
        "variables": {"GIT_DEPTH": 0},
        **jobs,
        "forside": front,
    }
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True)


def build(regions: str) -> int:
    """Build the editions, hand over those that stand, and return how the build went."""
    code = _nvr("build", f"--regions={regions}", f"--out={_SITES}").returncode
    _READY.mkdir(exist_ok=True)
    for name in regions.split(","):
        if _SLUG.fullmatch(name) and (_SITES / name).is_dir():
            (_SITES / name).rename(_READY / name)
    if code:
        _stop(f"Ikke alle utgavene ble bygget. De som er ferdige, ligger i {_READY}", code)
    return code


def front() -> int:
    """Make the front page with every edition that is on the host, or none: the host's own stays.

    A region with errors keeps the edition that it has. What the page says of it is then what its
    folder said when it last was right, which git knows.
    """
    code = _nvr("front", f"--out={_FRONT}").returncode
    if code and (listed := _listed()):
        with tempfile.TemporaryDirectory() as folder:
            # The project as it is, with older folders for the regions with errors.
            copy = Path(folder)
            if _put("HEAD", ".", copy) and _mended(copy, listed):
                code = _nvr("front", f"--out={_FRONT.absolute()}", cwd=copy).returncode
    if code:
        shutil.rmtree(_FRONT, ignore_errors=True)
        _stop("Forsiden ble ikke laget. Behold den som ligger på tjeneren", code)
    return code


def _listed() -> set[str]:
    """Return the regions that the front page has, by its map; none where it was not written."""
    file = _FRONT / "sitemap.xml"
    if not file.is_file():
        return set()
    host = re.escape(host_address(os.environ["FLEET_HOST"]))
    return set(re.findall(rf"<loc>{host}([^/<]+)/", file.read_text(encoding="utf-8")))


def _mended(copy: Path, listed: Collection[str]) -> bool:
    """Put an older folder in the place of each that has errors; return whether all have one."""
    missing = []
    for path in sorted((copy / _REGIONS).iterdir()):
        if path.is_dir() and not _SLUG.fullmatch(path.name):
            shutil.rmtree(path)  # its name is no address, so it has no edition on the host
        elif path.is_dir() and path.name not in listed:
            missing.append(path.name)
    found = [_older(copy, name) for name in missing]  # each is told of
    return all(found)


def _older(copy: Path, name: str) -> bool:
    """Put a region's folder as it last was right in the place of what it is; say what is found."""
    own = f"{_REGIONS}/{name}"
    git = ["git", "log", f"--max-count={_VERSIONS}", "--format=%H", "--", own]
    done = subprocess.run(git, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    for commit in done.stdout.split()[1:]:  # the first is the one that has the errors
        shutil.rmtree(copy / own, ignore_errors=True)
        check = ("check", f"--regions={name}")
        if (
            _put(commit, own, copy)
            and not _nvr(*check, stdout=subprocess.DEVNULL, cwd=copy).returncode
        ):
            print(f"{name} har feil. Forsiden sier det som gjaldt sist alt var i orden.")
            return True
    print(f"{name} har feil, og det finnes ikke noe eldre som er i orden.", file=sys.stderr)
    return False


def _put(commit: str, path: str, folder: Path) -> bool:
    """Put what git has of a path at a commit in a folder; return whether there was any.

    A link becomes a file that says where it led: nothing is read outside the folder.
    """
    git = ["git", "archive", "--format=zip", commit, path]
    done = subprocess.run(git, check=False, capture_output=True)
    if done.returncode:
        return False
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as files:
        files.extractall(folder)
    return True


def _stop(message: str, code: int) -> NoReturn:
    """Leave, with what it comes to in one line; what is wrong has been said above it."""
    print(f"{message} (kode {code}).", file=sys.stderr)
    sys.exit(code)


def main(way: str = "", *arguments: str) -> int:
    """Do what is asked for; return the exit code."""
    plans: Mapping[str, Callable[[Sequence[str]], str]] = {
        "github": matrix,
        "gitlab": lambda regions: pipeline(regions, yaml.safe_load(_GITLAB.read_bytes())),
    }
    try:
        if way in plans and len(arguments) == 1:
            print(plans[way](touched(*arguments)))
            return 0
        if way == "build" and len(arguments) == 1:
            return build(*arguments)
        if way == "front" and not arguments:
            return front()
    except (OSError, ValueError, KeyError, yaml.YAMLError) as error:
        _stop(f"Arbeidsflyten stoppet: {' '.join(str(error).split())}", 1)
    _stop("Skriv github COMMIT, gitlab COMMIT, build REGION,REGION eller front", 2)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
