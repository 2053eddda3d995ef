"""The heat map in every circle: images that are opaque within it alone, below the circle's own ring."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget


class LiveHeat(QGraphicsItem):
    """One item for all circles."""

    def __init__(self) -> None:
        super().__init__()
        self._circles: dict[str, QRectF] = {}
        self._images: Mapping[str, QImage] = {}
        self._bounds = QRectF()

    def show_circles(self, circles: dict[str, QRectF], bounds: QRectF) -> None:
        """Take other circles, by neuron."""
        self.prepareGeometryChange()
        self._circles, self._bounds, self._images = circles, bounds, {}

    def show_images(self, images: Mapping[str, QImage]) -> None:
        """Show these images, by neuron; whoever has filled them has them painted."""
        self._images = images

    @property
    def images(self) -> Mapping[str, QImage]:
        """The images by neuron."""
        return self._images

    def boundingRect(self) -> QRectF:
        """Return what paint covers."""
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the images."""
        looked_through = painter.worldTransform()
        # In pixels: an image that is as large as its circle is copied.
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # The corners are clear anyway, and without it an image is painted five times as fast.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for name, circle in self._circles.items():
            if name in self._images:
                image = self._images[name]
                painter.drawImage(place_of(image, looked_through.mapRect(circle)), image)


def place_of(image: QImage, circle: QRectF) -> QRectF:
    """Return where an image is painted for a circle as it is seen: on whole pixels, where it is as large as that."""
    ratio = image.devicePixelRatio()
    side = image.width() / ratio
    if abs(side - circle.width()) * ratio > 1:
        return circle
    left, top = (round(start * ratio) / ratio for start in (circle.left(), circle.top()))
    return QRectF(left, top, side, side)
