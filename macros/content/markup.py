"""The HTML of a prose page, read by an allow-list: what may stand there, and nothing else.

What Markdown gives is read tag by tag, by a grammar that leaves no browser a choice: small
letters, quoted values, no `<` that is no tag, no comment, every element closed where it was
opened. So what is judged here is what a browser sees (HTML, 13.2.5), and no parser's way of
mending what is broken has to be guessed. A sanitiser would take things away without a word; an
author needs to be told.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from macros.content.errors import suggest
from macros.content.written import check_characters

# What Markdown itself makes, and the boxes of the front page.
ELEMENTS = frozenset(
    {"a", "blockquote", "br", "code", "div", "em", "hr", "img", "li", "ol", "p", "pre", "strong"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
VOID = frozenset({"br", "hr", "img"})
_EVERYWHERE = frozenset({"class", "id", "lang"})
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"alt", "src", "title"}, "ol": {"start"}}
# Classes that the style sheets have for prose; `language-…` is what a block of code is in.
_CLASSES = frozenset(
    {"button", "drawing", "front", "front__about", "front__intro", "front__lead", "front__more"}
    | {"front__start", "front__top", "ways", "ways__way"}
)
_PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*="[^"<>]*")*)\s*/?>')
_PAIR = re.compile(r'([a-z][a-z-]*)="([^"]*)"')
_BEGINS = re.compile(r"<\s*/?\s*([A-Za-z][\w:-]*)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LINKS = frozenset({"https:", "http:", "mailto:", "tel:"})
_FORMS = {
    "id": re.compile(r"[a-z0-9][a-z0-9_-]*"),
    "lang": re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*"),
    "start": re.compile(r"[0-9]{1,4}"),
}
_LANGUAGE = re.compile(r"language-[a-z0-9+-]+")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a page's HTML: a message, and what to do."""

    message: str
    hint: str = ""


@dataclass
class Markup:
    """What a page's HTML holds: what is wrong with it, where it leads, which ids it has."""

    faults: list[Fault] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def read_markup(page: str) -> Markup:
    """Return what a page's HTML holds, without our own components, which are no prose."""
    found, at = Markup(), 0
    opened: list[str] = []
    while (begin := page.find("<", at)) >= 0:
        found.faults.extend(_text_faults(page[at:begin]))
        match = _PIECE.match(page, begin)
        if match is None:
            found.faults.append(_no_tag(page[begin : begin + 80]))
            at = begin + 1
            continue
        at = match.end()
        closes, name, attributes = match.groups()
        if name not in ELEMENTS:
            if not closes:
                found.faults.append(Fault(f"«<{name}>» er ikke lov i en side", MARKDOWN))
        elif closes:
            if not opened or opened.pop() != name or attributes:
                found.faults.append(Fault(f"«</{name}>» lukker ikke det som sist ble åpnet"))
                opened = []
        else:
            opened += [] if name in VOID else [name]
            _attributes(name, attributes, found)
    found.faults.extend(_text_faults(page[at:]))
    found.faults.extend(Fault(f"«<{name}>» er ikke lukket") for name in opened)
    return found


MARKDOWN = "Skriv det med Markdown. Skal det vises som tekst, sett ` foran og bak."


def _no_tag(text: str) -> Fault:
    """Return what is wrong where a `<` begins no tag of the grammar."""
    if text.startswith("<!--"):
        return Fault("HTML-kommentarer er ikke lov i en side", "Ta kommentaren bort.")
    named = _BEGINS.match(text)
    if named and named[1].lower() in ELEMENTS:
        hint = 'Bruk små bokstaver og rette anførselstegn, som i <div class="ways" markdown>.'
        return Fault(f"«<{named[1].lower()}» er ikke skrevet slik det skal", hint)
    what = f"<{named[1]}>" if named else text[:2]
    return Fault(f"«{what}» er ikke lov i en side", MARKDOWN)


def _text_faults(text: str) -> Iterator[Fault]:
    try:
        check_characters(html.unescape(text))
    except PydanticCustomError as error:
        yield Fault(error.message())


def _attributes(name: str, attributes: str, found: Markup) -> None:
    allowed = _EVERYWHERE | _ATTRIBUTES.get(name, set())
    for key, raw in _PAIR.findall(attributes):
        value = html.unescape(raw)
        found.faults.extend(_text_faults(raw))
        if key not in allowed:
            found.faults.append(_not_allowed(name, key))
        elif key == "class":
            found.faults.extend(_class_faults(value))
        elif key in ("href", "src"):
            found.links.append(value)
            found.faults.extend(_address_faults(value, outside=key == "href"))
        elif key in _FORMS and not _FORMS[key].fullmatch(value):
            found.faults.append(Fault(f"«{key}» kan ikke være «{value[:40]}»"))
        elif key == "id":
            if value in found.ids:
                message = f"id-en «{value}» står to ganger"
                found.faults.append(Fault(message, "Gi den ene et annet navn."))
            found.ids.append(value)


def _not_allowed(name: str, key: str) -> Fault:
    if key == "style" and name in ("td", "th"):
        return Fault("kolonner kan ikke rettes inn", "Ta bort kolon i streken i tabellen.")
    if key == "markdown":
        return Fault("«markdown» virker ikke her", "Boksen skal begynne på en egen linje.")
    return Fault(f"«{key}» er ikke lov på «<{name}>»", "Ta det bort.")


def _class_faults(value: str) -> Iterator[Fault]:
    for name in value.split():
        if name not in _CLASSES and not _LANGUAGE.fullmatch(name):
            yield Fault(f"klassen «{name[:40]}» er ikke lov i en side", suggest(name, _CLASSES))


def _address_faults(value: str, *, outside: bool) -> Iterator[Fault]:
    """Return what is wrong with an address (URL Standard, 4.4: what a browser makes of it)."""
    shown = f"«{value[:60]}»"
    scheme = _SCHEME.match(value)
    if not value or any(char <= " " or char == "\\" or not char.isprintable() for char in value):
        yield Fault(f"adressen {shown} har tegn som ikke er lov", "Skriv mellomrom som %20.")
    elif scheme or value.startswith("//"):
        if not outside:
            yield Fault(f"bildet {shown} ligger et annet sted", "Legg bildet i docs/assets/img.")
        elif not scheme or scheme[0].lower() not in _LINKS:
            hint = "En lenke ut begynner med https://, mailto: eller tel:."
            yield Fault(f"adressen {shown} er ikke lov", hint)
    elif value.startswith("/"):
        hint = "Skriv navnet på filen, som kontakt.md."
        yield Fault(f"adressen {shown} virker bare på ett nettsted", hint)
    elif ":" in re.split(r"[/?#]", value, maxsplit=1)[0]:
        yield Fault(f"adressen {shown} er ikke lov")
