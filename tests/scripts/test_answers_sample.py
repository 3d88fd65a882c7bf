"""The made-up answers are read by the site as anybody's are, with nothing left over."""

from __future__ import annotations

from pathlib import Path

from macros.content.base import LANGUAGES
from macros.writers.answers_sample import PEOPLE
from tests import real
from tests.scripts import answer_files as given
from tests.scripts.calls import run
from tests.writers.samples import sample_files

DRIVER = "../../../tests/scripts/answers.mjs"


def test_the_made_up_answers_fit_their_survey_whole(tmp_path: Path) -> None:
    calls, names = [], []
    for language in LANGUAGES:
        for address, text in sample_files(real.edition(language)).items():
            path = tmp_path / language / Path(address).name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            name = path.name.removesuffix("-eksempel.csv").removesuffix("-for")
            names.append(f"{language} {path.name}")
            calls.append([DRIVER, "whole", [str(path)], given.surveys(language)[name], [], {}, {}])
    for name, found in zip(names, run(calls), strict=True):
        match, read = found["matches"][0], found["set"]
        assert (match["missing"], match["unknown"], match["score"]) == ([], [], 1), name
        assert read["n"] == PEOPLE, name
        assert read["notes"] == [], name
        places = [f"Eksempelkommune {letter}" for letter in "ABCD"]
        assert list(read["places"].values()) == ([] if "samarbeidstillit" in name else places), name
