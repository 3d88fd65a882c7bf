"""An address that a region writes becomes the one that browsers use, or is named for what it is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, strategies as st
from pydantic_core import PydanticCustomError

from macros.content.address import page_address, site_address
from tests.content.test_region import VALID, region


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("https://a.no", "https://a.no/"),
        ("https://kontoen.github.io/Naeringsvennlig-Region", None),
        ("https://gruppe.gitlab.io/under/gruppe/handbok/", None),
        ("https://gruppe.gitlab.example.no:8443/-/handbok/v1.2", None),
        ("https://ny--utgave.netlify.app/", None),  # hyphens where IDNA has them for itself
        ("https://server.example.no/~kontoen/utgave", None),
        ("http://intranett/handbok", None),
        ("http://10.0.0.5:8080/handbok", None),
        ("http://[::1]:8000/handbok", None),
        ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),
        ("HTTPS://Handbok.Example.NO:443/Region", "https://handbok.example.no/Region/"),
        ("http://a.no:443/", None),
        ("https://a.no:08443/", "https://a.no:8443/"),
        ("https://example.no./handbok", "https://example.no/handbok/"),
        ("https://nordhålogaland.no/", "https://xn--nordhlogaland-tfb.no/"),
        ("https://NORDHÅLOGALAND.no/", "https://xn--nordhlogaland-tfb.no/"),
        ("https://nordha\u030alogaland.no/", "https://xn--nordhlogaland-tfb.no/"),
        ("https://XN--NORDHLOGALAND-TFB.no/", "https://xn--nordhlogaland-tfb.no/"),
        ("https://handbok.kárášjohka.no/", "https://handbok.xn--krjohka-hwab49j.no/"),
        ("https://a。no/", "https://a.no/"),
        ("https://a.no/Håndbok/", "https://a.no/H%C3%A5ndbok/"),
        ("https://a.no/h%c3%a5ndbok", "https://a.no/h%C3%A5ndbok/"),
        ("https://a.no/ha\u030andbok", "https://a.no/h%C3%A5ndbok/"),
    ],
)
def test_an_address_of_a_site_is_its_folder_in_ascii(written: str, made: str | None) -> None:
    assert site_address(written) == (made or written.rstrip("/") + "/")
    assert site_address(site_address(written)) == site_address(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("handbok.example.no", "skal være en adresse som begynner med https://, fikk «handbok"),
        ("https:/a.no", "skal være en adresse som begynner med https://, fikk «https:/a.no»"),
        ("ftp://a.no/", "skal være en adresse som begynner med https://"),
        ("javascript:alert(1)", "skal være en adresse som begynner med https://"),
        ("https:///handbok", "mangler navnet på tjeneren etter https://"),
        ("https://:8000/", "mangler navnet på tjeneren etter https://"),
        ("https://example.no/handbok/index.html", "ikke til en fil; ta bort «index.html»"),
        ("https://example.no/Index.HTM", "ikke til en fil; ta bort «Index.HTM»"),
        ("https://example.no/default.aspx", "ikke til en fil; ta bort «default.aspx»"),
        ("https://example.no/handbok.html/", "ikke til en fil; ta bort «handbok.html»"),
        ("https://example.no/handbok?x=1", "kan ikke ha en spørring; ta bort «?x=1»"),
        ("https://example.no?", "kan ikke ha en spørring; ta bort «?»"),
        ("https://example.no/#a?b", "kan ikke ha et anker; ta bort «#a?b»"),
        ("https://example.no/a#", "kan ikke ha et anker; ta bort «#»"),
        ("https://example.no/../../x", "kan ikke ha «..» i stien"),
        ("https://example.no/%2e%2E/x", "kan ikke ha «..» i stien"),
        ("https://example.no/./x", "kan ikke ha «.» i stien"),
        ("https://example.no//x", "har to skråstreker etter hverandre"),
        ("https://u:p@a.no", "kan ikke ha brukernavn eller passord"),
        ("https://a.no:99999/", "har porten «99999»; den skal være et tall fra 1 til 65535"),
        ("https://a.no:/", "har porten «»"),
        ("https://a.no:٣/", "har porten «٣»"),
        ("https://a.no/min side", "kan ikke ha mellomrom"),
        ("https://min side.no/", "kan ikke ha mellomrom"),
        ("https://a.no/a%20b", "kan ikke ha mellomrom"),
        ("https://a.no\\x", "kan ikke ha tegnet «\\»"),
        ('https://a.no/" onx="', 'kan ikke ha tegnet «"»'),
        ("https://a.no/{{ 7*7 }}", "kan ikke ha tegnet «{»"),
        ("https://a.no/a;b", "kan ikke ha tegnet «;»"),
        ("https://a.no/a%2fb", "kan ikke ha tegnet «/»"),
        ("https://a.no/a\u202eb", "kan ikke ha tegnet U+202E"),
        ("https://a.no/h%ff", "har prosenttegn som ikke blir til bokstaver: «h%ff»"),
        ("https://-a.no/", "har et tjenernavn som ikke er gyldig: «-a.no»"),
        ("https://a..no/", "har et tjenernavn som ikke er gyldig"),
        ("https://a_b.no/", "har et tjenernavn som ikke er gyldig"),
        ("https://xn--nordhlogaland-48a.no/", "har et tjenernavn som ikke er gyldig"),
        ("https://256.0.0.1/", "har et tjenernavn som ikke er gyldig"),
        ("https://[::1%25eth0]/", "har et tjenernavn som ikke er gyldig"),
        (f"https://{'a' * 64}.no/", "har et tjenernavn som ikke er gyldig"),
        ("https://a.no/" + "a" * 500, "kan ha høyst 500 tegn"),
    ],
)
def test_what_is_no_address_of_a_site_is_named_for_what_it_is(
    tmp_path: Path, written: str, said: str
) -> None:
    quoted = "'" + written.replace("'", "''") + "'"
    if "\u202e" in written:
        quoted = '"https://a.no/a\\u202Eb"'
    found, problems = region(tmp_path, VALID.replace("https://a.no", quoted))
    assert found is None
    (problem,) = problems
    assert problem.startswith("site_url: ")
    assert said in problem


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (
            "https://www.nordhålogaland.no/om?år=2027#Årsmøte",
            "https://www.xn--nordhlogaland-tfb.no/om?%C3%A5r=2027#%C3%85rsm%C3%B8te",
        ),
        ("https://svar.example.no/s/index.html?id=a%20b&l=nb", None),
        ("https://svar.example.no", None),
    ],
)
def test_an_address_of_a_page_keeps_its_query_and_its_place(written: str, made: str | None) -> None:
    assert page_address(written) == (made or written)


@pytest.mark.parametrize("written", ["https://a.no/%zz", "https://a.no/<b>", "https://u@a.no/"])
def test_an_address_of_a_page_is_one_that_a_browser_can_follow(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        page_address(written)


@given(st.text(max_size=40), st.text(alphabet="aå.:/?#@%[]-\\ ", max_size=20))
def test_whatever_is_written_the_answer_is_an_address_or_a_complaint(one: str, two: str) -> None:
    for written in (one, f"https://{one}", f"https://a.no/{one}", f"https://{two}"):
        try:
            made = site_address(written)
        except PydanticCustomError:
            continue
        place = urlsplit(made)
        assert made.isascii()
        assert made.endswith("/")
        assert "//" not in place.path
        assert (place.query, place.fragment, place.username) == ("", "", None)
        assert site_address(made) == made
