"""Where the findings of talks stand in the log of them, as data for the scripts.

The log is a template with a `findings_record`. A script knows tables and columns, and never a
template: what their headings are called stands here, since a workbook has no other names, and so do
the words of their lists. Addresses are below the language's root.
"""

from __future__ import annotations

import json
from typing import Any

from macros.content.fields import Column, TableField
from macros.content.template import Template
from macros.document.address import TALKS, address, form_address
from macros.document.edition import Edition, Writing
from macros.document.features import fill_address

VERSION = 1  # of the form of this file


def talks_files(edition: Edition) -> dict[str, str]:
    """Return the one file, by its address; none where no template is a log of talks."""
    found = talks_data(edition)
    return (
        {TALKS: f"{json.dumps(found, ensure_ascii=False, separators=(',', ':'))}\n"}
        if found
        else {}
    )


def talks_data(edition: Edition) -> dict[str, Any]:
    """Return which tables hold talks, findings and names; empty where no template does."""
    for item in edition.handbook.all(Template):
        if item.findings_record:
            w = Writing(edition, item)
            record = item.findings_record.model_dump(exclude_none=True)
            tables = {field.id: field for field in item.fields if isinstance(field, TableField)}
            first = edition.region.languages[0]
            return {
                "schema": VERSION,
                "template": f"{item.kind}/{item.id}",
                "language": item.language,
                "title": w.text(item.title),
                "address": address(item.kind, item.id),
                "form": form_address(item.kind, item.id),
                "fill": fill_address(edition, item.kind, item.id),
                **{key: named | _table(w, tables[named["table"]]) for key, named in record.items()},
                "others": {
                    language: f"{'' if language == first else f'{language}/'}{TALKS}"
                    for language in edition.region.languages
                    if language != edition.language
                },
            }
    return {}


def _table(w: Writing, table: TableField) -> dict[str, Any]:
    """Return what a table and its columns are called, and what its lists hold."""
    return {
        "title": w.text(table.label),
        "labels": {column.id: w.text(column.label) for column in table.columns},
        "options": {column.id: _options(w, column) for column in table.columns if column.options},
    }


def _options(w: Writing, column: Column) -> list[list[str]]:
    return [[option.code, w.text(option.label)] for option in column.options]
