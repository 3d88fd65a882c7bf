"""A region: `regions/<slug>/region.yml`, where a county or region says who it is."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from macros.content.base import Language, Strict, check_unique
from macros.content.errors import ContentError, Problem, suggest
from macros.content.load import expect_mapping, read_yaml
from macros.content.text import Plain, complaint
from macros.content.timeline import Starts
from macros.content.validate import build

DEFAULT_REGION = "standard"
_SHOWN = 200  # characters of a wrong REGION that the message repeats
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https?://[a-z0-9.-]+(:\d+)?(/[\w./~%-]*)?", re.IGNORECASE | re.ASCII)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"\+?[\d ]{5,20}", re.ASCII)


def _matching(pattern: re.Pattern[str], wanted: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise complaint("skal være {wanted}, fikk «{value}»", wanted=wanted, value=value[:60])
        return value

    return AfterValidator(check)


Url = Annotated[str, _matching(_URL, "en adresse som begynner med https://")]
Email = Annotated[str, _matching(_EMAIL, "en e-postadresse")]
Phone = Annotated[str, _matching(_PHONE, "et telefonnummer")]


class Contact(Strict):
    """A person to ask."""

    name: Plain = Field(description="Navnet.")
    title: Plain = Field(description="Tittel eller rolle.")
    email: Email = Field(description="E-postadressen.")
    phone: Phone | None = Field(default=None, description="Telefonnummeret.")


class Contacts(Strict):
    """Whom readers can ask."""

    adviser: Contact | None = Field(default=None, description="Regionens rådgiver.")
    project: Contact | None = Field(default=None, description="Prosjektlederen i regionen.")


class Region(Strict):
    """What a region says about itself."""

    name: Plain | None = Field(
        description="Navnet på regionen, slik leserne kjenner det. Tom (~) i den nasjonale utgaven."
    )
    short_name: Plain | None = Field(description="Kort navn, til smale steder.")
    owner: Plain = Field(description="Hvem som eier og svarer for utgaven.")
    languages: tuple[Language, ...] = Field(
        min_length=1, description="Målformene utgaven har: nb, nn. Den første er forsiden."
    )
    site_url: Url = Field(description="Adressen der utgaven publiseres, med https://.")
    contacts: Contacts = Field(default=Contacts(), description="Kontaktpersoner.")
    accessibility_statement: Url | None = Field(
        default=None, description="Lenke til tilgjengelighetserklæringen."
    )

    starts: Starts | None = Field(
        default=None, description="Når fasene begynner. Gir datoer, tidslinje og kalender."
    )

    @property
    def base_url(self) -> str:
        """Return the site address with exactly one slash last."""
        return self.site_url.rstrip("/") + "/"

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        check_unique(((language, (at,)) for at, language in enumerate(languages)), "målformen")
        return languages


def region_folder(root: Path, choice: str | None) -> Path:
    """Return the folder for a slug (`sogn`) or a path (`../sogn`).

    Raises ContentError when there is no such folder or it has no `region.yml`.
    """
    choice = choice or DEFAULT_REGION
    is_slug = _SLUG.fullmatch(choice) is not None
    # Too long a name, a NUL or links in a circle: what no folder can be called is not found.
    with suppress(OSError, ValueError, RuntimeError):
        folder = root / "regions" / choice if is_slug else (root / choice).resolve()
        if (folder / "region.yml").is_file():
            return folder
    known = sorted(path.parent.name for path in root.glob("regions/*/region.yml"))
    shown = choice if len(choice) <= _SHOWN else choice[:_SHOWN] + "…"
    hint = suggest(shown, known) or f"Kjente regioner: {', '.join(known)}."
    raise ContentError([Problem(f"REGION={shown}", 0, 0, "", "fant ingen region.yml", hint)])


def load_region(folder: Path, label: str, problems: list[Problem]) -> Region | None:
    """Return the region in `folder`; add everything that is wrong to `problems`."""
    source = read_yaml(folder / "region.yml", f"{label}/region.yml", problems)
    if source is None or not expect_mapping(source, (), problems):
        return None
    found = build(Region, source, (), source.data)
    if isinstance(found, list):
        problems.extend(found)
        return None
    return found
