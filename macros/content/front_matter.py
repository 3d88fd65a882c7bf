"""What stands between two lines of three hyphens at the top of a Markdown page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from macros.content.base import Strict
from macros.content.errors import Problem
from macros.content.load import expect_mapping, front_matter_end, parse_yaml
from macros.content.validate import build

M = TypeVar("M", bound=Strict)


def front_matter(
    lines: Sequence[str], label: str, model: type[M], problems: list[Problem]
) -> tuple[M | None, int]:
    """Return what stands between two lines of three hyphens at the top of a page, if anything.

    And the number of the line after it. What is wrong is added to `problems`.
    """
    if not lines or lines[0].rstrip() != "---":
        return None, 0
    end = front_matter_end(lines)
    if end is None:
        message = "linjen «---» øverst mangler en lik linje som avslutter"
        problems.append(Problem(label, 1, 1, "", message))
        return None, len(lines)
    source = parse_yaml("\n".join(["", *lines[1:end]]), label, problems)
    if source and source.data is not None and expect_mapping(source, (), problems):
        found = build(model, source, (), source.data)
        if not isinstance(found, list):
            return found, end + 1
        problems.extend(found)
    return None, end + 1
