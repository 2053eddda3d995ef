"""The shapes of one node of a computation graph at one moment."""

from __future__ import annotations

from typing import NamedTuple

from explainer.maths.formula_nodes import FormulaNode
from explainer.maths.numbers import shown
from explainer.maths.trees import Apply, Number
from explainer.pages.page import Reference
from explainer.render.drawing.formula_nodes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    LINE,
    NUMBER_HEIGHT,
    NUMBER_SIZE,
    RADIUS,
    derivative_runs,
    number_text,
    outline,
    sign_of,
)
from explainer.render.drawing.highlight import Highlight, Look
from explainer.render.drawing.wording import fitted, fitted_number, name_runs
from explainer.render.shapes import Box, Circle, Label, Run, Shape
from explainer.trace.moment import Moment

_SYMBOL_SIZE = 20.0
_VALUE_SIZE = 16.0
_NAME_SIZE = 14.0
_NOTE_SIZE = 12.5
# Baselines under the middle: of a sign alone, of one over a value, of the value.
_ALONE, _OVER, _UNDER = 6.5, -6.5, 18.5
# From the middle of a line of small text to its baseline.
_DROP = 4.5
_PADDING = 12.0
_NOTE_ROOM = 150.0
_CORNER = 13.0


class Blackboard(NamedTuple):
    """What all nodes of a drawing share; `digits` are those of the graph, `result` is the name of the result."""

    moment: Moment
    highlight: Highlight
    digits: int
    language: str
    result: str

    def number(self, value: float) -> str:
        """Return a number as the graph shows it."""
        return shown(value, self.digits, self.language)


def variable_shapes(board: Blackboard, node: FormulaNode, x: float, y: float) -> list[Shape]:
    """Return a variable: its circle, symbol, value and derivative."""
    look, reference = board.highlight.neuron(node.name), Reference("neuron", node.name)
    circle = Circle(
        f"circle:{node.name}", x, y, RADIUS, look.tone, look.factor, look.active, reference
    )
    room = 2 * RADIUS - _PADDING
    symbol = name_runs(node.name)
    return [
        circle,
        _text("symbol", node.name, x, y + _OVER, symbol, _SYMBOL_SIZE, room, look),
        *_value(board, node.name, x, y, room, look),
        *_derivative(board, node.name, x, y + RADIUS),
    ]


def operation_shapes(
    board: Blackboard, node: FormulaNode, tree: Apply, x: float, y: float, *, is_result: bool
) -> list[Shape]:
    """Return an operation: its box, its sign, its name above, its value and derivative as far as they are known."""
    look, reference = board.highlight.neuron(node.name), Reference("neuron", node.name)
    is_known = node.name in board.moment.values
    box = Box(
        f"box:{node.name}",
        x,
        y,
        BOX_WIDTH,
        BOX_HEIGHT,
        _CORNER,
        look.tone,
        "tint" if is_result and is_known else "paper",
        look.factor,
        look.active,
        reference,
    )
    room = BOX_WIDTH - _PADDING
    drop = _OVER if is_known else _ALONE
    return [
        box,
        _text("symbol", node.name, x, y + drop, sign_of(tree), _SYMBOL_SIZE, room, look),
        *_value(board, node.name, x, y, room, look),
        _name(node.name, x, y - BOX_HEIGHT / 2, look),
        *_derivative(board, node.name, x, y + BOX_HEIGHT / 2),
    ]


def number_shapes(
    board: Blackboard, node: FormulaNode, address: str, tree: Number, x: float, y: float
) -> list[Shape]:
    """Return a number of the formula, small: nobody changes it."""
    look = board.highlight.neuron(address)
    width = outline((node,), board.language)[0].width
    box = Box(
        f"box:{address}",
        x,
        y,
        width,
        NUMBER_HEIGHT,
        NUMBER_HEIGHT / 2,
        look.tone,
        "paper",
        look.factor,
        look.active,
        Reference("neuron", address),
    )
    text = number_text(tree, board.language)
    label = _text("symbol", address, x, y + _DROP + 0.5, text, NUMBER_SIZE, width, look)
    name = [_name(node.name, x, y - NUMBER_HEIGHT / 2, look)] if node.name else []
    return [box, label, *name]


def _name(name: str, x: float, top: float, look: Look) -> Label:
    y = top - LINE / 2 + _DROP
    return _text("name", name, x, y, name_runs(name), _NAME_SIZE, _NOTE_ROOM, look)


def _value(
    board: Blackboard, name: str, x: float, y: float, room: float, look: Look
) -> list[Label]:
    value = board.moment.values.get(name)
    if value is None:
        return []
    runs, size = fitted_number(value, board.digits, board.language, _VALUE_SIZE, room)
    return [_text("value", name, x, y + _UNDER, runs, size, room, look)]


def _derivative(board: Blackboard, name: str, x: float, bottom: float) -> list[Label]:
    value = board.moment.deltas.get(name)
    if value is None:
        return []
    runs = derivative_runs(board.result, name, board.number(value))
    y, look = bottom + LINE / 2 + _DROP, board.highlight.delta(name)
    return [_text("delta", name, x, y, runs, _NOTE_SIZE, _NOTE_ROOM, look)]


def _text(
    kind: str,
    address: str,
    x: float,
    y: float,
    runs: tuple[Run, ...],
    size: float,
    room: float,
    look: Look,
) -> Label:
    fitting, fitting_size = fitted(runs, size, room)
    return Label(
        f"{kind}:{address}",
        x,
        y,
        fitting,
        fitting_size,
        look.text,
        factor=look.factor,
        active=look.active,
        reference=Reference("neuron", address),
    )
