"""What source is put together from: pieces that know how tightly they bind, and numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

# How tightly Python binds: what is looser than its place wants gets parentheses.
CHOICE, RELATION, SUM, PRODUCT, POWER, ATOM = range(6)


class Code(NamedTuple):
    """A piece of source and how tightly it binds."""

    text: str
    level: int

    def at_least(self, level: int) -> str:
        """Return the text, in parentheses where it binds less tightly."""
        return self.text if self.level >= level else f"({self.text})"


def constant(expression: Any) -> Code:
    """Return a number as source: whole, decimal or a fraction."""
    if not expression.is_Rational and not expression.is_Float:
        return Code({"Pi": "math.pi", "Exp1": "math.e"}[type(expression).__name__], ATOM)
    value = float(expression)
    # A third stays one, for somebody reads it.
    if expression.is_Rational and str(value) != _decimal(expression):
        text = f"{expression.p} / {expression.q}"
        return Code(text, PRODUCT if expression.p > 0 else SUM)
    text = str(expression.p) if expression.is_Integer else repr(value)
    return Code(text, ATOM if value >= 0 else SUM)


def _decimal(number: Any) -> str:
    """Return a rational number as a double writes it, nothing where no decimal is exactly this number."""
    value = float(number)
    if number.is_Integer:
        return str(value)
    from sympy import Rational

    return str(value) if Rational(repr(value)) == number else ""
