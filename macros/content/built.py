"""The time of this build: what every file says of when it was made. The clock is never asked.

In this order: what the environment says (`SOURCE_DATE_EPOCH`, as reproducible-builds.org
specifies it), the project's last commit, the newest change in the content.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

from macros.content.errors import ContentError, Problem, found_text
from macros.content.history import EARLIEST, LATEST, last_commit

VARIABLE = "SOURCE_DATE_EPOCH"
_SECONDS = re.compile(r"[0-9]{1,12}")
_FROM = int(dt.datetime(EARLIEST.year, 1, 1, tzinfo=dt.UTC).timestamp())
_AFTER = int(dt.datetime(LATEST.year + 1, 1, 1, tzinfo=dt.UTC).timestamp())


def begin(said: str | None, root: Path, newest: dt.date) -> None:
    """Set the time of this build and of every process that it starts, for all that ask.

    `said` is what the environment held before any build, `newest` the newest change in the
    content. Raises ContentError.
    """
    os.environ[VARIABLE] = str(int(build_time(said, last_commit(root), newest).timestamp()))


def built(newest: dt.date) -> dt.datetime:
    """Return the time of this build; outside any, that of the newest change in the content."""
    return build_time(os.environ.get(VARIABLE), None, newest)


def build_time(said: str | None, committed: int | None, newest: dt.date) -> dt.datetime:
    """Return the time of a build in UTC, as the environment, the commit or the content says.

    Nothing said is no time, and so is a time before 2000: 0, or the 1980 of build systems that
    know of none. Raises ContentError where what is said is no time at all.
    """
    seconds = _said(said.strip() if said else "") or committed
    if seconds is None:
        return dt.datetime.combine(newest, dt.time(), dt.UTC)
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _said(text: str) -> int | None:
    if not text:
        return None
    seconds = int(text) if _SECONDS.fullmatch(text) else _AFTER
    if seconds >= _AFTER:
        raise ContentError([_no_time(text)])
    return seconds if seconds >= _FROM else None


def _no_time(text: str) -> Problem:
    message = f"skal være sekunder siden 1970, før år {LATEST.year + 1}, fikk {found_text(text)}"
    hint = "Ta bort variabelen, så brukes datoen til siste endring."
    return Problem(VARIABLE, 0, 0, "", message, hint)
