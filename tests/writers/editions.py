"""The real handbook as writers get it: what its files share, and the documents of a format."""

from __future__ import annotations

from functools import cache

from macros.content.base import Language
from macros.document import blocks as b
from macros.document.compose import downloads
from macros.document.edition import load_edition
from macros.document.shared import Shared
from tests import real

PROJECT = real.project()


@cache
def shared(language: Language = "nb") -> Shared:
    """Return what the files in a language share."""
    words = load_edition(PROJECT, language).words()
    return Shared(PROJECT.region, PROJECT.brand, words, "https://handbok.example.no/")


@cache
def documents(wanted: str) -> dict[str, b.Document]:
    """Return the documents that are offered in a format, by language and name."""
    return {
        f"{language}-{document.name}": document
        for language in PROJECT.handbooks
        for document in downloads(load_edition(PROJECT, language))
        if wanted in document.formats
    }
