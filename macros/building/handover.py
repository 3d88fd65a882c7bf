"""A project that this process has loaded, handed over to the engine's command that it then runs.

Who has checked a region, and who builds another of its languages, need not load it again.
"""

from __future__ import annotations

import gc
import runpy
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from macros.content.project import Project

# When a build looks for garbage (`gc.set_threshold`): what it loads and composes lives until it
# ends, and to look through all of that as often as Python does took a sixth of its time.
_GARBAGE = (50_000, 20, 50)
_handed: list[Project] = []


def look_for_garbage_seldom() -> None:
    """Let Python look for garbage as a build needs it, and now: a server has built before."""
    gc.set_threshold(*_GARBAGE)
    gc.collect()


def taken_over(root: Path) -> Project | None:
    """Return the project in `root` that was handed over, once: the next build loads its own."""
    found = _handed.pop() if _handed else None
    return found if found and found.root.samefile(root) else None


def run_here(project: Project, command: Sequence[str]) -> int:
    """Run a module with its arguments in this process, and return the exit code.

    It is the command that builds `project`, which has been loaded and judged.
    """
    module, *arguments = command
    _handed[:] = [project]
    gc.freeze()  # what is loaded lives as long as the process
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # as the interpreter tells of it when the process ends
        traceback.print_exc()
        return 1
    return 0
