"""What the front page has of its own: whom to ask, how long things take."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from macros.content.model import Phase
from macros.document import timeline
from macros.document.edition import Edition
from macros.document.prose import hidden_paths
from macros.document.region import person
from macros.layouts import Layout

CONTACT_PAGE = "page/kontakt"
_MOST = 3  # people in the box on the front page; the contact page has them all
# How wide the photo is, by front.css: the column's width on a phone, beside the text above that.
_ALONE = "(min-width: 1350px) 1300px, calc(100vw - 32px)"
_BESIDE = "(min-width: 1350px) 640px, (min-width: 960px) 48vw, calc(100vw - 32px)"


def ask(edition: Edition, link: Callable[[str], str]) -> Markup:
    """Return the adviser, one tap from a call or a letter; without one, where to find theirs.

    A region that names its project leader alone shows that person.
    """
    contacts = edition.region.contacts
    first = contacts.every_adviser or ((contacts.project,) if contacts.project else ())
    people = [person(edition, one) for one in first[:_MOST]]
    more = "" if "kontakt.md" in hidden_paths(edition.handbook) else link(CONTACT_PAGE)
    return Layout("page", edition.words(), link).render("page/ask.html", people=people, more=more)


def welcome(edition: Edition, root: str) -> Markup:
    """Return what the region says on the front page, with its photo; nothing where it is silent.

    `root` is the path to the root of the site, where the photo is. A browser picks the file that
    fits, and knows how much room it takes before it is there.
    """
    front, photo = edition.region.front, edition.photo
    if not (front.title or front.text or photo):
        return Markup("")
    shown = [
        {"address": root + name, "width": width, "height": height}
        for name, (width, height) in (photo.files.items() if photo else ())
    ]
    return Layout("page", edition.words(), str).render(
        "page/welcome.html",
        front=front,
        region=edition.region,
        pictures=[one for one in shown if str(one["address"]).endswith(".webp")],
        fallback=next((one for one in shown if str(one["address"]).endswith(".jpg")), None),
        sizes=_BESIDE if front.title or front.text else _ALONE,
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
