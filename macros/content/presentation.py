"""Presentations: a few slides that are shown as they are, with the words that go with them."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from macros.content.base import Minutes, Page, Strict
from macros.content.text import PhaseRef, Rich, Text


class PresentationSlide(Strict):
    """One slide, and what is said to it."""

    title: Text = Field(description="Tittelen på lysbildet. Ingen to kan ha den samme.")
    text: Rich = Field(description="Det som står på lysbildet.")
    say: Rich = Field(description="Det du sier, i talespråk.")


class Presentation(Page):
    """Slides that are shown on a prose page, which has the same id."""

    kind: ClassVar[str] = "presentation"
    phases: tuple[PhaseRef, ...] = Field(min_length=1, description="Fasene den brukes i.")
    minutes: Minutes = Field(description="Hvor mange minutter den tar.")
    slides: tuple[PresentationSlide, ...] = Field(min_length=2, description="Lysbildene.")

    @property
    def in_phases(self) -> tuple[str, ...]:
        return tuple(self.phases)

    @property
    def takes(self) -> int:
        return self.minutes
