"""Whatever a file holds, reading it gives a value or problems in Norwegian, never a traceback."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from macros.content.brand.brand import load_brand
from macros.content.brand.file import ROLES
from macros.content.brand.typography import ELEMENTS
from macros.content.errors import ContentError, Problem
from macros.content.load import read_yaml
from macros.content.people import Contact, Contacts
from macros.content.project import load_project
from macros.content.region import Archive, CaseNumber, Legal, Region, Surveys
from macros.content.region_file import load_region
from macros.content.surroundings import Footer, Front, MenuEntry
from macros.content.walk import walk

from .conftest import MINIMAL

# Pieces that a YAML parser treats specially, between ordinary words.
pieces = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            "\n    ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            ": ",
            "? ",
            "&x ",
            "*x",
        ),
        *("!!int ", "!x ", "| ", ">-", "'", '"', "\\", "---\n", "...\n", "%YAML 1.2\n", "#", "\t"),
        *("~", "1", "1.0", "no", "<<", "\x00", "\ufeff", "\x85", "æ", "\u202e", "@", "`", "\r"),
        *("name: ", "color: ", "logo: ", "light: ", "palette: ", "primary: ", "{{ x }}", "{% x %}"),
    ]
)
yamlish = st.lists(pieces, max_size=30).map("".join)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(
        [
            "nb",
            "nn",
            "none",
            "4640",
            "0000",
            "\ufffe",
            "\u061c",
            "https://a.no/?a=1",
            "a@b.no",
            "#fff",
            "logo.svg",
            "{{ x }}",
        ]
    )
)
REGION_KEYS = [
    *(
        name
        for model in (Region, Contact, Contacts, Archive, CaseNumber, Footer, MenuEntry, Front)
        for name in model.model_fields
    ),
    *(name for model in (Surveys, Legal) for name in model.model_fields),
    *("municipalities", "path", "alt", "credit", "nb", "nn", "bedrifter", "id", "x"),
]
BRAND_KEYS = [
    *("color", "palette", "primary", "secondary", "foreground", "background", "light", "dark"),
    *("logo", "small", "medium", "images", "path", "alt", "x"),
    *("typography", "fonts", "family", "source", "files", "weight", "style", "base", "headings"),
]


def structures(keys: list[str]) -> st.SearchStrategy[object]:
    key = st.sampled_from(keys) | st.text(max_size=5)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(key, inner, max_size=6),
        max_leaves=12,
    )


def written(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True)


@contextmanager
def folder_with(name: str, content: str | bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        yield path


def check(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.message
        assert str(problem).isprintable()


@given(yamlish | st.text(max_size=60) | st.binary(max_size=60))
@settings(max_examples=300)
def test_any_file_is_read_or_refused_with_a_reason(content: str | bytes) -> None:
    with folder_with("a.yml", content) as path:
        problems: list[Problem] = []
        source = read_yaml(path, "a.yml", problems)
    check(problems)
    assert source or problems
    if source:
        assert source.place(()).line >= 1


@given(structures(["a", "b"]))
def test_plain_data_is_read_back_as_the_yaml_library_wrote_it(data: object) -> None:
    with folder_with("a.yml", yaml.safe_dump({"a": str(data), "b": [1, None, True]})) as path:
        source = read_yaml(path, "a.yml", [])
    assert source
    assert source.data == {"a": str(data), "b": [1, None, True]}


@given(structures(REGION_KEYS).map(written) | yamlish)
def test_any_region_file_gives_a_region_or_problems(content: str) -> None:
    with folder_with("region.yml", content) as path:
        problems: list[Problem] = []
        region = load_region(path.parent, "r", problems)
    check(problems)
    assert region or problems


@given(
    st.fixed_dictionaries({key: st.just("nb") | scalars for key in Region.model_fields}).flatmap(
        lambda base: st.dictionaries(st.sampled_from(REGION_KEYS), structures(REGION_KEYS)).map(
            lambda extra: base | extra
        )
    )
)
def test_any_value_of_a_region_is_taken_or_told(data: object) -> None:
    with folder_with("region.yml", written(data)) as path:
        problems: list[Problem] = []
        region = load_region(path.parent, "r", problems)
    check(problems)
    assert region or problems


@given(structures(BRAND_KEYS).map(written) | yamlish)
def test_any_brand_file_gives_colours_and_maybe_problems(content: str) -> None:
    with folder_with("_brand.yml", content) as path:
        problems: list[Problem] = []
        brand = load_brand(path.parent, "r", problems)
    check(problems)
    assert brand.light["accent"].startswith("#")


_names = scalars | st.sampled_from(
    ["a", "logo.svg", "./logo.svg", "a.woff2", "file", "Inter", "#777", "#7778", "teal", "primary"]
)
_measures = scalars | st.sampled_from([400, "bold", "400..700", "1rem", [400, 700], "auto"])
_two = _names | st.fixed_dictionaries({}, optional={"light": _names, "dark": _names})
_file = _names | st.fixed_dictionaries(
    {}, optional={"path": _names, "weight": _measures, "alt": _names}
)
_logo = _file | st.fixed_dictionaries({}, optional={"light": _file, "dark": _file})
_family = st.fixed_dictionaries(
    {"family": _names},
    optional={"source": _names, "files": st.lists(_file), "weight": _measures, "style": _names},
)
_text = _names | st.fixed_dictionaries(
    {},
    optional={"family": _names, "weight": _measures, "color": _two, "line-height": _measures},
)
_brands = st.fixed_dictionaries(
    {},
    optional={
        "color": st.fixed_dictionaries(
            {},
            optional={
                "palette": st.dictionaries(st.sampled_from(["a", "b", "primary"]), _names),
                **dict.fromkeys(ROLES, _two),
            },
        ),
        "logo": _logo
        | st.fixed_dictionaries(
            {},
            optional={
                "images": st.dictionaries(st.sampled_from(["a", "b"]), _logo),
                **dict.fromkeys(("small", "medium", "large"), _logo),
            },
        ),
        "typography": st.fixed_dictionaries(
            {},
            optional={
                "fonts": st.lists(_family | _names, max_size=2),
                **{key: _text for _, key in ELEMENTS},
            },
        ),
        "meta": structures(["name", "link", "full"]),
        "defaults": structures(["bootstrap"]),
    },
)


@given(_brands)
@settings(max_examples=150)
def test_any_value_of_a_brand_is_taken_or_told(data: object) -> None:
    with folder_with("_brand.yml", written(data)) as path:
        (path.parent / "logo.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        (path.parent / "a.woff2").write_bytes(b"wOF2 and no more")
        problems: list[Problem] = []
        brand = load_brand(path.parent, "r", problems)
    check(problems)
    assert brand.light["accent"].startswith("#")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("fuzz") / "handbook"))


FILES = sorted(path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*.yml"))


@given(st.data())
@settings(max_examples=80)
def test_any_damage_to_any_file_of_the_handbook_is_told_in_one_report(
    project: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(FILES))
    text = (MINIMAL / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    damaged = text[:start] + data.draw(yamlish) + text[start + length :]
    (project / name).write_text(damaged, encoding="utf-8", newline="")
    try:
        load_project(project)
    except ContentError as error:
        check(list(error.problems))
    finally:
        (project / name).write_text(text, encoding="utf-8")


@given(st.data())
@settings(max_examples=80)
def test_any_value_put_anywhere_in_the_handbook_is_taken_or_told(
    project: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(FILES))
    text = (MINIMAL / name).read_text(encoding="utf-8")
    tree = yaml.safe_load(text)
    node, key = tree, data.draw(st.sampled_from(sorted(tree)))
    while isinstance(node[key], dict | list) and node[key] and data.draw(st.booleans()):
        node = node[key]
        keys = sorted(node) if isinstance(node, dict) else range(len(node))
        key = data.draw(st.sampled_from(list(keys)))
    node[key] = data.draw(structures(["type", "text", "title", "id", "x"]))
    (project / name).write_text(written(tree), encoding="utf-8")
    try:
        load_project(project)
    except ContentError as error:
        check(list(error.problems))
    finally:
        (project / name).write_text(text, encoding="utf-8")


VALID_REGION = {
    "name": "A",
    "short_name": "A",
    "owner": "B",
    "languages": ["nb"],
    "site_url": "https://a.no",
}
IN_REGIONS = {
    ("municipalities",): st.lists(st.text(max_size=6) | st.sampled_from(["4640", "0301"])),
    ("surveys", "addresses"): st.dictionaries(
        st.text(max_size=9) | st.just("bedrifter"), st.just("https://a.no/?x=1") | scalars
    ),
    ("cost",): st.text(),
    ("archive", "case_number", "format"): st.text(),
    ("analytics",): scalars | st.just("none"),
    ("legal", "privacy"): st.from_regex(r"https://[a-z.]+/\S*", fullmatch=True) | scalars,
}


@given(st.data())
@settings(max_examples=100)
def test_any_value_of_a_region_loads_with_the_handbook_or_is_told(
    project: Path, data: st.DataObject
) -> None:
    tree: dict[str, object] = dict(VALID_REGION)
    for path in data.draw(st.sets(st.sampled_from(sorted(IN_REGIONS)), min_size=1)):
        node = tree
        for key in path[:-1]:
            node = node.setdefault(key, {})  # type: ignore[assignment]
        node[path[-1]] = data.draw(IN_REGIONS[path])
    name = project / "regions" / "standard" / "region.yml"
    before = name.read_text(encoding="utf-8")
    name.write_text(written(tree), encoding="utf-8")
    try:
        region = load_project(project).region
    except ContentError as error:
        check(list(error.problems))
    else:
        for path, value in walk(region):
            assert "\n" not in str(value), path
            str(value).encode()
    finally:
        name.write_text(before, encoding="utf-8")
