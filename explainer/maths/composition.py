"""What `explainer check` needs of SymPy: composed expressions, the branch of a kinked one that holds, their values.

Values are mpmath numbers of the precision in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from explainer.maths.rows import Expression

# An mpmath number; its class is not named here because mpmath is imported when first needed.
Precise = Any

# They have a kink somewhere; written as case distinctions, one branch of which holds at given values.
_KINKED = ("Piecewise", "Abs", "Max", "Min", "sign", "Heaviside")


class Part(NamedTuple):
    """A part of a composed expression, and its value."""

    expression: Expression
    value: Precise


def symbol(name: str) -> Expression:
    """Return the real symbol of this name; it is never compiled or parsed."""
    import sympy

    return sympy.Symbol(name, real=True)


def mentions(expression: Expression, part: Expression) -> int:
    """Return how often an expression mentions a symbol, repeated parts counted at every place."""
    from sympy import preorder_traversal

    return sum(1 for found in preorder_traversal(expression) if found == part)


def without_signs(expression: Expression) -> Expression:
    """Return an expression with every term and factor replaced by its absolute value: what its terms could add up to."""
    import sympy

    if expression.is_Add or expression.is_Mul:
        return expression.func(*map(without_signs, expression.args))
    if isinstance(expression, sympy.Piecewise):
        return sympy.Piecewise(*((without_signs(value), when) for value, when in expression.args))
    return sympy.Abs(expression)


def evaluated(expression: Expression, known: dict[Expression, Precise]) -> Precise:
    """Evaluate an expression in mpmath, every part that occurs several times once.

    `known` holds the values of the symbols and gathers those of the parts.
    """
    found = known.get(expression)
    if found is None:
        found = known[expression] = _evaluate(expression, known)
    return found


def _evaluate(expression: Expression, known: dict[Expression, Precise]) -> Precise:
    import mpmath

    if expression.is_Rational:
        return mpmath.mpf(int(expression.p)) / int(expression.q)
    arguments = [evaluated(argument, known) for argument in expression.args]
    if expression.is_Add:
        return mpmath.fsum(arguments)
    if expression.is_Mul:
        return mpmath.fprod(arguments)
    if expression.is_Pow:
        base, exponent = arguments
        whole = expression.args[1].is_Integer
        return base ** int(expression.args[1]) if whole else mpmath.power(base, exponent)
    return _function(expression.func, len(arguments))(*arguments)


@lru_cache(maxsize=64)
def _function(function: Any, count: int) -> Callable[..., Precise]:
    arguments = numbered("x", count)
    return in_precision(arguments, function(*arguments))


def slope_of(expression: Expression, variable: Expression) -> Expression:
    """Return a derivative away from kinks: the impulses that SymPy puts at the jumps of a slope are left out."""
    import sympy

    return expression.diff(variable).replace(sympy.DiracDelta, lambda *place: sympy.Integer(0))


def active_branch(expression: Expression, values: Mapping[Expression, Precise]) -> Expression:
    """Replace every case distinction by the case that holds at `values`."""
    import sympy

    if not any(type(part).__name__ in _KINKED for part in sympy.preorder_traversal(expression)):
        return expression
    exact = {name: sympy.Float(value, 50) for name, value in values.items()}

    def chosen_case(*cases: Any) -> Expression:
        return next(value for value, condition in cases if condition.xreplace(exact) == True)  # noqa: E712 - SymPy's own truth

    written = expression.rewrite(sympy.Piecewise)
    while written.has(sympy.Piecewise):
        written = written.replace(sympy.Piecewise, chosen_case)
    return written


def numbered(letter: str, count: int) -> list[Expression]:
    """Return so many symbols; their names say nothing."""
    return [symbol(f"{letter}{index:04d}") for index in range(count)]


def in_precision(arguments: list[Expression], expression: Any) -> Callable[..., Any]:
    """Return an expression, or several, as a function in mpmath."""
    from sympy import lambdify

    return lambdify(arguments, expression, modules="mpmath")  # type: ignore[no-any-return]  # SymPy has no types here


def as_written(expression: Expression, parts: Mapping[Expression, Expression]) -> Expression:
    """Put expressions in the place of symbols and leave the result as it is.

    SymPy would ask of every part of it whether it is positive, real or finite, which takes minutes.
    """
    import sympy

    with sympy.evaluate(False):
        return expression.xreplace(dict(parts))


def derivative(
    expression: Expression, variable: Expression, found: dict[Expression, Expression]
) -> Expression:
    """Return the derivative of a composed expression by a symbol, that of every function as SymPy has it.

    The same as its own `diff`, but left as written. `found` gathers the derivatives of the parts.
    """
    import sympy

    if expression == variable:
        return sympy.Integer(1)
    if expression not in found:
        slopes = [derivative(part, variable, found) for part in expression.args]
        terms = [
            _product([slope, *_partial(expression, place)])
            for place, slope in enumerate(slopes)
            if slope != 0
        ]
        found[expression] = terms[0] if len(terms) == 1 else sympy.Add(*terms, evaluate=False)
    return found[expression]


def _product(factors: list[Expression]) -> Expression:
    import sympy

    factors = [factor for factor in factors if factor != 1]
    return factors[0] if len(factors) == 1 else sympy.Mul(*factors, evaluate=False)


def _partial(expression: Expression, place: int) -> list[Expression]:
    """Return the derivative of an operation by one of its arguments, as factors."""
    import sympy

    if expression.is_Add:
        return []
    others = [*expression.args[:place], *expression.args[place + 1 :]]
    if expression.is_Mul:
        return others
    if expression.is_Pow and place == 0 and others[0].is_Rational:
        # x⁰ is 1 everywhere, though 0·x⁻¹ has no value at 0.
        if others[0] == 0:
            return [sympy.Integer(0)]
        return [others[0], sympy.Pow(expression.base, others[0] - 1, evaluate=False)]
    names = numbered("x", len(expression.args))
    local = _local_slope(expression.func, len(names), place)
    return [as_written(local, dict(zip(names, expression.args, strict=True)))]


@lru_cache(maxsize=256)
def _local_slope(function: Any, count: int, place: int) -> Expression:
    names = numbered("x", count)
    return function(*names).diff(names[place])
