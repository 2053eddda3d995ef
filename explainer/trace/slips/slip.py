"""A slip: the number it gives at a step, and the sentence that names it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from explainer.messages import Message, message


class Slip(NamedTuple):
    """A well-known mistake; `key` is its short name, `value` what it gives instead of the right number."""

    key: str
    sentence: Message
    value: float


Found = Iterator[Slip]

SIGN = message("The sign is wrong: a difference was taken the other way round.")
FORGOT_SLOPE = message("The slope of the activation, f′(z), was forgotten.")
OLD_SLOPE = message("The value of the activation, f(z), was taken for its slope, f′(z).")
TWICE = message("A factor 2 is too much, or the ½ of the error was forgotten.")
HALF = message("A factor 2 was forgotten, or a ½ is too much.")
MISSING_PATH = message("One of the paths to the error was left out of the sum.")
MISSING_TERM = message("One of the summands was left out.")
MIXED = message("The weight and the input it multiplies were mixed up.")
USED_Z = message("A weighted sum z was used where the activation belongs.")
NEW_WEIGHT = message("A weight was used that was already updated.")
ROUNDED = message("Intermediate results were rounded too early.")


def given_as(key: str, sentence: Message, value: float) -> Found:
    """Yield a slip if it gives a number at all."""
    if math.isfinite(value):
        yield Slip(key, sentence, value)


def missing_one(key: str, sentence: Message, terms: Sequence[float], factor: float = 1.0) -> Found:
    """Yield what comes out where one of several summands is left out, for each of them."""
    if len(terms) > 1:
        for place in range(len(terms)):
            rest = sum(term for other, term in enumerate(terms) if other != place)
            yield from given_as(key, sentence, factor * rest)


def tried(compute: Callable[[], float]) -> float:
    """Return a number, or NaN where the slip cannot be computed with these numbers."""
    try:
        return compute()
    except (ArithmeticError, ValueError):
        return math.nan
