"""A logo as every format can use it: a plain drawing, a picture of it, or what is wrong with it.

A logo comes from anywhere, so all that reads it runs in a process of its own with little time and
memory (`logo_work.py`). What the check lets through has thereby been drawn once, and what was
drawn is what every writer places: none of them reads the region's file.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import sysconfig
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from macros.content.brand.mark import Mark
from macros.content.load import inside
from macros.content.svg.style import Unfit

MAX_BYTES = 10_000_000
SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
FONT = "Inter"
SMALL, HEADER = 180, 112  # pixels: of the mark on a phone's screen; twice what the header shows
WIDE, HIGH = 1100, 240  # pixels of the picture: 400 dots an inch of the largest room on paper
_DEEPEST = 5  # names in a path
_NEVER = set('\\:*?"<>|')  # what Windows cannot have in a name: such a folder could not be shared
_SECONDS = 60  # of the clock, for a machine that is busy; the work itself has far less
_ROOT = Path(__file__).parents[3]
_WORK = (
    "import sys; sys.path[:0] = sys.argv[1:];"
    "from macros.content.brand.logo_work import main; main()"
)
HEAVY = Unfit(
    "er for tung eller for sammensatt til å tegnes",
    "Forenkle den, lagre den som vanlig SVG, eller bruk PNG.",
)


def is_name(path: str) -> bool:
    """Return whether a path inside a folder can be a logo's: any name that people give a file.

    The name is not published: the site has names of its own.
    """
    parts = path.split("/")
    return (
        not any(set(part) <= {".", " "} or set(part) & _NEVER for part in parts)
        and Path(parts[-1]).suffix.lower() in SUFFIXES
        and len(parts) <= _DEEPEST
    )


def find(folder: Path, name: str) -> Path | None:
    """Return the file of a name in a region's folder, or None; links out of it are not there.

    Letters such as å may be stored in two ways (Unicode NFC and NFD), and a Mac uses another
    than most: both are the same name.
    """
    path = folder / name
    if path.is_file():
        return path if inside(folder, path) else None
    wanted = unicodedata.normalize("NFC", path.name)
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else ()
    for other in beside:
        if unicodedata.normalize("NFC", other.name) == wanted and other.is_file():
            return other if inside(folder, other) else None
    return None


def notes(mark: Mark, variants: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return what its owner had better know of a logo, and what to do about it."""
    if mark.text:
        yield (
            f"har tekst, som tegnes med {FONT} fordi leserne ikke har skriften deres",
            "Gjør teksten om til kurver før dere lagrer.",
        )
    width, height = mark.pixels or (0, 0)
    size = f"er {width} × {height} piksler"
    if mark.pixels and "small" in variants and max(width, height) < SMALL:
        yield (
            f"{size} og blir uskarp når merket vises i {SMALL} × {SMALL}",
            f"Bruk SVG, eller et bilde på minst {SMALL} × {SMALL}.",
        )
    elif mark.pixels and height < HEADER and set(variants) != {"small"}:
        yield f"{size} og blir uskarp øverst på sidene", f"Bruk SVG, eller minst {HEADER} høyt."
    if mark.pale and "light" in variants:
        yield (
            "er nesten hvit og synes ikke på lys bakgrunn",
            "Legg en mørkere utgave i light, og bruk denne som dark.",
        )


def marks(paths: Iterable[Path]) -> dict[Path, Mark | Unfit]:
    """Return each file's logo, or what is wrong with it; they are read side by side."""
    wanted = list(dict.fromkeys(paths))
    if not wanted:
        return {}
    with ThreadPoolExecutor(len(wanted)) as pool:
        return dict(zip(wanted, pool.map(_mark, wanted), strict=True))


def _mark(path: Path) -> Mark | Unfit:
    try:
        if path.stat().st_size > MAX_BYTES:
            size = f"er større enn {MAX_BYTES // 1_000_000} MB"
            return Unfit(size, "Lagre den mindre: en logo vises i noen få centimeter.")
        return _made(path.read_bytes())
    except OSError as error:
        return Unfit(f"kan ikke leses: {error.strerror}", "Se etter at filen er hel.")


@lru_cache(maxsize=16)
def _made(data: bytes) -> Mark | Unfit:
    """Return the logo of a file's content, made in a process that may fail or take for ever."""
    # Without `site`, which takes as long as a logo; so the process is told where packages lie.
    where = sysconfig.get_paths()
    packages = dict.fromkeys((where["purelib"], where["platlib"]))
    command = [sys.executable, "-I", "-S", "-c", _WORK, str(_ROOT), *packages]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and code)
            command, input=data, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.SubprocessError:
        return HEAVY
    return read(done.stdout)


def read(written: bytes) -> Mark | Unfit:
    """Return the logo that the process wrote, or its complaint."""
    try:
        found = json.loads(written)
    except ValueError:
        return HEAVY
    if "found" in found:
        return Unfit(found["found"], found["hint"])
    drawing = base64.b64decode(found["drawing"]) or None
    pixels = (found["pixels"][0], found["pixels"][1]) if found["pixels"] else None
    return Mark(
        base64.b64decode(found["picture"]), found["width"], found["height"], drawing,
        found["on_paper"], pixels, found["pale"], found["text"],
    )  # fmt: skip
