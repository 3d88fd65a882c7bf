"""Which editions a change touches, as GitHub's and GitLab's workflows take it.

Usage: ci_fleet.py github|gitlab COMMIT, in the project's folder. COMMIT is what was there before;
where git does not know it, as at the first push of a branch, all editions are built.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import yaml

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GITLAB = ".gitlab-ci.yml"


def touched(before: str) -> list[str]:
    """Return the names of the regions to build; a name that could be anything else is left out."""
    command = [sys.executable, "-P", "-m", "macros.cli", "fleet", "diff", "--json"]
    command += [f"--since={before}"] if _known(before) else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return [name for name in json.loads(done.stdout)["build"] if _SLUG.fullmatch(name)]


def _known(commit: str) -> bool:
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return False
    git = ["git", "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(git, check=False, stderr=subprocess.DEVNULL).returncode == 0


def pipeline(regions: list[str]) -> dict[str, Any]:
    """Return the pipeline that builds these editions, a job each, and the page that finds them."""
    with open(_GITLAB, encoding="utf-8") as file:  # noqa: PTH123 (in the project's folder)
        parent = yaml.safe_load(file)
    shared = {"image": parent["image"], "default": parent["default"]}
    nvr = ".venv/bin/python -P -m macros.cli fleet"
    jobs = {
        f"utgave {region}": {
            "stage": "build",
            "script": [f'{nvr} build --regions {region} --host "$FLEET_HOST"'],
            "artifacts": {"paths": [f"sites/{region}", "sites.rapport"], "when": "always"},
        }
        for region in regions
    }
    front = {
        "stage": "build",
        "script": [f'{nvr} front --out forside --host "$FLEET_HOST" || test -s forside/index.html'],
        "artifacts": {"paths": ["forside"]},
    }
    return {**shared, "variables": {"GIT_DEPTH": 0}, **jobs, "forside": front}


def main(service: str, before: str) -> None:
    """Print what the service reads."""
    regions = touched(before)
    if service == "github":
        print(f"regions={json.dumps(regions)}")
    else:
        print(yaml.safe_dump(pipeline(regions), sort_keys=False, allow_unicode=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
