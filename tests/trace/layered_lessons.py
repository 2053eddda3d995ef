"""Random lessons in layers: sizes, tied and frozen parameters, batches, activations or a softmax, dropout, penalties, rules."""

from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Arithmetic,
    Data,
    Dropout,
    Edge,
    Lesson,
    Loss,
    Network,
    Neuron,
    Parameter,
    Update,
)
from explainer.maths.activations import ACTIVATIONS

# Errors that have a real value whatever a network puts out.
ANYWHERE = ("half_squared_error", "squared_error", "mean_squared_error")
RULES = ("sgd", "sgd", "adam", "delta")
PENALTIES = ("l1", "l2", "entropy")
EITHER, EXACT = st.booleans(), st.just(Arithmetic())
values = st.floats(-2, 2).map(lambda value: round(value, 3))


@st.composite
def layered_lessons(draw, tied=EITHER, arithmetic=EXACT, simple=False):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    layers = [[f"n{depth}_{row}" for row in range(size)] for depth, size in enumerate(sizes)]
    pool = [f"w{number}" for number in range(draw(st.integers(1, 4)))] if draw(tied) else None
    names = []

    def parameter(own):
        names.append(draw(st.sampled_from(pool)) if pool else own)
        return names[-1]

    neurons, edges = [], []
    for depth, layer in enumerate(layers):
        role = "input" if depth == 0 else "output" if depth == len(layers) - 1 else "hidden"
        softmax = depth > 0 and draw(st.booleans()) and draw(st.booleans())
        for name in layer:
            activation = "identity" if not depth else draw(st.sampled_from(sorted(ACTIVATIONS)))
            bias = parameter(f"b_{name}") if depth and draw(st.booleans()) else None
            learnt = {"alpha": parameter(f"a_{name}")} if activation == "prelu" else {}
            thinned = st.builds(
                Dropout,
                st.sampled_from([0.25, 0.5]),
                st.sampled_from(["at_application", "inverted"]),
            )
            neurons.append(
                Neuron(
                    name,
                    role,
                    Choice("softmax") if softmax else Choice(activation, learnt),
                    bias,
                    dropout=None if simple else draw(st.none() | st.none() | thinned),
                )
            )
        if depth:
            edges += [
                Edge(source, name, parameter(f"w_{source}_{name}"))
                for name in layer
                for source in layers[depth - 1]
            ]
    kind = values | st.builds(Parameter, values, st.booleans())
    parameters = {name: draw(kind) for name in dict.fromkeys(names)}
    rules = RULES if len(sizes) == 2 and not simple else RULES[:3]
    samples = draw(st.integers(1, 3))

    penalties = st.builds(Choice, st.sampled_from(PENALTIES), st.just({"rate": 0.1}))

    def rows(width):
        return draw(st.tuples(*[st.tuples(*[values] * width)] * samples))

    return Lesson(
        FORMAT,
        VERSION,
        "Layers",
        Network(
            tuple(draw(st.permutations(neurons))), tuple(draw(st.permutations(edges))), parameters
        ),
        Data(rows(sizes[0]), rows(sizes[-1])),
        loss=Loss(Choice(draw(st.sampled_from(ANYWHERE))), draw(st.sampled_from(["mean", "sum"]))),
        penalty=draw(st.none() | penalties) if not simple else None,
        update=Update(
            Choice("sgd" if simple else draw(st.sampled_from(rules))),
            learning_rate=0.1,
            order=draw(st.sampled_from(["simultaneous", "in_place"])),
            batch_size=draw(st.integers(1, 3) | st.just("all")),
        ),
        mode=draw(st.sampled_from(["train", "apply"])),
        seed=draw(st.integers(0, 99)),
        arithmetic=draw(arithmetic),
    )
