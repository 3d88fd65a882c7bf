"""How a reader says what is wrong with a page: an e-mail to the region that is begun already."""

from __future__ import annotations

import html
from urllib.parse import quote

from macros.document.edition import Edition
from macros.document.prose import hidden_paths
from macros.document.steps import owners

_CONTACT = "kontakt"


def feedback(edition: Edition, title: str | None, url: str) -> str:
    """Return the target of a page's link for feedback.

    It is a `mailto:` address (RFC 6068) to the region's adviser, else to its project manager,
    with the page's title, address and version filled in; the contact page where the region
    names nobody; the empty string where it hides that page, too. `title` is HTML, `url` the
    page's address below the language's root.
    """
    person = edition.region.contacts.first
    if person is None:
        hidden = f"{_CONTACT}.md" in hidden_paths(edition.handbook)
        return "" if hidden else f"page/{_CONTACT}"
    words = edition.words()
    lines = [
        words("feedback.write"),
        "",
        "",
        words("feedback.address", address=edition.region.front_page(edition.language) + url),
    ]
    if version := _version(edition, url):
        lines.append(words("feedback.version", version=version))
    subject = words("feedback.subject", title=html.unescape(title or ""))
    # RFC 6068, 5: every line break in a body is %0D%0A, and a space is %20.
    fields = {"subject": subject, "body": "\r\n".join(lines)}
    header = "&".join(f"{name}={quote(text, safe='')}" for name, text in fields.items())
    return f"mailto:{quote(person.email, safe='@')}?{header}"


def _version(edition: Edition, url: str) -> str:
    """Return the version of the item that the page shows, or the empty string."""
    item = owners(edition).get(url)
    return str(item.version or "") if item else ""
