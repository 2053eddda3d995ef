"""Lessons of many shapes to draw; weights are a plain function of their place, so that nothing is left to chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Data, Edge, Lesson, Network, Neuron, Parameter, Role
from explainer.pages.page import Badge, Reference
from explainer.trace.moment import Moment, starting_moment
from explainer.trace.steps import Focus, Phase


def dense(
    *sizes: int,
    bias: bool = False,
    extra: Iterable[tuple[str, str]] = (),
    activation: str = "sigmoid",
) -> Lesson:
    """Return a layered lesson; `extra` are further edges, e.g. ones that skip a layer."""
    layers = [
        [f"{_letter(depth, sizes)}{depth}_{row + 1}" for row in range(size)]
        for depth, size in enumerate(sizes)
    ]
    neurons = []
    for depth, layer in enumerate(layers):
        role: Role = "input" if depth == 0 else "output" if depth == len(sizes) - 1 else "hidden"
        for name in layer:
            biased = f"b_{name}" if bias and depth else None
            chosen = Choice(activation if role == "hidden" else "identity")
            neurons.append(Neuron(name, role, activation=chosen, bias=biased))
    ends = [(a, b) for left, right in pairwise(layers) for b in right for a in left]
    return lesson(neurons, [*ends, *extra])


def _letter(depth: int, sizes: Sequence[int]) -> str:
    return "x" if depth == 0 else "o" if depth == len(sizes) - 1 else "h"


def lesson(
    neurons: Sequence[Neuron],
    ends: Sequence[tuple[str, str]],
    weights: dict[tuple[str, str], str] | None = None,
) -> Lesson:
    """Return a lesson of these neurons and edges; edges without a weight of `weights` get one of their own."""
    names = {pair: f"w{number + 1}" for number, pair in enumerate(ends)} | (weights or {})
    edges = tuple(Edge(source, target, names[source, target]) for source, target in ends)
    named = [*dict.fromkeys(edge.weight for edge in edges)]
    parameters: dict[str, float | Parameter] = {
        name: round(((number * 37) % 41 - 19) / 23, 3) for number, name in enumerate(named)
    }
    parameters |= {name: 0.35 for neuron in neurons for name in neuron.own_parameters}
    inputs = tuple(
        round(0.5 * (place + 1), 1) for place, n in enumerate(neurons) if n.role == "input"
    )
    targets = tuple(
        round(0.1 + 0.3 * (place % 4), 1) for place, n in enumerate(neurons) if n.role == "output"
    )
    return Lesson(
        "explainer-lesson",
        1,
        "Test",
        Network(tuple(neurons), edges, parameters),
        Data((inputs,), (targets,)),
    )


def late(drawn: Lesson, phase: Phase = "backward") -> Moment:
    """Return a moment late in a pass: everything is known, the step speaks of the first way through the network."""
    start = starting_moment(drawn)
    network = drawn.network
    values = {
        neuron.id: round(0.123 * (place % 9) - 0.4, 3)
        for place, neuron in enumerate(network.neurons)
    }
    deltas = {neuron.id: -0.809 for neuron in network.neurons if neuron.role != "input"}
    path = first_path(network)
    edges = tuple(pairwise(path))
    used = tuple(edge.weight for edge in network.edges if (edge.source, edge.target) in edges)
    focus = Focus(tuple(path), edges, used[:1])
    return Moment(phase, 0, values, start.parameters, frozenset(), 0.327, deltas, focus)


def badges(drawn: Lesson) -> tuple[Badge, ...]:
    """Return the badges of the chain rule along the first way."""
    path = first_path(drawn.network)
    edges = list(pairwise(path))[1:]
    found = [Badge(0, "−0.809", Reference("error_link", path[-1]))]
    found += [
        Badge(number + 1, "−1.2·10⁻⁷", Reference("edge", *ends))
        for number, ends in enumerate(reversed(edges))
    ]
    return (*found, Badge(len(found), "0.5", Reference("neuron", path[0])))


def first_path(network: Network) -> list[str]:
    """Return the way that takes each neuron's first edge, from the first input."""
    path = [network.of_role("input")[0].id]
    while outgoing := network.outgoing(path[-1]):
        path.append(outgoing[0].target)
    return path


_SKIPS = (("x0_1", "o3_1"), ("x0_2", "h2_3"), ("x0_3", "o3_1"), ("x0_3", "o3_2"), ("h1_2", "o3_2"))


def tied() -> Lesson:
    """Return a lesson in which three edges and two biases share their parameters."""
    neurons = [
        Neuron("x1", "input"),
        Neuron("x2", "input"),
        Neuron("s1", "hidden", bias="b"),
        Neuron("s2", "hidden", bias="b"),
        Neuron("o1", "output", label="\\hat{y}"),
    ]
    ends = [("x1", "s1"), ("x2", "s2"), ("s1", "s2"), ("s2", "o1"), ("s1", "o1")]
    return lesson(neurons, ends, {("x1", "s1"): "u", ("x2", "s2"): "u", ("s1", "s2"): "v"})


def long_names() -> Lesson:
    """Return a lesson with the longest names and numbers a file may hold."""
    neurons = [
        Neuron("a" * 32, "input"),
        Neuron("x2", "input", label="x^{(2)}_{12}"),
        Neuron("hidden_neuron_with_a_name", "hidden", bias="bias_of_the_hidden_neuron"),
        Neuron("o1", "output", label="\\hat{y}"),
    ]
    ends = [("a" * 32, neurons[2].id), ("x2", neurons[2].id), (neurons[2].id, "o1"), ("x2", "o1")]
    return lesson(neurons, ends, {("x2", neurons[2].id): "weight_of_the_second_input_edge1"})


def pinned() -> Lesson:
    """Return a lesson with pinned neurons, two of them in one place."""
    neurons = [
        Neuron("x1", "input", at=(0, 0)),
        Neuron("x2", "input"),
        Neuron("h1", "hidden", at=(1, 0.5), bias="b1"),
        Neuron("h2", "hidden", at=(1, 0.5), bias="b2"),
        Neuron("h3", "hidden", at=(1.5, 2), bias="b3"),
        Neuron("o1", "output", at=(3, 1)),
    ]
    ends = [
        ("x1", "h1"),
        ("x2", "h2"),
        ("x2", "h3"),
        ("h1", "o1"),
        ("h2", "o1"),
        ("h3", "o1"),
        ("x1", "o1"),
    ]
    return lesson(neurons, ends)


LESSONS: dict[str, Lesson] = {
    "1-1": dense(1, 1),
    "2-2-2": dense(2, 2, 2, bias=True),
    "2-4-2-1": dense(2, 4, 2, 1, bias=True),
    "3-5-5-2": dense(3, 5, 5, 2, bias=True),
    "8-7": dense(8, 7),
    "8-8-8": dense(8, 8, 8, bias=True),
    "1-12-1": dense(1, 12, 1),
    "skips": dense(3, 3, 3, 2, bias=True, extra=_SKIPS),
    "tied": tied(),
    "long names": long_names(),
    "pinned": pinned(),
}
