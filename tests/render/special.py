"""Lessons with everything a neuron may do besides a weighted sum and an activation, to draw at every step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    Clip,
    Data,
    Dropout,
    Edge,
    Lesson,
    Loss,
    Network,
    Neuron,
    Normalise,
    Parameter,
    Update,
)
from explainer.lesson.own_parameters import with_own_parameters
from explainer.pages.narrate import narrate
from explainer.render.diagram import draw
from explainer.render.shapes import Drawing
from explainer.trace.moment import moment_at
from explainer.trace.run import trace
from explainer.trace.steps import Step


def drawings(
    drawn: Lesson, language: str = "en", digits: int = 5
) -> Iterator[tuple[Step, Drawing]]:
    """Yield the drawing of every step of the first pass, with its badges."""
    runs = trace(drawn, 1)
    summary = runs[0].summary
    for step in summary.steps:
        page = narrate(runs, 0, step.index, language, digits)
        moment = moment_at(drawn, summary, step.index)
        yield step, draw(drawn, moment, digits=digits, language=language, badges=page.badges)


def special(
    neurons: list[Neuron], edges: list[Edge], own: dict[str, float] | None = None, **more: Any
) -> Lesson:
    """Return a lesson of these neurons and edges with two samples; weights are a function of their place."""
    inputs = sum(neuron.role == "input" for neuron in neurons)
    outputs = sum(neuron.role == "output" for neuron in neurons)
    parameters: dict[str, float | Parameter] = {
        edge.weight: round(((place * 37) % 41 - 17) / 23, 2) for place, edge in enumerate(edges)
    }
    for neuron in neurons:
        parameters.update((name, round(0.1 + 0.05 * len(parameters), 2)) for name in neuron.biases)
    network = with_own_parameters(
        Network(tuple(neurons), tuple(edges), {**parameters, **(own or {})})
    )
    rows = ((0.5, -1.0, 2.0, 0.25)[:inputs], (1.5, 0.75, -0.5, 1.0)[:inputs])
    wanted = ((1.0, 0.0, 0.0, 0.0)[:outputs], (0.0, 1.0, 0.0, 0.0)[:outputs])
    lesson = Lesson("explainer-lesson", 1, "Special", network, Data(rows, wanted))
    return replace(lesson, **more)


def between(*columns: list[str], first: int = 1) -> list[Edge]:
    """Return the edges from every neuron of a column to every one of the next."""
    ends = [
        (source, target) for left, right in pairwise(columns) for target in right for source in left
    ]
    return [Edge(source, target, f"w{place}") for place, (source, target) in enumerate(ends, first)]


def inputs(count: int) -> list[Neuron]:
    """Return input neurons."""
    return [Neuron(f"x{place + 1}", "input") for place in range(count)]


def maxout(pieces: int = 2, biased: bool = True, **more: Any) -> Lesson:
    """Return two inputs, two maxout neurons with some pieces, one output."""
    hidden = [
        Neuron(
            f"h{row}",
            "hidden",
            Choice("maxout"),
            bias=tuple(f"b{row}{piece + 1}" for piece in range(pieces)) if biased else None,
            **more,
        )
        for row in (1, 2)
    ]
    edges = [
        Edge(source, f"h{row}", f"w{row}_{source[1:]}{piece + 1}", piece)
        for row in (1, 2)
        for source in ("x1", "x2")
        for piece in range(pieces)
    ]
    edges += [Edge("h1", "o1", "v1"), Edge("h2", "o1", "v2")]
    return special([*inputs(2), *hidden, Neuron("o1", "output", bias="c")], edges)


def softmax(classes: int = 3) -> Lesson:
    """Return a classifier with a softmax at its end."""
    outputs = [
        Neuron(f"o{row + 1}", "output", Choice("softmax"), bias=f"b{row + 1}")
        for row in range(classes)
    ]
    names = [neuron.id for neuron in outputs]
    return special(
        [*inputs(2), *outputs],
        between(["x1", "x2"], names),
        loss=Loss(Choice("cross_entropy")),
        data=Data(((0.5, -1.0),), ((1.0, *[0.0] * (classes - 1)),)),
    )


def two_softmaxes() -> Lesson:
    """Return two softmax groups and a plain neuron in one column, one of the groups torn apart."""
    soft = Choice("softmax")
    outputs = [
        Neuron("o1", "output", soft, group="a", bias="b1"),
        Neuron("o2", "output", soft, group="a"),
        Neuron("p1", "output", soft, group="b"),
        Neuron("q", "output", Choice("tanh")),
        Neuron("p2", "output", soft, group="b"),
    ]
    names = [neuron.id for neuron in outputs]
    return special(
        [*inputs(2), *outputs],
        between(["x1", "x2"], names),
        data=Data(((0.5, -1.0),), ((1.0, 0.0, 0.5, 0.5, 0.5),)),
    )


def dropout(**more: Any) -> Lesson:
    """Return a network whose hidden neurons and one input are dropped by chance."""
    scaling = more.pop("scaling", "at_application")
    dropped = Dropout(0.5, scaling)
    neurons = [
        Neuron("x1", "input", dropout=Dropout(0.2)),
        Neuron("x2", "input"),
        *(
            Neuron(f"h{row}", "hidden", Choice("relu"), bias=f"b{row}", dropout=dropped)
            for row in (1, 2, 3)
        ),
        Neuron("o1", "output", Choice("sigmoid"), bias="c"),
    ]
    edges = between(["x1", "x2"], ["h1", "h2", "h3"], ["o1"])
    return special(neurons, edges, **more)


def normalised(**more: Any) -> Lesson:
    """Return a network with batch normalisation, over a batch of two samples."""
    neurons = [
        *inputs(2),
        *(
            Neuron(
                f"h{row}",
                "hidden",
                Choice("tanh"),
                normalise=Normalise(f"gamma{row}", f"beta{row}"),
            )
            for row in (1, 2)
        ),
        Neuron("o1", "output", bias="c"),
    ]
    own = {"gamma1": 1.0, "beta1": 0.0, "gamma2": 1.2, "beta2": -0.3}
    settings: dict[str, Any] = {"update": Update(batch_size="all")} | more
    return special(neurons, between(["x1", "x2"], ["h1", "h2"], ["o1"]), own, **settings)


def mixed() -> Lesson:
    """Return a column of neurons with different activations, one learnt, one typed."""
    choices = [
        Choice("prelu"),
        Choice("tanh_linear"),
        Choice.typed("z/(1+exp(-z))"),
        Choice("rrelu"),
    ]
    hidden = [
        Neuron(f"h{row}", "hidden", choice, bias=f"b{row}") for row, choice in enumerate(choices, 1)
    ]
    names = [neuron.id for neuron in hidden]
    neurons = [*inputs(2), *hidden, Neuron("o1", "output", Choice("gelu_tanh"))]
    return special(neurons, between(["x1", "x2"], names, ["o1"]))


def shared_slope() -> Lesson:
    """Return two PReLU neurons that learn one slope together."""
    hidden = [
        Neuron(f"h{row}", "hidden", Choice("prelu", {"alpha": "alpha"}), bias="b") for row in (1, 2)
    ]
    neurons = [*inputs(1), *hidden, Neuron("o1", "output")]
    return special(neurons, between(["x1"], ["h1", "h2"], ["o1"]), {"alpha": 0.25, "b": -0.9})


def penalised(name: str = "l2", **more: Any) -> Lesson:
    """Return a small classifier with a penalty and clipping."""
    neurons = [
        *inputs(2),
        Neuron("h1", "hidden", Choice("tanh"), bias="b1"),
        Neuron("h2", "hidden", Choice("tanh"), bias="b2"),
        Neuron("o1", "output", Choice("sigmoid")),
    ]
    settings: dict[str, Any] = {
        "penalty": Choice(name, {"rate": 0.01}),
        "update": Update(batch_size="all", clip=Clip("norm", 0.1)),
    } | more
    return special(neurons, between(["x1", "x2"], ["h1", "h2"], ["o1"]), **settings)


def learning(rule: str) -> Lesson:
    """Return one neuron that learns by a rule from before back-propagation."""
    activation = Choice("identity") if rule == "delta" else Choice("sign")
    neurons = [*inputs(2), Neuron("o1", "output", activation, bias="b")]
    return special(
        neurons, between(["x1", "x2"], ["o1"]), update=Update(Choice(rule), batch_size="all")
    )


def extreme() -> Lesson:
    """Return a network of very large and very small numbers."""
    neurons = [
        *inputs(2),
        Neuron("h1", "hidden", bias="b1"),
        Neuron("h2", "hidden", Choice("tanh"), bias="b2"),
        Neuron("o1", "output"),
    ]
    lesson = special(neurons, between(["x1", "x2"], ["h1", "h2"], ["o1"]))
    numbers = [-1.23456789e-12, 9.87654321e15, -4.4321e-7, 1e-12, 1e15, -1.234567e-9]
    parameters = dict(zip(lesson.network.parameters, [*numbers, 1e-12, -1e12], strict=False))
    return replace(
        lesson,
        network=replace(lesson.network, parameters=lesson.network.parameters | parameters),
        data=Data(((1.5e-9, -2.345678e-12),), ((-1.2345678e15,),)),
        update=Update(learning_rate=1e-40),
    )


def everything() -> Lesson:
    """Return one network that has all of it."""
    soft = Choice("softmax")
    neurons = [
        Neuron("x1", "input", dropout=Dropout(0.2)),
        Neuron("x2", "input"),
        Neuron("m1", "hidden", Choice("maxout"), bias=("b1", "b2", "b3"), dropout=Dropout(0.3)),
        Neuron(
            "h1",
            "hidden",
            Choice("prelu"),
            bias="c1",
            normalise=Normalise("gamma", "beta"),
            dropout=Dropout(0.5, "inverted"),
        ),
        Neuron("o1", "output", soft, bias="d1"),
        Neuron("o2", "output", soft, bias="d2"),
    ]
    edges = [
        *(Edge(x, "m1", f"u{x[1:]}{piece + 1}", piece) for x in ("x1", "x2") for piece in range(3)),
        *between(["x1", "x2"], ["h1"]),
        *between(["m1", "h1"], ["o1", "o2"], first=3),
        Edge("x1", "o1", "w9"),
    ]
    return special(
        neurons,
        edges,
        {"gamma": 1.0, "beta": 0.1},
        loss=Loss(Choice("cross_entropy")),
        penalty=Choice("l2", {"rate": 0.01}),
        update=Update(batch_size="all"),
    )


SPECIAL: dict[str, Lesson] = {
    "maxout": maxout(),
    "maxout of four": maxout(4),
    "maxout without biases": maxout(3, biased=False),
    "maxout with dropout": maxout(dropout=Dropout(0.5)),
    "softmax": softmax(),
    "softmax of two": softmax(2),
    "two softmaxes": two_softmaxes(),
    "dropout": dropout(seed=3),
    "dropout inverted": dropout(scaling="inverted", seed=5),
    "dropout applied": dropout(mode="apply"),
    "normalised": normalised(),
    "normalised applied": normalised(mode="apply"),
    "mixed": mixed(),
    "shared slope": shared_slope(),
    "penalty on weights": penalised(),
    "penalty on predictions": penalised("entropy", update=Update(clip=Clip("value", 0.01))),
    "perceptron": learning("perceptron"),
    "hebb": learning("hebb"),
    "delta": learning("delta"),
    "extreme": extreme(),
    "everything": everything(),
}
