"""Which quantities of a computation graph a step speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.render.drawing.quantities import Quantity
from explainer.trace.moment import Moment


def lit(quantities: Sequence[Quantity], moment: Moment) -> frozenset[str]:
    """Return the addresses of the quantities that are bright.

    A forward step is about a quantity and what it is made of; a derivative about a quantity and what is made of it. A gradient
    lights its whole way: of the neurons at its beginning only what they put out.
    """
    step, focus = moment.step, moment.focus
    if step is None:
        return frozenset()
    by_address = {each.address: each for each in quantities}
    about = by_address.get(step.address) if step.address else None
    if about is not None and step.kind != "gradient_input":
        if moment.phase == "forward":
            return frozenset((about.address, *about.sources))
        above = [each.address for each in quantities if about.address in each.sources]
        return frozenset((about.address, *above))
    reached = {target for _, target in focus.edges}
    if step.neuron is not None:
        reached.add(step.neuron)
    neurons = set(focus.neurons)
    return frozenset(
        each.address
        for each in quantities
        if each.neuron.id in neurons
        and (each.is_last or (each.neuron.id in reached and moment.phase != "error"))
        and not _is_other_piece(
            each, step.neuron or (step.edge[1] if step.edge else ""), step.piece
        )
    )


def _is_other_piece(quantity: Quantity, neuron: str, piece: int) -> bool:
    """Tell whether a gradient is about another piece of a maxout neuron."""
    return quantity.kind == "sum" and quantity.neuron.id == neuron and quantity.piece != piece
