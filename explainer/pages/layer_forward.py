"""A layer on the way forward in matrix form: S = XW + b, Y = f(S), what dropout leaves, the errors of the rows."""

from __future__ import annotations

from explainer.maths.printed import PRODUCT, Printed
from explainer.pages.layer_writer import LayerWriter, Part
from explainer.pages.matrix_text import HADAMARD, column_of_ones, ones, shaped
from explainer.pages.page import Row
from explainer.pages.rows import CLOSE, OPEN, PLUS, TIMES, result_row

Rows = tuple[Row, ...]

TARGETS = Printed("\\mathbf{T}", "T")
_ERRORS = Printed("\\mathbf{e}", "e")


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
    """Return A = f(S), entry by entry, a softmax row by row; () where the layer passes its sums on."""
    form, entries, (n, _, m) = layer.form, layer.entries, layer.shape
    if entries.is_identity:
        return ()
    function, S = entries.function, layer.letter("S")
    of_sums = Printed(f"{function.latex}\\left({S.latex}\\right)", f"{function.text}({S.text})")
    left, worked = entries.activated(), entries.activations()
    return (
        layer.rule(layer.shaped("A", n, m), [of_sums]),
        layer.rule(left, [worked.symbols]),
        layer.put_in(left, [worked.numbers], exact=worked.exact),
        layer.result(layer.letter("A"), form.A),
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
    """Return the error of each sample from its row of predictions and of targets T; `layer` is the last."""
    entries, names, (n, _, m) = layer.entries, layer.names, layer.shape
    predictions, targets = layer.shaped(layer.compared, n, m), shaped(TARGETS, n, m)
    compared = Printed(
        f"\\ell\\left({predictions.latex}, {targets.latex}\\right)",
        f"ℓ({predictions.text}, {targets.text})",
    )
    worked = entries.losses()
    values = [
        names.run.values[names.run.graph.loss_of[sample]] for sample in names.run.graph.samples
    ]
    if n == 1:
        error = names.error()
        return (
            layer.rule(error, [compared]),
            layer.rule(error, [worked.symbols]),
            layer.put_in(error, [worked.numbers], exact=worked.exact),
            result_row(names, error, values[0]),
        )
    left = entries.error_symbols()
    return (
        layer.rule(shaped(_ERRORS, n, 1), [compared]),
        layer.rule(left, [worked.symbols]),
        layer.put_in(left, [worked.numbers], exact=worked.exact),
        layer.result(_ERRORS, tuple((value,) for value in values)),
    )


def batch_error(layer: LayerWriter) -> Rows:
    """Return what training makes small: the errors of the batch put together, with every penalty."""
    names, n = layer.names, layer.shape.n
    run = names.run
    parts = [run.graph.loss_of] + ([run.graph.penalty_of] if run.graph.penalty_of else [])
    columns = [tuple((run.values[of[sample]],) for sample in run.graph.samples) for of in parts]
    rule: list[Part] = []
    figures: list[Part] = []
    if n > 1:
        mean = layer.mean()
        rule = [*mean, shaped(column_of_ones(turned=True), 1, n), TIMES]
        figures = [*mean, ones(names, 1, n), TIMES]
        rule.append(shaped(errors_letter(layer), n, 1))
        figures += _added([layer.figures(column) for column in columns])
    else:
        letters = [names.error(), names.penalty()]
        rule = _added(letters[: len(columns)])
        figures = _added([names.number(column[0][0]).at_least(PRODUCT) for column in columns])
    hidden = [value for column in columns for (value,) in column]
    if run.penalty is not None:
        rule += [PLUS, names.penalty()]
        figures += [PLUS, names.number(run.penalty).at_least(PRODUCT)]
        hidden.append(run.penalty)
    left = names.objective()
    return (
        layer.rule(left, rule),
        layer.put_in(left, figures, exact=not names.hides(hidden)),
        result_row(names, left, run.loss),
    )


def errors_letter(layer: LayerWriter) -> Printed:
    """Return the letter of what a row's derivatives are of: the errors of the samples, with penalties on their predictions."""
    names = layer.names
    if layer.shape.n == 1:
        return names.differentiated(None)
    if not names.run.graph.penalty_of:
        return _ERRORS
    return Printed("\\left(\\mathbf{e} + \\mathbf{r}\\right)", "(e + r)")


def _added(parts: list[Printed]) -> list[Part]:
    bracketed = len(parts) > 1 and parts[0].latex.startswith("\\begin")
    inside: list[Part] = [OPEN] if bracketed else []
    for place, part in enumerate(parts):
        inside += [PLUS, part] if place else [part]
    return [*inside, CLOSE] if bracketed else inside
