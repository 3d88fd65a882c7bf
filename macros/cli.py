"""`nvr`: check the content, write the editors' schemas. Exit code 1 when something is wrong."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.content.errors import ContentError, report
from macros.content.project import Project, load_project


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 when the content has errors."""
    parser = argparse.ArgumentParser(prog="nvr", description="Næringsvennlig region")
    parser.add_argument("--root", type=Path, default=Path(), help="prosjektets mappe")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="kontroller alt innhold og meld alle feil samlet")
    check.add_argument("region", nargs="?", help="slug eller mappe; ellers REGION eller standard")
    commands.add_parser("schema", help="skriv JSON Schema for YAML-filene til schemas/")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if options.command == "schema":
        return _schema(root)
    return _check(root, options.region or os.environ.get("REGION"))


def _check(root: Path, region: str | None) -> int:
    try:
        project = load_project(root, region)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    print(_summary(project))
    return 0


def _summary(project: Project) -> str:
    first = next(iter(project.handbooks.values()))
    total = sum(len(items) for items in first.items.values())
    lines = [f"{total} elementer. {report(project.warnings)}"]
    for language, missing in project.missing.items():
        have = total - len(missing)
        lines.append(f"Målform {language}: {have} av {total} er oversatt.")
        if missing:
            lines.append(f"  Mangler {language}: {', '.join(sorted(missing))}")
    lines += [f"Farge, {moved}" for moved in project.brand.moved]
    return "\n".join(lines)


def _schema(root: Path) -> int:
    from macros.content.schema import schemas  # only this command pays for it

    folder = root / "schemas"
    folder.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
    print(f"Skrev {len(schemas())} filer til schemas/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
