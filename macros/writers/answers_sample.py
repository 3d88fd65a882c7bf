"""Made-up answers to each survey, as a file that the answers' page can be tried with.

Nobody has given them. They follow from the survey alone: each answer is drawn by a hash of who
answers what, so that every machine, run and language gets the same. Questions that stand in an
earlier survey begin where that one was, and some of them have changed since.

A row is one who answered. Headings are the codebook's codes, and several answers stand in one cell
with a space between; municipalities stand by name, as a region's own do.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from statistics import NormalDist

from macros.content.analysis import UNSURE
from macros.content.survey import Survey
from macros.document.address import sample_address
from macros.document.edition import Edition, Writing
from macros.document.questionnaire import Option, Question, compose_questionnaire
from macros.keys import key
from macros.writers import Job, Rendered

PEOPLE = 180
ID = "id"  # the column that says of each row that it is made up
_SHARES = (0.42, 0.34)  # of the first places; the third gets what the last one leaves
_LETTERS = "ABCD"
_ALONE = "ingen"  # the code of an answer that stands for none of the others
_RARE = {"annet": 0.35, _ALONE: 0.5}  # how likely, beside other answers
_GOLDEN = (math.sqrt(5) - 1) / 2
_NORMAL = NormalDist()

Row = dict[str, str]


@dataclass(frozen=True)
class SamplePayload:
    """The whole input of one file: the questions, and how their answers are to be counted.

    `earlier` says of a question, by its code, in which survey it first stood; `origin` in which
    survey its answers begin. `texts` are those that people write.
    """

    name: str
    seed: str
    questions: tuple[Question, ...]
    minimum_group: int
    place: str
    groups: tuple[str, ...]
    aside: tuple[str, ...]
    ordered: tuple[str, ...]
    first: tuple[str, ...]
    texts: dict[str, tuple[str, ...]]
    word: str
    places: tuple[str, ...]
    earlier: dict[str, str]
    origin: dict[str, str]


def jobs(edition: Edition) -> dict[str, Job]:
    """Return the job of each survey's made-up answers, by address below the language's root."""
    found = {}
    for item in edition.handbook.all(Survey):
        for before in (False, True) if item.analysis.again(item.id) else (False,):
            where = sample_address(item.id, before=before)
            payload = _payload(edition, item, where.rpartition("/")[2], before=before)
            found[where] = Job(
                payload.name, key(__name__, replace(payload, name="")), render, payload
            )
    return found


def _payload(edition: Edition, item: Survey, name: str, *, before: bool) -> SamplePayload:
    w = Writing(edition, item)
    whole = compose_questionnaire(edition, item)
    questions, analysis, earlier = tuple(whole.questions), item.analysis, _earlier(edition, item)
    return SamplePayload(
        name=name,
        seed=f"{item.id} before" if before else item.id,
        questions=questions,
        minimum_group=whole.minimum_group,
        place=analysis.place or "",
        groups=tuple(analysis.groups),
        aside=tuple(analysis.aside),
        ordered=tuple(analysis.ordered),
        first=tuple(analysis.first),
        texts={one.question: w.texts(one.texts) for one in analysis.samples},
        word=w.words("answers.sample.made_up"),
        places=tuple(w.words("answers.sample.place", letter=one) for one in _LETTERS),
        earlier={} if before else earlier,
        origin={**dict.fromkeys((one.code for one in questions), item.id), **earlier},
    )


def render(payload: SamplePayload) -> Rendered:
    """Return the file of a payload."""
    sample = _Sample(payload)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([ID, *sample.keys])
    for at, row in enumerate(sample.rows(), start=1):
        writer.writerow([f"{payload.word}-{at:03}", *(row.get(one, "") for one in sample.keys)])
    return Rendered(out.getvalue().encode(), None)


def _share(*names: object) -> float:
    """Return a number from 0 up to 1 that belongs to the names."""
    data = "|".join(map(str, names)).encode()
    return int.from_bytes(sha256(data).digest()[:6]) / 2**48


def _between(low: float, high: float, *names: object) -> float:
    return low + (high - low) * _share(*names)


def _normal(*names: object) -> float:
    """Return a draw of a normal distribution with mean 0 and deviation 1."""
    return _NORMAL.inv_cdf(min(max(_share(*names), 1e-6), 1 - 1e-6))


@dataclass(frozen=True)
class _Cell:
    """One who answers, a question, and a row of it where it is a matrix."""

    who: int
    question: Question
    row: str = ""

    @property
    def key(self) -> str:
        return f"{self.question.code}_{self.row}" if self.row else self.question.code


class _Sample:
    """The answers of one survey, at one time."""

    def __init__(self, payload: SamplePayload) -> None:
        self.payload, self.seed = payload, payload.seed
        self.questions, self.texts, self.places = payload.questions, payload.texts, payload.places
        self.earlier, self.origin = payload.earlier, payload.origin
        small = max(1, payload.minimum_group * 7 // 10)
        self.grouping = [*filter(None, [payload.place]), *payload.groups]
        self.shares = (*_SHARES, 1 - sum(_SHARES) - small / PEOPLE)

    @property
    def keys(self) -> list[str]:
        """Return the columns."""
        return [
            _Cell(0, question, row).key
            for question in self.questions
            for row in ([one.code for one in question.rows] or [""])
        ]

    def rows(self) -> list[Row]:
        """Return what each has answered, by column; what is not there was not answered."""
        found: list[Row] = [{} for _ in range(PEOPLE)]
        for question in self.questions:
            asked = [who for who in range(PEOPLE) if _is_asked(question, found[who])]
            if question.code == self.payload.place:
                self._put_places(question, asked, found)
            elif question.type == "text":
                self._put_texts(question, asked, found)
            else:
                for who in asked:
                    self._put(question, who, found[who])
        return found

    def _put(self, question: Question, who: int, row: Row) -> None:
        for part in [one.code for one in question.rows] or [""]:
            cell = _Cell(who, question, part)
            if not self._is_missing(cell):
                row[cell.key] = self._answer(cell, row)

    def _put_places(self, question: Question, asked: Sequence[int], found: list[Row]) -> None:
        """Part those who are asked as evenly as can be, whoever they are."""
        options = [one for one in question.options if one.code not in self._aside]
        names = self.places if any(one.label.startswith("[") for one in options) else []
        for at, who in enumerate(asked):
            cell = _Cell(who, question)
            if self._is_missing(cell):
                continue
            if refusal := self._no_opinion(cell):
                found[who][cell.key] = refusal
                continue
            turn = (0.5 + at * _GOLDEN) % 1
            place = sum(turn >= sum(self.shares[: n + 1]) for n in range(len(self.shares)))
            place = min(place, len(options) - 1)
            found[who][cell.key] = names[place] if names else options[place].code

    def _put_texts(self, question: Question, asked: Sequence[int], found: list[Row]) -> None:
        """Let each text be written by one of those who are asked."""
        writers = sorted(asked, key=lambda who: _share(self.seed, question.code, who, "writes"))
        for who, text in zip(writers, self.texts.get(question.code, ()), strict=False):
            found[who][question.code] = text

    @property
    def _aside(self) -> frozenset[str]:
        return frozenset({UNSURE, *self.payload.aside})

    def _is_missing(self, cell: _Cell) -> bool:
        """Return whether somebody has skipped a question; more do towards the end."""
        rate = 0.01 + 0.04 * cell.question.number / len(self.questions)
        return not cell.question.required and self._draw(cell, "missing") < rate

    def _no_opinion(self, cell: _Cell) -> str:
        """Return an answer that is no opinion, or nothing; most know who they are themselves."""
        draw = self._draw(cell, "aside") * (4 if cell.question.code in self.grouping else 1)
        for option in cell.question.options:
            if option.code in self._aside:
                draw -= _between(0.02, 0.09, cell.question.code, cell.row, option.code)
                if draw < 0:
                    return option.code
        return ""

    def _draw(self, cell: _Cell, what: str) -> float:
        return _share(self.seed, cell.question.code, cell.row, cell.who, what)

    def _answer(self, cell: _Cell, row: Mapping[str, str]) -> str:
        question = cell.question
        if question.type == "number":
            return self._number(cell)
        if refusal := self._no_opinion(cell):
            return refusal
        options = [one for one in question.options if one.code not in self._aside]
        if question.type == "multiple":
            return self._several(cell, options)
        ordered = question.type in ("scale", "matrix") or question.code in self.payload.ordered
        if ordered and question.code not in self.grouping:
            return options[self._step(cell, row, len(options))].code
        return self._chosen(cell, options)[0]

    def _number(self, cell: _Cell) -> str:
        """Return a number; small ones are the most usual."""
        low = cell.question.minimum or 0
        high = 100 if cell.question.maximum is None else cell.question.maximum
        return str(low + round((high - low) * 0.7 * self._draw(cell, "number") ** 2.5))

    def _several(self, cell: _Cell, options: Sequence[Option]) -> str:
        most = min(cell.question.max_answers or 4, len(options))
        chosen = self._chosen(cell, options)[: 1 + int(most * self._draw(cell, "many"))]
        alone = chosen[0] == _ALONE
        picked = chosen[:1] if alone else [code for code in chosen if code != _ALONE]
        return " ".join(one.code for one in options if one.code in picked)

    def _chosen(self, cell: _Cell, options: Sequence[Option]) -> list[str]:
        """Return the options in the order that somebody would choose them, by their weights."""
        code = cell.question.code
        leads = [self._leads_to(code, one.code) for one in options]
        shift = self._change(code)

        def wait(at: int) -> float:
            name = options[at].code
            weight = _between(0.5, 1.5, self.origin[code], code, name) * math.sqrt(1 + leads[at])
            weight *= _RARE.get(name, 1) * (math.exp(1.5 * shift) if at == 0 else 1)
            return -math.log(1 - self._draw(cell, name)) / weight

        return [options[at].code for at in sorted(range(len(options)), key=wait)]

    def _leads_to(self, code: str, answer: str) -> int:
        """Return how many questions an answer opens, so that enough get them."""
        rules = (one.condition for one in self.questions if one.condition)
        return sum(
            rule.question == code and answer in [one.code for one in rule.answers] for rule in rules
        )

    def _step(self, cell: _Cell, row: Mapping[str, str], steps: int) -> int:
        """Return a step of what goes from least to most."""
        code, part = cell.question.code, cell.row
        level = _between(-0.6, 0.8, self.origin[code], code, part) + self._change(code)
        mood = 0.5 * _normal(self.seed, cell.who)
        value = (
            level
            + self._of_groups(cell, row)
            + mood
            + 0.9 * _normal(self.seed, code, part, cell.who, "step")
        )
        return min(max(math.floor(value / 0.8 + steps / 2), 0), steps - 1)

    def _of_groups(self, cell: _Cell, row: Mapping[str, str]) -> float:
        """Return what those of the same municipality, size or trade have in common."""
        code = cell.question.code
        return sum(
            _between(-0.4, 0.4, self.origin[code], code, group, row[group])
            for group in self.grouping
            if group in row
        )

    def _change(self, code: str) -> float:
        """Return what has become of a question since the last time: much, little or nothing."""
        if code not in self.earlier:
            return 0
        if code in self.payload.first[:1]:
            return 0.8
        turn = _share(self.seed, code, "change")
        return next(change for limit, change in _CHANGES if turn < limit)


# What becomes of a question, by a draw below the limit: nothing, too little to be found, much.
_CHANGES = ((0.35, 0.0), (0.65, 0.1), (0.9, 0.65), (1.0, -0.5))


def _is_asked(question: Question, row: Mapping[str, str]) -> bool:
    rule = question.condition
    given = row.get(rule.question, "").split() if rule else []
    return rule is None or any(one.code in given for one in rule.answers)


def _earlier(edition: Edition, item: Survey) -> dict[str, str]:
    """Return the codes that stood in an earlier survey, each with the first that it stood in."""
    own = [question.code for question in item.questions]
    found: dict[str, str] = {}
    for ref in reversed(item.analysis.before):
        earlier = edition.handbook.items["survey"].get(ref.target[1])
        if isinstance(earlier, Survey):
            codes = {question.code for question in earlier.questions}
            found |= {code: earlier.id for code in own if code in codes}
    return found
