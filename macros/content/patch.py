"""A region's patch laid over a national item: single values, each with its own place.

A mapping is merged key by key. A list whose points have an `id` (or a `code`) is merged
point by point; sections that hold such lists are known by their `title`. Every other list
is replaced whole. `hide: true` takes a point away, `replace: true` takes a mapping as it
stands in the patch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from macros.content.errors import Problem, path_text, suggest
from macros.content.load import DataPath, Source

HIDE, REPLACE = "hide", "replace"
_LOG = "changes"


@dataclass(frozen=True)
class Difference:
    """One value that the region has otherwise; None where there is none on that side.

    `path` names points by their id, not by number.
    """

    path: DataPath
    national: Any
    region: Any


@dataclass(frozen=True)
class NewPoint:
    """A point that the national list does not have; `known` are the names of those it has."""

    name: str
    out: DataPath
    patch: DataPath
    known: tuple[str, ...]


@dataclass
class Patched:
    """The merged values, and where each leaf comes from (paths are within the item).

    `origin` gives the path in the national item, `placed` that in the patch.
    """

    source: Source
    prefix: DataPath
    origin: dict[DataPath, DataPath] = field(default_factory=dict)
    placed: dict[DataPath, DataPath] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    added: list[NewPoint] = field(default_factory=list)


def lay(base: Source, patch: Source, prefix: DataPath, problems: list[Problem]) -> Patched:
    """Return the item at `prefix` in `base` with that of `patch` laid over it.

    Adds a problem for each point that cannot be matched.
    """
    return _Layer(base, patch, prefix, problems).merged()


def not_whole(patched: Patched, patch: Source, wrong: list[Problem]) -> list[Problem]:
    """Return what is wrong with a merged item, told once for each new point that lacks keys.

    One who meant to change a point, and wrote its name wrongly, sees which points there are.
    """
    for point in patched.added:
        where = path_text((*patched.prefix, *point.out))
        lacks = [found[1] for one in wrong if one.where == where and (found := _lacked(one))]
        if not lacks:
            continue
        wrong = [one for one in wrong if one.where != where and not _inside(one.where, where)]
        near = get_close_matches(point.name, sorted(point.known), n=3, cutoff=0.5)
        names = " eller ".join(f"«{name}»" for name in near)
        hint = f"Mente du {names}? " if near else f"Punktene er {', '.join(point.known)}. "
        message = f"«{point.name}» finnes ikke i den nasjonale listen, så dette blir et nytt punkt"
        hint += f"Et nytt punkt må også ha {', '.join(lacks)}."
        wrong.append(patch.problem((*patched.prefix, *point.patch), message, hint))
    return wrong


def _lacked(problem: Problem) -> re.Match[str] | None:
    return re.fullmatch(r"mangler nøkkelen «?(\w+)»?", problem.message)


def _inside(where: str, point: str) -> bool:
    return where.startswith((f"{point}.", f"{point}["))


def without(
    base: Source, prefix: DataPath, gone: set[DataPath], texts: Mapping[DataPath, str]
) -> Source:
    """Return the item at `prefix` without the values at `gone`, and with other `texts`."""
    nothing = Source(base.file, _nested(prefix, {}))
    return _Layer(base, nothing, prefix, [], gone, texts).merged().source


def merge_key(points: list[Any]) -> str | None:
    """Return the key by which a list's points are known, or None where it is replaced whole."""
    for key in ("id", "code"):
        if _all_have(points, key):
            return key
    inner = (value for point in points if isinstance(point, dict) for value in point.values())
    if _all_have(points, "title") and any(isinstance(v, list) and merge_key(v) for v in inner):
        return "title"
    return None


def leaves(data: Any, path: DataPath = ()) -> dict[DataPath, Any]:
    """Return every value that is neither a mapping nor a list, by its path."""
    if isinstance(data, dict):
        pairs: Any = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    else:
        return {path: data}
    found: dict[DataPath, Any] = {}
    for key, value in pairs:
        found.update(leaves(value, (*path, key)))
    return found


def _all_have(points: list[Any], key: str) -> bool:
    return bool(points) and all(
        isinstance(point, dict) and isinstance(point.get(key), str) for point in points
    )


def _nested(prefix: DataPath, data: Any) -> Any:
    for part in reversed(prefix):
        data = {part: data}
    return data


@dataclass(frozen=True)
class _At:
    """The same value's path in the national item, in the patch, in the result, and to a reader."""

    base: DataPath = ()
    patch: DataPath = ()
    out: DataPath = ()
    shown: DataPath = ()

    def down(self, key: str | int) -> _At:
        return _At((*self.base, key), (*self.patch, key), (*self.out, key), (*self.shown, key))

    def point(self, base: int, patch: int, out: int, name: str) -> _At:
        return _At((*self.base, base), (*self.patch, patch), (*self.out, out), (*self.shown, name))


class _Layer:
    def __init__(
        self,
        base: Source,
        patch: Source,
        prefix: DataPath,
        problems: list[Problem],
        gone: set[DataPath] = frozenset(),  # type: ignore[assignment]
        texts: Mapping[DataPath, str] | None = None,
    ) -> None:
        self.base, self.patch, self.prefix, self.problems = base, patch, prefix, problems
        self.gone, self.texts = gone, texts or {}
        self.out = Patched(Source(base.file), prefix)

    def merged(self) -> Patched:
        national, own = self.base.data, self.patch.data
        for part in self.prefix:
            national, own = national[part], own[part]
        found = self._mapping(national, own, _At())
        if not own:  # nothing is laid over: the item stands where it stood
            self._note(self.base, (), ())
        self.out.source.data = _nested(self.prefix, found)
        return self.out

    def _note(self, source: Source, path: DataPath, out: DataPath) -> None:
        full, target = (*self.prefix, *path), (*self.prefix, *out)
        self.out.source.values[target] = source.place(full)
        if full in source.keys:
            self.out.source.keys[target] = source.keys[full]

    def _problem(self, at: DataPath, message: str, hint: str = "") -> None:
        self.problems.append(self.patch.problem((*self.prefix, *at), message, hint))

    def _differ(self, at: _At, national: Any, region: Any) -> None:
        if national != region:
            self.out.differences.append(Difference(at.shown, national, region))

    def _keep(self, value: Any, base: DataPath, out: DataPath) -> Any:
        """Return a national value."""
        self._note(self.base, base, out)
        if isinstance(value, dict):
            return {
                key: self._keep(inner, (*base, key), (*out, key))
                for key, inner in value.items()
                if (*base, key) not in self.gone
            }
        if isinstance(value, list):
            kept = [i for i in range(len(value)) if (*base, i) not in self.gone]
            return [self._keep(value[i], (*base, i), (*out, n)) for n, i in enumerate(kept)]
        self.out.origin[out] = base
        return self.texts.get(base, value)

    def _take(self, value: Any, patch: DataPath, out: DataPath) -> Any:
        """Return a value of the region's."""
        self._note(self.patch, patch, out)
        if isinstance(value, dict):
            return {
                key: self._take(inner, (*patch, key), (*out, key))
                for key, inner in value.items()
                if not (key == REPLACE and inner is True)
            }
        if isinstance(value, list):
            return [self._take(v, (*patch, i), (*out, i)) for i, v in enumerate(value)]
        self.out.placed[out] = patch
        return value

    def _mapping(self, base: dict[str, Any], patch: dict[str, Any], at: _At) -> dict[str, Any]:
        self._note(self.patch, at.patch, at.out)
        found: dict[str, Any] = {}
        for key, value in base.items():
            inner = at.down(key)
            if inner.base in self.gone:
                continue
            if key in patch:
                found[key] = self._value(value, patch[key], inner)
            else:
                found[key] = self._keep(value, inner.base, inner.out)
        for key in patch.keys() - base.keys():
            self._differ(at.down(key), None, patch[key])
        for key in (key for key in patch if key not in base):
            inner = at.down(key)
            found[key] = self._take(patch[key], inner.patch, inner.out)
        return found

    def _value(self, base: Any, patch: Any, at: _At) -> Any:
        if isinstance(base, dict) and isinstance(patch, dict) and patch.get(REPLACE) is not True:
            return self._mapping(base, patch, at)
        if isinstance(base, list) and isinstance(patch, list):
            if at.out == (_LOG,):
                return self._newest_first(base, patch, at)
            if key := merge_key(base):
                return self._points(base, patch, key, at)
        self._differ(at, base, patch)
        return self._take(patch, at.patch, at.out)

    def _newest_first(self, base: list[Any], patch: list[Any], at: _At) -> list[Any]:
        """Return the region's lines of the change log above the national ones."""
        own = self._take(patch, at.patch, at.out)
        rest = [
            self._keep(value, (*at.base, index), (*at.out, len(patch) + index))
            for index, value in enumerate(base)
        ]
        return [*own, *rest]

    def _points(self, base: list[Any], patch: list[Any], key: str, at: _At) -> list[Any]:
        self._note(self.patch, at.patch, at.out)
        if not patch:
            self._problem(at.patch, "listen er tom", "Skriv punktene som skal bort, med hide: true")
        named = dict(self._named(patch, key, at))
        found: list[Any] = []
        for index, point in enumerate(base):
            name, out = point[key], (*at.out, len(found))
            if name not in named:
                if (*at.base, index) not in self.gone:
                    found.append(self._keep(point, (*at.base, index), out))
                continue
            own = named.pop(name)
            here = at.point(index, own, len(found), name)
            if HIDE in patch[own]:
                self._hidden(patch[own], key, here)
                self._differ(here, point, None)
            else:
                found.append(self._value(point, patch[own], here))
        for name, own in named.items():
            here = at.point(0, own, len(found), name)
            if HIDE in patch[own]:
                known = tuple(point[key] for point in base)
                hint = suggest(name, known) or f"Punktene er {', '.join(known)}."
                self._problem(here.patch, f"«{name}» finnes ikke i den nasjonale listen", hint)
            else:
                self._differ(here, None, patch[own])
                names = tuple(point[key] for point in base)
                self.out.added.append(NewPoint(name, here.out, here.patch, names))
                found.append(self._take(patch[own], here.patch, here.out))
        return found

    def _named(self, patch: list[Any], key: str, at: _At) -> Iterator[tuple[str, int]]:
        """Return (name, index) of the patch's points; a point without a name is told of."""
        seen: set[str] = set()
        for index, point in enumerate(patch):
            name = point.get(key) if isinstance(point, dict) else None
            if not isinstance(name, str):
                message = f"mangler «{key}», som sier hvilket punkt det gjelder"
                self._problem((*at.patch, index), message)
            elif name in seen:
                self._problem((*at.patch, index), f"«{name}» står to ganger")
            else:
                seen.add(name)
                yield name, index

    def _hidden(self, point: dict[str, Any], key: str, at: _At) -> None:
        if point[HIDE] is not True or point.keys() != {key, HIDE}:
            message = f"et punkt som skal bort, har bare {key} og hide: true"
            self._problem(at.patch, message)
