"""A region's folder laid over the national handbook, and what is told of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings, strategies as st
from PIL import Image

from macros.content.errors import ContentError
from macros.content.fields import LongField, ShortField
from macros.content.guides import Meeting
from macros.content.load import inside
from macros.content.model import KINDS, Checklist, Gate
from macros.content.overlay_report import overlay_lines
from macros.content.project import Project, load_project

from .conftest import MINIMAL, ROOT
from .test_fuzz import check, structures, yamlish

Put = Callable[..., Project]
Told = Callable[..., str]
OWN = "regions/standard"
MEETING = f"{OWN}/guides/meeting/oppstartsmote.yml"
TWIN = f"{OWN}/guides/meeting/oppstartsmote.nn.yml"


@pytest.fixture
def write(tree: Path) -> Callable[[str, str], Path]:
    """Return a function that writes a file of the tree; `region.yml` is added to."""

    def put(name: str, text: str) -> Path:
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_text(encoding="utf-8") if name.endswith("region.yml") else ""
        path.write_text(old + text, encoding="utf-8")
        return path

    return put


def meeting(tree: Path, language: str = "nb") -> Meeting:
    return load_project(tree).handbooks[language].find(Meeting, "oppstartsmote")  # type: ignore[index]


def test_a_patch_changes_what_it_names_and_nothing_else(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    before = meeting(tree).model_dump()
    write(MEETING, 'based_on: "1.0"\nvariants: {short: Bare vedtak.}\nresult: [ett, to, tre]\n')
    after = meeting(tree).model_dump()
    assert after["variants"] == {**before["variants"], "short": "Bare vedtak."}
    assert after["result"] == ("ett", "to", "tre")
    assert {key for key in before if before[key] != after[key]} == {"variants", "result"}


def test_points_with_an_id_are_patched_hidden_and_added(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(
        MEETING,
        'based_on: "1.0"\nrecord:\n  - {id: vedtak, label: Vedtakene}\n'
        "  - {id: dato, hide: true}\n  - {id: saker, type: short, label: Saker}\n",
    )
    vedtak, saker = meeting(tree).record
    assert isinstance(vedtak, LongField)
    assert (vedtak.id, vedtak.label, vedtak.lines) == ("vedtak", "Vedtakene", 5)
    assert isinstance(saker, ShortField)


def test_a_point_of_another_type_is_replaced_whole(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(
        MEETING,
        'based_on: "1.0"\nrecord:\n  - {id: vedtak, replace: true, type: short, label: Vedtak}\n',
    )
    assert isinstance(meeting(tree).record[1], ShortField)


def test_sections_of_points_are_known_by_their_title(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(
        f"{OWN}/reference/checklists.yml",
        'forstudie:\n  based_on: "1.0"\n  groups:\n    - title: Før start\n      points:\n'
        "        - {id: rom, text: Rommet er bestilt.}\n",
    )
    checklist = load_project(tree).handbooks["nb"].find(Checklist, "forstudie")
    assert [point.id for point in checklist.groups[0].points] == ["mandat", "rom"]


def test_a_whole_file_replaces_the_item_and_a_new_name_adds_one(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    national = (tree / "guides/workshop/swot.yml").read_text(encoding="utf-8")
    write(
        f"{OWN}/guides/workshop/swot.yml",
        'replace: true\nbased_on: "1.0"\n' + national.replace("title: SWOT", "title: Vår SWOT"),
    )
    write(f"{OWN}/guides/workshop/risiko.yml", national.replace("title: SWOT", "title: Risiko"))
    project = load_project(tree)
    titles = {item.title for item in project.handbooks["nb"].items["workshop"].values()}
    assert titles == {"Vår SWOT", "Risiko"}
    assert overlay_lines(project)[1:] == [
        "workshop/risiko: lagt til",
        "workshop/swot: skrevet helt om",
    ]


def test_the_change_log_keeps_the_national_lines_below_the_regions(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(
        MEETING,
        'based_on: "1.0"\nchanges: [{version: "1.1", date: 2026-03-01, text: Kortere.}]\n',
    )
    assert [change.version for change in meeting(tree).changes] == ["1.1", "1.0"]


def test_a_changed_text_without_a_twin_is_never_shown_in_its_old_nynorsk(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(MEETING, 'based_on: "1.0"\nsummary: Vårt møte.\n')
    assert (meeting(tree, "nn").language, meeting(tree, "nn").summary) == ("nb", "Vårt møte.")
    assert "meeting/oppstartsmote" in load_project(tree).missing["nn"]


def test_a_changed_number_leaves_the_nynorsk_as_it_is(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(MEETING, 'based_on: "1.0"\nphases: [forstudie]\nrecord: [{id: vedtak, lines: 9}]\n')
    twin = meeting(tree, "nn")
    assert (twin.language, twin.summary) == ("nn", "Det fyrste møtet i fasen.")
    assert isinstance(twin.record[1], LongField)
    assert twin.record[1].lines == 9


def test_a_twin_of_a_patch_has_the_patchs_texts_and_the_national_rest(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(
        MEETING,
        'based_on: "1.0"\nsummary: Vårt møte.\n'
        "record: [{id: dato, hide: true}, {id: vedtak, hint: Kort.}, "
        "{id: sak, type: short, label: Sak}]\n",
    )
    write(TWIN, "summary: Møtet vårt.\nrecord: [{}, {hint: Stutt.}, {label: Saka}]\n")
    twin = meeting(tree, "nn")
    assert (twin.language, twin.summary, twin.title) == ("nn", "Møtet vårt.", "Oppstartsmøte")
    assert [(field.label, field.hint) for field in twin.record] == [
        ("Vedtak", "Stutt."),
        ("Saka", None),
    ]


def test_a_nynorsk_text_alone_can_be_changed(tree: Path, write: Callable[[str, str], Path]) -> None:
    write(TWIN, 'based_on: "1.0"\nsummary: Møtet vårt.\n')
    project = load_project(tree)
    found = {code: book.find(Meeting, "oppstartsmote") for code, book in project.handbooks.items()}
    assert found["nn"].summary == "Møtet vårt."
    assert found["nb"].summary == "Det første møtet i fasen."
    assert not project.handbooks["nb"].adapted


def test_hidden_items_go_out_of_national_lists_and_texts(
    tree: Path, write: Callable[[str, str], Path], change: Callable[[str, str, str], Path]
) -> None:
    change(
        "guides/meeting/oppstartsmote.yml", "short: Ta bare", "short: Se [arket](workshop/swot), ta"
    )
    change(
        "guides/meeting/oppstartsmote.nn.yml",
        "short: Ta berre",
        "short: Sjå [arket](workshop/swot), ta",
    )
    write(f"{OWN}/region.yml", "hide: [workshop/swot, page/kontakt]\n")
    assert meeting(tree).related == ("template/mandat",)
    assert meeting(tree).variants.short == "Se arket, ta mandatet."
    assert meeting(tree, "nn").variants.short == "Sjå arket, ta mandatet."
    assert "swot" not in load_project(tree).handbooks["nn"].items["workshop"]


def test_gates_have_no_version_so_a_code_tells_that_they_have_moved(
    tree: Path,
    write: Callable[[str, str], Path],
    told: Told,
    change: Callable[[str, str, str], Path],
) -> None:
    path = write(f"{OWN}/reference/gates.yml", "oppstart:\n  summary: Nå?\n")
    code = told(tree).split('based_on: "')[1].split('"')[0]
    path.write_text(f"oppstart:\n  based_on: {code}\n  summary: Nå?\n", encoding="utf-8")
    assert told(tree) == "Ingen feil."
    assert load_project(tree).handbooks["nb"].find(Gate, "oppstart").summary == "Nå?"
    change("reference/gates.yml", "Vil kommunene starte", "Vil dere starte")
    assert "advarsel: oppstart.based_on: er skrevet for kode-" in told(tree)


def test_a_later_national_version_is_told_with_what_is_new(
    tree: Path,
    write: Callable[[str, str], Path],
    told: Told,
    change: Callable[[str, str, str], Path],
) -> None:
    write(MEETING, 'based_on: "1.0"\nvariants: {short: Kort.}\n')
    for name, line in (
        ("guides/meeting/oppstartsmote.yml", '  - {version: "1.1", date: 2026-02-01, text: Ny.}\n'),
        ("guides/meeting/oppstartsmote.nn.yml", "  - {text: Ny.}\n"),
    ):
        change(name, "changes:\n", f"changes:\n{line}")
    change("guides/meeting/oppstartsmote.nn.yml", 'translates: "1.0"', 'translates: "1.1"')
    assert told(tree) == (
        f"{MEETING}:1:11: advarsel: based_on: er skrevet for 1.0, men den nasjonale utgaven har "
        "1.1. Nytt siden: 1.1 Ny. Se om endringen passer ennå, og skriv «1.1».\n1 advarsel."
    )


def test_the_report_says_what_was_and_what_became(
    tree: Path, write: Callable[[str, str], Path]
) -> None:
    write(
        MEETING,
        'based_on: "1.0"\nvariants: {short: Kort.}\n'
        "record: [{id: dato, hide: true}, {id: sak, type: short, label: Sak}]\n"
        "result: [en, to, tre]\n",
    )
    write(f"{OWN}/region.yml", "hide: [workshop/swot]\n")
    write(f"{OWN}/docs/om-oss.md", "# Om oss\n\nHei.\n")
    assert overlay_lines(load_project(tree)) == [
        "3 ting er annerledes enn i den nasjonale utgaven.",
        "workshop/swot: skjult",
        "meeting/oppstartsmote: result: 2 punkter ble 3 punkter",
        "meeting/oppstartsmote: record.dato: tatt bort «Dato»",
        "meeting/oppstartsmote: record.sak: lagt til «Sak»",
        "meeting/oppstartsmote: variants.short: «Ta bare mandatet.» ble «Kort.»",
        "page/om-oss: lagt til",
        "page/om-oss: har ingen fil på nn, og vises på nb",
    ]


@pytest.mark.parametrize(
    "kind",
    [
        kind if at % 3 == 0 else pytest.param(kind, marks=pytest.mark.audit)
        for at, kind in enumerate(one for one in KINDS if one not in ("phase", "gate", "value"))
    ],
)
def test_hiding_any_real_item_gives_a_handbook_or_says_who_needs_it(
    kind: str, tmp_path: Path
) -> None:
    region = tmp_path / "region"
    region.mkdir()
    own = (ROOT / OWN / "region.yml").read_text(encoding="utf-8")
    folder = ROOT / KINDS[kind].source
    names = yaml.safe_load(folder.read_text(encoding="utf-8")) if folder.is_file() else None
    first = sorted(names or (p.stem for p in folder.glob("*.yml") if "." not in p.stem))[0]
    (region / "region.yml").write_text(f"{own}hide: [{kind}/{first}]\n", encoding="utf-8")
    told: list[str] = []
    try:
        handbook = load_project(ROOT, str(region)).handbooks["nb"]
    except ContentError as error:
        told = [problem.message for problem in error.problems]
    assert told or first not in handbook.items[kind]
    assert all("som regionen har skjult" in message for message in told)


def test_links_out_of_the_folder_and_what_nothing_reads_are_told(
    tree: Path, write: Callable[[str, str], Path], told: Told, tmp_path: Path
) -> None:
    (tmp_path / "hemmelig.yml").write_text('based_on: "1.0"\n', encoding="utf-8")
    (tree / OWN / "templates").mkdir()
    (tree / OWN / "templates/mandat.yml").symlink_to(tmp_path / "hemmelig.yml")
    (tree / OWN / "docs").symlink_to(tmp_path)
    assert told(tree).splitlines() == [
        f"{OWN}/docs: filen er en lenke som fører ut av regionens mappe. "
        "Legg selve filen i mappen.",
        f"{OWN}/templates/mandat.yml: filen er en lenke som fører ut av regionens mappe. "
        "Legg selve filen i mappen.",
        "2 feil.",
    ]
    (tree / OWN / "templates/mandat.yml").unlink()
    (tree / OWN / "docs").unlink()
    write(f"{OWN}/guide/swot.yml", "title: SWOT\n")
    write(f"{OWN}/regon.yml", "name: x\n")
    write(f"{OWN}/skrift.woff2", "x")
    assert told(tree).splitlines() == [
        f"{OWN}/guide: mappen blir ikke lest. Mente du «guides»?",
        f"{OWN}/regon.yml: filen blir ikke lest. Mente du «region.yml»?",
        "2 feil.",
    ]


def test_a_path_is_inside_only_when_it_ends_inside(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/ut").symlink_to(tmp_path)
    (tmp_path / "a/ring").symlink_to(tmp_path / "a/ring")
    assert inside(tmp_path / "a", tmp_path / "a" / "b.yml")
    assert not inside(tmp_path / "a", tmp_path / "a" / "ut" / "b.yml")
    assert not inside(tmp_path / "a", tmp_path / "a" / ".." / "b.yml")


PAGE = f"{OWN}/docs/om-oss.md"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("# A\n\nEn {{ 7*7 }} b\n", ":3:4: ukjent navn {{ 7*7 }}"),
        ("# A\n\nx {% raw %}\n", ":3:3: har en krøllparentes som ikke er lukket"),
        ("# A\n\nx {# b #}\n", ":3:3: har en krøllparentes som ikke er lukket"),
        ("# A\n\nx <script>alert(1)</script>\n", ":3:3: HTML er ikke lov her"),
        ("# A\n\n<iframe src=x>\n", ":3:1: HTML er ikke lov her"),
        ("# A\n\n[x](javascript:alert(1))\n", ":3:1: lenken «javascript:alert(1)» skal begynne"),
        ("# A\n\n[x](data:text/html,x)\n", ":3:1: lenken «data:text/html,x» skal begynne"),
        ("# A\n\nOrd og [x](meeting/borte)\n", ":3:12: meeting «borte» finnes ikke"),
        ("# A\n\n[x](kontkt.md)\n", ":3:5: siden «kontkt» finnes ikke. Mente du «kontakt»?"),
        ("# A\n\n[x](workshop/swot)\n", ":3:5: viser til workshop «swot», som regionen har skjult"),
        ("# A\n\n![](a.png)\n", ":3:5: bildet mangler tekst"),
        ("# A\n\n![b](../logo.png)\n", ":3:6: bildet «../logo.png» skal være en fil i samme"),
        ("# A\n\n![b](https://x.no/a.png)\n", ":3:6: bildet «https://x.no/a.png» skal være en"),
        ("# A\n\n![b](a.svg)\n", ":3:6: bildet «a.svg» skal være .jpeg"),
        ("# A\n\n![b](tekst.png)\n", ":3:6: bildet «tekst.png» er ikke en gyldig PNG-fil"),
        ("# A\n\n## B {: #c }\n", ":3:6: «{: … }» er ikke lov her"),
        ("# A\n\n#### B\n", ":3:1: overskriften hopper over et nivå; den kan ha høyst 2 #"),
        ("# A\n\n# B\n", ":3:1: siden skal ha én overskrift med #, øverst"),
        ("Bare tekst.\n", ":1:1: siden skal begynne med én overskrift"),
        ("---\ntitel: A\n---\n# A\n", ":2:1: titel: ukjent nøkkel. Mente du «title»?"),
        ("---\ntitle: A\n", ":1:1: linjen «---» øverst mangler en lik linje"),
        ("# A\n\nx \u202e y\n", ":3:3: kan ikke ha tegnet U+202E"),
        ("# A\n\n```\nkode\n```\n", ":3:1: kan ikke ha kodeblokker"),
    ],
)
def test_a_page_that_could_run_or_lead_nowhere_is_refused_with_its_place(
    text: str, report: str, tree: Path, write: Callable[[str, str], Path], told: Told
) -> None:
    write(f"{OWN}/region.yml", "hide: [workshop/swot]\n")
    write(f"{OWN}/docs/tekst.png", "x")
    write(PAGE, text)
    assert f"{PAGE}{report}" in told(tree)


def test_a_page_may_not_take_an_address_or_translate_nothing(
    tree: Path, write: Callable[[str, str], Path], told: Told
) -> None:
    for name in ("ordliste.md", "faser.md", "nn.md", "aux.md", "x.nn.md", "Om oss.md"):
        write(f"{OWN}/docs/{name}", "# A\n\nb\n")
    report = told(tree)
    for name in ("ordliste", "faser"):
        assert f"{OWN}/docs/{name}.md: navnet er brukt av en annen side i håndboken" in report
    assert f"{OWN}/docs/nn.md: navnet «nn» er adressen til en målform" in report
    assert f"{OWN}/docs/aux.md: navnet «aux» er holdt av til Windows" in report
    assert f"{OWN}/docs/x.nn.md: oversetter x.md, som ikke finnes" in report
    assert f"{OWN}/docs/Om oss.md: filen blir ikke lest. Gi den navnet «om-oss.md»." in report
    assert report.endswith("\n6 feil.")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("# A\n\nEn\nlinje &#x202e; til.\n", ":4:7: kan ikke ha tegnet U+202E"),
        ("# A\n\n## B &#12; c\n", ":3:6: kan ikke ha tegnet U+000C"),
        ("# A\n\n| a | b |\n|---|---|\n| c | d &#x200b; |\n", ":5:9: kan ikke ha tegnet U+200B"),
        ("# A\n\n- [b](https://example.no/%E2%80%AE)\n", ":3:26: kan ikke ha tegnet U+202E"),
        ("# A\n\n![x &#12;](tekst.png)\n", ":3:5: kan ikke ha tegnet U+000C"),
        ("# A\n\na\u2028b\n", ":3:2: kan ikke ha tegnet U+2028"),
        ("# \u00ad\n\nb\n", ":1:1: overskriften er tom"),
        ("# A\n\nb **c\n\nd\n", ":3:3: advarsel: «**» er ikke lukket"),
        ("---\ntitle: B\n---\n# A\n\n- b\n- [c](page/d\n", ":7:3: advarsel: lenken er ikke"),
    ],
)
def test_a_region_page_is_judged_as_it_is_read_and_told_at_its_place(
    text: str, at: str, tree: Path, write: Callable[[str, str], Path], told: Told
) -> None:
    write(PAGE, text)
    assert f"{PAGE}{at}" in told(tree)


def test_a_picture_of_millions_of_pixels_is_refused(
    tree: Path, write: Callable[[str, str], Path], told: Told
) -> None:
    write(PAGE, "# A\n\n![b](stor.png)\n")
    Image.new("1", (9000, 9000)).save(tree / OWN / "docs/stor.png")
    assert "bildet «stor.png» er for stort: 9000 × 9000 piksler" in told(tree)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path_factory.mktemp("eget") / "handbook"))


NAMES = [
    *("guides/meeting/oppstartsmote.yml", "guides/meeting/oppstartsmote.nn.yml"),
    *("guides/survey/bedrifter.yml", "guides/workshop/ny.yml", "templates/mandat.yml"),
    *("reference/roles.yml", "reference/roles.nn.yml", "reference/gates.yml", "docs/side.md"),
]
WORDS = ["based_on", "replace", "hide", "id", "code", "title", "record", "prosjektleder", "text"]


@given(st.data())
@settings(max_examples=50)
def test_any_overlay_gives_a_handbook_or_one_report(shared: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    national = shared / name
    tree = yaml.safe_load(national.read_text(encoding="utf-8")) if national.is_file() else {}
    part = {key: tree[key] for key in sorted(tree) if data.draw(st.booleans())}
    own = {**part, **data.draw(st.dictionaries(st.sampled_from(WORDS), structures(WORDS)))}
    if data.draw(st.booleans()):
        own["based_on"] = "1.0"
    text = data.draw(st.just(yaml.safe_dump(own, allow_unicode=True)) | yamlish)
    path = shared / OWN / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    try:
        load_project(shared)
    except ContentError as error:
        check(list(error.problems))
    finally:
        path.unlink()


@given(st.lists(st.sampled_from([*NAMES, "a/b", "page/x", "gate/oppstart", "x"]), max_size=3))
@settings(max_examples=20)
def test_any_hide_list_gives_a_handbook_or_one_report(shared: Path, names: list[str]) -> None:
    path = shared / OWN / "region.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + yaml.safe_dump({"hide": names}), encoding="utf-8")
    try:
        load_project(shared)
    except ContentError as error:
        check(list(error.problems))
    finally:
        path.write_text(text, encoding="utf-8")
