"""What of a graph cannot be read, as its items stand in the view: numbers that leave their pill, words under a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainterPath, QTransform
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem, QWidget

from explainer.gui.canvas.hits import Area, active_area
from explainer.gui.canvas.items import LabelItem
from explainer.gui.canvas.view import GraphCanvas
from explainer.render.shapes import Box, Circle, Curve, Label
from scripts.looking.solid import AIR, Solid

# A curve is looked at in so many places.
_PLACES = 200


class Words(NamedTuple):
    """A label as it is seen: the ink of each of its glyphs, and all of it together."""

    text: str
    ink: tuple[QRectF, ...]
    place: QRectF
    level: int


class Line(NamedTuple):
    """An edge as it is seen, and what lies around it."""

    key: str
    path: QPainterPath
    place: QRectF
    level: int

    def runs_through(self, label: Words) -> bool:
        """Tell whether it strikes a label."""
        # What lies level has no height, and intersects nothing.
        if not self.place.adjusted(-AIR, -AIR, AIR, AIR).intersects(label.place):
            return False
        points = (self.path.pointAtPercent(place / _PLACES) for place in range(_PLACES + 1))
        through = [point for point in points if label.place.contains(point)]
        return any(glyph.contains(point) for point in through for glyph in label.ink)


class SceneFault(NamedTuple):
    """What is wrong (cut, covered, struck through, outside), with which words, and what it is that does so."""

    kind: str
    text: str
    by: str


class Seen(NamedTuple):
    """What can be seen of a graph, in pixels of its viewport; levels count in the order of painting."""

    solids: list[Solid]
    lines: list[Line]
    words: list[Words]


def scene_faults(canvas: GraphCanvas) -> list[SceneFault]:
    """Return everything on a graph that cannot be read where the view stands now."""
    seen = seen_on(canvas)
    found = [*_upon_each_other(seen.words), *_outside(canvas, seen), *_under_strips(canvas, seen)]
    for label in seen.words:
        found += _hidden(label, seen)
    return found


def seen_on(canvas: GraphCanvas) -> Seen:
    """Return the circles, boxes, edges and labels that can be seen."""
    shown, looked_through = canvas.shown, canvas.viewportTransform()
    seen = Seen([], [], [])
    # Where one picture is painted of all of them, their order is that of the drawing.
    keys = sorted(shown.shapes, key=lambda key: shown.items[key].zValue())
    for level, key in enumerate(keys):
        item, shape = shown.items[key], shown.shapes[key]
        if not item.isVisible() or item.opacity() == 0:
            continue
        transform = item.sceneTransform() * looked_through
        if isinstance(item, LabelItem) and isinstance(shape, Label):
            ink = tuple(_ink(item, transform))
            text = "".join(run.text for run in shape.runs).strip()
            if ink:
                seen.words.append(Words(text, ink, _together(ink), level))
        elif isinstance(item, QGraphicsEllipseItem) and isinstance(shape, Circle):
            place = transform.mapRect(item.rect())
            seen.solids.append(Solid(key, place, level, True, _is_filled(item)))
        elif isinstance(item, QGraphicsPathItem) and isinstance(shape, Box):
            place = transform.mapRect(item.path().boundingRect())
            seen.solids.append(Solid(key, place, level, False, _is_filled(item)))
        elif isinstance(item, QGraphicsPathItem) and isinstance(shape, Curve):
            path = transform.map(item.path())
            seen.lines.append(Line(key, path, path.controlPointRect(), level))
    return seen


def _is_filled(item: QGraphicsEllipseItem | QGraphicsPathItem) -> bool:
    return item.brush().style() != Qt.BrushStyle.NoBrush


def _ink(item: LabelItem, transform: QTransform) -> Iterator[QRectF]:
    """Yield where each glyph of a label has ink; spaces have none."""
    for origin, glyphs in item.pieces:
        font = glyphs.rawFont()
        for index, place in zip(glyphs.glyphIndexes(), glyphs.positions(), strict=True):
            box = font.boundingRect(index)
            if not box.isEmpty():
                yield transform.mapRect(box.translated(origin + place))


def _together(ink: Iterable[QRectF]) -> QRectF:
    whole = QRectF()
    for glyph in ink:
        whole = whole.united(glyph)
    return whole


def _upon_each_other(words: list[Words]) -> Iterator[SceneFault]:
    ordered = sorted(words, key=lambda label: label.place.left())
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.place.left() >= one.place.right():
                break
            if any(here.intersects(there) for here in one.ink for there in other.ink):
                yield SceneFault("covered", one.text, other.text)


def _hidden(label: Words, seen: Seen) -> Iterator[SceneFault]:
    """Find what lies above a label, or ends within it with nothing of the label's own in between."""
    near = [solid for solid in seen.solids if solid.touches((label.place,))]
    cards = (s.level for s in near if s.is_filled and s.level < label.level and s.holds(label.ink))
    card = max(cards, default=-1)
    for solid in near:
        if solid.level < card or not solid.touches(label.ink):
            continue
        if not solid.holds(label.ink):
            yield SceneFault("cut", label.text, solid.key)
        elif solid.level > label.level and solid.is_filled:
            yield SceneFault("covered", label.text, solid.key)
    for line in seen.lines:
        if line.level > card and line.runs_through(label):
            yield SceneFault("struck through", label.text, line.key)


def _outside(canvas: GraphCanvas, seen: Seen) -> Iterator[SceneFault]:
    """Find what leaves a view that the user has not moved: of everything, or where there is no room for that of what is spoken of."""
    if not canvas.is_fitted:
        return
    room = QRectF(canvas.viewport().rect()).adjusted(-AIR, -AIR, AIR, AIR)
    drawing, active = canvas.drawing, active_area(canvas.drawing)
    wanted = [(each.key, each.place) for each in seen.solids]
    wanted += [(each.text, each.place) for each in seen.words]
    if not _has_room(_place(canvas, (0.0, 0.0, drawing.width, drawing.height)), room):
        area = () if active is None else (_place(canvas, active),)
        # A projected graph shows no word smaller than can be read, whether all has room or not.
        wanted = [("what the step speaks of", place) for place in area if _has_room(place, room)]
    for text, place in wanted:
        if not room.contains(place):
            yield SceneFault("outside", text, "the view")


def _under_strips(canvas: GraphCanvas, seen: Seen) -> Iterator[SceneFault]:
    """Find words under what lies over a graph until it is answered; what passes by itself may do so."""
    if not canvas.is_fitted:
        return
    drawing, active = canvas.drawing, active_area(canvas.drawing)
    whole = _place(canvas, (0.0, 0.0, drawing.width, drawing.height))
    room = QRectF(canvas.viewport().rect()).adjusted(-AIR, -AIR, AIR, AIR)
    # Where all has no room, the rest is out of sight there as it is over the edges.
    wanted = whole if active is None or room.contains(whole) else _place(canvas, active)
    for strip in canvas.findChildren(QWidget):
        if strip.isVisible() and strip.property("part") == "strip":
            corner = strip.mapTo(canvas, QPoint(0, 0))
            place = QRectF(QRect(corner, strip.size()))
            for label in seen.words:
                if label.place.intersects(place) and label.place.intersects(wanted):
                    yield SceneFault("covered", label.text, "a strip")


def _place(canvas: GraphCanvas, area: Area) -> QRectF:
    left, top, right, bottom = area
    return canvas.viewportTransform().mapRect(QRectF(left, top, right - left, bottom - top))


def _has_room(place: QRectF, room: QRectF) -> bool:
    return place.width() <= room.width() and place.height() <= room.height()
