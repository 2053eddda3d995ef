"""Random lessons whose neurons look across units and samples: any drawn lesson, some of its neurons made special."""

from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Dropout, Network, Normalise
from explainer.lesson.own_parameters import with_own_parameters
from tests.properties.lessons import lessons, nice

# Functions that a user may type; of every kind of operation one.
TYPED = (
    "z/(1+exp(-z))",
    "sin(2*z) + z^2/4",
    "max(z, 0.1*z, -1)",
    "log(1+exp(z)) - abs(z)/2",
    "z*erf(z) - cos(z)^3",
)
tame = nice.map(lambda value: value / 2)
dropouts = st.builds(
    Dropout, st.sampled_from([0.0, 0.25, 0.4]), st.sampled_from(["inverted", "at_application"])
)


@st.composite
def special_lessons(draw, values=tame, rules=("sgd",), arithmetic=None, extras=False):
    """Draw a lesson with softmax, maxout, dropout, batch normalisation and typed functions among its neurons."""
    lesson = draw(lessons(values, ("simultaneous",), arithmetic, rules, extras))
    parameters = dict(lesson.network.parameters)
    logarithm = lesson.loss.choice.name in ("cross_entropy", "binary_cross_entropy")
    neurons, edges = [], list(lesson.network.edges)

    def parameter(name):
        parameters[name] = draw(values)
        return name

    for neuron in lesson.network.neurons:
        changed = neuron
        kinds = ["plain"]
        if neuron.role != "input":
            kinds += ["softmax"] if neuron.role == "output" and logarithm else ["softmax", "maxout"]
            kinds += ["normalise"]
            kinds += [] if neuron.role == "output" and logarithm else ["typed"]
        kind = draw(st.sampled_from(kinds))
        if kind == "softmax":
            changed = replace(changed, activation=Choice("softmax"))
        if kind == "typed":
            changed = replace(changed, activation=Choice.typed(draw(st.sampled_from(TYPED))))
        if kind == "maxout":
            count = draw(st.integers(1, 3))
            biases = tuple(parameter(f"{neuron.id}_b{piece}") for piece in range(count))
            changed = replace(changed, activation=Choice("maxout"), bias=biases)
            edges = [
                replace(edge, piece=draw(st.integers(0, count - 1)))
                if edge.target == neuron.id
                else edge
                for edge in edges
            ]
        if kind == "normalise" or (kind == "softmax" and draw(st.booleans())):
            names = parameter(f"{neuron.id}_g"), parameter(f"{neuron.id}_c")
            changed = replace(changed, normalise=Normalise(*names, 0.01, 0.3))
        is_answer = neuron.role == "output" and logarithm
        if not is_answer and draw(st.integers(0, 3)) == 0:
            changed = replace(changed, dropout=draw(dropouts))
        neurons.append(changed)
    network = with_own_parameters(Network(tuple(neurons), tuple(edges), parameters))
    mode = draw(st.sampled_from(["train", "apply"]))
    several = len(lesson.data.inputs) > 1
    if any(neuron.normalise for neuron in neurons):
        lesson = replace(lesson, update=replace(lesson.update, batch_size="all"))
        mode = mode if several else "apply"
    special = replace(lesson, network=network, mode=mode, seed=draw(st.integers(0, 99)))
    check_lesson(special)
    return special
