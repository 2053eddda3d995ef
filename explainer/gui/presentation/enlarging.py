"""A drawing for the back row: its words set larger than its distances, and what they stand in grows with them.

Laid out for a window, the words of a graph that fills a projector's picture are still too small. So labels below a
size are set at that size; pills, badges and circles grow as far as their words need, around their own centres; what
stands over or under a circle makes room for it; and badges that would then lie on something move away from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import NamedTuple

from msgspec.structs import replace

from explainer.gui.presentation.cards import with_cards
from explainer.gui.presentation.frames import (
    AIR,
    Frame,
    Holder,
    frame_of,
    label_frame,
    moved,
    shifted,
    width_of,
)
from explainer.gui.presentation.headers import with_short_headers, with_short_operations
from explainer.gui.presentation.room import (
    is_badge,
    is_node,
    may_hold,
    ways_of_badges,
    with_free_pills,
)
from explainer.render.shapes import Box, Circle, Drawing, Label, Shape, Underline

# Room round a line in its box, px and in em of the line.
_PADDING, _LINE_HEIGHT = 9.0, 1.42
_LOOSE = ("pill", "slope", "badge")
_BADGE_PARTS = ("badge", "badgetext", "underline")


def smallest_type(drawing: Drawing) -> float:
    """Return the size of the smallest label, without scripts; 0 where there is none."""
    return min((shape.size for shape in drawing.shapes if isinstance(shape, Label)), default=0.0)


def enlarged(drawing: Drawing, least: float) -> Drawing:
    """Return a drawing none of whose labels is smaller than `least`."""
    if not 0 < smallest_type(drawing) < least:
        return drawing
    drawing = with_short_operations(with_short_headers(drawing, least))
    plan = _planned(drawing, least)
    shapes = tuple(_grown(shape, plan) for shape in drawing.shapes)
    return with_cards(replace(drawing, shapes=shapes))


class _Plan(NamedTuple):
    """What becomes of a drawing: which shape each label stands in, the grown shapes, how far others move."""

    least: float
    before: Mapping[str, Holder]
    inside: Mapping[str, str]
    grown: Mapping[str, Holder]
    moves: Mapping[str, tuple[float, float]]


def _planned(drawing: Drawing, least: float) -> _Plan:
    holders: dict[str, Holder] = {
        shape.key: shape
        for shape in drawing.shapes
        if isinstance(shape, Circle | Box) and may_hold(shape)
    }
    inside: dict[str, str] = {}
    held: dict[str, list[Label]] = {}
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            holder = _holder(shape, tuple(holders.values()))
            if holder is not None:
                inside[shape.key] = holder
                held.setdefault(holder, []).append(shape)
    grown = {key: _fitted(holders[key], labels, least) for key, labels in held.items()}
    moves = _ways_out(drawing, holders, grown, inside, least)
    moves |= _ways_below_boxes(holders, grown, moves)
    grown = {key: shifted(shape, moves.get(key, (0.0, 0.0))) for key, shape in grown.items()}
    words = [one for one in drawing.shapes if isinstance(one, Label) and one.key not in inside]
    grown = with_free_pills(drawing, grown, _standing(words, moves, least))
    moves |= _ways_below_names(words, holders, grown, moves, least)
    moves |= ways_of_badges(drawing, grown, _standing(words, moves, least))
    return _Plan(least, holders, inside, grown, moves)


def _standing(
    words: Sequence[Label], moves: Mapping[str, tuple[float, float]], least: float
) -> list[Frame]:
    """Return where words that stand in nothing come to stand."""
    return [
        moved(label_frame(one, max(one.size, least)), *moves.get(one.key, (0.0, 0.0)))
        for one in words
    ]


def _holder(label: Label, holders: Sequence[Holder]) -> str | None:
    """Return the key of the smallest shape that a label stands in."""
    left, top, right, bottom = label_frame(label)
    x, y = (left + right) / 2, (top + bottom) / 2
    around = [
        (shape.radius * 2 if isinstance(shape, Circle) else shape.height, shape.key)
        for shape in holders
        for x0, y0, x1, y1 in [frame_of(shape)]
        if x0 <= x <= x1 and y0 <= y <= y1
    ]
    return min(around)[1] if around else None


def _fitted(holder: Holder, labels: Sequence[Label], least: float) -> Holder:
    """Return a shape as large as its words need at their new size."""
    if isinstance(holder, Circle):
        needed = [_reach(label, holder, least) for label in labels]
        return replace(holder, radius=max(holder.radius, *needed))
    if holder.key == "error":
        factor = max(1.0, *(least / label.size for label in labels))
        return replace(holder, width=holder.width * factor, height=holder.height * factor)
    size = max(max(label.size, least) for label in labels)
    width = max(width_of(label, max(label.size, least)) for label in labels) + 2 * _PADDING
    height = max(holder.height, _LINE_HEIGHT * size)
    corner = holder.corner * height / holder.height
    return replace(holder, width=max(holder.width, width), height=height, corner=corner)


def _reach(label: Label, circle: Circle, least: float) -> float:
    """Return how far from the centre of a circle the words in it reach at their new size."""
    size = max(label.size, least)
    down = (label.y - circle.y) * size / label.size
    farthest = max(abs(down), abs(down - 0.72 * size))
    return hypot(width_of(label, size) / 2, farthest) + 2


def _ways_out(
    drawing: Drawing,
    before: Mapping[str, Holder],
    grown: Mapping[str, Holder],
    inside: Mapping[str, str],
    least: float,
) -> dict[str, tuple[float, float]]:
    """Return how far what stands over or under a circle (or a box as high) moves, so that it stands there still."""
    centres: list[tuple[Holder, Holder]] = [
        (before[key], shape)
        for key, shape in grown.items()
        if isinstance(shape, Circle) or key == "error"
    ]
    # These are large enough for their words, but what stands at them grows all the same.
    high = [one for one in drawing.shapes if isinstance(one, Box) and is_node(one)]
    centres += [(one, one) for one in high]
    found: dict[str, tuple[float, float]] = {}
    for shape in drawing.shapes:
        if isinstance(shape, Label) and shape.key not in inside:
            old, new = label_frame(shape), label_frame(shape, max(shape.size, least))
        elif isinstance(shape, Box) and shape.key in grown and not is_badge(shape.key):
            old, new = frame_of(shape), frame_of(grown[shape.key])
        else:
            continue
        for small, large in centres:
            if shape.key.partition(":")[0] == "pill" or shape.key == small.key:
                continue
            move = _way_out(old, new, frame_of(small), frame_of(large))
            if move:
                found[shape.key] = (0.0, move)
                break
    return found


def _ways_below_boxes(
    before: Mapping[str, Holder],
    grown: Mapping[str, Holder],
    moves: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[float, float]]:
    """Return how far down boxes move in all that stand under another one, which now reaches farther down."""
    boxes = [(key, one) for key, one in grown.items() if _is_attached(key, one)]
    found: dict[str, tuple[float, float]] = {}
    above: list[tuple[Frame, Frame]] = []
    for key, shape in sorted(boxes, key=lambda each: before[each[0]].y):
        old, so_far = frame_of(before[key]), moves.get(key, (0.0, 0.0))[1]
        new = moved(frame_of(shape), 0.0, so_far)
        further = max((_way_out(old, new, small, large) for small, large in above), default=0.0)
        if further > 0:
            found[key] = (0.0, so_far + further)
        above.append((old, moved(new, 0.0, max(further, 0.0))))
    return found


def _is_attached(key: str, shape: Holder) -> bool:
    """Tell whether a shape is a box that hangs at a neuron: a bias, the name of what it does."""
    return isinstance(shape, Box) and key.partition(":")[0] not in (*_LOOSE, "error")


def _ways_below_names(
    words: Sequence[Label],
    before: Mapping[str, Holder],
    grown: Mapping[str, Holder],
    moves: Mapping[str, tuple[float, float]],
    least: float,
) -> dict[str, tuple[float, float]]:
    """Return how far words move in all that stood under a bias or a name, which now reaches farther down."""
    names = [
        (frame_of(before[key]), frame_of(shape))
        for key, shape in grown.items()
        if _is_attached(key, shape)
    ]
    found: dict[str, tuple[float, float]] = {}
    for shape in sorted(words, key=lambda one: one.y):
        old = label_frame(shape)
        so_far = moves.get(shape.key, (0.0, 0.0))[1]
        new = moved(label_frame(shape, max(shape.size, least)), 0.0, so_far)
        further = max((_way_out(old, new, small, large) for small, large in names), default=0.0)
        further = max(further, 0.0)
        if further:
            found[shape.key] = (0.0, so_far + further)
        # What stands under these words in its turn keeps clear of them.
        names.append((old, moved(new, 0.0, further)))
    return found


def _way_out(old: Frame, new: Frame, small: Frame, large: Frame) -> float:
    """Return how far something that stood clear of a frame moves up or down to be clear of the larger one."""
    if new[0] >= large[2] or large[0] >= new[2]:
        return 0.0
    slack = 9.0
    if old[3] <= small[1] + slack:
        return min(large[1] - AIR - new[3], 0.0)
    if old[1] >= small[3] - slack:
        return max(large[3] + AIR - new[1], 0.0)
    return 0.0


def _grown(shape: Shape, plan: _Plan) -> Shape:
    kind, _, rest = shape.key.partition(":")
    badge = f"badge:{rest}" if kind in _BADGE_PARTS else ""
    move = plan.moves.get(badge, (0.0, 0.0))
    if isinstance(shape, Circle | Box):
        return shifted(plan.grown.get(shape.key, shape), move)
    if isinstance(shape, Label):
        size = max(shape.size, plan.least)
        holder = plan.inside.get(shape.key)
        tracking = shape.tracking * size / shape.size
        if holder is None:
            across, down = plan.moves.get(shape.key, (0.0, 0.0))
            return replace(
                shape, x=shape.x + across, y=shape.y + down, size=size, tracking=tracking
            )
        old, new = plan.before[holder], plan.grown[holder]
        x = new.x + (shape.x - old.x) * size / shape.size + move[0]
        y = new.y + (shape.y - old.y) * size / shape.size + move[1]
        return replace(shape, x=x, y=y, size=size, tracking=tracking)
    if isinstance(shape, Underline) and badge in plan.grown:
        old, new = plan.before[badge], plan.grown[badge]
        factor = max(1.0, plan.least / 13.0)
        x = new.x + (shape.x - old.x) * factor + move[0]
        y = new.y + (shape.y - old.y) * factor + move[1]
        return replace(shape, x=x, y=y, width=shape.width * factor)
    return shape
