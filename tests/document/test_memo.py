"""A server remembers the blocks that are as they were, and renders all others."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import layouts
from macros.content.rich import Paragraph, Run
from macros.document.blocks import Question, Section
from macros.document.compose import downloads
from macros.layouts import Layout
from macros.layouts.body import body, layout
from macros.layouts.memo import Memo, stamp
from macros.writers.page import PageWriter
from tests import real
from tests.writers.editions import shared

LINK = Paragraph((Run("Se "), Run("mandatet", target="template/mandat")))
TEXT = Section("a", "Først", (LINK, Question(1, "Hva?", "Vi må vite.", ("Mer?",), 2)))
ROLE = Paragraph((Run("lederen", target="role/prosjektleder"),))
WORDS = real.edition().words()


@pytest.fixture
def memo(monkeypatch: pytest.MonkeyPatch) -> Memo:
    found = Memo()
    monkeypatch.setattr(layouts, "MEMO", found)
    found.begin("layouts")
    return found


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are rendered, in order."""
    asked: list[str] = []
    render = Layout.render

    def told(self: Layout, template: str, **values: object) -> object:
        asked.append(template)
        return render(self, template, **values)

    monkeypatch.setattr(Layout, "render", told)
    return asked


def to(where: str) -> Callable[[str], str]:
    return lambda target: f"{where}{target}"


def test_what_is_as_it_was_is_rendered_once(memo: Memo, rendered: list[str]) -> None:
    first = Layout("page", WORDS, to("../")).blocks((TEXT,), 2)
    count = len(rendered)
    memo.begin("layouts")
    # A new build has read it all anew: nothing is the same object.
    again = dataclasses.replace(TEXT, title="".join(TEXT.title))
    assert Layout("page", WORDS, to("../")).blocks((again,), 2) == first
    assert len(rendered) == count > 0


@pytest.mark.usefixtures("memo")
@pytest.mark.parametrize(
    ("block", "made", "level"),
    [
        (dataclasses.replace(TEXT, title="Nytt"), Layout("page", WORDS, to("../")), 2),
        (TEXT, Layout("page", WORDS, to("https://a.example.no/")), 2),
        (TEXT, Layout("page", real.edition("nn").words(), to("../")), 2),
        (TEXT, Layout("page", WORDS, to("../"), "mandat-"), 2),
        (TEXT, Layout("print", WORDS, to("../")), 2),
        (TEXT, Layout("page", WORDS, to("../")), 3),
    ],
    ids=["text", "where a link leads", "words", "anchors", "medium", "level"],
)
def test_what_is_another_is_rendered_as_without_memory(
    block: Section, made: Layout, level: int
) -> None:
    before = Layout("page", WORDS, to("../")).blocks((TEXT,), 2)
    found = made.blocks((block,), level)
    assert found == made.block(block, level)
    assert found != before


def test_a_layout_that_is_changed_is_read_and_one_that_is_new_counts(tmp_path: Path) -> None:
    page = tmp_path / "blocks" / "section.html"
    page.parent.mkdir()
    page.write_text("en", encoding="utf-8")
    was = stamp(tmp_path)
    assert stamp(tmp_path) == was
    page.write_text("to", encoding="utf-8")
    os.utime(page, (1, 1))
    changed = stamp(tmp_path)
    (page.parent / "table.html").touch()
    assert len({was, changed, stamp(tmp_path)}) == 3


def test_all_is_rendered_where_a_layout_has_changed(memo: Memo, rendered: list[str]) -> None:
    shown = Layout("page", WORDS, to("../"))
    shown.blocks((TEXT,), 2)
    count = len(rendered)
    memo.begin("others")
    shown.blocks((TEXT,), 2)
    assert len(rendered) == 2 * count


def test_what_is_not_asked_for_is_forgotten(memo: Memo, rendered: list[str]) -> None:
    shown = Layout("page", WORDS, to("../"))
    shown.blocks((TEXT,), 2)
    count = len(rendered)
    for _ in range(5):
        memo.begin("layouts")
    shown.blocks((TEXT,), 2)
    assert len(rendered) == 2 * count


@pytest.mark.usefixtures("memo")
def test_a_role_is_linked_once_a_page_also_where_it_is_remembered() -> None:
    for _ in range(2):
        one = Layout("page", WORDS, to("../")).sparing()
        first, second = one.blocks((ROLE,), 2), one.blocks((ROLE,), 2)
        assert "<a href" in first
        assert "<a href" not in second


@pytest.mark.usefixtures("memo")
def test_a_block_that_fails_leaves_no_trace() -> None:
    def fails(target: str) -> str:
        raise KeyError(target)

    with pytest.raises(KeyError):
        Layout("page", WORDS, fails).blocks((TEXT,), 2)
    assert 'href="../template/mandat"' in Layout("page", WORDS, to("../")).blocks((TEXT,), 2)


def all_of_it() -> list[str]:
    """Return each document of one language on its page and as the HTML of its PDF."""
    edition = real.edition()
    found = []
    for document in downloads(edition):
        writer = PageWriter(edition, document.address)
        found.append(str(writer.blocks(*document.blocks)))
        found.append(body(layout(document, shared()), document, shared(), "print.css")[0])
    return found


def test_the_handbook_is_the_same_with_and_without_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = all_of_it()
    memo = Memo()
    monkeypatch.setattr(layouts, "MEMO", memo)
    for _ in range(2):
        memo.begin("layouts")
        assert all_of_it() == plain
