"""Which steps a place of the graph stands for: the values that a click there blanks on the worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import Message
from explainer.pages.page import Reference
from explainer.pages.phrases import short_title
from explainer.render.views import View
from explainer.trace.addresses import delta_address, output_address
from explainer.trace.steps import Kind, Step

# The first parts of keys of shapes that show, or hold, a quantity of the forward pass.
_FORWARD = ("value", "circle", "symbol", "box", "operation", "name")
# Letters of the matrices that hold something computed of a neuron.
_SUMS, _DELTAS = ("S", "Z"), ("dS", "dZ")
_GRADIENTS = ("gradient_weight", "gradient_bias", "gradient_parameter", "clip", "rule", "update")


class Target(NamedTuple):
    """Steps that a place stands for. Where it shows the value itself, a click blanks it; else it is asked which."""

    steps: tuple[Step, ...]
    is_shown: bool


class ShownPass(NamedTuple):
    """What the graph is about: the lesson, the steps of its first pass, the sample shown and those of the batch, the view."""

    lesson: Lesson
    steps: tuple[Step, ...]
    sample: int | None
    samples: tuple[int, ...]
    view: View = "neurons"

    def of_sample(self) -> list[Step]:
        """Return the steps about the sample shown, and those about the batch."""
        return [step for step in self.steps if step.sample in (None, self.sample)]


NOTHING = Target((), is_shown=False)


def target_at(key: str, reference: Reference | None, shown: ShownPass) -> Target:
    """Return what a shape of the drawing stands for, by its key and reference."""
    prefix, _, rest = key.partition(":")
    if prefix in _FORWARD:
        return _shown(_forward(rest, shown))
    if prefix == "delta":
        return _shown(_delta(rest, shown))
    if prefix == "entry":
        return _entry(rest, shown)
    if reference is None:
        return NOTHING
    return Target(about(reference, shown), is_shown=reference.kind in ("error", "error_link"))


def about(reference: Reference, shown: ShownPass) -> tuple[Step, ...]:
    """Return every step about a part of the graph: a neuron, an edge, a parameter, the error."""
    steps = shown.of_sample()
    match reference:
        case Reference(kind="error" | "error_link"):
            found = [step for step in steps if step.kind == "loss"]
            return tuple(found or [step for step in steps if step.kind == "batch_loss"])
        case Reference(kind="neuron", first=neuron):
            return tuple(
                step
                for step in steps
                if step.kind not in _GRADIENTS and step.subject.partition(".")[0] == neuron
            )
        case Reference(kind="edge", first=source, second=target, piece=piece):
            names = {
                edge.weight
                for edge in shown.lesson.network.edges
                if (edge.source, edge.target, edge.piece) == (source, target, piece)
            }
            return _of_parameter(steps, names, (source, target), target)
        case Reference(kind="parameter", first=name):
            return _of_parameter(steps, {name}, None, None)
    return ()


def name_of(step: Step, lesson: Lesson) -> Message:
    """Return what a step computes, in words and the lesson's symbols."""
    title = short_title(lesson, step)
    if [name for name, _ in title.arguments] == ["x"]:
        return title._replace(arguments=(("x", _symbol(step, lesson)),))
    return title


def _of_parameter(
    steps: Sequence[Step], names: set[str], edge: tuple[str, str] | None, neuron: str | None
) -> tuple[Step, ...]:
    """Return gradients and updates of parameters; of several uses of one that of this edge or neuron."""
    return tuple(
        step
        for step in steps
        if step.kind in _GRADIENTS
        and step.subject in names
        and (step.edge is None or edge is None or step.edge == edge)
        and (step.neuron is None or neuron is None or step.neuron == neuron)
    )


def _forward(address: str, shown: ShownPass) -> Step | None:
    network = shown.lesson.network
    wanted = {address}
    if any(neuron.id == address for neuron in network.neurons):
        wanted = {output_address(network.neuron(address))}
    found = [
        step
        for step in shown.of_sample()
        if step.phase == "forward" and (step.address or step.subject) in wanted
    ]
    return found[-1] if found else None


def _delta(address: str, shown: ShownPass) -> Step | None:
    kinds: tuple[Kind, ...] = ("delta", "gradient_node", "gradient_input")
    network = shown.lesson.network
    own = {neuron.id: delta_address(neuron) for neuron in network.neurons if neuron.id == address}
    # A neuron has one δ; where every quantity is a node of its own, each has a derivative.
    exact = address if shown.view == "computation" else own.get(address, address)
    found = [
        step
        for step in shown.of_sample()
        if step.kind in kinds and {address, exact} & {step.address, step.subject}
    ]
    return next((step for step in found if step.address == exact), found[0] if found else None)


def _entry(rest: str, shown: ShownPass) -> Target:
    """Return what an entry of a matrix stands for: `S1 0 h1` is the sum of h1 for the first sample of the batch."""
    matrix, _, place = rest.partition(" ")
    row, _, column = place.partition(" ")
    letter = matrix.rstrip("0123456789")
    if letter == "E":
        return Target(about(Reference("error"), _at_row(shown, row)), is_shown=True)
    if letter in _DELTAS:
        return _shown(_delta(column, _at_row(shown, row)))
    if letter in _SUMS:
        return _shown(_forward(f"{column}.z", _at_row(shown, row)))
    if letter in ("X", "Y"):
        return _shown(_forward(column, _at_row(shown, row)))
    if letter == "A":
        # What a neuron would put out without dropout.
        dropped = _forward(f"{column}.a", _at_row(shown, row))
        return _shown(dropped or _forward(column, _at_row(shown, row)))
    if letter == "dW":
        return Target(about(Reference("edge", row, column), shown), is_shown=False)
    if letter == "db":
        # A row of biases: its one number is the neuron's.
        network = shown.lesson.network
        biases = {bias for one in network.neurons if one.id == row for bias in one.biases}
        steps = _of_parameter(shown.of_sample(), biases, None, row)
        return Target(steps, is_shown=False)
    return NOTHING


def _at_row(shown: ShownPass, row: str) -> ShownPass:
    number = int(row) if row.isdecimal() else 0
    return shown._replace(sample=shown.samples[number]) if number < len(shown.samples) else shown


def _shown(step: Step | None) -> Target:
    return NOTHING if step is None else Target((step,), is_shown=True)


def _symbol(step: Step, lesson: Lesson) -> str:
    name, _, _ = step.subject.partition(".")
    if step.kind not in _GRADIENTS:
        for neuron in lesson.network.neurons:
            if neuron.id == name:
                return neuron_symbol(neuron).text
    return symbol_of(name).text
