"""`nvr new`: a region's folder, with every key explained, written whole or not at all.

The comments are the descriptions of the models' fields, so they say what the loader checks.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from macros.content.brand.brand import load_brand
from macros.content.brand.contrast import DEFAULT_ACCENT, INK, NIGHT_PAPER, PAPER
from macros.content.brand.file import BrandFile
from macros.content.errors import ContentError, Problem, path_text, suggest
from macros.content.load import Source
from macros.content.municipalities import find_municipality, load_municipalities, not_one
from macros.content.names import device, slugged
from macros.content.region import SLUG, Region, known_regions
from macros.content.region_file import Known, load_region, looked_up
from macros.content.validate import build

_COLOUR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LONGEST_SLUG = 60
_HEAD = """\
# Linjer som begynner med # blir ikke lest. Ta bort # foran en nøkkel for å bruke den.
# Nøklene er forklart på siden «Lag en egen utgave».
"""
# Shown where the model has no example of its own.
_EXAMPLES: dict[str, Any] = {
    "color.palette": {"skog": "#1d5c3f"},
    "color.primary": DEFAULT_ACCENT,
    "color.secondary": "#c98a1b",
    "color.foreground": INK,
    "color.background": {"light": PAPER, "dark": NIGHT_PAPER},
    "logo.medium": {"light": "logo.svg", "dark": "logo-mork.svg"},
    "logo.small": "merke.svg",
    "typography.fonts": None,
    "typography.base": None,
    "typography.headings": None,
}
# brand.yml has more keys than those that a region begins with, which have an example.
_BRAND_KEYS = {key for name in _EXAMPLES for key in (name, name.split(".")[0])}
Values = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A value that is asked for: its flag, and where it stands in which file."""

    flag: str
    model: type[BaseModel]
    path: tuple[str, ...]
    many: bool = False
    needs: str = ""  # the flag whose answer this one is asked after

    @property
    def key(self) -> str:
        """Return the flag as argparse names its value."""
        return self.flag.replace("-", "_")

    @property
    def description(self) -> str:
        """Return what the model says of the value."""
        model, field = self.model, None
        for name in self.path:
            field = model.model_fields[name]
            model = _inner(field.annotation) or model
        text = (field and field.description) or ""
        return f"{_WHO[self.path[1]]}: {text}" if self.path[0] == "contacts" else text


_WHO = {"adviser": "Rådgiveren i regionen", "project": "Prosjektlederen i regionen"}
_SPOKEN = {"bokmål": "nb", "nynorsk": "nn"}  # what people call the languages


def _person(group: str) -> tuple[Asked, ...]:
    first = f"{group}-name"
    return tuple(
        Asked(f"{group}-{key}", Region, ("contacts", group, key), needs="" if at == 0 else first)
        for at, key in enumerate(("name", "title", "email", "phone"))
    )


ASKED = (
    Asked("name", Region, ("name",)),
    Asked("short-name", Region, ("short_name",)),
    Asked("owner", Region, ("owner",)),
    Asked("municipalities", Region, ("municipalities",), many=True),
    Asked("languages", Region, ("languages",), many=True),
    Asked("site-url", Region, ("site_url",)),
    *_person("adviser"),
    *_person("project"),
    Asked("cost", Region, ("cost",)),
    Asked("accessibility-statement", Region, ("accessibility_statement",)),
    Asked("colour", BrandFile, ("color", "primary")),
)


@dataclass(frozen=True)
class Talk:
    """How to ask a person at a terminal, and how to tell one that an answer will not do."""

    ask: Callable[[str], str]
    say: Callable[[str], None]


def new_region(
    root: Path,
    slug: str,
    path: Path | None,
    flags: Mapping[str, str | None],
    talk: Talk | None = None,
) -> Path:
    """Write a region's folder and return it: `regions/<slug>`, or `path` outside the project.

    `flags` holds the values that were given, by flag; those that are missing are asked for
    where there is someone to `talk` to, and have a default or are left out where there is not.
    Raises ContentError when a value is wrong, and when the folder is there already: nothing is
    then written.
    """
    folder = _target(root, slug, path)
    label = os.path.relpath(folder, root).replace(os.sep, "/")
    given = _answers(root, slug, flags, talk)
    texts = {
        "region.yml": _text(Region, given[Region], root, folder, "region"),
        "_brand.yml": _text(BrandFile, given[BrandFile], root, folder, "brand"),
    }
    beside = folder.with_name(f".ny-{folder.name}-{os.getpid()}")
    try:
        beside.mkdir()
        for name, text in texts.items():
            (beside / name).write_text(text, encoding="utf-8")
        _check(root, beside, label)
        beside.rename(folder)
    except OSError as error:
        message = f"mappen kan ikke skrives: {error.strerror}"
        raise ContentError([Problem(label, 0, 0, "", message)]) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _target(root: Path, slug: str, path: Path | None) -> Path:
    """Return the folder to write; raises ContentError when it cannot be written there."""
    if not SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        hint = f"Bruk for eksempel «{slugified(slug)}»." if slugified(slug) else ""
        message = "kortnavnet kan bare ha små bokstaver fra a til z, tall og bindestrek"
        raise ContentError([Problem(f"«{slug[:_LONGEST_SLUG]}»", 0, 0, "", message, hint)])
    if why := device(slug):
        raise ContentError([Problem(f"«{slug}»", 0, 0, "", why, "Velg et annet navn.")])
    folder = root / "regions" / slug if path is None else (root / path).resolve()
    label = os.path.relpath(folder, root).replace(os.sep, "/")
    if not folder.parent.is_dir():
        message = "mappen den skal ligge i, finnes ikke"
        raise ContentError([Problem(label, 0, 0, "", message)])
    taken = {entry.name.casefold(): entry.name for entry in folder.parent.iterdir()}
    if path is not None:
        taken |= {entry.name.casefold(): entry.name for entry in (root / "regions").glob("*")}
    if (name := taken.get(folder.name.casefold())) is not None:
        hint = "Velg et annet navn, eller rett filene i mappen som er der."
        raise ContentError([Problem(label, 0, 0, "", f"«{name}» finnes fra før", hint)])
    return folder


def slugified(name: str) -> str:
    """Return a name as a slug: «Sogn og Fjordane» becomes `sogn-og-fjordane`."""
    return slugged(name)[:_LONGEST_SLUG].strip("-")


def _answers(
    root: Path, slug: str, flags: Mapping[str, str | None], talk: Talk | None
) -> dict[type[BaseModel], Values]:
    """Return the values of both files; raises ContentError with every flag that is wrong."""
    given: dict[type[BaseModel], Values] = {Region: {}, BrandFile: {}}
    got: dict[str, str] = {}
    problems: list[Problem] = []
    for asked in ASKED:
        told = flags.get(asked.key)
        default = _default(asked.flag, slug, got)
        if told is None and talk and not (asked.needs and not got.get(asked.needs)):
            told = _ask(root, asked, default, talk)
        answer = default if told is None else _answer(asked, told)
        if not answer:
            continue
        got[asked.flag] = answer
        value = _value(asked, answer)
        problems += [
            Problem(f"--{asked.flag}", 0, 0, "", message, hint)
            for message, hint in _mistakes(root, asked, value)
        ]
        _put(given[asked.model], asked.path, value)
    for need in ("name", *sorted({asked.needs for asked in ASKED} - {""})):
        wanted = need == "name" or any(
            got.get(asked.flag) for asked in ASKED if asked.needs == need
        )
        if wanted and not got.get(need):
            hint = suggest(slug, known_regions(root)) if need == "name" else ""
            hint = hint or "Skriv den, eller kjør kommandoen i et tekstvindu, så blir du spurt."
            problems.append(Problem(f"--{need}", 0, 0, "", "mangler", hint))
    if problems:
        raise ContentError(problems)
    return given


def _default(flag: str, slug: str, got: Mapping[str, str]) -> str:
    name = got.get("name", "")
    return {
        "short-name": name,
        "owner": name,
        "languages": "nb",
        "site-url": f"https://{slug}.example.no/",
        "colour": DEFAULT_ACCENT,
        "adviser-title": "Regional rådgiver" if got.get("adviser-name") else "",
        "project-title": "Prosjektleder" if got.get("project-name") else "",
    }.get(flag, "")


def _ask(root: Path, asked: Asked, default: str, talk: Talk) -> str:
    """Return an answer that will do; an empty one stands for the default."""
    hint = f" [{default}]" if default else "" if asked.flag == "name" else " (Enter hopper over)"
    more = " Skill med komma." if asked.many else ""
    while True:
        said = talk.ask(f"{asked.description}{more}{hint}\n  {asked.flag}: ")
        answer = _answer(asked, said) or default
        if not answer and asked.flag != "name":
            return ""
        mistakes = _mistakes(root, asked, _value(asked, answer))
        if not mistakes:
            return answer
        for message, suggestion in mistakes:
            talk.say(f"  {asked.flag}: {message}. {suggestion}".rstrip())


def _answer(asked: Asked, said: str) -> str:
    return said.strip() if asked.many else _unquoted(said)


def _value(asked: Asked, answer: str) -> Any:
    """Return the value of an answer, also where it is written as the file has it."""
    if not asked.many:
        return answer
    parts = map(_unquoted, re.split(r"[,;]", answer.strip("[] ")))
    named = _SPOKEN if asked.flag == "languages" else {}
    return [named.get(part.lower(), part) for part in parts if part]


def _unquoted(answer: str) -> str:
    """Return an answer without the quotes around it: files need them, and prompts do not."""
    text = answer.strip()
    pairs = ('""', "''", "«»", "“”", "””", "‘’")
    if len(text) > 1 and text[0] + text[-1] in pairs and text[0] not in text[1:-1]:
        return text[1:-1].strip()
    return text


def _put(values: Values, path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
    values[path[-1]] = value


def _mistakes(root: Path, asked: Asked, value: Any) -> list[tuple[str, str]]:
    """Return (message, suggestion) for everything that is wrong with one value."""
    alone: Values = {}
    _put(alone, asked.path, value)
    at = path_text(asked.path)
    found = build(asked.model, Source(""), (), alone)
    mistakes = [
        (problem.message, problem.suggestion)
        for problem in (found if isinstance(found, list) else [])
        if problem.where == at or problem.where.startswith(f"{at}[")
    ]
    if asked.flag == "colour" and not _COLOUR.fullmatch(value):
        return [("skal være en fargekode som #0b4f6c", "")]
    if asked.flag == "municipalities" and not mistakes:
        table = load_municipalities(root)
        return [
            not_one(written, numbers, table)
            for written in value
            if len(numbers := find_municipality(written, table)) != 1
        ]
    return mistakes


def _check(root: Path, folder: Path, label: str) -> None:
    """Raise ContentError when the loader would not take what was written."""
    problems: list[Problem] = []
    found = load_region(folder, label, problems)
    load_brand(folder, label, problems)
    looked_up(found, folder, lambda: load_municipalities(root), Known((), (), ()), problems)
    if problems:
        raise ContentError(problems)


def _text(model: type[BaseModel], given: Values, root: Path, folder: Path, schema: str) -> str:
    """Return a file: every key of the model, explained; those without a value behind a #."""
    lines = [_HEAD]
    if folder.is_relative_to(root):
        place = os.path.relpath(root / "schemas" / f"{schema}.json", folder).replace(os.sep, "/")
        lines.insert(0, f"# yaml-language-server: $schema={place}")
    return "\n".join([*lines, *_keys(model, given, brand=model is BrandFile)])


def _keys(
    model: type[BaseModel],
    given: Mapping[str, Any],
    path: tuple[str, ...] = (),
    *,
    live: bool = True,
    brand: bool = False,
) -> Iterator[str]:
    """Return the lines of a model's keys. A # in the first column puts a line out of use."""
    indent = "  " * len(path)
    for name, field in model.model_fields.items():
        at = ".".join((*path, name))
        if brand and at not in _BRAND_KEYS:
            continue
        here = live and name in given
        mark = "" if here else "#"
        # Out of use at the top, an explanation needs no second mark.
        comment = "" if live else "#"
        yield f"{comment}{indent}# {field.description}"
        inner = None if at in _EXAMPLES else _inner(field.annotation)
        if inner:
            yield f"{mark}{indent}{name}:"
            yield from _keys(inner, given.get(name, {}), (*path, name), live=here, brand=brand)
        else:
            examples = field.examples or [_EXAMPLES.get(at)]
            value = given[name] if here else examples[0]
            yield from _value_lines(f"{mark}{indent}", name, value)
        if not indent:
            yield ""


def _value_lines(start: str, name: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{start}{name}:"
        for key, inner in value.items():
            yield f"{start}  {key}: {_scalar(inner)}"
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield f"{start}{name}:"
        for one in value:
            for at, (key, inner) in enumerate(one.items()):
                yield f"{start}  {' ' if at else '-'} {key}: {_scalar(inner)}"
    else:
        yield f"{start}{name}: {_scalar(value)}".rstrip()


def _scalar(value: Any) -> str:
    # JSON strings and lists are YAML's too; a word that needs no quotes is easier to edit without.
    if value is None:
        return ""
    if isinstance(value, str) and re.fullmatch(
        r"[a-zæøå]+|https://[\w./-]+|[\w.-]+@[\w.-]+", value
    ):
        return value if value not in ("true", "false", "null") else json.dumps(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_scalar(inner) for inner in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _inner(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, also where it may be left out; None for a list."""
    if get_origin(annotation) in (tuple, dict):
        return None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner, get_args(annotation))), None)
