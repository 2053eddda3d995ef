"""One quantity of the scalar graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explainer.maths.operation import Operation

NodeRole = Literal[
    "parameter",
    "input",
    "target",
    "constant",
    "pre_activation",
    "maxout",
    "mean",
    "variance",
    "normalised",
    "scaled",
    "activation",
    "softmax",
    "dropout",
    "loss",
    "penalty",
    "operation",
]


@dataclass(slots=True)
class Node:
    """A named quantity. `address` is as in `Pass.values`; `owner` the neuron id or parameter name it belongs to.

    `inputs` are positions in the graph, in the order of the operation's arguments; leaves have no operation.
    `typed` is the part of a formula that has no name of its own, as it was typed.
    A leaf that is no parameter has its `value`. `sources` names, for each argument of a weighted sum, the edge's source neuron (None for a bias).
    """

    role: NodeRole
    address: str
    owner: str
    sample: int | None
    depth: int
    operation: Operation | None = None
    inputs: tuple[int, ...] = ()
    sources: tuple[str | None, ...] = ()
    value: float = 0.0
    typed: str = ""

    @property
    def called(self) -> str:
        """What the quantity is called in a sentence."""
        return self.typed or (self.owner if self.role in ("loss", "penalty") else self.address)
