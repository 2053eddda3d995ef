"""The chart of the losses: both curves, where training stands; a click or a key goes to any epoch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.loss_scale import Span, lines_of, round_up, span_of, thinned
from explainer.gui.training.numerals import count_text, loss_text
from explainer.messages import message, translate
from explainer.training.curve import Curve

_ABOVE, _BELOW, _RIGHT = 10.0, 22.0, 10.0
_GAP = 7.0
_DASHES = [4.0, 2.5]
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class LossChart(QWidget):
    """Shows a curve of losses. `visited` carries the epoch that was asked for, `pointed` the one under the pointer or None."""

    visited = Signal(int)
    pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self._curve = Curve()
        self._epoch = 0
        self._reach = (0, 0)
        self._under: int | None = None
        self.is_log = True
        self.is_smooth = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(400, 250)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self.setAccessibleName(translate(message("Loss by epoch"), language))
        self.setToolTip(translate(message("A click goes to that epoch"), language))
        self.update()

    def show_curve(self, curve: Curve, epoch: int, reach: tuple[int, int]) -> None:
        """Show the losses, where training stands, and which epochs can be gone to."""
        self._curve, self._epoch, self._reach = curve, epoch, reach
        self.update()

    def set_scale(self, *, is_log: bool, is_smooth: bool) -> None:
        """Draw logarithmically or not, smoothed or not."""
        self.is_log, self.is_smooth = is_log, is_smooth
        self.update()

    # --- hands -----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # The arrows are the chart's while it has the keyboard, not those of the steps.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = (*_KEYS, Qt.Key.Key_Home, Qt.Key.Key_End)
            if event.key() in keys and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._visit(self._epoch + _KEYS[key])
        elif key == Qt.Key.Key_Home:
            self._visit(self._reach[0])
        elif key == Qt.Key.Key_End:
            self._visit(self._reach[1])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._visit(self._epoch_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        epoch = self._epoch_at(event.position().x())
        self._point_at(epoch)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._visit(epoch)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _visit(self, epoch: int) -> None:
        first, last = self._reach
        epoch = min(max(epoch, first), last)
        if epoch != self._epoch:
            self._epoch = epoch
            self.update()
            self.visited.emit(epoch)

    def _point_at(self, epoch: int | None) -> None:
        if epoch != self._under:
            self._under = epoch
            self.update()
            self.pointed.emit(epoch)

    # --- painting --------------------------------------------------------------------------

    @property
    def box(self) -> QRectF:
        """Where the curves are."""
        left = self._left()
        return QRectF(left, _ABOVE, self.width() - left - _RIGHT, self.height() - _ABOVE - _BELOW)

    def place_of(self, epoch: int) -> float:
        """Return where an epoch stands, from the left."""
        box, (first, last) = self.box, self._ends()
        return box.left() + box.width() * (epoch - first) / (last - first)

    def _left(self) -> float:
        metrics = QFontMetricsF(font(11, tabular=True))
        texts = [loss_text(mark, self._language) for mark in self._span().marks()]
        return max(map(metrics.horizontalAdvance, texts), default=0.0) + 2 * _GAP

    def _ends(self) -> tuple[int, int]:
        points = self._curve.points
        first = points[0].epoch if points else 0
        last = max(points[-1].epoch if points else 0, self._reach[1], self._epoch)
        return first, max(last, first + 1)

    def _epoch_at(self, x: float) -> int:
        box, (first, last) = self.box, self._ends()
        return round(first + (last - first) * (x - box.left()) / max(box.width(), 1.0))

    def _span(self) -> Span:
        points = self._curve.points
        tests = [point.test for point in points if point.test is not None]
        return span_of([*(point.training for point in points), *tests], is_log=self.is_log)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(theme.paper))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, span = self.box, self._span()
        self._paint_scales(painter, box, span)
        training, test = lines_of(self._curve.points, is_smooth=self.is_smooth)
        painter.setClipRect(box.adjusted(-1, -3, 1, 3))
        pen = QPen(colour(theme.palette.tones["error"].line), 1.6)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        self._paint_line(painter, box, span, test)
        painter.setPen(QPen(colour(theme.accent), 1.8))
        self._paint_line(painter, box, span, training)
        painter.setClipping(False)
        self._paint_marks(painter, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_line(
        self, painter: QPainter, box: QRectF, span: Span, values: Sequence[float | None]
    ) -> None:
        first, last = self._ends()
        scale = box.width() / (last - first)
        places = [
            (
                box.left() + scale * (point.epoch - first),
                box.bottom() - box.height() * span.share(value),
            )
            for point, value in zip(self._curve.points, values, strict=True)
            if value is not None
        ]
        shown = thinned(places, max(1, int(box.width() / 3)))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in shown]))

    def _paint_scales(self, painter: QPainter, box: QRectF, span: Span) -> None:
        theme = self._theme
        painter.setFont(font(11, tabular=True))
        line, ink = QPen(colour(theme.hairline), 1), colour(theme.quiet)
        for mark in span.marks():
            y = box.bottom() - box.height() * span.share(mark)
            painter.setPen(line)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(ink)
            place = QRectF(0, y - 8, box.left() - _GAP, 16)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, loss_text(mark, self._language))
        first, last = self._ends()
        step = max(1, round(round_up((last - first) / 5)))
        painter.setPen(ink)
        for epoch in range(-(-first // step) * step, last + 1, step):
            place = QRectF(self.place_of(epoch) - 40, box.bottom() + 4, 80, 16)
            if place.center().x() > box.right() - 2 and place.right() > self.width() + 20:
                place.moveRight(float(self.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, count_text(epoch))
        # Epochs before the last change of the settings are seen, but cannot be gone to.
        reach = self.place_of(max(self._reach[0], first))
        if reach > box.left() + 1:
            painter.fillRect(
                QRectF(box.left(), box.top(), reach - box.left(), box.height()),
                colour(theme.hover),
            )

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        if self._under is not None:
            first, last = self._ends()
            if first <= self._under <= last:
                x = self.place_of(self._under)
                painter.setPen(QPen(colour(theme.outline), 1))
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        x = self.place_of(self._epoch)
        painter.setPen(QPen(colour(theme.ink), 1.2))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setBrush(colour(theme.ink))
        painter.drawEllipse(QPointF(x, box.bottom()), 3.5, 3.5)
