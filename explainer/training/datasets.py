"""Data sets to try training on: those of TensorFlow Playground, truth tables, curves. One row each, nothing else to edit.

A draw is a pure function of the seed and its place, as everywhere in a lesson. Coordinates lie in −6 … 6; classes are −1
and 1, or 0 and 1 where the error asks for shares. `noise` from 0 to 0.5 means what it means in the Playground, whose
definitions are those of its file dataset.ts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from msgspec import Struct

from explainer.lesson.chance import normal, permutation, uniform
from explainer.lesson.lesson import Data, Feature, Samples
from explainer.messages import Message, Refused, message

Task = Literal["classification", "regression"]
Row = tuple[tuple[float, ...], float]

MOST_SAMPLES = 10_000
MOST_NOISE = 0.5


class Draw:
    """Chance for one sample of one data set."""

    def __init__(self, seed: int, name: str, sample: int) -> None:
        self._place = (seed, f"data {name}", sample)

    def between(self, what: str, low: float, high: float) -> float:
        """Return a number between two."""
        seed, purpose, sample = self._place
        return low + (high - low) * uniform(seed, purpose, sample, what)

    def around(self, what: str, mean: float, deviation: float) -> float:
        """Return a number from a normal distribution."""
        seed, purpose, sample = self._place
        return mean + deviation * normal(seed, purpose, sample, what)


Sample = Callable[[Draw, int, int, float], Row]


class DataSet(Struct, frozen=True):
    """A data set: `sample(draw, number, count, noise)` gives inputs and target of one of `count` samples.

    `fixed` data sets are a table of so many rows, the same whatever was asked.
    """

    name: str
    label: Message
    task: Task
    sample: Sample
    source: str
    inputs: int = 2
    fixed: int | None = None


class Split(NamedTuple):
    """Samples to train on, and samples kept to test with."""

    training: Data
    test: Data


def _circle(draw: Draw, number: int, count: int, noise: float) -> Row:
    radius = 5.0
    inner = number < count // 2
    distance = (
        draw.between("r", 0, radius / 2) if inner else draw.between("r", 0.7 * radius, radius)
    )
    angle = draw.between("angle", 0, 2 * math.pi)
    x, y = distance * math.sin(angle), distance * math.cos(angle)
    shifted = math.hypot(
        x + draw.between("dx", -radius, radius) * noise,
        y + draw.between("dy", -radius, radius) * noise,
    )
    return (x, y), 1.0 if shifted < radius / 2 else -1.0


def _exclusive_or(draw: Draw, number: int, count: int, noise: float) -> Row:
    gap = 0.3
    x, y = (
        value + math.copysign(gap, value)
        for value in (draw.between("x", -5, 5), draw.between("y", -5, 5))
    )
    shifted = (x + draw.between("dx", -5, 5) * noise) * (y + draw.between("dy", -5, 5) * noise)
    return (x, y), 1.0 if shifted >= 0 else -1.0


def _gaussian(draw: Draw, number: int, count: int, noise: float) -> Row:
    # From 0 to 0.5 the noise makes the variance 0.5 … 4, by which the deviation is its root.
    deviation = math.sqrt(0.5 + 7 * noise)
    label = 1.0 if number < count // 2 else -1.0
    return (draw.around("x", 2 * label, deviation), draw.around("y", 2 * label, deviation)), label


def _spiral(draw: Draw, number: int, count: int, noise: float) -> Row:
    half = max(1, count // 2)
    first = number < half
    place = (number if first else number - half) / half
    angle = 1.75 * place * 2 * math.pi + (0 if first else math.pi)
    x = 5 * place * math.sin(angle) + draw.between("dx", -1, 1) * noise
    y = 5 * place * math.cos(angle) + draw.between("dy", -1, 1) * noise
    return (x, y), 1.0 if first else -1.0


def _plane(draw: Draw, number: int, count: int, noise: float) -> Row:
    x, y = draw.between("x", -6, 6), draw.between("y", -6, 6)
    shifted = x + draw.between("dx", -6, 6) * noise, y + draw.between("dy", -6, 6) * noise
    return (x, y), (shifted[0] + shifted[1]) / 10


_HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def _multi_gaussian(draw: Draw, number: int, count: int, noise: float) -> Row:
    x, y = draw.between("x", -6, 6), draw.between("y", -6, 6)
    u, v = x + draw.between("dx", -6, 6) * noise, y + draw.between("dy", -6, 6) * noise
    # The highest hill of all, sign and all: each falls to 0 at the distance 2.
    target = 0.0
    for centre_x, centre_y, sign in _HILLS:
        height = sign * max(0.0, 1 - math.hypot(u - centre_x, v - centre_y) / 2)
        if abs(height) > abs(target):
            target = height
    return (x, y), target


def _half_moons(draw: Draw, number: int, count: int, noise: float) -> Row:
    first = number < count // 2
    angle = draw.between("angle", 0, math.pi)
    x, y = (
        (math.cos(angle), math.sin(angle))
        if first
        else (1 - math.cos(angle), 0.5 - math.sin(angle))
    )
    return (
        (
            3 * (x - 0.5) + draw.around("dx", 0, 3 * noise),
            3 * (y - 0.25) + draw.around("dy", 0, 3 * noise),
        ),
        1.0 if first else -1.0,
    )


def _curve(function: Callable[[float], float], low: float, high: float) -> Sample:
    """Return samples of a function of one number, equally far apart; noise is added to the target."""

    def sample(draw: Draw, number: int, count: int, noise: float) -> Row:
        x = low + (high - low) * (number / (count - 1) if count > 1 else 0.5)
        return (x,), function(x) + draw.around("dy", 0, noise)

    return sample


def _truth(function: Callable[[bool, bool], bool]) -> Sample:
    """Return the rows of a truth table in the order of counting."""

    def sample(draw: Draw, number: int, count: int, noise: float) -> Row:
        x, y = bool(number & 2), bool(number & 1)
        return (float(x), float(y)), float(function(x, y))

    return sample


_PLAYGROUND = "TensorFlow Playground (Smilkov, Carter, Sculley, Viégas, Wattenberg: Direct-manipulation visualization of deep networks, 2016), dataset.ts"
_BUMPS = "Nielsen: Neural networks and deep learning (2015), chapter 4"

_ROWS = (
    DataSet("circle", message("circle"), "classification", _circle, _PLAYGROUND),
    DataSet("xor", message("exclusive or"), "classification", _exclusive_or, _PLAYGROUND),
    DataSet("gaussian", message("two Gaussians"), "classification", _gaussian, _PLAYGROUND),
    DataSet("spiral", message("spiral"), "classification", _spiral, _PLAYGROUND),
    DataSet("plane", message("plane"), "regression", _plane, _PLAYGROUND),
    DataSet("multi_gaussian", message("six hills"), "regression", _multi_gaussian, _PLAYGROUND),
    DataSet("half_moons", message("half moons"), "classification", _half_moons, "scikit-learn's make_moons, spread to −6 … 6"),
    DataSet("linear", message("straight line"), "regression", _curve(lambda x: 0.5 * x + 1, -5, 5), "y = x/2 + 1", inputs=1),
    DataSet("sine", message("sine"), "regression", _curve(math.sin, -math.pi, math.pi), "y = sin x", inputs=1),
    DataSet("and_table", message("AND"), "classification", _truth(lambda x, y: x and y), "the truth table", fixed=4),
    DataSet("or_table", message("OR"), "classification", _truth(lambda x, y: x or y), "the truth table", fixed=4),
    DataSet("xor_table", message("XOR"), "classification", _truth(lambda x, y: x != y), "the truth table", fixed=4),
    DataSet("bump", message("one bump"), "regression", _curve(lambda x: float(0.4 <= x < 0.6), 0, 1), _BUMPS, inputs=1),
    DataSet("bumps", message("three bumps"), "regression", _curve(lambda x: 0.3 * (0.1 <= x < 0.3) + 0.8 * (0.4 <= x < 0.6) - 0.4 * (0.7 <= x < 0.9), 0, 1), _BUMPS, inputs=1),
    DataSet("wave", message("a wave to build from bumps"), "regression", _curve(lambda x: 0.2 + 0.4 * x * x + 0.3 * x * math.sin(15 * x) + 0.05 * math.cos(50 * x), 0, 1), f"{_BUMPS}, its goal function", inputs=1),
    DataSet("step", message("step"), "regression", _curve(lambda x: float(x >= 0.5), 0, 1), _BUMPS, inputs=1),
    DataSet("parabola", message("parabola"), "regression", _curve(lambda x: 4 * x * (1 - x), 0, 1), "y = 4x(1 − x)", inputs=1),
)  # fmt: skip

DATASETS: dict[str, DataSet] = {row.name: row for row in _ROWS}

# What the Playground computes from the two coordinates, to be put beside them as columns of the data.
FEATURES = (
    Feature("x1_squared", "x1^2"),
    Feature("x2_squared", "x2^2"),
    Feature("product", "x1*x2"),
    Feature("sin_x1", "sin(x1)"),
    Feature("sin_x2", "sin(x2)"),
)


def dataset(
    name: str,
    samples: int = 500,
    *,
    noise: float = 0.0,
    seed: int = 0,
    training_share: float = 0.5,
    zero_one: bool = False,
) -> Split:
    """Return a data set in an order drawn by chance, the first `training_share` of it to train on.

    A truth table is trained on whole. `zero_one` writes the classes −1 and 1 as 0 and 1. Refused for a name, number, noise
    or share there cannot be.
    """
    row = DATASETS.get(name)
    if row is None:
        words = ", ".join(DATASETS)
        raise Refused(
            message('no data set "{name}"; there are {words}', name=name[:60], words=words)
        )
    _must_be_within(samples, noise, training_share)
    count = samples if row.fixed is None else row.fixed
    rows = [row.sample(Draw(seed, name, number), number, count, noise) for number in range(count)]
    if zero_one and row.task == "classification":
        rows = [(inputs, max(0.0, target)) for inputs, target in rows]
    if row.fixed is not None:
        return Split(_data(rows), Data((), ()))
    order = permutation(count, seed, f"data {name}")
    cut = min(count, max(1, round(count * training_share)))
    shuffled = [rows[place] for place in order]
    return Split(_data(shuffled[:cut]), _data(shuffled[cut:]))


def together(split: Split, features: tuple[Feature, ...] = ()) -> Data:
    """Return the data of a lesson: the samples to train on, the others held out, with computed columns."""
    test = Samples(split.test.inputs, split.test.targets) if split.test.inputs else None
    return Data(split.training.inputs, split.training.targets, features=features, test=test)


def _data(rows: list[Row]) -> Data:
    return Data(
        tuple(tuple(value + 0.0 for value in inputs) for inputs, _ in rows),
        tuple((target + 0.0,) for _, target in rows),
    )


def _must_be_within(samples: int, noise: float, share: float) -> None:
    if not 2 <= samples <= MOST_SAMPLES:
        fault = message("a data set has from 2 to {limit} samples", limit=MOST_SAMPLES)
        raise Refused(fault)
    if not 0 <= noise <= MOST_NOISE:
        raise Refused(message("the noise lies between 0 and {limit}", limit=MOST_NOISE))
    if not 0 < share <= 1:
        raise Refused(message("the share to train on is above 0 and at most 1"))
