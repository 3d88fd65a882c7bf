"""The handbook itself: it loads without an error, and has what was promised."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from macros.content.handbook import Handbook
from macros.content.model import KINDS, Checklist, Gate, Phase
from macros.content.project import CONTENT_FOLDERS, Project, load_project
from macros.content.schema import schema_name, schemas
from macros.content.survey import Survey
from macros.content.template import Chapter, Template
from macros.content.walk import texts

from .conftest import ROOT

PLANS = tuple(f"prosjektplan-{phase}" for phase in ("forstudie", "forprosjekt", "hovedprosjekt"))
PLP_CHAPTERS = (
    "Mål og rammer",
    "Omfang og avgrensning",
    "Organisering",
    "Beslutningspunkter",
    "Risikoanalyse og kvalitetssikring",
    "Gjennomføring",
    "Økonomi",
    "Kontrakter og avtaler",
)


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT)


@pytest.fixture(scope="module")
def handbook(project: Project) -> Handbook:
    return project.handbooks["nb"]


def test_every_region_in_the_repository_loads_without_a_warning() -> None:
    regions = sorted(path.parent.name for path in ROOT.glob("regions/*/region.yml"))
    assert "standard" in regions
    for region in regions:
        assert [str(problem) for problem in load_project(ROOT, region).warnings] == []


def test_the_three_phases_come_in_order_and_last_as_long_as_they_do(handbook: Handbook) -> None:
    phases = handbook.all(Phase)
    assert [(phase.id, phase.duration.min, phase.duration.max) for phase in phases[:2]] == [
        ("forstudie", 6, 9),
        ("forprosjekt", 9, 12),
    ]
    assert [phase.id for phase in phases[2:]] == ["hovedprosjekt"]


def test_each_phase_begins_and_ends_at_the_right_decision(handbook: Handbook) -> None:
    gates = [gate.id for gate in handbook.all(Gate)]
    assert gates == ["oppstart", "forstudie", "forprosjekt", "avslutning"]
    phases = handbook.all(Phase)
    assert [(phase.entry_gate, phase.exit_gate) for phase in phases] == list(pairwise(gates))


def test_each_phase_has_its_own_checklist_and_starts_with_its_own_plan(handbook: Handbook) -> None:
    for phase in handbook.all(Phase):
        assert handbook.find(Checklist, phase.checklist).phase == phase.id
        assert f"prosjektplan-{phase.id}" in phase.templates


def test_no_step_ends_before_it_begins_or_after_its_phase(handbook: Handbook) -> None:
    for phase in handbook.all(Phase):
        for step in phase.steps:
            assert step.first_month <= step.last_month <= phase.duration.max, step.title


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("interview", "ordforer kommunedirektor naeringsutvikler bedrift grunder"),
        ("interview", "naeringsforening virkemiddelaktor fokusgruppe-bedrifter"),
        ("meeting", "forankringsmote oppstartsmote styringsgruppemote beslutningsmote"),
        ("meeting", "regionradsmote kommunedirektormote tilbakemeldingsmote laeringsmote"),
        ("workshop", "nasituasjon interessentanalyse swot tillit ambisjon rolleavklaring"),
        ("workshop", "bedriftsreise tjenestekatalog kompetanse-og-kultur samarbeidsmodell"),
        ("workshop", "risiko gevinster tiltaksprioritering"),
        ("survey", "bedrifter kommuneansatte folkevalgte samarbeidstillit effektmaling"),
        ("template", f"{' '.join(PLANS)} beslutningsnotat statusrapport innkalling-og-referat"),
        ("template", "sluttrapport saksframlegg mandat samarbeidsavtale kommunikasjonsplan"),
        ("template", "budsjett gevinstplan tiltaksplan risikoregister interessentkart"),
        ("template", "kunnskapsgrunnlag kompetanseprofil informasjonsskriv intervjulogg"),
        ("checklist", "forstudie forprosjekt hovedprosjekt personvern-innsyn-arkiv"),
        ("role", "prosjekteier prosjektansvarlig prosjektleder styringsgruppe referansegruppe"),
        ("role", "kommunekontakt naeringsutvikler fylkeskommune radgiver"),
    ],
)
def test_everything_in_the_brief_is_there(handbook: Handbook, kind: str, ids: str) -> None:
    assert set(ids.split()) - handbook.items[kind].keys() == set()


def test_the_glossary_has_forty_words_and_the_old_one_for_kommunedirektor(
    handbook: Handbook,
) -> None:
    terms = handbook.items["term"].values()
    assert len(terms) >= 40
    assert "rådmann" in {older for term in terms for older in getattr(term, "older", ())}


@pytest.mark.parametrize("plan", PLANS)
def test_a_project_plan_has_the_eight_chapters_of_plp_in_order(
    handbook: Handbook, plan: str
) -> None:
    chapters = handbook.find(Template, plan).chapters
    assert len(chapters) == len(PLP_CHAPTERS)
    for chapter, title in zip(chapters, PLP_CHAPTERS, strict=True):
        assert chapter.title.startswith(title)
    gates = chapters[3].title.lower()
    assert "oppfølging" in gates
    assert "milepæler" in gates


def guidance(chapter: Chapter) -> set[str]:
    """Return the sentences of guidance and prompts in a chapter and its parts."""
    found = [chapter.guidance, *chapter.prompts]
    for part in chapter.parts:
        found += [part.guidance, *part.prompts]
    return {
        sentence.strip().casefold()
        for text in found
        for sentence in text.replace("\n", " ").split(". ")
        if len(sentence.split()) >= 4
    }


def test_the_three_plans_are_written_for_their_phases_and_are_not_copies(
    handbook: Handbook,
) -> None:
    plans = [handbook.find(Template, plan).chapters for plan in PLANS]
    for one, other in combinations(plans, 2):
        for mine, yours in zip(one, other, strict=True):
            shared = guidance(mine) & guidance(yours)
            smaller = min(len(guidance(mine)), len(guidance(yours)))
            assert mine.guidance != yours.guidance, mine.title
            assert len(shared) <= smaller / 3, (mine.title, shared)


def test_the_same_question_has_the_same_code_so_that_answers_can_be_compared(
    handbook: Handbook,
) -> None:
    before = {question.code: question for question in handbook.find(Survey, "bedrifter").questions}
    after = handbook.find(Survey, "effektmaling").questions
    again = [question for question in after if question.code in before]
    assert len(again) >= 5
    for question in again:
        assert question.type == before[question.code].type, question.code
        assert getattr(question, "options", ()) == getattr(before[question.code], "options", ())


def test_no_text_speaks_of_something_yet_to_be_written(handbook: Handbook) -> None:
    for items in handbook.items.values():
        for item in items.values():
            for path, text in texts(item):
                assert not {"TODO", "TBD", "XXX", "FIXME"} & set(text.split()), (item.id, path)
                assert "lorem ipsum" not in text.lower(), (item.id, path)


def test_changes_are_listed_newest_first(handbook: Handbook) -> None:
    for page in handbook.pages():
        order = [
            (change.date, [int(number) for number in change.version.split(".")])
            for change in page.changes
        ]
        assert order == sorted(order, reverse=True), f"{page.kind}/{page.id}"


def content_files() -> list[Path]:
    folders = [ROOT / folder for folder in (*CONTENT_FOLDERS, "regions")]
    return sorted(path for folder in folders for path in folder.rglob("*.yml"))


def expected_schema(path: Path) -> str:
    """Return the name of the schema that describes a content file."""
    if path.name in ("region.yml", "_brand.yml"):
        return path.stem.removeprefix("_") + ".json"
    stem, _, language = path.stem.partition(".")
    twin = f".{language}" if language else ""
    place = path.relative_to(ROOT)
    for kind in KINDS.values():
        if kind.source in (place.parent.as_posix(), (place.parent / f"{stem}.yml").as_posix()):
            return f"{schema_name(kind)}{twin}.json"
    pytest.fail(f"{place} ligger ikke i mappen til noe slag")


def _is_patch(path: Path) -> bool:
    """Return whether a file is what a region changes: it has no schema, since it is no whole."""
    return "regions" in path.parts and path.name not in ("region.yml", "_brand.yml")


def test_the_first_line_of_each_file_leads_an_editor_to_its_schema() -> None:
    known = schemas()
    start = "# yaml-language-server: $schema="
    for path in content_files():
        if _is_patch(path):
            continue
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.startswith(start), path
        schema = path.parent / first.removeprefix(start)
        assert schema.resolve() == ROOT / "schemas" / expected_schema(path), path
        assert schema.name in known, path


def test_a_text_with_a_question_mark_in_a_flow_is_quoted_so_that_every_parser_reads_it() -> None:
    bare = re.compile(r"[\[{,] *([\w-]+: )?[^\"',\[\]{}]*\?[,\]}]")
    for path in content_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not bare.search(line), f"{path}:{number}"
