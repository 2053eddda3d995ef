"""Set the pieces of a formula: baselines aligned, gaps as in print, broken where a line may break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from explainer.gui.typeset.atoms import Atom, Hue
from explainer.gui.typeset.measure import Extent, maths_extent
from explainer.pages.page import Piece
from explainer.protocol import Picture

# Gaps at 24 px type. A picture has one pixel of air on each side already.
_GAPS = {"relation": 7.0, "operator": 4.5}
_PLAIN_GAP = 1.0
_BRACKET_GAP = -0.5
# A line that is a little too long is set smaller before it is broken.
_SMALLEST_UNBROKEN = 0.84
# Products stay whole down to this size: a sum of products reads best with one product on each line.
_SMALLEST_PRODUCT = 0.66
# What cannot be broken, as a matrix, is set as small as this before it is cut off.
_SMALLEST = 0.25
# A product that has to be broken is set smaller, so that its lines are few.
_BROKEN_PRODUCT = 0.82
_CONTINUATION_INDENT = 24.0
# ∂E/∂w is a name more than a sum: it is set smaller than the numbers beside it, its bar kept on the axis of the
# formula, which lies this far above the baseline.
_DERIVATIVE_SCALE = 0.82
_AXIS = 6.2
_LINE_GAP = 10.0
# Room below a factor for its underline.
_UNDERLINE_ROOM = 7.0


class Line(NamedTuple):
    """One printed line of a formula, from x = 0 and its baseline at 0."""

    atoms: tuple[Atom, ...]
    extent: Extent


class _Level(NamedTuple):
    """Where a line may break."""

    at_products: bool
    in_brackets: bool


_LEVELS = (_Level(False, False), _Level(True, False), _Level(True, True))
_PRODUCTS = {"\\cdot", "\\times"}
_SUM_SIGNS = {"+", "-"}


class _Box(NamedTuple):
    piece: Piece
    gap: float
    extent: Extent
    raised: float
    underline: float


def set_pieces(
    pieces: Sequence[Piece],
    width: float,
    block: int,
    first_line: int,
    pictures: Mapping[str, Picture],
    zoom: float,
) -> tuple[Line, ...]:
    """Return the lines of a formula not wider than `width`.

    A formula up to a fifth too wide is set smaller; a wider one breaks before a relation or a sum's sign, its further
    lines indented, and is set smaller where that keeps every product on a line; if that does not do, it breaks before
    any operator, then even inside brackets. Where a part between two breaks is still too wide, everything is set
    smaller.
    """
    boxes = _boxes(pieces, pictures, zoom)
    total = _width(boxes)
    if total <= width:
        return (_line(boxes, 1.0, 0.0, block, first_line),)
    if total * _SMALLEST_UNBROKEN <= width:
        return (_line(boxes, width / total, 0.0, block, first_line),)
    indent = _CONTINUATION_INDENT * zoom
    for level in _LEVELS:
        segments = _segments(boxes, level)
        widest = max(_width(segment) for segment in segments)
        smallest = 1.0 if level.at_products else _SMALLEST_PRODUCT
        if widest * smallest <= width - indent:
            break
    largest = _BROKEN_PRODUCT if level.at_products else 1.0
    scale = max(_SMALLEST, min(largest, (width - indent) / widest))
    lines: list[Line] = []
    packed = _packed(segments, width / scale, indent / scale, apart=level.at_products)
    for number, group in enumerate(packed):
        lines.append(_line(group, scale, indent if number else 0.0, block, first_line + number))
    return tuple(lines)


def stacked(lines: Sequence[Line], zoom: float) -> tuple[tuple[Atom, ...], Extent]:
    """Put lines under each other; the extent is that of the whole, its baseline the first line's."""
    atoms: list[Atom] = []
    down = 0.0
    below = lines[0].extent.descent
    for number, line in enumerate(lines):
        if number:
            down += below + _LINE_GAP * zoom + line.extent.ascent
            below = line.extent.descent
        atoms.extend(atom.moved(0, down) for atom in line.atoms)
    width = max(line.extent.width for line in lines)
    return tuple(atoms), Extent(width, lines[0].extent.ascent, down + below)


def _boxes(pieces: Sequence[Piece], pictures: Mapping[str, Picture], zoom: float) -> list[_Box]:
    boxes: list[_Box] = []
    before: Piece | None = None
    for piece in pieces:
        if not piece.latex:
            continue
        scale = _DERIVATIVE_SCALE if piece.latex.startswith("\\frac{\\partial") else 1.0
        extent = maths_extent(piece.latex, piece.text, pictures, scale, zoom)
        raised = (1 - scale) * _AXIS * zoom
        below = 0.0 if piece.factor is None else _UNDERLINE_ROOM * zoom
        boxes.append(_Box(piece, _gap(before, piece) * zoom, extent, raised, below))
        before = piece
    return boxes


def _gap(before: Piece | None, piece: Piece) -> float:
    if before is None:
        return 0.0
    if before.kind == "open" or piece.kind == "close":
        return _BRACKET_GAP
    return max(_GAPS.get(before.kind, _PLAIN_GAP), _GAPS.get(piece.kind, _PLAIN_GAP))


def _width(boxes: Sequence[_Box]) -> float:
    return sum(box.extent.width for box in boxes) + sum(box.gap for box in boxes[1:])


def _segments(boxes: Sequence[_Box], level: _Level) -> list[list[_Box]]:
    """Cut before every piece that may start a line; a left side stays with its relation."""
    segments: list[list[_Box]] = [[]]
    depth = 0
    for box in boxes:
        breakable = (
            box.piece.kind in _GAPS
            and (depth == 0 or level.in_brackets)
            and (level.at_products or box.piece.latex not in _PRODUCTS)
        )
        if breakable and segments[-1] and not _is_left_side(segments, box):
            segments.append([])
        segments[-1].append(box)
        depth += {"open": 1, "close": -1}.get(box.piece.kind, 0)
    return segments


def _is_left_side(segments: list[list[_Box]], box: _Box) -> bool:
    return len(segments) == 1 and box.piece.kind == "relation"


def _packed(
    segments: list[list[_Box]], width: float, indent: float, *, apart: bool
) -> list[list[_Box]]:
    """Fill lines with segments; where products are broken (`apart`), each product begins a line of its own."""
    lines: list[list[_Box]] = []
    for segment in segments:
        room = width if len(lines) <= 1 else width - indent
        begins_product = apart and segment[0].piece.latex in _SUM_SIGNS
        if lines and not begins_product and _width([*lines[-1], *segment]) <= room:
            lines[-1].extend(segment)
        else:
            lines.append(list(segment))
    return lines


def _line(boxes: Sequence[_Box], scale: float, left: float, block: int, number: int) -> Line:
    atoms: list[Atom] = []
    x = left
    ascent = descent = 0.0
    for index, box in enumerate(boxes):
        piece = box.piece
        x += box.gap * scale if index else 0.0
        width, above, below = (side * scale for side in box.extent)
        raised = box.raised * scale
        hue: Hue = "ink" if piece.factor is None else "factor"
        atoms.append(
            Atom(
                x,
                -raised,
                width,
                above,
                below,
                piece.text,
                hue,
                block,
                number,
                True,
                "text",
                piece.latex,
                scale,
                piece.factor,
                piece.reference,
            )
        )
        x += width
        ascent = max(ascent, above + raised)
        descent = max(descent, below - raised + box.underline)
    return Line(tuple(atoms), Extent(x, ascent, descent))
