"""The formula of a table row as a menu writes it: f(z) = …, E = … and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula import printed
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.letters import letter
from explainer.maths.losses import LOSSES
from explainer.maths.numbers import MINUS
from explainer.maths.operations import activation
from explainer.maths.penalties import PENALTIES
from explainer.maths.printed import PRODUCT, Printed
from explainer.maths.schedules import SCHEDULES
from explainer.maths.typed_activation import typed_activation
from explainer.maths.update_rows import PARAMETER, Ingredients, Stage, UpdateRow
from explainer.maths.updates import LEARNING_RULES, UPDATES

_Z = Printed("z", "z")
_Y, _OUT = Printed("y", "y"), Printed("\\hat{y}", "ŷ")
_W, _NEW_W = Printed("w", "w"), Printed("w^{+}", "w⁺")
_G, _ETA = Printed("g", "g"), Printed("\\eta", "η")
# Rules with more stages show the last one alone.
_STAGES_SHOWN = 2

# What is not a row of a table.
_FIXED = {
    ("activations", "softmax"): (
        "f(z)_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}",
        "f(z)ᵢ = e^zᵢ / Σ e^zⱼ",
    ),
    ("activations", "maxout"): ("f(z) = \\max(z_1, z_2, \\dots)", "f(z) = max(z₁, z₂, …)"),
    ("penalties", "none"): ("R = 0", "R = 0"),
    ("reductions", "mean"): ("E = \\frac{1}{B} \\sum_s E_s", "E = 1/B · Σ Eₛ"),
    ("reductions", "sum"): ("E = \\sum_s E_s", "E = Σ Eₛ"),
    ("clips", "none"): ("g^{+} = g", "g⁺ = g"),
    ("clips", "norm"): (
        "g^{+} = g \\cdot \\min\\left(1, \\frac{\\theta}{\\left\\|g\\right\\|}\\right)",
        "g⁺ = g·min(1, θ/‖g‖)",
    ),
    ("clips", "value"): (
        "g_i^{+} = \\max(-\\theta, \\min(\\theta, g_i))",
        "gᵢ⁺ = max(−θ, min(θ, gᵢ))",
    ),
    ("batches", "one"): ("B = 1", "B = 1"),
    ("batches", "several"): ("1 < B < n", "1 < B < n"),
    ("batches", "all"): ("B = n", "B = n"),
}


def menu_formula(table: str, name: str, language: str) -> Printed:
    """Return the formula of a row; KeyError where there is none. A typed activation is a row of the table "typed"."""
    if (table, name) in _FIXED:
        return Printed(*_FIXED[table, name])
    return _WRITERS[table](name, language)


def _activation(name: str, language: str) -> Printed:
    import sympy

    row = ACTIVATIONS[name]
    z, parameters = _symbol("z"), _parameters(row.parameters)
    with sympy.evaluate(False):
        formula = (row.textbook or row.formula)(sympy, z, parameters)
    return _equation("f(z)", "f(z)", _print(formula, {"z": _Z}, row.parameters, language))


def _typed(text: str, language: str) -> Printed:
    return _equation("f(z)", "f(z)", typed_activation(text).formula([_Z], language))


def _derivative(name: str, language: str) -> Printed:
    """Write f′ as a book does, with f(z) where it is made of it: σ′ = σ(1 − σ)."""
    operation = activation(name)
    slope = operation.partial_formula(0, [_Z], Printed("f(z)", "f(z)"), language)
    return _equation("f'(z)", "f′(z)", slope)


def _typed_derivative(text: str, language: str) -> Printed:
    operation = typed_activation(text)
    slope = operation.partial_formula(0, [_Z], Printed("f(z)", "f(z)"), language)
    return _equation("f'(z)", "f′(z)", slope)


def _loss(name: str, language: str) -> Printed:
    """Write a loss as a sum or a mean over the K outputs of what one output adds."""
    import sympy

    row = LOSSES[name]
    y, out, parameters = _symbol("y"), _symbol("out"), _parameters(row.parameters)
    with sympy.evaluate(False):
        formula = (row.textbook or row.formula)(sympy, [y], [out], parameters)
    one = _print(formula, {"y": _Y, "out": _OUT}, row.parameters, language)
    # Two equal outputs cost twice as much as one where they are added, and the same where their mean is taken.
    numbers = {key: sympy.Rational(repr(value)) for key, value in row.parameters.items()}
    t, a = sympy.Rational(1, 2), sympy.Rational(1, 4)
    single, double = (row.formula(sympy, [t] * k, [a] * k, numbers) for k in (1, 2))
    is_mean = bool(sympy.Eq(single, double))
    latex = "\\frac{1}{K} \\sum_k" if is_mean else "\\sum_k"
    return _equation("E", "E", _summed(latex, "1/K · Σ" if is_mean else "Σ", one))


def _penalty(name: str, language: str) -> Printed:
    import sympy

    row = PENALTIES[name]
    is_of_weights = row.acts_on == "weights"
    x, parameters = _symbol("x"), _parameters(row.parameters)
    with sympy.evaluate(False):
        factor = row.factor(sympy, parameters)
        term = (row.textbook or row.term)(sympy, x)
    names = {"x": _W if is_of_weights else _OUT}
    before = _print(factor, names, row.parameters, language)
    after = _print(term, names, row.parameters, language).at_least(PRODUCT)
    sum_latex = "\\sum_w" if is_of_weights else "\\sum_k"
    whole = Printed(f"{before.latex} {sum_latex} {after.latex}", f"{before.text} · Σ {after.text}")
    return _equation("R", "R", whole)


def _rule(name: str, language: str) -> Printed:
    return (
        _learning_rule(name, language) if name in LEARNING_RULES else _update_rule(name, language)
    )


def _update_rule(name: str, language: str) -> Printed:
    import sympy

    row = UPDATES[name]
    letters = {stage.name: _stage(stage) for stage in row.stages}
    cells = {stage.name: Printed(stage.letter, stage.letter) for stage in row.stages}
    names = {"w": _W, "g": _G, "eta": _ETA, "t": Printed("t", "t")}
    names |= {f"old_{cell}": cells[cell] for cell in row.memory}
    names |= {f"new_{stage}": shown for stage, shown in letters.items()}
    w, g, eta, t = (_symbol(letter) for letter in ("w", "g", "eta", "t"))
    given = Ingredients(
        w,
        g,
        eta,
        t,
        {cell: _symbol(f"old_{cell}") for cell in row.memory},
        _parameters(row.parameters),
        {stage.name: _symbol(f"new_{stage.name}") for stage in row.stages},
    )
    lines = []
    for stage in _shown_stages(row):
        with sympy.evaluate(False):
            formula = stage.formula(sympy, given)
        left = letters[stage.name]
        right = _print(formula, names, row.parameters, language)
        lines.append(_equation(left.latex, left.text, right))
    return Printed(
        ",\\; ".join(line.latex for line in lines), ", ".join(line.text for line in lines)
    )


def _shown_stages(row: UpdateRow) -> tuple[Stage, ...]:
    return row.stages if len(row.stages) <= _STAGES_SHOWN else row.stages[-1:]


def _stage(stage: Stage) -> Printed:
    if stage.name == PARAMETER:
        return _NEW_W
    plain = _HATS.get(stage.letter) or Printed(stage.letter or "w", stage.letter or "w")
    marks = {"": ("", ""), "+": ("^{+}", "⁺"), "′": ("'", "′")}
    latex, text = marks[stage.mark]
    return Printed(f"{plain.latex}{latex}", f"{plain.text}{text}")


_HATS = {"\\hat{m}": Printed("\\hat{m}", "m̂"), "\\hat{v}": Printed("\\hat{v}", "v̂")}


def _learning_rule(name: str, language: str) -> Printed:
    import sympy

    row = LEARNING_RULES[name]
    with sympy.evaluate(False):
        factor = row.factor(sympy, _symbol("y"), _symbol("out"), _symbol("z"), False)
    inside = _print(factor, {"y": _Y, "out": _OUT, "z": _Z}, {}, language).at_least(PRODUCT)
    sign, word = ("+", "+") if row.sign > 0 else ("-", MINUS)
    right = Printed(f"w {sign} \\eta {inside.latex} x", f"w {word} η·{inside.text}·x")
    return _equation(_NEW_W.latex, _NEW_W.text, right)


def _schedule(name: str, language: str) -> Printed:
    import sympy

    row = SCHEDULES[name]
    eta, k = _symbol("eta"), _symbol("k")
    with sympy.evaluate(False):
        formula = row.formula(sympy, eta, k, _parameters(row.parameters))
    names = {"eta": Printed("\\eta_0", "η₀"), "k": Printed("k", "k")}
    return _equation("\\eta", "η", _print(formula, names, row.parameters, language))


def _initialiser(name: str, language: str) -> Printed:
    import sympy

    row = INITIALISERS[name]
    n_in, n_out = _symbol("n_in"), _symbol("n_out")
    with sympy.evaluate(False):
        spread = row.spread(sympy, n_in, n_out, _parameters(row.parameters))
    names = {
        "n_in": Printed("n_{\\mathrm{in}}", "n_in"),
        "n_out": Printed("n_{\\mathrm{out}}", "n_out"),
    }
    exact = [sympy.Integer(part) if isinstance(part, int) else part for part in spread]
    parts = [_print(part, names, row.parameters, language) for part in exact]
    if row.distribution == "constant":
        return _equation("w", "w", parts[0])
    kind = "U" if row.distribution == "uniform" else "N"
    latex, text = (
        "; ".join(found) for found in zip(*((p.latex, p.text) for p in parts), strict=True)
    )
    return Printed(f"w \\sim {kind}\\left({latex}\\right)", f"w ∼ {kind}({text})")


_WRITERS: dict[str, Callable[[str, str], Printed]] = {
    "activations": _activation,
    "derivatives": _derivative,
    "typed": _typed,
    "typed derivatives": _typed_derivative,
    "losses": _loss,
    "penalties": _penalty,
    "rules": _rule,
    "schedules": _schedule,
    "initialisers": _initialiser,
}


def _symbol(name: str) -> Any:
    import sympy

    return sympy.Symbol(name, real=True)


def _parameters(names: Iterable[str]) -> dict[str, Any]:
    return {name: _symbol(f"parameter_{name}") for name in names}


def _print(
    formula: Any, names: dict[str, Printed], parameters: Iterable[str], language: str
) -> Printed:
    written = names | {f"parameter_{name}": letter(name) for name in parameters}
    return printed(
        formula, {_symbol(name): shown for name, shown in written.items()}, language=language
    )


def _equation(latex: str, text: str, right: Printed) -> Printed:
    return Printed(f"{latex} = {right.latex}", f"{text} = {right.text}")


def _summed(latex: str, text: str, one: Printed) -> Printed:
    """Put a sum sign before a term, behind the term's own minus sign."""
    if one.text.startswith(MINUS):
        rest = Printed(one.latex.removeprefix("-"), one.text.removeprefix(MINUS))
        return Printed(f"-{latex} {rest.latex}", f"{MINUS}{text} {rest.text}")
    inside = one.at_least(PRODUCT)
    return Printed(f"{latex} {inside.latex}", f"{text} {inside.text}")
