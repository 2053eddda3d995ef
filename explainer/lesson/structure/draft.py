"""A network while it is being changed: what is added gets its name at once and its weight when all edges are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.initialise import Fans, drawn_weight
from explainer.lesson.lesson import Edge, Lesson, Network, Neuron, Normalise, Parameter
from explainer.lesson.limits import MAX_EDGES, MAX_NEURONS
from explainer.lesson.own_parameters import with_own_parameters
from explainer.lesson.structure.ground import EdgeKey, network_of, with_network
from explainer.lesson.structure.naming import Names, ParameterNames
from explainer.maths.activations import initialiser_for
from explainer.messages import Refused, message

# Where a lesson does not say how its weights are drawn, they are as short as one writes them by hand.
_DIGITS = 2


class Draft:
    """Neurons, edges and parameters that may be changed, and the lesson they give in the end."""

    def __init__(self, lesson: Lesson) -> None:
        network = network_of(lesson)
        self._lesson = lesson
        self.neurons = list(network.neurons)
        self.edges = list(network.edges)
        self.parameters: dict[str, float | Parameter] = dict(network.parameters)
        self.names = ParameterNames(network)
        self.ids = Names(neuron.id for neuron in network.neurons)
        self._drawn: list[str] = []

    # --- adding ----------------------------------------------------------------------------

    def keys(self) -> set[EdgeKey]:
        """Return the edges there are, by their ends and pieces."""
        return {(edge.source, edge.target, edge.piece) for edge in self.edges}

    def connect(self, source: str, target: str, piece: int = 0) -> None:
        """Add an edge with a new weight."""
        name = self.names.weight(source, target, piece)
        self.edges.append(Edge(source, target, name, piece))
        self.parameters[name] = 0.0
        self._drawn.append(name)

    def connect_each(self, sources: Iterable[str], targets: Iterable[tuple[str, int]]) -> None:
        """Add an edge from every source into every target with its so many pieces; targets come in order."""
        origin = list(sources)
        for target, pieces in targets:
            for piece in range(pieces):
                for source in origin:
                    self.connect(source, target, piece)

    def new_parameter(self, wanted: str, value: float | Parameter) -> str:
        """Add a parameter with the wanted name, or one like it."""
        name = self.names.wanted(wanted)
        self.parameters[name] = value
        return name

    def new_bias(self, neuron_id: str) -> str:
        """Add a bias, which starts at 0."""
        name = self.names.bias(neuron_id)
        self.parameters[name] = 0.0
        return name

    def biases(self, neuron_id: str, pieces: int | None) -> str | tuple[str, ...]:
        """Add what a neuron has for biases: one, or one for each piece of a maxout neuron."""
        if pieces is None:
            return self.new_bias(neuron_id)
        return tuple(self.new_bias(neuron_id) for _ in range(pieces))

    def normalise(self, neuron_id: str, like: Normalise | None = None) -> Normalise:
        """Add scale and shift of a batch normalisation, which start at 1 and 0."""
        gamma = self.new_parameter(f"gamma_{neuron_id}", 1.0)
        beta = self.new_parameter(f"beta_{neuron_id}", 0.0)
        return Normalise(gamma, beta) if like is None else replace(like, gamma=gamma, beta=beta)

    def unlearnt(self, choice: Choice) -> Choice:
        """Return an activation that will learn parameters of its own, starting where those of the given one are."""
        if not choice.named:
            return choice
        starts = {key: self._value(name) for key, name in choice.named}
        return Choice(choice.name, {**dict(choice.parameters), **starts}, choice.expression)

    def _value(self, name: str) -> float:
        found = self.parameters[name]
        return found.value if isinstance(found, Parameter) else found

    # --- the end ---------------------------------------------------------------------------

    def network(self) -> Network:
        """Return the network as it is now, new weights drawn from the seed of the lesson."""
        if self._drawn:
            self._draw()
        network = Network(tuple(self.neurons), tuple(self.edges), dict(self.parameters))
        return with_own_parameters(network)

    def lesson(self, copies: Mapping[str, str] | None = None) -> Lesson:
        """Return the lesson with this network; `copies` as in `with_network`."""
        return with_network(self._lesson, self.network(), copies)

    def _draw(self) -> None:
        """Give every new weight the value that its name, its fans and the seed of the lesson draw."""
        waiting = set(self._drawn)
        drawn = [edge for edge in self.edges if edge.weight in waiting]
        ends, sources = {edge.target for edge in drawn}, {edge.source for edge in drawn}
        into = Counter((edge.target, edge.piece) for edge in self.edges if edge.target in ends)
        targets: dict[str, set[str]] = {source: set() for source in sources}
        for edge in self.edges:
            if edge.source in sources:
                targets[edge.source].add(edge.target)
        choice, seed = self._lesson.initialise, self._lesson.seed
        usual = (
            {}
            if choice
            else {neuron.id: _usual(neuron) for neuron in self.neurons if neuron.id in ends}
        )
        for edge in drawn:
            fan = Fans(into[edge.target, edge.piece], len(targets[edge.source]))
            value = drawn_weight(choice or usual[edge.target], fan, seed, edge.weight)
            if choice is None:
                value = float(f"{value:.{_DIGITS}g}")
            self.parameters[edge.weight] = value
        self._drawn.clear()


def _usual(neuron: Neuron) -> Choice:
    """Return the initialiser that suits the activation of a neuron."""
    return Choice(initialiser_for(neuron.activation.name))


def must_have_room(lesson: Lesson, neurons: int, edges: int) -> None:
    """Raise Refused where so many more neurons and edges are too many; asked before they are made."""
    network = network_of(lesson)
    for found, limit, fault in (
        (
            len(network.neurons) + neurons,
            MAX_NEURONS,
            message("A network has at most {limit} neurons.", limit=MAX_NEURONS),
        ),
        (
            len(network.edges) + edges,
            MAX_EDGES,
            message("A network has at most {limit} edges.", limit=MAX_EDGES),
        ),
    ):
        if found > limit:
            raise Refused(fault)
