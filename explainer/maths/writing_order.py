"""Taking SymPy's sums and products apart in the order they were written: terms with their signs, what stands above and below."""

from __future__ import annotations

from typing import Any


def flat(expression: Any) -> list[Any]:
    """Return the arguments of a sum or product, nested ones of the same kind opened, in writing order."""
    parts: list[Any] = []
    for argument in expression.args:
        same = (expression.is_Add and argument.is_Add) or (expression.is_Mul and argument.is_Mul)
        parts.extend(flat(argument) if same else [argument])
    return parts


def without_sign(term: Any) -> tuple[bool, Any]:
    """Split a term into its sign and the rest, so that a + (−b) is written a − b."""
    if term.is_Number and term.is_negative:
        return False, -term
    if term.is_Mul:
        first, *others = flat(term)
        if first.is_Number and first.is_negative:
            rest = others if first == -1 else [-first, *others]
            return False, rest[0] if len(rest) == 1 else term.func(*rest, evaluate=False)
    return True, term


def fraction(factors: list[Any]) -> tuple[list[Any], list[Any]]:
    """Sort factors into numerator and denominator."""
    above: list[Any] = []
    below: list[Any] = []
    for factor in factors:
        if factor.is_Pow and factor.args[1].is_number and factor.args[1].is_negative:
            below.append(positive_power(*factor.args))
        else:
            above.append(factor)
    return above, below


def positive_power(base: Any, exponent: Any) -> Any:
    """Return the power as it stands under a fraction line: x⁻² as x², x⁻¹ as x."""
    opposite = -exponent
    if opposite == 1:
        return base
    from sympy import Pow

    return Pow(base, opposite, evaluate=False)


def is_written_as_fraction(denominator: int) -> bool:
    """Tell ½, ¾ and 1/12, which books write so, from 1/100, a decimal that somebody chose."""
    if denominator in (2, 4, 8):
        return True
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    return denominator > 1
