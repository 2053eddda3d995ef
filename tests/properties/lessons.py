"""Random lessons for the mathematics: every shape a network may have, numbers nice and nasty."""

import math

from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Arithmetic,
    Clip,
    Data,
    Edge,
    Lesson,
    Loss,
    Network,
    Neuron,
    Parameter,
    Update,
)
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import UPDATES

MOST_NEURONS = 12

# As a teacher types them; and those that break sloppy arithmetic: zeros, saturation, cancellation, endless digits.
nice = st.integers(-20, 20).map(lambda tenths: tenths / 10)
nasty = st.sampled_from(
    [0.0, -0.0, 1e-8, -1e-8, 1e-3, 1 / 3, 0.1 + 0.2, -0.7, 30.0, -30.0, 1000.0, -1000.0]
) | st.floats(-3, 3)
any_number = st.one_of(nice, nice, nasty)


def _choice(draw, table, factors=(1.0, 1.0, 0.5, 1.25)):
    """Return a row of a table, its parameters left at their defaults or moved a little."""
    row = draw(st.sampled_from(list(table.values())))
    scales = {name: draw(st.sampled_from(factors)) for name in row.parameters}
    changed = {
        name: default * scales[name]
        for name, default in row.parameters.items()
        if scales[name] != 1.0
    }
    return Choice(row.name, changed)


@st.composite
def networks(draw, values=any_number):
    """Draw a feed-forward graph of 2 to 12 neurons with skip connections, tied and frozen parameters."""
    total = draw(st.integers(2, MOST_NEURONS))
    input_count = draw(st.integers(1, min(4, total - 1)))
    names = [f"n{position}" for position in range(total)]
    parameters: dict[str, float | Parameter] = {}

    def parameter():
        if parameters and draw(st.integers(0, 4)) == 0:
            return draw(st.sampled_from(sorted(parameters)))
        name = f"w{len(parameters)}"
        value = draw(values)
        frozen = draw(st.integers(0, 5)) == 0
        parameters[name] = Parameter(value, trainable=False) if frozen else value
        return name

    neurons = [Neuron(name, "input") for name in names[:input_count]]
    edges = []
    for position in range(input_count, total):
        sources = draw(
            st.lists(st.sampled_from(names[:position]), unique=True, min_size=0, max_size=4)
        )
        edges += [Edge(source, names[position], parameter()) for source in sources]
        bias = parameter() if not sources or draw(st.booleans()) else None
        last = position == total - 1
        role = "output" if last or draw(st.integers(0, 4)) == 0 else "hidden"
        neurons.append(Neuron(names[position], role, _choice(draw, ACTIVATIONS), bias))
    if draw(st.integers(0, 5)) == 0:
        parameters["unused"] = draw(values)
    return Network(
        tuple(draw(st.permutations(neurons))), tuple(draw(st.permutations(edges))), parameters
    )


def fitting(network, loss):
    """Return the network with outputs that the loss can work with: a logarithm wants a sigmoid's."""
    if all(map(math.isinf, LOSSES[loss.name].predictions)):
        return network
    neurons = (
        replace(neuron, activation=Choice("sigmoid")) if neuron.role == "output" else neuron
        for neuron in network.neurons
    )
    return replace(network, neurons=tuple(neurons))


def targets(loss, values):
    """Return the strategy of the targets the loss is made for."""
    low, high = LOSSES[loss.name].targets
    if math.isfinite(high):
        return st.sampled_from([low, 0.25, 0.3, 0.5, high])
    return values.map(abs) if low == 0 else values


@st.composite
def clips(draw, order):
    kinds = ["value"] if order == "in_place" else ["norm", "value"]
    return Clip(draw(st.sampled_from(kinds)), draw(st.sampled_from([0.01, 0.1, 1.0, 30.0])))


@st.composite
def lessons(
    draw,
    values=any_number,
    orders=("simultaneous", "in_place"),
    arithmetic=None,
    rules=("sgd",),
    extras=False,
):
    """Draw a lesson on such a network: one to four samples, any batch size, loss and reduction.

    `extras` may add a penalty, clipping, a schedule and shuffling.
    """
    loss = _choice(draw, LOSSES)
    network = fitting(draw(networks(values)), loss)
    samples = draw(st.integers(1, 4))
    order = draw(st.sampled_from(orders))

    def rows(role, numbers=values):
        row = st.tuples(*[numbers] * len(network.of_role(role)))
        return draw(st.tuples(*[row] * samples))

    return Lesson(
        FORMAT,
        VERSION,
        "A random lesson",
        network,
        Data(rows("input"), rows("output", targets(loss, values))),
        loss=Loss(loss, draw(st.sampled_from(["mean", "sum"]))),
        penalty=_choice(draw, PENALTIES) if extras and draw(st.booleans()) else None,
        update=Update(
            _choice(draw, {name: UPDATES[name] for name in rules}, (1.0, 0.5)),
            learning_rate=draw(st.sampled_from([0.5, 0.05, 0.1, 1 / 3])),
            order=order,
            batch_size=draw(st.integers(1, samples) | st.just("all")),
            schedule=_choice(draw, SCHEDULES, (1.0,)) if extras else Choice("constant"),
            shuffle=extras and draw(st.booleans()),
            clip=draw(st.none() | clips(order)) if extras else None,
        ),
        seed=draw(st.integers(0, 9)) if extras else 0,
        arithmetic=draw(arithmetic) if arithmetic is not None else Arithmetic(),
    )


rounded_arithmetic = st.builds(
    Arithmetic,
    st.just("rounded"),
    decimals=st.integers(1, 6),
    ties=st.sampled_from(["half_up", "half_even"]),
) | st.builds(
    Arithmetic,
    st.just("rounded"),
    significant=st.integers(1, 6),
    ties=st.sampled_from(["half_up", "half_even"]),
)
