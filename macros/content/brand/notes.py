"""What brand.yml knows and the handbook does not use, told with its reason.

A note stands in no one's way: the file is right. It is there so that nobody waits for an effect
that never comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.content.brand.colours import Colours, NoColour, Way
from macros.content.brand.file import ROLES, BrandFile
from macros.content.brand.fonts import family_of, is_ours, own_files
from macros.content.brand.logos import addresses, is_address, pictures, there
from macros.content.brand.typography import ELEMENTS, OWN_FONT, BrandFont, Typeface, first_family
from macros.content.errors import path_text
from macros.content.load import DataPath, Source

USED_ROLES = ("primary", "secondary", "foreground", "background", "link")
# What is used of each kind of text; the rest of it is noted.
USED_OF = {
    "base": {"family"},
    "headings": {"family", "weight", "color"},
    "link": {"color"},
    "monospace": {"family"},
}
_ROLES = f"Håndboken bruker {', '.join(USED_ROLES[:-1])} og {USED_ROLES[-1]}."
_SIZES = "Størrelse, linjeavstand og stil er valgt for at alle skal kunne lese."
_LINKS = "Lenker er alltid understreket, ellers er de som teksten rundt."
_CODE = "Kode har samme størrelse og farger i alle utgaver."
_META = "Navn og lenker til utgaven står i region.yml."
_DEFAULTS = "Valgene gjelder andre verktøy."
_HOSTS = "Leseren skal ikke sende forespørsler til andre verter."
_SERVICES = {"google": "Google", "bunny": "Bunny Fonts"}


@dataclass(frozen=True)
class Note:
    """What is not used, where it is written, and why."""

    path: DataPath
    reason: str
    name: str = ""  # what a reader calls it, where the path says less


def told(notes: Iterator[Note], source: Source, clear: Iterator[Note]) -> tuple[str, ...]:
    """Return the notes as lines of text in the order of the file; one line for one reason.

    `clear` are those of what is used, but not as it is written.
    """
    by_reason: dict[str, list[tuple[int, str]]] = {}
    for note in notes:
        by_reason.setdefault(note.reason, []).append(_named(note, source))
    lines = []
    for reason, named in by_reason.items():
        names = ", ".join(dict.fromkeys(name for _, name in named))
        line = min(named)[0]
        lines.append((line, f"linje {line}: {names} brukes ikke. {reason}"))
    for note in clear:
        line, name = _named(note, source)
        lines.append((line, f"linje {line}: {name}: {note.reason}"))
    return tuple(text for _, text in sorted(lines))


def _named(note: Note, source: Source) -> tuple[int, str]:
    path = there(source, note.path)
    return source.place(path, key=True).line, note.name or path_text(path)


def unused(file: BrandFile, source: Source) -> Iterator[Note]:
    """Return everything in the file that has no effect."""
    for role in ROLES:
        if role not in USED_ROLES and ("color", role) in source.values:
            yield Note(("color", role), _ROLES)
    yield from _texts(file, source)
    yield from _fonts(file)
    yield from _families(file)
    yield from _logo(file)
    with_alt = not file.logo or any(one.alt for one in pictures(file.logo).values())
    for key in source.data.get("meta") or {}:
        if key != "name" or with_alt:  # the name is the logo's text where it has none
            yield Note(("meta", key), _META)
    for key in source.data.get("defaults") or {}:
        yield Note(("defaults", key), _DEFAULTS)


def _texts(file: BrandFile, source: Source) -> Iterator[Note]:
    for name, key in ELEMENTS:
        for field, info in Typeface.model_fields.items():
            path: DataPath = ("typography", key, info.alias or field)
            if path in source.values and field not in USED_OF.get(name, set()):
                yield Note(path, _why(name, field))
        if name not in USED_OF and getattr(file.typography, name).family:
            yield Note(("typography", key, "family"), _why(name, "family"))


def _why(element: str, field: str) -> str:
    if element.startswith("monospace"):
        return "Kode har én skrift, den i monospace.family." if field == "family" else _CODE
    if element == "link":
        return _LINKS
    if (element, field) == ("base", "color"):
        return "Skriv fargen på teksten i color.foreground."
    return _SIZES


def _fonts(file: BrandFile) -> Iterator[Note]:
    """Return the fonts that are not there as files, each with the nearest that we have."""
    for at, font in enumerate(file.typography.fonts):
        if not is_ours(font.family) and not own_files(font):
            why = _font(font, _instead(font.family, file))
            yield Note(("typography", "fonts", at), why, first_family(font.family))
        elif font.is_file:
            for number, one in enumerate(font.files):
                if is_address(one.path):
                    place: DataPath = ("typography", "fonts", at, "files", number, "path")
                    yield Note(place, f"{_HOSTS} Last ned filen og legg den i mappen.")


def _font(font: BrandFont, instead: str) -> str:
    if font.source == "system":
        return f"Skriften finnes bare på maskiner som har den. {instead}"
    service = _SERVICES.get(font.source or "", "nettet")
    return (
        f"Skrifter hentes ikke fra {service}. {_HOSTS} {instead} "
        "Last ned filene, legg dem i mappen og skriv source: file, når lisensen tillater det."
    )


def _instead(family: str, file: BrandFile) -> str:
    """Return the font that takes the place of a family: that for code, where it is for code."""
    uses = {
        name
        for name, _ in ELEMENTS
        if (own := getattr(file.typography, name).family)
        and first_family(own) == first_family(family)
    }
    if uses and all(name.startswith("monospace") for name in uses):
        return "Kode vises med leserens egen skrift for kode."
    return f"Nærmest av våre er {OWN_FONT}, og den brukes."


def _families(file: BrandFile) -> Iterator[Note]:
    """Return the families that are named without being declared."""
    declared = {first_family(font.family) for font in file.typography.fonts}
    for name, key in ELEMENTS:
        family = getattr(file.typography, name).family
        if name not in USED_OF or not family or is_ours(family) or family_of(file.typography, name):
            continue
        if first_family(family) not in declared:
            why = f"Skriften har ingen filer i typography.fonts. {_instead(family, file)}"
            yield Note(("typography", key, "family"), why, first_family(family))


def _logo(file: BrandFile) -> Iterator[Note]:
    if file.logo is None:
        return
    if file.logo.medium and file.logo.large:
        yield Note(("logo", "large"), "Logoen i medium brukes overalt.")
    if file.logo.images and not pictures(file.logo):
        name = next(iter(file.logo.images))
        yield Note(("logo", "images"), f"Skriv medium: {name} for å bruke bildet som logo.")
    for picture in addresses(file.logo):
        yield Note(picture.place, f"{_HOSTS} Last ned bildet og legg det i mappen.")
    for size in ("small", "medium", "large"):
        for way in ("light", "dark"):
            image = getattr(getattr(file.logo, size), way, None)
            if image and image.attrs:
                yield Note(("logo", size, way, "attrs"), "Logoen vises likt overalt.")


def see_through(file: BrandFile, colours: Colours, grounds: dict[Way, str]) -> Iterator[Note]:
    """Return the colours in use that let the ground through: they are laid on it once for all."""
    for role in USED_ROLES:
        for way, ground in grounds.items():
            name = getattr(getattr(file.color, role), way)
            if name is None:
                continue
            try:
                found = colours.find(name, way, ground, role=role)
            except NoColour:  # told of as an error
                continue
            if found.alpha < 1:
                why = (
                    f"{name} slipper bakgrunnen gjennom, og er {found.hex} på bakgrunnen {ground}."
                )
                yield Note(("color", role, way), why)
