"""Where everything stands: neurons as rows of one matrix, parameters as places of one vector, weights as matrices.

Samples are columns. The rows are ordered by depth; every depth begins with a row of ones, so that a bias is a weight like
any other and one product of matrices gives all weighted sums of a depth:

    row 0        1 1 1 …        depth 0
    rows 1, 2    x1, x2
    row 3        1 1 1 …        depth 1
    rows 4 …     h1 …

A depth reads the rows from the earliest depth that feeds it up to itself; where there is no edge its matrix holds 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from explainer.lesson.choice import Choice
from explainer.lesson.layers import depths
from explainer.lesson.lesson import Lesson, Network, Neuron


@dataclass(frozen=True)
class Group:
    """Neighbouring rows of one depth with the same function: `first` to `end` (exclusive) among all rows."""

    choice: Choice
    first: int
    end: int
    neurons: tuple[Neuron, ...]

    @property
    def learnt(self) -> tuple[tuple[str, ...], ...]:
        """For every parameter inside the function, its name for each neuron."""
        names = zip(
            *([name for _, name in neuron.activation.named] for neuron in self.neurons), strict=True
        )
        return tuple(names)


@dataclass(frozen=True)
class Level:
    """The neurons of one depth.

    `first` to `end` are their rows, that of ones excluded; `low` to `high` the rows they read, that of ones included.
    `cells[k][r − low]` names the weight from row r to the sum k, None where there is none. Sums are in the order of
    the neurons, but a maxout neuron has several: `sums` says for each its neuron's place and its piece.
    """

    depth: int
    neurons: tuple[Neuron, ...]
    first: int
    end: int
    low: int
    high: int
    sums: tuple[tuple[int, int], ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    groups: tuple[Group, ...]

    @property
    def width(self) -> int:
        """The number of rows it reads."""
        return self.high - self.low

    @cached_property
    def is_joined(self) -> bool:
        """Whether its sums are more than the weighted sums of its neurons: maxout, or batch normalisation."""
        return any(
            neuron.activation.name == "maxout" or neuron.normalise is not None
            for neuron in self.neurons
        )

    @property
    def is_identity(self) -> bool:
        """Whether its neurons put out their weighted sums."""
        return not self.is_joined and all(
            neuron.activation.name == "identity" and neuron.dropout is None
            for neuron in self.neurons
        )


class Layout:
    """The rows and the parameters of a lesson's network."""

    def __init__(self, lesson: Lesson) -> None:
        network = lesson.network
        self.lesson = lesson
        self.row: dict[str, int] = {}
        self.start: list[int] = []
        by_depth = _by_depth(network)
        rows = 0
        for neurons in by_depth:
            self.start.append(rows)
            for place, neuron in enumerate(neurons, 1):
                self.row[neuron.id] = rows + place
            rows += 1 + len(neurons)
        self.rows = rows
        self.inputs = by_depth[0]
        self.levels = tuple(
            self._level(depth, neurons)
            for depth, neurons in enumerate(by_depth)
            if depth and neurons
        )
        self.outputs = tuple(self.row[neuron.id] for neuron in network.of_role("output"))
        self._place_parameters(network)

    def _level(self, depth: int, neurons: tuple[Neuron, ...]) -> Level:
        network, start = self.lesson.network, self.start
        first = start[depth] + 1
        names = {neuron.id: place for place, neuron in enumerate(neurons)}
        edges = [edge for edge in network.edges if edge.target in names]
        depth_of = {row: at for at, row in enumerate(start)}
        sources = sorted({_depth_at(start, self.row[edge.source]) for edge in edges} or {0})
        low = start[sources[0]]
        last = sources[-1]
        high = start[last + 1] if edges else low + 1
        assert low in depth_of  # noqa: S101 - every depth begins with its row of ones
        sums = tuple(
            (place, piece)
            for place, neuron in enumerate(neurons)
            for piece in range(_pieces(network, neuron))
        )
        at = {one: k for k, one in enumerate(sums)}
        cells: list[list[list[str]]] = [[[] for _ in range(low, high)] for _ in sums]
        for place, neuron in enumerate(neurons):
            for piece, bias in enumerate(neuron.biases):
                cells[at[place, piece]][0].append(bias)
        for edge in edges:
            cells[at[names[edge.target], edge.piece]][self.row[edge.source] - low].append(
                edge.weight
            )
        held = tuple(tuple(tuple(cell) for cell in line) for line in cells)
        groups = tuple(_groups(neurons, first))
        return Level(depth, neurons, first, first + len(neurons), low, high, sums, held, groups)

    def _place_parameters(self, network: Network) -> None:
        """Give every parameter its place: full matrices first, then what else is trained, then what is frozen."""
        uses = Counter(
            name for level in self.levels for line in level.cells for cell in line for name in cell
        )
        for neuron in network.neurons:
            if neuron.normalise is not None:
                uses.update((neuron.normalise.gamma, neuron.normalise.beta))
            uses.update(name for _, name in neuron.activation.named)
        names: list[str] = []
        self.matrix: dict[int, slice] = {}
        for level in self.levels:
            cells = [cell for line in level.cells for cell in line]
            is_full = all(
                len(cell) == 1 and uses[cell[0]] == 1 and network.is_trainable(cell[0])
                for cell in cells
            )
            if is_full:
                self.matrix[level.depth] = slice(len(names), len(names) + len(cells))
                names += [cell[0] for cell in cells]
        placed = set(names)
        rest = [name for name in network.parameters if name not in placed]
        names += [name for name in rest if network.is_trainable(name)]
        self.trained = len(names)
        names += [name for name in rest if not network.is_trainable(name)]
        self.names = tuple(names)
        self.place = {name: place for place, name in enumerate(names)}

    @property
    def nothing(self) -> int:
        """The place behind all parameters, which holds 0 and stands for a missing edge."""
        return len(self.names)

    def depth_of_parameter(self, name: str) -> int:
        """Return the first depth that uses a parameter, 0 where none does."""
        for level in self.levels:
            own = {used for neuron in level.neurons for used in neuron.own_parameters}
            if name in own or any(name in cell for line in level.cells for cell in line):
                return level.depth
        return 0


def _by_depth(network: Network) -> list[tuple[Neuron, ...]]:
    """Return the neurons depth by depth, those with the same function beside each other.

    Inputs stand in file order; so do outputs, as far as their functions allow.
    """
    depth = depths(network)
    columns: list[list[Neuron]] = [[] for _ in range(max(depth.values()) + 1)]
    for neuron in network.neurons:
        columns[depth[neuron.id]].append(neuron)
    ordered = []
    for column in columns:
        kinds: dict[object, list[Neuron]] = {}
        for neuron in column:
            kinds.setdefault(_kind(neuron), []).append(neuron)
        ordered.append(tuple(neuron for same in kinds.values() for neuron in same))
    return ordered


def _kind(neuron: Neuron) -> tuple[object, ...]:
    choice = neuron.activation
    learnt = tuple(parameter for parameter, _ in choice.named)
    group = neuron.group if choice.name == "softmax" else None
    return (
        neuron.role == "input",
        choice.name,
        choice.parameters,
        learnt,
        choice.expression,
        group,
    )


def _groups(neurons: tuple[Neuron, ...], first: int) -> Iterator[Group]:
    begin = 0
    for place in range(1, len(neurons) + 1):
        if place == len(neurons) or _kind(neurons[place]) != _kind(neurons[begin]):
            same = neurons[begin:place]
            yield Group(same[0].activation, first + begin, first + place, same)
            begin = place


def _pieces(network: Network, neuron: Neuron) -> int:
    if neuron.activation.name != "maxout":
        return 1
    fed = max((edge.piece for edge in network.incoming(neuron.id)), default=0) + 1
    return max(fed, len(neuron.biases))


def _depth_at(start: list[int], row: int) -> int:
    return max(depth for depth, first in enumerate(start) if first <= row)
