"""Expression → Python source for NumPy or PyTorch: the definition of an operation, in the order it was written.

PyTorch's source works on float64 tensors and is differentiable by autograd. Names are checked: no text typed by a user
becomes code.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import Any, Literal

from explainer.maths.code_pieces import ATOM, CHOICE, POWER, PRODUCT, RELATION, SUM, Code, constant
from explainer.maths.operation import Operation
from explainer.maths.rows import Expression
from explainer.maths.writing_order import flat, fraction, positive_power, without_sign

Library = Literal["numpy", "torch"]

# What the source itself speaks of.
_OWN_NAMES = frozenset(("math", "numpy", "torch", "float", "int"))

_FUNCTIONS: dict[Library, dict[str, str]] = {
    "numpy": {
        "Abs": "numpy.abs",
        "asin": "numpy.arcsin",
        "acos": "numpy.arccos",
        "atan": "numpy.arctan",
        # NumPy has neither of the two.
        "erf": "numpy.vectorize(math.erf)",
        "erfc": "numpy.vectorize(math.erfc)",
    },
    "torch": {"Abs": "torch.abs"},
}
# Functions called alike in both libraries and in SymPy.
_SHARED = frozenset(
    ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sign", "floor", "log1p", "expm1")
)
_SHARED_WITH_TORCH = _SHARED | {"asin", "acos", "atan", "erf", "erfc"}
# What may be infinite or undefined somewhere, so that 0 times it is no number.
_UNBOUNDED = frozenset(
    ("exp", "log", "sqrt", "tan", "sinh", "cosh", "log1p", "expm1", "asin", "acos")
)
_RELATIONS = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def operation_source(operation: Operation, names: Sequence[str], library: Library) -> str:
    """Return what an operation computes from the arguments of these names; ValueError for a name Python cannot have."""
    import sympy

    symbols = [sympy.Symbol(f"x{place:04d}", real=True) for place in range(operation.arity)]
    expression = as_written(operation, symbols)
    return source(expression, dict(zip(symbols, names, strict=True)), library)


def as_written(operation: Operation, arguments: Sequence[Expression]) -> Expression:
    """Return the definition of an operation of other expressions, nothing in it worked out."""
    import sympy

    with sympy.evaluate(False):
        expression = operation.expression(arguments)
    return sympy.Integer(expression) if isinstance(expression, int) else expression


def source(expression: Expression, names: Mapping[Expression, str], library: Library) -> str:
    """Return an expression as source; `names` says what its symbols are called there. ValueError for other names."""
    pieces = {symbol: Code(usable(name), ATOM) for symbol, name in names.items()}
    return Writer(pieces, library).of(expression).text


def usable(name: str) -> str:
    """Return a name as it is; ValueError for one that Python cannot have."""
    if not _is_usable(name):
        raise ValueError(f"{name!r} cannot be a name in Python's source")
    return name


def python_names(names: Iterable[str]) -> dict[str, str]:
    """Return a different name for each that Python can have; one that it keeps for itself gets underscores behind."""
    found: dict[str, str] = {}
    taken = set(wanted := list(names))
    for name in wanted:
        other = name
        while not _is_usable(other) or (other != name and other in taken):
            other += "_"
        found[name] = other
        taken.add(other)
    return found


def _is_usable(name: str) -> bool:
    allowed = name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
    return allowed and name not in _OWN_NAMES


class Writer:
    """Walks one expression, as the printer of formulas does.

    `pieces` is what stands for its symbols; `numbers` are the symbols that stand for plain numbers of Python.
    """

    def __init__(
        self,
        pieces: Mapping[Expression, Code],
        library: Library,
        numbers: frozenset[Expression] = frozenset(),
    ) -> None:
        self._pieces = pieces
        self._library = library
        self._numbers = numbers
        # In the case being written: what stands in place of x where another case holds, and PyTorch still differentiates.
        self._elsewhere: list[Callable[[str], str]] = []

    def of(self, expression: Any) -> Code:
        """Return the source of an expression."""
        if expression.is_Symbol:
            return self._pieces[expression]
        method: Callable[[Any], Code] | None = getattr(
            self, f"_{type(expression).__name__.lower()}", None
        )
        if method is not None:
            return method(expression)
        if expression.is_Number or expression.is_NumberSymbol:
            return constant(expression)
        if expression.is_Relational:
            left, right = (self.of(side).at_least(SUM) for side in expression.args)
            return Code(f"{left} {_RELATIONS[expression.rel_op]} {right}", RELATION)
        return self._function(expression)

    def _add(self, expression: Any) -> Code:
        first, *others = flat(expression)
        text = self.of(first).at_least(SUM)
        for term in others:
            positive, rest = without_sign(term)
            text += f" {'+' if positive else '-'} {self.of(rest).at_least(PRODUCT)}"
        return Code(text, SUM)

    def _mul(self, expression: Any) -> Code:
        factors = flat(expression)
        positive = True
        while len(factors) > 1 and factors[0] == -1:
            positive, factors = not positive, factors[1:]
        above, below = fraction(factors)
        above, below = ([each for each in part if each != 1] for part in (above, below))
        if not below and len(above) == 1:
            only = self.of(above[0])
            return only if positive else Code(f"-{only.at_least(PRODUCT)}", SUM)
        text = self._product(above)
        if below:
            bottom = self._product(below) if len(below) == 1 else f"({self._product(below)})"
            if any(map(self._is_tensor, below)):
                bottom = self._here(bottom)
            text += f" / {bottom}"
        # −a·b is a sum of nothing and a·b: after another sign it needs parentheses.
        return Code(text, PRODUCT) if positive else Code(f"-{text}", SUM)

    def _product(self, factors: list[Any]) -> str:
        return " * ".join(self.of(factor).at_least(POWER) for factor in factors) or "1"

    def _pow(self, expression: Any) -> Code:
        base, exponent = expression.args
        if exponent.is_number and exponent.is_negative:
            below = self.of(positive_power(base, exponent)).at_least(POWER)
            return Code(f"1 / {self._here(below) if self._is_tensor(base) else below}", PRODUCT)
        if str(base) == "E":
            return self._called("exp", exponent)
        if exponent.is_Rational and (exponent.p, exponent.q) == (1, 2):
            return self._called("sqrt", base)
        power = self.of(exponent).at_least(ATOM)
        return Code(f"{self.of(base).at_least(ATOM)} ** {power}", POWER)

    def _piecewise(self, expression: Any) -> Code:
        *cases, last = _open_cases(expression)
        if not cases:
            return self.of(last[0])
        conditions = [self.of(condition).text for _, condition in cases]
        earlier = [_unless(condition) for condition in conditions]
        with self._within(earlier):
            text, is_number = self.of(last[0]).text, not last[0].free_symbols
        for place in reversed(range(len(cases))):
            value = cases[place][0]
            with self._within([*earlier[:place], _where(conditions[place])]):
                # Of two plain numbers PyTorch would make single precision.
                branch = self._tensor(value) if is_number else self.of(value).text
            text = f"{self._library}.where({conditions[place]}, {branch}, {text})"
            is_number = False
        return Code(text, ATOM)

    @contextmanager
    def _within(self, elsewhere: list[Callable[[str], str]]) -> Iterator[None]:
        """Write a case: `elsewhere` keeps away from PyTorch's derivative what lies outside it."""
        before = self._elsewhere
        self._elsewhere = [*elsewhere, *before] if self._library == "torch" else []
        yield
        self._elsewhere = before

    def _here(self, text: str) -> str:
        """Return what a function with poles or overflow takes: in a case that does not hold, a harmless number."""
        for kept in self._elsewhere:
            text = kept(text)
        return text

    def _tensor(self, value: Any) -> str:
        text = self.of(value).text
        if self._library == "numpy" or value.free_symbols:
            return text
        return f"torch.tensor({text}, dtype=torch.float64)"

    def _or(self, expression: Any) -> Code:
        return self._joined(expression, "|")

    def _and(self, expression: Any) -> Code:
        return self._joined(expression, "&")

    def _not(self, expression: Any) -> Code:
        return Code(f"~{self.of(expression.args[0]).at_least(ATOM)}", CHOICE)

    def _joined(self, condition: Any, sign: str) -> Code:
        parts = (self.of(part).at_least(ATOM) for part in condition.args)
        return Code(f" {sign} ".join(parts), CHOICE)

    def _max(self, expression: Any) -> Code:
        return self._best("max", expression)

    def _min(self, expression: Any) -> Code:
        return self._best("min", expression)

    def _best(self, name: str, expression: Any) -> Code:
        if self._library == "numpy":
            parts = [self.of(part).text for part in expression.args]
            return Code(reduce(lambda a, b: f"numpy.{name}imum({a}, {b})", parts), ATOM)
        # Of PyTorch's several maxima this one gives the whole derivative to the first at a tie.
        inside = ", ".join(self._tensor(part) for part in expression.args)
        return Code(f"torch.stack(torch.broadcast_tensors({inside})).{name}(0).values", ATOM)

    def _function(self, expression: Any) -> Code:
        return self._called(type(expression).__name__, expression.args[0])

    def _is_tensor(self, expression: Any) -> bool:
        """Tell whether an expression is more than plain numbers, which are the same in every case."""
        return not expression.free_symbols <= self._numbers

    def _called(self, name: str, argument: Any) -> Code:
        inside = self.of(argument).text
        if not self._is_tensor(argument):
            return Code(f"math.{'fabs' if name == 'Abs' else name}({inside})", ATOM)
        if name in _UNBOUNDED:
            inside = self._here(inside)
        known = _SHARED if self._library == "numpy" else _SHARED_WITH_TORCH
        if name in known or name == "sqrt":
            return Code(f"{self._library}.{name}({inside})", ATOM)
        return Code(f"{_FUNCTIONS[self._library][name]}({inside})", ATOM)


def _where(condition: str) -> Callable[[str], str]:
    return lambda text: f"torch.where({condition}, {text}, 0.5)"


def _unless(condition: str) -> Callable[[str], str]:
    return lambda text: f"torch.where({condition}, 0.5, {text})"


def _open_cases(piecewise: Any) -> list[tuple[Any, Any]]:
    """Return the cases that may hold: one without a symbol in its condition is settled here."""
    found = []
    for value, condition in piecewise.args:
        settled = None if condition.free_symbols else bool(condition.doit())
        if settled is not False:
            found.append((value, condition))
        if settled:
            break
    return found
