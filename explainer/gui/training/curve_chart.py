"""The curve of a network with one input, over the samples."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from explainer.gui.scaling import face, scale
from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.chart import TEXT, Axes, Chart
from explainer.gui.training.legend import paint_classes
from explainer.gui.training.lines import line_pen
from explainer.gui.training.marks import SHAPES, Mark, Marks
from explainer.gui.training.subject import Inks, Sample, Subject
from explainer.training.axes import span_around

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.moment import Moment

_LEFT, _RIGHT, _ABOVE, _BELOW = 56.0, 46.0, 26.0, 64.0
_RADIUS, _SMALL_RADIUS, _MANY = 4.2, 2.8, 200
# px, beyond every picture.
_FAR = 1e6


class CurveChart(Chart):
    """Shows one neuron, or all outputs where `neuron` is None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._subject: Subject | None = None
        self._moment: Moment | None = None
        self.neuron: str | None = None
        self.shows_test = True
        self._height = (0.0, 1.0)

    def lesson_shown(self, subject: Subject) -> None:
        """Show another lesson."""
        self._subject, self._moment, self.neuron = subject, None, None
        self._height = (0.0, 0.0)
        self.renew()

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment."""
        before, self._moment = self._moment, moment
        if before is None or moment is None or before.axes != moment.axes:
            self._still = None
        self._fit()
        self._tell()
        self.update()

    def look_at(self, neuron: str | None, *, shows_test: bool) -> None:
        """Show a neuron, None for the outputs; with the test samples or without."""
        if (neuron, shows_test) != (self.neuron, self.shows_test):
            self.neuron, self.shows_test = neuron, shows_test
            self._height = (0.0, 0.0)
            self._fit()
            self.renew()

    @property
    def shown(self) -> tuple[str, ...]:
        """The neurons whose curves are drawn."""
        if self._subject is None:
            return ()
        return (self.neuron,) if self.neuron is not None else self._subject.outputs

    def _fit(self) -> None:
        """Make room for all that is drawn; an axis that is high enough and not far too high stays."""
        subject, moment = self._subject, self._moment
        if subject is None or moment is None or len(moment.axes) != 1:
            return
        numbers = [number for name in self.shown for number in _ends(moment.surfaces[name])]
        numbers += [sample.targets[place] for sample, place in self._drawn(subject)]
        for name in self.shown:
            if subject.scales.is_fixed(name):
                numbers += subject.scales.of(name, None)
        low, high = min(numbers, default=0.0), max(numbers, default=1.0)
        lower, upper = self._height
        if lower <= low and high <= upper and high - low > 0.6 * (upper - lower):
            return
        self._height = span_around([low, high, *([low] * 20)])
        self._still = None

    def _drawn(self, subject: Subject) -> Iterable[tuple[Sample, int]]:
        """Yield the samples that are drawn, each with the output whose target it shows."""
        for place, output in enumerate(subject.outputs):
            if output in self.shown:
                for sample in subject.samples:
                    if self.shows_test or not sample.is_test:
                        yield sample, place

    # Painting

    def axes(self) -> Axes | None:
        if self._moment is None or self._subject is None or len(self._moment.axes) != 1:
            return None
        area = face(self).adjusted(_LEFT, _ABOVE, -_RIGHT, -_BELOW)
        (x,) = self._moment.axes
        named = self._subject.name(self.shown[0]) if len(self.shown) == 1 else ""
        return Axes(area, (x.low, x.high), self._height, self._subject.name(x.neuron), named)

    def paint_moving(self, painter: QPainter, axes: Axes) -> None:
        subject, moment = self._subject, self._moment
        if subject is None or moment is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TEXT, 600))
        painter.save()
        painter.setClipRect(axes.area)
        ends: list[tuple[float, str, str]] = []
        for place, name in enumerate(self.shown):
            pen = line_pen(self.theme, place, 2.2)
            painter.setPen(pen)
            curve = _polygon(axes, moment.surfaces[name])
            painter.drawPolyline(curve)
            if curve:
                ends.append((curve[-1].y(), subject.name(name), pen.color().name()))
        painter.restore()
        if len(ends) > 1:
            _paint_names(painter, axes.area, ends)

    def paint_still(self, painter: QPainter, axes: Axes) -> None:
        subject = self._subject
        if subject is None:
            return
        self._paint_zero(painter, axes)
        inks = Inks(subject, self.theme)
        drawn = sorted(self._drawn(subject), key=lambda each: not each[0].is_test)
        radius = _SMALL_RADIUS if len(drawn) > _MANY else _RADIUS
        marks = Marks(radius, self.theme.paper, self.devicePixelRatioF() * scale())
        several = len(self.shown) > 1

        def mark_of(number: int) -> Mark:
            sample, place = drawn[number]
            if subject.classes is not None:
                return inks.mark(sample)
            pen = line_pen(self.theme, place if several else 0, 1.0)
            shape = SHAPES[(place + 1) % len(SHAPES)] if several else "circle"
            return Mark(shape, pen.color().name(), not sample.is_test)

        places = (axes.place(each.place[0], each.targets[place]) for each, place in drawn)
        marks.paint(painter, places, mark_of)
        names = subject.class_names
        has_test = subject.has_test and self.shows_test
        paint_classes(
            painter,
            QPointF(axes.area.left(), axes.area.bottom() + 48),
            face(self).width() - 12,
            names,
            [inks.mark_of_class(number) for number in range(len(names))],
            has_test,
            self.theme,
            self.language,
        )

    def _paint_zero(self, painter: QPainter, axes: Axes) -> None:
        """Paint the line on which the values are 0, and the border between two classes."""
        painter.setPen(QPen(colour(self.theme.line), 1))
        if axes.y[0] < 0 < axes.y[1]:
            painter.drawLine(axes.place(axes.x[0], 0), axes.place(axes.x[1], 0))
        classes = None if self._subject is None else self._subject.classes
        if classes is not None and classes.values is not None and self.neuron is None:
            painter.setPen(QPen(colour(self.theme.quiet), 1, Qt.PenStyle.DashLine))
            painter.drawLine(
                axes.place(axes.x[0], classes.border), axes.place(axes.x[1], classes.border)
            )

    def paint_spot(self, painter: QPainter, axes: Axes, x: float, y: float) -> None:
        painter.setPen(QPen(colour(self.theme.quiet), 1, Qt.PenStyle.DotLine))
        painter.drawLine(axes.place(x, axes.y[0]), axes.place(x, axes.y[1]))
        for name in self.shown:
            super().paint_spot(painter, axes, x, self.value_at(name, x))

    def said_at(self, x: float, y: float) -> str:
        subject, moment = self._subject, self._moment
        if subject is None or moment is None or len(moment.axes) != 1:
            return ""
        place = f"{subject.name(moment.axes[0].neuron)} = {self.number(x, 3)}"
        values = (
            f"{subject.name(name)} = {self.number(self.value_at(name, x), 4)}"
            for name in self.shown
        )
        return f"{place}: {', '.join(values)}"

    def value_at(self, neuron: str, x: float) -> float:
        """Return what a neuron says at a place, between the nearest points of its curve."""
        import numpy as np

        if self._moment is None:
            return math.nan
        axis, curve = self._moment.axes[0], self._moment.surfaces[neuron]
        return float(np.interp(x, np.linspace(axis.low, axis.high, len(curve)), curve))


def _ends(curve: Array) -> tuple[float, ...]:
    import numpy as np

    low, high = float(np.fmin.reduce(curve)), float(np.fmax.reduce(curve))
    return (low, high) if math.isfinite(low) and math.isfinite(high) else ()


def _polygon(axes: Axes, curve: Array) -> list[QPointF]:
    area = axes.area
    step = area.width() / (len(curve) - 1)
    scale = area.height() / (axes.y[1] - axes.y[0])
    # In doubles; and far outside is far enough: Qt paints no line that ends where they end.
    heights = area.bottom() - (curve.astype(float) - axes.y[0]) * scale
    left = area.left()
    return [
        QPointF(left + at * step, height)
        for at, height in enumerate(heights.clip(-_FAR, _FAR).tolist())
        if height == height
    ]


def _paint_names(painter: QPainter, area: QRectF, ends: list[tuple[float, str, str]]) -> None:
    """Write the names of lines where they end, none on another."""
    metrics = QFontMetricsF(font(TEXT, 600))
    free = area.top()
    for y, name, ink in sorted(ends):
        free = max(free, min(y, area.bottom()) - metrics.height() / 2)
        painter.setPen(colour(ink))
        painter.drawText(QPointF(area.right() + 6, free + metrics.ascent()), name)
        free += metrics.height()
