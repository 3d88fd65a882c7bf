"""One key for each finished file: the same exactly when the bytes would be.

Nobody lists by hand what a writer depends on. Its imports are followed in the source, so what
it comes to use is in its keys from then on.
"""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import importlib.metadata
import json
import platform
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_PACKAGE = FOLDER.name
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def key(writer: str, *content: object) -> str:
    """Return the key (hex) of a file that the module named `writer` makes from the content.

    The content is what the file's bytes say: texts, numbers, dates, bytes, mappings, sequences
    and dataclasses of these. A path stands for what the file holds, not for where it lies.
    Raises TypeError for what has no form that is the same in every run.
    """
    text = json.dumps(content, default=_plain, sort_keys=True)
    return hashlib.sha256(code(writer) + text.encode()).hexdigest()


@cache
def code(writer: str) -> bytes:
    """Return a hash of the code that makes a writer's files: its modules, and its libraries.

    It is kept until `read_code_anew`.
    """
    modules, libraries = reach(writer)
    system = (platform.python_version(), zlib.ZLIB_RUNTIME_VERSION)
    digest = hashlib.sha256(repr((system, _versions(libraries))).encode())
    for name in sorted(modules):
        path = _path(name)
        for file in (path, *_beside(path)):
            digest.update(f"{name} {file.name}".encode() + hashlib.sha256(_source(file)).digest())
    return digest.digest()


def read_code_anew() -> None:
    """Forget the code, so that the next build of this process reads it from disk.

    Its workers will: they are started anew for each build.
    """
    for kept in (code, _module, _source):
        kept.cache_clear()


def reach(writer: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a module comes to import: modules of ours, and others by their first name.

    Imports in functions count, for the functions that run are not known. Those of a package
    that is only passed through on the way to a module count where importing it runs them.
    """
    ours: dict[str, bool] = {}
    others: set[str] = set()
    ahead = [(writer, True)]
    while ahead:
        name, whole = ahead.pop()
        if ours.get(name, False) or (name in ours and not whole):
            continue
        ours[name] = whole
        parent = name.rpartition(".")[0]
        ahead += [(parent, False)] if parent else []
        for imported, names, runs in _imports(_source(_path(name))):
            first = imported.partition(".")[0]
            if first != _PACKAGE:
                others |= {first} if whole or runs else set()
            elif whole or runs:
                modules = [f"{imported}.{part}" for part in names if _module(f"{imported}.{part}")]
                ahead += [(module, True) for module in modules]
                ahead.append((imported, not names or len(modules) < len(names)))
    return frozenset(ours), frozenset(others - sys.stdlib_module_names)


Import = tuple[str, tuple[str, ...], bool]


@lru_cache(maxsize=256)
def _imports(source: bytes) -> tuple[Import, ...]:
    """Return each import: the module, the names taken from it, and if importing runs it."""
    return tuple(_found(ast.parse(source), runs=True))


def _found(node: ast.AST, *, runs: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, (), runs) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        if node.level or node.module is None:
            raise ValueError("an import that says not where from: write it in full")
        yield node.module, tuple(alias.name for alias in node.names), runs
    elif isinstance(node, ast.If) and _is_for_types(node.test):
        for line in node.orelse:
            yield from _found(line, runs=runs)
    else:
        runs = runs and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inside in ast.iter_child_nodes(node):
            if isinstance(inside, ast.stmt | ast.excepthandler | ast.match_case):
                yield from _found(inside, runs=runs)


def _is_for_types(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return bool(name == "TYPE_CHECKING")


def _path(name: str) -> Path:
    path = _module(name)
    if path is None:
        raise ValueError(f"{name} is imported and is not there")
    return path


@cache
def _module(name: str) -> Path | None:
    """Return the file of a module of ours, or None where the name is no module."""
    path = FOLDER.parent.joinpath(*name.split("."))
    found = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in found if file.is_file()), None)


def _beside(path: Path) -> list[Path]:
    """Return the files of a package that are no modules: what its modules read."""
    if path.name != "__init__.py":
        return []
    return sorted(
        found
        for found in path.parent.iterdir()
        if found.is_file() and found.suffix != ".py" and not found.name.startswith(".")
    )


@cache
def _source(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")  # as git may check it out


@lru_cache(maxsize=64)
def _versions(libraries: frozenset[str]) -> tuple[str, ...]:
    """Return name and version of what the modules are installed by, and of what that needs."""
    found: dict[str, str] = {}
    ahead = [owner.name for name in libraries for owner in _installed().get(name, [])]
    while ahead:
        name = re.sub(r"[-_.]+", "-", ahead.pop()).lower()
        if name not in found:
            found[name], needed = _library(name)
            ahead += needed
    return tuple(f"{name}={version}" for name, version in sorted(found.items()) if version)


@cache
def _library(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the version, and the names of what it needs; no version where it isn't installed."""
    try:
        library = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return "", ()  # needed on another system only
    needed = [line for line in library.requires or () if "extra ==" not in line]
    return library.version, tuple(match[0] for line in needed if (match := _NAME.match(line)))


@cache
def _installed() -> dict[str, list[importlib.metadata.Distribution]]:
    """Return what is installed by the first names of its modules.

    `importlib.metadata.packages_distributions` says the same, ten times as slowly.
    """
    found: dict[str, list[importlib.metadata.Distribution]] = {}
    for library in importlib.metadata.distributions():
        listed = library.read_text("top_level.txt") or library.read_text("RECORD") or ""
        for name in {re.split("[/,.]", line)[0] for line in listed.splitlines()}:
            found.setdefault(name, []).append(library)
    return found


def _plain(value: Any) -> Any:
    """Return what JSON knows for what it does not; every class is told by its name."""
    kind: Any = type(value)
    if names := _fields(kind):
        return [kind.__name__, *[getattr(value, name) for name in names]]
    if isinstance(value, dt.date | dt.datetime):
        return [kind.__name__, value.isoformat()]
    if isinstance(value, bytes):
        return ["bytes", hashlib.sha256(value).hexdigest()]
    if isinstance(value, Path):
        found = value.stat()
        return ["Path", value.suffix, _held(value, found.st_mtime_ns, found.st_size)]
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{kind.__name__} has no form for a key")


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in getattr(kind, "__dataclass_fields__", {}).values())


@lru_cache(maxsize=1024)
def _held(path: Path, changed: int, size: int) -> str:  # noqa: ARG001 (parts of the cache's key)
    return hashlib.sha256(path.read_bytes()).hexdigest()
