"""Run the check and show its report on GitHub: at each line, and on the run's page.

Usage: ci_report.py COMMAND [ARGUMENT...], in GitHub Actions. Leaves with the command's exit code.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# GitHub shows ten annotations a step, and no summary above 1 MiB.
MOST = 200

_PROBLEM = re.compile(
    r"(?:\d+ elementer\. )?(?P<file>[^:]+)(?::(?P<line>\d+):(?P<column>\d+))?: "
    r"(?P<warning>advarsel: )?(?P<text>.+)"
)
_FROM_MAKE = re.compile(r"make(\[\d+\])?: ")


@dataclass(frozen=True)
class Found:
    """A line of the report that says what is wrong in a file; line 0 means the whole file."""

    file: str
    line: int
    column: int
    text: str
    warning: bool


def problems(output: str) -> list[Found]:
    """Return the problems in what `nvr check` printed, in its order."""
    found = []
    for line in output.splitlines():
        match = _PROBLEM.fullmatch(line)
        if match and (match["line"] or _names_a_file(match["file"])):
            number, column = int(match["line"] or 0), int(match["column"] or 0)
            found.append(
                Found(match["file"], number, column, match["text"], bool(match["warning"]))
            )
    return found


def _names_a_file(text: str) -> bool:
    return "/" in text or text.startswith("REGION=") or Path(text).is_file()


def annotation(found: Found) -> str:
    """Return the workflow command that marks a problem at its line.

    Escapes: actions/toolkit, packages/core/src/command.ts.
    """
    name = "title" if found.file.startswith("REGION=") else "file"
    places = [f"{name}={_property(found.file)}"]
    if found.line:
        places += [f"line={found.line}", f"col={found.column}"]
    kind = "warning" if found.warning else "error"
    return f"::{kind} {','.join(places)}::{_data(found.text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(output: str, found: list[Found], passed: bool, environment: Mapping[str, str]) -> str:
    """Return the run's page in Markdown: each problem with a link to its line, or what was said."""
    errors = [problem for problem in found if not problem.warning]
    listed = [_item(problem, environment) for problem in found[:MOST]]
    if len(found) > MOST:
        listed.append(f"- … og {len(found) - MOST} til. Hele listen står i loggen.")
    if not passed and errors:
        told = "Nettstedet er ikke endret. Rett dette i filene, og lagre på nytt."
        return "\n".join([f"## {len(errors)} feil i innholdet", "", told, "", *listed, ""])
    said = [line for line in output.splitlines() if not _FROM_MAKE.match(line)]
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+|$", output)))
    block = ["", fence, *said[-MOST:], fence, ""]
    if not passed:
        told = "Dette var det siste den sa:"
        return "\n".join(["## Kontrollen stoppet", "", told, *block])
    return "\n".join(["## Innholdet er i orden", *listed, *block])


def _item(found: Found, environment: Mapping[str, str]) -> str:
    place = f"{found.file}, linje {found.line}" if found.line else found.file
    label = _plain(place)
    server, repository = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_REPOSITORY")
    if server and repository and Path(found.file).is_file():
        # A branch can be edited on the web; of a proposal, only the commit is sure to be here.
        name = "GITHUB_SHA" if environment.get("GITHUB_HEAD_REF") else "GITHUB_REF_NAME"
        address = f"{server}/{repository}/blob/{environment[name]}/{quote(found.file)}?plain=1"
        label = f"[{label}]({address}#L{max(found.line, 1)})"
    kind = "Advarsel: " if found.warning else ""
    return f"- **{label}**  \n  {kind}{_plain(found.text)}"


def _plain(text: str) -> str:
    """Return a text that Markdown and HTML show as it is."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def main(command: list[str], environment: Mapping[str, str]) -> int:
    """Run the command, print what it says with annotations below, and write the summary."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    found = problems(done.stdout)
    # Between these two lines the runner takes nothing for a command, whatever a file has in it.
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", done.stdout, f"::{word}::", sep="\n")
    print(*map(annotation, found[:MOST]), sep="\n", flush=True)
    if page := environment.get("GITHUB_STEP_SUMMARY"):
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(summary(done.stdout, found, done.returncode == 0, environment))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
