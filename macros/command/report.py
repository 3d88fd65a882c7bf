"""What `nvr check` says of a region whose files are right: readable, for its web editor."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from macros.command.drifted import drift_lines
from macros.content.base import SOURCE_LANGUAGE, Language
from macros.content.errors import report
from macros.content.overlay_report import overlay_lines
from macros.content.project import Project
from macros.content.region import DEFAULT_REGION, EXAMPLE_HOST
from macros.content.survey import Survey

_LANGUAGES: dict[Language, str] = {"nb": "Bokmål", "nn": "Nynorsk"}


@dataclass(frozen=True)
class Section:
    """A part of the report; one without lines is not shown."""

    title: str
    lines: tuple[str, ...]


def region_report(project: Project) -> str:
    """Return the report: what was read, then each of `SECTIONS`."""
    first = project.handbooks[SOURCE_LANGUAGE]
    total = sum(len(items) for items in first.items.values())
    name = project.region.name or "Den nasjonale utgaven"
    place = os.path.relpath(project.folder, project.root).replace(os.sep, "/")
    parts = [f"{name} ({place})\n{total} elementer. {report(project.warnings)}"]
    for section in sections(project):
        parts.append("\n".join([section.title, *(f"  {line}" for line in section.lines)]))
    return "\n\n".join(parts)


def sections(project: Project) -> list[Section]:
    """Return the parts of the report that say something."""
    return [found for found in (compose(project) for compose in SECTIONS) if found.lines]


def _edition(project: Project) -> Section:
    region = project.region
    names = ", ".join(f"{found.name} ({found.number})" for found in project.municipalities)
    lines = [f"Eier: {region.owner}", f"Adresse: {region.base_url}"]
    lines += [f"Kommuner: {names}"] if names else []
    return Section("Utgaven", (*lines, *_people(project), *_around(project)))


def _people(project: Project) -> Iterator[str]:
    contacts = project.region.contacts
    names = {found.number: found.name for found in project.municipalities}
    for role, people in (
        ("Rådgiver", contacts.every_adviser),
        ("Prosjektleder", (contacts.project,) if contacts.project else ()),
        ("Kontakt i kommune", contacts.municipal),
    ):
        for person in people:
            places = [names[number] for number in getattr(person, "municipalities", ())]
            where = f" ({', '.join(places)})" if places else ""
            yield f"{role}: {person.name}, {person.email}{where}"


def _around(project: Project) -> Iterator[str]:
    """Return what stands around the pages: at the bottom, in the menu and on the front page."""
    region, photo = project.region, project.photo
    footer = (region.footer.address, region.footer.organisation_number)
    if found := [text for text in footer if text]:
        yield f"Nederst på sidene: {', '.join(found)}"
    if region.menu:
        yield f"I menyen: {', '.join(entry.page or entry.title or '' for entry in region.menu)}"
    if photo:
        yield f"Bilde på forsiden: {region.front.photo and region.front.photo.path}"


def _languages(project: Project) -> Section:
    lines = []
    first = project.handbooks[SOURCE_LANGUAGE]
    total = sum(len(items) for items in first.items.values())
    own = project.folder.name == DEFAULT_REGION  # only the handbook's own authors translate
    languages = tuple(project.handbooks) if own else project.region.languages
    for language in languages:
        missing = project.missing.get(language, ())
        front = ", forsiden" if language == project.region.language else ""
        have = total - len(missing)
        rest = f" Resten vises på {_LANGUAGES[SOURCE_LANGUAGE].lower()}." if missing else ""
        lines.append(f"{_LANGUAGES[language]}{front}: {have} av {total}.{rest}")
        if missing and own:
            lines.append(f"Mangler {language}: {', '.join(sorted(missing))}")
    return Section("Målformer", tuple(lines))


def _behind(project: Project) -> Section:
    lines = drift_lines(project.root, tuple(project.warnings))
    return Section("Tvillinger som henger etter kilden", tuple(lines))


def _content(project: Project) -> Section:
    return Section("Eget innhold", tuple(overlay_lines(project)))


def _colours(project: Project) -> Section:
    lines = [f"Farge, {moved}" for moved in project.brand.moved]
    for face in project.brand.faces:
        if face.data:
            sizes = [(project.folder / face.path).stat().st_size, len(face.data)]
            before, after = (size // 1000 for size in sizes)
            lines.append(f"Skrift: {face.path} er {before} kB, og leserne får {after} kB.")
    logo = project.brand.logo
    if logo:
        lines.append(f"Logo: {logo.light}{f' og {logo.dark}' if logo.dark else ''}")
    return Section("Farger og logo", tuple(lines))


def _unused(project: Project) -> Section:
    return Section("I _brand.yml, men ikke brukt her", project.brand.notes)


def _links(project: Project) -> Section:
    region = project.region
    named = (
        ("Personvernerklæring", region.legal.privacy),
        ("Personvernombud", region.legal.data_protection_officer),
        ("Postliste og innsyn", region.legal.public_records),
        ("Tilgjengelighetserklæring", region.accessibility_statement),
    )
    return Section("Lenker", tuple(f"{name}: {link}" for name, link in named if link))


def _surveys(project: Project) -> Section:
    surveys = project.region.surveys
    lines = [f"{name}: {link}" for name, link in surveys.addresses.items()]
    known = project.handbooks[SOURCE_LANGUAGE].items[Survey.kind]
    if surveys.addresses and (rest := sorted(known.keys() - surveys.addresses.keys())):
        lines.append(f"Uten adresse: {', '.join(rest)}")
    return Section("Spørreundersøkelser", tuple(lines))


def _advice(project: Project) -> Section:
    """Return what a region had better add; the national edition is as it shall be."""
    return Section("Dette anbefaler vi", tuple(_missing(project) if project.region.name else ()))


def _missing(project: Project) -> Iterator[str]:
    region = project.region
    site = urlsplit(region.site_url)
    if f".{site.hostname}".endswith(f".{EXAMPLE_HOST}"):
        yield f"site_url: {EXAMPLE_HOST} er en eksempeladresse. Bytt den før dere publiserer."
    elif site.scheme != "https":
        yield "site_url: Bruk https://, så ingen kan endre sidene på veien til leseren."
    if not region.municipalities:
        yield "municipalities: Legg inn kommunene, så leserne ser om utgaven er for dem."
    if region.contacts.main_adviser is None:
        yield "contacts.adviser: Legg inn rådgiveren, så leserne vet hvem de kan spørre."
    served = {number for one in region.contacts.every_adviser for number in one.municipalities}
    everywhere = any(not one.municipalities for one in region.contacts.every_adviser)
    alone = [found.name for found in project.municipalities if found.number not in served]
    if served and alone and not everywhere:
        yield f"contacts: Ingen rådgiver har {', '.join(alone)}. Si hvem de kan spørre."
    if set(region.footer.organisation_number or "") == {"0"}:
        yield "footer.organisation_number: 000000000 er et eksempel. Bytt det før dere publiserer."
    if region.cost is None:
        yield "cost: Skriv hva det koster hos dere. Det er det mange lurer på først."
    if region.legal.privacy is None:
        yield "legal.privacy: Lenk til personvernerklæringen deres."
    if region.accessibility_statement is None:
        yield (
            "accessibility_statement: Offentlige organer skal ha en tilgjengelighetserklæring. "
            "Lenk til den."
        )
    if project.brand.logo is None:
        yield "logo: Legg inn logoen i _brand.yml."


# What the report consists of, in order. A new part of the report is a function here.
SECTIONS: tuple[Callable[[Project], Section], ...] = (
    _edition,
    _languages,
    _behind,
    _content,
    _colours,
    _unused,
    _links,
    _surveys,
    _advice,
)
