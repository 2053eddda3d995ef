"""Lessons of a given shape, for tests of the trace."""

import random

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Data,
    Edge,
    Lesson,
    Loss,
    Network,
    Neuron,
    Update,
)


def dense(sizes, activation="sigmoid", *, samples=1, scale=1.0, reduction="mean", seed=1):
    """Return a lesson on a fully connected network of these layer sizes, numbers drawn from ±scale, one batch."""
    chance = random.Random(seed)
    layers = [[f"n{depth}_{place}" for place in range(size)] for depth, size in enumerate(sizes)]
    neurons, edges, parameters = [], [], {}
    for depth, layer in enumerate(layers):
        role = "input" if depth == 0 else "output" if depth == len(layers) - 1 else "hidden"
        for place, name in enumerate(layer):
            if role == "input":
                neurons.append(Neuron(name, role))
                continue
            bias = f"b{depth}_{place}"
            parameters[bias] = chance.uniform(-scale, scale)
            neurons.append(Neuron(name, role, Choice(activation), bias))
            for source in layers[depth - 1]:
                weight = f"w_{source}_{name}"
                parameters[weight] = chance.uniform(-scale, scale)
                edges.append(Edge(source, name, weight))

    def rows(width):
        return tuple(tuple(chance.uniform(-1, 1) for _ in range(width)) for _ in range(samples))

    return lesson_on(
        Network(tuple(neurons), tuple(edges), parameters),
        rows(sizes[0]),
        rows(sizes[-1]),
        reduction,
    )


def lesson_on(network, inputs, targets, reduction="mean"):
    return Lesson(
        FORMAT,
        VERSION,
        "A lesson",
        network,
        Data(inputs, targets),
        loss=Loss(reduction=reduction),
        update=Update(batch_size="all"),
    )


def one_neuron(activation, z, target=0.5):
    """Return a lesson on one input of 1 and one neuron whose z is the weight w."""
    neurons = (Neuron("x", "input"), Neuron("y", "output", Choice(activation)))
    network = Network(neurons, (Edge("x", "y", "w"),), {"w": z})
    return lesson_on(network, ((1.0,),), ((target,),))
