"""What a script must know to say how far a reader has come in each phase."""

from __future__ import annotations

import json

from macros.content.model import Checklist
from macros.document.edition import Edition

PROGRESS_FILE = "data/fremdrift.json"  # below the language's root


def progress_data(edition: Edition) -> str:
    """Return JSON: the phase and point ids of each checklist, and the words for a phase's count.

    It holds ids only: what is ticked stands in the reader's own browser.
    """
    checklists = {
        item.id: {
            "phase": item.phase,
            "points": [point.id for group in item.groups for point in group.points],
        }
        for item in edition.handbook.all(Checklist)
    }
    words = edition.words()("work.points")
    return json.dumps({"count": words, "checklists": checklists}, ensure_ascii=False)
