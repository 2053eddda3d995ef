"""A layered lesson as matrices at one moment, layer below layer; rows are the samples of the batch.

Keys: `matrix:W1` is the frame of a matrix, `letter:W1` and `rule:W1` stand over it, `row:W1 N` and `column:W1 N` name its lines,
`sign:W1` stands before it. A number has the key it has in the graph of neurons where it can be edited (`weight:S>T`,
`biastext:ID`, `value:ID`, `target:ID`), else `entry:MATRIX ROW COLUMN`; `cell:` and the same is the ground of a bright one. `layer:N` names a
layer. A lesson without layers is told why in `reason:N`.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Lesson, text_in
from explainer.messages import Message, message, translate
from explainer.pages.page import Badge
from explainer.render.drawing.headers import header_texts
from explainer.render.drawing.matrix_entries import MatrixEntries
from explainer.render.drawing.matrix_form import Line
from explainer.render.drawing.matrix_shapes import (
    ABOVE,
    SIGN_WIDTH,
    MatrixPlace,
    MatrixShapes,
    size_of,
)
from explainer.render.metrics import label_width
from explainer.render.shapes import Drawing, Label, Run, Shape
from explainer.trace.layered import why_not_layered
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass

_MARGIN_X, _MARGIN_Y = 44.0, 34.0
_HEADER_SIZE, _TRACKING = 12.5, 0.55
_HEADER_HEIGHT = 30.0
_LINE_GAP, _BLOCK_GAP = 20.0, 34.0
_MATRIX_GAP = 34.0
# Where a line that is too wide is broken; a sum or a product only if its parts are still too wide.
_BREAK_BEFORE = (("", "=", "→"), ("+",), ("·",))
_REASON_SIZE, _REASON_WIDTH, _REASON_LINE = 16.0, 460.0, 25.0


def draw_matrices(
    lesson: Lesson,
    moment: Moment,
    one_pass: Pass | None,
    *,
    digits: int,
    language: str,
    badges: tuple[Badge, ...] = (),
    widest: float = math.inf,
) -> Drawing:
    """Return the matrices of a lesson; one that has no layers says why, or where its matrices are.

    An equation that is wider than `widest` goes on in the next line.
    """
    title = text_in(lesson.title, language)
    reason = _told_elsewhere(lesson) or why_not_layered(lesson)
    if reason is not None:
        return _told(translate(reason, language), title)
    entries = MatrixEntries(lesson, moment, one_pass, language)
    painter = MatrixShapes(entries.lit.cells, moment, digits, language, badges)
    shapes: list[Shape] = []
    width, y = 0.0, _MARGIN_Y
    for number, (header, lines) in enumerate(_blocks(lesson, entries, language), start=1):
        shapes.append(_header(f"layer:{number}", header, y))
        y += _HEADER_HEIGHT
        for line in (part for whole in lines for part in _broken(whole, widest)):
            right, y = _add(shapes, painter, line, y)
            width = max(width, right)
            y += _LINE_GAP
        y += _BLOCK_GAP - _LINE_GAP
    return Drawing(width + _MARGIN_X, y - _BLOCK_GAP + _MARGIN_Y, tuple(shapes), title)


def _told_elsewhere(lesson: Lesson) -> Message | None:
    """Return where the rules of matrices are told that a formula spells out; None where it spells out none."""
    if lesson.expression is None:
        return None
    # Imported here: the first frame of a network does without.
    from explainer.trace.matrix_rules import matrix_rules

    formula, given = lesson.expression.formula, frozenset(lesson.expression.values)
    if not matrix_rules(formula, given).found:
        return None
    return message("The matrices of this formula stand in the derivation.")


def _blocks(
    lesson: Lesson, entries: MatrixEntries, language: str
) -> Iterator[tuple[str, list[Line]]]:
    """Yield the layers with their lines, then the error."""
    headers = header_texts(lesson.network, _columns(lesson), language)
    for layer in entries.layers:
        header = headers[layer.number] if layer.number < len(headers) else ""
        lines = [entries.forward(layer)]
        if _goes_back(lesson):
            lines.append(entries.backward(layer))
        yield header, lines
    yield translate(message("Error"), language).upper(), [entries.errors()]


def _columns(lesson: Lesson) -> dict[str, int]:
    """Return the layer of each neuron, wherever it is pinned."""
    columns = drawn_columns(lesson.network)
    if any(neuron.at is not None for neuron in lesson.network.neurons):
        # Imported here: most lessons leave the places to the layout.
        from explainer.lesson.layers import depths

        columns = depths(lesson.network)
    return columns


def _goes_back(lesson: Lesson) -> bool:
    """Tell whether the lesson learns by its gradient; the perceptron's rule and Hebb's have none."""
    # Imported here: the first frame does without the tables of rules.
    from explainer.maths.updates import LEARNING_RULES

    rule = LEARNING_RULES.get(lesson.update.choice.name)
    return rule is None or rule.follows_gradient


def _broken(
    line: Line, widest: float, signs: Sequence[Container[str]] = _BREAK_BEFORE
) -> Iterator[Line]:
    """Yield a line in parts that fit, as far as it can be broken."""
    if not signs or _width(line) <= widest:
        yield line
        return
    held, *others = _unbroken(line, signs[0])
    for part in others:
        longer = Line(held.matrices + part.matrices, held.signs + part.signs)
        if _width(longer) > widest:
            yield from _broken(held, widest, signs[1:])
            held = part
        else:
            held = longer
    yield from _broken(held, widest, signs[1:])


def _unbroken(line: Line, signs: Container[str]) -> Iterator[Line]:
    """Yield a line broken before each of these signs."""
    starts = [at for at, sign in enumerate(line.signs) if not at or sign in signs]
    for start, end in pairwise([*starts, len(line.signs)]):
        yield Line(line.matrices[start:end], line.signs[start:end])


def _width(line: Line) -> float:
    """Return the width of a drawing of this line alone."""
    pairs = zip(line.matrices, line.signs, strict=True)
    return 2 * _MARGIN_X + sum(
        _before(sign, is_first=not place) + size_of(matrix).whole
        for place, (matrix, sign) in enumerate(pairs)
    )


def _before(sign: str, *, is_first: bool) -> float:
    """Return the room before a matrix of a line; a line that goes on begins with its sign."""
    if is_first and not sign:
        return 0.0
    return SIGN_WIDTH if sign else _MATRIX_GAP


def _add(shapes: list[Shape], painter: MatrixShapes, line: Line, top: float) -> tuple[float, float]:
    """Add a line of matrices; return how far right and down it reaches."""
    sizes = [size_of(matrix) for matrix in line.matrices]
    tallest = max(size.height for size in sizes)
    x = _MARGIN_X
    for matrix, sign, size in zip(line.matrices, line.signs, sizes, strict=True):
        x += _before(sign, is_first=x == _MARGIN_X)
        place = MatrixPlace(x, top + ABOVE + (tallest - size.height) / 2, size)
        shapes += painter.shapes(matrix, place, sign)
        x += size.whole
    return x, top + ABOVE + tallest


def _header(key: str, text: str, y: float) -> Label:
    return Label(
        key,
        _MARGIN_X,
        y + 10,
        (Run(text),),
        _HEADER_SIZE,
        "quiet",
        True,
        "start",
        tracking=_TRACKING,
    )


def _told(sentence: str, title: str) -> Drawing:
    """Return a drawing that holds one sentence, in lines of a readable width."""
    lines: list[str] = []
    for word in sentence.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and label_width((Run(longer),), _REASON_SIZE) <= _REASON_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    height = 2 * _MARGIN_Y + len(lines) * _REASON_LINE
    width = _REASON_WIDTH + 2 * _MARGIN_X
    shapes = tuple(
        Label(
            f"reason:{number}",
            width / 2,
            _MARGIN_Y + (number + 0.7) * _REASON_LINE,
            (Run(line),),
            _REASON_SIZE,
            "plain",
        )
        for number, line in enumerate(lines)
    )
    return Drawing(width, height, shapes, title)
