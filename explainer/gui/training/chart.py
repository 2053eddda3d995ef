"""What all pictures of the training view share: a place with axes that tells the numbers under the pointer.

What stays from moment to moment (axes, numbers, samples) is painted once into a picture; a moment costs what moves.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.roles import set_role
from explainer.gui.scaling import face, hint, keep, painting, scale, spot
from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.ticks import ticks
from explainer.maths.numbers import shown

TEXT = 12
_DIGITS = 6
_STEP = 0.02


class Axes(NamedTuple):
    """Two spans of numbers over a rectangle of the widget, and what they are called."""

    area: QRectF
    x: tuple[float, float]
    y: tuple[float, float]
    x_name: str = ""
    y_name: str = ""

    def place(self, x: float, y: float) -> QPointF:
        """Return the pixel of two numbers."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return QPointF(
            self.area.left() + across * self.area.width(),
            self.area.bottom() - up * self.area.height(),
        )

    def numbers(self, place: QPointF) -> tuple[float, float]:
        """Return the numbers at a pixel."""
        across = (place.x() - self.area.left()) / (self.area.width() or 1.0)
        up = (self.area.bottom() - place.y()) / (self.area.height() or 1.0)
        return (
            self.x[0] + across * (self.x[1] - self.x[0]),
            self.y[0] + up * (self.y[1] - self.y[0]),
        )


class Chart(QWidget):
    """A picture that moves. `read` carries what is said of the place that is pointed at, nothing where there is none.

    With the keyboard Shift and an arrow move that place.
    """

    read = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_role(self, "Chart")
        self.theme = theme
        self.language = "en"
        self._still: QImage | None = None
        self.spot: tuple[float, float] | None = None
        self._said = ""
        # What lies below is not painted first only to be covered.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        keep(self, "setMinimumSize", 200, 150)

    # What a picture of its own kind fills in.

    def axes(self) -> Axes | None:
        """Return the axes; None where there is nothing to show."""
        return None

    def empty_sentence(self) -> str:
        """Return why there is nothing to show, where that is worth a sentence."""
        return ""

    def paint_still(self, painter: QPainter, axes: Axes) -> None:
        """Paint what stays; it lies over what moves."""

    def paint_moving(self, painter: QPainter, axes: Axes) -> None:
        """Paint what moves."""

    def said_at(self, x: float, y: float) -> str:
        """Return what is said of a place."""
        return ""

    # What they share.

    def renew(self) -> None:
        """Paint what stays anew, too."""
        self._still = None
        self.update()
        self._tell()

    def update_inside(self) -> None:
        """Paint what moves anew, where it lies within the axes alone."""
        axes = None if self._still is None else self.axes()
        if axes is None:
            self.update()
        else:
            area = QRectF(axes.area.topLeft() * scale(), axes.area.size() * scale())
            self.update(area.toAlignedRect().adjusted(-1, -1, 1, 1))

    def rescale(self) -> None:
        """Paint everything in another size."""
        self.renew()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.theme = theme
        self.renew()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self.language = language
        self.renew()

    def number(self, value: float, digits: int = _DIGITS) -> str:
        """Return a number as it is written in the language."""
        return shown(value + 0.0, digits, self.language)

    def sizeHint(self) -> QSize:
        # The least that is of use: what there is beside it, it gets.
        return hint(420, 220)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting(self)
        painter.fillRect(face(self), colour(self.theme.paper))
        axes = self.axes()
        if axes is None:
            self._paint_focus(painter)
            painter.setFont(font(TEXT + 1))
            painter.setPen(colour(self.theme.quiet))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(face(self).adjusted(20, 0, -20, 0), flags, self.empty_sentence())
            self._paint_focus(painter)
            return
        painter.save()
        self.paint_moving(painter, axes)
        painter.restore()
        if self._still is None:
            self._still = self._painted(axes)
        # Painted in the pixels of the screen: nothing of it is scaled again.
        painter.setWorldMatrixEnabled(False)
        painter.drawImage(0, 0, self._still)
        painter.setWorldMatrixEnabled(True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.spot is not None:
            self.paint_spot(painter, axes, *self.spot)
        self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self.theme.accent), 2))
            painter.drawRoundedRect(face(self).adjusted(1, 1, -1, -1), 6, 6)

    def _painted(self, axes: Axes) -> QImage:
        ratio = self.devicePixelRatioF()
        image = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(scale(), scale())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_axes(painter, axes)
        self.paint_still(painter, axes)
        painter.end()
        return image

    def paint_axes(self, painter: QPainter, axes: Axes) -> None:
        """Paint the frame, the numbers along two sides and the names of the axes."""
        area = axes.area
        painter.setFont(font(TEXT))
        metrics = QFontMetricsF(font(TEXT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(self.theme.quiet), 1))
        painter.drawRect(area)
        for value in ticks(*axes.x, most=max(2, int(area.width() / 44))):
            at = axes.place(value, axes.y[0])
            painter.drawLine(at, at + QPointF(0, 4))
            text = self.number(value)
            painter.drawText(QPointF(at.x() - metrics.horizontalAdvance(text) / 2, at.y() + 17), text)  # fmt: skip
        for value in ticks(*axes.y, most=max(2, int(area.height() / 36))):
            at = axes.place(axes.x[0], value)
            painter.drawLine(at, at - QPointF(4, 0))
            text = self.number(value)
            painter.drawText(QPointF(at.x() - 7 - metrics.horizontalAdvance(text), at.y() + 4), text)  # fmt: skip
        painter.setPen(colour(self.theme.text))
        painter.setFont(font(TEXT + 1, 600))
        below = QRectF(area.left(), area.bottom() + 18, area.width(), 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, axes.x_name)
        above = QRectF(area.left(), area.top() - 23, area.width(), 18)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, axes.y_name)  # fmt: skip

    def paint_spot(self, painter: QPainter, axes: Axes, x: float, y: float) -> None:
        """Paint a ring around the place that is read."""
        at = axes.place(x, y)
        for width, ink in ((3.0, self.theme.paper), (1.2, self.theme.ink)):
            painter.setPen(QPen(colour(ink), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 6, 6)

    # The place that is read.

    def point_at(self, spot: tuple[float, float] | None) -> None:
        """Read another place."""
        self.spot = spot
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Say what there is at the place, as it is now."""
        nothing = self.spot is None or self.axes() is None
        said = "" if nothing or self.spot is None else self.said_at(*self.spot)
        if said != self._said:
            self._said = said
            self.read.emit(said)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        axes = self.axes()
        place = spot(event.position())
        inside = axes is not None and axes.area.contains(place)
        self.point_at(axes.numbers(place) if axes is not None and inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: (-1, 0), keys.Key_Right: (1, 0), keys.Key_Up: (0, 1), keys.Key_Down: (0, -1)}  # fmt: skip
        axes, key = self.axes(), Qt.Key(event.key())
        if axes is None or key not in steps or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:  # fmt: skip
            super().keyPressEvent(event)
            return
        x, y = self.spot or (sum(axes.x) / 2, sum(axes.y) / 2)
        right, up = steps[key]
        x += right * _STEP * (axes.x[1] - axes.x[0])
        y += up * _STEP * (axes.y[1] - axes.y[0])
        self.point_at((min(max(x, axes.x[0]), axes.x[1]), min(max(y, axes.y[0]), axes.y[1])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._still = None
