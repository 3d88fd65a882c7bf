"""What `mkdocs.yml` says, for engines that are not MkDocs: one file of settings for all of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from macros.content.errors import ContentError, Problem

FILE = "mkdocs.yml"


@dataclass(frozen=True)
class Settings:
    """The settings that a build follows; `nav` is the plan of the menu."""

    site: Path
    cache: Path
    nav: list[Any]
    styles: tuple[str, ...]
    theme: dict[str, Any]


def read_settings(root: Path) -> Settings:
    """Return the settings of the project in a folder; raises ContentError."""
    said = _read(root / FILE)
    ours: dict[str, Any] = {}
    for plugin in said.get("plugins", ()):
        ours |= plugin.get("naeringsvennlig") or {} if isinstance(plugin, dict) else {}
    theme = dict(said.get("theme", {}))
    theme["custom_dir"] = str(root / theme.get("custom_dir", ""))
    return Settings(
        site=root / said.get("site_dir", "site"),
        cache=root / ours.get("cache_dir", ".cache/nvr"),
        nav=said.get("nav", []),
        styles=tuple(said.get("extra_css", ())),
        theme=theme,
    )


class _Loader(yaml.SafeLoader):
    """Reads what MkDocs reads: `!ENV [NAME, …, default]` is taken from the environment."""


def _from_environment(loader: _Loader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
    else:
        names, default = [node.value], None
    return next((os.environ[name] for name in names if name in os.environ), default)


_Loader.add_constructor("!ENV", _from_environment)


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(yaml.load(path.read_bytes(), _Loader) or {})  # noqa: S506 (a SafeLoader)
    except (OSError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        why = getattr(error, "problem", None) or str(error)
        message = f"innstillingene kan ikke leses: {why}"
        raise ContentError([Problem(path.name, line, column, "", message)]) from None
