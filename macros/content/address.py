"""Addresses that a region writes, as browsers and name servers read them: in ASCII, or refused.

A name in letters becomes its `xn--` form (IDNA, RFC 5891, with the mapping of UTS #46, as
browsers do), letters in a path are percent-encoded (RFC 3987, 3.1). What is refused is named
for what it is. All raise `complaint()`, in Norwegian.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, unquote

import idna
from pydantic_core import PydanticCustomError

from macros.content.written import check_address, complaint

LONGEST = 500  # characters of an address
_SHOWN = 60  # characters of a wrong value that a message repeats
_SHAPE = re.compile(r"(https?)://([^/?#\\]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE)
_USUAL = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_NAME = 253  # RFC 1035, 2.3.4, without the octets of lengths
# RFC 3986 without quotes and brackets: an address stands in markup, mail and papers too.
_PAGE = re.compile(r"[^\w./~%+,;:@!$*=&?#-]")
# A site's path stands in the files of web servers as well: letters, digits and these.
_FOLDER = re.compile(r"[^\w.~-]")
_FILE = re.compile(r".*\.html?|(index|default)\.\w+", re.IGNORECASE)
_SAFE = "/~%+,;:@!$*=&?#"


def page_address(text: str) -> str:
    """Return the address of a page anywhere, with http or https, in ASCII."""
    scheme, host, rest = _parted(text)
    if found := _PAGE.search(rest):
        raise _character(found[0])
    if re.search(r"%(?![0-9a-f]{2})", rest, re.IGNORECASE):
        raise complaint("har et prosenttegn uten to tegn av 0–9 og A–F etter seg")
    return f"{scheme}://{host}{quote(rest, safe=_SAFE)}"


def site_address(text: str) -> str:
    """Return the address of a site's front page, with one slash last, in ASCII.

    It is a folder: an address with a query, a fragment or a file is refused.
    """
    scheme, host, rest = _parted(text)
    path, _, fragment = rest.partition("#")
    path, _, query = path.partition("?")
    if query or rest.endswith("?"):
        raise complaint("kan ikke ha en spørring; ta bort «?{query}»", query=query[:_SHOWN])
    if fragment or rest.endswith("#"):
        raise complaint("kan ikke ha et anker; ta bort «#{text}»", text=fragment[:_SHOWN])
    if "//" in path.rstrip("/"):
        raise complaint("har to skråstreker etter hverandre; ta bort den ene")
    folders = [_folder(part) for part in path.strip("/").split("/") if part]
    return f"{scheme}://{host}/" + "".join(f"{quote(part, safe='~')}/" for part in folders)


def _folder(part: str) -> str:
    try:
        name = unicodedata.normalize("NFC", unquote(part, errors="strict"))
    except UnicodeDecodeError:
        raise complaint(
            "har prosenttegn som ikke blir til bokstaver: «{part}»", part=part
        ) from None
    if name in (".", ".."):
        raise complaint("kan ikke ha «{name}» i stien; skriv den ferdige adressen", name=name)
    if found := _FOLDER.search(name):
        raise _character(found[0])
    if _FILE.fullmatch(name):
        raise complaint("skal være adressen til mappen, ikke til en fil; ta bort «{it}»", it=name)
    return name


def _parted(text: str) -> tuple[str, str, str]:
    """Return scheme, host with port, and the rest; raises for what no address may have."""
    if len(text) > LONGEST:
        raise complaint("kan ha høyst {limit} tegn", limit=LONGEST)
    found = _SHAPE.fullmatch(unicodedata.normalize("NFC", check_address(text).strip()))
    if not found:
        raise complaint(
            "skal være en adresse som begynner med https://, fikk «{value}»", value=text[:_SHOWN]
        )
    scheme, name = found[1].lower(), found[2]
    if "@" in name:
        raise complaint("kan ikke ha brukernavn eller passord; ta bort det som står foran @")
    host, colon, port = name.rpartition(":") if re.search(r":[^\]]*$", name) else (name, "", "")
    if not host:
        raise complaint("mangler navnet på tjeneren etter {scheme}://", scheme=scheme)
    if colon and not (port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65536):
        raise complaint("har porten «{port}»; den skal være et tall fra 1 til 65535", port=port[:9])
    told = f":{int(port)}" if colon and int(port) != _USUAL[scheme] else ""
    rest = "".join(part or "" for part in found.groups()[2:])
    return scheme, _host(host) + told, rest


def _host(text: str) -> str:
    """Return a host as name servers know it, without the root's dot (RFC 3986, 3.2.2)."""
    if found := re.search(r"\s", text):
        raise _character(found[0])
    try:
        if found := re.fullmatch(r"\[([0-9a-f:.]+)\]", text, re.IGNORECASE):
            return f"[{IPv6Address(found[1])}]"
        name = idna.uts46_remap(text, std3_rules=False).removesuffix(".")
        labels = name.split(".")
        if labels[-1].isdecimal():
            return str(IPv4Address(name))
        name = ".".join(_label(label) for label in labels)
    except ValueError:  # IDNAError and AddressValueError are such
        name = ""
    if not name or len(name) > _LONGEST_NAME:
        raise complaint(
            "har et tjenernavn som ikke er gyldig: «{name}». Det skal være bokstaver, tall og "
            "bindestrek, med punktum mellom delene",
            name=text[:_SHOWN],
        )
    return name


def _label(label: str) -> str:
    """Return one part of a name in ASCII; raises ValueError (IDNAError is one) when it is none."""
    if label.startswith("xn--"):
        idna.ulabel(label)
    # Hyphens in the third and fourth place are common where IDNA has no say: ny--utgave.example.
    made = label if label.isascii() else idna.alabel(label).decode()
    if not _LABEL.fullmatch(made):
        raise ValueError(label)
    return made


def _character(found: str) -> PydanticCustomError:
    if found.isspace():
        return complaint("kan ikke ha mellomrom")
    return complaint("kan ikke ha tegnet «{char}»", char=found)
