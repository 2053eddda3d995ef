"""The rules of matrices on the way back: dA = dC·Bᵀ, dX = f′(X) ∘ dY, dX = −Yᵀ dY Yᵀ and the others; uses add up."""

from __future__ import annotations

from explainer.maths.printed import Printed
from explainer.pages.grid_text import Form, GridText, Left, joined
from explainer.pages.matrix_text import HADAMARD, numbers, written
from explainer.pages.rows import TIMES
from explainer.pages.rule_forward import Rows, applied_to, operation_at, signed, weights
from explainer.trace.matrix_rules import Rule

# Through these, alone and without a minus sign, nothing is computed.
_MOVING = ("transpose", "permutation", "weighted", "sum")


def back_rows(text: GridText, letter: str) -> Rows:
    """Return the lines of the derivative by a matrix: what comes back along all its uses."""
    found = [
        use
        for rule in text.rules.uses(letter)
        for place, name in enumerate(rule.arguments)
        if name == letter
        for use in [(_sign(rule, place), _came_back(text, rule, place))]
    ]
    form = signed([form for _, form in found], [sign for sign, _ in found])
    if len(found) == 1 and found[0][0] > 0 and text.rules.uses(letter)[0].kind in _MOVING:
        form = form._replace(figures=())
    left = Left(
        text.shaped(letter, derivative=True),
        text.derivatives(letter),
        text.letter(letter, derivative=True),
    )
    return text.lines(left, form, text.slopes(letter))


def _sign(rule: Rule, place: int) -> int:
    if rule.kind == "sum":
        return rule.signs[place]
    return -1 if rule.kind == "inverse" else 1


def _came_back(text: GridText, rule: Rule, place: int) -> Form:
    """Return what one use hands back, without its sign."""
    if rule.weights:
        return _from_result(text, rule)
    back = text.back(rule.result)
    match rule.kind:
        case "product":
            other = rule.arguments[1 - place]
            turned = text.of(other, turned=True)
            return joined([back, turned] if place == 0 else [turned, back], TIMES)
        case "hadamard":
            factors = [text.of(name) for name in rule.arguments]
            return joined([*factors[:place], back, *factors[place + 1 :]], HADAMARD)
        case "transpose":
            return text.back(rule.result, turned=True)
        case "permutation":
            return _moved_back(text, rule)
        case "inverse":
            turned = text.of(rule.result, turned=True)
            return joined([turned, back, turned], TIMES)
        case "function":
            return joined([_slopes(text, rule), back], HADAMARD)
        case _:
            return back


def _from_result(text: GridText, rule: Rule) -> Form:
    """Return the derivatives of a sum by the entries in it: their weights, or twice the entries where it adds squares."""
    name = rule.arguments[0]
    if rule.kind == "squares":
        two = text.names.number(2.0)
        return joined([Form((two,), (two,), (two,), ()), text.of(name)], TIMES)
    own = weights(text, rule)
    by_matrix = Printed(
        f"\\frac{{\\partial {text.result.latex}}}{{\\partial {text.letter(name).latex}}}",
        f"∂{text.result.text}/∂{text.letter(name).text}",
    )
    return own._replace(letters=(by_matrix,))


def _moved_back(text: GridText, rule: Rule) -> Form:
    """Return π⁻¹dY: every derivative goes to where its entry came from."""
    grid, names = text.grid(rule.result), text.names
    came_to = {source: place for place, source in rule.moves.items()}
    dY, slopes = text.letter(rule.result, derivative=True), text.slopes(rule.result)
    moved = tuple(
        tuple(slopes[came_to[i, j][0]][came_to[i, j][1]] for j in range(grid.columns))
        for i in range(grid.rows)
    )
    symbols = written(
        grid.rows, grid.columns, lambda i, j: text.derivative(grid.name(*came_to[i, j]))
    )
    return Form(
        (Printed(f"\\pi^{{-1}} {dY.latex}", f"π⁻¹{dY.text}"),),
        (symbols,),
        (numbers(names, moved),),
        (moved,),
    )


def _slopes(text: GridText, rule: Rule) -> Form:
    """Return f′(X), entry by entry."""
    names, operation = text.names, operation_at(text, rule)
    X, grid = text.values(rule.arguments[0]), text.grid(rule.arguments[0])
    result = text.grid(rule.result)
    slope = tuple(
        tuple(names.run.calculator.partials(operation, [value])[0] for value in row) for row in X
    )
    symbols = written(
        grid.rows,
        grid.columns,
        lambda i, j: operation.partial_formula(
            0,
            [names.parameter(grid.name(i, j))],
            names.parameter(result.name(i, j)),
            names.language,
        ),
    )
    return Form((applied_to(text, rule, "'"),), (symbols,), (numbers(names, slope),), (slope,))
