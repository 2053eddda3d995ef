"""An activation typed by the user, as one operation and as a row of the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from explainer.maths.composed import LARGEST, composed, weight
from explainer.maths.dual import Dual, dual
from explainer.maths.evaluation import as_decimal
from explainer.maths.expression import parse_activation
from explainer.maths.functions import FUNCTIONS
from explainer.maths.operation import Operation, Scalar
from explainer.maths.printed import Printed, number
from explainer.maths.rows import Expression
from explainer.maths.trees import Apply, Name, Number, Tree, walk
from explainer.maths.typed import arguments_of_tree, formula_of_tree, operation_of_tree
from explainer.messages import Message

# A value outside this may have lost digits, or be 0 or infinite where the true value is not.
SMALLEST_CERTAIN, LARGEST_CERTAIN = 1e-290, 1e290
# What rounding may do is found by computing once more with every value disturbed so much more than rounding does
# (after Vignes: A stochastic arithmetic for reliable scientific computation, 1993); these are the directions.
DISTURBANCE = 2.0**-36
ROUNDING = 2.0**-52
SIGNS = (1, 1, -1, 1, -1, -1, 1)
RELATIVE, ABSOLUTE = 1e-13, 1e-16
# Nearer to 0 no function of the catalogue leaves the doubles: e⁻³⁰ is far from it. One that is 0 here is 0, as ReLU is.
MIDDLE_SIZE = 30.0
# More digits than are kept, so that a third times three is one again.
_WORKING_DIGITS = 60
_KEPT_DIGITS = 40
_ALL_DIGITS = 17


Zero = Literal["any", "first", "chosen", "function", "all"]
_ZERO: dict[str, Zero] = {"product": "any", "quotient": "first", "power": "first"}


class Instruction(NamedTuple):
    """One node of the tree: an operation on earlier nodes, else a constant, else (None) the variable.

    `zero` says what makes a result of 0 one to the last digit: that any one of its arguments is 0, that the first is, the
    one chosen, all; or, of a `function` of one argument, that this is of a middle size.
    """

    operation: Operation | None
    inputs: tuple[int, ...]
    constant: float | None
    zero: Zero = "all"


class TypedActivation:
    """a = f(z) for a typed f.

    Its numbers come node by node from the same operations as those of a computation graph; where a double on the way
    leaves its range, from mpmath. Only what is written is composed to one expression.
    """

    arity = 1

    def __init__(self, tree: Tree, variable: str) -> None:
        self.tree = tree
        self.variable = variable

    def value(self, arguments: Sequence[float]) -> float:
        z = arguments[0]
        values, disturbed = self._forward(z, 0.0), self._forward(z, DISTURBANCE)
        if values and disturbed and _is_certain(values[-1], disturbed[-1]):
            found = values[-1]
        else:
            found = float(self._dual(z).value)
        # Adding 0 turns −0, which nobody means, into 0.
        return found + 0.0

    def partials(self, arguments: Sequence[float]) -> Sequence[float]:
        z = arguments[0]
        slope, disturbed = self._slope(z, 0.0), self._slope(z, DISTURBANCE)
        if not _is_certain(slope, disturbed):
            slope = float(self._dual(z).slope)
        return [slope + 0.0]

    def precise_value(self, arguments: Sequence[Decimal]) -> Decimal:
        return as_decimal(self._dual(str(arguments[0])).value, _KEPT_DIGITS)

    def precise_partials(self, arguments: Sequence[Decimal]) -> Sequence[Decimal]:
        return [as_decimal(self._dual(str(arguments[0])).slope, _KEPT_DIGITS)]

    def expression(self, arguments: Sequence[Expression]) -> Expression:
        import sympy

        return composed(self.tree, {self.variable: arguments[0]}, sympy)

    def formula(
        self, names: Sequence[Printed], language: str, values: Sequence[float] | None = None
    ) -> Printed:
        return formula_of_tree(self.tree, {self.variable: names[0]}, language)

    def partial_formula(
        self,
        index: int,
        names: Sequence[Printed],
        output: Printed,
        language: str,
        values: Sequence[float] | None = None,
    ) -> Printed:
        """Print f′, worked out where that stays short enough to read."""
        if weight(self.tree) <= LARGEST:
            written = Scalar(1, lambda sp, x: composed(self.tree, {self.variable: x[0]}, sp))
            return written.partial_formula(0, names, output, language, values)
        if values is not None:
            return number(self.partials(values)[0], _ALL_DIGITS, language)
        return Printed(f"f'\\left({names[0].latex}\\right)", f"f′({names[0].text})")

    @cached_property
    def program(self) -> list[Instruction]:
        """The nodes of the tree, parts before the whole, the whole last."""
        program: list[Instruction] = []
        self._compile(self.tree, program)
        return program

    def _compile(self, tree: Tree, program: list[Instruction]) -> int:
        if isinstance(tree, Number):
            program.append(Instruction(None, (), tree.value))
        elif isinstance(tree, Name):
            program.append(Instruction(None, (), None))
        else:
            inputs = tuple(self._compile(part, program) for part in arguments_of_tree(tree))
            zero = _ZERO.get(tree.operation, "all")
            if tree.operation == "min" or tree.operation.startswith("max"):
                zero = "chosen"
            elif tree.operation in FUNCTIONS and len(inputs) == 1:
                zero = "function"
            program.append(Instruction(operation_of_tree(tree), inputs, None, zero))
        return len(program) - 1

    def _forward(self, z: float, disturbance: float) -> list[float]:
        """Return the value of every node, each moved by a relative disturbance; nothing where one is out of range."""
        values: list[float] = []
        # What is 0 because it was made of zeros, not because it left the doubles or digits cancelled.
        nothing: list[bool] = []
        for place, (operation, inputs, constant, zero) in enumerate(self.program):
            if operation is None:
                values.append(z if constant is None else constant)
                nothing.append(values[-1] == 0)
                continue
            arguments = [values[source] for source in inputs]
            value = operation.value(arguments)
            known = [nothing[source] for source in inputs]
            nothing.append(value == 0 and _comes_of_zeros(zero, arguments, known))
            if not (nothing[-1] or SMALLEST_CERTAIN < abs(value) < LARGEST_CERTAIN):
                return []
            values.append(value * (1 + disturbance * SIGNS[place % len(SIGNS)]))
        return values

    def _slope(self, z: float, disturbance: float) -> float:
        """Return df/dz by the chain rule over the nodes; NaN where something is out of range."""
        values = self._forward(z, disturbance)
        upstream = [0.0] * len(values)
        upstream[-1:] = [1.0]
        slope = 0.0 if values else math.nan
        for place in reversed(range(len(values))):
            operation, inputs, constant, _ = self.program[place]
            if operation is None:
                slope += upstream[place] if constant is None else 0.0
                continue
            partials = operation.partials([values[source] for source in inputs])
            for source, partial in zip(inputs, partials, strict=True):
                upstream[source] += upstream[place] * partial
        return slope

    def _dual(self, z: float | str) -> Dual:
        import mpmath

        with mpmath.workdps(_WORKING_DIGITS):
            return dual(self.tree, {self.variable: Dual(mpmath.mpf(z), mpmath.mpf(1))})


def _comes_of_zeros(zero: Zero, arguments: Sequence[float], nothing: Sequence[bool]) -> bool:
    """Tell whether a result of 0 is one to the last digit, since arguments are; `nothing` says which of them."""
    match zero:
        case "any":
            return any(nothing)
        case "first":
            return nothing[0]
        case "chosen":
            pairs = zip(arguments, nothing, strict=True)
            return any(nothing) and all(known for value, known in pairs if value == 0)
        case "function":
            return nothing[0] or abs(arguments[0]) < MIDDLE_SIZE
    return all(nothing)


def _is_certain(found: float, disturbed: float) -> bool:
    """Tell whether a result is good to 13 digits, judged by how far a disturbance moved it; never for NaN."""
    lost = abs(found - disturbed) * (ROUNDING / DISTURBANCE)
    return lost <= max(RELATIVE * abs(found), ABSOLUTE)


@lru_cache(maxsize=64)
def typed_activation(text: str) -> TypedActivation:
    """Return the operation of a typed activation; Refused with one sentence where it cannot be read."""
    return TypedActivation(*parse_activation(text))


def conventions(tree: Tree) -> tuple[Message, ...]:
    """Return what must be said of the points without a derivative of the functions in a tree."""
    found = (
        FUNCTIONS[part.operation].convention
        for part in walk(tree)
        if isinstance(part, Apply) and part.operation in FUNCTIONS
    )
    return tuple(dict.fromkeys(message for message in found if message is not None))
