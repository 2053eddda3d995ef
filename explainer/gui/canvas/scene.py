"""The items on the scene, one for each shape of the drawing, kept from step to step."""

from __future__ import annotations

from collections.abc import Iterable
from operator import is_

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
)

from explainer.gui.canvas.items import LabelItem, Paints, new_item, show, show_halo
from explainer.gui.canvas.lettering import Letters
from explainer.gui.canvas.picture import is_large
from explainer.gui.canvas.sheaf import Sheaf, may_lie_in_sheaf
from explainer.render.shapes import Curve, Drawing, Shape
from explainer.render.strokes import is_straight

# Halos of active curves lie below every shape, what is pointed at between the two.
HALO_LEVEL = -2.0
POINTED_LEVEL = -1.0
# The distance of a shape that comes in between two others, which are 1 apart.
_BETWEEN = 1 / 64


class SceneItems:
    """Keeps the scene equal to a drawing: unchanged shapes cost nothing, changed ones are updated in place.

    It holds the one Python reference to each item.
    """

    def __init__(self, scene: QGraphicsScene, paints: Paints) -> None:
        self._scene = scene
        self._paints = paints
        self.letters = Letters()
        self.sheaf = Sheaf()
        self.items: dict[str, QGraphicsItem] = {}
        self.halos: dict[str, QGraphicsPathItem] = {}
        self.shapes: dict[str, Shape] = {}
        # What the last drawing changed of a large one, as it was and as it is.
        self.touched: tuple[Shape, ...] = ()
        # Of a large drawing: all shapes, also those without an item, and those that a sketch has more.
        self._drawn: tuple[Shape, ...] = ()
        self._all: dict[str, Shape] = {}
        self._new: dict[str, Shape] = {}
        self._levels: dict[str, float] = {}
        self._large = False
        self._keeps = False

    def keep_pixels(self) -> None:
        """Have Qt keep what the items look like from now on; before the first frame that would only take time."""
        self._keeps = True
        for key, item in self.items.items():
            self._keep_pixels(item, self.shapes[key])
        for key, halo in self.halos.items():
            self._keep_pixels(halo, self.shapes[key])

    def show(self, drawing: Drawing, *, sketched: bool = False) -> bool:
        """Bring the scene up to date; return whether anything changed.

        `touched` tells afterwards what; of a sketch, what is new in a large drawing is painted by `paint_new` until the
        next drawing comes that is none.
        """
        self.touched = ()
        if is_large(drawing) is not self._large:
            self._clear()
            self._large = is_large(drawing)
        before, self._drawn = self._drawn, drawing.shapes
        if sketched and self._large and before and all(map(is_, before, drawing.shapes)):
            return self._show_more(drawing.shapes[len(before) :])
        shapes = {shape.key: shape for shape in drawing.shapes}
        if self._large:
            return self._show_in_picture(shapes, sketched)
        changed = len(shapes) != len(self.shapes)
        for key in self.shapes.keys() - shapes.keys():
            self._remove(key)
            changed = True
        levels = self._levels_of(shapes)
        for key, shape in shapes.items():
            item = self.items.get(key)
            if item is not None and self.shapes.get(key) == shape:
                if self._levels[key] != levels[key]:
                    item.setZValue(levels[key])
                    changed = True
                continue
            changed = True
            self._update(key, shape, levels[key])
        self.shapes, self._levels = shapes, levels
        return changed

    def _show_more(self, shapes: tuple[Shape, ...]) -> bool:
        """Take what a sketch has more than the drawing before it, where it has nothing less."""
        for shape in shapes:
            self._all[shape.key] = self._new[shape.key] = self.shapes[shape.key] = shape
            self._update(shape.key, shape, 0.0)
        return bool(shapes)

    def _show_in_picture(self, shapes: dict[str, Shape], sketched: bool) -> bool:
        """Bring a large drawing up to date. Its items are in no scene; its lines have none."""
        before, self._all = self._all, shapes
        touched: list[Shape] = []
        for key in before.keys() - shapes.keys():
            touched.append(before[key])
            self._drop(key)
        if not sketched:
            # What was painted over the picture belongs into it now.
            self._new, renewed = {}, self._new
            touched += renewed.values()
        for key, shape in shapes.items():
            old = before.get(key)
            if old is shape or old == shape:
                continue
            if old is None and sketched:
                self._new[key] = shape
            else:
                touched += (shape,) if old is None else (old, shape)
            self._take(key, shape)
        lines = self.sheaf.keys
        self.shapes = {key: shape for key, shape in shapes.items() if key not in lines}
        self.touched = tuple(touched)
        return bool(touched or self._new)

    def _take(self, key: str, shape: Shape) -> None:
        """Show a shape of a large drawing as a line or as an item of its own."""
        if isinstance(shape, Curve) and key not in self._new and may_lie_in_sheaf(shape):
            if key in self.items:
                self._drop(key)
            self.sheaf.put(key, shape)
        else:
            self.sheaf.drop(key)
            self._update(key, shape, 0.0)

    def _drop(self, key: str) -> None:
        self.sheaf.drop(key)
        self._new.pop(key, None)
        if key in self.items:
            self._remove(key)

    def paint(self, painter: QPainter) -> None:
        """Paint a large drawing, whose items are in no scene, in its own coordinates; what is clipped is left out."""
        option = QStyleOptionGraphicsItem()
        seen = painter.clipBoundingRect() if painter.hasClipping() else None
        for halo in self.halos.values():
            halo.paint(painter, option, None)
        self.sheaf.paint(painter, self._paints, seen)
        self._paint_items(painter, [key for key in self.shapes if key not in self._new], seen)

    def paint_new(self, painter: QPainter) -> None:
        """Paint what a sketch of a large drawing has more than the drawing before it."""
        self._paint_items(painter, self._new)

    def _paint_items(
        self, painter: QPainter, keys: Iterable[str], seen: QRectF | None = None
    ) -> None:
        option = QStyleOptionGraphicsItem()
        for key in keys:
            item = self.items[key]
            if seen is not None and not item.sceneBoundingRect().intersects(seen):
                continue
            if isinstance(item, LabelItem):
                place = item.pos()
                painter.translate(place)
                item.paint(painter, option)
                painter.translate(-place)
            else:
                item.paint(painter, option, None)

    def recolour(self, paints: Paints) -> None:
        """Show the same shapes in another palette."""
        self._paints = paints
        for key, shape in self.shapes.items():
            self._update(key, shape, self._levels.get(key, 0.0))

    def _levels_of(self, shapes: Iterable[str]) -> dict[str, float]:
        """Return how high each shape lies, the later above the earlier.

        They stay where they are where that is right: Qt paints anew what it moves up or down.
        """
        levels: dict[str, float] = {}
        step = _BETWEEN if self._levels else 1.0
        level = 0.0
        for key in shapes:
            before = self._levels.get(key, 0.0)
            level = before if before > level else level + step
            levels[key] = level
        return levels

    def _update(self, key: str, shape: Shape, level: float) -> None:
        item = self.items.get(key)
        if item is not None and type(self.shapes.get(key)) is not type(shape):
            self._remove(key)
            item = None
        if item is None:
            item = self.items[key] = new_item(shape)
            self._keep_pixels(item, shape)
            if not self._large:
                self._scene.addItem(item)
        item.setZValue(level)
        show(item, shape, self._paints, self.letters)
        if isinstance(shape, Curve) and shape.active:
            self._update_halo(key, shape)
        elif key in self.halos:
            self._take_away(self.halos.pop(key))

    def _keep_pixels(self, item: QGraphicsItem, shape: Shape) -> None:
        """Let Qt keep what an item looks like: most stay the same in a step, and copying is faster than painting.

        Not of lines, whose pixels are many and soon painted, nor in a drawing that is shown as one picture.
        """
        if (
            self._keeps
            and not self._large
            and not (isinstance(shape, Curve) and is_straight(shape))
        ):
            item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def _update_halo(self, key: str, curve: Curve) -> None:
        halo = self.halos.get(key)
        if halo is None:
            halo = self.halos[key] = QGraphicsPathItem()
            halo.setZValue(HALO_LEVEL)
            self._keep_pixels(halo, curve)
            if not self._large:
                self._scene.addItem(halo)
        show_halo(halo, curve, self._paints)

    def _remove(self, key: str) -> None:
        self._take_away(self.items.pop(key))
        if key in self.halos:
            self._take_away(self.halos.pop(key))

    def _take_away(self, item: QGraphicsItem) -> None:
        if not self._large:
            self._scene.removeItem(item)

    def _clear(self) -> None:
        """Let go of every item: those of a large drawing are in no scene."""
        for key in list(self.items):
            self._remove(key)
        self.shapes, self._levels, self._all, self._new = {}, {}, {}, {}
        self._drawn = ()
        self.sheaf.clear()
