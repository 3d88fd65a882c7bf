"""The time of a build: what the environment says, else the last commit, else the content."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from macros.content import built, history
from macros.content.errors import ContentError

NEWEST = dt.date(2026, 5, 9)
COMMITTED = 1_770_000_000  # 2 February 2026
SAID = "1700000000"  # 14 November 2023


def day(said: str | None, committed: int | None) -> str:
    return built.build_time(said, committed, NEWEST).date().isoformat()


def test_the_environment_goes_before_the_commit_and_the_commit_before_the_content() -> None:
    assert day(SAID, COMMITTED) == "2023-11-14"
    assert day(f" {SAID}\n", None) == "2023-11-14"
    assert day(None, COMMITTED) == "2026-02-02"
    assert day(None, None) == "2026-05-09"


@pytest.mark.parametrize("said", ["", "  ", "0", "1", "315532800", "000", "946684799"])
def test_nothing_said_and_a_time_before_2000_is_no_time(said: str) -> None:
    assert day(said, COMMITTED) == "2026-02-02"
    assert day(said, None) == "2026-05-09"


def test_the_first_and_the_last_second_that_count_are_times() -> None:
    assert day("946684800", None) == "2000-01-01"
    assert day("4102444799", None) == "2099-12-31"


@pytest.mark.parametrize(
    "said",
    [
        "abc", "-1", "+1700000000", "1700000000.5", "1e9", "0x10", "nan", "1 700 000 000",
        "2026-05-09", "١٧٠٠٠٠٠٠٠٠", "²", "1_700_000_000", "1700000000000", "99999999999999",
        "9" * 60, "4102444800", "$(git log -1 --format=%ct)", "1700000000\x00", "a\nb\x1b[31m",
    ],
)  # fmt: skip
def test_what_is_no_time_is_one_clear_line(said: str) -> None:
    with pytest.raises(ContentError) as told:
        built.build_time(said, COMMITTED, NEWEST)
    line, count = str(told.value).splitlines()
    assert line.startswith("SOURCE_DATE_EPOCH: skal være sekunder siden 1970, før år 2100, fikk «")
    assert line.endswith("Ta bort variabelen, så brukes datoen til siste endring.")
    assert count == "1 feil."
    assert len(line) < 250


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the user's own settings of git nor a hook that the tests run in."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


def git(folder: Path, *arguments: str, at: str = "2026-03-02T12:00:00Z") -> str:
    who = ["-c", "user.name=Kari", "-c", "user.email=kari@example.no", "-c",
           "protocol.file.allow=always"]  # fmt: skip
    when = {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
    return subprocess.run(
        ["git", "-C", folder, *who, *arguments],
        env={**os.environ, **when}, check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip


def repository(folder: Path, at: str = "2026-03-02T12:00:00Z") -> Path:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "å «b» #1.md").write_text("# A\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Først.", at=at)
    return folder


def commit_day(folder: Path) -> str | None:
    found = history.last_commit(folder)
    return dt.datetime.fromtimestamp(found, dt.UTC).date().isoformat() if found else None


@pytest.mark.usefixtures("bare")
def test_a_clone_a_worktree_and_a_submodule_have_the_time_of_their_last_commit(
    tmp_path: Path,
) -> None:
    first = repository(tmp_path / "første æøå")
    git(first, "commit", "-qm", "Så.", "--allow-empty", at="2026-04-03T12:00:00Z")
    assert commit_day(first) == "2026-04-03"
    git(first, "worktree", "add", "-q", str(tmp_path / "tre"))
    assert commit_day(tmp_path / "tre") == "2026-04-03"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{first}", str(tmp_path / "grunn"))
    assert commit_day(tmp_path / "grunn") == "2026-04-03"
    outer = repository(tmp_path / "ytre", at="2025-01-01T12:00:00Z")
    git(outer, "submodule", "--quiet", "add", str(first), "håndbok")
    assert commit_day(outer / "håndbok") == "2026-04-03"
    assert commit_day(outer) == "2025-01-01"
    assert commit_day(outer / "docs") == "2025-01-01"  # a project in a folder of a repository
    assert history.days(first) == {"docs/å «b» #1.md": dt.date(2026, 3, 2)}
    assert history.days(first / "docs") == {"å «b» #1.md": dt.date(2026, 3, 2)}
    assert history.days(tmp_path / "grunn") == {}


@pytest.mark.usefixtures("bare")
def test_an_unpacked_zip_in_somebody_else_s_repository_has_not_its_dates(tmp_path: Path) -> None:
    outer = repository(tmp_path / "ytre")
    unpacked = outer / "handbok-main"
    (unpacked / "docs").mkdir(parents=True)
    assert history.last_commit(unpacked) is None
    assert history.days(unpacked / "docs") == {}
    git(outer, "init", "-q", "--bare", str(tmp_path / "tomt.git"))
    assert history.last_commit(tmp_path / "tomt.git") is None


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("case", ["no git", "no history", "dubious", "wrong clock", "broken"])
def test_where_git_knows_nothing_there_is_no_time_and_no_error(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path / "p", at="1970-01-02T00:00:00Z" if case == "wrong clock" else "")
    if case == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif case == "no history":
        (folder / ".git").rename(tmp_path / "borte")
    elif case == "dubious":
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own, for its tests
    elif case == "broken":
        (folder / ".git" / "HEAD").write_text("ref: \0\n")
    assert history.last_commit(folder) is None
    assert history.days(folder) == {}


@pytest.mark.usefixtures("bare")
def test_a_build_in_a_hook_asks_its_own_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets GIT_DIR for its hooks, and a site may well be built in one."""
    own = repository(tmp_path / "p")
    other = repository(tmp_path / "annet", at="2020-01-01T12:00:00Z")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert commit_day(own) == "2026-03-02"


@pytest.mark.usefixtures("bare")
def test_signatures_that_are_shown_are_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[log]\n\tshowSignature = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    own = repository(tmp_path / "p")
    signed = git(own, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    (tmp_path / "signert").write_text(signed, encoding="utf-8")
    made = git(own, "hash-object", "-t", "commit", "-w", str(tmp_path / "signert")).strip()
    git(own, "update-ref", "HEAD", made)
    assert commit_day(own) == "2026-03-02"
    assert list(history.days(own).values()) == [dt.date(2026, 3, 2)]
