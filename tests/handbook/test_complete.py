"""Everything that was promised is there, is filled in, holds together and can be found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.content.base import Item
from macros.content.catalogue import load_catalogue
from macros.content.errors import Problem
from macros.content.fields import TableField
from macros.content.guides import Interview, Meeting, Workshop
from macros.content.handbook import Handbook, load_handbooks
from macros.content.law import Law
from macros.content.model import KINDS, Checklist, Gate, Phase, Role, Step, Term
from macros.content.project import CONTENT_FOLDERS
from macros.content.survey import (
    MatrixQuestion,
    ScaleQuestion,
    SingleQuestion,
    Survey,
    SurveyQuestion,
)
from macros.content.template import Template
from macros.content.text import Rich
from macros.content.value import Value
from macros.content.walk import texts, walk
from macros.content.written import PLACEHOLDERS

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

LETTERS = {"F": "forstudie", "P": "forprosjekt", "H": "hovedprosjekt"}

# What the brief lists, with the phases of each.
GUIDES = {
    "interview": {
        "ordforer": "F",
        "kommunedirektor": "F",
        "naeringsutvikler": "F",
        "bedrift": "F",
        "grunder": "F",
        "naeringsforening": "F",
        "virkemiddelaktor": "F",
        "fokusgruppe-bedrifter": "FP",
    },
    "meeting": {
        "forankringsmote": "F",
        "oppstartsmote": "FPH",
        "styringsgruppemote": "FPH",
        "beslutningsmote": "FPH",
        "regionradsmote": "FP",
        "kommunedirektormote": "P",
        "tilbakemeldingsmote": "FP",
        "laeringsmote": "H",
        "avklaringsmote": "FPH",
    },
    "workshop": {
        "nasituasjon": "F",
        "interessentanalyse": "F",
        "swot": "F",
        "tillit": "F",
        "ambisjon": "FP",
        "rolleavklaring": "P",
        "bedriftsreise": "P",
        "tjenestekatalog": "P",
        "kompetanse-og-kultur": "P",
        "samarbeidsmodell": "P",
        "risiko": "PH",
        "gevinster": "PH",
        "tiltaksprioritering": "PH",
    },
    "survey": {
        "bedrifter": "F",
        "kommuneansatte": "F",
        "folkevalgte": "F",
        "samarbeidstillit": "FH",
        "effektmaling": "H",
    },
}
PLANS = ("prosjektplan-forstudie", "prosjektplan-forprosjekt", "prosjektplan-hovedprosjekt")
ITEMS = {
    **{kind: tuple(phases) for kind, phases in GUIDES.items()},
    "template": (
        *PLANS,
        *("beslutningsnotat", "statusrapport", "innkalling-og-referat", "sluttrapport"),
        *("saksframlegg", "mandat", "samarbeidsavtale", "kommunikasjonsplan", "budsjett"),
        *("gevinstplan", "tiltaksplan", "risikoregister", "interessentkart"),
        *("kunnskapsgrunnlag", "kompetanseprofil", "informasjonsskriv", "intervjulogg"),
        *("felles-tjenestekatalog", "regionradssak", "sporsmal-og-svar"),
        *("avtale-felles-behandlingsansvar", "sakspapir", "stillingsutlysning"),
        *("tilbakemeldingsark", "hos-oss", "for-og-etter", "pressemelding", "e-poster"),
        "svarrapport",
    ),
    "role": (
        *("prosjekteier", "prosjektansvarlig", "prosjektleder", "styringsgruppe"),
        *("referansegruppe", "kommunekontakt", "naeringsutvikler", "fylkeskommune", "radgiver"),
    ),
    "gate": ("oppstart", "forstudie", "forprosjekt", "avslutning"),
    "checklist": (*LETTERS.values(), "personvern-innsyn-arkiv"),
    "phase": tuple(LETTERS.values()),
}
COUNTS = {
    **{"interview": 8, "meeting": 9, "workshop": 13, "survey": 5, "template": 32},
    **{"role": 9, "gate": 4, "checklist": 4, "phase": 3},
}
TERMS = 40

# The paper that each of these meetings rests on.
PAPERS = {
    "regionradsmote": "regionradssak",
    "forankringsmote": "sporsmal-og-svar",
    "kommunedirektormote": "sporsmal-og-svar",
    "styringsgruppemote": "sakspapir",
    "tilbakemeldingsmote": "tilbakemeldingsark",
    "laeringsmote": "for-og-etter",
}

# The longest that a workshop or a meeting goes without a break, in minutes.
SITTING = 95
BREAK = re.compile(r"\b(pause|lunsj)", re.IGNORECASE)

# What says that everyone, each group or each municipality gets a turn, one after the other.
TURNS = re.compile(
    r"[Rr]unde i (?:ring|plenum)|I ring, én|setning (?:på )?hver\b|leser hver (?:gruppe|kommune)|"
    r"leser hvert bord|sier hvert bord|leser hver av|hver deltaker sier|Hver deltaker sier"
)

# How the middle of a balanced scale begins, and an answer outside the scale.
NEUTRAL = ("Verken", "Middels", "Passe", "Omtrent som", "Like mye av hvert", "Av og til")
OUTSIDE = ("Vet ikke", "Vil ikke svare")
# How the first answer of a scale begins.
SCALE = ("Svært ", "Mye ", "Altfor ", "Bare som ", "Aldri")

# As many words in a row that are the same in two guides make a shared paragraph.
SHARED = 12
# What guides say alike on purpose: law and standard information, and questions to compare.
STANDARD = ("privacy", "sections", "invitation", "reminder")


@cache
def handbook() -> Handbook:
    problems: list[Problem] = []
    loaded = load_handbooks(ROOT, problems)
    assert [str(problem) for problem in problems] == []
    return loaded.handbooks["nb"]


def items() -> list[Item]:
    """Return every item in bokmål."""
    return [item for name in KINDS for item in handbook().items[name].values()]


def name_of(item: Item) -> str:
    return f"{item.kind}/{item.id}"


def steps() -> Iterator[tuple[str, Step]]:
    """Return (phase, step) for every step."""
    for phase in handbook().all(Phase):
        for step in phase.steps:
            yield phase.id, step


def raw_texts() -> Iterator[tuple[str, str]]:
    """Return (name, text) of every file with text that a reader meets."""
    places = [ROOT / folder for folder in (*CONTENT_FOLDERS, "docs", "macros/layouts/strings")]
    for place in places:
        for path in sorted((*place.rglob("*.yml"), *place.rglob("*.md"))):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


# Everything in the brief.


def test_the_lists_of_this_test_are_as_long_as_the_brief_says() -> None:
    assert {kind: len(set(ids)) for kind, ids in ITEMS.items()} == COUNTS


@pytest.mark.parametrize("kind", ITEMS)
def test_every_item_of_the_brief_is_there(kind: str) -> None:
    assert set(ITEMS[kind]) - handbook().items[kind].keys() == set()


def test_the_glossary_has_enough_words_each_with_somewhere_to_read_on() -> None:
    terms = handbook().all(Term)
    assert len(terms) >= TERMS
    assert [term.id for term in terms if not term.see] == []


@pytest.mark.parametrize(
    ("kind", "item_id", "letters"),
    [(kind, item_id, letters) for kind in GUIDES for item_id, letters in GUIDES[kind].items()],
)
def test_a_guide_belongs_to_the_phases_of_the_brief(kind: str, item_id: str, letters: str) -> None:
    item = handbook().get(kind, item_id)
    assert isinstance(item, Interview | Meeting | Workshop | Survey)
    assert list(item.phases) == [LETTERS[letter] for letter in letters]


# A section (§) or an article that a text names. What an author must fill in has no number.
RULE = re.compile(r"§{1,2} ?(\d+-\d+)|[Aa]rtikkel (\d+)")


def test_a_rule_of_law_that_a_text_names_stands_on_the_page_of_law_with_its_source() -> None:
    told = " ".join(text for law in handbook().all(Law) for text in (law.title, *law.sections))
    known = {number for found in RULE.findall(told) for number in found if number}
    named = {
        f"{item.kind}/{item.id}: {found[0]}"
        for kind in KINDS.values()
        for item in handbook().all(kind.model)
        for _, text in texts(item)
        for found in RULE.finditer(text)
        if (found[1] or found[2]) not in known
    }
    assert named == set()


# Every field that was promised, filled in.


def test_every_step_says_what_it_uses() -> None:
    assert [f"{phase}: {step.id}" for phase, step in steps() if not step.uses] == []


def test_every_role_has_tasks_in_every_phase() -> None:
    for role in handbook().all(Role):
        assert [entry.phase for entry in role.phases] == list(LETTERS.values()), role.id


def test_the_plp_roles_have_their_abbreviation() -> None:
    short = {role.id: role.short for role in handbook().all(Role) if role.short}
    assert short == {
        "prosjekteier": "PE",
        "prosjektansvarlig": "PA",
        "prosjektleder": "PL",
        "styringsgruppe": "SG",
    }


def test_every_part_of_a_survey_is_introduced() -> None:
    for survey in handbook().all(Survey):
        assert [part.title for part in survey.sections if not part.intro] == [], survey.id


def test_every_worksheet_is_handed_out() -> None:
    for workshop in handbook().all(Workshop):
        handed_out = {activity.handout for activity in workshop.run_sheet}
        assert {sheet.id for sheet in workshop.worksheets} - handed_out == set(), workshop.id


def tables(value: object) -> Iterator[TableField]:
    """Return the tables to fill in that stand anywhere in a model."""
    if isinstance(value, TableField):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from tables(part)
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            yield from tables(getattr(value, name))


def test_every_table_has_rows_and_every_choice_has_answers() -> None:
    for item in items():
        for table in tables(item):
            where = f"{name_of(item)}: {table.id}"
            assert table.rows or table.row_labels, where
            for column in table.columns:
                assert bool(column.options) == (column.type == "choice"), where
                assert not column.sum or column.is_number, where


def test_the_budget_adds_up_by_itself() -> None:
    budget = handbook().find(Template, "budsjett")
    assert any(column.sum for table in tables(budget) for column in table.columns)


@pytest.mark.parametrize("plan", PLANS)
def test_every_part_of_a_project_plan_helps_with_questions(plan: str) -> None:
    for chapter in handbook().find(Template, plan).chapters:
        assert chapter.prompts or all(part.prompts for part in chapter.parts), chapter.title


@pytest.mark.parametrize(("meeting", "paper"), PAPERS.items())
def test_a_paper_that_a_meeting_rests_on_has_a_template(meeting: str, paper: str) -> None:
    assert paper in [str(one.template) for one in handbook().find(Meeting, meeting).papers]


def test_every_paper_of_a_meeting_has_a_template() -> None:
    without = [
        f"{meeting.id}: {paper.title}"
        for meeting in handbook().all(Meeting)
        for paper in meeting.papers
        if not paper.template
    ]
    assert without == []


def test_a_checklist_leads_to_what_it_asks_for() -> None:
    for checklist in handbook().all(Checklist):
        points = [point for group in checklist.groups for point in group.points]
        assert sum(bool(point.uses or point.help) for point in points) >= len(points) / 2


# No orphan.


def used_by_phase() -> dict[str, set[str]]:
    """Return the phases whose steps use each item."""
    found: dict[str, set[str]] = defaultdict(set)
    for phase, step in steps():
        for ref in step.uses:
            found[str(ref)].add(phase)
    return found


def to_be_found() -> Iterator[Interview | Meeting | Workshop | Survey | Template]:
    for item in items():
        if isinstance(item, Interview | Meeting | Workshop | Survey | Template):
            yield item


def test_every_guide_survey_and_template_is_used_by_a_step_of_each_phase_it_names() -> None:
    used = used_by_phase()
    missing = {
        name_of(item): left
        for item in to_be_found()
        if (left := set(item.phases) - used[name_of(item)])
    }
    assert missing == {}


def test_every_guide_survey_and_template_is_reached_from_a_role() -> None:
    reached = {str(ref) for role in handbook().all(Role) for ref in role.related}
    assert sorted(name_of(item) for item in to_be_found() if name_of(item) not in reached) == []


def test_every_checklist_is_used_by_a_step_and_reached_from_a_role() -> None:
    used = used_by_phase()
    reached = {str(ref) for role in handbook().all(Role) for ref in role.related}
    for checklist in handbook().all(Checklist):
        phases = {checklist.phase} if checklist.phase else set(LETTERS.values())
        assert phases <= used[name_of(checklist)], checklist.id
        assert name_of(checklist) in reached, checklist.id


def test_every_gate_ends_or_begins_a_phase() -> None:
    phases = handbook().all(Phase)
    reached = {gate for phase in phases for gate in (phase.entry_gate, phase.exit_gate)}
    assert {gate.id for gate in handbook().all(Gate)} == reached


def test_every_role_that_carries_out_a_guide_works_in_a_step_that_uses_it() -> None:
    workers: dict[str, set[str]] = defaultdict(set)
    for _, step in steps():
        for ref in step.uses:
            workers[str(ref)] |= {effort.role for effort in step.effort}
    for item in to_be_found():
        wanted = {item.filled_by} if isinstance(item, Template) else set(item.roles)
        assert wanted <= workers[name_of(item)], name_of(item)


def test_no_page_counts_itself_as_related_or_names_the_same_twice() -> None:
    for item in items():
        related = [str(ref) for ref in getattr(item, "related", ())]
        assert name_of(item) not in related
        assert [ref for ref, count in Counter(related).items() if count > 1] == [], name_of(item)


def test_the_menu_has_a_name_in_each_language_for_a_page_that_is_not_translated() -> None:
    for path in sorted((ROOT / "docs").glob("*.md")):
        if ".nn" not in path.suffixes and not path.with_suffix(".nn.md").exists():
            assert re.search(r'^menu: \{nn: ".+"\}$', path.read_text(encoding="utf-8"), re.M), path


# Time.


def longest_sitting(timed: Iterable[tuple[str, int]]) -> int:
    """Return the most minutes in a row without a break, from (title, minutes)."""
    runs = groupby(timed, key=lambda part: bool(BREAK.search(part[0])))
    return max(sum(minutes for _, minutes in run) for is_break, run in runs if not is_break)


def parts(item: Interview | Meeting | Workshop) -> list[tuple[str, int]]:
    """Return (title, minutes) of the parts of a guide."""
    if isinstance(item, Workshop):
        return [(activity.title, activity.minutes) for activity in item.run_sheet]
    if isinstance(item, Meeting):
        return [(point.title, point.minutes) for point in item.agenda]
    middle = [(section.title, section.minutes) for section in item.sections]
    return [("", item.opening.minutes), *middle, ("", item.closing.minutes)]


def test_the_parts_of_every_guide_add_up() -> None:
    for item in items():
        if isinstance(item, Interview | Meeting | Workshop):
            assert sum(minutes for _, minutes in parts(item)) == item.minutes, name_of(item)


def test_no_workshop_or_meeting_goes_on_for_long_without_a_break() -> None:
    for item in items():
        if isinstance(item, Meeting | Workshop):
            assert longest_sitting(parts(item)) <= SITTING, name_of(item)


def test_a_break_is_told_from_the_rest() -> None:
    assert longest_sitting([("Start", 40), ("Kort pause", 10), ("Mer", 50), ("Slutt", 5)]) == 55
    assert longest_sitting([("Pausemusikk", 5), ("Lunsj", 30), ("Etterpå", 20)]) == 20


def test_a_step_where_everyone_or_every_group_gets_a_turn_says_how_long_a_turn_is() -> None:
    silent = [
        f"{workshop.id}: {activity.title}"
        for workshop in handbook().all(Workshop)
        for activity in workshop.run_sheet
        if TURNS.search(str(activity.method)) and not activity.pace
    ]
    assert silent == []


def test_the_workshops_that_are_used_most_have_a_short_form() -> None:
    short = {item.id: [form.minutes for form in item.short] for item in handbook().all(Workshop)}
    assert len([one for one in short.values() if any(30 <= form <= 60 for form in one)]) >= 5
    assert [form for one in short.values() for form in one if form > 60] == []


def test_a_survey_takes_as_long_as_it_says() -> None:
    for survey in handbook().all(Survey):
        assert abs(survey.minutes - survey.seconds / 60) < 1, survey.id


def test_the_hours_of_a_role_are_the_hours_of_its_steps() -> None:
    spent: Counter[tuple[str, str]] = Counter()
    for phase, step in steps():
        for effort in step.effort:
            spent[phase, effort.role] += effort.hours
    for role in handbook().all(Role):
        for entry in role.phases:
            said = re.search(r"\d+", entry.time)
            assert said, entry.time
            hours = spent[entry.phase, role.id]
            assert abs(int(said[0]) - hours) <= max(2, hours * 0.05), (role.id, entry.phase, hours)


# Surveys that can be compared.


def questions() -> dict[str, list[tuple[str, SurveyQuestion]]]:
    """Return (survey, question) for each code, in all surveys."""
    found: dict[str, list[tuple[str, SurveyQuestion]]] = defaultdict(list)
    for survey in handbook().all(Survey):
        for question in survey.questions:
            found[question.code].append((survey.id, question))
    return found


def test_a_code_means_the_same_question_with_the_same_answers_everywhere() -> None:
    for code, found in questions().items():
        first, *others = (
            question.model_dump(exclude={"required", "condition", "help"}) for _, question in found
        )
        assert all(other == first for other in others), (code, [survey for survey, _ in found])


def signature(question: SurveyQuestion) -> str:
    """Return what may never change once answers have been given: code, type and answers."""
    answers = [option.code for option in getattr(question, "options", ())]
    if isinstance(question, MatrixQuestion):
        rows = (
            " ".join(option.code for option in part) for part in (question.rows, question.columns)
        )
        answers = [" / ".join(rows)]
    if isinstance(question, ScaleQuestion):
        answers = [str(question.points)]
    return " ".join([question.code, question.type, *answers])


def test_no_code_has_changed_since_it_was_first_given() -> None:
    """Codes are stable: a new question gets a new code, and a new line in `koder.txt`."""
    given = (HERE / "koder.txt").read_text(encoding="utf-8").splitlines()
    assert given == sorted(given)
    assert [signature(found[0][1]) for _, found in sorted(questions().items())] == given


def test_the_effect_is_measured_with_questions_from_before() -> None:
    codes = {
        survey.id: {question.code for question in survey.questions}
        for survey in handbook().all(Survey)
    }
    after = codes["effektmaling"]
    assert len(after & codes["bedrifter"]) >= 15
    assert len(after & codes["samarbeidstillit"]) >= 5
    new = after - codes["bedrifter"] - codes["samarbeidstillit"]
    assert {code[:3] for code in new} == {"EFF"}


def test_every_scale_is_balanced_around_a_neutral_middle() -> None:
    scales = 0
    for code, found in questions().items():
        question = found[0][1]
        if isinstance(question, ScaleQuestion):
            assert " eller " in question.text, f"{code} nevner bare den ene enden"
            assert question.low != question.high
            assert question.low.split()[0] == question.high.split()[0], code
            assert question.unsure, code
        elif isinstance(question, MatrixQuestion | SingleQuestion):
            matrix = isinstance(question, MatrixQuestion)
            options = question.columns if matrix else question.options
            labels = [option.label for option in options]
            if matrix or labels[0].startswith(SCALE):
                scales += 1
                steps_of_it = [label for label in labels if not label.startswith(OUTSIDE)]
                assert len(steps_of_it) in (5, 7), code
                assert steps_of_it[len(steps_of_it) // 2].startswith(NEUTRAL), code
                assert labels[-1].startswith(OUTSIDE), code
    assert scales >= 10


def test_the_time_of_a_survey_is_that_of_its_longest_way_and_what_the_invitation_says() -> None:
    words = load_catalogue("nb").texts
    for survey in handbook().all(Survey):
        assert abs(survey.minutes - survey.seconds / 60) < 1, survey.id
        number = words.get(f"number.n{survey.minutes}", str(survey.minutes))
        assert f"{number} minutter" in survey.invitation.body, survey.id


def test_the_effect_is_not_measured_before_the_services_have_been_open_long_enough() -> None:
    steps = {step.id: step for step in handbook().find(Phase, "hovedprosjekt").steps}
    open_for = steps["maling"].first_month - steps["drift"].first_month
    assert open_for >= (handbook().find(Value, "drift-for-maling").number or 99)


def test_answers_about_trust_are_in_a_week_before_they_are_talked_about() -> None:
    days_open = (handbook().find(Value, "undersokelse-virkedager").number or 99) / 5 * 7
    link = "survey/samarbeidstillit"
    steps = handbook().find(Workshop, "tillit").preparation
    sent = [step.days_before for step in steps if link in set(step.text.links)]
    assert sent
    assert min(sent) >= days_open + 7


def test_a_group_is_never_so_small_that_a_person_is_known() -> None:
    groups = {handbook().find(Value, one.minimum_group).number for one in handbook().all(Survey)}
    assert groups == {10}  # one promise, in every survey


# Each text its own, and true.


def own_words(item: Item) -> Iterator[tuple[str, ...]]:
    """Return every stretch of SHARED words in a guide, standard texts left out."""
    for path, text in texts(item):
        if path[0] in STANDARD and not isinstance(item, Interview | Meeting | Workshop):
            continue
        if path[0] == "privacy":
            continue
        found = re.findall(r"\w+", text.casefold())
        for start in range(len(found) - SHARED + 1):
            yield tuple(found[start : start + SHARED])


def test_no_two_guides_share_a_paragraph() -> None:
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for item in items():
        if isinstance(item, Interview | Meeting | Workshop | Survey):
            for stretch in own_words(item):
                holders[stretch].add(name_of(item))
    shared = {" ".join(stretch): names for stretch, names in holders.items() if len(names) > 1}
    assert shared == {}


def test_texts_use_no_unknown_name() -> None:
    for item in items():
        for path, text in texts(item):
            names = re.findall(r"\{\{\s*(.*?)\s*\}\}", text)
            values = {value.name for value in handbook().all(Value)}
            assert set(names) <= {*PLACEHOLDERS, *values}, (name_of(item), path)


def test_every_blank_for_the_sender_says_what_goes_there() -> None:
    for item in items():
        for path, text in texts(item):
            assert text.count("[") == text.count("]"), (name_of(item), path)
            for blank in re.findall(r"\[([^\]]*)\](?!\()", text):
                assert re.search(r"[a-zæøå]{2}", blank), (name_of(item), path, blank)


def test_every_link_out_of_the_handbook_is_https() -> None:
    for item in items():
        for path, text in walk(item):
            if isinstance(text, Rich):
                for link in text.links:
                    assert urlsplit(link).scheme in ("", "https"), (name_of(item), path, link)
    for name, text in raw_texts():
        assert "http:" not in text, name


UNFINISHED = re.compile(
    r"\b(kommer snart|under arbeid|skrives senere|TODO|TBD|FIXME|XXX|lorem|ipsum)\b", re.IGNORECASE
)
EMAIL = re.compile(r"[\w.+-]+@(?!(?:[\w-]+\.)*example\.no\b)[\w-]+\.\w+")
PHONE = re.compile(
    r"(?<![\w.#-])(?:\+47 ?)?(?!00 00 00 0\d)(?:\d{2} \d{2} \d{2} \d{2}|\d{8})(?![\w-])"
)


def test_nothing_is_left_unfinished() -> None:
    for name, text in raw_texts():
        assert UNFINISHED.findall(text) == [], name


def test_nobody_has_an_address_or_a_number_in_the_handbook() -> None:
    for name, text in raw_texts():
        assert EMAIL.findall(text) == [], name
        assert PHONE.findall(text) == [], name


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "Teksten kommer snart."),
        (UNFINISHED, "todo: skriv"),
        (EMAIL, "Skriv til post@kommune.no."),
        (PHONE, "Ring 12 34 56 78."),
        (PHONE, "Ring +47 12345678."),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
    assert not pattern.search("Skriv til ola@example.no, ring 00 00 00 00 innen 2026-11-24.")


def test_all_of_it_is_there_in_nynorsk_too() -> None:
    problems: list[Problem] = []
    nynorsk = load_handbooks(ROOT, problems).handbooks["nn"]
    assert problems == []
    every = [item for items in nynorsk.items.values() for item in items.values()]
    others = {f"{item.kind}/{item.id}" for item in every if item.language != "nn"}
    assert others == set()
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    sources = {name for name in pages if not name.endswith(".nn.md")}
    assert {f"{name.removesuffix('.md')}.nn.md" for name in sources} == pages - sources
