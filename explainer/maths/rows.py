"""What a table row is. Rows name themselves and their parameters without SymPy; expressions are built when asked.

An expression is a function of the SymPy module and symbols, so that the same line gives the value, the
derivative (`diff`), the formula on the screen (built with `evaluate(False)`, in the order written here) and the code.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from explainer.messages import Message

# SymPy's own classes are not named here: importing them would cost every start of the program 200 ms.
Expression = Any
SymPy = Any
Parameters = Mapping[str, Expression]
# The name of a parameter and what is wrong with its value, None where nothing is.
ParameterFault = tuple[str, Message] | None
# Squares or sizes of differences, squares that become sizes where a difference is large, logarithms of predictions, and
# those of ŷ and 1 − ŷ.
MadeOf = Literal["squares", "sizes", "bordered squares", "logarithms", "logarithms of both"]
# How weights are drawn into what does not say otherwise.
USUAL_INITIALISER = "xavier_uniform"
LossFormula = Callable[[SymPy, list[Expression], list[Expression], Parameters], Expression]


class ActivationRow(Struct, frozen=True):
    """A scalar activation a = f(z).

    `formula` is the definition. `stable`, the same function without overflow, gives the numbers where present.
    `textbook` and `textbook_derivative(sp, z, a, parameters)` are the forms a book prints; tests prove them equal.
    `convention` says what f′ is where f has no derivative; `kinks` lists those z, or the parameters they lie at.
    `bounds` are the two ends that its values approach or reach and never pass, numbers or parameters as `kinks`; None where
    an end is infinite. `name_latex` is how the function itself is written (σ, tanh); empty where its name adds nothing. Parameters in
    `trained` get a gradient and an update like a weight; `fault(values)` finds a parameter the function cannot work with.
    `short` is a name in few letters, needed where the label is long and the sign is not this function's alone. `initialiser`
    names how weights into such neurons are drawn where a lesson does not say. `usual` gives the ends between which a
    parameter is tried, where other functions with a parameter of this name have others.
    `torch` is PyTorch's own function where the definition overflows, as source with z and the parameters in braces.
    `pros` and `cons` say what speaks for and against it, `advice` where it is chosen.
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
    kinks: tuple[float | str, ...] = ()
    convention: Message | None = None
    range: Message | None = None
    bounds: tuple[float | str, float | str] | None = None
    saturation: Message | None = None
    trained: tuple[str, ...] = ()
    short: str = ""
    initialiser: str = USUAL_INITIALISER
    usual: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    fault: Callable[[Mapping[str, float]], ParameterFault] | None = None
    torch: str = ""
    pros: tuple[Message, ...] = ()
    cons: tuple[Message, ...] = ()
    advice: Message | None = None

    def kinks_at(self, chosen: Mapping[str, float]) -> tuple[float, ...]:
        """Return the z without a derivative for these parameter values; a row names them as numbers or parameters."""
        values = {**self.parameters, **chosen}
        return tuple(_stated(kink, values) for kink in self.kinks)

    def torch_source(self, z: str, chosen: Mapping[str, float]) -> str:
        """Return PyTorch's own function of what `z` is the source of, "" where the definition will do."""
        values = {**self.parameters, **chosen}
        return self.torch.format(
            z=z, **{name: repr(float(value)) for name, value in values.items()}
        )

    def bounds_at(self, chosen: Mapping[str, float]) -> tuple[float, float] | None:
        """Return the smallest and the largest value for these parameter values, None where an end is infinite."""
        if self.bounds is None:
            return None
        values = {**self.parameters, **chosen}
        low, high = self.bounds
        return _stated(low, values), _stated(high, values)


def _stated(number: float | str, values: Mapping[str, float]) -> float:
    """Return what a row states as a number, or by the name of a parameter, after a minus or without."""
    if isinstance(number, str):
        return -values[number[1:]] if number.startswith("-") else values[number]
    return number


class LossRow(Struct, frozen=True):
    """The error of one sample from K targets y and K predictions ŷ.

    `formula(sp, targets, predictions, parameters)` is the definition, the whole sum. `textbook`, the same as a book prints
    it, may leave out what a limit settles (0 · ln 0); `stable` gives the numbers where present. `textbook_partial(sp, y, ŷ,
    K, parameters)` is the printed ∂E/∂ŷ of one output, proved equal to `diff`. `kinks(sp, y, ŷ, parameters)` are expressions
    of one output that are 0 where E has no derivative by its ŷ, `convention` says what is done there. `predictions` is
    the open interval in which every ŷ has a finite error, `targets` the closed one of the y it is made for. `output` is the
    activation of the last layer that it is made for; where it `cancels`, the derivative by z loses its fractions. `is_mean`
    where the sum over the outputs is divided by their number. `classes` are the targets of the two classes where targets are
    to be classes, not quantities. `made_of` says what is summed up, for the mistakes that belong to it.
    """

    name: str
    label: Message
    formula: LossFormula
    source: str
    textbook: LossFormula | None = None
    stable: LossFormula | None = None
    textbook_partial: (
        Callable[[SymPy, Expression, Expression, int, Parameters], Expression] | None
    ) = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    kinks: Callable[[SymPy, Expression, Expression, Parameters], list[Expression]] | None = None
    convention: Message | None = None
    predictions: tuple[float, float] = (-math.inf, math.inf)
    targets: tuple[float, float] = (-math.inf, math.inf)
    output: str = "identity"
    cancels: bool = False
    is_mean: bool = False
    classes: tuple[float, float] | None = None
    made_of: MadeOf | None = None

    @property
    def tells_classes(self) -> bool:
        """Whether the targets are to be classes, not quantities."""
        return self.classes is not None

    @property
    def wants_one_output_each(self) -> bool:
        """Whether every class has an output of its own, even where there are two."""
        return self.output == "softmax"


def total(terms: list[Expression]) -> Expression:
    """Add terms in order; unlike `sum` it puts no 0 in front, which would be printed."""
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def exact_number(sp: SymPy, value: float) -> Expression:
    """Return a double as an exact SymPy number: 0.1 means one tenth, as it was typed."""
    return sp.Rational(repr(value)) if value % 1 else sp.Integer(int(value))


def constants(
    sp: SymPy, defaults: Mapping[str, float], chosen: tuple[tuple[str, float], ...]
) -> dict[str, Expression]:
    """Return a row's parameters as exact SymPy numbers."""
    return {name: exact_number(sp, value) for name, value in {**defaults, **dict(chosen)}.items()}
