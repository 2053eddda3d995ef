"""Room for what has grown: pills along their edges, badges around their places, both clear of everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from explainer.gui.presentation.frames import Frame, Holder, frame_of, moved, overlap, shifted
from explainer.render.shapes import Box, Circle, Curve, Drawing, point_at

# A box this high or less holds one line, and is there for it.
_ONE_LINE = 44.0
_MOVABLE = ("pill:", "slope:")
_ON_EDGES = (*_MOVABLE, "badge:")
# How far away a free place is looked for, in quarters of what is moved.
_FARTHEST = 14
# In these directions, the likeliest first.
_WAYS = (
    *((0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1), (1, 0), (-1, 0)),
    *((-2, -1), (2, -1), (-2, 1), (2, 1)),
)
# In so many places of its edge a pill may stand.
_PLACES = 24


def may_hold(shape: Holder) -> bool:
    """Tell whether a shape grows with the words in it."""
    return isinstance(shape, Circle) or shape.height <= _ONE_LINE or shape.key == "error"


def is_node(box: Box) -> bool:
    """Tell whether a box is a node of a formula or of a computation, with its words inside."""
    return box.key.partition(":")[0] == "box" and not may_hold(box)


def is_badge(key: str) -> bool:
    """Tell whether a key is that of the box of a badge."""
    return key.partition(":")[0] == "badge"


def with_free_pills(
    drawing: Drawing, grown: Mapping[str, Holder], words: Sequence[Frame]
) -> dict[str, Holder]:
    """Return the grown shapes with those pills moved that would lie on a circle, a name or words."""
    taken = [frame_of(shape) for key, shape in grown.items() if not key.startswith(_ON_EDGES)]
    nodes = [frame_of(one) for one in drawing.shapes if isinstance(one, Box) and is_node(one)]
    taken += [*words, *nodes]
    found = dict(grown)
    for key, shape in grown.items():
        frame = frame_of(shape)
        if key.startswith(_MOVABLE) and any(overlap(frame, other) for other in taken):
            others = [frame_of(one) for other, one in found.items() if other != key]
            others += [*words, *nodes]
            move = _along_edge(shape, others, drawing) or _free(frame, others, drawing)
            found[key] = shifted(shape, move)
    return found


def _along_edge(
    pill: Holder, taken: Sequence[Frame], drawing: Drawing
) -> tuple[float, float] | None:
    """Return the shortest move along its edge to where nothing is; None where there is no such place."""
    edge = next(
        (
            one
            for one in drawing.shapes
            if isinstance(one, Curve) and one.reference == pill.reference
        ),
        None,
    )
    if edge is None or pill.reference is None:
        return None
    points = (point_at(edge.points, place / _PLACES) for place in range(2, _PLACES - 1))
    moves = sorted(((x - pill.x, y - pill.y) for x, y in points), key=lambda move: hypot(*move))
    frame = frame_of(pill)
    return next(
        (move for move in moves if not any(overlap(moved(frame, *move), other) for other in taken)),
        None,
    )


def ways_of_badges(
    drawing: Drawing, grown: Mapping[str, Holder], labels: Sequence[Frame]
) -> dict[str, tuple[float, float]]:
    """Return how far each badge moves so that it lies on nothing."""
    taken = [frame_of(shape) for key, shape in grown.items() if not is_badge(key)]
    taken += labels
    taken += [frame_of(one) for one in drawing.shapes if isinstance(one, Box) and is_node(one)]
    found: dict[str, tuple[float, float]] = {}
    for key, shape in grown.items():
        if is_badge(key):
            move = _free(frame_of(shape), taken, drawing)
            found[key] = move
            taken.append(moved(frame_of(shape), *move))
    return found


def _free(frame: Frame, taken: Sequence[Frame], drawing: Drawing) -> tuple[float, float]:
    """Return the shortest move, of those tried, to where nothing is; none where there is no such place."""
    step = (frame[3] - frame[1]) / 4
    tried = [
        (across * distance * step, down * distance * step)
        for distance in range(_FARTHEST)
        for across, down in _WAYS
    ]
    for move in tried:
        place = moved(frame, *move)
        inside = min(place[:2]) >= 0 and place[2] <= drawing.width and place[3] <= drawing.height
        if inside and not any(overlap(place, other) for other in taken):
            return move
    return (0.0, 0.0)
