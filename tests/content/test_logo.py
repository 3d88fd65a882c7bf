"""A logo from anywhere becomes a plain drawing; what could run, fetch or multiply is refused."""

from __future__ import annotations

import base64
import io
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from macros.content.brand import logo, logo_work
from macros.content.brand.brand import load_brand
from macros.content.brand.mark import Mark
from macros.content.svg.plain import plain
from macros.content.svg.style import Unfit
from macros.layouts.brand import logo_files
from tools.hostile_logos import hostile_logos, png

from .test_brand import loaded, written

SHAPE = b'<rect width="5" height="5" fill="#004f71"/>'
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    b'viewBox="0 0 10 10">%s<rect width="5" height="5" fill="#004f71"/></svg>'
)
HOSTILE = hostile_logos()
# What a drawing may not have, however it came in.
HARM = re.compile(
    rb"script|<!|<\?|foreignObject|@import|url\((?!#)|\son[a-z]+=|http(?!://www.w3.org/2000/svg)"
)


def saved(image: Any, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
RED = Image.new("RGB", (300, 200), "#c00000")


def drawn(data: bytes) -> Any:
    """Return the plain drawing of an SVG as a picture 40 pixels wide."""
    return logo_work.drawn(plain(data).data(), 40, [])


def colour(data: bytes, x: int = 5, y: int = 5) -> tuple[int, ...]:
    return tuple(drawn(data).getpixel((x, y)))


def made(data: bytes) -> dict[str, Any]:
    """Return what the process would write; in this process, so that it is quick."""
    return logo_work.made(data)


@pytest.mark.parametrize(
    "name",
    [
        "../logo.svg",
        "/etc/passwd",
        "a/../../logo.svg",
        "ftp://example.no/logo.svg",
        "logo.SVG.exe",
        "logo.gif",
        ".svg",
        "./.svg",
        "a" * 300 + ".svg",
        "a/" * 100 + "b.svg",
        "logo.svg\\0",
        "å" * 150 + ".svg",
        "C:\\\\bilder\\\\logo.svg",
        "..\\\\logo.svg",
        'x" onload="y.svg',
    ],
    ids=lambda name: name[:20],
)
def test_a_logo_is_a_picture_in_the_regions_own_folder(tree: Path, name: str) -> None:
    (problem,) = written(tree, f"logo: {{medium: '{name}'}}\n")
    assert "logo.medium: skal være en SVG-, PNG-, JPEG- eller WebP-fil i regionens" in problem


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Logo Nord-Troms.svg",
            "kommunevåpen.svg",
            "logo_v2.1.svg",
            "logo.SVG",
            "Våre logoer/a.svg",
        ),
        *("LOGO (endelig) & ny.Svg", "ŋ-logo.svg", "./logo.svg", "a/./logo.svg"),
    ],
)
def test_a_logo_may_be_called_what_people_call_it(tree: Path, name: str) -> None:
    path = tree / "regions" / "standard" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(SVG % b"")
    assert written(tree, f"logo: {{medium: '{name}'}}\n") == []


def test_a_logo_is_published_under_a_name_of_our_own(tree: Path) -> None:
    folder = tree / "regions" / "standard"
    name = "Våre logoer/Logo (ny) & fin.SVG"
    (folder / name).parent.mkdir()
    (folder / name).write_bytes(SVG % b"")
    assert written(tree, f"logo: {{medium: {{light: '{name}', dark: p.webp}}}}\n") != []
    (folder / "p.webp").write_bytes(saved(RED, "WEBP"))
    brand = load_brand(folder, "r", [])
    assert list(logo_files(brand)) == ["assets/region/logo.svg", "assets/region/logo-dark.png"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_letter_that_is_stored_in_another_way_is_the_same_letter(tree: Path, form: Any) -> None:
    name, other = (unicodedata.normalize(way, "kommunevåpen.svg") for way in ("NFC", "NFD"))
    (tree / "regions" / "standard" / unicodedata.normalize(form, name)).write_bytes(SVG % b"")
    assert written(tree, f"logo: {{medium: {{light: {name}, dark: {other}}}}}\n") == []


def test_a_logo_that_is_a_link_out_of_the_folder_is_refused(tree: Path) -> None:
    folder = tree / "regions" / "standard"
    (tree / "secret.svg").write_bytes(SVG % b"")
    (folder / "ute.svg").symlink_to(tree / "secret.svg")
    (folder / "mappe").symlink_to(tree)
    for name in ("ute.svg", "mappe/secret.svg"):
        (problem,) = written(tree, f"logo: {{medium: {name}}}\n")
        assert problem.endswith(f"logo.medium: filen «{name}» finnes ikke i regionens mappe")


def test_a_brand_that_is_a_link_out_of_the_folder_is_not_read(tree: Path) -> None:
    brand = tree / "regions" / "standard" / "_brand.yml"
    brand.rename(tree / "annet.yml")
    brand.symlink_to(tree / "annet.yml")
    assert loaded(tree) == ["r/_brand.yml: filen er en lenke ut av regionens mappe"]


# Each of them is found in real files; what is drawn is what Chromium draws.
@pytest.mark.parametrize(
    "inside",
    [
        b'<path fill="var(--fg, #004f71)" d="M0 0h10v10H0z"/>',
        b'<g style="--a:#004f71"><g style="--b:var(--a)">'
        b'<path style="fill:var(--b)" d="M0 0h9v9H0z"/></g></g>',
        b"<style>:root{--fg:#004f71}.a{fill:var(--fg)}</style><path class='a' d='M0 0h10v10H0z'/>",
        b"<style>.a{fill:red!important}#b.a{fill:#004f71 !important}</style>"
        b"<path id='b' class='a' style='fill:lime' d='M0 0h10v10H0z'/>",
        b"<style>g path{fill:#004f71}@media print{path{fill:red}}@media all{rect{fill:red}}"
        b"@media (prefers-color-scheme:dark){path{fill:red}}</style><g><path d='M0 0h9v9H0z'/></g>",
        b"<style><![CDATA[.a,.b{fill:#004F71;-inkscape-x:1;enable-background:new}]]></style>"
        b"<path class='b c' d='M0 0h10v10H0z'/>",
        b'<path style="fill:#D90;fill:color(srgb 0 .31 .443)" d="M0 0h10v10H0z"/>',
        b'<path style="fill:hsl(198 100% 22.2%)" d="M0 0h10v10H0z"/>',
        b'<defs><rect id="a" width="9" height="9" fill="#004f71"/></defs><use href="#a"/>',
        b'<symbol id="a" viewBox="0 0 1 1"><path d="M0 0h1v1H0z" fill="#004f71"/></symbol>'
        b'<use xlink:href="#a" width="9" height="9"/>',
        b'<clipPath id="a"><path d="M0 0h5v5H0z" clip-path="url(#b)"/></clipPath><clipPath id="b">'
        b'<path d="M0 0h3v3H0z"/></clipPath>'
        b'<path fill="#004f71" clip-path="url(#a)" d="M0 0h9v9H0z"/>',
        b'<mask id="a"><path d="M0 0h9v9H0z" fill="#fff"/></mask>'
        b'<g style="mask:url( \'#a\' )"><path fill="#004f71" d="M0 0h9v9H0z"/></g>',
        b'<switch><foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/"/>'
        b'<g><path fill="#004f71" d="M0 0h9v9H0z"/></g></switch>',
        b'<a href="https://example.org"><path fill="#004f71" d="M0 0h9v9H0z"/></a>',
        b'<path fill="#004f71" d="M0 0h9v9H0z" filter="url(#gone)" mask="url(#gone)"/>',
        b'<rect width="50%" height="2mm" fill="#004f71"/><!-- A --><title>T</title><metadata/>',
        b'<path fill="#004f71" d="M0 0h9v9H0z"><animate attributeName="d" to="M0 0"/></path>',
        b'<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        b's:docbase="C:\\Users\\kari"/><path fill="#004f71" d="M0 0h9v9H0z"/>',
    ],
    ids=range(18),
)
def test_what_drawing_programs_write_is_drawn_as_they_meant_it(inside: bytes) -> None:
    alone = SVG.replace(SHAPE, b"")
    assert colour(alone % inside) == (0, 0x4F, 0x71, 255)
    assert b"style" not in plain(alone % inside).data()


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/'
        b'SVG/1.1/DTD/svg11.dtd">',
        b'<?xml version="1.0" encoding="iso-8859-1"?><!-- Generator: \xe5 --><?xpacket x?>',
        b"\xef\xbb\xbf\n",
    ],
    ids=["doctype", "latin", "bom"],
)
def test_what_stands_before_a_drawing_does_not_matter(head: bytes) -> None:
    assert made((head + SVG % b"").replace(b"\xbf\n", b"\xbf"))["drawing"]


def test_the_short_names_that_illustrator_writes_are_filled_in() -> None:
    names = {"ns_svg": "http://www.w3.org/2000/svg", "st0": "fill:#004f71;", "ns_ai": "http://a"}
    written = "".join(f'<!ENTITY {name} "{value}">' for name, value in names.items())
    text = (
        f"<!DOCTYPE svg [{written}]>"
        '<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" viewBox="0 0 9 9">'
        '<path style="&st0;" d="M0 0h9v9H0z"/></svg>'
    )
    assert colour(text.encode()) == (0, 0x4F, 0x71, 255)


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "x"><!ENTITY b "&a;">', '<!ENTITY a "&#60;g/>">'],
    ids=["nested", "markup"],
)
def test_a_short_name_for_more_than_a_text_is_refused(declared: str) -> None:
    with pytest.raises(Unfit, match="forkortelser"):
        plain(f"<!DOCTYPE svg [{declared}]>".encode() + SVG % b"")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        (b'viewBox="0 0 20 10"', (512, 256)),
        (b'viewBox="0,0,20,10" width="100%"', (512, 256)),
        (b'width="20mm" height="1cm"', (512, 256)),
        (b'width="20" height="20" viewBox="0 0 20 10"', (512, 512)),
        (b'width="100%"', (512, 512)),  # what the shape fills
        (b"", (512, 512)),
    ],
    ids=range(6),
)
def test_a_drawing_has_a_size_however_it_says_so(attributes: bytes, size: Any) -> None:
    data = made(b'<svg xmlns="http://www.w3.org/2000/svg" %s>%s</svg>' % (attributes, SHAPE))
    assert data["width"] / data["height"] == pytest.approx(size[0] / size[1], rel=0.02)
    picture = Image.open(io.BytesIO(base64.b64decode(data["picture"])))
    assert picture.getchannel("A").getbbox()


def test_a_drawing_is_published_without_names_that_could_clash() -> None:
    data = plain(
        SVG % b'<path id="top" d="M0 0h9"/><g id="Layer_1" class="x"><rect id="r"/></g>'
    ).data()
    assert b"id=" not in data
    assert b"class=" not in data


def test_a_picture_in_a_drawing_is_kept_small_and_without_its_secrets() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kameraet til Kari"
    out = io.BytesIO()
    Image.new("RGB", (2000, 1000), "#004f71").save(out, "JPEG", exif=exif)
    address = base64.b64encode(out.getvalue())
    image = b'<image width="10" height="5" href="data:image/png;base64,%s"/>' % address
    data = plain(SVG % image).data()
    assert len(data) < 20_000
    inside = base64.b64decode(re.findall(rb"base64,([^\"]+)", data)[0])
    assert b"Kari" not in inside
    assert Image.open(io.BytesIO(inside)).size == (600, 300)
    assert colour(SVG % image, 30, 10)[3] == 255


def tried(data: bytes) -> dict[str, Any] | Unfit:
    try:
        return made(data)
    except Unfit as unfit:
        return unfit


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_means_harm_does_none(name: str) -> None:
    start = time.process_time()
    found = tried(HOSTILE[name])
    if isinstance(found, Unfit):
        assert found.hint
        assert len(found.found) < 200
    else:
        assert not HARM.search(base64.b64decode(found["drawing"]))
    assert time.process_time() - start < 5  # a tenth is usual


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("script", "har innhold som kan kjøre eller vise en nettside (<script>)"),
        ("onload", "har et skript (onload)"),
        ("image-web", "viser til noe utenfor seg selv (https://example.org/x.png), og det følger"),
        ("entity-laughs", "har egne forkortelser (<!ENTITY …>) som kan hente filer eller vokse"),
        ("use-bomb", "gjentar deler av seg selv så mange ganger at den ikke kan tegnes"),
        ("gradients-2500", "har mer enn 80 nivåer inne i hverandre"),
        ("box-empty", "har en viewBox uten bredde eller høyde"),
        ("png-bomb", "har mer enn 12 millioner piksler"),
        ("empty", "kan ikke leses som PNG, JPEG eller WebP"),
        ("svgz", "er pakket (SVGZ)"),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_do(tree: Path, name: str, reason: str) -> None:
    (tree / "regions" / "standard" / "logo.svg").write_bytes(HOSTILE[name])
    (problem,) = loaded(tree)
    assert problem.startswith(f"r/_brand.yml:6:18: logo.medium.path: filen «logo.svg» {reason}")
    assert re.search(r"\. (Lagre|Bygg inn|Bruk) .*\.$", problem)


def test_a_drawing_that_nothing_is_drawn_of_is_refused(tree: Path) -> None:
    empty = b'<path d="M"/><polygon points="1,2,3"/><circle r="-5"/><rect width="abc%"/>'
    path = tree / "regions" / "standard" / "logo.svg"
    path.write_bytes((SVG % empty).replace(SHAPE, b""))
    (problem,) = loaded(tree)
    assert "er tom: ingenting i den blir tegnet" in problem


def test_a_process_that_dies_is_a_logo_that_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo, "_WORK", "import os; os.abort()")
    assert isinstance(logo._made(SVG % b"<!-- 1 -->"), Unfit)
    monkeypatch.setattr(logo, "_WORK", "import time; time.sleep(60)")
    monkeypatch.setattr(logo, "_SECONDS", 0.3)
    assert isinstance(logo._made(SVG % b"<!-- 2 -->"), Unfit)


def test_a_process_has_only_so_much_time_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    alive = """print('{"found": "levde", "hint": ""}')"""
    for greed in ("bytearray(900_000_000)", "\nwhile time.process_time() < 4: pass\n"):
        limits = "import sys, time; sys.path.insert(0, sys.argv[1]);"
        limits += (
            "from macros.content import logo_work; logo_work._SECONDS = 1; logo_work._limit();"
        )
        monkeypatch.setattr(logo, "_WORK", f"{limits}{greed};{alive}".replace("\n;", "\n"))
        found = logo._made(greed.encode())
        assert isinstance(found, Unfit)
        assert found.found != "levde"


@pytest.mark.parametrize(
    "data",
    [
        saved(RED, "PNG"),
        saved(RED.resize((3000, 2000)), "PNG"),
        saved(RED, "JPEG", icc_profile=SRGB),
        saved(RED.convert("CMYK"), "JPEG"),
        saved(RED.quantize(4), "PNG"),
        saved(RED.convert("RGBA"), "PNG", save_all=True, append_images=[Image.new("RGBA", (9, 9))]),
        saved(RED, "WEBP", lossless=True),
        saved(
            RED, "WEBP", save_all=True, append_images=[Image.new("RGB", (300, 200))], lossless=True
        ),
    ],
    ids=["png", "large", "jpeg", "cmyk", "palette", "animated", "webp", "animated-webp"],
)
def test_a_picture_of_any_ordinary_kind_becomes_a_small_one(data: bytes) -> None:
    found = made(data)
    picture = Image.open(io.BytesIO(base64.b64decode(found["picture"])))
    assert (picture.format, picture.size) in (("PNG", (300, 200)), ("PNG", (360, 240)))
    assert picture.convert("RGB").getpixel((9, 9)) == pytest.approx((0xC0, 0, 0), abs=4)
    assert len(found["picture"]) < 20_000


def test_a_photo_as_logo_does_not_make_every_file_large() -> None:
    noise = Image.effect_noise((1200, 300), 90).convert("RGB")
    found = made(saved(noise, "JPEG"))
    assert len(base64.b64decode(found["picture"])) < 400_000


def test_a_picture_keeps_what_is_seen_and_nothing_else() -> None:
    grey = made(saved(Image.new("I;16", (300, 200), 40_000), "PNG"))
    clear = made(saved(Image.new("LA", (300, 200), (99, 30)), "PNG"))
    exif = Image.Exif()
    exif[274], exif[0x010F] = 6, "Kameraet til Kari"  # turned a quarter
    turned = made(saved(RED, "JPEG", exif=exif))
    first = [
        Image.open(io.BytesIO(base64.b64decode(found["picture"])))
        for found in (grey, clear, turned)
    ]
    assert first[0].convert("L").getpixel((0, 0)) == 156
    assert first[1].convert("LA").getpixel((0, 0)) == (99, 30)
    assert first[2].width < first[2].height
    assert b"Kari" not in base64.b64decode(turned["picture"])


def test_a_picture_may_be_called_by_another_kinds_name(tree: Path) -> None:
    (tree / "regions" / "standard" / "logo.png").write_bytes(saved(RED, "JPEG"))
    assert written(tree, "logo: logo.png\n") == []


@pytest.mark.parametrize(
    ("name", "data", "text", "note"),
    [
        (
            "m.png",
            png(16, 16),
            "small: m.png",
            "er 16 × 16 piksler og blir uskarp når merket vises",
        ),
        ("m.png", png(180, 180), "small: m.png", ""),
        (
            "m.png",
            png(90, 30),
            "medium: {light: logo.svg, dark: m.png}",
            "er 90 × 30 piksler og blir uskarp øverst på sidene",
        ),
        (
            "m.svg",
            SVG.replace(b"#004f71", b"#fff") % b"",
            "medium: m.svg",
            "er nesten hvit og synes",
        ),
        (
            "m.svg",
            SVG.replace(b"#004f71", b"#fff") % b"",
            "medium: {light: logo.svg, dark: m.svg}",
            "",
        ),
        (
            "m.svg",
            SVG.replace(b"#004f71", b"#fff") % b"",
            "medium: {dark: m.svg}",
            "er nesten hvit og synes",
        ),
        ("m.svg", SVG % b"<text y='9'>A</text>", "large: m.svg", "har tekst, som tegnes med Inter"),
    ],
    ids=range(7),
)
def test_what_will_look_bad_is_a_note(
    tree: Path, name: str, data: bytes, text: str, note: str
) -> None:
    (tree / "regions" / "standard" / name).write_bytes(data)
    medium = "medium: logo.svg, " if text.startswith("small") else ""
    problems = written(tree, f"logo: {{{medium}{text}}}\n")
    assert len(problems) == bool(note)
    assert all(f"advarsel: logo.{text.partition(':')[0]}" in problem for problem in problems)
    assert all(note in problem for problem in problems)


def test_text_is_drawn_with_our_own_font_wherever_it_is_shown() -> None:
    found = made((SVG % b"<text x='1' y='9' font-size='8' fill='red'>A</text>").replace(SHAPE, b""))
    assert found["text"]
    assert not found["drawing"]  # a reader's own font would make another logo of it


@pytest.mark.parametrize(
    ("inside", "paper"),
    [(b"<g/>", ".svg"), (b'<mask id="a"><path d="M0 0h9v9"/></mask><g mask="url(#a)"/>', ".png")],
    ids=["plain", "mask"],
)
def test_a_drawing_stays_one_in_pdf_where_the_library_draws_it_right(
    tmp_path: Path, inside: bytes, paper: str
) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(SVG % inside)
    mark = logo.marks([path])[path]
    assert isinstance(mark, Mark)
    assert (mark.web[0], mark.paper[0]) == (".svg", paper)


@pytest.mark.parametrize(
    "text",
    [
        "{medium: {light: {path: logo.svg, alt: Fjord}, dark: mork.svg}, small: merke.svg}",
        "{images: {a: {path: logo.svg, alt: Fjord}, b: mork.svg, c: merke.svg}, "
        "medium: {light: a, dark: b}, small: c}",
        "{images: {a: {light: logo.svg, dark: mork.svg}}, small: merke.svg, "
        "large: {light: {path: a, alt: Fjord}, dark: a}}",
        "{medium: {light: {path: ./logo.svg, alt: Fjord}, dark: /mork.svg}, small: a/../merke.svg}",
    ],
)
def test_a_logo_may_be_written_in_each_of_brand_ymls_ways(tree: Path, text: str) -> None:
    folder = tree / "regions" / "standard"
    for name in ("mork.svg", "merke.svg"):
        (folder / name).write_bytes(SVG % b"")
    assert written(tree, f"logo: {text}\n") == []
    brand = load_brand(folder, "r", [])
    assert brand.logo
    assert all(brand.mark(use) for use in ("light", "dark", "small"))
    assert (brand.logo.light, brand.logo.dark, brand.logo.small, brand.logo.alt) == (
        "logo.svg",
        "mork.svg",
        "merke.svg",
        "Fjord",
    )


def test_a_logo_for_the_dark_alone_is_used_everywhere(tree: Path) -> None:
    assert written(tree, "logo: {medium: {dark: logo.svg}}\n") == []
    brand = load_brand(tree / "regions" / "standard", "r", [])
    assert brand.mark("light")
    assert set(logo_files(brand)) == {"assets/region/logo.svg", "assets/region/logo-dark.svg"}


def test_a_logo_with_the_line_ends_of_windows_is_the_same_logo(tree: Path) -> None:
    path = tree / "regions" / "standard" / "logo.svg"
    text = SVG.replace(b" viewBox", b"\n viewBox") % b"<g>\n<path\nd='M0 0\nh9'/>\n</g>\n"
    path.write_bytes(text)
    ours = logo.marks([path])[path]
    path.write_bytes(text.replace(b"\n", b"\r\n"))
    assert isinstance(ours, Mark)
    assert logo.marks([path])[path] == ours
