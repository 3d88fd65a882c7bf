"""Composed trees as YAML that a person can read, and the files that hold what they must be.

    python -m tests.document.golden

writes `tests/golden/documents/` anew. Read the difference before you commit it: each line is
something that a reader will see.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from macros.content.model import KINDS
from macros.content.project import load_project
from macros.content.rich import List, Paragraph, Run
from macros.document.compose import LISTINGS, compose, page
from macros.document.edition import Edition, load_edition
from macros.document.process import gate_blocks
from macros.document.prose import compose_prose
from macros.document.steps import compose_step, step_pages

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests" / "content" / "minimal"
FOLDER = ROOT / "tests" / "golden" / "documents"
# What the minimal handbook lacks: dates, and a page of the region's own with a picture.
DATES = "starts: {forstudie: 2027-03-01}\n"
PAGE = "# Om oss\n\nVi er fire kommuner.\n\n## Hvor vi er\n\n![Et kart over fjorden](kart.png)\n"


def golden_edition(folder: Path) -> Edition:
    """Return the edition that golden documents are composed from; `folder` is made."""
    shutil.copytree(MINIMAL, folder)
    region = folder / "regions" / "standard"
    with (region / "region.yml").open("a", encoding="utf-8") as file:
        file.write(DATES)
    (region / "docs").mkdir()
    (region / "docs" / "om-oss.md").write_text(PAGE, encoding="utf-8")
    Image.new("RGB", (40, 20)).save(region / "docs" / "kart.png")
    return load_edition(load_project(folder), "nb")


def documents(edition: Edition) -> Iterator[tuple[str, str, Any]]:
    """Return (name, the file or call it is composed from, tree) of each golden document."""
    for kind in KINDS.values():
        for item in edition.handbook.all(kind.model):
            source = kind.source if kind.one_file else f"{kind.source}/{item.id}.yml"
            if kind.address or kind.prefix is not None:
                whole, shown = compose(edition, item), page(edition, item)  # type: ignore[arg-type]
                yield f"{kind.name}-{item.id}", source, whole
                if shown != whole:
                    yield f"page-{kind.name}-{item.id}", source, shown
            elif kind.name == "gate":
                yield f"gate-{item.id}", source, gate_blocks(edition, item)  # type: ignore[arg-type]
    for step in step_pages(edition):
        name, source = f"step-{step.phase.id}-{step.step.id}", f"phases/{step.phase.id}.yml"
        yield name, source, compose_step(edition, step)
    for name, (_, make) in LISTINGS.items():
        yield f"list-{name}", "", make(edition)
    for own in edition.handbook.prose.values():
        yield f"prose-{own.id}", "", compose_prose(edition, own)


def plain(value: Any) -> Any:
    """Return a tree as plain values: what is left at its default is left out.

    A paragraph is its text, with emphasis and links as Markdown writes them.
    """
    if isinstance(value, Paragraph):
        return "".join(map(_run, value.runs))
    if isinstance(value, Run):
        return _run(value)
    if isinstance(value, List):
        return {"ordered" if value.ordered else "list": plain(value.items)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != field.default
        }
        return {type(value).__name__: fields}
    return str(value) if isinstance(value, str) else value


def _run(run: Run) -> str:
    text = f"**{run.text}**" if run.strong else str(run.text)
    text = f"*{text}*" if run.em else text
    return f"[{text}]({run.target})" if run.target else text


def used(value: Any) -> Iterator[str]:
    """Return the name of each class of block in a tree."""
    if isinstance(value, tuple):
        for part in value:
            yield from used(part)
    elif dataclasses.is_dataclass(value):
        yield type(value).__name__
        for field in dataclasses.fields(value):
            yield from used(getattr(value, field.name))


def as_yaml(source: str, tree: Any) -> str:
    """Return the text of a golden file."""
    head = {"from": f"tests/content/minimal/{source}"} if source else {}
    return yaml.safe_dump(
        {**head, "gives": plain(tree)}, allow_unicode=True, sort_keys=False, width=100
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        edition = golden_edition(Path(folder) / "handbook")
        for old in FOLDER.glob("*.yml"):
            old.unlink()
        for name, source, tree in documents(edition):
            (FOLDER / f"{name}.yml").write_text(as_yaml(source, tree), encoding="utf-8")


if __name__ == "__main__":
    main()
