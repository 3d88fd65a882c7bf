"""What is wrong with a file that is no YAML, in an author's words and at the place to mend.

libyaml tells where it could not go on, in English. The mistake often stands elsewhere: an
unseen space, a quote that was never closed, a text that begins with a sign of YAML's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Spaces that look like one and are none to YAML (1.2, 6.1), and signs that look like a colon.
_ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_COLONS = "\u2236\ua789\ufe55\uff1a"
_CURLY = "\u2018-\u201f«»"
_NAMES = {"\u00a0": "et hardt mellomrom", "\u202f": "et smalt, hardt mellomrom"}
_KEY_START = r"[ ]*(?:- +)*[\w-]+"
_ODD = (
    (re.compile(rf"{_KEY_START}[ ]*:[ ]*(?P<sign>[{_ODD_SPACES}])"), "etter kolon"),
    (re.compile(rf"{_KEY_START}[ ]*(?P<sign>[{_ODD_COLONS}])"), "etter nøkkelen"),
    (re.compile(rf"{_KEY_START}[ ]*(?P<sign>[{_ODD_SPACES}])[ {_ODD_SPACES}]*:"), "før kolon"),
    (re.compile(rf"[ ]*-(?P<sign>[{_ODD_SPACES}])"), "etter streken"),
    (
        re.compile(rf"[ ]*(?P<sign>[{_ODD_SPACES}])[ {_ODD_SPACES}]*(?:-|[\w-]+[ ]*:)"),
        "i innrykket",
    ),
)
_ANY_ODD = re.compile(f"[{_ODD_SPACES}{_ODD_COLONS}]")
UNKEYLIKE = re.compile(f"[{_ODD_SPACES}{_ODD_COLONS}{_CURLY}]")
_PAIR = re.compile(r"(?P<before>[ ]*(?:- +)*(?P<key>[\w-]+)[ ]*:[ \t]+|[ ]*- +)(?P<value>\S.*)")
_GLUED = re.compile(rf"{_KEY_START}:[^\s:/]")
_COMMENT = re.compile(r"\s+# .*")
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")  # what git leaves where two changes meet
_DASHED = re.compile(r"[ ]*-[^\s-]")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_SPECIAL = "&*!%@`|>,]}"
_LONGEST = 60  # characters of a text that a message writes out in quotes

# What libyaml says (scanner.c and parser.c, 0.2.5), what that means, and what to do.
_INDENT = "Se på innrykket på denne linjen og den før."
_DIRECTIVE = "Tegnet er holdt av til YAML. Begynn en kommentar med #."
_TAG = "Sett teksten i anførselstegn når den begynner med !."
_ESCAPE = "Bruk enkle anførselstegn når teksten har en omvendt skråstrek."
SAID: dict[str, tuple[str, str]] = {
    "block sequence entries are not allowed in this context": (
        "en liste kan ikke begynne her",
        "Begynn listen på en ny linje, eller sett teksten i anførselstegn.",
    ),
    "could not find expected ':'": (
        "linjen mangler et kolon etter nøkkelen",
        "Skriv «nøkkel: verdi». Hører linjen til teksten over, skal den ha samme innrykk.",
    ),
    "could not find expected directive name": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "did not find URI escaped octet": ("merket er ikke skrevet riktig", _TAG),
    "did not find expected '!'": ("merket er ikke skrevet riktig", _TAG),
    "did not find expected ',' or ']'": (
        "klammen «[» er ikke lukket, eller det mangler et komma",
        "Avslutt listen med ].",
    ),
    "did not find expected ',' or '}'": (
        "krøllparentesen «{» er ikke lukket, eller det mangler et komma",
        "Avslutt med }.",
    ),
    "did not find expected '-' indicator": (
        "punktet i listen begynner ikke der de andre begynner",
        _INDENT,
    ),
    "did not find expected <document start>": ("linjen passer ikke inn her", _INDENT),
    "did not find expected <stream-start>": ("filen kan ikke leses", _INDENT),
    "did not find expected alphabetic or numeric character": (
        "en tekst kan ikke begynne med & eller *",
        "Sett teksten i anførselstegn.",
    ),
    "did not find expected comment or line break": (
        "teksten kan ikke stå på linjen med | eller >",
        "Begynn teksten på neste linje, eller sett den i anførselstegn.",
    ),
    "did not find expected digit or '.' character": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "did not find expected hexdecimal number": ("tegnkoden etter «\\» er ikke et tall", _ESCAPE),
    "did not find expected key": (
        "linjen passer ikke inn her",
        "Se på innrykket og anførselstegnene på denne linjen og den før.",
    ),
    "did not find expected node content": (
        "en verdi kan ikke begynne med dette tegnet",
        "Sett teksten i anførselstegn.",
    ),
    "did not find expected tag URI": ("merket er ikke skrevet riktig", _TAG),
    "did not find expected version number": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "did not find expected whitespace": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "did not find expected whitespace or line break": ("merket er ikke skrevet riktig", _TAG),
    "did not find the expected '>'": ("merket er ikke skrevet riktig", _TAG),
    "duplicate %TAG directive": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "exceeded maximum nesting depth": ("filen er for dyp", "Bruk færre nivåer."),
    "found a tab character that violates indentation": (
        "innrykket har en tabulator",
        "Bruk mellomrom, ikke tabulator, til innrykk.",
    ),
    "found a tab character where an indentation space is expected": (
        "innrykket har en tabulator",
        "Bruk mellomrom, ikke tabulator, til innrykk.",
    ),
    "found an incorrect leading UTF-8 octet": ("merket er ikke skrevet riktig", _TAG),
    "found an incorrect trailing UTF-8 octet": ("merket er ikke skrevet riktig", _TAG),
    "found an indentation indicator equal to 0": (
        "et tall etter | eller > må være minst 1",
        "Ta bort tallet, eller sett teksten i anførselstegn.",
    ),
    "found character that cannot start any token": (
        "en verdi kan ikke begynne med dette tegnet",
        "Sett teksten i anførselstegn.",
    ),
    "found duplicate %TAG directive": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "found duplicate %YAML directive": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "found extremely long version number": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "found incompatible YAML document": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "found invalid Unicode character escape code": ("tegnkoden etter «\\» finnes ikke", _ESCAPE),
    "found undefined tag handle": ("en tekst kan ikke begynne med !", _TAG),
    "found unexpected ':'": (
        "et kolon kan ikke stå her",
        "Sett teksten i anførselstegn når den har kolon.",
    ),
    "found unexpected document indicator": (
        "anførselstegnet er ikke lukket",
        "Sett et likt anførselstegn der teksten slutter.",
    ),
    "found unexpected end of stream": (
        "anførselstegnet er ikke lukket",
        "Sett et likt anførselstegn der teksten slutter.",
    ),
    "found unexpected non-alphabetical character": (
        "linjen kan ikke begynne med %",
        _DIRECTIVE,
    ),
    "found unknown directive name": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "found unknown escape character": ("tegnet etter «\\» betyr ingenting her", _ESCAPE),
    "incompatible %YAML directive": ("linjen kan ikke begynne med %", _DIRECTIVE),
    "input is too long": ("filen er for stor", "Del den i flere filer."),
    "mapping keys are not allowed in this context": (
        "en verdi kan ikke begynne med «? »",
        "Sett teksten i anførselstegn.",
    ),
    "mapping values are not allowed in this context": (
        "et kolon kan ikke stå her",
        "Sett teksten i anførselstegn når den har kolon, og se på innrykket.",
    ),
}
# Where the beginning of what libyaml was reading is the place to mend.
_UNCLOSED = ("found unexpected document indicator", "found unexpected end of stream")
_OPEN = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")
_BEGUN = (*_UNCLOSED, *_OPEN, "could not find expected ':'")


@dataclass(frozen=True)
class Fault:
    """What is wrong; line and column count from 1."""

    line: int
    column: int
    message: str
    hint: str


def explain(
    lines: Sequence[str], said: str, at: tuple[int, int], begun: tuple[int, int] | None
) -> Fault:
    """Return what is wrong when libyaml stops `at` a place and has `said` why.

    `begun` is where that which it was reading begins. All places count from 1.
    """
    end = (len(lines), len(lines[-1]) + 1)
    at, begun = min(at, end), begun and min(begun, end)
    place = begun if begun and said in _BEGUN else at
    for number in _near(lines, place[0]):
        if found := _overlooked(lines[number - 1], number):
            return found
    message, hint = SAID.get(said, ("filen kan ikke leses som YAML", _INDENT))
    if begun and lines[begun[0] - 1].startswith("%"):
        return Fault(begun[0], 1, "linjen kan ikke begynne med %", _DIRECTIVE)
    if said in _UNCLOSED:
        return Fault(*place, message, hint)
    if said in _OPEN:
        return Fault(*place, message, f"{hint} Er det en tekst? {in_quotes(lines[place[0] - 1])}")
    if "tab character" in said or _tab(lines, at):
        return _tab_fault(lines, at)
    if said == "mapping values are not allowed in this context":
        return _colon(lines, at) or Fault(*place, message, hint)
    if said == "could not find expected ':'" and (found := _glued(lines, place[0])):
        return found
    return pitfall(lines[place[0] - 1 : place[0]], place[0]) or Fault(*place, message, hint)


def _near(lines: Sequence[str], number: int) -> Iterator[int]:
    """Return the numbers of a line and of the one before it that is not empty."""
    found = [n for n in range(min(number, len(lines)), 0, -1) if lines[n - 1].strip()]
    yield from found[:2]


def _overlooked(line: str, number: int) -> Fault | None:
    if _CONFLICT.match(line):
        hint = "Behold den ene teksten, og slett linjene med <<<, === og >>>."
        return Fault(number, 1, "filen har en konflikt fra git som ikke er løst", hint)
    return odd_sign(line, number)


def odd_sign(line: str, number: int) -> Fault | None:
    """Return the fault in a line with an unusual space, or colon, where YAML's own must be."""
    for pattern, where in _ODD if _ANY_ODD.search(line) else ():
        if found := pattern.match(line):
            sign = found["sign"]
            return Fault(
                number, found.start("sign") + 1, f"her står {named(sign)} {where}", _instead(sign)
            )
    return None


def named(sign: str) -> str:
    """Return what a sign that looks like another is called, with its number."""
    if re.match(f"[{_ODD_COLONS}]", sign):
        name = "et tegn som ligner kolon"
    elif re.match(f"[{_CURLY}]", sign):
        name = "et anførselstegn som ikke er \" eller '"
    else:
        name = _NAMES.get(sign, "et uvanlig mellomrom")
    return f"{name} (U+{ord(sign):04X})"


def _instead(sign: str) -> str:
    if re.match(f"[{_ODD_COLONS}]", sign):
        return "Skriv et vanlig kolon og et mellomrom."
    return "Slett det, og trykk mellomrom på nytt."


def pitfall(line: Sequence[str], number: int) -> Fault | None:
    """Return the fault in a line whose value begins with a sign of YAML's own."""
    pair = _PAIR.match(line[0]) if line else None
    if pair is None:
        return None
    value = pair["value"]
    column = pair.start("value") + 1
    quoted = _QUOTED.match(value)
    if quoted and value[quoted.end() :].strip():
        message = "teksten fortsetter etter anførselstegnet som avslutter den"
    elif (
        value[0] in _SPECIAL
        or value[:2] in ("- ", "? ", ": ")
        or (value[0] in "[{" and value.rstrip()[-1] not in "]},")
    ):
        message = f"en tekst kan ikke begynne med «{value[0]}» uten anførselstegn"
    else:
        return None
    return Fault(number, column, message, in_quotes(line[0]))


def in_quotes(line: str) -> str:
    """Return the advice to write the value of a line in quotes, with the line written out."""
    pair = _PAIR.match(line)
    if pair is None:
        return "Sett teksten i anførselstegn."
    value = _COMMENT.sub("", pair["value"].strip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]  # quotes that hold quotes
    if len(value) > _LONGEST:
        value = value[:_LONGEST].rstrip() + "…"
    awkward = '"' in value or "\\" in value
    quoted = "'" + value.replace("'", "''") + "'" if awkward else f'"{value}"'
    return f"Skriv {pair['before'].strip()} {quoted}"


def _colon(lines: Sequence[str], at: tuple[int, int]) -> Fault | None:
    """Return what a colon at a place that has no room for one comes from."""
    line = lines[at[0] - 1]
    pair = _PAIR.match(line)
    if pair and at[1] > pair.start("value"):
        if re.match(f"[{_CURLY}]", pair["value"]):
            sign = pair["value"][0]
            straight = re.sub(f"[{_CURLY}]", "", pair["value"])
            hint = in_quotes(pair["before"] + straight)
            return Fault(at[0], pair.start("value") + 1, f"her står {named(sign)}", hint)
        message = "en tekst med kolon og mellomrom skal stå i anførselstegn"
        return Fault(at[0], at[1], message, in_quotes(line))
    above = next((n for n in _near(lines, at[0] - 1)), 0)
    if above and (found := _glued(lines, above)):
        return found
    if above and ":" not in lines[above - 1] and not lines[above - 1].lstrip().startswith("- "):
        return Fault(above, 1, *SAID["could not find expected ':'"])
    if above and _PAIR.match(lines[above - 1]):
        message = f"innrykket er dypere enn på linje {above}, som alt har en verdi"
        return Fault(at[0], at[1], message, _INDENT)
    return None


def _glued(lines: Sequence[str], number: int) -> Fault | None:
    """Return the fault in a line whose dash, or colon, has no space after it."""
    if _DASHED.match(lines[number - 1]):
        column = lines[number - 1].index("-") + 1
        return Fault(number, column, "etter streken skal det stå et mellomrom", "Skriv «- tekst».")
    if not _GLUED.match(lines[number - 1]):
        return None
    colon = lines[number - 1].index(":") + 1
    key = lines[number - 1][: colon - 1].strip()
    rest = lines[number - 1][colon:].strip()[:_LONGEST]
    message = "etter kolon skal det stå et mellomrom"
    special = rest[:1] in f"#{_SPECIAL}"
    return Fault(
        number, colon, message, in_quotes(f"{key}: {rest}") if special else f"Skriv {key}: {rest}"
    )


def _tab(lines: Sequence[str], at: tuple[int, int]) -> bool:
    line = lines[at[0] - 1] if at[0] <= len(lines) else ""
    return line[at[1] - 1 : at[1]] == "\t" and not line[: at[1] - 1].strip()


def _tab_fault(lines: Sequence[str], at: tuple[int, int]) -> Fault:
    column = lines[at[0] - 1].find("\t") + 1 or at[1]
    return Fault(at[0], column, *SAID["found a tab character that violates indentation"])
