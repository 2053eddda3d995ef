"""Neurons with all that belongs to them, the error node, the targets."""

from __future__ import annotations

from math import sqrt

from explainer.lesson.lesson import Lesson, Neuron
from explainer.maths.numbers import shown
from explainer.messages import message, translate
from explainer.pages.page import Reference
from explainer.render.drawing.attachments import attachment_shapes
from explainer.render.drawing.edges import straight
from explainer.render.drawing.highlight import Look
from explainer.render.drawing.layout import DELTA_WIDTH, DERIVATIVE_WIDTH
from explainer.render.drawing.places import ERROR_WIDTH, RADIUS, error_box
from explainer.render.drawing.scene import NOTE_SIZE, PENALTY_WIDTH, Scene
from explainer.render.drawing.wording import (
    derivative_runs,
    fitted,
    fitted_number,
    name_runs,
    named_value,
    neuron_runs,
    quantity_runs,
    value_runs,
)
from explainer.render.metrics import CAP_HEIGHT
from explainer.render.shapes import Box, Circle, Curve, Label, Run, Shape

_SYMBOL_SIZE = 20.0
_VALUE_SIZE = 16.0
# Room for text inside a circle: its chords at the lines of the symbol and of the value.
_SYMBOL_ROOM = 2 * RADIUS - 18
_VALUE_ROOM = 2 * RADIUS - 14
# The cross of a neuron that is switched off leaves this much of its middle free, and its symbol this much room.
_CROSS_INNER, _CROSS_WIDTH, _CROSSED_ROOM = 24.0, 1.8, 32.0
_ERROR_ROOM = ERROR_WIDTH - 14
# Baselines under the middle: of a symbol alone, of one over a value, of the value.
_ALONE, _OVER, _UNDER = 6.0, -7.5, 18.0


def neuron_shapes(scene: Scene, neuron: Neuron) -> list[Shape]:
    """Return a neuron: circle, symbol, value as far as known, what hangs under it, the derivative over it."""
    name = neuron.id
    x, y = scene.found.neurons[name]
    look = scene.highlight.neuron(name)
    reference = Reference("neuron", name)
    is_dropped = name in scene.highlight.dropped
    if is_dropped and not scene.highlight.is_subject(name):
        look = Look("quiet", look.text, look.factor)
    outline = (look.tone, look.factor, look.active, reference, is_dropped)
    shapes: list[Shape] = [Circle(f"circle:{name}", x, y, RADIUS, *outline)]
    if is_dropped:
        shapes += _cross(name, x, y, look)
    value = value_runs(neuron, scene.moment, scene.lesson, scene.digits, scene.language)
    drop = _OVER if value else _ALONE
    room = _CROSSED_ROOM if is_dropped else _SYMBOL_ROOM
    symbol = fitted(neuron_runs(neuron), _SYMBOL_SIZE, room)
    shapes.append(fitted_label(f"symbol:{name}", x, y + drop, symbol, look, reference))
    if value:
        shapes.append(
            fitted_label(
                f"value:{name}", x, y + _UNDER, _fitting(scene, name, value), look, reference
            )
        )
    return shapes + attachment_shapes(scene, neuron) + _derivative(scene, neuron)


def error_shapes(scene: Scene) -> list[Shape]:
    """Return the error node and its value as far as known; with a penalty, in the end, the sum of both."""
    x, y = scene.found.error
    look = scene.highlight.error()
    reference = Reference("error")
    left, top, right, bottom = error_box(scene.found.error)
    frame = ("error", x, y, right - left, bottom - top, 10.0)
    shapes: list[Shape] = [Box(*frame, look.tone, "tint", None, look.active, reference)]
    loss, notation = scene.moment.loss, scene.lesson.notation
    is_sum = scene.lesson.penalty is not None and scene.moment.is_whole
    letter = notation.objective if is_sum else notation.error
    # The box is lower than a circle: its lines stand closer.
    drop = _ALONE if loss is None else _OVER + 1
    symbol = fitted(name_runs(letter), _SYMBOL_SIZE, _ERROR_ROOM)
    shapes.append(fitted_label("error:symbol", x, y + drop, symbol, look, reference))
    if loss is not None:
        value = fitted_number(loss, scene.digits, scene.language, _VALUE_SIZE, _ERROR_ROOM)
        shapes.append(fitted_label("error:value", x, y + _UNDER, value, look, reference))
    return shapes + _penalty(scene)


def error_words(box: Box, letter: str, number: str) -> tuple[Label, Label]:
    """Return the name of an error and a number that somebody else has written, as they stand in its box."""
    reference = Reference("error")
    symbol, size = fitted(name_runs(letter), _SYMBOL_SIZE, _ERROR_ROOM)
    name = Label("error:symbol", box.x, box.y + _OVER + 1, symbol, size, "plain", reference=reference)  # fmt: skip
    runs, size = fitted((Run(number),), _VALUE_SIZE, _ERROR_ROOM)
    value = Label("error:value", box.x, box.y + _UNDER, runs, size, "plain", reference=reference)
    return name, value


def _penalty(scene: Scene) -> list[Shape]:
    """Return the penalty under the error once it is known."""
    value = scene.moment.penalty
    if value is None:
        return []
    word = translate(message("penalty"), scene.language)
    number = shown(value, scene.digits, scene.language)
    runs = (Run(f"{word} "), *name_runs(scene.lesson.notation.penalty), Run(f" = {number}"))
    fitting = fitted(runs, NOTE_SIZE, PENALTY_WIDTH)
    look = scene.highlight.penalty()
    return [_note("penalty", scene.found.note, fitting, look, Reference("error"))]


def _cross(name: str, x: float, y: float, look: Look) -> list[Shape]:
    """Return the four strokes of a cross behind the words of a neuron that is switched off."""
    far, near = RADIUS * sqrt(0.5), _CROSS_INNER * sqrt(0.5)
    corners = [(across, down) for down in (-1, 1) for across in (-1, 1)]
    return [
        Curve(
            f"cross:{name} {number + 1}",
            straight(x + a * far, y + d * far, x + a * near, y + d * near),
            _CROSS_WIDTH,
            look.tone,
        )
        for number, (a, d) in enumerate(corners)
    ]


def _fitting(scene: Scene, name: str, runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], float]:
    """Return what stands inside a circle, made to fit; a number alone is not cut."""
    value = scene.moment.values.get(name)
    if value is None or len(runs) > 1:
        return fitted(runs, _VALUE_SIZE, _VALUE_ROOM)
    return fitted_number(value, scene.digits, scene.language, _VALUE_SIZE, _VALUE_ROOM)


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


def _derivative(scene: Scene, neuron: Neuron) -> list[Label]:
    """Return the latest derivative by a quantity of a neuron, over it: δ in the end."""
    if neuron.id not in scene.found.deltas:
        return []
    latest = scene.latest_derivative.get(neuron.id)
    if latest is None:
        return []
    quantity, value = latest
    if quantity == "z":
        symbol = name_runs(scene.lesson.notation.delta)
        runs = named_value(symbol, value, scene.digits, scene.language)
        room = DELTA_WIDTH
    else:
        text = shown(value, scene.digits, scene.language)
        by = quantity_runs(scene.lesson, neuron, quantity)
        runs, room = derivative_runs(_differentiated(scene.lesson), by, text), DERIVATIVE_WIDTH
    look = scene.highlight.delta(neuron.id)
    place, reference = scene.found.deltas[neuron.id], Reference("neuron", neuron.id)
    return [_note(f"delta:{neuron.id}", place, fitted(runs, NOTE_SIZE, room), look, reference)]


def _differentiated(lesson: Lesson) -> str:
    """Return the letter of what derivatives are of: the error, with the penalty on the predictions."""
    if lesson.penalty is None:
        return lesson.notation.error
    # Imported here: the first frame seldom has a penalty.
    from explainer.maths.penalties import PENALTIES

    of_weights = PENALTIES[lesson.penalty.name].acts_on == "weights"
    return lesson.notation.error if of_weights else lesson.notation.objective


def _note(
    key: str,
    place: tuple[float, float],
    fitting: tuple[tuple[Run, ...], float],
    look: Look,
    reference: Reference,
) -> Label:
    """Return a label whose capitals stand in the middle of its place."""
    x, y = place
    return fitted_label(key, x, y + fitting[1] * CAP_HEIGHT / 2, fitting, look, reference)


def fitted_label(
    key: str,
    x: float,
    y: float,
    fitting: tuple[tuple[Run, ...], float],
    look: Look,
    reference: Reference,
) -> Label:
    """Return a label of runs at the size at which they fit, centred at a place on its baseline."""
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
