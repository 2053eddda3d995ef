"""The scalar graph of a lesson: every parameter, input, z, a and error is a node; every dependence an edge.

One graph holds one batch. Parameters are shared by its samples; everything else belongs to one sample, or, as
the mean of a batch does, to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from explainer.lesson.lesson import Lesson
from explainer.trace.node import Node

# Deeper than any neuron: the error comes after every output.
LOSS_DEPTH = 1_000_000


@dataclass(slots=True)
class Graph:
    """Nodes in an order of evaluation, and where to find the important ones.

    `sum_of[sample, neuron]` is the node of its z (for maxout, of the largest piece), `output_of[sample, neuron]` of what it puts
    out, which is z itself for an identity neuron; `piece_of` tells the pieces of maxout apart. `chain[sample, neuron]`
    lists all nodes of a neuron in order; those of the whole batch have the sample None. `place` finds a node by its
    address, `loss_of[sample]` the sample's error, `penalty_of[sample]` what is added to it for its predictions.
    `prediction_of[sample, output]` is what the error compares: what the neuron puts out, or z by the delta rule. `depth` is the column of each
    neuron. `pass_number` counts from 0. `shared` are the quantities of one sample that the errors of the others feel too,
    since a batch is normalised behind them.
    """

    lesson: Lesson
    samples: tuple[int, ...]
    pass_number: int = 0
    nodes: list[Node] = field(default_factory=list)
    parameter: dict[str, int] = field(default_factory=dict)
    output_of: dict[tuple[int, str], int] = field(default_factory=dict)
    sum_of: dict[tuple[int, str], int] = field(default_factory=dict)
    piece_of: dict[tuple[int, str, int], int] = field(default_factory=dict)
    chain: dict[tuple[int | None, str], list[int]] = field(default_factory=dict)
    place: dict[tuple[int | None, str], int] = field(default_factory=dict)
    loss_of: dict[int, int] = field(default_factory=dict)
    penalty_of: dict[int, int] = field(default_factory=dict)
    prediction_of: dict[tuple[int, str], int] = field(default_factory=dict)
    depth: dict[str, int] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)

    def is_seed(self, position: int) -> bool:
        """Tell whether the way back starts at a node: its derivative by itself is 1."""
        if self.nodes[position].role in ("loss", "penalty"):
            return True
        return self.lesson.expression is not None and position == self.loss_of[0]

    def add(self, node: Node) -> int:
        """Append a node and return its position."""
        self.nodes.append(node)
        self.place[node.sample, node.address] = len(self.nodes) - 1
        return len(self.nodes) - 1
