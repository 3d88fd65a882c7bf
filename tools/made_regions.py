"""Made-up regions, for tests and measuring: real municipalities, several brands, overlays.

Usage: python -m tools.made_regions FOLDER COUNT

The same count gives the same regions. Their names are those of no region, their addresses are of
the host that is nobody's (RFC 2606), and nobody is named in them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from macros.content.municipalities import Municipality, load_municipalities

ROOT = Path(__file__).parent.parent
# Colours as brands have them: dark, pale, strong; the weak ones are moved to be readable.
_COLOURS = ("#0b4f6c", "#7a1f3d", "#ffd166", "#2d6a4f", "#5b3fa0", "teal", "#e07a5f")
_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<path fill="{colour}" d="M0 9 5 {peak}l5 8z"/></svg>\n'
)
_LANGUAGES = (("nb",), ("nn",), ("nb", "nn"), ("nn", "nb"))
_PAGE = "---\ntitle: Om samarbeidet\n---\n\n# Om samarbeidet\n\nRegionen har {count} kommuner.\n"
# Of the first version of a guide that all projects have: the national one has moved on since.
_PATCH = """based_on: "1.0"
summary: Dere ender med tre spørsmål om regionen {number}.
changes:
  - {{version: "1.1", date: 2026-11-24, text: Sammendraget gjelder regionen.}}
"""


@dataclass(frozen=True)
class Made:
    """One region: its number, and the municipalities that it has."""

    number: int
    towns: tuple[Municipality, ...]
    languages: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Return the name of its folder."""
        return f"prove-{self.number:03}"

    @property
    def own_page(self) -> bool:
        """Return whether it is one of those with content of their own."""
        return self.number % 4 == 0

    @property
    def logo(self) -> bool:
        """Return whether it is one of those with a logo."""
        return self.number % 3 != 0

    def files(self, overlays: bool) -> Iterator[tuple[str, str]]:
        """Return path and text of each of its files; every fourth has content of its own."""
        colour = _COLOURS[self.number % len(_COLOURS)]
        name = f"Prøveregion {self.number}"
        lines = [
            f"name: {name}",
            f"short_name: Prøve {self.number}",
            f"owner: {name} interkommunalt politisk råd",
            f"municipalities: [{', '.join(repr(town.number) for town in self.towns)}]",
            f"languages: [{', '.join(self.languages)}]",
            f"site_url: https://{self.slug}.example.no/",
        ]
        if overlays and self.own_page:
            lines += ["menu: [{page: om-samarbeidet}]"]
            yield "docs/om-samarbeidet.md", _PAGE.format(count=len(self.towns))
            yield "guides/workshop/swot.yml", _PATCH.format(number=self.number)
        yield "region.yml", "\n".join(lines) + "\n"
        brand = [f'color: {{palette: {{egen: "{colour}"}}, primary: egen}}']
        if self.logo:
            brand += [f"logo: {{medium: {{path: logo.svg, alt: {name}}}}}"]
            yield "logo.svg", _LOGO.format(colour=colour, peak=self.number % 5)
        yield "_brand.yml", "\n".join(brand) + "\n"


def made(root: Path, count: int, languages: tuple[tuple[str, ...], ...] = _LANGUAGES) -> list[Made]:
    """Return so many regions, with the project's municipalities dealt out in order of number."""
    towns = list(load_municipalities(root).values())
    each = max(1, len(towns) // count)
    return [
        Made(
            number,
            tuple(islice(cycle(towns), number * each, (number + 1) * each)),
            languages[number % len(languages)],
        )
        for number in range(count)
    ]


def write(folder: Path, regions: list[Made], *, overlays: bool = True) -> list[Path]:
    """Write the regions' folders; return them."""
    for region in regions:
        for name, text in region.files(overlays):
            path = folder / region.slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return [folder / region.slug for region in regions]


if __name__ == "__main__":
    write(Path(sys.argv[1]), made(ROOT, int(sys.argv[2])))
