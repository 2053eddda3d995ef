"""Comparing the engine with the trace, where the lesson itself does not magnify rounding."""

import math
import random

from hypothesis import assume, event
from msgspec.structs import replace

from explainer.lesson.edits import with_parameters
from explainer.messages import Refused
from explainer.trace.run import trace
from explainer.training.engine import Engine

# As everywhere: relative, or so much where the true value is smaller.
ABSOLUTE = 1e-15
# A lesson shaken so that moves more than a tenth of what is asked loses these digits in any arithmetic: an exact tie, a
# gradient that is the difference of equal numbers and that Adam divides by its own size.
SHAKE = 2.0**-48


def trainable(lesson):
    """Return the lesson updated simultaneously, which is what the engine does."""
    return replace(lesson, update=replace(lesson.update, order="simultaneous"))


def traced(lesson, passes):
    """Return parameters and memory after so many passes, for a lesson that has them."""
    try:
        return trace(lesson, passes)[-1].end
    except Refused as refusal:
        event(f"refused: {refusal}"[:40])
        assume(False)


def trained(lesson, passes):
    engine = Engine(lesson)
    for _ in range(passes):
        engine.run_batch()
    return engine.parameters(), engine.memory()


def shaken(lesson, seed):
    """Return the lesson with every number moved by a few units in the last place."""
    draw = random.Random(seed)

    def moved(value):
        return value * (1 + draw.choice((-SHAKE, SHAKE)))

    network = lesson.network
    inputs = tuple(tuple(map(moved, row)) for row in lesson.data.inputs)
    values = {name: moved(network.value(name)) for name in network.parameters}
    moved_lesson = replace(lesson, data=replace(lesson.data, inputs=inputs))
    return with_parameters(moved_lesson, values)


def numbers(parameters, memory):
    """Yield every number with its name."""
    yield from parameters.items()
    for name, cells in memory.items():
        yield from (((name, cell), value) for cell, value in cells.items())


def agree(one, other, tolerance):
    """Return the names of the numbers that differ."""
    first, second = dict(numbers(*one)), dict(numbers(*other))
    assert first.keys() == second.keys()
    return [
        (name, first[name], second[name])
        for name in first
        if not math.isclose(first[name], second[name], rel_tol=tolerance, abs_tol=ABSOLUTE)
    ]


def must_agree(lesson, passes, tolerance):
    """Compare engine and trace after some passes; a lesson that magnifies rounding is another day's."""
    end = traced(lesson, passes)
    for seed in range(4):
        moved = traced(shaken(lesson, seed), passes)
        if agree(end, moved, tolerance / 10):
            event("magnifies rounding")
            assume(False)
    event(f"rule {lesson.update.choice.name}")
    assert agree(end, trained(lesson, passes), tolerance) == []
