"""Names of files: which ones are taken, and which one a misnamed file was meant to have."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from macros.content.base import LANGUAGES, SOURCE_LANGUAGE

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
_OTHER_LANGUAGES = ("no", "en", "se", "sma", "smj")  # of editions to come, or of hosts' own
_YAML_ENDINGS, _PAGE_ENDINGS = frozenset(("yml", "yaml")), frozenset(("md", "markdown"))
_ENDINGS = _YAML_ENDINGS | _PAGE_ENDINGS | {"txt"}


def taken(name: str) -> str:
    """Return why an item or a page cannot have the name, as an address or a file; else "".

    Windows keeps the names of its devices, with any ending (Naming Files, Paths, Namespaces).
    """
    if name == "index":
        return "navnet «index» er adressen til en forside"
    if name in LANGUAGES or name in _OTHER_LANGUAGES:
        return f"navnet «{name}» er adressen til en målform"
    return device(name)


def device(name: str) -> str:
    """Return why Windows has no file or folder of the name, or ""."""
    return f"navnet «{name}» er holdt av til Windows" if name in _DEVICES else ""


def meant_name(name: str) -> str:
    """Return what a file should be called: `Møte.yaml` becomes `mote.yml`; "" if no content.

    Windows hides endings, so that `plan.yml` is easily saved as `plan.yml.txt`.
    """
    stem, *endings = name.lower().split(".")
    suffix = next((e for e in endings if e in _YAML_ENDINGS | _PAGE_ENDINGS), "")
    languages = [ending for ending in endings if ending not in _ENDINGS]
    if not suffix or not slugged(stem) or not set(languages) <= set(LANGUAGES):
        return ""
    twins = [language for language in languages if language != SOURCE_LANGUAGE]
    return ".".join([slugged(stem), *twins, "yml" if suffix in _YAML_ENDINGS else "md"])


def slugged(text: str) -> str:
    """Return a text as small letters from a to z, digits and hyphens."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("æ", "ae").replace("ø", "o")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def lookalike(folder: Path, wanted: str) -> str:
    """Return the name of a file that was meant to be `wanted` (`region.yml.txt`), or ""."""
    stem = wanted.partition(".")[0].strip("_")
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name, *endings = path.name.casefold().split(".")
        near = re.fullmatch(rf"_?{stem}(?![a-z]).*", name)
        if near and path.name != wanted and endings and _ENDINGS.issuperset(endings):
            return path.name
    return ""
