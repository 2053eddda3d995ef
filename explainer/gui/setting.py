"""Which intent of the session sets the value that a part of the graph shows."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.lesson import Neuron
from explainer.pages.page import Reference
from explainer.session import Session


def set_value(
    session: Session, reference: Reference, value: float, continuing: bool = False
) -> None:
    """Set a parameter, an input or target of the sample shown, or a variable of a formula; ValueError for anything else.

    `continuing` makes it one undo step with the edit of the same value before it.
    """
    if session.lesson.expression is not None and reference.kind == "neuron":
        session.set_expression_value(reference.first, value, continuing=continuing)
        return
    network = session.lesson.network
    sample = session.moment().sample
    match reference.kind:
        case "parameter":
            session.set_parameter(reference.first, value, continuing=continuing)
        case "neuron":
            column = _column(network.of_role("input"), reference.first)
            session.set_input(sample, column, value, continuing=continuing)
        case "target":
            column = _column(network.of_role("output"), reference.first)
            session.set_target(sample, column, value, continuing=continuing)
        case _:
            raise ValueError(f"no value can be typed for {reference}")


def _column(neurons: Sequence[Neuron], neuron_id: str) -> int:
    return [neuron.id for neuron in neurons].index(neuron_id)
