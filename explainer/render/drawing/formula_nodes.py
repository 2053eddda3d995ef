"""What a node of a computation graph shows: its sign, its name, its value, the derivative of the result by it."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula_nodes import FormulaNode
from explainer.maths.trees import Apply, Number
from explainer.maths.typed import fixed_exponent, printed_number
from explainer.render.drawing.formula_layout import Outline
from explainer.render.drawing.wording import name_runs
from explainer.render.metrics import label_width
from explainer.render.shapes import Run

RADIUS = 37.0
BOX_WIDTH, BOX_HEIGHT = 94.0, 62.0
NUMBER_HEIGHT = 28.0
NUMBER_SIZE = 14.5
_NUMBER_PADDING = 12.0
# Lines above a box (its name) and below any node (the derivative by it).
LINE = 20.0

_SIGNS = {"product": "×", "quotient": "÷", "negative": "−", "log": "ln", "sqrt": "√", "abs": "|x|"}
_NAMES = {"atan": "arctan", "asin": "arcsin", "acos": "arccos", "logsumexp": "LSE"}
_NAMES |= {"soft_max_mean": "softmax"}
# The unusual conventions for a maximum at a tie are told from the usual one.
_TIES = {"max_mean": "mean", "max_each": "each"}


def outline(nodes: Sequence[FormulaNode], language: str) -> tuple[Outline, ...]:
    """Return the sizes of the nodes for the layout."""
    return tuple(_outline(node, language) for node in nodes)


def sign_of(tree: Apply) -> tuple[Run, ...]:
    """Return what stands in the box of an operation: + × ÷ sin, x²."""
    exponent = fixed_exponent(tree)
    if exponent is not None:
        return (Run("x", "italic"), Run(exponent.text.replace("-", "−"), "sup"))
    if tree.operation == "power":
        return (Run("x", "italic"), Run("y", "sup"))
    if tree.operation == "sum":
        return (Run(_sign_of_sum(tree.signs)),)
    if tree.operation in _TIES:
        return (Run("max"), Run(_TIES[tree.operation], "sub"))
    row = ACTIVATIONS.get(tree.operation)
    if row is not None:
        return (Run(row.name_text or row.name),)
    name = _NAMES.get(tree.operation, tree.operation)
    return (Run(_SIGNS.get(tree.operation, name)),)


def number_text(tree: Number, language: str) -> tuple[Run, ...]:
    """Return a number of the formula."""
    return (Run(printed_number(tree, language).text),)


def derivative_runs(result: str, name: str, value: str) -> tuple[Run, ...]:
    """Return "∂F/∂x = 0.5"."""
    bottom = (Run("∂", "italic"), *name_runs(name))
    return (Run("∂", "italic"), *name_runs(result), Run("/"), *bottom, Run(f" = {value}"))


def _sign_of_sum(signs: Sequence[int]) -> str:
    if len(signs) == 1:
        return "="
    if all(sign > 0 for sign in signs):
        return "+"
    return "−" if tuple(signs) == (1, -1) else "±"


def _outline(node: FormulaNode, language: str) -> Outline:
    if node.tree is None:
        return Outline(2 * RADIUS, 2 * RADIUS, 0.0, LINE, (), is_number=False)
    if isinstance(node.tree, Number):
        width = label_width(number_text(node.tree, language), NUMBER_SIZE) + 2 * _NUMBER_PADDING
        above = LINE if node.name else 0.0
        return Outline(max(width, NUMBER_HEIGHT), NUMBER_HEIGHT, above, 0.0, (), is_number=True)
    return Outline(BOX_WIDTH, BOX_HEIGHT, LINE, LINE, node.inputs, is_number=False)
