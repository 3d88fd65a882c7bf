"""One region of a fleet, in a process of its own: checked, told of, and then built.

The check writes what the fleet has to know to a file. Then the process runs the very command that
`nvr build` runs, with the project that it has checked, so nothing of the fleet is in what is built.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from macros.building.handover import look_for_garbage_seldom, run_here
from macros.content.errors import ContentError
from macros.content.project import Project
from macros.content.region import HOST_VARIABLE


def main(arguments: list[str]) -> int:
    """Check the region that the environment names; with a module and its arguments, run it."""
    look_for_garbage_seldom()
    from macros.pages.prose import checked_project

    facts, *command = arguments
    try:
        project = checked_project(
            Path.cwd(), os.environ.get("REGION"), os.environ.get(HOST_VARIABLE)
        )
    except ContentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    Path(facts).write_text(json.dumps(told(project), ensure_ascii=False), encoding="utf-8")
    return run_here(project, command) if command else 0


def told(project: Project) -> dict[str, Any]:
    """Return what the fleet has to know of a region, in the words of `nvr check`."""
    from macros.command.report import sections

    region = project.region
    return {
        "name": region.name or "",  # the national edition's is said by who shows it
        "municipalities": [found.name for found in project.municipalities],
        "languages": list(region.languages),
        "address": region.base_url,
        "warnings": [str(problem) for problem in project.warnings],
        "sections": [[found.title, list(found.lines)] for found in sections(project)],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
