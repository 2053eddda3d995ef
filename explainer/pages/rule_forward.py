"""The rules of matrices on the way forward: C = A·B, C = A ∘ B, Y = f(X), Y = X⁻¹, Y = Xᵀ, Y = πX, sums, E from a matrix."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.operation import Operation
from explainer.maths.printed import Printed
from explainer.pages.factors import operation_of
from explainer.pages.grid_text import Form, GridText, Left, Part, before, joined
from explainer.pages.matrix_text import HADAMARD, MINUS, numbers, written
from explainer.pages.page import Row
from explainer.pages.rows import PLUS, TIMES, result_row
from explainer.trace.matrix_rules import Rule

Rows = tuple[Row, ...]


def forward_rows(text: GridText, rule: Rule) -> Rows:
    """Return the lines of a rule: letters with shapes, symbols, numbers, result."""
    if rule.kind in ("weighted", "squares"):
        return _result_rows(text, rule)
    name = rule.result
    left = Left(text.shaped(name), text.symbols(name), text.letter(name))
    return text.lines(left, _right_side(text, rule), text.values(name))


def right_letters(text: GridText, rule: Rule) -> tuple[Part, ...]:
    """Return the right side of a rule in letters."""
    return _number_form(text, rule).letters if rule.weights else _right_side(text, rule).letters


def applied_to(text: GridText, rule: Rule, mark: str = "") -> Printed:
    """Return f(X) in letters, or f′(X) with a mark: the function's own sign where it has one."""
    row, X = ACTIVATIONS.get(rule.function), text.letter(rule.arguments[0])
    latex, sign = (row.name_latex, row.name_text) if row is not None else ("", "")
    latex, sign = latex or f"\\operatorname{{{rule.function}}}", sign or rule.function
    return Printed(f"{latex}{mark}\\left({X.latex}\\right)", f"{sign}{'′' * len(mark)}({X.text})")


def operation_at(text: GridText, rule: Rule) -> Operation:
    """Return what a function applied entry by entry computes."""
    first = text.grid(rule.result).name(0, 0)
    return operation_of(text.names.run.graph.nodes[text.place(first)])


def _right_side(text: GridText, rule: Rule) -> Form:
    forms = [text.of(name) for name in rule.arguments]
    match rule.kind:
        case "product":
            return joined(forms, TIMES)
        case "hadamard":
            return joined(forms, HADAMARD)
        case "sum":
            return signed(forms, rule.signs)
        case "transpose":
            return text.of(rule.arguments[0], turned=True)._replace(figures=())
        case "permutation":
            return _moved(text, rule)
        case "inverse":
            return _inverse(text, rule)
        case _:
            return _applied(text, rule)


def signed(forms: Sequence[Form], signs: Sequence[int]) -> Form:
    """Return a sum of forms with these signs."""
    whole = forms[0] if signs[0] > 0 else before(MINUS, forms[0])
    for form, sign in zip(forms[1:], signs[1:], strict=True):
        whole = joined([whole, form], PLUS if sign > 0 else MINUS)
    return whole


def _moved(text: GridText, rule: Rule) -> Form:
    source, grid = text.grid(rule.arguments[0]), text.grid(rule.result)
    X = text.letter(source.letter)
    symbols = written(
        grid.rows,
        grid.columns,
        lambda i, j: text.names.parameter(source.name(*rule.moves[i, j])),
    )
    return Form((Printed(f"\\pi {X.latex}", f"π{X.text}"),), (symbols,), (), ())


def _inverse(text: GridText, rule: Rule) -> Form:
    """Return 1/det times the entries of X, those on the diagonal exchanged, the others with a minus sign."""
    names, grid, X = text.names, text.grid(rule.arguments[0]), text.values(rule.arguments[0])
    (determinant,) = rule.statements - set(text.grid(rule.result).names)
    value = names.run.values[text.place(determinant)]
    symbol, number = names.parameter(determinant), names.number(value)
    (a, b), (c, d) = X
    adjoint = ((d, -b), (-c, a))
    letter = text.letter(grid.letter)
    inverse = Printed(f"{letter.latex}^{{-1}}", f"{letter.text}⁻¹")

    def entry(i: int, j: int) -> Printed:
        own = names.parameter(grid.name(1 - i, 1 - j) if i == j else grid.name(i, j))
        return own if i == j else Printed(f"-{own.latex}", f"−{own.text}")

    return Form(
        (text.with_shape(inverse, grid.letter),),
        (_one_over(symbol), TIMES, written(2, 2, entry)),
        (_one_over(number), TIMES, numbers(names, adjoint)),
        (((value,),), adjoint),
    )


def _one_over(below: Printed) -> Printed:
    return Printed(f"\\frac{{1}}{{{below.latex}}}", f"1/{below.text}")


def _applied(text: GridText, rule: Rule) -> Form:
    """Return f(X): the function entry by entry."""
    names, operation = text.names, operation_at(text, rule)
    name = rule.arguments[0]
    grid, X = text.grid(name), text.values(name)
    letters = text.with_shape(applied_to(text, rule), name)
    symbols = text.entries(
        name, lambda entry: operation.formula([names.parameter(entry)], names.language)
    )
    figures = written(
        grid.rows,
        grid.columns,
        lambda i, j: operation.formula([names.number(X[i][j])], names.language, [X[i][j]]),
    )
    return Form((letters,), (symbols,), (figures,), (X,))


def _result_rows(text: GridText, rule: Rule) -> Rows:
    form = _number_form(text, rule)
    value = text.names.run.loss
    return (
        text.line("rule", text.result, form.letters),
        text.line("rule", text.result, form.symbols),
        text.line("numbers", text.result, form.figures, form.used),
        result_row(text.names, text.result, value),
    )


def _number_form(text: GridText, rule: Rule) -> Form:
    """Return ⟨A, C⟩ = Σ aᵢⱼcᵢⱼ, with a matrix of weights or with C itself; of a column with itself it is CᵀC."""
    name = rule.arguments[0]
    grid = text.grid(name)
    if rule.kind == "squares" and grid.columns == 1:
        return joined([text.of(name, turned=True), text.of(name)], TIMES)
    own = text.of(name)
    other = own if rule.kind == "squares" else weights(text, rule)
    return joined_pair(other, own)


def weights(text: GridText, rule: Rule) -> Form:
    """Return the weights of a weighted sum, which are the derivatives by the entries."""
    grid = text.grid(rule.arguments[0])
    matrix = tuple(tuple(rule.weights[i, j] for j in range(grid.columns)) for i in range(grid.rows))
    figures = numbers(text.names, matrix)
    return Form((text.shaped(grid.letter, derivative=True),), (figures,), (figures,), (matrix,))


def joined_pair(left: Form, right: Form) -> Form:
    """Return ⟨left, right⟩, the sum of the products of entries."""
    opened, comma, closed = (
        Printed("\\langle", "⟨"),
        Printed(",\\,", ","),
        Printed("\\rangle", "⟩"),
    )
    sides = [
        (opened, *first, comma, *second, closed)
        for first, second in zip(left[:3], right[:3], strict=True)
    ]
    return Form(sides[0], sides[1], sides[2], (*left.used, *right.used))
