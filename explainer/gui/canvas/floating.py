"""Shapes that lie over a drawing for as long as something is pointed at: the weight of an edge without a pill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem

from explainer.gui.canvas.items import Paints, new_item, show
from explainer.gui.canvas.lettering import Letters
from explainer.render.shapes import Shape

_LEVEL = 1e8


class Floating:
    """Items above everything; over a picture of the scene they are painted by hand."""

    def __init__(self, scene: QGraphicsScene, letters: Letters) -> None:
        self._scene, self._letters = scene, letters
        self._items: list[QGraphicsItem] = []
        self._over = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing floats."""
        return not self._items

    def show(self, shapes: Sequence[Shape], paints: Paints, *, over: bool) -> None:
        """Show these shapes and nothing else; `over` a picture they are no part of the scene."""
        for item in self._items:
            if item.scene() is not None:
                self._scene.removeItem(item)
        self._items, self._over = [], over
        for number, shape in enumerate(shapes):
            item = new_item(shape)
            show(item, shape, paints, self._letters)
            item.setZValue(_LEVEL + number)
            if not over:
                self._scene.addItem(item)
            self._items.append(item)

    def paint(self, painter: QPainter) -> None:
        """Paint the shapes in the coordinates of the drawing, where they are no part of the scene."""
        if not self._over:
            return
        option = QStyleOptionGraphicsItem()
        for item in self._items:
            painter.save()
            painter.translate(item.pos())
            item.paint(painter, option, None)
            painter.restore()
