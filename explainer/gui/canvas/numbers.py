"""Which numbers of the graph may be edited: what each is called, what it is now, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from explainer.lesson.inputs import given_column, inputs_of
from explainer.lesson.lesson import Expression, Lesson
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import Message, message
from explainer.pages.page import Reference
from explainer.render.drawing.slots import own_parameters, piece_at
from explainer.render.metrics import ASCENT, DESCENT, label_width
from explainer.render.shapes import Box, Drawing, Label, Run
from explainer.trace.moment import Moment

# The first parts of keys: of labels that carry a number of the lesson, and of the boxes around them.
_BOXES = {"weight": "pill", "biastext": "bias"}
# What else of the drawing means the number: the card behind a shared weight, the circle of an input.
_BODIES = {"weight": "tied", "biastext": "tied", "value": "circle"}
_READING_ORDER = ("value", "weight", "biastext", "target")


class Editable(NamedTuple):
    """A number of the lesson: what an edit of it is reported as, its full value, its name for screen readers."""

    reference: Reference
    value: float
    name: Message


class Number(NamedTuple):
    """An editable number where it stands on the drawing.

    `key` is its label's, `parts` are the keys of all shapes that a click may hit to mean it; `left` and `right` bound the digits alone, `baseline` lies under them; `frame` (left, top,
    right, bottom) is the pill, or the label with some air where there is none. `alone` tells that the label holds
    nothing but the number.
    """

    key: str
    parts: tuple[str, ...]
    editable: Editable
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    alone: bool
    frame: tuple[float, float, float, float]
    corner: float


def editable_numbers(lesson: Lesson, moment: Moment) -> dict[Reference, Editable]:
    """Return what can be edited at a moment, by the reference that its label on the drawing carries.

    Of a formula it is the variables. Weights are reached through each edge that uses them. Parameters are as they stand at the moment, inputs and
    targets those of its sample.
    """
    if lesson.expression is not None:
        return _variables(lesson.expression)
    network = lesson.network
    found: dict[Reference, Editable] = {}
    for edge in network.edges:
        parameter = Reference("parameter", edge.weight)
        name = message("weight {name}", name=symbol_of(edge.weight).text)
        value = moment.parameters[edge.weight]
        place = Reference("edge", edge.source, edge.target, edge.piece)
        found[place] = Editable(parameter, value, name)
    for neuron in network.neurons:
        for slot, own in own_parameters(neuron):
            parameter, symbol = Reference("parameter", own), symbol_of(own).text
            name = message("bias {name}", name=symbol)
            if piece_at(slot) is None:
                name = message("parameter {name}", name=symbol)
            found[parameter] = Editable(parameter, moment.parameters[own], name)
    values = inputs_of(lesson, moment.sample)
    for column, (neuron, value) in enumerate(zip(network.of_role("input"), values, strict=True)):
        # What is computed from other columns follows them.
        if given_column(lesson.data, column) is None:
            continue
        place = Reference("neuron", neuron.id)
        name = message("input {name}", name=neuron_symbol(neuron).text)
        found[place] = Editable(place, value, name)
    targets = lesson.data.targets[moment.sample]
    for neuron, value in zip(network.of_role("output"), targets, strict=True):
        place = Reference("target", neuron.id)
        name = message("target of {name}", name=neuron_symbol(neuron).text)
        found[place] = Editable(place, value, name)
    return found


def _variables(expression: Expression) -> dict[Reference, Editable]:
    """Return the variables of a formula."""
    found: dict[Reference, Editable] = {}
    for variable, value in expression.values.items():
        place = Reference("neuron", variable)
        name = message("value of {name}", name=symbol_of(variable).text)
        found[place] = Editable(place, value, name)
    return found


def numbers_on(drawing: Drawing, editable: Mapping[Reference, Editable]) -> dict[str, Number]:
    """Return the editable numbers of a drawing by key: inputs first, then weights, biases, targets."""
    boxes = {shape.key: shape for shape in drawing.shapes if isinstance(shape, Box)}
    found: dict[str, list[Number]] = {prefix: [] for prefix in _READING_ORDER}
    for shape in drawing.shapes:
        if isinstance(shape, Label) and shape.reference and shape.reference in editable:
            prefix, _, rest = shape.key.partition(":")
            if prefix in found:
                box = boxes.get(f"{_BOXES.get(prefix)}:{rest}")
                parts = (shape.key, f"{_BOXES.get(prefix)}:{rest}", f"{_BODIES.get(prefix)}:{rest}")
                found[prefix].append(_number(shape, parts, editable[shape.reference], box))
    return {number.key: number for numbers in found.values() for number in numbers}


def _number(label: Label, parts: tuple[str, ...], editable: Editable, box: Box | None) -> Number:
    """Return the place of a label's number: its last word."""
    width = label_width(label.runs, label.size, label.bold)
    right = label.x + {"start": width, "middle": width / 2, "end": 0.0}[label.anchor]
    digits = label.runs[-1].text.split(" ")[-1]
    left = right - label_width((Run(digits),), label.size, label.bold)
    alone = len(label.runs) == 1 and digits == label.runs[0].text
    if box is None:
        # A ring around the digits alone would cut through the words before them.
        start, air = (left, 6) if alone else (right - width, 3)
        top, bottom = label.y - ASCENT * label.size - 3, label.y + DESCENT * label.size + 3
        frame, corner = (start - air, top, right + air, bottom), 5.0
    else:
        x, y = box.width / 2, box.height / 2
        frame, corner = (box.x - x, box.y - y, box.x + x, box.y + y), box.corner
    return Number(
        label.key,
        parts,
        editable,
        left,
        right,
        label.y,
        label.size,
        label.bold,
        alone,
        frame,
        corner,
    )
