"""What pages are shown with is published once, and pages of each language still find it."""

from __future__ import annotations

from pathlib import Path

from macros.site.assets import drop_unused, share_assets
from macros.site.links import dead_links

BASE = "https://eksempel.example.no/handbok/"
ROOTS = {"nb": "/handbok/", "nn": "/handbok/nn/"}


def site(folder: Path) -> Path:
    """A site of two languages, whose files to be shown with are the same but for one card."""
    for root in ("", "nn/"):
        put(folder, f"{root}assets/js/a.js", 'import "./b.js";\n//# sourceMappingURL=a.js.map\n')
        put(folder, f"{root}assets/js/b.js", "export {};\n")
        put(folder, f"{root}assets/js/a.js.map", "{}")
        put(folder, f"{root}assets/js/vendor/c.d.ts", "export {};\n")
        put(folder, f"{root}assets/javascripts/bundle.js", "theme")
        put(folder, f"{root}assets/css/nvr.1.css", "body{color:red}/*# sourceMappingURL=nvr.map */")
        put(folder, f"{root}assets/img/i.svg", "<svg/>")
        for depth in ("", "guide/"):
            up = "../" * depth.count("/")
            put(folder, f"{root}{depth}index.html", page(up, root, f"{depth}kort"))
        put(folder, f"{root}404.html", page(f"/handbok/{root}", root, "kort"))
    return folder


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def page(up: str, root: str, card: str) -> str:
    lost = '<img src="/handbok/nn/assets/img/i.svg" alt="">' if up.startswith("/") else ""
    return (
        '<html lang="no"><head><meta charset="utf-8"><title>t</title>'
        f'<meta property="og:image" content="{BASE}{root}assets/kort/{card}.png">'
        f'<link rel="stylesheet" href="{up}assets/css/nvr.1.css">'
        f'<script type="module" src="{up}assets/js/a.js"></script></head>'
        f'<body><img src="{up}assets/img/i.svg#only-dark" alt="">{lost}</body></html>'
    )


CARDS = {
    "assets/kort/kort.png": "likt",
    "nn/assets/kort/kort.png": "likt",
    "assets/kort/guide/kort.png": "bokmål",
    "nn/assets/kort/guide/kort.png": "nynorsk",
}


def test_what_two_languages_have_alike_is_there_once_and_no_link_is_dead(tmp_path: Path) -> None:
    found = site(tmp_path)
    drop_unused(found, ["nn"])
    left = share_assets(found, ROOTS, BASE, CARDS)
    assert left == {"nn/assets/kort/kort.png"}
    assert not (found / "nn/assets").exists()
    assert dead_links(found, set(CARDS) - left, BASE) == []


def test_a_page_says_where_its_language_is_when_its_scripts_lie_elsewhere(tmp_path: Path) -> None:
    found = site(tmp_path)
    share_assets(found, ROOTS, BASE, CARDS)
    told = {
        name: (found / name).read_text(encoding="utf-8").partition(" lang")[0]
        for name in ("index.html", "nn/index.html", "nn/guide/index.html", "nn/404.html")
    }
    assert told == {
        "index.html": "<html",
        "nn/index.html": '<html data-home="./"',
        "nn/guide/index.html": '<html data-home="../"',
        "nn/404.html": '<html data-home="/handbok/nn/"',
    }


def test_a_language_with_a_script_of_its_own_keeps_all_that_it_may_import(tmp_path: Path) -> None:
    found = site(tmp_path)
    put(found, "nn/assets/js/a.js", 'import "./b.js"; // nynorsk\n')
    drop_unused(found, ["nn"])
    share_assets(found, ROOTS, BASE, CARDS)
    assert (found / "nn/assets/js/b.js").is_file()
    assert (found / "nn/assets/img/i.svg").is_file()


def test_nothing_that_is_for_programmers_is_published_nor_referred_to(tmp_path: Path) -> None:
    found = site(tmp_path)
    drop_unused(found, ["nn"])
    names = {path.name for path in found.rglob("*") if path.is_file()}
    assert names == {"404.html", "a.js", "b.js", "i.svg", "index.html", "nvr.1.css"}
    texts = [path.read_text(encoding="utf-8") for path in found.rglob("*.?s*") if path.is_file()]
    assert not [text for text in texts if "sourceMappingURL" in text]
    assert (found / "assets/js/a.js").read_text(encoding="utf-8") == 'import "./b.js";\n'
