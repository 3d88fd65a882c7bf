"""A region's fonts: read, allowed and whole before anything is built with them."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, strategies as st

from macros.content.brand.brand import Brand, load_brand
from macros.content.brand.font import LETTERS, SAMI, FontError, missing_letters
from macros.content.errors import Problem
from macros.layouts.brand import font_files, site_css

from .fonts import FAMILY, INTER, made

BRAND = """\
typography:
  fonts:
    - family: {family}
      source: {source}
      files:
        - {{path: {path}, weight: {weight}}}
        - {{path: {path}, weight: {bold}}}
  base: {base}
"""


def load(folder: Path, **values: object) -> tuple[Brand, list[str]]:
    """Return the brand of a region with one font, and what is said of it."""
    usual = {
        "family": FAMILY,
        "source": "file",
        "path": "a.woff",
        "weight": 400,
        "bold": 700,
        "base": FAMILY,
    }
    (folder / "_brand.yml").write_text(BRAND.format(**{**usual, **values}), encoding="utf-8")
    problems: list[Problem] = []
    return load_brand(folder, "r", problems), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("name", "flavour"), [("a.woff2", "woff2"), ("a.woff", "woff"), ("mappe/a-b.ttf", None)]
)
def test_a_font_in_the_folder_is_used(tmp_path: Path, name: str, flavour: str | None) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(made(flavour))
    brand, problems = load(tmp_path, path=name)
    assert problems == []
    assert (brand.base, brand.headings, brand.faces[0].path) == (FAMILY, FAMILY, name)


def test_the_region_is_told_when_nothing_will_be_bold(tmp_path: Path) -> None:
    (tmp_path / "a.woff").write_bytes(made())
    _, (problem,) = load(tmp_path, bold=500)
    assert problem == (
        "r/_brand.yml:6:9: advarsel: typography.fonts[0].files: skriften «Eksempel Sans» har ingen "
        "fil med weight 600 eller mer. Overskrifter og uthevet tekst blir ikke halvfete i PDF."
    )


def test_the_handbooks_own_font_has_every_letter_that_is_asked_for() -> None:
    assert missing_letters(INTER) == ("", "")


def test_the_region_is_told_which_letters_a_font_lacks_and_may_use_it(tmp_path: Path) -> None:
    (tmp_path / "a.woff").write_bytes(
        made(letters=(LETTERS + SAMI).replace("Ø", "").replace("đ", "").replace("ŋ", ""))
    )
    brand, (problem,) = load(tmp_path)
    assert problem == (
        "r/_brand.yml:6:18: advarsel: typography.fonts[0].files[0].path: skriften i «a.woff» "
        "mangler Ø (norsk) og đ ŋ (nordsamisk). De tegnene vises med Inter."
    )
    assert brand.base == FAMILY


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "er ikke en skrift av typen woff"),
        (b"<svg/>", "er ikke en skrift av typen woff"),
        (made(None), "er ikke en skrift av typen woff"),
        (b"wOFF" + b"\0" * 60, "er en skrift som ikke kan leses ("),
        (made()[:3000], "er en skrift som ikke kan leses ("),
        (made() + b"\0" * 8_000_000, "er større enn 8 MB. Last ned skriften som WOFF2"),
        (made(spare=400_000, embedding=0x100), "er større enn 300 kB, og lisensen lar oss ikke"),
        (made(embedding=2), "er en skrift som lisensen ikke lar oss legge i dokumenter (fsType)"),
    ],
    ids=[
        "empty",
        "svg",
        "ttf",
        "header only",
        "cut off",
        "too large",
        "no subsetting",
        "restricted",
    ],
)
def test_a_font_that_cannot_be_used_is_one_error_with_file_and_cause(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "a.woff").write_bytes(content)
    _, (problem,) = load(tmp_path)
    place = "r/_brand.yml:6:18: typography.fonts[0].files[0].path: filen «a.woff»"
    assert problem.startswith(f"{place} {reason}")


@pytest.mark.parametrize("flavour", ["woff", None])
def test_a_large_font_is_made_smaller_with_every_letter_that_texts_have(
    tmp_path: Path, flavour: str | None
) -> None:
    name = "a.woff" if flavour else "a.ttf"
    (tmp_path / name).write_bytes(made(flavour, spare=400_000))
    brand, problems = load(tmp_path, path=name)
    assert problems == []
    for face in brand.faces:
        assert len(face.data) < 60_000
        assert face.suffix == ".woff2"
        with TTFont(io.BytesIO(face.data)) as font:
            assert {ord(letter) for letter in LETTERS + SAMI} <= font.getBestCmap().keys()
            assert {"kern"} <= {
                one.FeatureTag for one in font["GPOS"].table.FeatureList.FeatureRecord
            }
            assert font["name"].getDebugName(1) == FAMILY
    (made_file,) = font_files(brand).items()
    assert made_file == ("a.woff2", brand.faces[0].data)
    assert 'a.woff2") format("woff2")' in site_css(brand)


def test_a_font_that_grows_without_end_is_refused_before_it_does(tmp_path: Path) -> None:
    path = tmp_path / "a.woff2"
    good = made("woff2")
    bomb = brotli.compress(b"\0" * 60_000_000, quality=5)
    start = _start(good)
    path.write_bytes(good[:20] + struct.pack(">I", len(bomb)) + good[24:start] + bomb)
    with pytest.raises(FontError, match="for stor når den pakkes ut"):
        missing_letters(path)

    path = tmp_path / "a.woff"
    packed = zlib.compress(b"\0" * 60_000_000, 9)
    head = b"wOFF\0\1\0\0" + struct.pack(">IHH", 64 + len(packed), 1, 0) + b"\0" * 28
    entry = b"cmap" + struct.pack(">4I", 64, len(packed), 60_000_000, 0)
    path.write_bytes(head + entry + packed)
    with pytest.raises(FontError, match="for stor når den pakkes ut"):
        missing_letters(path)


def _start(woff2: bytes) -> int:
    """Return where the packed tables begin."""
    from fontTools.ttLib.woff2 import WOFF2DirectoryEntry, woff2DirectorySize

    file = io.BytesIO(woff2)
    file.seek(woff2DirectorySize)
    for _ in range(struct.unpack_from(">H", woff2, 12)[0]):
        WOFF2DirectoryEntry().fromFile(file)
    return file.tell()


@given(st.integers(0, len(made()) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_font_is_told_or_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, at: int, damage: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "skadet.woff"
    font = made()
    path.write_bytes(font[:at] + damage + font[at + len(damage) :])
    with suppress(FontError):  # and nothing else, whatever fontTools raises
        missing_letters(path)


@pytest.mark.parametrize(
    ("values", "report"),
    [
        ({"family": "'x\"; src: url(//a.no)'"}, "family: skal være et navn med bokstaver, tall"),
        ({"family": "'x}body{display:none'"}, "family: skal være et navn med bokstaver, tall"),
        ({"family": "'</style><script>'"}, "family: skal være et navn med bokstaver, tall"),
        ({"base": "Eksempel Sand"}, "finnes ikke i typography.fonts. Mente du «Eksempel Sans»?"),
        ({"source": "gogle"}, "source: skal være file, google, bunny eller system, fikk «gogle»"),
        ({"weight": 1000}, "weight: skal være et tall fra 1 til 999 eller et av navnene"),
        ({"weight": "fet"}, "black, fikk «fet»"),
        ({"path": "borte.woff2"}, "filen «borte.woff2» finnes ikke i regionens mappe"),
        ({"path": "../a.woff2"}, "path: skal være en .woff2-, .woff-, .ttf- eller .otf-fil"),
        ({"path": "file:///a.woff2"}, "path: skal være en .woff2-, .woff-, .ttf-"),
        ({"path": "ute.woff"}, "filen «ute.woff» finnes ikke i regionens mappe"),
    ],
)
def test_a_mistake_with_fonts_is_told_where_it_stands(
    tmp_path: Path, values: dict[str, object], report: str
) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "a.woff").write_bytes(made())
    (tmp_path / "ute.woff").write_bytes(made())
    (folder / "ute.woff").symlink_to(tmp_path / "ute.woff")
    _, problems = load(folder, **values)
    assert any(report in problem for problem in problems), problems
    assert all(problem.startswith("r/_brand.yml:") for problem in problems)
    assert not any(problem.startswith("r/_brand.yml:1:1:") for problem in problems)
