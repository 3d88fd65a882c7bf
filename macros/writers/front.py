"""What the front page has of its own: whom to ask, how long things take."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from macros.content.model import Phase
from macros.document import timeline
from macros.document.edition import Edition
from macros.document.prose import hidden_paths
from macros.layouts import Layout

CONTACT_PAGE = "page/kontakt"


def ask(edition: Edition, link: Callable[[str], str]) -> Markup:
    """Return the adviser, one tap from a call or a letter; without one, where to find theirs.

    A region that names its project leader alone shows that person.
    """
    contacts = edition.region.contacts
    more = "" if "kontakt.md" in hidden_paths(edition.handbook) else link(CONTACT_PAGE)
    return Layout("page", edition.words(), link).render(
        "page/ask.html", person=contacts.adviser or contacts.project, more=more
    )


def follow(edition: Edition) -> Markup:
    """Return the link that has the reader's calendar fetch the dates, where there are any."""
    link = timeline.follow(edition, edition.words())
    shown = Markup('<a class="front__more" href="{}">{}</a>')
    return shown.format(link.target, link.text) if link else Markup("")


def duration(edition: Edition, phase_id: str | None = None) -> str:
    """Return the months of a phase, or of all phases after each other, such as «6–9 måneder»."""
    every = edition.handbook.all(Phase)
    phases = [edition.handbook.find(Phase, phase_id)] if phase_id else every
    least, most = (sum(getattr(phase.duration, end) for phase in phases) for end in ("min", "max"))
    return edition.words()("months", min=least, max=most)
