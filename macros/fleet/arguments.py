"""What can be said after `nvr fleet`: read at every call of `nvr`, so it imports nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(commands: Commands, engines: Sequence[str]) -> None:
    """Add `fleet` and its commands to the parser of `nvr`."""
    fleet = commands.add_parser("fleet", help="bygg og kontroller mange regioner")
    ways = fleet.add_subparsers(dest="way", required=True)
    for name, about in (
        ("build", "bygg utgavene som er endret"),
        ("check", "kontroller alle regionene"),
        ("status", "vis hva som er bygget"),
        ("front", "lag forsiden som finner regionen, uten å bygge utgavene"),
        ("diff", "vis hva som blir bygget neste gang, og hvorfor"),
    ):
        way = ways.add_parser(name, help=about)
        _add_common(way, engines)
        if name in ("build", "check", "front"):
            way.add_argument(
                "--jobs", type=int, metavar="ANTALL",
                help="så mange regioner om gangen (standard: én per kjerne)",
            )  # fmt: skip
        if name == "build":
            way.add_argument(
                "--scheduler", metavar="ADRESSE",
                help="la en Dask-klynge lage filene, for eksempel tcp://127.0.0.1:8786",
            )  # fmt: skip
        if name == "diff":
            way.add_argument("--json", action="store_true", help="skriv svaret som JSON")
            way.add_argument("--since", metavar="COMMIT", help="det som er endret siden en commit")


def _add_common(way: argparse.ArgumentParser, engines: Sequence[str]) -> None:
    """Add what all the commands take: which regions, where, below which address."""
    way.add_argument(
        "--regions", metavar="MAPPE|LISTE",
        help="en mappe med regioner, en fil med en region på hver linje, eller navn med "
        "komma mellom (standard: regions)",
    )  # fmt: skip
    way.add_argument(
        "--out", type=Path, default=Path("sites"), metavar="MAPPE",
        help="mappen der hver region får sin mappe (standard: sites)",
    )  # fmt: skip
    way.add_argument(
        "--host", metavar="ADRESSE",
        help="adressen som alle utgavene ligger under (standard: hver regions egen site_url)",
    )  # fmt: skip
    way.add_argument(
        "--engine",
        choices=engines,
        default="mkdocs",
        help="programmet som lager sidene (standard: mkdocs)",
    )
