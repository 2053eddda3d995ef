"""Expression → LaTeX and plain text, in the order it was written (never SymPy's), in symbols or with numbers put in.

The numbers line prints the *same* expression with its symbols named as numbers, so the two can never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from explainer.maths.numbers import MINUS
from explainer.maths.printed import ATOM, POWER, PRODUCT, SUM, Printed, number
from explainer.maths.writing_order import (
    flat,
    fraction,
    is_written_as_fraction,
    positive_power,
    without_sign,
)

# Beyond this many nested fractions a quotient is written a/(b): the drawing time of nested fractions is exponential.
DEEPEST_FRACTION = 4

_FUNCTIONS = {
    "log": ("\\ln", "ln"),
    "sin": ("\\sin", "sin"),
    "cos": ("\\cos", "cos"),
    "tan": ("\\tan", "tan"),
    "asin": ("\\arcsin", "arcsin"),
    "acos": ("\\arccos", "arccos"),
    "atan": ("\\arctan", "arctan"),
    "sinh": ("\\sinh", "sinh"),
    "cosh": ("\\cosh", "cosh"),
    "tanh": ("\\tanh", "tanh"),
    "erf": ("\\operatorname{erf}", "erf"),
    "sign": ("\\operatorname{sgn}", "sgn"),
    "Max": ("\\max", "max"),
    "Min": ("\\min", "min"),
}
_RELATIONS = {
    "<=": ("\\le", "≤"),
    "<": ("<", "<"),
    ">=": ("\\ge", "≥"),
    ">": (">", ">"),
    "==": ("=", "="),
    "!=": ("\\ne", "≠"),
}


def printed(
    expression: Any,
    names: Mapping[Any, Printed],
    *,
    language: str = "en",
    digits: int = 10,
    values: Mapping[Any, float] | None = None,
) -> Printed:
    """Print a SymPy expression; `names` says how each of its symbols is written.

    Build the expression under `sympy.evaluate(False)` to keep the order of its terms. Where `values` of the
    symbols are given, only the branch of a case distinction that holds for them is printed.
    """
    return _Printer(names, language, digits, values).of(expression)


class _Printer:
    """Walks one expression; keeps the depth of fractions it is inside of."""

    def __init__(
        self,
        names: Mapping[Any, Printed],
        language: str,
        digits: int,
        values: Mapping[Any, float] | None,
    ) -> None:
        self.names = names
        self.values = values
        self.language = language
        self.digits = digits
        self.fractions = 0
        # Right after + or − even the first factor of a product needs parentheses when it is negative.
        self.after_sign = False

    def of(self, expression: Any) -> Printed:
        if expression.is_Symbol:
            return self.names[expression]
        # Only a product begins right behind the sign; inside anything else a new formula begins.
        self.after_sign = self.after_sign and expression.is_Mul
        method = getattr(self, f"_{type(expression).__name__.lower()}", None)
        if method is not None:
            return method(expression)  # type: ignore[no-any-return]  # found by name, every such method returns Printed
        if expression.is_Number or expression.is_NumberSymbol:
            return self._constant(expression)
        if expression.is_Relational:
            left, right = (self.of(side) for side in expression.args)
            latex, text = _RELATIONS[expression.rel_op]
            return Printed(
                f"{left.latex} {latex} {right.latex}", f"{left.text} {text} {right.text}", SUM
            )
        return self._function(expression)

    def _constant(self, expression: Any) -> Printed:
        if expression.is_Integer:
            return Printed(
                str(expression),
                str(expression).replace("-", MINUS),
                ATOM,
                True,
                bool(expression < 0),
            )
        if expression.is_Rational and not is_written_as_fraction(expression.q):
            return number(float(expression), self.digits, self.language)
        if expression.is_Rational:
            sign = "-" if expression < 0 else ""
            top, bottom = abs(expression.p), expression.q
            return Printed(
                f"{sign}\\frac{{{top}}}{{{bottom}}}",
                f"{sign.replace('-', MINUS)}{top}/{bottom}",
                PRODUCT,
                True,
                bool(sign),
            )
        if expression.is_Float:
            return number(float(expression), self.digits, self.language)
        name = str(expression)
        return Printed(
            {"pi": "\\pi", "E": "e"}.get(name, name), {"pi": "π", "E": "e"}.get(name, name)
        )

    def _add(self, expression: Any) -> Printed:
        terms = flat(expression)
        first = self.of(terms[0])
        latex, text = first.latex, first.text
        for term in terms[1:]:
            positive, rest = without_sign(term)
            self.after_sign = True
            wrapped = self.of(rest).at_least(PRODUCT)
            self.after_sign = False
            sign = "+" if positive else "-"
            latex += f" {sign} {wrapped.latex}"
            text += f" {sign if positive else MINUS} {wrapped.text}"
        return Printed(latex, text, SUM, first.starts_with_number)

    def _mul(self, expression: Any) -> Printed:
        factors = flat(expression)
        positive = True
        while len(factors) > 1 and factors[0].is_Integer and factors[0] == -1:
            positive, factors = not positive, factors[1:]
        above, below = fraction(factors)
        printed_product = self._quotient(above, below) if below else self._product(above)
        if positive:
            return printed_product
        inner = printed_product.at_least(PRODUCT, leading=False)
        return Printed(f"-{inner.latex}", f"{MINUS}{inner.text}", SUM)

    def _product(self, factors: list[Any]) -> Printed:
        if not factors:
            return Printed("1", "1", ATOM, True)
        if len(factors) == 1:
            return self.of(factors[0])
        leading, self.after_sign = not self.after_sign, False
        parts = [
            self.of(factor).at_least(PRODUCT, leading=leading and position == 0)
            for position, factor in enumerate(factors)
        ]
        latex, text = parts[0].latex, parts[0].text
        for left, right in pairwise(parts):
            number_before_bracket = (
                left.starts_with_number
                and right.latex.startswith("\\left(")
                and not left.latex.startswith("\\frac")
            )
            touching = right.starts_with_number or number_before_bracket
            latex += f" \\cdot {right.latex}" if touching else f" {right.latex}"
            text += f"·{right.text}"
        return Printed(latex, text, PRODUCT, parts[0].starts_with_number, parts[0].negative)

    def _quotient(self, above: list[Any], below: list[Any]) -> Printed:
        # The bar of the fraction sets its parts apart from the sign before it.
        self.after_sign = False
        self.fractions += 1
        try:
            top, bottom = self._product(above), self._product(below)
        finally:
            self.fractions -= 1
        text = f"{top.at_least(PRODUCT).text}/{bottom.at_least(POWER).text}"
        if self.fractions >= DEEPEST_FRACTION:
            return Printed(
                f"{top.at_least(PRODUCT).latex} / {bottom.at_least(POWER).latex}", text, PRODUCT
            )
        return Printed(f"\\frac{{{top.latex}}}{{{bottom.latex}}}", text, PRODUCT)

    def _pow(self, expression: Any) -> Printed:
        base, exponent = expression.args
        if exponent.is_Rational and (exponent.p, exponent.q) == (1, 2):
            inner = self.of(base)
            return Printed(f"\\sqrt{{{inner.latex}}}", f"√({inner.text})", POWER)
        if exponent.is_number and exponent.is_negative:
            return self._quotient([], [positive_power(base, exponent)])
        if str(base) == "E":
            return self._exp(expression)
        inner, power = self.of(base), self.of(exponent)
        wrapped = inner.at_least(ATOM)
        simple_power = (
            power.text if power.level == ATOM and not power.negative else f"({power.text})"
        )
        text = wrapped.text + ("²" if power.text == "2" else f"^{simple_power}")
        return Printed(
            f"{wrapped.latex}^{{{power.latex}}}", text, POWER, wrapped.starts_with_number
        )

    def _exp(self, expression: Any) -> Printed:
        power = self.of(expression.args[-1])
        simple = power.text if power.level == ATOM and not power.negative else f"({power.text})"
        return Printed(f"e^{{{power.latex}}}", f"e^{simple}", POWER)

    def _abs(self, expression: Any) -> Printed:
        inner = self.of(expression.args[0])
        return Printed(f"\\left|{inner.latex}\\right|", f"|{inner.text}|")

    def _piecewise(self, expression: Any) -> Printed:
        if self.values is not None:
            return self.of(
                next(value for value, condition in expression.args if condition.subs(self.values))
            )
        lines, words = [], []
        for value, condition in expression.args:
            what = self.of(value)
            when = None if str(condition) == "True" else self.of(condition)
            lines.append(f"{what.latex} & {when.latex if when else _OTHERWISE[self.language]}")
            words.append(f"{what.text} ({when.text if when else _OTHERWISE_TEXT[self.language]})")
        rows = " \\\\ ".join(lines)
        return Printed(f"\\begin{{cases}} {rows} \\end{{cases}}", "{" + "; ".join(words) + "}")

    def _or(self, expression: Any) -> Printed:
        return self._joined(expression, _WORDS["or"][self.language])

    def _and(self, expression: Any) -> Printed:
        return self._joined(expression, _WORDS["and"][self.language])

    def _joined(self, condition: Any, word: str) -> Printed:
        parts = [self.of(part) for part in condition.args]
        return Printed(
            f"\\text{{ {word} }}".join(part.latex for part in parts),
            f" {word} ".join(part.text for part in parts),
            SUM,
        )

    def _floor(self, expression: Any) -> Printed:
        inner = self.of(expression.args[0])
        return Printed(f"\\left\\lfloor {inner.latex} \\right\\rfloor", f"⌊{inner.text}⌋")

    def _function(self, expression: Any) -> Printed:
        latex, text = _FUNCTIONS[type(expression).__name__]
        inside = [self.of(argument) for argument in expression.args]
        return Printed(
            f"{latex}\\left({', '.join(part.latex for part in inside)}\\right)",
            f"{text}({', '.join(part.text for part in inside)})",
            POWER,
        )


_WORDS = {"or": {"en": "or", "ru": "или"}, "and": {"en": "and", "ru": "и"}}
_OTHERWISE_TEXT = {"en": "otherwise", "ru": "иначе"}
_OTHERWISE = {language: f"\\text{{{word}}}" for language, word in _OTHERWISE_TEXT.items()}
