"""Random lessons over all rows of all tables: whatever a lesson can hold, in any company."""

from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.initialise import drawn_parameters
from explainer.lesson.layers import depths
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Data,
    Dropout,
    Edge,
    Lesson,
    Loss,
    Network,
    Neuron,
    Normalise,
    Parameter,
    State,
    Update,
)
from explainer.lesson.own_parameters import with_own_parameters
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import LEARNING_RULES, UPDATES
from tests.maths.formulas import parts
from tests.properties.lessons import any_number, clips, networks, nice, targets

# By these the parameters of a row are multiplied; the lower end of an interval stays below the upper one.
FACTORS = st.sampled_from([1.0, 1.0, 0.8, 1.2, 1.25, 0.9999]) | st.floats(0.7, 1.4)
# Rules and schedules have numbers below 1, and whole ones.
HALVES = st.sampled_from([1.0, 1.0, 0.5])
LEARNT = "prelu"
KINDS = ("row", "row", "row", "typed", "softmax", "maxout", LEARNT)
SHARES = ("softmax", "sigmoid")
TYPED = (
    "z/(1+exp(-z))",
    "max(z, z^2/10, -1)",
    "log(1+exp(-abs(z))) + max(z, 0)",
    "sin(z)*cos(2*z) - tanh(z)^3",
    "sqrt(1+x^2) - 1",
    "atan(x) + 0.1*erf(x)",
    "z*exp(-z^2/200)",
    "min(2, logsumexp(z, 0.5, -z/3))",
    "3",
)


def rows(table, factor=FACTORS):
    """Return the strategy of any row of a table with its parameters moved."""

    @st.composite
    def chosen(draw):
        row = draw(st.sampled_from(list(table.values())))
        factors = {name: draw(factor) for name in row.parameters}
        moved = {name: value * factors[name] for name, value in row.parameters.items()}
        return Choice(row.name, {name: moved[name] for name in moved if factors[name] != 1.0})

    return chosen()


@st.composite
def batch_sizes(draw, samples, *, together):
    """Draw a batch size; where the samples of a batch need company, one that leaves none alone."""
    sizes = range(1, samples + 1)
    if together:
        sizes = [size for size in sizes if size > 1 and samples % size != 1]
    return draw(st.sampled_from([*sizes, "all"]))


class Special:
    """Makes the neurons of a drawn network into anything that a neuron may be."""

    def __init__(self, draw, network, values, *, shares, kinds):
        self.draw = draw
        self.kinds = kinds
        self.values = values
        self.parameters = dict(network.parameters)
        self.edges = list(network.edges)
        self.depth = depths(network)
        self.shares = shares
        self.neurons = [self._changed(neuron) for neuron in network.neurons]

    def network(self):
        network = Network(tuple(self.neurons), tuple(self.edges), self.parameters)
        return with_own_parameters(network)

    def _parameter(self, name, values=None):
        """Return the name of a parameter: one there is already, or a new one, which may be frozen."""
        if self.draw(st.integers(0, 3)) == 0:
            return self.draw(st.sampled_from(sorted(self.parameters) or [name]))
        value = self.draw(values or self.values)
        frozen = self.draw(st.integers(0, 5)) == 0
        self.parameters[name] = Parameter(value, trainable=False) if frozen else value
        return name

    def _changed(self, neuron):
        is_answer = self.shares and neuron.role == "output"
        if not is_answer and self.draw(st.integers(0, 3)) == 0:
            rate = self.draw(st.sampled_from([0.0, 0.25, 0.4, 1 / 3, 0.9]))
            scaling = self.draw(st.sampled_from(["inverted", "at_application"]))
            neuron = replace(neuron, dropout=Dropout(rate, scaling))
        if neuron.role == "input":
            return neuron
        neuron = replace(neuron, activation=self._activation(is_answer))
        if neuron.activation.name == "softmax":
            group = self.draw(st.sampled_from([None, "a", "b"]))
            group = group and f"{group}{self.depth[neuron.id]}"
            neuron = replace(neuron, group=group)
        if neuron.activation.name == "maxout":
            return self._with_pieces(neuron)
        if self.draw(st.integers(0, 4)) == 0:
            return self._normalised(neuron)
        return neuron

    def _activation(self, is_answer):
        if is_answer:
            return Choice(self.draw(st.sampled_from(SHARES)))
        kind = self.draw(st.sampled_from(self.kinds))
        match kind:
            case "softmax" | "maxout":
                return Choice(kind)
            case "typed":
                return Choice.typed(self.draw(st.sampled_from(TYPED) | parts(["z"], 2)))
            case "prelu":
                return Choice(LEARNT, {"alpha": self._parameter(f"alpha{len(self.parameters)}")})
        return self.draw(rows(ACTIVATIONS))

    def _with_pieces(self, neuron):
        """Give the edges of a neuron pieces, some sources several; every piece has a bias if any could be empty."""
        count = self.draw(st.integers(1, 3))
        mine = [edge for edge in self.edges if edge.target == neuron.id]
        self.edges = [edge for edge in self.edges if edge.target != neuron.id]
        fed = set()
        for edge in mine:
            several = self.draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=2))
            for piece in sorted(several):
                weight = (
                    edge.weight if piece == min(several) else self._parameter(f"m{edge.source}")
                )
                self.edges.append(Edge(edge.source, edge.target, weight, piece))
                fed.add(piece)
        if fed == set(range(count)) and self.draw(st.booleans()):
            return replace(neuron, bias=None)
        biases = (self._parameter(f"{neuron.id}b{piece}") for piece in range(count))
        return replace(neuron, bias=tuple(biases))

    def _normalised(self, neuron):
        gamma, beta = (self._parameter(f"{neuron.id}{letter}") for letter in "gc")
        epsilon = self.draw(st.sampled_from([1e-5, 1e-3, 0.5]))
        momentum = self.draw(st.sampled_from([0.1, 0.3, 1.0]))
        return replace(neuron, normalise=Normalise(gamma, beta, epsilon, momentum))


@st.composite
def any_lessons(draw, values=any_number, kinds=KINDS):
    """Draw a lesson that is trained by its gradient, with any neurons, error, penalty and update."""
    loss, penalty = draw(rows(LOSSES)), draw(st.none() | rows(PENALTIES))
    asked = [LOSSES[loss.name].predictions] + (
        [PENALTIES[penalty.name].predictions] if penalty else []
    )
    shares = any(low == 0 for low, _ in asked)
    network = Special(draw, draw(networks(values)), values, shares=shares, kinds=kinds).network()
    seed = draw(st.integers(0, 99))
    initialise = draw(st.none() | rows(INITIALISERS))
    if initialise is not None:
        network = _initialised(network, initialise, seed)
    samples = draw(st.integers(1, 4))
    normalised = [neuron.id for neuron in network.neurons if neuron.normalise is not None]
    mode = draw(st.sampled_from(["train", "train", "apply"]))
    mode = "apply" if normalised and samples == 1 else mode
    order = "simultaneous" if normalised else draw(st.sampled_from(["simultaneous", "in_place"]))

    def table(role, numbers):
        row = st.tuples(*[numbers] * len(network.of_role(role)))
        return draw(st.tuples(*[row] * samples))

    lesson = Lesson(
        FORMAT,
        VERSION,
        "A random lesson",
        network,
        Data(table("input", values), table("output", targets(loss, values))),
        loss=Loss(loss, draw(st.sampled_from(["mean", "sum"]))),
        penalty=penalty,
        update=Update(
            draw(rows(UPDATES, HALVES)),
            learning_rate=draw(st.sampled_from([0.5, 0.05, 0.1, 1 / 3])),
            order=order,
            batch_size=draw(batch_sizes(samples, together=bool(normalised) and mode == "train")),
            schedule=draw(rows(SCHEDULES, HALVES)),
            shuffle=draw(st.booleans()),
            clip=draw(st.none() | clips(order)),
        ),
        initialise=initialise,
        state=draw(states(normalised)),
        mode=mode,
        seed=seed,
    )
    check_lesson(lesson)
    return lesson


def _initialised(network, choice, seed):
    values = drawn_parameters(network, choice, seed)
    parameters = {name: values.get(name, value) for name, value in network.parameters.items()}
    return replace(network, parameters=parameters)


@st.composite
def states(draw, normalised):
    """Draw where training stands: some passes done, running averages of what is normalised."""
    running = {
        name: {
            "running_mean": draw(nice),
            "running_variance": draw(st.sampled_from([0.0, 0.01, 0.5, 1.0, 30.0])),
        }
        for name in normalised
        if draw(st.booleans())
    }
    return State(passes=draw(st.sampled_from([0, 0, 1, 7])), neurons=running)


@st.composite
def one_layer_lessons(draw):
    """Draw a lesson for the rules before back-propagation: inputs, and neurons that they feed."""
    rule = draw(st.sampled_from(list(LEARNING_RULES)))
    inputs, outputs, samples = (draw(st.integers(1, 3)) for _ in range(3))
    names = [f"x{place}" for place in range(inputs)], [f"y{place}" for place in range(outputs)]
    edges = [Edge(x, y, f"w_{x}_{y}") for x in names[0] for y in names[1]]
    weights = [edge.weight for edge in edges] + [f"b_{y}" for y in names[1]]
    neurons = [Neuron(x, "input") for x in names[0]]
    neurons += [Neuron(y, "output", draw(rows(ACTIVATIONS)), f"b_{y}") for y in names[1]]
    network = Network(tuple(neurons), tuple(edges), {name: draw(any_number) for name in weights})

    def table(width):
        return draw(st.tuples(*[st.tuples(*[any_number] * width)] * samples))

    lesson = Lesson(
        FORMAT,
        VERSION,
        "One layer",
        with_own_parameters(network),
        Data(table(inputs), table(outputs)),
        update=Update(
            Choice(rule),
            batch_size=draw(batch_sizes(samples, together=False)),
            only_on_error=rule == "hebb" and draw(st.booleans()),
        ),
    )
    check_lesson(lesson)
    return lesson
