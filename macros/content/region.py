"""A region: `regions/<slug>/region.yml`, where a county or region says who it is.

Everything here is data that a region writes: `Plain` text of one line, or an address, a
number or a code that matches a strict pattern. Nothing of it is ever run or parsed.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from macros.content.address import site_address
from macros.content.base import Language, Strict, check_unique
from macros.content.errors import ContentError, Problem, suggest
from macros.content.features import Features
from macros.content.load import leading_out
from macros.content.names import lookalike
from macros.content.people import Contacts, matching
from macros.content.region_text import RegionText, in_language, texts_in
from macros.content.surroundings import Footer, Front, Link, MenuEntry
from macros.content.text import Plain
from macros.content.timeline import Starts
from macros.content.written import complaint

DEFAULT_REGION = "standard"
EXAMPLE_HOST = "example.no"  # RFC 2606: nobody's, so an address there is one to exchange
HOST_VARIABLE = "NVR_HOST"  # the address that many editions lie below, each in a folder of its own
_SHOWN = 200  # characters of a wrong REGION that the message repeats
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


SiteAddress = Annotated[str, AfterValidator(site_address)]
HiddenRef = Annotated[
    str, matching(re.compile(r"[a-z]+/[a-z0-9-]+"), "på formen «kind/id», som «workshop/swot»")
]


class CaseNumber(Strict):
    """How the region writes a case number."""

    format: RegionText = Field(
        description="Et saksnummer slik dere skriver det. Vises øverst i alle maler.",
        examples=["24/01234"],
    )
    hint: RegionText | None = Field(
        default=None,
        description="Hvor man finner nummeret, eller hvem som gir det.",
        examples=["Arkivet gir nummeret når saken opprettes."],
    )


class Archive(Strict):
    """Where the region keeps its documents."""

    system: RegionText | None = Field(
        default=None,
        description="Navnet på arkivsystemet. Vises på siden Kontakt.",
        examples=["[arkivsystem]"],
    )
    case_number: CaseNumber | None = Field(default=None, description="Saksnumre.")


class Surveys(Strict):
    """Where the region's own surveys are answered."""

    tool: RegionText | None = Field(
        default=None, description="Spørreverktøyet dere bruker.", examples=["Questback"]
    )
    addresses: dict[str, Link] = Field(
        default={},
        description="Adressen der hver undersøkelse besvares, etter id. Vises på siden til "
        "undersøkelsen.",
        examples=[{"bedrifter": "https://svar.example.no/bedrifter"}],
    )


class Legal(Strict):
    """Pages that the region's body has for the public anyway."""

    privacy: Link | None = Field(
        default=None,
        description="Personvernerklæringen deres.",
        examples=["https://www.example.no/personvern"],
    )
    data_protection_officer: Link | None = Field(
        default=None,
        description="Siden der man finner personvernombudet.",
        examples=["https://www.example.no/personvernombud"],
    )
    public_records: Link | None = Field(
        default=None,
        description="Siden der man søker i postlisten eller ber om innsyn.",
        examples=["https://www.example.no/innsyn"],
    )


def _no_analytics(value: Any) -> Any:
    if value != "none":
        raise complaint(
            "kan bare være none: nettstedet henter ingenting fra andre og teller ikke besøk, "
            "og det står på siden Personvern"
        )
    return value


class Region(Strict):
    """What a region says about itself."""

    name: RegionText | None = Field(description="Navnet på regionen, slik leserne kjenner det.")
    short_name: RegionText | None = Field(description="Kort navn, til smale steder.")
    owner: RegionText = Field(description="Hvem som eier og svarer for utgaven.")
    municipalities: tuple[Plain, ...] = Field(
        default=(),
        description="Kommunene, med navn eller kommunenummer. Vises på siden Kontakt.",
        examples=[["4640", "4641"]],
    )
    languages: tuple[Language, ...] = Field(
        min_length=1, description="Målformene utgaven har: nb, nn. Den første er forsiden."
    )
    site_url: SiteAddress = Field(description="Adressen der utgaven publiseres, med https://.")
    contacts: Contacts = Field(default=Contacts(), description="Kontaktpersoner.")
    cost: RegionText | None = Field(
        default=None,
        description="Hva det koster hos dere, høyst 600 tegn. Vises på siden Kostnad.",
        examples=["Rådgivningen er gratis for kommunene i regionen."],
    )
    archive: Archive = Field(default=Archive(), description="Arkiv og saksnummer.")
    surveys: Surveys = Field(default=Surveys(), description="Undersøkelsene i deres eget verktøy.")
    legal: Legal = Field(default=Legal(), description="Lenker til sider dere har fra før.")
    accessibility_statement: Link | None = Field(
        default=None,
        description="Lenke til tilgjengelighetserklæringen.",
        examples=["https://uustatus.example.no/erklaering"],
    )
    analytics: Annotated[Literal["none"], BeforeValidator(_no_analytics)] = Field(
        default="none",
        description="Måling av besøk. Den eneste verdien er none, for nettstedet følger ingen.",
        examples=["none"],
    )

    footer: Footer = Field(default=Footer(), description="Nederst på alle sidene.")
    menu: tuple[MenuEntry, ...] = Field(
        default=(),
        max_length=4,
        description="Egne punkter i menyen, foran «Mer».",
        examples=[[{"title": "Møteplan", "url": "https://www.example.no/moter"}]],
    )
    front: Front = Field(default=Front(), description="Egen tekst og eget bilde på forsiden.")
    starts: Starts | None = Field(
        default=None, description="Når fasene begynner. Gir datoer, tidslinje og kalender."
    )
    features: Features = Field(
        default=Features(), description="Det nettstedet gjør sammen med leseren. Alt er med."
    )
    hide: tuple[HiddenRef, ...] = Field(
        default=(),
        description="Det utgaven ikke skal ha, som «kind/id»; en side er «page/navn».",
        examples=[["workshop/swot"]],
    )

    @property
    def base_url(self) -> str:
        """Return the address of the site's front page, which ends with a slash."""
        return self.site_url

    def front_page(self, language: Language) -> str:
        """Return the address of a language's front page; the first language has the root.

        A language that the region does not offer has no front page, and gets the root as well.
        """
        below = language in self.languages and language != self.language
        return f"{self.base_url}{language}/" if below else self.base_url

    def root(self, language: Language) -> str:
        """Return the path of a language's front page on its host, with a slash at both ends."""
        return urlsplit(self.front_page(language)).path

    @property
    def language(self) -> Language:
        """Return the language that the region's own texts are in: that of its front page."""
        return self.languages[0]

    def in_language(self, language: Language) -> Region:
        """Return the region with its texts in a language, else in that of the front page."""
        return in_language(self, language, self.language)

    def language_of(self, text: str) -> Language:
        """Return the language that one of the region's texts is in."""
        return getattr(text, "language", None) or self.language

    @model_validator(mode="after")
    def _every_text_is_on_the_front_page(self) -> Self:
        for path, text in texts_in(self):
            if self.language not in text.texts:
                raise complaint(
                    "mangler teksten på {language}, målformen på forsiden",
                    at=path,
                    language=self.language,
                )
        return self

    @field_validator("languages", "municipalities")
    @classmethod
    def _each_once(cls, values: tuple[str, ...], info: Any) -> tuple[str, ...]:
        what = {"languages": "målformen", "municipalities": "kommunen"}[info.field_name]
        check_unique(((value, (at,)) for at, value in enumerate(values)), what)
        return values


def region_folder(root: Path, choice: str | None) -> Path:
    """Return the folder for a slug (`sogn`) or a path (`../sogn`).

    Raises ContentError when there is no such folder, when it has no `region.yml`, or when
    another region has the same name.
    """
    choice = choice or DEFAULT_REGION
    is_slug = SLUG.fullmatch(choice) is not None
    shown = choice if len(choice) <= _SHOWN else choice[:_SHOWN] + "…"
    # Too long a name, a NUL or links in a circle: what no folder can be called is not found.
    with suppress(OSError, ValueError, RuntimeError):
        folder = root / "regions" / choice if is_slug else (root / choice).resolve()
        if (folder / "region.yml").is_file():
            if problem := _ambiguous(root, folder, f"REGION={shown}"):
                raise ContentError([problem])
            return folder
        if other := lookalike(folder, "region.yml"):
            where = f"{_label(root, folder)}/{other}"
            hint = "Gi den navnet «region.yml». Windows viser ikke alltid hele navnet på en fil."
            raise ContentError([Problem(where, 0, 0, "", "filen blir ikke lest", hint)])
    known = known_regions(root)
    hint = suggest(shown, known) or f"Kjente regioner: {', '.join(known)}."
    raise ContentError([Problem(f"REGION={shown}", 0, 0, "", "fant ingen region.yml", hint)])


def below_host(host: str, slug: str) -> str:
    """Return the address of a region's edition below a host that has many; raises ContentError."""
    return f"{host_address(host)}{slug}/"


def host_address(host: str) -> str:
    """Return the address that many editions lie below, as it is written; raises ContentError."""
    try:
        return site_address(host)
    except PydanticCustomError as error:
        hint = (
            "Skriv adressen som alle utgavene ligger under, for eksempel https://www.example.no/."
        )
        said = HOST_VARIABLE if os.environ.get(HOST_VARIABLE) == host else "--host"
        where = f"{said}={host[:_SHOWN]}"
        raise ContentError([Problem(where, 0, 0, "", error.message(), hint)]) from None


def known_regions(root: Path) -> list[str]:
    """Return the names of the folders in `regions/` that hold a region."""
    names = (path.parent.name for path in root.glob("regions/*/region.yml"))
    return sorted(name for name in names if not name.startswith("."))


def _ambiguous(root: Path, folder: Path, label: str) -> Problem | None:
    """Return a problem when `regions/` holds another region of the folder's name.

    Case makes no difference: on Windows and macOS the two would be one folder.
    """
    for name in known_regions(root):
        other = root / "regions" / name
        if name.casefold() == folder.name.casefold() and other.resolve() != folder.resolve():
            message = f"to regioner heter det samme: {_label(root, folder)} og regions/{name}"
            return Problem(label, 0, 0, "", message, "Gi den ene mappen et annet navn.")
    return None


def _label(root: Path, path: Path) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")


def links_out(folder: Path, label: str) -> list[Problem]:
    """Return a problem for each symbolic link in a region's folder that leads out of it.

    What is built from a folder that was handed over is then what stands in that folder, and
    never another file of the machine that builds. Hidden files and folders are passed over.
    """
    found = []
    home = folder.resolve()
    if folder.is_symlink() and not home.is_relative_to(folder.parent.resolve()):
        found.append(Problem(label, 0, 0, "", "mappen er en lenke ut av regions", _INSTEAD))
    for path in leading_out(folder):
        where = f"{label}/{_label(folder, path)}"
        message = "filen er en lenke som fører ut av regionens mappe"
        found.append(Problem(where, 0, 0, "", message, "Legg selve filen i mappen."))
    return found


_INSTEAD = "Bruk stien til mappen i stedet, for eksempel REGION=../min-region."
