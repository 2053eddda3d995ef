"""Whether an entry of a table is one, and its parameters are numbers it can work with."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from explainer.lesson.choice import Choice
from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.limits import MAX_NAME
from explainer.messages import Message, message

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class _Range(NamedTuple):
    least: float
    below: float
    fault: Message


_SHARE = _Range(0.0, 1.0, message("it must be at least 0 and below 1"))
_NOT_NEGATIVE = _Range(0.0, math.inf, message("it must not be negative"))
_POSITIVE = _Range(math.ulp(0.0), math.inf, message("it must be greater than 0"))
_COUNT = _Range(1.0, math.inf, message("it must be a whole number from 1"))

# Parameters that have a meaning only within limits; the same name means the same in every table.
_RANGES = {
    "momentum": _SHARE,
    "beta1": _SHARE,
    "beta2": _SHARE,
    "decay": _SHARE,
    "epsilon": _NOT_NEGATIVE,
    "weight_decay": _NOT_NEGATIVE,
    "std": _NOT_NEGATIVE,
    "delta": _POSITIVE,
    "gamma": _POSITIVE,
    "step_size": _COUNT,
}


def check_choice(choice: Choice, place: str, key: str, table: Mapping[str, object]) -> None:
    """Raise Refused unless the table has the entry, and it has these parameters; `key` is the field of its name."""
    row = table.get(choice.name)
    if row is None:
        fault = message(
            '"{found}" is not one of {words}', found=quoted(choice.name), words=", ".join(table)
        )
        raise refused(f"{place}.{key}" if choice.parameters else place, fault)
    known: Mapping[str, float] = getattr(row, "parameters", {})
    for name, value in choice.parameters:
        if name not in known:
            raise refused(below(place, name), message("there is no such field"))
        check_finite(value, below(place, name))
        allowed = _RANGES.get(name)
        if allowed is not None:
            whole = allowed is not _COUNT or value == int(value)
            if not (whole and allowed.least <= value < allowed.below):
                raise refused(below(place, name), allowed.fault)
    _check_together(choice, place, row)


def _check_together(choice: Choice, place: str, row: object) -> None:
    """Raise Refused where the row itself finds that it cannot work with these parameters."""
    find = getattr(row, "fault", None)
    if find is not None:
        known: Mapping[str, float] = getattr(row, "parameters", {})
        fault = find({**known, **dict(choice.parameters)})
        if fault is not None:
            raise refused(below(place, fault[0]), fault[1])


def check_finite(value: float, place: str) -> None:
    """Raise Refused for an infinite number or none."""
    if not math.isfinite(value):
        raise refused(place, message("the number must be finite"))


def check_count(found: int, limit: int, place: str) -> None:
    """Raise Refused where there are more than the limit."""
    if found > limit:
        fault = message("there are {found}, at most {limit} are allowed", found=found, limit=limit)
        raise refused(place, fault)


def check_name(name: str, place: str) -> None:
    """Raise Refused unless the text is a name as the format has them."""
    if len(name) > MAX_NAME:
        raise refused(place, message("it is longer than {limit} characters", limit=MAX_NAME))
    if not _NAME.fullmatch(name):
        fault = message(
            '"{name}" is not a name: a Latin letter, then letters, digits and _', name=quoted(name)
        )
        raise refused(place, fault)
