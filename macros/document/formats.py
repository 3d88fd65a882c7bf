"""The formats that documents are offered in, and what their files are called.

A document says which formats it has; the names are addresses and stay once published.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.document.blocks import Document

DOWNLOADS = "last-ned/"  # below the language's root

# What a file's name ends in, by format.
SUFFIXES = {
    "docx": ".docx",
    "pdf": ".pdf",
    "card": "-kort.pdf",
    "fillable": "-utfyllbar.pdf",
    "xlsx": ".xlsx",
    "pptx": ".pptx",
    "odt": ".odt",
    "questionnaire": "-sporreskjema.docx",
    "xlsform": "-xlsform.xlsx",
    "limesurvey": "-limesurvey.txt",
    "surveyjs": "-surveyjs.json",
    "codebook_csv": "-kodebok.csv",
    "codebook_json": "-kodebok.json",
    "zip": ".zip",
    "invitation": "-i-kalenderen.ics",
    "ics": ".ics",
    "ics_gates": "-beslutningspunkter.ics",
}
# What the package of everything holds as it is published: what one goes on working in. The rest,
# most of the bytes, is published already: its page leads there, and a reader's browser packs it.
PACKED = SUFFIXES.keys() - {"pdf", "card", "fillable", "zip"}
PREVIEW_SUFFIX = ".webp"  # the picture of a document's first page
PAGES_SUFFIX = "-sider.webp"  # the picture of its first pages, beside each other
# The formats of a document, in the order that readers are offered them.
READING = ("docx", "pdf", "odt")
PHASE = (*READING, "zip")  # with everything that the phase uses
WHOLE = ("pdf", "zip")
CARD = ("docx", "pdf", "card", "odt")
SLIDES = ("pptx",)
CARD_AND_SLIDES = ("docx", "pdf", "card", "pptx", "odt")
FORM = ("docx", "pdf", "fillable", "odt")
FORM_WITH_TABLES = ("docx", "pdf", "fillable", "xlsx", "odt")
TABLES = ("xlsx", "docx", "pdf", "fillable", "odt")  # a form that is mainly tables
SURVEY = (
    *READING,
    "questionnaire",
    "xlsform",
    "limesurvey",
    "surveyjs",
    "codebook_csv",
    "codebook_json",
)
INVITATION = "invitation"  # of a meeting, where the region has dates
CALENDAR = ("ics", "ics_gates")


def file_name(stem: str | None, wanted: str) -> str:
    """Return the name of a document's file in a format."""
    return f"{stem}{SUFFIXES[wanted]}"


def pictured(document: Document) -> bool:
    """Return whether a page shows what a document's first pages look like: one to fill in."""
    return document.name is not None and not {"fillable", "questionnaire"}.isdisjoint(
        document.formats
    )


def files(document: Document) -> Iterator[tuple[str, str]]:
    """Return (format, file name) for each file of a document; none without a name."""
    if document.name is not None:
        for name in document.formats:
            yield name, file_name(document.name, name)
