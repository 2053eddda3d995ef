"""The place of a plot in the window: shows its pixels, and tells which numbers the pointer is at."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.roles import set_role
from explainer.gui.scaling import hint, scale
from explainer.gui.theme import Theme, colour
from explainer.render.curves.chart import Box, Raster
from explainer.render.curves.look import Look, Size

_CROSS = 5.0


class Spot(NamedTuple):
    """A place on a plot: which axes, and the numbers there."""

    axes: int
    x: float
    y: float


class PlotView(QWidget):
    """Shows a raster.

    `pointed` carries the spot under the pointer, None off the axes; `clicked` a spot; `zoomed` the turns of the wheel with
    Ctrl; `moved` the steps of an arrow key with Shift; `resized` comes when another raster is needed.
    """

    pointed = Signal(object)
    clicked = Signal(object)
    zoomed = Signal(float)
    moved = Signal(int, int)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "Chart")
        self._theme = theme
        self._raster: Raster | None = None
        self._image: QImage | None = None
        self._cross: tuple[Spot, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def raster(self) -> Raster | None:
        """What is shown."""
        return self._raster

    def wanted_size(self) -> Size:
        """Return the size in which a plot fills this place."""
        return Size(max(self.width(), 200), max(self.height(), 120), self.devicePixelRatioF())

    def look(self, language: str) -> Look:
        """Return the look of plots here."""
        return Look(self._theme.palette, language, scale())

    def look_in_files(self, language: str) -> Look:
        """Return the look of plots that are saved: files are not read at the scale of this window."""
        return self.look(language)._replace(zoom=1.0)

    def show_raster(self, raster: Raster) -> None:
        """Show a plot."""
        self._raster = raster
        self._image = QImage(
            raster.pixels,
            raster.width,
            raster.height,
            4 * raster.width,
            QImage.Format.Format_RGBA8888,
        )
        self._image.setDevicePixelRatio(raster.ratio)
        self.update()

    def show_cross(self, *spots: Spot) -> None:
        """Mark places on the axes; nothing without any."""
        if spots != self._cross:
            self._cross = spots
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def spot_at(self, place: QPointF) -> Spot | None:
        """Return the numbers at a place, None off the axes."""
        for number, box in enumerate(self._boxes):
            if box.holds(place.x(), place.y()):
                return Spot(number, *box.number_at(place.x(), place.y()))
        return None

    @property
    def _boxes(self) -> tuple[Box, ...]:
        return () if self._raster is None else self._raster.boxes

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.spot_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(spot)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(event.angleDelta().y() / 120)
        else:
            # What it stands in scrolls.
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.moved.emit(*steps[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        return hint(400, 300)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.paper))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            fits = self._image.deviceIndependentSize().toSize() == self.size()
            if fits:
                painter.drawImage(QPointF(0, 0), self._image)
            else:
                painter.drawImage(QRectF(self.rect()), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for spot in self._cross:
            if spot.axes < len(self._boxes):
                self._mark(painter, self._boxes[spot.axes], spot)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _mark(self, painter: QPainter, box: Box, spot: Spot) -> None:
        x, y = box.place_of(spot.x, spot.y)
        painter.setPen(QPen(colour(self._theme.quiet), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, box.top), QPointF(x, box.top + box.height))
        if box.top <= y <= box.top + box.height:
            painter.setPen(QPen(colour(self._theme.paper), 2))
            painter.setBrush(colour(self._theme.ink))
            painter.drawEllipse(QPointF(x, y), _CROSS, _CROSS)
