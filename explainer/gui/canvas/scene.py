"""The items on the scene, one for each shape of the drawing, kept from step to step."""

from __future__ import annotations

from collections.abc import Iterable

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
from explainer.gui.canvas.sheaf import Sheaf
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

    def show(self, drawing: Drawing) -> bool:
        """Bring the scene up to date; return whether anything changed."""
        if is_large(drawing) is not self._large:
            self._clear()
            self._large = is_large(drawing)
        shapes, lines = self._divided(drawing)
        changed = self.sheaf.show(lines) or len(shapes) != len(self.shapes)
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

    def paint(self, painter: QPainter) -> None:
        """Paint a large drawing, whose items are in no scene, in its own coordinates."""
        option = QStyleOptionGraphicsItem()
        for halo in self.halos.values():
            halo.paint(painter, option, None)
        self.sheaf.paint(painter, self._paints)
        for key in self.shapes:
            item = self.items[key]
            if isinstance(item, LabelItem):
                place = item.pos()
                painter.translate(place)
                item.paint(painter, option)
                painter.translate(-place)
            else:
                item.paint(painter, option, None)

    def _divided(self, drawing: Drawing) -> tuple[dict[str, Shape], dict[str, Curve]]:
        """Return the shapes that have items, and the lines of a large drawing that are painted together."""
        shapes: dict[str, Shape] = {}
        lines: dict[str, Curve] = {}
        for shape in drawing.shapes:
            key = shape.key
            if self._large and isinstance(shape, Curve) and self.sheaf.takes(key, shape):
                lines[key] = shape
            else:
                shapes[key] = shape
        return shapes, lines

    def recolour(self, paints: Paints) -> None:
        """Show the same shapes in another palette."""
        self._paints = paints
        for key, shape in self.shapes.items():
            self._update(key, shape, self._levels[key])

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
        self.shapes, self._levels = {}, {}
