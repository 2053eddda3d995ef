"""The shapes of one quantity of a computation graph at one moment."""

from __future__ import annotations

from explainer.maths.numbers import shown
from explainer.pages.page import Reference
from explainer.render.drawing.computation_scene import DERIVATIVE_WIDTH, ComputationScene
from explainer.render.drawing.highlight import Look
from explainer.render.drawing.nodes import fitted_label
from explainer.render.drawing.places import RADIUS
from explainer.render.drawing.quantities import Quantity
from explainer.render.drawing.scene import NOTE_SIZE
from explainer.render.drawing.slots import CHIP_SIZE, own_parameters, piece_at
from explainer.render.drawing.weights import parameter_shapes
from explainer.render.drawing.wording import derivative_runs, fitted, fitted_number
from explainer.render.metrics import CAP_HEIGHT
from explainer.render.shapes import Box, Circle, Label, Run, Shape

HEIGHT = 64.0
_CORNER = 20.0
_SYMBOL_SIZE, _VALUE_SIZE = 20.0, 16.0
_ROOM = 2 * RADIUS - 16
_ALONE, _OVER, _UNDER = 6.0, -6.5, 18.0


def node_shapes(
    scene: ComputationScene, quantity: Quantity, *, is_lit: bool, factor: int | None
) -> list[Shape]:
    """Return a node: its outline, symbol, value and derivative as far as known, what makes it, its parameters."""
    x, y = scene.found.neurons[quantity.address]
    look = _look(scene, factor, is_lit=is_lit)
    reference = _reference(quantity)
    is_dropped = quantity.is_last and quantity.neuron.id in scene.highlight.dropped
    name = quantity.address
    shapes: list[Shape] = []
    if quantity.kind == "input":
        style = (look.tone, look.factor, look.active, reference)
        shapes.append(Circle(f"circle:{name}", x, y, RADIUS, *style))
    else:
        box = (f"box:{name}", x, y, 2 * RADIUS, HEIGHT, _CORNER, look.tone)
        rest = (look.factor, look.active, reference, is_dropped)
        shapes.append(Box(*box, "paper", *rest))
    value = scene.moment.values.get(quantity.address)
    symbol = fitted(scene.symbol(quantity), _SYMBOL_SIZE, _ROOM)
    drop = _ALONE if value is None else _OVER
    shapes.append(fitted_label(f"symbol:{name}", x, y + drop, symbol, look, reference))
    if value is not None:
        fitting = fitted_number(value, scene.digits, scene.language, _VALUE_SIZE, _ROOM)
        shapes.append(fitted_label(f"value:{name}", x, y + _UNDER, fitting, look, reference))
    return [
        *shapes,
        *_operation(scene, quantity, look),
        *_parameters(scene, quantity),
        *_derivative(scene, quantity, is_lit=is_lit),
    ]


def _look(scene: ComputationScene, factor: int | None, *, is_lit: bool) -> Look:
    moment, rest = scene.moment, scene.highlight.rest
    if is_lit:
        return Look(moment.phase or "plain", "plain", factor, True)
    return Look(rest, rest, factor)


def _reference(quantity: Quantity) -> Reference:
    """Return what a node stands for: its neuron, the weighted sum of a piece of it."""
    if quantity.kind == "sum" and quantity.name != "z":
        return Reference("neuron", quantity.neuron.id, quantity.name)
    # The number of an input is edited where it is given, not where dropout has thinned it out.
    if quantity.kind == "dropout" and quantity.neuron.role == "input":
        return Reference("neuron", quantity.neuron.id, "dropout")
    return Reference("neuron", quantity.neuron.id)


def _operation(scene: ComputationScene, quantity: Quantity, look: Look) -> list[Shape]:
    """Return the sign of what makes a quantity, under it."""
    area = scene.found.slots.get((quantity.address, "operation"))
    if area is None:
        return []
    left, top, right, bottom = area
    tone = look.tone if look.active else scene.highlight.rest
    return [
        Label(
            f"operation:{quantity.address}",
            (left + right) / 2,
            (top + bottom) / 2 + CHIP_SIZE * CAP_HEIGHT / 2,
            (Run(scene.operation(quantity)),),
            CHIP_SIZE,
            tone,
            bold=look.active,
            active=look.active,
            reference=_reference(quantity),
        )
    ]


def _parameters(scene: ComputationScene, quantity: Quantity) -> list[Shape]:
    shapes: list[Shape] = []
    neuron = quantity.neuron
    for slot, parameter in own_parameters(neuron):
        area = scene.found.slots.get((quantity.address, slot))
        if area is None:
            continue
        piece = piece_at(slot)
        kind, _, number = slot.partition(" ")
        ends = neuron.id if kind == "bias" else f"{neuron.id} {kind}"
        ends = f"{ends} {number}" if number else ends
        look = scene.highlight.own(neuron, parameter, piece)
        reference = Reference("parameter", parameter)
        shapes += parameter_shapes(
            scene, parameter, ends, "bias", "biastext", look, reference, area
        )
    return shapes


def _derivative(scene: ComputationScene, quantity: Quantity, *, is_lit: bool) -> list[Shape]:
    value = scene.moment.derivatives.get(quantity.address)
    place = scene.found.deltas.get(quantity.address)
    if value is None or place is None:
        return []
    text = shown(value, scene.digits, scene.language)
    error = scene.lesson.notation.error
    fitting = fitted(
        derivative_runs(error, scene.symbol(quantity), text), NOTE_SIZE, DERIVATIVE_WIDTH
    )
    is_bright = is_lit and scene.moment.phase == "backward"
    look = Look("backward", "backward", None, True) if is_bright else Look("quiet", "quiet")
    x, y = place
    y += fitting[1] * CAP_HEIGHT / 2
    return [fitted_label(f"delta:{quantity.address}", x, y, fitting, look, _reference(quantity))]
