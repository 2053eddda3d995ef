"""Which node or edge of a computation graph wears which factor of the chain rule: the one that reads the same number."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths.numbers import shown
from explainer.render.drawing.computation_scene import ComputationScene

# The two ends of an edge between quantities.
Ends = tuple[str, str]


class WornFactors:
    """The factors that name a neuron, given to its local derivatives and nodes; `slopes` and `nodes` hold their badges.

    A factor ∂h/∂z is the number on the edge from z to h; one that is a value, as ∂z/∂w is, belongs to the node of that value.
    """

    def __init__(self, scene: ComputationScene, bright: Sequence[Ends]) -> None:
        self._scene = scene
        self.slopes: dict[Ends, int] = {}
        self.nodes: dict[str, int] = {}
        for number, badge in enumerate(scene.badges):
            if badge.reference.kind != "neuron" or badge.reference.second:
                continue
            name = badge.reference.first
            slope = self._slope_of(name, badge.text, bright)
            if slope is not None:
                self.slopes[slope] = number
                continue
            node = self._node_of(name, badge.text)
            if node is not None:
                self.nodes[node] = number

    def of_node(self, address: str) -> int | None:
        """Return the factor that a node wears."""
        number = self.nodes.get(address)
        return None if number is None else self._scene.badges[number].factor

    def _slope_of(self, name: str, text: str, bright: Sequence[Ends]) -> Ends | None:
        for source, target in bright:
            value = self._scene.moment.slopes.get(f"{source}>{target}")
            is_meant = self._scene.by_address[target].neuron.id == name
            if value is None or not is_meant or (source, target) in self.slopes:
                continue
            if self._written(value) == text:
                return source, target
        return None

    def _node_of(self, name: str, text: str) -> str | None:
        """Return the node of a neuron whose value, else whose derivative, is written so; else its last."""
        own = [each.address for each in self._scene.quantities if each.neuron.id == name]
        for numbers in (self._scene.moment.values, self._scene.moment.derivatives):
            for address in reversed(own):
                value = numbers.get(address)
                if value is not None and address not in self.nodes and self._written(value) == text:
                    return address
        return own[-1] if own else None

    def _written(self, value: float) -> str:
        return shown(value, self._scene.digits, self._scene.language)
