"""What a script must know of what readers tick: which ids there are, and each phase's points."""

from __future__ import annotations

import json

from macros.content.guides import Interview
from macros.content.model import Checklist
from macros.content.project import Project
from macros.document.blocks import question_key
from macros.document.edition import Edition, Writing, load_edition

PROGRESS_FILE = "data/fremdrift.json"  # below the language's root


def progress_data(project: Project, edition: Edition) -> str:
    """Return JSON: the phase and points of each checklist, the questions of each interview, and
    the words for a phase's count.

    It holds ids only: what is ticked stands in the reader's own browser. A question's id follows
    its text, so those of every language of the site are there: ticks go from one to another.
    """
    checklists = {
        item.id: {
            "phase": item.phase,
            "points": [point.id for group in item.groups for point in group.points],
        }
        for item in edition.handbook.all(Checklist)
    }
    interviews = {
        f"{item.id}.{item.language}": _keys(one, item)  # as `page/ticks.html` names its list
        for one in (load_edition(project, language) for language in project.region.languages)
        for item in one.handbook.all(Interview)
    }
    found = {
        "count": edition.words()("work.points"),
        "checklists": checklists,
        "interviews": interviews,
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _keys(edition: Edition, item: Interview) -> list[str]:
    w = Writing(edition, item)
    return [
        question_key(w.text(question.question))
        for section in item.sections
        for question in section.questions
    ]
