"""A value that stands in more than one text, such as the smallest group that is reported."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, StrictInt, model_validator

from macros.content.base import Item
from macros.content.text import Text
from macros.content.written import VALUE, complaint


class Value(Item):
    """A value that texts name as `{{ verdi.<id> }}`: a number, or the words that stand there.

    A number is written with letters or digits by the rule of the language, so it is never written
    twice, and a region that changes it need not translate it.
    """

    kind: ClassVar[str] = "value"
    number: Annotated[StrictInt, Field(ge=2, le=1000)] | None = Field(
        default=None, description="Tallet. I tekster står det med bokstaver til og med tolv."
    )
    text: Text | None = Field(
        default=None, description="Ordene som settes inn, når et tall alene ikke er nok."
    )
    why: Text = Field(description="Hvorfor verdien er slik. Bare forfattere leser det.")

    @model_validator(mode="after")
    def _is_a_number_or_words(self) -> Self:
        if (self.number is None) == (self.text is None):
            raise complaint("skal ha enten number eller text")
        if self.text and "{{" in self.text:
            raise complaint(
                "kan ikke ha et navn i krøllparenteser", at=("text",), hint="Skriv verdien ut."
            )
        return self

    @property
    def name(self) -> str:
        """Return the name between braces, such as `verdi.pilot`."""
        return VALUE + self.id
