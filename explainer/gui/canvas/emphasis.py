"""What the canvas adds to a drawing: the glow of what is pointed at, the ring around what has the keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6 import QtCore
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from explainer.gui.canvas.hits import area_of
from explainer.gui.canvas.items import Paints, curve_path
from explainer.gui.canvas.numbers import Number
from explainer.gui.canvas.scene import POINTED_LEVEL
from explainer.render.shapes import HALO, Box, Circle, Curve, Label, Shape, Underline

_OPACITY = 0.22
_REACH = 6.0
_RING_LEVEL = 1e9
_RING_GAP = 3.0


class Emphasis:
    """Holds the glowing items and the ring; their colours follow the palette."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._glows: list[QGraphicsPathItem] = []
        self._ring = QGraphicsPathItem()
        self._ring.setZValue(_RING_LEVEL)
        self._ring.setVisible(False)
        self._ringed = False
        self._over = False
        scene.addItem(self._ring)

    def glow(self, shapes: Iterable[Shape], paints: Paints) -> None:
        """Light these shapes and nothing else."""
        found = [shape for shape in shapes if not isinstance(shape, Underline)]
        # A text inside something that glows needs no light of its own.
        wanted = [shape for shape in found if not isinstance(shape, Label)] or found
        while len(self._glows) > len(wanted):
            self._scene.removeItem(self._glows.pop())
        while len(self._glows) < len(wanted):
            item = QGraphicsPathItem()
            item.setZValue(POINTED_LEVEL)
            item.setVisible(not self._over)
            self._scene.addItem(item)
            self._glows.append(item)
        for item, shape in zip(self._glows, wanted, strict=True):
            _light(item, shape, paints)

    def ring(self, number: Number | None, paints: Paints) -> None:
        """Draw the ring around a number; None takes it away."""
        self._ringed = number is not None
        self._ring.setVisible(self._ringed and not self._over)
        if number is None:
            return
        left, top, right, bottom = number.frame
        frame = QRectF(left, top, right - left, bottom - top)
        frame.adjust(-_RING_GAP, -_RING_GAP, _RING_GAP, _RING_GAP)
        path = QPainterPath()
        path.addRoundedRect(frame, number.corner + _RING_GAP, number.corner + _RING_GAP)
        self._ring.setPen(paints.pen(paints.palette.shade("forward").line, 2.0))
        self._ring.setPath(path)

    def paint_over_pictures(self, over: bool) -> None:
        """Choose between items of the scene, below the shapes, and painting over a picture of the scene."""
        self._over = over
        for item in self._glows:
            item.setVisible(not over)
        self._ring.setVisible(self._ringed and not over)

    def paint(self, painter: QPainter) -> None:
        """Paint the glow and the ring in the coordinates of the drawing."""
        for item in (*self._glows, self._ring) if self._ringed else self._glows:
            painter.setPen(item.pen())
            painter.setBrush(item.brush())
            painter.drawPath(item.path())


def _light(item: QGraphicsPathItem, shape: Circle | Box | Curve | Label, paints: Paints) -> None:
    factor = None if isinstance(shape, Curve) else shape.factor
    shade = paints.palette.shade("plain" if shape.tone == "quiet" else shape.tone, factor)
    colour = QColor(paints.colour(shade.line))
    colour.setAlphaF(_OPACITY)
    path = QPainterPath()
    if isinstance(shape, Curve):
        pen = QPen(colour, shape.width + HALO + 3)
        pen.setCapStyle(QtCore.Qt.PenCapStyle.FlatCap)
        item.setPen(pen)
        item.setBrush(QtCore.Qt.BrushStyle.NoBrush)
        item.setPath(curve_path(shape))
        return
    left, top, right, bottom = area_of(shape)
    frame = QRectF(left, top, right - left, bottom - top)
    if isinstance(shape, Circle):
        path.addEllipse(frame.adjusted(-_REACH, -_REACH, _REACH, _REACH))
    elif isinstance(shape, Box):
        path.addRoundedRect(
            frame.adjusted(-_REACH + 1, -_REACH + 1, _REACH - 1, _REACH - 1),
            shape.corner + _REACH - 1,
            shape.corner + _REACH - 1,
        )
    else:
        path.addRoundedRect(frame.adjusted(-2, -2, 2, 2), 5, 5)
    item.setPen(QPen(QtCore.Qt.PenStyle.NoPen))
    item.setBrush(colour)
    item.setPath(path)
