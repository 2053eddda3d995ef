"""Where the things of a drawing lie, and which of them lie upon each other."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from math import hypot
from typing import NamedTuple

from explainer.render.metrics import ASCENT, DESCENT, label_width
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Points, Shape, point_at

# What a label or a card belongs to, by the first word of its key: it may lie on that.
OWNERS = {
    "symbol": "circle",
    "value": "circle",
    "weight": "pill",
    "biastext": "bias",
    "badgetext": "badge",
    "sumtext": "sum",
    "softmaxtext": "softmax",
    "normalisetext": "normalise",
    "activationtext": "activation",
    "dropouttext": "dropout",
    "slopetext": "slope",
}


class Area(NamedTuple):
    """A rectangle, or a circle where `radius` is not 0 (then around its middle)."""

    key: str
    left: float
    top: float
    right: float
    bottom: float
    radius: float = 0.0

    def inside(self, other: Area) -> bool:
        """Tell whether this lies in another area."""
        if other.radius:
            x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
            corners = ((a, b) for a in (self.left, self.right) for b in (self.top, self.bottom))
            return all((a - x) ** 2 + (b - y) ** 2 <= other.radius**2 for a, b in corners)
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def overlaps(self, other: Area) -> bool:
        """Tell whether the two areas share more than an edge."""
        if self.radius and other.radius:
            x = (self.left + self.right - other.left - other.right) / 2
            y = (self.top + self.bottom - other.top - other.bottom) / 2
            return x * x + y * y < (self.radius + other.radius) ** 2
        if self.radius or other.radius:
            circle, box = (self, other) if self.radius else (other, self)
            x, y = (circle.left + circle.right) / 2, (circle.top + circle.bottom) / 2
            near_x = min(max(x, box.left), box.right)
            near_y = min(max(y, box.top), box.bottom)
            return (x - near_x) ** 2 + (y - near_y) ** 2 < circle.radius**2
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def area_of(shape: Shape) -> Area | None:
    """Return where a circle, box or label lies; None for lines."""
    if isinstance(shape, Circle):
        r = shape.radius
        return Area(shape.key, shape.x - r, shape.y - r, shape.x + r, shape.y + r, r)
    if isinstance(shape, Box):
        x, y = shape.width / 2, shape.height / 2
        return Area(shape.key, shape.x - x, shape.y - y, shape.x + x, shape.y + y)
    if isinstance(shape, Label):
        width = label_width(shape.runs, shape.size, shape.bold, shape.tracking)
        left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
        top, bottom = shape.y - ASCENT * shape.size, shape.y + DESCENT * shape.size
        return Area(shape.key, left, top, left + width, bottom)
    return None


def areas(drawing: Drawing) -> dict[str, Area]:
    """Return all areas by key."""
    found = (area_of(shape) for shape in drawing.shapes)
    return {area.key: area for area in found if area is not None}


def owner(key: str, found: Collection[str]) -> str | None:
    """Return the key of what a label stands on; the nodes of a formula are boxes."""
    if key in ("error:symbol", "error:value"):
        return "error"
    first, _, rest = key.partition(":")
    if f"box:{rest}" in found and first in ("symbol", "value"):
        return f"box:{rest}"
    # The numbers of a matrix have the keys of those that are edited in the graph, and stand on no pill.
    on = f"{OWNERS[first]}:{rest}" if first in OWNERS else ""
    return on if on in found else None


def collisions(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs that lie upon each other and should not."""
    found = areas(drawing)
    # Labels on something of their own are looked at by `spilled`, frames by `cut_by_frames`.
    free = [
        area
        for key, area in found.items()
        if owner(key, found) is None and not key.startswith("group:")
    ]
    return [
        (a.key, b.key) for a, b in combinations(free, 2) if a.overlaps(b) and not _one_card(a, b)
    ] + cut_by_frames(drawing)


def cut_by_frames(drawing: Drawing) -> list[tuple[str, str]]:
    """Return what lies neither inside nor outside a frame round a group, its name aside."""
    found = areas(drawing)
    frames = {key: area for key, area in found.items() if key.startswith("group:")}
    return [
        (key, name)
        for key, frame in frames.items()
        for name, area in found.items()
        if name not in (key, *_name_of_frame(key))
        and area.overlaps(frame)
        and not Area(name, *area[1:5]).inside(frame)
    ]


def _name_of_frame(key: str) -> tuple[str, str]:
    rest = key.partition(":")[2]
    return f"softmax:{rest}", f"softmaxtext:{rest}"


def spilled(drawing: Drawing) -> list[str]:
    """Return the labels that run over what they stand on."""
    found = areas(drawing)
    return [
        key
        for key, area in found.items()
        if (on := owner(key, found)) and not area.inside(found[on])
    ]


def outside(drawing: Drawing) -> list[str]:
    """Return what lies outside the drawing."""
    whole = Area("", 0, 0, drawing.width, drawing.height)
    return [key for key, area in areas(drawing).items() if not area.inside(whole)]


def curves_through_circles(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the edges that run through circles they do not belong to."""
    circles = {
        shape.key.partition(":")[2]: shape for shape in drawing.shapes if isinstance(shape, Circle)
    }
    found = []
    for shape in drawing.shapes:
        if isinstance(shape, Curve) and not shape.key.startswith("cross:"):
            # The number of a further piece stands after the ends.
            ends = shape.key.partition(":")[2].partition(" ")[0].split(">")
            for name, circle in circles.items():
                if name not in ends and _distance(shape.points, circle) < circle.radius:
                    found.append((shape.key, circle.key))
    return found


def _distance(points: Points, circle: Circle) -> float:
    samples = (point_at(points, step / 60) for step in range(61))
    return min(hypot(x - circle.x, y - circle.y) for x, y in samples)


def _one_card(a: Area, b: Area) -> bool:
    """Tell whether the two are a pill and the card behind it."""
    first, second = sorted((a.key.partition(":"), b.key.partition(":")), key=lambda key: key[0])
    return second[0] == "tied" and first[2] == second[2]
