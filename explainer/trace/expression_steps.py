"""The steps of a formula: every operation forward, every derivative backward."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.trace.node import Node
from explainer.trace.record import Run
from explainer.trace.steps import Focus, Step


def expression_steps(run: Run) -> Iterator[Step]:
    """Yield the operations in order of evaluation, then the derivative of the result by each, in reverse."""
    operations = [
        (place, node) for place, node in enumerate(run.graph.nodes) if node.operation is not None
    ]
    inputs = [(place, node) for place, node in enumerate(run.graph.nodes) if node.role == "input"]
    for place, node in operations:
        yield Step(
            0, "forward", "operation", node.address, 0, run.values[place], _feeding(run, node)
        )
    for place, node in [*reversed(operations), *inputs]:
        yield Step(
            0, "backward", "gradient_node", node.address, 0, run.adjoints[place], _fed(run, place)
        )


def _feeding(run: Run, node: Node) -> Focus:
    names = tuple(run.graph.nodes[place].address for place in dict.fromkeys(node.inputs))
    return Focus(
        neurons=(*names, node.address), edges=tuple((name, node.address) for name in names)
    )


def _fed(run: Run, place: int) -> Focus:
    own = run.graph.nodes[place].address
    names = tuple(
        dict.fromkeys(run.graph.nodes[term.consumer].address for term in run.terms[place])
    )
    return Focus(neurons=(own, *names), edges=tuple((own, name) for name in names))
