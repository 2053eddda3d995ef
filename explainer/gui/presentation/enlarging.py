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

from explainer.gui.presentation.frames import (
    AIR,
    Frame,
    Holder,
    frame_of,
    label_frame,
    moved,
    overlap,
    shifted,
    width_of,
)
from explainer.gui.presentation.headers import with_short_headers
from explainer.render.shapes import Box, Circle, Drawing, Label, Shape, Underline

# A box this high or less holds one line, and is there for it.
_ONE_LINE = 44.0
# Room round a line in its box, px and in em of the line.
_PADDING, _LINE_HEIGHT = 9.0, 1.42
_ON_EDGES = ("pill:", "badge:")
_BADGE_PARTS = ("badge", "badgetext", "underline")


def smallest_type(drawing: Drawing) -> float:
    """Return the size of the smallest label, without scripts; 0 where there is none."""
    return min((shape.size for shape in drawing.shapes if isinstance(shape, Label)), default=0.0)


def enlarged(drawing: Drawing, least: float) -> Drawing:
    """Return a drawing none of whose labels is smaller than `least`."""
    if not 0 < smallest_type(drawing) < least:
        return drawing
    drawing = with_short_headers(drawing, least)
    plan = _planned(drawing, least)
    return replace(drawing, shapes=tuple(_grown(shape, plan) for shape in drawing.shapes))


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
        if isinstance(shape, Circle | Box) and _may_hold(shape)
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
    grown = {key: shifted(shape, moves.get(key, (0.0, 0.0))) for key, shape in grown.items()}
    words = [one for one in drawing.shapes if isinstance(one, Label) and one.key not in inside]
    grown = _with_free_pills(drawing, grown, _standing(words, moves, least))
    moves |= _ways_below_names(words, holders, grown, moves, least)
    moves |= _ways_of_badges(drawing, grown, _standing(words, moves, least))
    return _Plan(least, holders, inside, grown, moves)


def _standing(
    words: Sequence[Label], moves: Mapping[str, tuple[float, float]], least: float
) -> list[Frame]:
    """Return where words that stand in nothing come to stand."""
    return [
        moved(label_frame(one, max(one.size, least)), *moves.get(one.key, (0.0, 0.0)))
        for one in words
    ]


def _may_hold(shape: Holder) -> bool:
    return isinstance(shape, Circle) or shape.height <= _ONE_LINE or shape.key == "error"


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


def _is_badge(key: str) -> bool:
    return key.partition(":")[0] == "badge"


def _ways_out(
    drawing: Drawing,
    before: Mapping[str, Holder],
    grown: Mapping[str, Holder],
    inside: Mapping[str, str],
    least: float,
) -> dict[str, tuple[float, float]]:
    """Return how far what stands over or under a circle (or the error) moves, so that it stands there still."""
    centres = [
        (before[key], shape)
        for key, shape in grown.items()
        if isinstance(shape, Circle) or key == "error"
    ]
    found: dict[str, tuple[float, float]] = {}
    for shape in drawing.shapes:
        if isinstance(shape, Label) and shape.key not in inside:
            old, new = label_frame(shape), label_frame(shape, max(shape.size, least))
        elif isinstance(shape, Box) and shape.key in grown and not _is_badge(shape.key):
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
        if isinstance(shape, Box) and key.partition(":")[0] not in ("pill", "badge", "error")
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


def _with_free_pills(
    drawing: Drawing, grown: Mapping[str, Holder], words: Sequence[Frame]
) -> dict[str, Holder]:
    """Return the grown shapes with those pills moved that would lie on a circle or a name, and clear of words."""
    taken = [frame_of(shape) for key, shape in grown.items() if not key.startswith(_ON_EDGES)]
    found = dict(grown)
    for key, shape in grown.items():
        frame = frame_of(shape)
        if key.startswith("pill:") and any(overlap(frame, other) for other in taken):
            others = [frame_of(one) for other, one in found.items() if other != key]
            found[key] = shifted(shape, _free(frame, [*others, *words], drawing))
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


def _ways_of_badges(
    drawing: Drawing, grown: Mapping[str, Holder], labels: Sequence[Frame]
) -> dict[str, tuple[float, float]]:
    """Return how far each badge moves so that it lies on nothing."""
    taken = [frame_of(shape) for key, shape in grown.items() if not _is_badge(key)]
    taken += labels
    found: dict[str, tuple[float, float]] = {}
    for key, shape in grown.items():
        if _is_badge(key):
            move = _free(frame_of(shape), taken, drawing)
            found[key] = move
            taken.append(moved(frame_of(shape), *move))
    return found


def _free(frame: Frame, taken: Sequence[Frame], drawing: Drawing) -> tuple[float, float]:
    """Return the shortest move, of those tried, to where nothing is; none where there is no such place."""
    step = (frame[3] - frame[1]) / 4
    ways = ((0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1), (1, 0), (-1, 0))
    tried = [
        (across * distance * step, down * distance * step)
        for distance in range(14)
        for across, down in ways
    ]
    for move in tried:
        place = moved(frame, *move)
        inside = min(place[:2]) >= 0 and place[2] <= drawing.width and place[3] <= drawing.height
        if inside and not any(overlap(place, other) for other in taken):
            return move
    return (0.0, 0.0)


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
