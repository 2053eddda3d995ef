"""The largest lesson that a file may hold: every limit reached at once."""

from __future__ import annotations

import random
from itertools import pairwise

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Data,
    Edge,
    Lesson,
    Network,
    Neuron,
    Parameter,
    Role,
)
from explainer.lesson.limits import MAX_EDGES, MAX_SAMPLES

_WIDTHS = (40, 60, 60, 60, 60, 19, 1)


def largest_lesson() -> Lesson:
    """Return a lesson with as many neurons, edges and samples as there may be, in a file nearly as large as there may be."""
    draw = random.Random(1)  # noqa: S311 - the same numbers every time
    layers = [
        [f"n{layer}_{place}" for place in range(width)] for layer, width in enumerate(_WIDTHS)
    ]
    neurons = [Neuron(name, "input") for name in layers[0]]
    for layer in layers[1:]:
        role: Role = "output" if layer is layers[-1] else "hidden"
        neurons += [Neuron(name, role, Choice("tanh"), bias=f"b{name}") for name in layer]
    edges = _edges(layers, draw)
    parameters: dict[str, float | Parameter] = {edge.weight: draw.uniform(-1, 1) for edge in edges}
    parameters |= {neuron.bias: 0.0 for neuron in neurons if isinstance(neuron.bias, str)}
    inputs = tuple(
        tuple(round(draw.uniform(-1, 1), 11) for _ in layers[0]) for _ in range(MAX_SAMPLES)
    )
    targets = tuple((float(index % 2),) for index in range(MAX_SAMPLES))
    network = Network(tuple(neurons), edges, parameters)
    return Lesson(FORMAT, VERSION, "The largest lesson", network, Data(inputs, targets))


def _edges(layers: list[list[str]], draw: random.Random) -> tuple[Edge, ...]:
    """Return as many edges as there may be: those between neighbours, and some that skip layers."""
    pairs = [
        (source, target)
        for before, after in pairwise(layers)
        for source in before
        for target in after
    ]
    further = [(source, target) for source in layers[0] for target in layers[2] + layers[3]]
    pairs = list(dict.fromkeys([*pairs, *further]))
    draw.shuffle(pairs)
    fed = {target: source for source, target in pairs}
    pairs = list(dict.fromkeys([*((source, target) for target, source in fed.items()), *pairs]))
    return tuple(Edge(*pair, f"w{index}") for index, pair in enumerate(pairs[:MAX_EDGES]))
