"""What `mkdocs.yml` says, for engines that are not MkDocs: one file of settings for all of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from macros.content.errors import ContentError, Problem, found_text
from macros.content.load import not_yaml, read_text

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


class _Loader(yaml.CSafeLoader):
    """Reads what MkDocs reads: `!ENV [NAME, …, default]` is taken from the environment."""


def _from_environment(loader: _Loader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
    else:
        names, default = [node.value], None
    return next((os.environ[name] for name in names if name in os.environ), default)


_Loader.add_constructor("!ENV", _from_environment)


def _read(path: Path) -> dict[str, Any]:
    problems: list[Problem] = []
    text = read_text(path, path.name, problems)
    if text is None:
        raise ContentError(problems)
    try:
        said = yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise ContentError([not_yaml(text, path.name, error)]) from None
    if not isinstance(said, dict):
        message = f"filen skal ha innstillinger, men har {found_text(said)}"
        raise ContentError([Problem(path.name, 1, 1, "", message, "Skriv «nøkkel: verdi».")])
    return said
