"""The networks that are measured: layered, every neuron with a bias, weights drawn once and for all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice, pairwise

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import VERSION, Data, Edge, Lesson, Network, Neuron, Role

SMALL = (2, 4, 2, 1)
DEEP = (2, 8, 8, 8, 8, 8, 8, 1)
# 300 neurons and nearly 6 000 edges; 100 neurons.
LARGEST = (21,) * 14 + (6,)
HUNDRED = (20,) * 5
# Of a sparse network: by how many a neuron is fed, and how many edges skip a layer.
_FED_BY, _SKIPPING = 3, 40
GROWING = ((2, 4, 4, 1), (2, 4, 4, 4, 1), (2, 4, 4, 4, 4, 1))


def layered(widths: Sequence[int], activation: str) -> Lesson:
    """Return a lesson on a network with layers of these widths, fully connected, with one sample."""
    draw = random.Random(1)  # noqa: S311 - the same weights every time
    layers = [
        [_neuron(depth, place, len(widths), activation) for place in range(width)]
        for depth, width in enumerate(widths)
    ]
    edges = [
        Edge(source.id, target.id, f"w_{source.id}_{target.id}")
        for before, after in pairwise(layers)
        for target in after
        for source in before
    ]
    neurons = tuple(neuron for layer in layers for neuron in layer)
    biases = [name for neuron in neurons for name in neuron.own_parameters]
    names = [*(edge.weight for edge in edges), *biases]
    parameters = {name: round(draw.uniform(-1, 1), 3) for name in names}
    data = Data((_numbers(draw, widths[0]),), (_numbers(draw, widths[-1]),))
    network = Network(neurons, tuple(edges), dict(parameters))
    return Lesson("explainer-lesson", VERSION, named(widths), network, data)


def sparse(widths: Sequence[int], activation: str) -> Lesson:
    """Return a lesson on a network as large whose neurons are fed by three of the layer before, some also from farther back."""
    draw = random.Random(2)  # noqa: S311 - the same edges every time
    lesson = layered(widths, activation)
    names = iter(neuron.id for neuron in lesson.network.neurons)
    layers = [list(islice(names, width)) for width in widths]
    pairs: dict[tuple[str, str], None] = {}
    for before, after in pairwise(layers):
        for place, target in enumerate(after):
            sources = {before[place * len(before) // len(after)], *draw.sample(before, _FED_BY - 1)}
            pairs |= dict.fromkeys((source, target) for source in before if source in sources)
    for _ in range(_SKIPPING):
        start = draw.randrange(len(layers) - 2)
        end = draw.randrange(start + 2, len(layers))
        pairs[draw.choice(layers[start]), draw.choice(layers[end])] = None
    edges = tuple(Edge(source, target, f"w_{source}_{target}") for source, target in pairs)
    biases = [name for neuron in lesson.network.neurons for name in neuron.own_parameters]
    drawn = {name: round(draw.uniform(-1, 1), 3) for name in [*(e.weight for e in edges), *biases]}
    network = Network(lesson.network.neurons, edges, dict(drawn))
    return replace(lesson, network=network)


def _neuron(depth: int, place: int, layers: int, activation: str) -> Neuron:
    if depth == 0:
        return Neuron(f"i{place + 1}", "input")
    role: Role = "output" if depth == layers - 1 else "hidden"
    # Two numbers of two digits would not stay apart.
    between = "_" if depth > 9 or place > 8 else ""
    name = f"o{place + 1}" if role == "output" else f"h{depth}{between}{place + 1}"
    return Neuron(name, role, Choice(activation), bias=f"b_{name}")


def _numbers(draw: random.Random, count: int) -> tuple[float, ...]:
    return tuple(round(draw.uniform(-1, 1), 3) for _ in range(count))


def named(widths: Sequence[int]) -> str:
    """Return the widths as they are told and heard: 2-4-2-1."""
    return "-".join(str(width) for width in widths)


def widths_of(name: str) -> list[int]:
    """Return the widths that `named` tells."""
    return [int(width) for width in name.split("-")]
