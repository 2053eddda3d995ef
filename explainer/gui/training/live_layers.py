"""The graph while a network trains, painted from two pictures: what lies below the heat maps and what lies above them.

From moment to moment the heat maps alone are others, and now and then the number of the error. Then their places alone
are painted, and nothing asks dozens of items what they look like. Where edges have changed as well, the pictures are
taken anew and painted whole. Whatever else has changed, the scene paints itself, until it has been quiet for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from explainer.gui.canvas.camera import Camera
from explainer.gui.training.live_heat import place_of

if TYPE_CHECKING:
    from explainer.gui.canvas.camera_view import CameraView

# So many frames on end nothing but heat maps has changed, before pictures are taken: while somebody points around none are.
_QUIET = 4


class _Cell(NamedTuple):
    """A circle: the corner of what is painted around it, that part of both pictures, the place of its heat map."""

    name: str
    corner: QPointF
    part: QRectF
    place: QRectF


class LiveLayers:
    """Paints `images` by neuron into circles, which lie at the height of `heat` in the scene of a view, and `number` above all."""

    def __init__(self, view: CameraView, heat: QGraphicsItem, number: QGraphicsItem) -> None:
        self._view = view
        self._heat = heat
        self._number = number
        self._box = QRectF()
        self._circles: Mapping[str, QRectF] = {}
        self._cells: list[_Cell] | None = None
        self._has_other_edges = False
        self._pictures: tuple[QPixmap, QPixmap] | None = None
        self._taken_at: tuple[Camera, QSize, float] | None = None
        self._quiet = 0
        # Where each circle is seen, in pixels of the viewport, all of them together, and the box of the number.
        self._seen_by: Camera | None = None
        self._places: dict[str, QRectF] = {}
        self._region = QRegion()
        self._around_number = QRect()

    def show_places(self, circles: Mapping[str, QRectF], box: QRectF) -> None:
        """Take other circles, by neuron, and another box round the number; an empty one where there is none."""
        self._circles, self._box, self._seen_by = circles, box, None
        self.forget()

    def forget(self) -> None:
        """Let the scene paint itself: something else than heat maps is another."""
        self._cells, self._quiet = None, 0

    def change_edges(self) -> None:
        """Know that edges are others, and that they have asked to be painted."""
        self._has_other_edges = True

    def update(self) -> None:
        """Have the heat maps painted anew; the number says by itself when it is another."""
        self._look()
        self._view.viewport().update(self._region)

    def paint(self, event: QPaintEvent, images: Mapping[str, QImage]) -> bool:
        """Paint what an event asks for; False where the scene has to."""
        self._look()
        known = self._region + self._around_number
        is_elsewhere = not event.region().subtracted(known).isEmpty()
        is_whole = is_elsewhere and self._has_other_edges and self._cells is not None
        self._has_other_edges = self._has_other_edges and not is_elsewhere
        if is_elsewhere and not is_whole:
            self.forget()
            return False
        viewport, camera = self._view.viewport(), self._view.camera
        ratio = viewport.devicePixelRatioF()
        if not ratio.is_integer():
            # What Qt keeps of items lies a part of a pixel beside what they paint, and names would seem to tremble.
            return False
        now = (camera, viewport.size(), ratio)
        if self._cells is not None and now != self._taken_at:
            self.forget()
        if self._cells is None:
            self._quiet += 1
            if self._quiet < _QUIET:
                return False
            self._cells, self._taken_at = self._cut(self._take(), images), now
        elif is_whole:
            self._take()
        if self._pictures is not None:
            self._paint(event, self._cells, images, *self._pictures, is_whole=is_whole)
        return True

    def _paint(
        self,
        event: QPaintEvent,
        cells: list[_Cell],
        images: Mapping[str, QImage],
        below: QPixmap,
        above: QPixmap,
        *,
        is_whole: bool,
    ) -> None:
        painter = QPainter(self._view.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if is_whole:
            painter.setClipRegion(event.region())
            painter.drawPixmap(0, 0, below)
        for cell in cells:
            if not is_whole:
                painter.drawPixmap(cell.corner, below, cell.part)
            painter.drawImage(cell.place, images[cell.name])
            if not is_whole:
                painter.drawPixmap(cell.corner, above, cell.part)
        if is_whole:
            painter.drawPixmap(0, 0, above)
        if event.region().intersects(self._around_number):
            self._paint_number(painter, below, above, is_whole=is_whole)
        painter.end()

    def _paint_number(
        self, painter: QPainter, below: QPixmap, above: QPixmap, *, is_whole: bool
    ) -> None:
        seen = self._around_number & self._view.viewport().rect()
        if not is_whole:
            ratio = below.devicePixelRatio()
            part = QRectF(QRect(seen.topLeft() * ratio, seen.size() * ratio))
            for picture in (below, above):
                painter.drawPixmap(seen.topLeft().toPointF(), picture, part)
        painter.setRenderHints(self._view.renderHints())
        self._paint_item(painter, self._number)

    def _paint_item(self, painter: QPainter, item: QGraphicsItem) -> None:
        painter.save()
        painter.setWorldTransform(item.sceneTransform() * self._view.viewportTransform())
        item.paint(painter, QStyleOptionGraphicsItem(), None)
        painter.restore()

    def _look(self) -> None:
        """Find where the circles are seen now."""
        camera = self._view.camera
        if camera == self._seen_by:
            return
        self._seen_by = camera
        self._places = {}
        self._region = QRegion()
        self._around_number = QRect()
        if not self._box.isEmpty():
            self._around_number = _around(self._view.viewportTransform().mapRect(self._box))
        for name, circle in self._circles.items():
            left, top = camera.to_screen(circle.left(), circle.top())
            seen = QRectF(left, top, circle.width() * camera.scale, circle.height() * camera.scale)
            self._places[name] = seen
            self._region += _around(seen)

    def _cut(self, below: QPixmap, images: Mapping[str, QImage]) -> list[_Cell]:
        """Return what of the pictures lies around each circle, on whole pixels of theirs."""
        ratio = below.devicePixelRatio()
        cells = []
        for name, seen in self._places.items():
            around = QRectF(_around(seen))
            part = QRectF(around.topLeft() * ratio, around.size() * ratio).toAlignedRect()
            # Of a circle at the rim of the viewport a part is seen.
            part &= below.rect()
            if name in images and not part.isEmpty():
                corner = part.topLeft().toPointF() / ratio
                place = place_of(images[name], seen)
                cells.append(_Cell(name, corner, part.toRectF(), place))
        return cells

    def _take(self) -> QPixmap:
        """Take the two pictures, without the number; return the one below."""
        below, above = self._pictures = self._paper()
        painters = [QPainter(below), QPainter(above)]
        inks = (self._view.backgroundBrush().color(), Qt.GlobalColor.transparent)
        for painter, ink in zip(painters, inks, strict=True):
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(self._view.viewport().rect(), ink)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setRenderHints(self._view.renderHints())
        painter = painters[0]
        # A scene without an index gives its items in no order.
        for item in sorted(self._view.scene().items(), key=lambda item: item.zValue()):
            if item is self._heat:
                painter = painters[1]
            elif item.isVisible() and item is not self._number:
                self._paint_item(painter, item)
        for painter in painters:
            painter.end()
        return below

    def _paper(self) -> tuple[QPixmap, QPixmap]:
        """Return what the pictures are painted on: that of the last ones, since new memory takes longer than to paint."""
        viewport = self._view.viewport()
        ratio = viewport.devicePixelRatio()
        size = viewport.size() * ratio
        if self._pictures is not None:
            last = self._pictures[0]
            if last.size() == size and last.devicePixelRatio() == ratio:
                return self._pictures
        below, above = QPixmap(size), QPixmap(size)
        above.fill(Qt.GlobalColor.transparent)
        for pixmap in (below, above):
            pixmap.setDevicePixelRatio(ratio)
        return below, above


def _around(seen: QRectF) -> QRect:
    """Return the whole pixels around a circle; its image may lie a part of one beside it."""
    return seen.toAlignedRect().adjusted(-1, -1, 1, 1)
