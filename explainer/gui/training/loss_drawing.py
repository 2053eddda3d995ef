"""The picture of the losses: scales and lines, drawn once, to which what is new is added.

The end of the axis is a round number beyond the last epoch, so that most moments only add a stroke.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.loss_scale import (
    Span,
    end_of_axis,
    lines_of,
    round_up,
    span_of,
    thinned,
)
from explainer.gui.training.numerals import count_text, loss_text
from explainer.training.curve import Curve

_ABOVE, _BELOW, _RIGHT = 10.0, 22.0, 12.0
_GAP = 7.0
_DASHES = [4.0, 2.5]


class Scene(NamedTuple):
    """What a picture is drawn for: its size in pixels of the window, how many real ones each has, how large all is set."""

    size: QSize
    ratio: float
    scale: float
    theme: Theme
    language: str
    is_log: bool
    is_smooth: bool

    @property
    def width(self) -> float:
        """The width in pixels that are not scaled."""
        return self.size.width() / self.scale


class LossDrawing:
    """The lines of a curve up to an epoch. `first` to `last` are the epochs of the axis."""

    def __init__(self, scene: Scene, curve: Curve, last: int) -> None:
        self._scene = scene
        self._curve = curve
        self._stride = curve.stride
        self._count = 0
        self.first = curve.points[0].epoch if curve.points else 0
        self.last = end_of_axis(self.first, last)
        self._span = self._wanted_span()
        left = self._left()
        width, height = scene.width, scene.size.height() / scene.scale
        self.box = QRectF(left, _ABOVE, width - left - _RIGHT, height - _ABOVE - _BELOW)
        self.picture = QImage(scene.size * scene.ratio, QImage.Format.Format_RGB32)
        self.picture.setDevicePixelRatio(scene.ratio)
        self.picture.fill(colour(scene.theme.paper))
        self._paint_scales()

    def goes_on(self, scene: Scene, curve: Curve, last: int) -> bool:
        """Tell whether this picture becomes the one that is wanted by adding what is new."""
        if curve is not self._curve or scene != self._scene or curve.stride != self._stride:
            return False
        if self._count == 0 or end_of_axis(self.first, last) != self.last:
            return False
        new = [
            value
            for point in curve.points[self._count :]
            for value in (point.training, point.test)
            if value is not None
        ]
        return all(self._span.holds(value) for value in new)

    def draw_new(self) -> None:
        """Add the points that are not drawn yet."""
        points = self._curve.points
        if len(points) == self._count or self.box.width() < 1:
            return
        begin = max(self._count - 1, 0)
        self._count = len(points)
        training, test = lines_of(points, is_smooth=self._scene.is_smooth)
        theme = self._scene.theme
        painter = self._begun()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.box.adjusted(-1, -3, 1, 3))
        pen = QPen(colour(theme.palette.tones["error"].line), 1.6)
        pen.setDashPattern(_DASHES)
        for values, line in ((test, pen), (training, QPen(colour(theme.accent), 1.8))):
            places = [
                (self.place_of(point.epoch), self._height_of(value))
                for point, value in zip(points[begin:], values[begin:], strict=True)
                if value is not None
            ]
            if len(places) < 2:
                continue
            # Dashes begin where the last stroke has ended.
            line.setDashOffset((places[0][0] - self.box.left()) / line.widthF())
            painter.setPen(line)
            shown = thinned(places, max(1, int(self.box.width() / 2)))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in shown]))
        painter.end()

    def _begun(self) -> QPainter:
        painter = QPainter(self.picture)
        painter.scale(self._scene.scale, self._scene.scale)
        return painter

    def place_of(self, epoch: int) -> float:
        """Return where an epoch stands, from the left."""
        box = self.box
        return box.left() + box.width() * (epoch - self.first) / (self.last - self.first)

    def epoch_at(self, x: float) -> int:
        """Return the epoch that stands nearest to a place."""
        share = (x - self.box.left()) / max(self.box.width(), 1.0)
        return round(self.first + (self.last - self.first) * share)

    def _height_of(self, value: float) -> float:
        return self.box.bottom() - self.box.height() * self._span.share(value)

    def _wanted_span(self) -> Span:
        points = self._curve.points
        tests = [point.test for point in points if point.test is not None]
        losses = [*(point.training for point in points), *tests]
        return span_of(losses, is_log=self._scene.is_log)

    def _left(self) -> float:
        metrics = QFontMetricsF(font(11, tabular=True))
        texts = [self._label(mark) for mark in self._span.marks()]
        return max(map(metrics.horizontalAdvance, texts), default=0.0) + 2 * _GAP

    def _label(self, mark: float) -> str:
        least = self._span.least
        is_below = mark == 0 and self._span.is_log and least is not None and least < 0
        return "≤ 0" if is_below else loss_text(mark, self._scene.language)

    def _paint_scales(self) -> None:
        theme, box, span = self._scene.theme, self.box, self._span
        painter = self._begun()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(11, tabular=True))
        line, ink = QPen(colour(theme.hairline), 1), colour(theme.quiet)
        for mark in span.marks():
            y = box.bottom() - box.height() * span.share(mark)
            painter.setPen(line)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(ink)
            place = QRectF(0, y - 8, box.left() - _GAP, 16)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, self._label(mark))
        step = max(1, round(round_up((self.last - self.first) / 5)))
        for epoch in range(-(-self.first // step) * step, self.last + 1, step):
            place = QRectF(self.place_of(epoch) - 40, box.bottom() + 4, 80, 16)
            flags = Qt.AlignmentFlag.AlignHCenter
            if epoch == self.last:
                place.moveRight(self._scene.width - 2)
                flags = Qt.AlignmentFlag.AlignRight
            painter.drawText(place, flags, count_text(epoch))
        painter.end()


class _Nothing(LossDrawing):
    """What has been drawn before anything is."""

    def __init__(self) -> None:
        """Draw nothing: there may be no application yet."""

    def goes_on(self, scene: Scene, curve: Curve, last: int) -> bool:
        """Nothing becomes a picture."""
        return False


NOTHING: LossDrawing = _Nothing()
