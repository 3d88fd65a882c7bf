"""`nvr`: check the content, build one site or many, begin a region, write the editors' schemas.

Exit code 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.content.project import Project


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 when the content has errors."""
    # All that is made is kept until the end, so looking for what could go is lost time. What the
    # commands need is imported meanwhile, for that makes much as well.
    collecting = gc.isenabled()
    gc.disable()
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever reads has had enough, as `head` has. What is left goes nowhere, and so does what
        # Python would say of it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        if collecting:
            gc.enable()


def _run(arguments: Sequence[str] | None) -> int:
    from macros.building.faults import BuildError
    from macros.content.errors import ContentError
    from macros.writers import WriterError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows the rest
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    if options.command == "schema":
        return _schema(root)
    try:
        if options.command == "new":
            return _new(root, options)
        if options.command == "fleet":
            return _fleet(root, options)
        if options.command == "build":
            return _build(root, options.engine, options.site_dir)
        region = options.region or os.environ.get("REGION")
        if options.process:
            from macros.command.process_table import process_table
            from macros.content.project import load_project

            print(process_table(load_project(root, region)))
            return 0
        return _check(root, region)
    except (ContentError, BuildError, WriterError) as error:
        print(error, file=sys.stderr)
    except (KeyboardInterrupt, EOFError):
        print(f"\nAvbrutt. {_kept(options)}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    from macros.command.new_region import ASKED
    from macros.engines import ENGINES
    from macros.fleet.arguments import add_parser

    parser = argparse.ArgumentParser(prog="nvr", description="Næringsvennlig region")
    parser.add_argument("--root", type=Path, default=Path(), help="prosjektets mappe")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="kontroller alt innhold og meld alle feil samlet")
    check.add_argument("region", nargs="?", help="slug eller mappe; ellers REGION eller standard")
    check.add_argument(
        "--process", action="store_true", help="vis hvem som beslutter hva, når og ut fra hva"
    )
    new = commands.add_parser("new", help="lag mappen til en ny region")
    new.add_argument("slug", nargs="?", help="kortnavn: små bokstaver, tall og bindestrek")
    new.add_argument("--path", type=Path, help="lag mappen her, utenfor prosjektet")
    new.add_argument("--built", action="store_true", help=argparse.SUPPRESS)  # by make, after this
    for asked in ASKED:
        new.add_argument(f"--{asked.flag}", metavar="…", help=asked.description)
    build = commands.add_parser("build", help="bygg nettstedet i site/")
    build.add_argument(
        "--engine",
        choices=list(ENGINES),
        default="mkdocs",
        help="programmet som lager sidene (standard: mkdocs)",
    )
    build.add_argument("-d", "--site-dir", type=Path, help="mappen til nettstedet (standard: site)")
    add_parser(commands, list(ENGINES))
    commands.add_parser("schema", help="skriv JSON Schema for YAML-filene til schemas/")
    return parser


def _build(root: Path, engine: str, site: Path | None) -> int:
    from macros.building.faults import BuildError, cause
    from macros.engines import ENGINES

    gc.enable()  # a build makes more than it keeps
    try:
        return ENGINES[engine](root, site.resolve() if site else None)
    except OSError as error:
        raise BuildError(f"Bygget stoppet: {cause(error)}") from None


def _fleet(root: Path, options: argparse.Namespace) -> int:
    from macros.building.faults import BuildError, cause
    from macros.fleet.command import fleet

    gc.enable()  # it waits most of the time
    try:
        return fleet(root, options, lambda line: print(line, flush=True))
    except OSError as error:
        raise BuildError(f"Byggingen av utgavene stoppet: {cause(error)}") from None


def _kept(options: argparse.Namespace) -> str:
    """Return what a command that is interrupted leaves."""
    if options.command == "fleet" and options.way == "build":
        return "Utgavene som er ferdige, er hele. Kjør på nytt for å fortsette."
    return "Ingenting ble skrevet."


def _check(root: Path, region: str | None) -> int:
    from macros.command.report import region_report
    from macros.pages.prose import checked_project

    project = checked_project(root, region)
    print(region_report(project))
    print(f"\n{_preview(project)}")
    return 0


def _preview(project: Project) -> str:
    """Return where the brand can be seen: a page beside the cache's files."""
    from macros.command.brand_preview import write_preview
    from macros.downloads.cache import said_folder

    cache = project.root / said_folder()
    try:
        path = write_preview(project, cache)
    except OSError as error:
        return f"Siden som viser merkevaren, ble ikke skrevet: {error.strerror}."
    return (
        f"Se merkevaren i nettleseren: {os.path.relpath(path, project.root).replace(os.sep, '/')}"
    )


def _new(root: Path, options: argparse.Namespace) -> int:
    from macros.command.new_region import Talk, new_region

    talk = Talk(input, print) if sys.stdin.isatty() else None
    slug = options.slug or (options.path.name if options.path else "")
    if not slug and talk:
        slug = talk.ask("Kortnavn for regionen, for eksempel sogn: ").strip()
    if talk:
        talk.say(f"Svar på spørsmålene, så blir mappen til {slug} laget. Ctrl+C avbryter.\n")
    folder = new_region(root, slug, options.path, vars(options), talk)
    where = os.path.relpath(folder, root).replace(os.sep, "/")
    print(f"Skrev {where}/region.yml og {where}/_brand.yml.\n")
    inside = options.path is None
    _check(root, slug if inside else str(folder))
    if options.built:
        print("\nNå bygges nettstedet. Første gang tar det noen minutter.", flush=True)
    else:
        command = f"make region NAME={shlex.quote(slug if inside else where)}"
        print(f"\nSe gjennom filene. Bygg utgaven med denne kommandoen:\n  {command}")
    return 0


def _schema(root: Path) -> int:
    from macros.content.schema import schemas

    folder = root / "schemas"
    folder.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
    print(f"Skrev {len(schemas())} filer til schemas/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
