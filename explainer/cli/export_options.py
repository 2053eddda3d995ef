"""The options of `explainer export` that say how much is written, and on which paper."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, Protocol

from explainer.cli.names import DEPTHS, PAPERS, PHASES
from explainer.messages import Message, message, translate

_RANGE = re.compile(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?")


class Parser(Protocol):
    """What takes an option whose help is a message."""

    def option(self, *names: str, help: Message, **settings: object) -> None:  # noqa: A002 - argparse's word
        """Add an argument."""


def add_export_options(parser: Parser, language: str) -> None:
    """Add what only `export` has."""
    parser.option(
        "--phases",
        type=_phases(language),
        default=PHASES,
        metavar="PHASES",
        help=message("only these: {phases}, with commas between", phases=", ".join(PHASES)),
    )
    parser.option(
        "--steps",
        type=_steps(language),
        default=(),
        metavar="STEPS",
        help=message("only these steps, such as 1-4,9"),
    )
    parser.option(
        "--depth",
        choices=DEPTHS,
        metavar="DEPTH",
        default="full",
        help=message("how much of each derivation: results, numbers or full (default)"),
    )
    parser.option(
        "--paper",
        choices=PAPERS,
        metavar="PAPER",
        default="a4",
        help=message("the paper: a4 (default) or letter"),
    )
    parser.option(
        "--numpy",
        action="store_true",
        help=message("a file ending in .py uses NumPy in place of PyTorch"),
    )


def _phases(language: str) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        wanted = [part.strip() for part in text.split(",")]
        if not wanted or not set(wanted) <= set(PHASES):
            fault = message("phases are {phases}", phases=", ".join(PHASES))
            raise argparse.ArgumentTypeError(translate(fault, language))
        return tuple(phase for phase in PHASES if phase in wanted)

    return read


def _steps(language: str) -> Callable[[str], tuple[tuple[int, int], ...]]:
    def read(text: str) -> tuple[tuple[int, int], ...]:
        found: list[tuple[int, int]] = []
        for part in text.split(","):
            match: Any = _RANGE.fullmatch(part.strip())
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
            if not 1 <= first <= last:
                fault = message("steps are numbers and ranges, such as 1-4,9")
                raise argparse.ArgumentTypeError(translate(fault, language))
            found.append((first, last))
        return tuple(found)

    return read
