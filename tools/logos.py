"""Tries a folder of logos, and files that mean harm: `make logos LOGOS=folder`.

Every file goes the way of a region's logo. What is accepted is drawn three times, as the picture
for Word, as the site's file and as PDF, and held against Chromium's drawing of the original.
`SAMPLE=500` takes so many of the folder's files, always the same.
"""

from __future__ import annotations

import base64
import io
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, sync_playwright

from macros.content.brand import logo
from macros.content.brand.mark import Mark
from macros.content.svg.style import Unfit
from macros.layouts.drawing import draw
from macros.layouts.pdf_pass import PassError
from tests.conftest import FLAGS
from tools.hostile_logos import hostile_logos

ROOT = Path(__file__).parent.parent
LIKE = 0.02  # mean difference of a pixel, of its whole range, on white or on black
_MEASURE = (
    "import sys, time; sys.path.insert(0, sys.argv[1]);"
    "from macros.content.brand.logo_work import main; main();"
    "most = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')];"
    "sys.stderr.write(f'{time.process_time()} {int(most[0]) / 1000}')"
)
# Nothing in an accepted drawing may look like any of these.
_HARM = re.compile(
    rb"script|<!|<\?(?!xml )|foreignObject|@import|@font-face|url\((?!#)|\bon[a-z]+\s*="
    rb"|href=\"(?!#|data:image/(png|jpeg);base64,)|http(?!://www\.w3\.org/2000/svg\")",
    re.I,
)


@dataclass
class Tally:
    """What came of the files; differences by way of drawing, each with the file's name."""

    refused: list[tuple[str, str]] = field(default_factory=list)
    accepted: int = 0
    seconds: list[tuple[float, str]] = field(default_factory=list)
    memory: list[tuple[float, str]] = field(default_factory=list)
    unlike: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    vectors: int = 0
    alone: int = 0  # files that we draw and Chromium does not


def tried(data: bytes, name: str, tally: Tally) -> Mark | Unfit:
    """Return what a region would get of a file; note its seconds and megabytes."""
    command = [sys.executable, "-I", "-c", _MEASURE, str(ROOT)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    found = logo.read(done.stdout) if done.returncode == 0 else logo.HEAVY
    seconds, memory = (
        (float(number) for number in done.stderr.split()) if not done.returncode else (2.0, 500.0)
    )
    tally.seconds.append((seconds, name))
    tally.memory.append((memory, name))
    if isinstance(found, Unfit):
        tally.refused.append((name, found.found))
    else:
        tally.accepted += 1
    return found


@contextmanager
def browser() -> Iterator[Page]:
    """Give a page of Chromium that shows one picture on a transparent ground."""
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = chromium.new_page()
        page.route("**/*", lambda route: route.abort())
        yield page
        chromium.close()


def shown(page: Page, data: bytes, kind: str, width: int, height: int) -> Image.Image | None:
    """Return Chromium's drawing of a file, or None where it has none."""
    page.set_viewport_size({"width": width, "height": height})
    address = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    page.set_content(
        "<style>html,body{margin:0;background:transparent}img{display:block}</style>"
        f'<img width="{width}" height="{height}" src="{address}">'
    )
    drawn = page.evaluate("document.images[0].decode().then(() => true, () => false)")
    if not drawn:
        return None
    return Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")


def on_paper(mark: Mark) -> Image.Image:
    """Return the drawing that a PDF has."""
    ending, data = mark.paper
    size = f"width:{mark.width}px;height:{mark.height}px"
    page = (
        f"<style>@page{{size:{mark.width}px {mark.height}px;margin:0}}body{{margin:0}}"
        f'img{{display:block;{size}}}</style><img src="asset:logo{ending}" alt="">'
    )
    # PDFium draws no line thinner than a dot: only where dots are small are thin lines thin.
    large = draw(page, {f"logo{ending}": data}, 4 * 96, clear=True)
    return Image.Image.resize(large, (mark.width, mark.height), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of a pixel, 0 to 1, on white or on black, whichever is more."""
    worst = 0.0
    for ground in ("white", "black"):
        flat = [
            Image.alpha_composite(Image.new("RGBA", one.size, ground), image.convert("RGBA"))
            for image in (one, other.resize(one.size) if other.size != one.size else other)
        ]
        apart = ImageChops.difference(*(image.convert("RGB") for image in flat))
        worst = max(worst, sum(ImageStat.Stat(apart).mean) / 3 / 255)
    return worst


def compare(page: Page, name: str, data: bytes, mark: Mark, tally: Tally) -> None:
    """Hold each way of drawing a logo against Chromium's drawing of the file."""
    # What calls itself SVG may be a picture, which we read all the same.
    wanted = shown(page, data, "png" if mark.pixels else "svg+xml", mark.width, mark.height)
    if wanted is None:
        tally.alone += 1
        return
    ending, content = mark.web
    kind = "svg+xml" if ending == ".svg" else "png"
    ways: dict[str, Any] = {
        "Word, ODT, ikoner": Image.open(io.BytesIO(mark.picture)),
        "nettsted": shown(page, content, kind, mark.width, mark.height),
    }
    try:
        ways["PDF"] = on_paper(mark)
    except PassError as error:
        tally.unlike.setdefault("PDF", []).append((1.0, f"{name}: {error}"))
    for way, image in ways.items():
        apart = 1.0
        if image is None or (apart := difference(wanted, image)) >= LIKE:
            tally.unlike.setdefault(way, []).append((apart, name))
    tally.vectors += mark.paper[0] == ".svg"


def report(tally: Tally, total: int) -> None:
    """Print what came of a folder."""
    print(f"Godtatt: {tally.accepted} av {total} ({tally.accepted / total:.1%})")
    for reason, count in Counter(reason for _, reason in tally.refused).most_common(12):
        print(f"  avvist {count}: {reason[:100]}")
    for way in ("Word, ODT, ikoner", "nettsted", "PDF"):
        unlike = sorted(tally.unlike.get(way, []), reverse=True)
        compared = tally.accepted - tally.alone
        alike = compared - len(unlike)
        print(f"Som Chromium, {way}: {alike} av {compared} ({alike / max(1, compared):.1%})")
        for apart, name in unlike[:8]:
            print(f"  {apart:.1%} {name}")
    print(f"Vektor i PDF: {tally.vectors} ({tally.vectors / max(1, tally.accepted):.1%})")
    _most(tally)


def _most(tally: Tally) -> None:
    for what, numbers in (("sekunder", tally.seconds), ("MB", tally.memory)):
        ordered = sorted(numbers)
        middle = ordered[len(ordered) // 2][0]
        most = ", ".join(f"{number:.2f} {name}" for number, name in ordered[:-4:-1])
        print(f"Midterste og mest, {what}: {middle:.2f}; {most}")


def harm() -> int:
    """Try the files that mean harm, print what came of them, and return how many did any."""
    tally, harmful = Tally(), 0
    files = hostile_logos()
    for name, data in files.items():
        found = tried(data, name, tally)
        if isinstance(found, Mark) and (bad := _HARM.search(found.drawing or b"")):
            print(f"  slapp gjennom: {name}: {bad[0]!r}")
            harmful += 1
    print(f"Ondsinnede: {len(files) - harmful} av {len(files)} uten virkning", end=", ")
    print(f"{len(tally.refused)} avvist")
    _most(tally)
    return harmful


def main() -> None:
    """Try the folder in `LOGOS`, and the files that mean harm."""
    harmful = harm()
    folder = os.environ.get("LOGOS", "")
    if not folder:
        print("Skriv make logos LOGOS=mappe for å prøve en mappe med SVG-filer.")
        sys.exit(bool(harmful))
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() == ".svg")
    if sample := int(os.environ.get("SAMPLE") or 0):
        paths = random.Random(14).sample(paths, min(sample, len(paths)))  # noqa: S311
    tally = Tally()
    with browser() as page:
        for path in paths:
            data = path.read_bytes()
            mark = tried(data, path.name, tally)
            if isinstance(mark, Mark):
                compare(page, path.name, data, mark, tally)
    report(tally, len(paths))
    sys.exit(bool(harmful))


if __name__ == "__main__":
    main()
