"""A layer on the way back in matrix form: dY from the layer behind, dS = f′(S) ∘ dY, dW = Xᵀ dS, db = 1ᵀ dS, dX = dS Wᵀ."""

from __future__ import annotations

from explainer.maths.printed import Printed
from explainer.pages.layer_forward import Rows, errors_letter
from explainer.pages.layer_writer import LayerWriter, Part
from explainer.pages.matrix_text import HADAMARD, MINUS, column_of_ones, ones, shaped
from explainer.pages.names import derivative
from explainer.pages.rows import CLOSE, EQUALS, OPEN, TIMES
from explainer.trace.matrices import transposed


def to_outputs(layer: LayerWriter) -> Rows:
    """Return dY: of the last layer the derivatives of the errors, of another the dX of the layer behind.

    By the delta rule the errors compare the weighted sums, and this is dS.
    """
    n, _, m = layer.shape
    back = layer.letter(layer.compared, derivative=True)
    result = layer.result(back, layer.form.dY)
    if layer.behind is not None:
        left = layer.entries.derivatives_by_outputs()
        rule, symbols, figures = _through_weights(layer.behind)
        own = layer.behind.letter("X", derivative=True)
        return (
            layer.rule(shaped(back, n, m), [own, EQUALS, *rule]),
            layer.rule(left, symbols),
            layer.put_in(left, figures, [layer.behind.form.dS, layer.behind.form.W_back]),
            result,
        )
    sums = layer.compares_sums
    left = layer.entries.deltas() if sums else layer.entries.derivatives_by_outputs()
    worked = layer.entries.errors()
    by_predictions = derivative(errors_letter(layer), layer.letter(layer.compared))
    return (
        layer.rule(shaped(back, n, m), [by_predictions]),
        layer.rule(left, [worked.symbols]),
        layer.put_in(left, [worked.numbers], exact=worked.exact),
        result,
    )


def to_sums(layer: LayerWriter) -> Rows:
    """Return dS = f′(S) ∘ dY, through a softmax for whole rows; dropout's factors M come in where there are any."""
    form, entries, (n, _, m) = layer.form, layer.entries, layer.shape
    dY, dS = layer.letter(layer.put_out, derivative=True), layer.letter("S", derivative=True)
    result = layer.result(dS, form.dS)
    if layer.compares_sums:
        return ()
    thinned: list[Part] = [] if form.mask is None else [layer.letter("M"), HADAMARD]
    masks = [] if form.mask is None else [form.mask]
    figures: list[Part] = [part for mask in masks for part in (layer.figures(mask), HADAMARD)]
    figures.append(layer.figures(form.dY))
    if form.slope is None:
        return (*_through_softmax(layer, [*thinned, dY], figures), result)
    if entries.is_identity and not masks:
        return (layer.result(dS, form.dS, [dY]),)
    left, used = entries.deltas(), [form.dY, *masks]
    if entries.is_identity:
        return (
            layer.rule(shaped(dS, n, m), [*thinned, shaped(dY, n, m)]),
            layer.put_in(left, figures, used),
            result,
        )
    function, S = entries.function, layer.letter("S")
    slope = Printed(f"{function.latex}'\\left({S.latex}\\right)", f"{function.text}′({S.text})")
    back: list[Part] = [*figures[:-1], entries.derivatives_by_outputs()]
    return (
        layer.rule(shaped(dS, n, m), [slope, HADAMARD, *thinned, shaped(dY, n, m)]),
        layer.rule(left, [entries.slopes(), HADAMARD, *back]),
        layer.put_in(left, [layer.figures(form.slope), HADAMARD, *figures], [form.slope, *used]),
        result,
    )


def _through_softmax(layer: LayerWriter, dA: list[Part], figures: list[Part]) -> Rows:
    """Return dS = A ∘ (dA − (A ∘ dA) 1 1ᵀ): from every derivative the mean of its row, weighted by A, is taken away."""
    form, (n, _, m) = layer.form, layer.shape
    A = layer.letter("A")
    values, square = layer.figures(form.A), ones(layer.names, m, m)
    all_ones = shaped(Printed("\\mathbf{1}\\mathbf{1}^{\\top}", "11ᵀ"), m, m)

    def written(a: Printed, da: list[Part], sums: Printed) -> list[Part]:
        weighted: list[Part] = [OPEN, a, HADAMARD, *da, CLOSE, TIMES, sums]
        return [a, HADAMARD, OPEN, *da, MINUS, *weighted, CLOSE]

    masks = [] if form.mask is None else [form.mask]
    return (
        layer.rule(layer.shaped("S", n, m, derivative=True), written(A, dA, all_ones)),
        layer.put_in(
            layer.entries.deltas(), written(values, figures, square), [form.A, form.dY, *masks]
        ),
    )


def to_weights(layer: LayerWriter) -> Rows:
    """Return dW = Xᵀ dS, the mean over the batch where the lesson takes the mean."""
    form, entries, (n, k, m) = layer.form, layer.entries, layer.shape
    mean, dW = layer.mean(), layer.letter("W", derivative=True)
    turned, dS = layer.shaped("X", k, n, turned=True), layer.shaped("S", n, m, derivative=True)
    symbols: list[Part] = [*mean, entries.inputs(turned=True), TIMES, entries.deltas()]
    figures: list[Part] = [
        *mean, layer.figures(transposed(form.X)), TIMES, layer.figures(form.dS),
    ]  # fmt: skip
    return (
        layer.rule(shaped(dW, k, m), [*mean, turned, TIMES, dS]),
        layer.rule(dW, symbols),
        layer.put_in(dW, figures, [form.X, form.dS]),
        layer.result(dW, form.dW),
    )


def to_biases(layer: LayerWriter) -> Rows:
    """Return db = 1ᵀ dS, the sums of the columns; () where the layer has no bias."""
    form, (n, _, m) = layer.form, layer.shape
    if not form.layer.has_bias:
        return ()
    db, dS = layer.letter("b", derivative=True), layer.shaped("S", n, m, derivative=True)
    result = layer.result(db, form.db)
    if n == 1:
        return (layer.result(db, form.db, [layer.letter("S", derivative=True)]),)
    mean, row_of_ones = layer.mean(), ones(layer.names, 1, n)
    turned = shaped(column_of_ones(turned=True), 1, n)
    return (
        layer.rule(shaped(db, 1, m), [*mean, turned, TIMES, dS]),
        layer.rule(db, [*mean, row_of_ones, TIMES, layer.entries.deltas()]),
        layer.put_in(db, [*mean, row_of_ones, TIMES, layer.figures(form.dS)], [form.dS]),
        result,
    )


def to_inputs(layer: LayerWriter) -> Rows:
    """Return dX = dS Wᵀ: how the errors change with what the layer received."""
    n, k, _ = layer.shape
    dX = layer.letter("X", derivative=True)
    rule, symbols, figures = _through_weights(layer)
    left = layer.entries.derivatives_by_inputs()
    return (
        layer.rule(shaped(dX, n, k), rule),
        layer.rule(left, symbols),
        layer.put_in(left, figures, [layer.form.dS, layer.form.W_back]),
        layer.result(dX, layer.form.dX),
    )


def _through_weights(layer: LayerWriter) -> tuple[list[Part], list[Part], list[Part]]:
    """Return dS Wᵀ in letters, in symbols and with numbers; W wears a ⁺ where it has been updated in place."""
    form, entries, (n, k, m) = layer.form, layer.entries, layer.shape
    new = any(entries.is_renewed(name) for row in form.layer.weights for name in row)
    dS = layer.shaped("S", n, m, derivative=True)
    return (
        [dS, TIMES, layer.shaped("W", m, k, new=new, turned=True)],
        [entries.deltas(), TIMES, entries.weights_turned()],
        [layer.figures(form.dS), TIMES, layer.figures(transposed(form.W_back))],
    )
