"""The handbook as a reader meets it: pages, sentences and words, and a program that can spell."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from macros.content.base import Item, Language
from macros.content.catalogue import load_catalogue
from macros.content.errors import Problem
from macros.content.handbook import Loaded, load_handbooks
from macros.content.load import sorted_files
from macros.content.model import KINDS, Kind, Term
from macros.content.rich import Paragraph, RichBlock, runs_of
from macros.content.text import Rich
from macros.content.walk import texts

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

# A long word has more letters than this: the definition of LIX.
LONG = 6
# Points that end no sentence. A number with a point is a date or a place in a list.
ABBREVIATIONS = ("art", "bl.a", "ca", "dvs", "f.eks", "jf", "kap", "kl", "mv", "nr", "o.l", "osv")
# What stands after the hyphen when an abbreviation or a lone letter is inflected: «PDF-en».
ENDINGS = ("a", "ane", "ar", "en", "ene", "er", "et")

_NAMES = re.compile(r"\{\{.*?\}\}")
_ADDRESS = re.compile(
    r"https?://\S+|\b[\w-]+\.(?:md|yml)\b|\b[\w.-]+@[\w.-]+\w|\b(?:www\.|[\w-]+\.)[\w-]+\.no\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*-?")
_END = re.compile(r"(?<=[.!?…])[»”’)\]]*\s+(?=[«‘(\[]?[A-ZÆØÅ0-9])|:\s+(?=[«‘(\[]?[A-ZÆØÅ])")
_NO_END = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, ABBREVIATIONS))})|\b\d+)\.$", re.I)


@dataclass(frozen=True)
class Page:
    """A page, named so that a failing test leads to its file, and its texts in order."""

    name: str
    language: Language
    texts: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """Return everything that stands alone: sentences, titles, points and labels."""
        return [sentence for text in self.texts for sentence in split(text)]

    @property
    def prose(self) -> list[str]:
        """Return whole sentences alone: labels and column heads would flatter the page."""
        return [sentence for sentence in self.sentences if sentence[-1] in ".!?…»’)"]

    @property
    def words(self) -> set[str]:
        """Return every word to be spelled: `e-post` is `post`, and codes such as `A3` are none."""
        return {part for text in self.texts for word in words(text) for part in spelled(word)}

    @property
    def average(self) -> float:
        """Return the average length of a whole sentence, in words."""
        return len(_words_of(self.prose)) / max(1, len(self.prose))

    @property
    def lix(self) -> float:
        """Return LIX over whole sentences: their average length plus per cent long words."""
        found = _words_of(self.prose)
        return self.average + 100 * sum(len(word) > LONG for word in found) / max(1, len(found))


def words(text: str) -> list[str]:
    """Return the words of a text. A number is no word; `nærings-` keeps its hyphen."""
    return [word for word in _WORD.findall(_ADDRESS.sub(" ", text)) if not word.isdigit()]


def spelled(word: str) -> list[str]:
    """Return the parts of a word that can be spelled: no lone letter, nothing with a digit."""
    first, *rest = re.split("[-’']", word)
    parts = [first, *(part for part in rest if part not in ENDINGS)]
    return [part for part in parts if len(part) > 1 and part.isalpha()]


def _words_of(sentences: Iterable[str]) -> list[str]:
    return [word for sentence in sentences for word in words(sentence)]


def split(text: str) -> list[str]:
    """Return the sentences of a text. A colon ends one when a capital letter follows."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not _NO_END.search(text[start : end.start()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in (*found, text[start:].strip()) if words(sentence)]


@cache
def load() -> Loaded:
    """Return the handbook in all languages."""
    problems: list[Problem] = []
    loaded = load_handbooks(ROOT, problems)
    assert [str(problem) for problem in problems] == []
    return loaded


def _keys(path: Path) -> list[str]:
    return re.findall(r"^([a-z0-9-]+):", path.read_text(encoding="utf-8"), re.MULTILINE)


def _item_names(kind: Kind, suffix: str) -> list[str]:
    """Return the ids of a kind that stand in files with a suffix, without loading them."""
    place = ROOT / kind.source
    if kind.one_file:
        path = place.with_suffix(suffix)
        return _keys(path) if path.is_file() else []
    return [
        name for path in sorted_files(place) if "." not in (name := path.name.removesuffix(suffix))
    ]


def page_names(language: Language) -> list[str]:
    """Return the name of every page in a language; the glossary is one page."""
    suffix = ".yml" if language == "nb" else f".{language}.yml"
    found: list[str] = []
    for kind in KINDS.values():
        ids = _item_names(kind, suffix)
        if kind.model is Term:
            found += ["ordliste"] if ids else []
        else:
            found += [f"{kind.name}/{item_id}" for item_id in ids]
    ending = ".md" if language == "nb" else f".{language}.md"
    for path in sorted((ROOT / "docs").glob("*.md")):
        if "." not in (name := path.name.removesuffix(ending)):
            found.append(f"docs/{name}{ending}")
    return [*found, f"strings/{language}.yml"]


@cache
def page(name: str, language: Language) -> Page:
    """Return a page of the handbook by its name in `page_names`."""
    kind, _, rest = name.partition("/")
    if kind == "docs":
        found = tuple(prose((ROOT / name).read_text(encoding="utf-8")))
    elif kind == "strings":
        found = tuple(_fill(text) for text in load_catalogue(language).texts.values())
    elif name == "ordliste":
        terms = load().handbooks[language].all(Term)
        found = tuple(text for term in terms for text in plain_texts(term))
    else:
        found = tuple(plain_texts(load().handbooks[language].get(kind, rest)))
    return Page(name, language, found)


def pages(language: Language) -> list[Page]:
    """Return every page in a language."""
    return [page(name, language) for name in page_names(language)]


def plain_texts(item: Item) -> Iterator[str]:
    """Return the texts of an item as they are read, one for each paragraph and point.

    Words that the glossary tells the reader not to use are not the handbook's own.
    """
    for path, text in texts(item):
        if isinstance(item, Term) and path[0] in ("avoid", "older"):
            continue
        if isinstance(text, Rich):
            for block in _paragraphs(text.blocks):
                yield _fill("".join(run.text for run in runs_of((block,))))
        else:
            yield _fill(str(text))


def _paragraphs(blocks: tuple[RichBlock, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for item in block.items:
                yield from _paragraphs(item)


def _fill(text: str) -> str:
    """Return a text with a word in the place of each name that is filled in."""
    return re.sub(r"\{\w+\}", "7", _NAMES.sub("Oslo", text))


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def prose(source: str) -> Iterator[str]:
    """Return what is read on a prose page, without code, tags, macro calls and attributes."""
    _, front, body = source.split("---\n", 2) if source.startswith("---\n") else ("", "", source)
    yield from re.findall(r'^(?:title|description): "(.*)"$', front, re.MULTILINE)
    body = re.sub(r'\{\{\s*term\("[^"]*",\s*"([^"]*)"\)\s*\}\}', r"\1", body)
    body = re.sub(r"\{\{.*?\}\}|\{:.*?\}|</?div\b[^>]*>", "", body)
    for token in _MARKDOWN.parse(body):
        if token.type == "inline":
            parts = (
                " " if child.type.endswith("break") else child.content
                for child in token.children or ()
                if child.type in ("text", "softbreak", "hardbreak")
            )
            if text := "".join(parts).strip():
                yield text


def spell(language: Language, wanted: Iterable[str]) -> set[str]:
    """Return the words that hunspell does not know."""
    dictionary = {"nb": "nb_NO", "nn": "nn_NO"}[language]
    assert shutil.which("hunspell"), (
        "hunspell mangler. Installer det: apt-get install hunspell hunspell-no"
    )
    done = subprocess.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-l"],
        input="\n".join(sorted(set(wanted))) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"hunspell med {dictionary} virker ikke: {done.stderr}"
    return set(done.stdout.split("\n")) - {""}


@cache
def unknown(language: Language) -> frozenset[str]:
    """Return the words of all pages in a language that hunspell does not know."""
    return frozenset(spell(language, (word for page in pages(language) for word in page.words)))
