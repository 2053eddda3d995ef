"""Neurons with all that belongs to them, the error node, the targets."""

from __future__ import annotations

from explainer.lesson.lesson import Neuron
from explainer.maths.numbers import shown
from explainer.pages.page import Reference
from explainer.render.drawing.highlight import Look
from explainer.render.drawing.layout import DELTA_WIDTH
from explainer.render.drawing.places import BIAS_HEIGHT, ERROR_WIDTH, RADIUS, error_box
from explainer.render.drawing.scene import NOTE_SIZE, Scene
from explainer.render.drawing.space import around
from explainer.render.drawing.weights import parameter_shapes
from explainer.render.drawing.wording import (
    fitted,
    name_runs,
    named_value,
    neuron_runs,
    value_runs,
)
from explainer.render.metrics import CAP_HEIGHT
from explainer.render.shapes import Box, Circle, Label, Run, Shape

_SYMBOL_SIZE = 20.0
_VALUE_SIZE = 16.0
# Room for text inside a circle: its chords at the lines of the symbol and of the value.
_SYMBOL_ROOM = 2 * RADIUS - 18
_VALUE_ROOM = 2 * RADIUS - 14
_ERROR_ROOM = ERROR_WIDTH - 14
# Baselines under the middle: of a symbol alone, of one over a value, of the value.
_ALONE, _OVER, _UNDER = 6.0, -7.5, 18.0


def neuron_shapes(scene: Scene, neuron: Neuron) -> list[Shape]:
    """Return a neuron: circle, symbol, value as far as known, bias, δ."""
    name = neuron.id
    x, y = scene.found.neurons[name]
    look = scene.highlight.neuron(name)
    reference = Reference("neuron", name)
    value = value_runs(neuron, scene.moment, scene.lesson, scene.digits, scene.language)
    shapes: list[Shape] = [
        Circle(f"circle:{name}", x, y, RADIUS, look.tone, look.factor, look.active, reference)
    ]
    drop = _OVER if value else _ALONE
    symbol = fitted(neuron_runs(neuron), _SYMBOL_SIZE, _SYMBOL_ROOM)
    shapes.append(_label(f"symbol:{name}", x, y + drop, symbol, look, reference))
    if value:
        fitting = fitted(value, _VALUE_SIZE, _VALUE_ROOM)
        shapes.append(_label(f"value:{name}", x, y + _UNDER, fitting, look, reference))
    if neuron.own_bias:
        area = around(*scene.found.biases[name], scene.pill_width(neuron.own_bias), BIAS_HEIGHT)
        bias_look = scene.highlight.bias(neuron)
        owner = Reference("parameter", neuron.own_bias)
        shapes += parameter_shapes(
            scene, neuron.own_bias, name, "bias", "biastext", bias_look, owner, area
        )
    return shapes + _delta(scene, name)


def error_shapes(scene: Scene) -> list[Shape]:
    """Return the error node and its value as far as known."""
    x, y = scene.found.error
    look = scene.highlight.error()
    reference = Reference("error")
    left, top, right, bottom = error_box(scene.found.error)
    frame = ("error", x, y, right - left, bottom - top, 10.0)
    shapes: list[Shape] = [Box(*frame, look.tone, "tint", None, look.active, reference)]
    loss = scene.moment.loss
    # The box is lower than a circle: its lines stand closer.
    drop = _ALONE if loss is None else _OVER + 1
    symbol = fitted(name_runs(scene.lesson.notation.error), _SYMBOL_SIZE, _ERROR_ROOM)
    shapes.append(_label("error:symbol", x, y + drop, symbol, look, reference))
    if loss is not None:
        text = (Run(shown(loss, scene.digits, scene.language)),)
        value = fitted(text, _VALUE_SIZE, _ERROR_ROOM)
        shapes.append(_label("error:value", x, y + _UNDER, value, look, reference))
    return shapes


def target_labels(scene: Scene) -> list[Label]:
    """Return the target of each output."""
    found = zip(scene.outputs, scene.targets, scene.found.targets, strict=True)
    return [
        _note(
            f"target:{output}",
            place,
            (runs, NOTE_SIZE),
            scene.highlight.target(output),
            Reference("target", output),
        )
        for output, runs, place in found
    ]


def _delta(scene: Scene, name: str) -> list[Label]:
    """Return the δ over a neuron once it is known."""
    value = scene.moment.deltas.get(name)
    if value is None or name not in scene.found.deltas:
        return []
    symbol = name_runs(scene.lesson.notation.delta)
    runs = named_value(symbol, value, scene.digits, scene.language)
    fitting = fitted(runs, NOTE_SIZE, DELTA_WIDTH)
    look = scene.highlight.delta(name)
    return [
        _note(f"delta:{name}", scene.found.deltas[name], fitting, look, Reference("neuron", name))
    ]


def _note(
    key: str,
    place: tuple[float, float],
    fitting: tuple[tuple[Run, ...], float],
    look: Look,
    reference: Reference,
) -> Label:
    """Return a label whose capitals stand in the middle of its place."""
    x, y = place
    return _label(key, x, y + fitting[1] * CAP_HEIGHT / 2, fitting, look, reference)


def _label(
    key: str,
    x: float,
    y: float,
    fitting: tuple[tuple[Run, ...], float],
    look: Look,
    reference: Reference,
) -> Label:
    runs, size = fitting
    return Label(
        key,
        x,
        y,
        runs,
        size,
        look.text,
        factor=look.factor,
        active=look.active,
        reference=reference,
    )
