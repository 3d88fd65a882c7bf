"""What git knows of a folder: when it was last committed, and when each of its files was.

Git may be missing, refuse («dubious ownership»), know only the newest commit, or find somebody
else's repository around the folder. Then nobody knows, and no error is made of it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

# A commit outside these years was made by a clock that was wrong (git itself begins in 2005).
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)

# In a hook they name the repository that the hook belongs to, wherever the folder lies.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
_SECONDS = re.compile(r"[0-9]{1,12}")


def last_commit(folder: Path) -> int | None:
    """Return the time of the last commit in seconds since 1970, or None where nobody knows.

    A folder that its repository does not keep is not of that repository: an unpacked ZIP inside
    another project does not take that project's dates.
    """
    if not _git(folder, "rev-parse", "--verify", "--quiet", "HEAD:./"):
        return None
    said = _git(folder, "log", "-1", "--format=%ct").strip()
    return int(said) if _day(said) else None


def days(folder: Path) -> dict[str, dt.date]:
    """Return the day (UTC) of the last commit of each file below a folder, by its path in it.

    Empty without git or history, and in a shallow clone, where git would give the day of the
    newest commit for every file. One call of git for all the files.
    """
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    found: dict[str, dt.date] = {}
    day: dt.date | None = None
    log = _git(folder, "log", "-z", "--relative", "--name-only", "--format=%x01%ct", "--", ".")
    for part in log.replace("\n", "\0").split("\0"):
        if part.startswith("\x01"):
            day = _day(part[1:])
        elif part and day:
            found.setdefault(part, day)  # the newest commit comes first
    return found


def earlier(folder: Path, file: str) -> Iterator[str]:
    """Return what a file in a folder held, commit by commit, the newest first; at most 100."""
    for commit in _git(folder, "log", "-100", "--format=%H", "--", file).split():
        if text := _git(folder, "show", f"{commit}:./{file}"):
            yield text


def _day(said: str) -> dt.date | None:
    if not _SECONDS.fullmatch(said):
        return None
    day = dt.datetime.fromtimestamp(int(said), dt.UTC).date()
    return day if EARLIEST <= day <= LATEST else None


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says, or the empty string where there is no git or it refuses."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    try:
        found = subprocess.run(  # noqa: S603
            # Signatures would be told of among the answers.
            ["git", "-C", str(folder), "-c", "log.showSignature=false", *arguments],  # noqa: S607
            env={**kept, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except OSError:  # there is no git
        return ""
    return found.stdout if found.returncode == 0 else ""
