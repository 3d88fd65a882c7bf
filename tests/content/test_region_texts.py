"""What a region says around the pages: in each language, of its people, its owner and its photo."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from PIL import Image
from pydantic import TypeAdapter, ValidationError

from macros.content.catalogue import load_catalogue
from macros.content.errors import ContentError
from macros.content.project import load_project
from macros.content.region_text import RegionText
from macros.content.surroundings import OrganisationNumber
from macros.content.text import Plain
from macros.document.edition import Edition, load_edition
from macros.pages.navigation import navigation

REGION = "regions/standard/region.yml"
LANGUAGES = "languages: [nb, nn]"
Change = Callable[[str, str, str], Path]


def editions(tree: Path) -> tuple[Edition, Edition]:
    project = load_project(tree)
    return load_edition(project, "nb"), load_edition(project, "nn")


def test_a_text_is_shown_in_the_language_of_the_page(tree: Path, change: Change) -> None:
    change(REGION, "name: Fjordregionen", "name: {nb: Fjordregionen, nn: Fjordområdet}")
    change(REGION, LANGUAGES, f"cost: {{nb: Gratis, nn: Kostnadsfritt}}\n{LANGUAGES}")
    nb, nn = editions(tree)
    assert (nb.region.name, nn.region.name) == ("Fjordregionen", "Fjordområdet")
    assert (nb.region.cost, nn.region.cost) == ("Gratis", "Kostnadsfritt")
    assert nn.region.language_of(nn.region.cost or "") == "nn"
    # An item without a twin is in bokmål on a page in nynorsk, and names the region so.
    assert nn.names["nb"]["region.name"] == "Fjordregionen"
    assert nn.names["nn"]["region.name"] == "Fjordområdet"


def test_a_text_that_is_not_translated_is_that_of_the_front_page(
    tree: Path, change: Change
) -> None:
    change(REGION, LANGUAGES, f"cost: {{nb: Gratis}}\n{LANGUAGES}")
    _, nn = editions(tree)
    assert nn.region.cost == "Gratis"
    assert nn.region.language_of(nn.region.cost or "") == "nb"
    assert nn.region.language_of(nn.region.owner) == "nb"


def test_in_a_file_a_text_is_a_text(tree: Path, change: Change) -> None:
    change(REGION, "name: Fjordregionen", "name: {nb: Fjordregionen, nn: Fjordområdet}")
    name = editions(tree)[1].region.name
    sent = pickle.loads(pickle.dumps(name))  # noqa: S301 (what was just made)
    assert isinstance(name, RegionText)
    assert (type(sent), sent) == (Plain, "Fjordområdet")


def test_each_adviser_has_their_municipalities_and_the_first_gets_the_letters(
    tree: Path, change: Change
) -> None:
    change(REGION, LANGUAGES, f"municipalities: [Aurland, '4640']\n{LANGUAGES}")
    change(
        REGION,
        "  adviser:\n    name: Kari Nordmann",
        "  advisers:\n    - {name: A, title: B, email: a@example.no, municipalities: [sogndal]}\n"
        "    - {name: C, title: D, email: c@example.no}\n"
        "  project:\n    name: Kari Nordmann",
    )
    region = load_project(tree).region
    assert [(one.name, one.municipalities) for one in region.contacts.every_adviser] == [
        ("A", ("4640",)),
        ("C", ()),
    ]
    assert region.contacts.first
    assert region.contacts.first.email == "a@example.no"
    assert region.municipalities == ("4641", "4640")


@given(st.text("0123456789", min_size=8, max_size=8))
def test_one_check_digit_at_most_is_right_and_two_digits_that_change_places_are_found(
    digits: str,
) -> None:
    check = TypeAdapter(OrganisationNumber)

    def right(number: str) -> bool:
        try:
            return bool(check.validate_python(number))
        except ValidationError:
            return False

    valid = [f"{digits}{last}" for last in range(10) if right(f"{digits}{last}")]
    assert len(valid) <= 1
    for number in valid:
        assert right(f"{number[:3]} {number[3:6]} {number[6:]}")
        for at in range(8):
            swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
            assert swapped == number or not right(swapped)


def test_own_entries_stand_before_the_last_and_a_page_stands_once(
    tree: Path, change: Change
) -> None:
    own = "{title: 'A & <b>', url: 'https://a.no/?x=1&y'}, {page: kontakt}, {page: om-oss}"
    change(REGION, LANGUAGES, f"menu: [{own}]\n{LANGUAGES}")
    (tree / "regions/standard/docs").mkdir()
    for name in ("om-oss", "mer-om-oss"):
        text = f"# {name}\n\nVi er to.\n"
        (tree / f"regions/standard/docs/{name}.md").write_text(text, encoding="utf-8")
    found = navigation(editions(tree)[0], ["index.md", {"more": ["sok.md", "kontakt.md"]}])
    assert found == [
        "index.md",
        {"A &amp; &lt;b&gt;": "https://a.no/?x=1&amp;y"},
        "kontakt.md",
        "om-oss.md",
        {load_catalogue("nb")("nav.more"): ["sok.md", "mer-om-oss.md"]},
    ]


def photo(tree: Path, change: Change, name: str, data: bytes) -> None:
    path = tree / "regions" / "standard" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    shown = f"front: {{photo: {{path: '{name}', alt: Fjord, credit: Kari}}}}"
    change(REGION, LANGUAGES, f"{shown}\n{LANGUAGES}")


def picture(width: int, height: int, kind: str = "JPEG", turned: bool = False) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # the camera was held on its side
    Image.new("RGB", (width, height), "#123456").save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_offered_in_widths_that_it_has(tree: Path, change: Change, kind: str) -> None:
    suffix = {"JPEG": "JPG"}.get(kind, kind.lower())
    photo(tree, change, f"bilder/Fjord å.{suffix}", picture(900, 1350, kind))
    found = load_project(tree).photo
    assert found
    assert found.files == {
        "assets/region/forside-480.webp": (480, 720),
        "assets/region/forside-800.webp": (800, 1200),
        "assets/region/forside-900.webp": (900, 1350),
        "assets/region/forside.jpg": (800, 1200),
    }


def test_a_photo_stands_upright(tree: Path, change: Change) -> None:
    photo(tree, change, "a.jpg", picture(1200, 900, turned=True))
    found = load_project(tree).photo
    assert found
    assert (found.width, found.height) == (900, 1200)


def test_a_small_photo_is_taken_with_a_warning(
    tree: Path, change: Change, told: Callable[..., str]
) -> None:
    photo(tree, change, "a.jpg", picture(500, 300))
    assert "advarsel: front.photo.path: bildet er 500 piksler bredt" in told(tree)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "kan ikke leses som PNG, JPEG eller WebP"),
        (b"<svg/>", "kan ikke leses som PNG, JPEG eller WebP"),
        (picture(1200, 900)[:600], "kan ikke leses som PNG, JPEG eller WebP"),
        (picture(5000, 3000), "har mer enn 12 millioner piksler"),
        (picture(900, 600) + bytes(10_000_000), "er større enn 10 MB"),
    ],
    ids=["empty", "svg", "cut off", "many pixels", "large"],
)
def test_a_photo_that_cannot_be_shown_is_one_error(
    tree: Path, change: Change, data: bytes, reason: str
) -> None:
    photo(tree, change, "a.jpg", data)
    with pytest.raises(ContentError) as error:
        load_project(tree)
    (problem,) = error.value.problems
    assert str(problem).startswith(f"{REGION}:4:23: front.photo.path: bildet «a.jpg» {reason}")
    assert problem.suggestion
