"""The update of a layer in matrix form: W⁺ = W − η dW, b⁺ = b − η db."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explainer.maths.numbers import difference
from explainer.maths.printed import Printed
from explainer.maths.updates import is_plain
from explainer.pages.layer_forward import Rows
from explainer.pages.layer_writer import LayerWriter, Part
from explainer.pages.matrix_text import MINUS, shaped, written
from explainer.pages.names import derivative
from explainer.pages.rows import PLUS, TIMES
from explainer.pages.update import learning_rate_rows
from explainer.trace.matrices import Matrix


def new_weights(layer: LayerWriter) -> Rows:
    """Return the update of W; () where none of its parameters is trained."""
    return _updated(layer, "W", layer.form.layer.weights)


def new_biases(layer: LayerWriter) -> Rows:
    """Return the update of b; () where none of its parameters is trained."""
    return _updated(layer, "b", (layer.form.layer.biases,))


def clipped_letter(layer: LayerWriter, name: str) -> Printed:
    """Return the letter of the derivatives by W or b after clipping."""
    own = layer.letter(name)
    return Printed(f"\\tilde{{\\mathbf{{G}}}}_{{{own.latex}}}", f"G̃({own.text})")


class _Place(NamedTuple):
    """W or b: its letter, the parameters in it, those of them that are trained."""

    name: str
    entries: tuple[tuple[str | None, ...], ...]
    trained: frozenset[str]

    def of(self, value: Callable[[str], float]) -> Matrix:
        """Return a value of every parameter as they stand; where there is none, 0."""
        return tuple(
            tuple(0.0 if entry is None else value(entry) for entry in line) for line in self.entries
        )


def _updated(layer: LayerWriter, name: str, entries: tuple[tuple[str | None, ...], ...]) -> Rows:
    run = layer.names.run
    network = run.lesson.network
    named = {entry for line in entries for entry in line if entry is not None}
    place = _Place(name, entries, frozenset(filter(network.is_trainable, named)))
    if not place.trained:
        return ()
    result = layer.result(
        layer.letter(name, new=True), place.of(lambda entry: run.end.parameters[entry])
    )
    plain = is_plain(run.lesson.update.choice.name)
    lines = _plain_step(layer, place) if plain else _any_step(layer, place)
    return (*lines, result)


def _any_step(layer: LayerWriter, place: _Place) -> Rows:
    """Return W⁺ = W + ΔW; how a rule finds ΔW is told entry by entry in the steps."""
    start, end = layer.names.run.start.parameters, layer.names.run.end.parameters
    before = place.of(lambda entry: start[entry])
    step = place.of(lambda entry: difference(end[entry], start[entry]))
    shape = len(before), len(before[0])
    old, new = layer.letter(place.name), layer.letter(place.name, new=True)
    change = Printed(f"\\Delta {old.latex}", f"Δ{old.text}")
    return (
        layer.rule(shaped(new, *shape), [shaped(old, *shape), PLUS, shaped(change, *shape)]),
        layer.put_in(new, [layer.figures(before), PLUS, layer.figures(step)], [before, step]),
    )


def _plain_step(layer: LayerWriter, place: _Place) -> Rows:
    """Return W⁺ = W − η dW in letters, in the lesson's symbols, with numbers, with the rate multiplied in."""
    names, run = layer.names, layer.names.run
    before = place.of(lambda entry: run.start.parameters[entry])
    # A parameter that is not trained does not move, whatever its derivative.
    slopes = place.of(
        lambda entry: (
            run.clipped.get(entry, run.gradients[entry]) if entry in place.trained else 0.0
        )
    )
    moved = tuple(
        tuple(run.calculator.product(run.learning_rate, slope) for slope in line) for line in slopes
    )
    shape = len(before), len(before[0])
    old, new = layer.shaped(place.name, *shape), layer.shaped(place.name, *shape, new=True)
    eta, rate = names.learning_rate(), names.number(run.learning_rate)
    own, symbols = _symbols(layer, place)
    figures: list[Part] = [layer.figures(before), MINUS]
    exact = not names.hides([run.learning_rate])
    return (
        *learning_rate_rows(names),
        layer.rule(new, [old, MINUS, eta, TIMES, shaped(_gradient_letter(layer, place), *shape)]),
        layer.rule(own, symbols),
        layer.put_in(
            own, [*figures, rate, TIMES, layer.figures(slopes)], [before, slopes], exact=exact
        ),
        layer.put_in(own, [*figures, layer.figures(moved)], [before, moved]),
    )


def _symbols(layer: LayerWriter, place: _Place) -> tuple[Printed, tuple[Part, ...]]:
    """Return the new parameters in symbols, and the old ones minus the rate times their derivatives."""
    names = layer.names
    zero, shape = names.number(0.0), (len(place.entries), len(place.entries[0]))

    def old(i: int, j: int) -> Printed:
        entry = place.entries[i][j]
        return zero if entry is None else names.parameter(entry)

    def new(i: int, j: int) -> Printed:
        entry = place.entries[i][j]
        is_new = entry is not None and entry in place.trained
        return names.new_parameter(str(entry)) if is_new else old(i, j)

    def slope(i: int, j: int) -> Printed:
        entry = place.entries[i][j]
        if entry is None or entry not in place.trained:
            return zero
        if entry in names.run.clipped:
            return names.clipped_gradient(entry)
        return derivative(names.objective(), names.parameter(entry))

    step = (MINUS, names.learning_rate(), TIMES, written(*shape, slope))
    return written(*shape, new), (written(*shape, old), *step)


def _gradient_letter(layer: LayerWriter, place: _Place) -> Printed:
    """Return the letter of what the rate multiplies: dW where it is the whole gradient, else ∂E/∂W, or clipped."""
    run = layer.names.run
    if run.clipped:
        return clipped_letter(layer, place.name)
    if any(entry in run.penalty_slopes or _is_tied(layer, entry) for entry in place.trained):
        return derivative(layer.names.objective(), layer.letter(place.name))
    return layer.letter(place.name, derivative=True)


def _is_tied(layer: LayerWriter, name: str) -> bool:
    """Tell whether a parameter is used in more than one place of the network."""
    network = layer.names.run.lesson.network
    uses = [edge.weight for edge in network.edges]
    for neuron in network.neurons:
        uses += [*neuron.biases, *(learnt for _, learnt in neuron.activation.named)]
    return uses.count(name) > 1
