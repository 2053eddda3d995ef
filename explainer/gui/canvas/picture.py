"""A picture of a large drawing, shown while it is moved: painting thousands of edges takes longer than a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

from explainer.gui.canvas.camera import Camera
from explainer.render.shapes import Drawing

# From this number of edges on, a picture is sooner painted than items are looked after. What lies below comes first, so that the
# shape with this number is an edge where there are as many, whatever the step shows besides.
MANY_EDGES = 150
# From this number of shapes on a repaint is felt.
MANY_SHAPES = 1500
# How long after a gesture the drawing is painted anew, in ms.
SHARPEN_AFTER = 100


def is_large(drawing: Drawing) -> bool:
    """Tell whether a drawing is painted as one picture, and not as items of the scene; so are all steps of a network."""
    shapes = drawing.shapes
    return is_slow(drawing) or (
        len(shapes) > MANY_EDGES and shapes[MANY_EDGES].key.startswith(("edge:", "link:"))
    )


def is_slow(drawing: Drawing) -> bool:
    """Tell whether a large drawing is shown from older pictures while it moves."""
    return len(drawing.shapes) > MANY_SHAPES


class Pictures:
    """The latest sharp picture of the viewport, and one of the whole drawing for what it does not cover."""

    def __init__(self, paint_drawing: Callable[[QPainter], None]) -> None:
        self._paint_drawing = paint_drawing
        self._sharp: tuple[QPixmap, Camera] | None = None
        self._whole: tuple[QPixmap, Camera] | None = None
        # Parts of the drawing that the pictures do not show as they are now.
        self._stale: list[QRectF] = []

    def mend(self, areas: Iterable[QRectF]) -> None:
        """Have some areas of the drawing painted anew in the pictures; all else is still right."""
        self._stale += areas

    def forget(self) -> None:
        """Drop the pictures: the drawing is another one."""
        self._sharp = self._whole = None
        self._stale = []

    def paint(
        self, painter: QPainter, camera: Camera, size: QSize, ground: QColor, moving: bool
    ) -> None:
        """Paint the drawing as `camera` sees it: anew, or from the pictures while `moving`."""
        ratio = painter.device().devicePixelRatio()
        if self._sharp is not None and (moving or self.shows(camera, size, ratio)):
            self._mend(ground)
        else:
            if self._stale:
                self.forget()
            self._sharp = self._taken(camera, size, ground, ratio)
            # The first picture is one of the fitted drawing.
            self._whole = self._whole or self._sharp
        painter.fillRect(0, 0, size.width(), size.height(), ground)
        if moving:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if moving and self._whole is not None and self._whole is not self._sharp:
            painter.drawPixmap(*_placed(self._whole, camera))
        painter.drawPixmap(*_placed(self._sharp, camera))

    def shows(self, camera: Camera, size: QSize, ratio: float) -> bool:
        """Tell whether the sharp picture is one of this place."""
        if self._sharp is None:
            return False
        pixmap, seen = self._sharp
        return seen == camera and pixmap.size() == size * ratio

    def _mend(self, ground: QColor) -> None:
        """Paint what is stale anew, each picture as its own camera sees it."""
        pictures = {id(picture): picture for picture in (self._sharp, self._whole) if picture}
        for pixmap, camera in pictures.values() if self._stale else ():
            region = QRegion()
            for area in self._stale:
                left, top = camera.to_screen(area.left(), area.top())
                size = area.size() * camera.scale
                region += QRectF(left, top, size.width(), size.height()).toAlignedRect()
            painter = QPainter(pixmap)
            painter.setClipRegion(region)
            painter.fillRect(QRectF(QPointF(), pixmap.deviceIndependentSize()), ground)
            self._paint(painter, camera)
        self._stale = []

    def _taken(
        self, camera: Camera, size: QSize, ground: QColor, ratio: float
    ) -> tuple[QPixmap, Camera]:
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(ground)
        self._paint(QPainter(pixmap), camera)
        return pixmap, camera

    def _paint(self, painter: QPainter, camera: Camera) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(camera.left, camera.top)
        painter.scale(camera.scale, camera.scale)
        self._paint_drawing(painter)
        painter.end()


def _placed(picture: tuple[QPixmap, Camera], camera: Camera) -> tuple[QRectF, QPixmap, QRectF]:
    """Return where a picture taken by one camera belongs before another."""
    pixmap, taken = picture
    size = pixmap.deviceIndependentSize()
    left, top = camera.to_screen(*taken.to_drawing(0, 0))
    change = camera.scale / taken.scale
    target = QRectF(left, top, size.width() * change, size.height() * change)
    return target, pixmap, QRectF(pixmap.rect())
