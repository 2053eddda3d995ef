"""The update of a layer in matrix form: W⁺ = W − η dW, b⁺ = b − η db."""

from __future__ import annotations

from collections.abc import Callable

from explainer.maths.printed import Printed
from explainer.pages.layer_forward import Rows
from explainer.pages.layer_writer import LayerWriter, Part
from explainer.pages.matrix_text import MINUS, shaped, written
from explainer.pages.names import derivative
from explainer.pages.rows import PLUS, TIMES
from explainer.trace.matrices import Matrix

# The rule whose step is the gradient times the rate; the steps of others come from more than this pass's gradient.
_PLAIN_RULE = "sgd"

Names = tuple[tuple[str | None, ...], ...]


def new_weights(layer: LayerWriter) -> Rows:
    """Return the update of W; () where none of its parameters is trained."""
    return _updated(layer, "W", layer.form.layer.weights)


def new_biases(layer: LayerWriter) -> Rows:
    """Return the update of b; () where none of its parameters is trained."""
    return _updated(layer, "b", (layer.form.layer.biases,))


def _updated(layer: LayerWriter, name: str, places: Names) -> Rows:
    network, run = layer.names.run.lesson.network, layer.names.run
    trained = {
        entry
        for line in places
        for entry in line
        if entry is not None and network.is_trainable(entry)
    }
    if not trained:
        return ()
    before = _of(places, lambda entry: run.start.parameters[entry])
    after = _of(places, lambda entry: run.end.parameters[entry])
    shape = len(places), len(places[0])
    old, new = layer.letter(name), layer.letter(name, new=True)
    result = layer.result(new, after)
    if run.lesson.update.choice.name != _PLAIN_RULE:
        step = _of(places, lambda entry: run.end.parameters[entry] - run.start.parameters[entry])
        change = Printed(f"\\Delta {old.latex}", f"Δ{old.text}")
        return (
            layer.rule(shaped(new, *shape), [shaped(old, *shape), PLUS, shaped(change, *shape)]),
            layer.put_in(new, [layer.figures(before), PLUS, layer.figures(step)], [before, step]),
            result,
        )
    gradients = _of(places, lambda entry: run.gradients[entry] if entry in trained else 0.0)
    rate, eta = run.lesson.update.learning_rate, layer.names.learning_rate()
    moved = tuple(
        tuple(run.calculator.product(rate, value) for value in line) for line in gradients
    )
    tied = any(_is_tied(layer, entry) for entry in trained)
    whole = derivative(layer.names.error(), old) if tied else layer.letter(name, derivative=True)
    own, symbols = _symbols(layer, places, trained)
    hidden = layer.names.hides([rate])
    figures: list[Part] = [layer.figures(before), MINUS]
    return (
        layer.rule(
            shaped(new, *shape), [shaped(old, *shape), MINUS, eta, TIMES, shaped(whole, *shape)]
        ),
        layer.rule(own, symbols),
        layer.put_in(
            own,
            [*figures, layer.names.number(rate), TIMES, layer.figures(gradients)],
            [before, gradients],
            exact=not hidden,
        ),
        layer.put_in(own, [*figures, layer.figures(moved)], [before, moved], exact=not hidden),
        result,
    )


def _symbols(
    layer: LayerWriter, places: Names, trained: set[str]
) -> tuple[Printed, tuple[Part, ...]]:
    """Return the new parameters in symbols, and the old ones minus the rate times their gradients."""
    names = layer.names
    zero, shape = names.number(0.0), (len(places), len(places[0]))

    def old(i: int, j: int) -> Printed:
        entry = places[i][j]
        return zero if entry is None else names.parameter(entry)

    def new(i: int, j: int) -> Printed:
        entry = places[i][j]
        return names.new_parameter(entry) if entry in trained else old(i, j)

    def gradient(i: int, j: int) -> Printed:
        # A parameter that is not trained does not move, whatever its derivative.
        return derivative(names.error(), old(i, j)) if places[i][j] in trained else zero

    before, step = written(*shape, old), written(*shape, gradient)
    return written(*shape, new), (before, MINUS, names.learning_rate(), TIMES, step)


def _of(places: Names, value: Callable[[str], float]) -> Matrix:
    """Return the values of parameters as they stand in a matrix; where there is none, 0."""
    return tuple(tuple(0.0 if entry is None else value(entry) for entry in line) for line in places)


def _is_tied(layer: LayerWriter, name: str) -> bool:
    """Tell whether a parameter stands in more than one entry of the matrices of the network."""
    network = layer.names.run.lesson.network
    uses = sum(edge.weight == name for edge in network.edges)
    return uses + sum(neuron.biases.count(name) for neuron in network.neurons) > 1
