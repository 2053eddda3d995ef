"""The derivation of (prediction − target): how the fractions of error and activation cancel, line by line.

The numbers of a step come from its factors as they stand, never from what is left here.
"""

from __future__ import annotations

import math

from explainer.lesson.lesson import Neuron
from explainer.maths.cancellation import (
    are_made_for_each_other,
    cancelling,
    softmax_cancelling,
)
from explainer.maths.chosen import activation_label
from explainer.maths.losses import LOSSES
from explainer.maths.printed import PRODUCT, Printed, printed_product, printed_sum
from explainer.maths.softmax import Softmax
from explainer.maths.sums import shortened
from explainer.messages import Message, message
from explainer.pages.factors import operation_of
from explainer.pages.names import Names
from explainer.pages.page import Piece, Row
from explainer.pages.rows import EQUALS
from explainer.trace.steps import Step


def cancelling_rows(names: Names, neuron: Neuron, left: Printed) -> tuple[Row, ...]:
    """Return the lines behind ∂E/∂ŷ · ∂ŷ/∂z of an output that is alone in its error; () where nothing cancels."""
    y, target = names.neuron(neuron.id), names.target(neuron.id)
    lines = cancelling(_loss(names), neuron.activation.name, y, target, names.language)
    return _rows(left, lines)


def softmax_cancelling_rows(names: Names, place: int, left: tuple[Piece, ...]) -> tuple[Row, ...]:
    """Return the lines behind the sum over a softmax's outputs in the derivative by one of its arguments."""
    outputs = _outputs_of_softmax(names, place)
    if not outputs:
        return ()
    graph, language = names.run.graph, names.language
    consumers = [term.consumer for term in names.run.terms[place]]
    operation = operation_of(graph.nodes[consumers[0]])
    index = names.run.terms[place][0].argument
    predictions = [names.neuron(name) for name in outputs]
    targets = [names.target(name) for name in outputs]
    products = []
    for number, consumer in enumerate(consumers):
        operation = operation_of(graph.nodes[consumer])
        if not isinstance(operation, Softmax):
            return ()
        slope = operation.partial_in_outputs(index, predictions, language)
        products.append(
            printed_product(_by_output(names, outputs[number]), slope.at_least(PRODUCT))
        )
    sample = graph.nodes[place].sample or 0
    lines = softmax_cancelling(
        _loss(names),
        index,
        predictions,
        targets,
        language,
        adds_up=_adds_up(names, sample, outputs),
    )
    return _rows(left, [printed_sum(shortened(products)), *lines])


def cancelling_notes(names: Names, step: Step) -> list[Message]:
    """Return why the lines get short, and what stays where the targets are no shares."""
    graph = names.run.graph
    place = graph.place[step.sample, step.address]
    neuron = names.run.lesson.network.neuron(step.subject)
    outputs = _outputs_of_softmax(names, place)
    alone = neuron.role == "output" and neuron.is_plain and not names.run.graph.penalty_of
    if not outputs and not (
        alone
        and not names.run.lesson.network.outgoing(neuron.id)
        and are_made_for_each_other(_loss(names), neuron.activation.name)
    ):
        return []
    found = [
        message(
            "The error ({loss}) and {activation} are made for each other: what stands below the fractions cancels.",
            loss=LOSSES[_loss(names)].label,
            activation=activation_label(neuron.activation),
        )
    ]
    if outputs:
        added = _adds_up(names, step.sample or 0, outputs)
        found.append(_TARGETS_ADD_UP if added else _TARGETS_STAY)
    return found


_TARGETS_ADD_UP = message(
    "The targets of this sample add up to 1, so prediction minus target is left."
)
_TARGETS_STAY = message("The targets of this sample do not add up to 1, so their sum stays.")


def _outputs_of_softmax(names: Names, place: int) -> list[str]:
    """Return the outputs whose softmax takes this quantity, where each goes into an error made for softmax and nowhere else."""
    run, graph = names.run, names.run.graph
    if run.graph.penalty_of or not are_made_for_each_other(_loss(names), "softmax"):
        return []
    found: list[str] = []
    for term in run.terms[place]:
        component = graph.nodes[term.consumer]
        uses = run.terms[term.consumer]
        if component.role != "softmax" or len(uses) != 1:
            return []
        if graph.nodes[uses[0].consumer].role != "loss":
            return []
        found.append(component.owner)
    return found


def _by_output(names: Names, output: str) -> Printed:
    """Return ∂E/∂ŷ of one output in symbols."""
    outputs = [neuron.id for neuron in names.run.lesson.network.of_role("output")]
    symbols = [*map(names.neuron, outputs), *map(names.target, outputs)]
    loss = operation_of(names.run.graph.nodes[next(iter(names.run.graph.loss_of.values()))])
    at = outputs.index(output)
    return loss.partial_formula(at, symbols, names.error(), names.language)


def _adds_up(names: Names, sample: int, outputs: list[str]) -> bool:
    every = [neuron.id for neuron in names.run.lesson.network.of_role("output")]
    row = names.run.lesson.data.targets[sample]
    return math.isclose(math.fsum(row[every.index(name)] for name in outputs), 1.0, rel_tol=1e-12)


def _loss(names: Names) -> str:
    return names.run.lesson.loss.choice.name


def _rows(left: Printed | tuple[Piece, ...], lines: list[Printed]) -> tuple[Row, ...]:
    before = (Piece(left.latex, left.text),) if isinstance(left, Printed) else left
    return tuple(Row("local", before, EQUALS, (Piece(line.latex, line.text),)) for line in lines)
