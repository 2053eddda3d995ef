"""What a lesson says of its worksheets takes the place of what the command line leaves out."""

from __future__ import annotations

import argparse
from typing import Any

from msgspec.structs import replace

from explainer.lesson.worksheet import BlankKind, Worksheet
from explainer.lesson.worksheet_checks import LONGEST_HEAD
from explainer.messages import Refused, message
from explainer.pages.sheets.plan import KINDS
from explainer.pages.sheets.preset import steps_for

_SHARES = {"30": 30, "60": 60, "all": 100}
# Options that are called as the lesson calls them.
_SAME = ("variants", "seed", "space", "points", "key", "format", "combined", "paper", "digits")
_HEAD = ("school", "course", "date")
# What a form ID says itself.
_IN_FORM = ("variants", "seed", "blank", "share", "space", "paper")


def settings_of(options: argparse.Namespace, preset: Worksheet | None) -> Worksheet:
    """Return what `explainer worksheet` is asked for; what was not given is as the lesson, or else the program, has it.

    Raises Refused for a kind of blanks that there is not, a head that is no line, and what a form ID says itself.
    """
    asked = preset if preset is not None else Worksheet()
    given = {name: value for name, value in vars(options).items() if value not in (None, [])}
    if "form" in given:
        for name in _IN_FORM:
            if name in given:
                fault = message("--form says it all; {name} is one too many", name=f"--{name}")
                raise Refused(fault)
    changes: dict[str, Any] = {name: given[name] for name in _SAME if name in given}
    changes |= {name: _line(given[name]) for name in _HEAD if name in given}
    changes["language"] = given.get("lang", asked.language or options.spoken)
    if "blank" in given:
        changes["blank"] = _kinds(given["blank"])
    if "share" in given:
        changes["share"] = _SHARES[given["share"]]
    # Blanks that are asked for on the command line are not those chosen by hand.
    if {"step", "blank", "share"} & given.keys():
        changes["steps"] = tuple(options.step)
    elif "form" in given:
        changes["steps"] = steps_for(options.form, asked.steps)
    return replace(asked, **changes)


def _kinds(names: list[str]) -> tuple[BlankKind, ...]:
    for name in names:
        if name not in KINDS:
            words = ", ".join(KINDS)
            raise Refused(message('"{found}" is not one of {words}', found=name[:40], words=words))
    return tuple(kind for kind in KINDS if kind in names)


def _line(text: str) -> str:
    """Return a text of the head in one line of a length that fits."""
    line = " ".join(text.split())
    if len(line) > LONGEST_HEAD or not line.isprintable():
        fault = message(
            "a text for the head is one line of at most {limit} characters", limit=LONGEST_HEAD
        )
        raise Refused(fault)
    return line
