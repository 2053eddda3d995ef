"""Drawing the numbers of a variant: as one writes them by hand, by chance that depends on seed, variant and place alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec.structs import replace

from explainer.lesson.chance import Place, permutation, uniform
from explainer.lesson.lesson import Data, Lesson, Parameter
from explainer.lesson.vary import Draw, Vary
from explainer.maths.losses import LOSSES

_PURPOSE = "worksheet"
# Where a lesson does not say otherwise, its numbers are drawn from at least this range.
_LEAST_RANGE = 0.9
_LEAST_WHOLE = 5.0
_BY_HAND = 2
_FEW = 3


def grid(draw: Draw, *, with_zero: bool) -> range | tuple[int, ...]:
    """Return the numbers that may be drawn, in units of the last decimal."""
    scale = Decimal(10) ** draw.decimals
    first = (Decimal(repr(draw.least)) * scale).to_integral_value(ROUND_CEILING)
    last = (Decimal(repr(draw.most)) * scale).to_integral_value(ROUND_FLOOR)
    numbers = range(int(first), int(last) + 1)
    if with_zero or 0 not in numbers:
        return numbers
    # Only the ends are needed of a range without its 0.
    return tuple(number for number in numbers if number) if len(numbers) < 10**5 else numbers


def usual(lesson: Lesson) -> Vary:
    """Return what is drawn where a lesson does not say: all weights, biases, inputs and targets, near its own numbers.

    A truth table stays what it is: inputs that are all 0 or 1 in several samples are left alone, and their targets.
    """
    if lesson.expression is not None:
        values = list(lesson.expression.values.values())
        draw = _near(values)
        if draw is not None and len(values) <= _FEW:
            # So few numbers would soon be used up.
            decimals = _BY_HAND if len(values) == 1 else max(draw.decimals, 1)
            least = draw.least if draw.least < 0 else 10.0**-decimals
            draw = Draw(least, max(draw.most, _LEAST_WHOLE), decimals)
        return Vary(values=draw)
    network, data = lesson.network, lesson.data
    biases = {name for neuron in network.neurons for name in neuron.biases}
    weights = {edge.weight for edge in network.edges} - biases
    inputs = [value for row in data.inputs for value in row]
    targets = [value for row in data.targets for value in row]
    is_table = len(data.inputs) > 1 and set(inputs) <= {0.0, 1.0, -1.0}
    return Vary(
        weights=_near(map(network.value, weights)),
        biases=_near(map(network.value, biases)),
        inputs=None if is_table else _near(inputs),
        targets=None if is_table else _targets(lesson, targets),
    )


def drawn(lesson: Lesson, seed: int, variant: int, attempt: int) -> Lesson:
    """Return the lesson with the numbers of one attempt at a variant; structure and everything else stay."""
    vary = lesson.vary if lesson.vary is not None else usual(lesson)

    def number(draw: Draw | None, own: float, *place: Place) -> float:
        if draw is None:
            return own
        answers = place[0] == "target" and draw.least >= 0
        numbers = grid(draw, with_zero=own == 0.0 or answers) or (0,)
        at = int(uniform(seed, _PURPOSE, variant, attempt, *place) * len(numbers))
        return float(Decimal(numbers[at]).scaleb(-draw.decimals)) + 0.0

    if lesson.expression is not None:
        values = {
            name: number(vary.parameters.get(name, vary.values), own, "value", name)
            for name, own in lesson.expression.values.items()
        }
        return replace(lesson, expression=replace(lesson.expression, values=values))
    shuffle = _permuter(seed, variant, attempt)
    # How the weights were drawn is no longer true.
    return replace(
        lesson,
        network=replace(lesson.network, parameters=_parameters(lesson, vary, number)),
        data=_data(lesson, vary, number, shuffle),
        update=replace(
            lesson.update,
            learning_rate=number(vary.learning_rate, lesson.update.learning_rate, "learning rate"),
        ),
        initialise=None,
    )


_Number = Callable[..., float]


def _parameters(lesson: Lesson, vary: Vary, number: _Number) -> dict[str, float | Parameter]:
    network = lesson.network
    biases = {name for neuron in network.neurons for name in neuron.biases}
    weights = {edge.weight for edge in network.edges} - biases
    found: dict[str, float | Parameter] = {}
    for name, own in network.parameters.items():
        draw = vary.parameters.get(name)
        if draw is None and network.is_trainable(name):
            draw = vary.biases if name in biases else vary.weights if name in weights else None
        value = number(draw, network.value(name), "parameter", name)
        found[name] = replace(own, value=value) if isinstance(own, Parameter) else value
    return found


def _data(
    lesson: Lesson, vary: Vary, number: _Number, shuffle: Callable[[int, int], tuple[int, ...]]
) -> Data:
    data = lesson.data
    inputs = tuple(
        tuple(number(vary.inputs, own, "input", sample, place) for place, own in enumerate(row))
        for sample, row in enumerate(data.inputs)
    )
    targets = tuple(
        # Shares of classes stay shares: which class is the right one is drawn.
        tuple(row[place] for place in shuffle(sample, len(row)))
        if _are_shares(row) and vary.targets is not None
        else tuple(
            number(vary.targets, own, "target", sample, place) for place, own in enumerate(row)
        )
        for sample, row in enumerate(data.targets)
    )
    return replace(data, inputs=inputs, targets=targets)


def _permuter(seed: int, variant: int, attempt: int) -> Callable[[int, int], tuple[int, ...]]:
    def shuffle(sample: int, count: int) -> tuple[int, ...]:
        return permutation(count, seed, _PURPOSE, variant, attempt, "targets", sample)

    return shuffle


def _are_shares(row: tuple[float, ...]) -> bool:
    return len(row) > 1 and sum(row) == 1.0 and all(value >= 0 for value in row)


def _near(values: Iterable[float]) -> Draw | None:
    """Return a range like that of some numbers, with decimals as they have them, at most two; None where there are none."""
    own = list(values)
    if not own:
        return None
    decimals = min(max(map(_decimals, own)), _BY_HAND)
    largest = max(map(abs, own))
    if decimals == 0 and largest > 1:
        most = max(largest, _LEAST_WHOLE)
        return Draw(-most if min(own) < 0 else 1.0, most, 0)
    decimals = max(decimals, 1)
    most = max(_LEAST_RANGE, round(largest, _BY_HAND))
    return Draw(-most if min(own) < 0 else 10.0**-decimals, most, decimals)


def _targets(lesson: Lesson, values: Sequence[float]) -> Draw | None:
    """Return a range for targets in which the error has a meaning; answers yes and no stay such."""
    if not values:
        return None
    low, high = LOSSES[lesson.loss.choice.name].targets
    decimals = min(max(map(_decimals, values)), _BY_HAND)
    least, most = min(0.0, *values), max(1.0, *values)
    return Draw(max(least, low), min(most, high), decimals)


def _decimals(value: float) -> int:
    return max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent))
