"""A layer on the way forward in matrix form: S = XW + b, Y = f(S), what dropout leaves, the errors of the rows."""

from __future__ import annotations

from explainer.maths.printed import Printed
from explainer.pages.layer_writer import LayerWriter, Part
from explainer.pages.matrix_text import HADAMARD, column_of_ones, ones, shaped
from explainer.pages.page import Row
from explainer.pages.rows import PLUS, TIMES, result_row

Rows = tuple[Row, ...]


def sums(layer: LayerWriter) -> Rows:
    """Return S = XW + b; for several samples the bias is spread over the rows, S = XW + 1b."""
    form, entries, (n, k, m) = layer.form, layer.entries, layer.shape
    rule: list[Part] = [layer.shaped("X", n, k), TIMES, layer.shaped("W", k, m)]
    symbols: list[Part] = [entries.inputs(), TIMES, entries.weights()]
    figures: list[Part] = [layer.figures(form.X), TIMES, layer.figures(form.W)]
    if form.layer.has_bias:
        several = n > 1
        spread: list[Part] = [ones(layer.names, n, 1), TIMES] if several else []
        letters: list[Part] = [shaped(column_of_ones(), n, 1), TIMES] if several else []
        rule += [PLUS, *letters, layer.shaped("b", 1, m)]
        symbols += [PLUS, *spread, entries.biases()]
        figures += [PLUS, *spread, layer.figures(form.b)]
    left = entries.sums()
    return (
        layer.rule(layer.shaped("S", n, m), rule),
        layer.rule(left, symbols),
        layer.put_in(left, figures, [form.X, form.W, form.b]),
        layer.result(layer.letter("S"), form.S),
    )


def outputs(layer: LayerWriter) -> Rows:
    """Return Y = f(S), entry by entry, a softmax row by row; () where the layer passes its sums on."""
    form, entries, (n, _, m) = layer.form, layer.entries, layer.shape
    if entries.is_identity:
        return ()
    name = "Y" if form.mask is None else "A"
    function, S = entries.function, layer.letter("S")
    of_sums = Printed(f"{function.latex}\\left({S.latex}\\right)", f"{function.text}({S.text})")
    left, worked = entries.activated(), entries.activations()
    return (
        layer.rule(layer.shaped(name, n, m), [of_sums]),
        layer.rule(left, [worked.symbols]),
        layer.put_in(left, [worked.numbers], exact=worked.exact),
        layer.result(layer.letter(name), form.A),
    )


def thinned(layer: LayerWriter) -> Rows:
    """Return Y = A ∘ M, what dropout leaves of the activations; () where there is none."""
    form, (n, _, m) = layer.form, layer.shape
    if form.mask is None:
        return ()
    before = "S" if layer.entries.is_identity else "A"
    figures: list[Part] = [layer.figures(form.A), HADAMARD, layer.figures(form.mask)]
    return (
        layer.rule(
            layer.shaped("Y", n, m), [layer.shaped(before, n, m), HADAMARD, layer.shaped("M", n, m)]
        ),
        layer.put_in(layer.entries.outputs(), figures, [form.A, form.mask]),
        layer.result(layer.letter("Y"), form.Y),
    )


def errors(layer: LayerWriter) -> Rows:
    """Return the error of each sample from its row of predictions Y and of targets T; `layer` is the last."""
    entries, names, (n, _, m) = layer.entries, layer.names, layer.shape
    Y, T = layer.shaped("Y", n, m), shaped(Printed("\\mathbf{T}", "T"), n, m)
    compared = Printed(f"\\ell\\left({Y.latex}, {T.latex}\\right)", f"ℓ({Y.text}, {T.text})")
    worked = entries.losses()
    if n == 1:
        error = names.error()
        return (
            layer.rule(error, [compared]),
            layer.rule(error, [worked.symbols]),
            layer.put_in(error, [worked.numbers], exact=worked.exact),
            result_row(names, error, names.run.loss),
        )
    column = tuple((loss,) for loss in names.run.summary.loss_per_sample)
    e = Printed("\\mathbf{e}", "e")
    left = entries.error_symbols()
    return (
        layer.rule(shaped(e, n, 1), [compared]),
        layer.rule(left, [worked.symbols]),
        layer.put_in(left, [worked.numbers], exact=worked.exact),
        layer.result(e, column),
    )


def batch_error(layer: LayerWriter) -> Rows:
    """Return the error of the batch from the column e of its samples' errors; () for one sample."""
    names, n = layer.names, layer.shape.n
    if n == 1:
        return ()
    losses = names.run.summary.loss_per_sample
    error = names.error()
    mean = layer.mean()
    column = tuple((loss,) for loss in losses)
    turned: list[Part] = [shaped(column_of_ones(turned=True), 1, n), TIMES]
    figures: list[Part] = [ones(names, 1, n), TIMES, layer.figures(column)]
    return (
        layer.rule(error, [*mean, *turned, shaped(Printed("\\mathbf{e}", "e"), n, 1)]),
        layer.put_in(error, [*mean, *figures], [column]),
        result_row(names, error, names.run.loss),
    )
