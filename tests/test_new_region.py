"""`nvr new` and what `nvr check` says of a region, as its web editor meets them."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from macros.cli import main
from macros.command.new_region import Talk, new_region, slugified
from macros.content.brand.brand import BrandFile
from macros.content.errors import ContentError, Problem
from macros.content.load import read_yaml
from macros.content.project import load_project
from macros.content.region import Region
from macros.content.region_file import load_region

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "content" / "minimal"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))


def run(tree: Path, *arguments: str) -> int:
    return main(["--root", str(tree), *arguments])


def entries(tree: Path) -> list[str]:
    return sorted(path.name for path in (tree / "regions").iterdir())


def test_a_name_is_enough_and_the_next_command_is_told(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tree, "new", "sogn", "--name", "Sogn «regionråd» #1") == 0
    said = capsys.readouterr().out
    assert "Skrev regions/sogn/region.yml" in said
    assert said.rstrip().endswith("make region NAME=sogn")
    region = load_project(tree, "sogn").region
    assert (region.name, region.owner) == ("Sogn «regionråd» #1", "Sogn «regionråd» #1")
    assert entries(tree) == ["sogn", "standard"]


def test_the_flags_reach_the_files(tree: Path) -> None:
    flags = {
        "name": "Sogn",
        "short-name": "S",
        "owner": "Sogn regionråd",
        "municipalities": "4640, 4641",
        "languages": "nn,nb",
        "site-url": "https://sogn.example.no/",
        "adviser-name": "[namn]",
        "adviser-email": "a@example.no",
        "adviser-phone": "55 00 00 00",
        "cost": "Ja: {{ 7 }} & 'nei'",
        "accessibility-statement": "https://uu.example.no/",
        "colour": "#1d5c3f",
    }
    assert run(tree, "new", "sogn", *(f"--{key}={value}" for key, value in flags.items())) == 0
    project = load_project(tree, "sogn")
    region, adviser = project.region, project.region.contacts.adviser
    assert adviser
    assert (adviser.title, adviser.phone) == ("Regional rådgiver", "55 00 00 00")
    assert region.languages == ("nn", "nb")
    assert region.cost == flags["cost"]
    assert [found.name for found in project.municipalities] == ["Sogndal", "Aurland"]
    assert project.brand.light["own"] == "#1d5c3f"


def in_use(text: str) -> str:
    """Return a file with the # taken from every key that has one, as an editor would."""
    return re.sub(r"^#(?! \S)", "", text, flags=re.MULTILINE)


def test_every_key_is_in_the_file_with_what_the_model_says_of_it(tree: Path) -> None:
    run(tree, "new", "sogn", "--name", "Sogn")
    folder = tree / "regions" / "sogn"
    for name, model in (("region.yml", Region), ("_brand.yml", BrandFile)):
        text = (folder / name).read_text(encoding="utf-8")
        for key, field in model.model_fields.items():
            if key in ("meta", "defaults"):  # brand.yml's, and not for a handbook
                continue
            assert f"# {field.description}\n" in text, key
            assert re.search(rf"^#?{key}:", text, re.MULTILINE), key
        (folder / name).write_text(in_use(text), encoding="utf-8")
    problems: list[Problem] = []
    file = load_region(folder, "r", problems)
    assert problems == []
    assert file
    assert file.region
    assert unset(file.region) == []
    written = read_yaml(folder / "_brand.yml", "r", problems)
    assert written
    assert written.data["color"]["palette"] == {"skog": "#1d5c3f"}
    assert written.data["logo"]["medium"]["light"] == "logo.svg"


def unset(value: object, path: str = "") -> list[str]:
    """Return the paths of the keys that a region leaves out."""
    found: list[str] = []
    for name, inner in vars(value).items():
        where = f"{path}.{name}".lstrip(".")
        if hasattr(type(inner), "model_fields"):
            found += unset(inner, where)
        elif inner in (None, (), {}):
            found.append(where)
    return found


def test_the_example_region_uses_every_key() -> None:
    project = load_project(ROOT, "eksempel")
    assert unset(project.region) == []
    assert load_project(ROOT, "fjord").region.languages == ("nn", "nb")


@pytest.mark.parametrize(
    ("arguments", "report"),
    [
        (["Sogn og Fjordane", "--name=A"], "Bruk for eksempel «sogn-og-fjordane»."),
        (["../sogn", "--name=A"], "«../sogn»: kortnavnet kan bare ha små bokstaver"),
        (["standard", "--name=A"], "regions/standard: «standard» finnes fra før"),
        (["--path=../borte/min", "--name=A"], "../borte/min: mappen den skal ligge i, finnes ikke"),
        (["--path=../standard", "--name=A"], "../standard: «standard» finnes fra før"),
        (["standart"], "--name: mangler. Mente du «standard»?"),
        (["sogn"], "--name: mangler. Skriv den, eller kjør kommandoen i et tekstvindu"),
        (["sogn", "--name=A", "--languages=nb,no"], "--languages: skal være nb eller nn"),
        (["sogn", "--name=A", "--municipalities=4614"], "Mente du 4641 Aurland?"),
        (["sogn", "--name=A", "--colour=red;}"], "--colour: skal være en fargekode som #0b4f6c"),
        (["sogn", "--name=A", "--site-url=javascript:x"], "--site-url: skal være en adresse som"),
        (["sogn", "--name=A\u202e"], "--name: kan ikke ha tegnet U+202E"),
        (["sogn", "--name=A", "--adviser-phone=1"], "--adviser-name: mangler"),
        (["sogn", "--name=A", "--adviser-name=B"], "mangler nøkkelen «email»"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    tree: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], report: str
) -> None:
    assert run(tree, "new", *arguments) == 1
    assert report in capsys.readouterr().err
    assert entries(tree) == ["standard"]
    assert sorted(path.name for path in tree.parent.iterdir()) == ["handbok"]


def test_a_region_outside_the_project_is_made_and_named_by_its_path(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tree, "new", "--path", "../min-region", "--name", "Min") == 0
    assert "make region NAME=../min-region" in capsys.readouterr().out
    assert load_project(tree, "../min-region").region.name == "Min"
    assert "$schema" not in (tree.parent / "min-region" / "region.yml").read_text()


def test_a_folder_that_is_there_is_never_touched(tree: Path) -> None:
    (tree / "regions" / "sogn").mkdir()
    with pytest.raises(ContentError, match="«sogn» finnes fra før"):
        new_region(tree, "sogn", None, {"name": "A"})
    assert list((tree / "regions" / "sogn").iterdir()) == []


def test_a_disk_that_fails_leaves_nothing_behind(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(ContentError, match="regions/sogn: mappen kan ikke skrives: No space"):
        new_region(tree, "sogn", None, {"name": "A"})
    assert entries(tree) == ["standard"]


def test_at_a_terminal_each_answer_is_checked_and_asked_for_again(tree: Path) -> None:
    answers = {
        "name": ["", "Sogn"],
        "municipalities": ["4614", "4640"],
        "languages": [""],
        "site-url": ["sogn.no", "https://sogn.example.no"],
        "adviser-name": ["Kari"],
        "adviser-email": ["kari", "kari@example.no"],
        "colour": ["rød", "#7a0026"],
    }
    told: list[str] = []
    asked: list[str] = []

    def ask(question: str) -> str:
        flag = question.rsplit("\n", 1)[-1].strip().rstrip(":")
        asked.append(flag)
        return answers[flag].pop(0) if answers.get(flag) else ""

    new_region(tree, "sogn", None, {}, Talk(ask, told.append))
    region = load_project(tree, "sogn").region
    assert (region.name, region.municipalities, region.languages) == ("Sogn", ("4640",), ("nb",))
    assert region.contacts.adviser
    assert "Mente du 4641 Aurland?" in told[1]
    assert len(told) == 5
    assert "project-email" not in asked  # nobody is asked of a person that is not there


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ('"4640"', ("4640",)),
        ('["4640", "4641"]', ("4640", "4641")),
        ("«4640», 4641", ("4640", "4641")),
        ("Sogndal; aurland", ("4640", "4641")),
    ],
)
def test_a_prompt_takes_municipalities_as_people_write_them(
    tree: Path, answer: str, numbers: tuple[str, ...]
) -> None:
    told: list[str] = []

    def ask(question: str) -> str:
        flag = question.rsplit("\n", 1)[-1].strip().rstrip(":")
        assert "~" not in question
        return {"name": '"Sogn"', "municipalities": answer}.get(flag, "")

    new_region(tree, "sogn", None, {}, Talk(ask, told.append))
    assert told == []
    project = load_project(tree, "sogn")
    assert project.region.name == "Sogn"
    assert tuple(found.number for found in project.municipalities) == numbers


def test_the_name_of_two_municipalities_asks_for_the_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--root", str(ROOT), "new", "x", "--name=X", "--municipalities=våler"]) == 1
    said = capsys.readouterr().err
    assert "--municipalities: 2 kommuner heter «våler»" in said
    assert "Skriv nummeret: «3114» (Østfold) eller «3419» (Innlandet)." in said
    assert not (ROOT / "regions" / "x").exists()


def test_make_gets_one_report_and_no_command_that_it_runs_itself(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tree, "new", "sogn", "--name", "Sogn", "--built") == 0
    said = capsys.readouterr().out
    assert said.count("Dette anbefaler vi") == 1
    assert "make region" not in said
    rule = (ROOT / "Makefile").read_text(encoding="utf-8")
    rule = rule[rule.index("\nregion: .venv") : rule.index("\nlogos:")]
    # A folder that is there is checked; one that is made is checked by `new`. Never both.
    assert rule.count("macros.cli check") == 1
    assert "then $(PY) -m macros.cli check" in rule
    assert "else $(PY) -m macros.cli new --built" in rule


def test_breaking_off_writes_nothing(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", broken_off)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert run(tree, "new", "sogn") == 1
    assert "Ingenting ble skrevet" in capsys.readouterr().err
    assert entries(tree) == ["standard"]


def test_the_report_of_a_region_tells_what_is_given_and_what_is_not(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(ROOT), "check", "eksempel"]) == 0
    said = capsys.readouterr().out
    for line in (
        "Eksempelregionen (regions/eksempel)",
        "Kommuner: Kongsvinger (3401), Hamar (3403), Ringsaker (3411)",
        "Bokmål, forsiden: ",
        "Personvernerklæring: https://www.eksempel.example.no/personvern/",
        "bedrifter: https://svar.eksempel.example.no/skjema?id=bedrifter&sprak=nb",
        "Uten adresse: effektmaling, samarbeidstillit",
        "site_url: example.no er en eksempeladresse.",
    ):
        assert line in said
    assert "Legg inn rådgiveren" not in said
    run(tree, "new", "sogn", "--name", "Sogn")
    said = capsys.readouterr().out
    for missing in ("municipalities", "contacts.adviser", "cost", "legal.privacy", "logo"):
        assert f"  {missing}: " in said


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Sogn og Fjordane", "sogn-og-fjordane"), ("Ærø Ås!", "aero-as"), ("---", ""), ("中", "")],
)
def test_a_name_becomes_a_slug(name: str, slug: str) -> None:
    assert slugified(name) == slug
