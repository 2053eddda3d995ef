"""A slip: the number it gives at a step, and the sentence that names it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message


class Slip(NamedTuple):
    """A well-known mistake; `key` is its short name, `value` what it gives instead of the right number."""

    key: str
    sentence: Message
    value: float


Found = Iterator[Slip]

# Of more summands nobody adds up by hand, and one alone hardly shows in the sum.
MOST_TERMS = 100

SIGN = message("The sign is wrong: a difference was taken the other way round.")
ONE_SIGN = message("The sign of one summand is wrong.")
FORGOT_SLOPE = message("The slope of the activation, f′(z), was forgotten.")
OLD_SLOPE = message("The value of the activation, f(z), was taken for its slope, f′(z).")
TWICE = message("A factor 2 is too much, or the ½ of the error was forgotten.")
HALF = message("A factor 2 was forgotten, or a ½ is too much.")
MISSING_PATH = message("One of the paths to the error was left out of the sum.")
MISSING_TERM = message("One of the summands was left out.")
MIXED = message("The weight and the input it multiplies were mixed up.")
USED_Z = message("A weighted sum z was used where the activation belongs.")
NEW_WEIGHT = message("A weight was used that was already updated.")
OLD_WEIGHT = message(
    "A weight was used as it was before its update; this lesson goes on with the updated one."
)
ROUNDED = message("Intermediate results were rounded too early.")
TWICE_PLAIN = message("It is twice the right number: a factor 2 is too much.")
HALF_PLAIN = message("It is half the right number: a factor 2 is missing.")
OPPOSITE = message("The size is right, the sign is not.")
NO_MEAN = message("The sum over the batch was not divided by the number of samples.")
NEEDLESS_MEAN = message(
    "The sum over the batch was divided by the number of samples; this lesson takes the sum itself."
)
NO_SHARE = message("The sum over the outputs was not divided by their number.")
NEEDLESS_SHARE = message(
    "The sum over the outputs was divided by their number; this error is the sum itself."
)
WITH_RATE = message("The learning rate belongs to the update, not to the gradient.")
NO_DROPOUT = message("The dropout was forgotten.")
NO_SCALING = message("What the dropout leaves was not divided by the share that is kept.")
NO_PENALTY = message("The penalty was forgotten.")


def given_as(key: str, sentence: Message, value: float) -> Found:
    """Yield a slip if it gives a number at all."""
    if math.isfinite(value):
        yield Slip(key, sentence, value)


def missing_one(
    key: str, sentence: Message, terms: Sequence[float], factor: float = 1.0, rest: float = 0.0
) -> Found:
    """Yield what comes out where one of several summands is left out, for each of them; `rest` stays."""
    if 1 < len(terms) <= MOST_TERMS:
        total = sum(terms)
        for term in terms:
            yield from given_as(key, sentence, factor * (total - term) + rest)


def turned_one(terms: Sequence[float], factor: float = 1.0, rest: float = 0.0) -> Found:
    """Yield what comes out where one of several summands has the wrong sign, for each of them."""
    if 1 < len(terms) <= MOST_TERMS:
        total = sum(terms)
        for term in terms:
            yield from given_as("one sign", ONE_SIGN, factor * (total - 2 * term) + rest)


def scaled(found: Iterable[Slip], factor: float, rest: float = 0.0) -> Found:
    """Yield slips made earlier as they show in a number that is `factor` times theirs, plus a `rest`."""
    for slip in found:
        yield from given_as(slip.key, slip.sentence, slip.value * factor + rest)


def doubled(lesson: Lesson, value: float, rest: float = 0.0) -> Found:
    """Yield twice and half a number: the 2 of a square that is differentiated, or the ½ in front of it, went wrong."""
    # Imported here: the window reads slips from its first frame on, and only their finder needs the table.
    from explainer.maths.losses import LOSSES

    is_squared = lesson.expression is None and LOSSES[lesson.loss.choice.name].made_of == "squares"
    yield from given_as("twice", TWICE if is_squared else TWICE_PLAIN, 2 * value + rest)
    yield from given_as("half", HALF if is_squared else HALF_PLAIN, value / 2 + rest)


def averaged(total: float, count: int, *, is_mean: bool, rest: float = 0.0) -> Found:
    """Yield a sum over the batch that was not divided by the number of samples, or was where the lesson takes the sum."""
    if count > 1 and is_mean:
        yield from given_as("mean", NO_MEAN, total + rest)
    elif count > 1:
        yield from given_as("mean", NEEDLESS_MEAN, total / count + rest)


def shared_out(lesson: Lesson, value: float) -> Found:
    """Yield a number in which the mean over the outputs was forgotten, or taken where the error is a sum."""
    # Imported here: the window reads slips from its first frame on, and only their finder needs the table.
    from explainer.maths.losses import LOSSES

    outputs = len(lesson.network.of_role("output"))
    if outputs > 1 and LOSSES[lesson.loss.choice.name].is_mean:
        yield from given_as("outputs", NO_SHARE, value * outputs)
    elif outputs > 1:
        yield from given_as("outputs", NEEDLESS_SHARE, value / outputs)


def tried(compute: Callable[[], float]) -> float:
    """Return a number, or NaN where the slip cannot be computed with these numbers."""
    try:
        return compute()
    except (ArithmeticError, ValueError):
        return math.nan
