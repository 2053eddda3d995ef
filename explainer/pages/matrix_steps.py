"""What is told about each kind of step in matrix form: the question, formulas with their reasons, quiet remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explainer.maths.printed import Printed
from explainer.messages import Message, message
from explainer.pages import layer_backward, layer_forward, layer_update
from explainer.pages import matrix_phrases as say
from explainer.pages.error import error_reason
from explainer.pages.layer_writer import LayerWriter
from explainer.pages.names import derivative
from explainer.pages.page import Row
from explainer.pages.rows import added, result_row, row
from explainer.trace.steps import Step


class Part(NamedTuple):
    """Why a formula is written, and its lines; nothing is said of a formula without lines."""

    reason: Message
    rows: tuple[Row, ...]


class Told(NamedTuple):
    """The question of a step, the formulas that answer it, what else to notice."""

    title: Message
    parts: Sequence[Part]
    notes: Sequence[Message] = ()


class Place(NamedTuple):
    """An entry of one of a layer's matrices, counted from 0; `name` is W or b."""

    layer: LayerWriter
    name: str
    row: int
    column: int


def tell(layers: Sequence[LayerWriter], step: Step) -> Told | None:
    """Return what is told about a step, None where it is about something that stands in no matrix."""
    match step.kind:
        case "weighted_sum" | "activation" | "softmax" | "dropout":
            return _forward(layers, step)
        case "loss" | "batch_loss":
            return _error(layers[-1], step)
        case "delta":
            return _delta(layers, step)
        case "gradient_input":
            return _inputs(layers, step)
        case "gradient_weight" | "gradient_bias" | "gradient_parameter":
            return _gradient(layers, step)
        case "update" | "rule":
            return _update(layers, step)
        case _:
            return None


def forward_parts(layer: LayerWriter) -> list[Part]:
    """Return everything of a layer on the way forward."""
    return [
        Part(say.sums_reason(layer), layer_forward.sums(layer)),
        Part(say.outputs_reason(layer), layer_forward.outputs(layer)),
        Part(say.thinned_reason(layer), layer_forward.thinned(layer)),
    ]


def back_parts(layer: LayerWriter) -> list[Part]:
    """Return what comes back to the outputs and sums of a layer."""
    return [
        Part(say.to_outputs_reason(layer), layer_backward.to_outputs(layer)),
        Part(say.to_sums_reason(layer), layer_backward.to_sums(layer)),
    ]


def gradient_parts(layer: LayerWriter) -> list[Part]:
    """Return the derivatives by the weights and biases of a layer."""
    return [
        Part(say.weights_reason(layer), layer_backward.to_weights(layer)),
        Part(say.biases_reason(layer), layer_backward.to_biases(layer)),
    ]


def update_parts(layer: LayerWriter) -> list[Part]:
    """Return the updates of the weights and biases of a layer."""
    reason = say.update_reason(layer)
    return [
        Part(reason, layer_update.new_weights(layer)),
        Part(reason, layer_update.new_biases(layer)),
    ]


def input_part(layer: LayerWriter) -> Part:
    """Return the derivatives by what the first layer receives."""
    return Part(say.inputs_reason(), layer_backward.to_inputs(layer))


def sum_part(places: Sequence[Place], parameter: str) -> Part:
    """Return the gradient of a parameter as the sum of its entries and of what a penalty adds."""
    names = places[0].layer.names
    symbol, run = names.parameter(parameter), names.run
    left = derivative(names.objective(), symbol)
    values = [_derivatives(place)[place.row][place.column] for place in places]
    symbols = [_entry(place) for place in places]
    if parameter in run.penalty_slopes:
        values.append(run.penalty_slopes[parameter])
        symbols.append(derivative(names.penalty(), symbol))
    numbers = [names.number(value) for value in values]
    return Part(
        say.sum_reason(symbol, len(places)),
        (
            row("rule", left, added(symbols)),
            row("numbers", left, added(numbers), exact=not names.hides(values)),
            result_row(names, left, names.run.gradients[parameter]),
        ),
    )


def places_of(layers: Sequence[LayerWriter], parameter: str) -> list[Place]:
    """Return all entries in which a parameter stands."""
    found = []
    for layer in layers:
        own = layer.form.layer
        for i, line in enumerate(own.weights):
            found += [Place(layer, "W", i, j) for j, name in enumerate(line) if name == parameter]
        found += [Place(layer, "b", 0, j) for j, name in enumerate(own.biases) if name == parameter]
    return found


def _forward(layers: Sequence[LayerWriter], step: Step) -> Told | None:
    layer = _of_neuron(layers, step.subject)
    if layer is None:
        return None
    number = layer.form.layer.number
    if step.kind == "weighted_sum":
        before = layers[number - 2] if number > 1 else None
        part = Part(say.sums_reason(layer), layer_forward.sums(layer))
        title = message("What arrives at layer {number}?", number=number)
        notes = [*_pointer(layer, step, "S"), *say.sums_notes(layer, before)]
    elif step.kind == "dropout":
        part = Part(say.thinned_reason(layer), layer_forward.thinned(layer))
        title = message("What does dropout leave of layer {number}?", number=number)
        notes = _pointer(layer, step, "Y")
    else:
        part = Part(say.outputs_reason(layer), layer_forward.outputs(layer))
        title = message("What does layer {number} put out?", number=number)
        notes = _pointer(layer, step, "A")
    return Told(title, [part], notes) if part.rows else None


def _error(last: LayerWriter, step: Step) -> Told:
    if step.kind == "batch_loss":
        title = message("How large is the error of the whole batch?")
        return Told(title, [Part(error_reason(last.names, step), layer_forward.batch_error(last))])
    title = message("How large is the error?")
    return Told(title, [Part(say.errors_reason(last), layer_forward.errors(last))])


def _delta(layers: Sequence[LayerWriter], step: Step) -> Told:
    layer = _of_neuron(layers, step.subject)
    if layer is None:
        # An input thinned out by dropout has a delta of its own.
        return _inputs(layers, step)
    number = layer.form.layer.number
    if step.address.endswith(".z"):
        title = message(
            "How does the error change with the weighted sums of layer {number}?", number=number
        )
        parts, notes = back_parts(layer), _pointer(layer, step, "S", derivative=True)
    else:
        title = message(
            "How does the error change with the outputs of layer {number}?", number=number
        )
        before_dropout = step.address.endswith(".a")
        parts = back_parts(layer) if before_dropout else back_parts(layer)[:1]
        notes = [] if before_dropout else _pointer(layer, step, layer.put_out, derivative=True)
    return Told(title, parts, [*notes, *say.back_notes(layer)])


def _inputs(layers: Sequence[LayerWriter], step: Step) -> Told:
    first = layers[0]
    column = first.form.layer.sources.index(step.subject)
    row_at = first.names.run.graph.samples.index(step.sample or 0)
    size = first.shape.n * first.shape.k
    note = say.entry_note(first.letter("X", derivative=True), row_at + 1, column + 1)
    title = message("How does the error change with the inputs?")
    return Told(title, [input_part(first)], [note] if size > 1 else [])


def _gradient(layers: Sequence[LayerWriter], step: Step) -> Told | None:
    places = places_of(layers, step.subject)
    if not places:
        return None
    here = [place for place in places if _is_use(place, step)]
    parts = [
        part
        for layer, name in dict.fromkeys((place.layer, place.name) for place in here)
        for part in gradient_parts(layer)[name == "b" :][:1]
    ]
    run = layers[0].names.run
    summed = step.kind == "gradient_parameter" and (
        len(places) > 1 or step.subject in run.penalty_slopes
    )
    if summed:
        parts.append(sum_part(places, step.subject))
    first = here[0]
    number = first.layer.form.layer.number
    title = (
        message("How does the error change with the weights of layer {number}?", number=number)
        if first.name == "W"
        else message("How does the error change with the biases of layer {number}?", number=number)
    )
    if summed:
        symbol = first.layer.names.parameter(step.subject)
        title = message("What do all the parts say about {w}?", w=symbol)
    notes = [_entry_note(first, derivative=True)] if len(here) == 1 else []
    return Told(title, parts, [note for note in notes if note is not None])


def _update(layers: Sequence[LayerWriter], step: Step) -> Told | None:
    places = places_of(layers, step.subject)
    if not places:
        return None
    parts, notes = [], []
    for layer, name in dict.fromkeys((place.layer, place.name) for place in places):
        parts.append(update_parts(layer)[name == "b"])
        own = layer.form.layer
        names = (
            own.biases if name == "b" else tuple(entry for line in own.weights for entry in line)
        )
        notes += [note for note in say.update_notes(layer, name, names) if note not in notes]
    first = places[0]
    number = first.layer.form.layer.number
    title = (
        message("Where do the weights of layer {number} go?", number=number)
        if first.name == "W"
        else message("Where do the biases of layer {number} go?", number=number)
    )
    pointer = _entry_note(first, new=True) if len(places) == 1 else None
    return Told(title, parts, [pointer, *notes] if pointer is not None else notes)


def _of_neuron(layers: Sequence[LayerWriter], neuron_id: str) -> LayerWriter | None:
    return next((layer for layer in layers if neuron_id in layer.form.layer.neurons), None)


def _is_use(place: Place, step: Step) -> bool:
    """Tell whether an entry is the one edge or bias that a step is about; the step of a whole gradient is about all."""
    layer = place.layer.form.layer
    if step.edge is not None:
        ends = layer.sources[place.row], layer.neurons[place.column]
        return place.name == "W" and ends == step.edge
    if step.neuron is not None:
        return place.name == "b" and layer.neurons[place.column] == step.neuron
    return True


def _derivatives(place: Place) -> tuple[tuple[float, ...], ...]:
    return place.layer.form.dW if place.name == "W" else place.layer.form.db


def _entry(place: Place) -> Printed:
    """Return the letter of an entry of dW or db."""
    letter = place.layer.letter(place.name, derivative=True)
    where = f"{place.row + 1},{place.column + 1}"
    return Printed(f"\\left({letter.latex}\\right)_{{{where}}}", f"({letter.text})[{where}]")


def _pointer(layer: LayerWriter, step: Step, name: str, **marks: bool) -> list[Message]:
    """Say which entry of a matrix of samples and neurons a step is about."""
    if step.sample is None or layer.shape.n * layer.shape.m == 1:
        return []
    row_at = layer.names.run.graph.samples.index(step.sample)
    column = layer.form.layer.neurons.index(step.subject)
    return [say.entry_note(layer.letter(name, **marks), row_at + 1, column + 1)]


def _entry_note(place: Place, **marks: bool) -> Message | None:
    own = place.layer.form.layer
    size = len(own.biases) if place.name == "b" else len(own.weights) * len(own.weights[0])
    letter = place.layer.letter(place.name, **marks)
    return say.entry_note(letter, place.row + 1, place.column + 1) if size > 1 else None
