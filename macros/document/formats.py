"""The formats that documents are offered in, and what their files are called.

A document says which formats it has; the names are addresses and stay once published.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.document.blocks import Document

DOWNLOADS = "last-ned/"  # below the language's root

# What a file's name ends in, by format. The order is the one that readers are offered.
SUFFIXES = {
    "docx": ".docx",
    "pdf": ".pdf",
    "card": "-kort.pdf",
    "fillable": "-utfyllbar.pdf",
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
PREVIEW_SUFFIX = ".webp"  # the picture of a document's first page
READING = ("docx", "pdf", "odt")
PHASE = (*READING, "zip")  # with everything that the phase uses
WHOLE = ("pdf", "zip")
CARD = ("docx", "pdf", "card", "odt")
FORM = ("docx", "pdf", "fillable", "odt")
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


def files(document: Document) -> Iterator[tuple[str, str]]:
    """Return (format, file name) for each file of a document; none without a name."""
    if document.name is not None:
        for name in SUFFIXES:
            if name in document.formats:
                yield name, file_name(document.name, name)
