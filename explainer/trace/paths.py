"""The ways from the error back to a neuron: how many, how long, and which."""

from __future__ import annotations

from functools import cached_property

from explainer.lesson.layers import in_order
from explainer.lesson.lesson import Edge, Network

# A product written in full stays readable up to this many paths of this many factors (the last factor, ∂z/∂w, included).
MOST_PATHS = 4
MOST_FACTORS = 5

# A path from the error to a neuron: the edges passed, nearest the error first.
Path = tuple[Edge, ...]


class Paths:
    """All questions about ways through one network, each answered once.

    Where every intermediate result is rounded, no product is `written_out`: what was computed is δ times the last
    factor, and the whole product would give another number. Nor where a penalty stands beside the error.
    """

    def __init__(self, network: Network, *, written_out: bool = True) -> None:
        self._network = network
        self._written_out = written_out
        self._neurons = {neuron.id: neuron for neuron in network.neurons}
        self._outgoing: dict[str, list[Edge]] = {neuron.id: [] for neuron in network.neurons}
        for edge in network.edges:
            self._outgoing[edge.source].append(edge)
        self._short: dict[str, bool] = {}

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of ways from the error to each neuron; exact however large."""
        ways: dict[str, int] = {}
        for neuron in reversed(in_order(self._network)):
            own = 1 if neuron.role == "output" else 0
            ways[neuron.id] = own + sum(ways[edge.target] for edge in self._outgoing[neuron.id])
        return ways

    def is_countable(self, neuron_id: str) -> bool:
        """Tell whether every way from the error to a neuron is a way along edges: none runs through a softmax or a batch."""
        return neuron_id not in self._beyond_counting

    @cached_property
    def _beyond_counting(self) -> frozenset[str]:
        found: set[str] = set()
        for neuron in reversed(in_order(self._network)):
            is_crossing = neuron.activation.name == "softmax" or neuron.normalise is not None
            if is_crossing or any(edge.target in found for edge in self._outgoing[neuron.id]):
                found.add(neuron.id)
        return frozenset(found)

    def all_to(self, neuron_id: str) -> list[Path]:
        """Return every way from the error to a neuron. Exponentially many in deep networks: ask `is_short` first."""
        found: list[Path] = [()] if self._neurons[neuron_id].role == "output" else []
        for edge in self._outgoing[neuron_id]:
            found += [(*path, edge) for path in self.all_to(edge.target)]
        return found

    def factors(self, neuron_id: str, path: Path) -> int:
        """Return how many factors ∂E/∂w has along a path: the error's, one per edge and activation, and ∂z/∂w."""
        passed = [edge.target for edge in path] + [neuron_id]
        activations = sum(self._neurons[name].activation.name != "identity" for name in passed)
        return 1 + len(path) + activations + 1

    def is_short(self, neuron_id: str) -> bool:
        """Tell whether the full product from the error to this neuron's weights is written out."""
        if neuron_id not in self._short:
            few = self._written_out and 1 <= self.counts[neuron_id] <= MOST_PATHS
            self._short[neuron_id] = few and all(
                self._is_plain(neuron_id, path) and self.factors(neuron_id, path) <= MOST_FACTORS
                for path in self.all_to(neuron_id)
            )
        return self._short[neuron_id]

    def _is_plain(self, neuron_id: str, path: Path) -> bool:
        return all(
            self._neurons[name].is_plain for name in (neuron_id, *(edge.target for edge in path))
        )

    def reach(
        self, neuron_id: str
    ) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
        """Return the neurons, edges and weights on the ways from a neuron to the error."""
        neurons: dict[str, None] = {neuron_id: None}
        edges: dict[tuple[str, str], None] = {}
        weights: dict[str, None] = {}
        for path in self.all_to(neuron_id):
            for edge in reversed(path):
                neurons[edge.target] = None
                edges[edge.source, edge.target] = None
                weights[edge.weight] = None
        return tuple(neurons), tuple(edges), tuple(weights)
