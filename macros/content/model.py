"""The kinds of content, and where each lives: files, addresses, download names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictInt, model_validator

from macros.content.base import (
    Count,
    Hours,
    Item,
    Mistake,
    Page,
    PointId,
    Strict,
    check_order,
    check_unique,
)
from macros.content.decisions import Decision, Way
from macros.content.example import Example
from macros.content.guides import Interview, Meeting, Workshop
from macros.content.law import Law
from macros.content.presentation import Presentation
from macros.content.survey import Survey
from macros.content.template import Template
from macros.content.text import (
    ChecklistRef,
    GateRef,
    ItemRef,
    PhaseRef,
    Rich,
    RoleRef,
    TemplateRef,
    Text,
)
from macros.content.value import Value

Month = Annotated[StrictInt, Field(ge=1, le=36)]


class Duration(Strict):
    """From and to, in months."""

    min: Month = Field(description="Korteste tid i måneder.")
    max: Month = Field(description="Lengste tid i måneder.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.min, self.max, ("min", "max"))
        return self


class Effort(Strict):
    """How many hours one person in a role spends."""

    role: RoleRef = Field(description="Rollen.")
    hours: Hours = Field(description="Timer for hver person i rollen.")


class Step(Strict):
    """One step of a phase: when, what, by whom, with which guides and templates."""

    id: PointId = Field(description="Kjennetegn, brukt i lenker til steget.")
    title: Text = Field(description="Hva du gjør, med et verb først.")
    first_month: Month = Field(description="Måneden steget begynner, regnet fra fasens start.")
    last_month: Month = Field(description="Måneden steget er ferdig.")
    text: Rich = Field(description="Slik gjør du det.")
    effort: tuple[Effort, ...] = Field(min_length=1, description="Hvem som bruker hvor mye tid.")
    uses: tuple[ItemRef, ...] = Field(default=(), description="Guider og maler til steget.")
    done: Text = Field(description="Hvordan du ser at steget er ferdig.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.first_month, self.last_month, ("first_month", "last_month"))
        return self


class Pitfall(Mistake):
    """A mistake of a phase, and the step in which it is made."""

    step: PointId | None = Field(default=None, description="Steget i fasen der det går galt.")


class Phase(Page):
    """A phase of the project after the PLP method."""

    kind: ClassVar[str] = "phase"
    order: Literal[1, 2, 3] = Field(description="Fasens nummer.")
    duration: Duration = Field(description="Anbefalt varighet.")
    purpose: Rich = Field(description="Målet med fasen.")
    ownership: Rich = Field(description="Hvem som eier, styrer og forankrer fasen.")
    prerequisites: tuple[Text, ...] = Field(min_length=1, description="Det som må være på plass.")
    deliverables: tuple[Text, ...] = Field(min_length=1, description="Det fasen leverer.")
    steps: tuple[Step, ...] = Field(min_length=3, description="Stegene, i rekkefølge.")
    pitfalls: tuple[Pitfall, ...] = Field(min_length=3, description="Det som ofte går galt.")
    entry_gate: GateRef = Field(description="Beslutningspunktet før fasen.")
    exit_gate: GateRef = Field(description="Beslutningspunktet etter fasen.")
    checklist: ChecklistRef = Field(description="Sjekklisten for fasen.")
    templates: tuple[TemplateRef, ...] = Field(min_length=1, description="Malene du starter med.")

    @property
    def in_phases(self) -> tuple[str, ...]:
        return (self.id,)


class Outcomes(Strict):
    """What each of the three decisions means."""

    go: Text = Field(description="Hva det betyr å gå videre.")
    change: Text = Field(description="Hva det betyr å endre.")
    stop: Text = Field(description="Hva det betyr å stoppe.")


class GatePaper(Strict):
    """A paper that the decision rests on."""

    title: Text = Field(description="Hva papiret er.")
    template: TemplateRef | None = Field(default=None, description="Malen, når den finnes.")


class Gate(Item):
    """A decision point between phases: go, change or stop."""

    kind: ClassVar[str] = "gate"
    summary: Text = Field(description="Én setning om beslutningspunktet.")
    order: Annotated[StrictInt, Field(ge=1, le=9)] = Field(description="Nummer i rekken.")
    question: Text = Field(description="Spørsmålet som skal besvares.")
    criteria: tuple[Text, ...] = Field(min_length=3, description="Det som må være sant.")
    papers: tuple[GatePaper, ...] = Field(min_length=1, description="Beslutningsgrunnlaget.")
    way: Way = Field(description="Veien til beslutningen, steg for steg, det første først.")
    effort: tuple[Effort, ...] = Field(
        default=(), description="Tid per person på veien, når den går før den første fasen."
    )
    anchoring: Rich = Field(description="Hvem som høres og hvem som vedtar.")
    outcomes: Outcomes = Field(description="Gå videre, endre eller stoppe.")


class CheckItem(Strict):
    """One point to tick off."""

    id: PointId = Field(description="Kjennetegn som aldri endres, fordi lagrede kryss følger det.")
    text: Text = Field(description="Det som skal være gjort.")
    help: Text | None = Field(default=None, description="Kort hjelp.")
    step: PointId | None = Field(default=None, description="Steget i fasen som punktet hører til.")
    uses: ItemRef | None = Field(default=None, description="Guiden eller malen som trengs.")


class CheckGroup(Strict):
    """Points that belong together."""

    title: Text = Field(description="Overskrift.")
    points: tuple[CheckItem, ...] = Field(min_length=1, description="Punktene.")


class Checklist(Page):
    """A list to tick off."""

    kind: ClassVar[str] = "checklist"
    phase: PhaseRef | None = Field(default=None, description="Fasen den hører til.")
    groups: tuple[CheckGroup, ...] = Field(min_length=1, description="Gruppene.")

    @property
    def in_phases(self) -> tuple[str, ...]:
        return (self.phase,) if self.phase else ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        points = (
            (point.id, ("groups", at, "points", index, "id"))
            for at, group in enumerate(self.groups)
            for index, point in enumerate(group.points)
        )
        check_unique(points, "punkt-id")
        return self


class RolePhase(Strict):
    """What a role does in one phase."""

    phase: PhaseRef = Field(description="Fasen.")
    tasks: tuple[Text, ...] = Field(min_length=1, description="Oppgavene.")
    time: Text = Field(description="Hvor mye tid det tar.")


class Role(Page):
    """A role in the project."""

    kind: ClassVar[str] = "role"
    order: Count = Field(description="Plass i rekkefølgen.")
    short: Text | None = Field(default=None, description="Forkortelse, for eksempel PL.")
    mandate: Literal["decides", "advises", "does"] = Field(
        description="decides: beslutter. advises: gir råd. does: utfører."
    )
    who: Text = Field(description="Hvem som oftest har rollen.")
    description: Rich = Field(description="Hva rollen er.")
    before: tuple[Text, ...] = Field(
        default=(), description="Oppgaver før den første fasen, fram til at den er vedtatt."
    )
    phases: tuple[RolePhase, ...] = Field(min_length=1, description="Oppgaver fase for fase.")
    advice: tuple[Text, ...] = Field(min_length=2, description="Råd til den som har rollen.")
    related: tuple[ItemRef, ...] = Field(min_length=1, description="Det rollen trenger.")


class Term(Item):
    """A word of the glossary. The title is the word that the handbook uses."""

    kind: ClassVar[str] = "term"
    definition: Rich = Field(description="Hva ordet betyr her.")
    abbreviation: Text | None = Field(default=None, description="Forkortelse.")
    forms: tuple[Text, ...] = Field(
        default=(),
        description="Formene av ordet som blir forklart der de står i en tekst. Uten dem brukes "
        "de vanlige endelsene av et substantiv.",
    )
    older: tuple[Text, ...] = Field(default=(), description="Eldre ord for det samme.")
    avoid: tuple[Text, ...] = Field(default=(), description="Ord som ikke brukes i håndboken.")
    see: tuple[ItemRef, ...] = Field(default=(), description="Les mer.")


@dataclass(frozen=True)
class Kind:
    """Where a kind lives, and what can be done with it.

    `source` is a folder (one file an item) or a `.yml` file (one key an item), `address`
    the first part of the page address, `prefix` what download names begin with; `None`
    where the kind has no page or no download of its own. `listing` is the name of the page that
    lists it, `found` says whether the finder has it, and `weight` is that of its pages in search.
    """

    model: type[Item]
    source: str
    address: str | None = None
    prefix: str | None = None
    listing: str = ""
    found: bool = False
    weight: float = 1

    @property
    def name(self) -> str:
        """Return the name of the kind, as in `kind/id`."""
        return self.model.kind

    @property
    def one_file(self) -> bool:
        """Return whether all items stand in one file."""
        return self.source.endswith(".yml")


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(Phase, "phases", "faser", "", weight=1.3),
        Kind(Gate, "reference/gates.yml"),
        Kind(Decision, "reference/decisions.yml"),
        Kind(Interview, "guides/interview", "guider/intervju", "intervju-", "guides", found=True),
        Kind(Meeting, "guides/meeting", "guider/mote", "", "guides", found=True),
        Kind(Workshop, "guides/workshop", "guider/workshop", "", "guides", found=True),
        Kind(Survey, "guides/survey", "undersokelser", "undersokelse-", "surveys", found=True),
        Kind(Template, "templates", "maler", "", "templates", found=True),
        Kind(Example, "examples", "eksempler", "eksempel-", "examples", weight=0.55),
        Kind(Role, "reference/roles.yml", "roller", listing="roles"),
        Kind(
            Checklist,
            "reference/checklists.yml",
            "sjekklister",
            "sjekkliste-",
            "checklists",
            found=True,
            weight=0.9,
        ),
        Kind(Presentation, "reference/presentations.yml", prefix=""),
        Kind(Term, "reference/glossary.yml"),
        Kind(Law, "reference/laws.yml"),
        Kind(Value, "reference/values.yml"),
    )
}


def _lists() -> dict[str, tuple[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for kind in KINDS.values():
        if kind.listing and kind.address:
            kinds = found.get(kind.listing, ("", ()))[1]
            found[kind.listing] = (f"{kind.address.partition('/')[0]}/", (*kinds, kind.name))
    return found


# The pages that list kinds: name -> (address, kinds).
LISTS: dict[str, tuple[str, tuple[str, ...]]] = _lists()
GUIDE_KINDS = LISTS["guides"][1]
