"""What a table row is. Rows name themselves and their parameters without SymPy; expressions are built when asked.

An expression is a function of the SymPy module and symbols, so that the same line gives the value, the
derivative (`diff`), the formula on the screen (built with `evaluate(False)`, in the order written here) and the code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from explainer.messages import Message

# SymPy's own classes are not named here: importing them would cost every start of the program 200 ms.
Expression = Any
SymPy = Any
Parameters = Mapping[str, Expression]


class ActivationRow(Struct, frozen=True):
    """A scalar activation a = f(z).

    `formula` is the definition. `stable`, the same function without overflow, gives the numbers where present.
    `textbook` and `textbook_derivative(sp, z, a, parameters)` are the forms a book prints; tests prove them equal.
    `convention` says what f′ is where f has no derivative; `kinks` lists those z. `name_latex` is how the function itself is
    written (σ, tanh); empty where its name adds nothing.
    """

    name: str
    label: Message
    name_latex: str
    name_text: str
    formula: Callable[[SymPy, Expression, Parameters], Expression]
    source: str
    stable: Callable[[SymPy, Expression, Parameters], Expression] | None = None
    textbook: Callable[[SymPy, Expression, Parameters], Expression] | None = None
    textbook_derivative: (
        Callable[[SymPy, Expression, Expression, Parameters], Expression] | None
    ) = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    kinks: tuple[float, ...] = ()
    convention: Message | None = None


class LossRow(Struct, frozen=True):
    """The error of one sample from K targets y and K predictions ŷ.

    `formula(sp, targets, predictions, parameters)` is the whole sum; `textbook_partial(sp, y, ŷ, K, parameters)` the printed
    ∂E/∂ŷ of one output, proved equal to `diff`.
    """

    name: str
    label: Message
    formula: Callable[[SymPy, list[Expression], list[Expression], Parameters], Expression]
    source: str
    textbook_partial: (
        Callable[[SymPy, Expression, Expression, int, Parameters], Expression] | None
    ) = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    convention: Message | None = None


class Ingredients(Struct, frozen=True):
    """What an update rule may use: parameter w, gradient g, learning rate η, number of the pass t, memory, own parameters."""

    weight: Expression
    gradient: Expression
    learning_rate: Expression
    time: Expression
    memory: Parameters
    parameters: Parameters


class UpdateRow(Struct, frozen=True):
    """A rule that turns a gradient into a new parameter.

    `formula(sp, ingredients)` gives the new value of each memory cell in order and, last, under "parameter", the new
    parameter; later lines use earlier ones through the expression itself. `memory` names the cells and their start.
    """

    name: str
    label: Message
    formula: Callable[[SymPy, Ingredients], dict[str, Expression]]
    source: str
    memory: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)


def total(terms: list[Expression]) -> Expression:
    """Add terms in order; unlike `sum` it puts no 0 in front, which would be printed."""
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result
