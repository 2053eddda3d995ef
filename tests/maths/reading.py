"""A reader of printed formulas, LaTeX or plain text: as strict as a student who knows the rules and guesses nothing."""

import re
from itertools import pairwise

import mpmath

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
TOKEN = re.compile(
    r"\s+|\\(?:left|Bigl)\(|\\(?:right|Bigr)\)|\\left\||\\right\||\\operatorname\{\w+\}(?:_\w)?|\\[a-z]+|"
    r"\d+(?:(?:\.|,|\{,\})\d+)?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|[A-Za-zσθ]+[ₜ]?|[-−+·/^(){}|√π,]"
)
PLAIN = {
    "−": "-", "·": "*", "\\cdot": "*", "\\left(": "(", "\\right)": ")", "\\Bigl(": "(", "\\Bigr)": ")",
    "√": "\\sqrt", "tanh": "\\tanh", "ln": "\\ln", "max": "\\max", "min": "\\min", "arctan": "\\arctan",
    "erf": "\\operatorname{erf}", "sin": "\\sin", "cos": "\\cos", "sinh": "\\sinh", "cosh": "\\cosh", "sgn": "\\operatorname{sgn}", "π": "\\pi",
}  # fmt: skip
FUNCTIONS = {
    "\\tanh": mpmath.tanh, "\\ln": mpmath.log, "\\max": lambda *values: max(values), "\\min": min, "\\arctan": mpmath.atan,
    "\\operatorname{erf}": mpmath.erf, "\\operatorname{sgn}": mpmath.sign,
    **{f"\\{name}": getattr(mpmath, name) for name in ("sin", "cos", "sinh", "cosh")},
}  # fmt: skip

# Called by its name: an activation at a place where its branch is a number.
FUNCTIONS |= {
    name: lambda z, row=row: mpmath.mpf(operations.activation(row.name).value([float(z)]))
    for row in ACTIVATIONS.values()
    for name in (row.name_latex, row.name_text)
    if name and name not in FUNCTIONS and name not in PLAIN
}

CONSTANTS = {"e": mpmath.e, "\\pi": mpmath.pi}


def tokens_of(text):
    found = TOKEN.findall(text)
    assert "".join(found) == text, f"unreadable: {text}"
    tokens = [PLAIN.get(token, token) for token in found if not token.isspace()]
    assert not any({left, right} <= set("+-") for left, right in pairwise(tokens)), (
        f"two signs in a row: {text}"
    )
    return [*tokens, "end"]


def read(text):
    """Return the value of a formula made of numbers; fails on anything that can be read in two ways."""
    reader = _Reader(tokens_of(text), latex="\\" in text or "{" in text)
    value = reader.sum()
    reader.take("end")
    return value


class _Reader:
    def __init__(self, tokens, latex):
        self.tokens = tokens
        self.latex = latex

    @property
    def next(self):
        return self.tokens[0]

    def take(self, *wanted):
        token = self.tokens.pop(0)
        assert not wanted or token in wanted, f"{token} where one of {wanted} should be"
        return token

    def sum(self):
        sign = -1 if self.next == "-" and self.take() else 1
        value = sign * self.product()
        while self.next in "+-":
            sign = -1 if self.take() == "-" else 1
            value += sign * self.product()
        return value

    def product(self):
        value = self.power()
        while True:
            if self.next == "*":
                self.take()
                value *= self.power()
            elif self.next == "/":
                self.take()
                value /= self.power()
            elif self.latex and (self.next in ("(", "\\left|", "e") or self.next.startswith("\\")):
                if self.next == "\\right|":
                    return value
                value *= self.power()
            else:
                return value

    def power(self):
        """Read a base with at most one exponent; an exponent on an exponent is not written."""
        base = self.primary()
        if self.next == "^":
            self.take()
            base = mpmath.power(base, self.exponent())
        elif re.fullmatch("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", self.next):
            base = mpmath.power(base, int(self.take().translate(SUPERSCRIPTS)))
        assert self.next != "^", "an exponent on an exponent"
        return base

    def exponent(self):
        if self.latex:
            return self.braced()
        return self.primary()

    def braced(self):
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def bracketed(self):
        """Read a bracket with one value or, after a function, several."""
        self.take("(")
        values = [self.sum()]
        while self.next == ",":
            self.take()
            values.append(self.sum())
        self.take(")")
        return values

    def primary(self):
        token = self.take()
        if token[0].isdigit():
            return mpmath.mpf(token.replace("{,}", ".").replace(",", "."))
        if token == "(":
            value = self.sum()
            self.take(")")
            return value
        if token in ("|", "\\left|"):
            value = abs(self.sum())
            self.take("|" if token == "|" else "\\right|")
            return value
        if token == "\\frac":
            return self.braced() / self.braced()
        if token == "\\sqrt":
            return mpmath.sqrt(self.braced() if self.latex else self.bracketed()[0])
        if token in CONSTANTS:
            return +CONSTANTS[token]
        if token in FUNCTIONS:
            return FUNCTIONS[token](*self.bracketed())
        raise AssertionError(f"{token} cannot start a factor")
