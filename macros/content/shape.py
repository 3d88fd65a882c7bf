"""A text of one shape: an id, a code, a version. What it may hold is said in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from macros.content.errors import found_text
from macros.content.written import complaint


@dataclass(frozen=True)
class Shape:
    """The pattern that a text matches; `wanted` says the same to an author."""

    pattern: str
    wanted: str
    longest: int = 0

    def check(self, value: str) -> str:
        """Return the text; refuse it when it has another shape."""
        fits = re.fullmatch(self.pattern.strip("^$"), value, re.ASCII)
        if not fits or len(value) > (self.longest or len(value)):
            raise complaint(
                "skal være {wanted}, fikk {found}", wanted=self.wanted, found=found_text(value)
            )
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(
            self.check, core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        longest = {"maxLength": self.longest} if self.longest else {}
        return {**handler(schema), **longest, "pattern": self.pattern}
