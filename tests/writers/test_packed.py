"""What Office files and ODT are packed of: XML as text, and the ZIP, judged by Python and lxml."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from macros.content.catalogue import Catalogue
from macros.document.blocks import Document
from macros.document.shared import Shared
from macros.layouts.archive import pack
from macros.layouts.markup import attribute, encode, text
from macros.writers import Job, odt, sheet, word
from tests.writers.editions import documents, shared

# XML 1.0, 2.2: Char.
CHARS = st.characters(
    exclude_categories=("Cs",),
    exclude_characters=[*(chr(c) for c in range(32) if c not in (9, 10, 13)), "\ufffe", "\uffff"],
)

NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=9
)


@given(st.text(CHARS), st.text(CHARS))
def test_a_parser_reads_the_texts_that_were_written(said: str, value: str) -> None:
    root = etree.fromstring(encode(f'<a b="{attribute(value)}">{text(said)}</a>'))
    assert (root.text or "", root.get("b")) == (said, value)


@given(st.text(CHARS), st.sampled_from(["\0", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"]))
def test_what_xml_cannot_hold_is_refused(said: str, letter: str) -> None:
    with pytest.raises(ValueError, match=r"U\+|surrogates"):
        encode(f"<a>{text(said + letter)}</a>")


@given(
    st.lists(st.tuples(NAMES, st.binary()), unique_by=lambda part: part[0]),
    st.dates(dt.date(1980, 1, 1), dt.date(2107, 12, 31)),
)
def test_a_package_has_the_bytes_that_zipfile_gives_it(
    parts: list[tuple[str, bytes]], day: dt.date
) -> None:
    kept = tuple(name for name, _ in parts[:1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            packing = zipfile.ZIP_STORED if name in kept else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, packing, 9)
    assert pack(parts, day, kept) == out.getvalue()


def test_a_package_is_stamped_with_a_day_that_a_zip_can_tell() -> None:
    for day in (None, dt.date(1970, 5, 1)):
        with zipfile.ZipFile(io.BytesIO(pack([("a", b"b")], day))) as archive:
            assert archive.testzip() is None
            assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("suffix", "job"), [("docx", word.job), ("odt", odt.job), ("xlsx", sheet.job)]
)
def test_only_the_words_that_a_file_says_move_its_key(
    suffix: str, job: Callable[[Document, Shared], Job]
) -> None:
    document = next(iter(documents(suffix).values()))
    own = shared(document.language)

    def key(name: str) -> str:
        words = Catalogue(own.words.language, {**own.words.texts, name: "Noe annet"})
        return job(document, dataclasses.replace(own, words=words)).key

    assert key("view.fill.import") == key("search.button") == job(document, own).key
    assert key("page.version") != job(document, own).key != key("site.name")
