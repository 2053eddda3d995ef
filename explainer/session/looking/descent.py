"""The way down: which parameters can be looked along, the path the passes have taken, another learning rate tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from explainer.lesson.continuing import continued
from explainer.lesson.edits import set_learning_rate
from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import symbol_of
from explainer.messages import Refused
from explainer.trace.landscape import Landscape, Stale
from explainer.trace.run import run_pass
from explainer.trace.steps import Pass

MOST_STEPS = 50
# A map of every sample may hold so many quantities; beyond, only the batch is computed.
_MOST_QUANTITIES = 6000
# What a pointer sets has this share of the map's width as its last digit.
_FINENESS = 1e-3
# A path is not followed beyond so many times the width of the map.
_FAR = 1e3


class Standing(NamedTuple):
    """Where the descent stands: lesson, passes done, the parameters and the rule's memory there, the batch of the pass.

    `height` is how the lesson writes what the landscape is the height of: its error, of a formula its result.
    """

    lesson: Lesson
    passes: int
    parameters: dict[str, float]
    memory: dict[str, dict[str, float]]
    samples: tuple[int, ...]
    height: str


class Path(NamedTuple):
    """The parameters after each step, the first where it begins. `ended` is True where the numbers grew too large."""

    points: tuple[dict[str, float], ...]
    ended: bool = False


def choosable(lesson: Lesson) -> tuple[str, ...]:
    """Return what the error can be looked at along: trainable parameters first, then frozen ones; variables of a formula."""
    if lesson.expression is not None:
        return tuple(lesson.expression.values)
    names = lesson.network.parameters
    return tuple(sorted(names, key=lambda name: not lesson.network.is_trainable(name)))


def symbol(name: str) -> str:
    """Return how a name or a letter of the notation is written as plain text."""
    return symbol_of(name).text


def standing(
    lesson: Lesson, passes: Sequence[Pass], pass_index: int, step_index: int
) -> Standing | None:
    """Return where the descent stands at a step of a pass: before its update until its last step; None while unknown."""
    if pass_index >= len(passes):
        return None
    one = passes[pass_index]
    if lesson.expression is not None:
        # The way back starts at the result.
        result = next(step.subject for step in one.steps if step.phase == "backward")
        values = dict(lesson.expression.values)
        return Standing(lesson, 0, values, {}, one.samples, symbol(result))
    error = symbol(lesson.notation.error)
    if step_index >= len(one.steps) - 1:
        after = one.parameters_after, one.state_after
        return Standing(lesson, pass_index + 1, *after, one.samples, error)
    before = one.parameters_before, one.state_before
    return Standing(lesson, pass_index, *before, one.samples, error)


def taken(passes: Sequence[Pass], standing: Standing) -> Path:
    """Return the path of the passes of the session up to where it stands."""
    if standing.lesson.expression is not None:
        return Path((standing.parameters,))
    before = tuple(one.parameters_before for one in passes[: standing.passes])
    return Path((*before, standing.parameters))


def tried(place: Standing, learning_rate: float, steps: int, is_stale: Callable[[], bool]) -> Path:
    """Return what the lesson's own rule makes of another learning rate, all parameters moving. Raises Stale."""
    if place.lesson.expression is not None:
        return Path((place.parameters,))
    lesson = continued(place.lesson, place.passes, place.parameters, place.memory)
    lesson = set_learning_rate(lesson, learning_rate)
    points = [place.parameters]
    run = None
    for index in range(min(steps, MOST_STEPS)):
        if is_stale():
            raise Stale
        try:
            run = run_pass(lesson, index, run)
        except Refused:
            return Path(tuple(points), ended=True)
        points.append(run.end.parameters)
    return Path(tuple(points))


def landscape(place: Standing, *, whole: bool) -> Landscape:
    """Return the error over the batch of the pass, or over every sample where that is small enough."""
    lesson = place.lesson
    samples = place.samples
    everything = tuple(range(len(lesson.data.inputs)))
    if whole and lesson.expression is None and can_be_whole(lesson):
        samples = everything
    number = lesson.state.passes + place.passes
    return Landscape(lesson, samples, place.parameters, number, place.memory)


def can_be_whole(lesson: Lesson) -> bool:
    """Tell whether every sample can be computed at once, and is more than a batch."""
    network = lesson.network
    each = 2 * len(network.neurons) + len(network.edges)
    return len(lesson.data.inputs) > 1 and len(lesson.data.inputs) * each <= _MOST_QUANTITIES


def span_of(path: Path, name: str, widest: float = _FAR) -> tuple[float, float]:
    """Return the interval of a map: the path in its middle with room around it."""
    numbers = [point[name] for point in path.points]
    low, high = min(numbers), max(numbers)
    half = min(max(0.75 * (high - low), 1.0), widest)
    middle = (low + high) / 2
    return middle - half, middle + half


def sayable(value: float, ends: tuple[float, float] | None) -> float:
    """Return a number of a map with as many digits as a pointer can mean; as it is where there are no ends."""
    if ends is None:
        return value
    digits = 0
    while 10.0**-digits > (ends[1] - ends[0]) * _FINENESS * 10 and digits < 12:
        digits += 1
    return round(value, digits) + 0.0
