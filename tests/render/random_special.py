"""Random lessons whose neurons do anything there is, to be drawn at a moment when everything is known."""

from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Dropout, Network, Normalise
from explainer.lesson.own_parameters import with_own_parameters
from explainer.maths.activations import ACTIVATIONS
from explainer.trace.moment import starting_moment
from explainer.trace.steps import Focus, Step
from tests.properties.lessons import any_number, lessons

_QUANTITIES = ("z", "z1", "z2", "z3", "mean", "variance", "normalised", "scaled", "a", "mask")


@st.composite
def special_lessons(draw):
    """Draw a lesson and give its neurons softmax, maxout, dropout, normalisation and learnt slopes."""
    drawn = draw(lessons())
    parameters = dict(drawn.network.parameters)
    neurons, pieces = [], {}

    def named(name: str) -> str:
        parameters[name] = draw(any_number)
        return name

    for neuron in drawn.network.neurons:
        dropout = draw(st.none() | st.builds(Dropout, st.sampled_from([0.2, 0.5])))
        changed = replace(neuron, dropout=dropout)
        if neuron.role != "input":
            name = draw(st.sampled_from(["softmax", "maxout", "prelu", *ACTIVATIONS]))
            changed = replace(changed, activation=Choice(name))
            if name == "softmax":
                changed = replace(changed, group=draw(st.sampled_from([None, "a", "b"])))
            if name == "maxout":
                pieces[neuron.id] = draw(st.integers(1, 3))
                biases = tuple(named(f"q{neuron.id}{row}") for row in range(pieces[neuron.id]))
                changed = replace(changed, bias=draw(st.sampled_from([None, biases])))
            if name != "maxout" and draw(st.booleans()):
                norm = Normalise(named(f"gamma{neuron.id}"), named(f"beta{neuron.id}"))
                changed = replace(changed, normalise=norm)
        neurons.append(changed)
    edges = tuple(
        replace(edge, piece=piece)
        for edge in drawn.network.edges
        for piece in range(pieces.get(edge.target, 1))
    )
    network = with_own_parameters(Network(tuple(neurons), edges, parameters))
    penalty = draw(st.sampled_from([None, Choice("l2"), Choice("entropy")]))
    mode = draw(st.sampled_from(["train", "apply"]))
    return replace(drawn, network=network, penalty=penalty, mode=mode)


@st.composite
def special_moments(draw, drawn):
    """Draw a moment of such a lesson: everything known, one neuron spoken of."""
    start = starting_moment(drawn)
    values = dict(start.values)
    for neuron in drawn.network.neurons:
        numbers = st.sampled_from([0.0, -0.123456, 1.5e-12, -9.87654e15, 3.0])
        values |= {f"{neuron.id}.{quantity}": draw(numbers) for quantity in _QUANTITIES}
        values[neuron.id] = draw(numbers)
    neuron = draw(st.sampled_from(drawn.network.neurons))
    quantity = draw(st.sampled_from(["", *_QUANTITIES]))
    address = f"{neuron.id}.{quantity}" if quantity else neuron.id
    kind = draw(
        st.sampled_from(["weighted_sum", "normalise", "softmax", "maxout", "dropout", "delta"])
    )
    focus = Focus((neuron.id,), tuple((e.source, e.target) for e in drawn.network.edges))
    step = Step(0, "backward", kind, neuron.id, 0, 1.0, focus, address=address)
    return replace(
        start,
        phase="backward",
        values=values,
        loss=draw(st.sampled_from([0.5, 1e-12, -1.23456e15])),
        penalty=None if drawn.penalty is None else -1.2345e-12,
        is_whole=draw(st.booleans()),
        deltas={each.id: -0.809 for each in drawn.network.neurons},
        derivatives={address: -1.23456e-12},
        focus=focus,
        step=step,
    )
