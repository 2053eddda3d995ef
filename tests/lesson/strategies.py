"""Random lessons: any feed-forward graph, tied and frozen parameters, several samples."""

from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Arithmetic,
    Data,
    Edge,
    Lesson,
    Localised,
    Loss,
    Network,
    Neuron,
    Notation,
    Parameter,
)
from explainer.lesson.own_parameters import with_own_parameters
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from tests.lesson import training

numbers = st.floats(allow_nan=False, allow_infinity=False)
small_numbers = st.floats(-2, 2).map(lambda value: round(value, 3))
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"]),
    min_size=1,
    max_size=30,
)
titles = words.filter(str.strip)
texts = titles | st.builds(Localised, en=titles, ru=titles)
labels = st.sampled_from([None, "h_1", r"\hat{y}", r"\delta_k", "h^{(2)}_{12}", "x'"])


@st.composite
def networks(draw, max_hidden=6, values=small_numbers):
    inputs = [f"i{n}" for n in range(draw(st.integers(1, 3)))]
    others = [f"n{n}" for n in range(draw(st.integers(1, max_hidden)))]
    outputs = draw(st.integers(1, len(others)))
    names = [f"w{n}" for n in range(draw(st.integers(1, 8)))]
    neurons = [Neuron(name, "input", label=draw(labels)) for name in inputs]
    edges = []
    for position, name in enumerate(others):
        earlier = inputs + others[:position]
        sources = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=4))
        edges += [Edge(source, name, draw(st.sampled_from(names))) for source in sources]
        bias = draw(st.sampled_from(names) if not sources else st.none() | st.sampled_from(names))
        role = "output" if position >= len(others) - outputs else "hidden"
        activation = Choice(draw(st.sampled_from(sorted(ACTIVATIONS))))
        neurons.append(Neuron(name, role, activation, bias, draw(labels)))
    parameters = {
        name: draw(values | st.builds(Parameter, values, st.booleans())) for name in names
    }
    shuffled = draw(st.permutations(neurons))
    drawn = Network(tuple(shuffled), tuple(draw(st.permutations(edges))), parameters)
    # As a file has it: what an activation learns is a parameter with a name.
    return with_own_parameters(drawn)


@st.composite
def lessons(draw, values=small_numbers):
    network = draw(networks(values=values))
    samples = draw(st.integers(1, 3))
    update = draw(training.updates())

    def rows(role):
        width = len(network.of_role(role))
        row = st.tuples(*[values] * width)
        return draw(st.tuples(*[row] * samples))

    return Lesson(
        FORMAT,
        VERSION,
        draw(texts),
        network,
        Data(rows("input"), rows("output")),
        description=draw(st.just("") | texts),
        loss=Loss(
            Choice(draw(st.sampled_from(sorted(LOSSES)))), draw(st.sampled_from(["mean", "sum"]))
        ),
        penalty=draw(training.penalties),
        update=update,
        initialise=draw(training.initialisers),
        state=draw(training.states(network, update)),
        seed=draw(st.integers(-3, 2**40)),
        arithmetic=draw(
            st.just(Arithmetic())
            | st.builds(Arithmetic, st.just("rounded"), decimals=st.integers(0, 15))
            | st.builds(Arithmetic, st.just("rounded"), significant=st.integers(1, 15))
        ),
        notation=draw(st.just(Notation()) | st.just(Notation(target="t", error=r"E_{total}"))),
    )
