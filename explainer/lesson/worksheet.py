"""What a lesson says of its worksheets: the `worksheet` field of a lesson file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

BlankKind = Literal[
    "sums", "activations", "error", "deltas", "gradients", "updates", "symbols", "factors"
]
Space = Literal["line", "box", "grid"]
Paper = Literal["a4", "letter"]
NUMERIC: tuple[BlankKind, ...] = (
    "sums", "activations", "error", "deltas", "gradients", "updates",
)  # fmt: skip
# The significant digits that are printed: carrying more by hand is no fun.
SHEET_DIGITS = 4

# The parts of the address of a step; see `pages.sheets.plan.address_of`.
_NAME = r"[A-Za-z][A-Za-z0-9_]*"
_ADDRESS = (
    rf"(?P<kind>[a-z_]+):(?P<place>{_NAME})(?P<quantity>(\.[A-Za-z0-9_]+)*)"
    rf"(@(?P<source>{_NAME})(>(?P<target>{_NAME}))?)?(?P<rest>(~[0-9]{{1,4}})?(#[0-9]{{1,6}})?)"
)
# Kinds of steps that are about a parameter; all others are about a neuron or a node.
_OF_PARAMETERS = (
    "gradient_weight", "gradient_bias", "gradient_parameter", "clip", "rule", "update",
)  # fmt: skip
# What is not the name of a neuron: the error, the penalty, the gradient as a whole.
_NO_NEURON = ("loss", "batch_loss", "penalty")


class Worksheet(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is asked for when worksheets are made of a lesson; what is left out is as `explainer worksheet` has it.

    `blank` and `share` (in per cent) draw the blanks; `steps`, where there are any, are the addresses of the steps to blank
    instead. An empty `language` is the user's; `format` is the name of a format that worksheets can be written in.
    """

    variants: int = 1
    seed: int = 0
    blank: tuple[BlankKind, ...] = NUMERIC
    share: Literal[30, 60, 100] = 60
    steps: tuple[str, ...] = ()
    space: Space = "line"
    points: bool = False
    school: str = ""
    course: str = ""
    date: str = ""
    key: Literal["full", "short"] = "full"
    format: str = "pdf"
    combined: bool = False
    paper: Paper = "a4"
    language: Literal["", "en", "ru"] = ""
    digits: int = SHEET_DIGITS


@cache
def _address() -> re.Pattern[str]:
    # Not on import: the first frame does without.
    return re.compile(_ADDRESS)


def is_address(text: str) -> bool:
    """Tell whether a text can be the address of a step."""
    return _address().fullmatch(text) is not None


def with_names(
    worksheet: Worksheet | None, neuron: Callable[[str], str], parameter: Callable[[str], str]
) -> Worksheet | None:
    """Return it with other names of neurons and parameters in the addresses of its steps."""
    if worksheet is None or not worksheet.steps:
        return worksheet
    steps = tuple(_renamed(address, neuron, parameter) for address in worksheet.steps)
    return worksheet if steps == worksheet.steps else replace(worksheet, steps=steps)


def fitting(
    worksheet: Worksheet | None, neurons: Collection[str], parameters: Collection[str]
) -> Worksheet | None:
    """Return it without the steps about neurons and parameters that are no longer there."""
    if worksheet is None or not worksheet.steps:
        return worksheet
    steps = tuple(address for address in worksheet.steps if _is_about(address, neurons, parameters))
    return worksheet if steps == worksheet.steps else replace(worksheet, steps=steps)


def _is_about(address: str, neurons: Collection[str], parameters: Collection[str]) -> bool:
    found = _address().fullmatch(address)
    if found is None:
        return False
    kind, place = found["kind"], found["place"]
    if kind in _OF_PARAMETERS:
        # "g" is the gradient as a whole.
        known = place in parameters or (kind == "clip" and place == "g")
    else:
        known = kind in _NO_NEURON or place in neurons
    ends = [name for name in (found["source"], found["target"]) if name is not None]
    return known and all(name in neurons for name in ends)


def _renamed(address: str, neuron: Callable[[str], str], parameter: Callable[[str], str]) -> str:
    found = _address().fullmatch(address)
    if found is None:
        return address
    kind, place = found["kind"], found["place"]
    if kind in _OF_PARAMETERS:
        place = parameter(place)
    elif kind not in _NO_NEURON:
        place = neuron(place)
    use = "" if found["source"] is None else f"@{neuron(found['source'])}"
    use += "" if found["target"] is None else f">{neuron(found['target'])}"
    return f"{kind}:{place}{found['quantity']}{use}{found['rest']}"
