"""The size of ∂E/∂z of every layer over the training, on a logarithmic scale: gradients that vanish or explode are seen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from explainer.gui.scaling import face
from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.calling import layer_names
from explainer.gui.training.chart import TEXT, Axes, Chart
from explainer.gui.training.lines import line_pen
from explainer.gui.training.loss_scale import APART
from explainer.gui.training.numerals import count_text
from explainer.gui.training.ticks import powers, ticks
from explainer.lesson.batches import batches
from explainer.lesson.lesson import Lesson
from explainer.maths.numbers import shown
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import message, translate
from explainer.training.course import NormCourse

if TYPE_CHECKING:
    from explainer.training.moment import Moment

# Later than this nobody asks for parts of an epoch.
_WHOLE_FROM = 100
# Of the powers of ten that are written out the longest has seven figures.
_LEFT, _ABOVE, _BELOW = 64.0, 26.0, 40.0
_SAMPLE_OF_LINE = 24.0
_SMALLEST = 1e-30
_DIGITS = 3


class NormChart(Chart):
    """A line for each layer with its name at the end; `course` keeps what has been."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.course = NormCourse()
        self._names: tuple[str, ...] = ()
        self._per_epoch = 1
        # The epoch at which training stands.
        self._now = 0.0
        self._has_no_gradient = False
        self._spans = ((0.0, 1.0), (-1.0, 1.0))
        # The least power of ten with a place of its own; 0 has its place below.
        self._lowest = -1.0

    def lesson_shown(self, lesson: Lesson) -> None:
        """Show another lesson, from its beginning."""
        self.course = NormCourse()
        self._names = layer_names(lesson)
        _, self._per_epoch = batches(lesson)
        self._has_no_gradient = lesson.update.choice.name in LEARNING_RULES
        self.renew()

    def keep(self, moment: Moment) -> None:
        """Keep the norms of a moment, shown or not."""
        self.course.add(moment.passes, moment.norms)

    def note(self, norms: Iterable[tuple[int, tuple[float, ...]]]) -> None:
        """Keep norms by their passes that came between two moments."""
        for passes, each in norms:
            self.course.add(passes, each)

    def forget_after(self, passes: int) -> None:
        """Drop what came after so many passes: from there something else is trained."""
        self.course.forget_after(passes)
        self._fit()
        self.renew()

    def show_moment(self, moment: Moment | None) -> None:
        """Show what has been kept so far; None clears."""
        if moment is None:
            self.course = NormCourse()
        self._now = 0.0 if moment is None else moment.passes / self._per_epoch
        self._fit()
        self._tell()
        self.update()

    def _fit(self) -> None:
        """Fit both axes: the epochs in steps, the powers of ten that all norms lie between."""
        norms = [norm for each in self.course.norms for norm in each if norm > _SMALLEST]
        epochs = self._places()
        first = math.floor(min(epochs, default=0.0))
        last = max(epochs, default=0.0)
        reach = next(part for part in _reaches() if part >= max(1, last - first))
        low = math.floor(math.log10(min(norms))) if norms else -1
        high = math.ceil(math.log10(max(norms))) if norms else 1
        high = max(high, low + 1)
        has_zero = any(norm <= _SMALLEST for each in self.course.norms for norm in each)
        bottom = low - (high - low) * APART / (1 - APART) if has_zero else low
        spans = ((float(first), float(first + reach)), (float(bottom), float(high)))
        if (spans, low) != (self._spans, self._lowest):
            self._spans, self._lowest, self._still = spans, float(low), None

    def empty_sentence(self) -> str:
        said = message("This update rule has no gradient.")
        return translate(said, self.language) if self._has_no_gradient else ""

    def axes(self) -> Axes | None:
        if not self._names or not len(self.course):
            return None
        area = face(self).adjusted(_LEFT, _ABOVE, -self._room_for_names(), -_BELOW)
        epoch = translate(message("epoch"), self.language)
        return Axes(area, *self._spans, epoch, "‖∂E/∂z‖")

    def _room_for_names(self) -> float:
        metrics = QFontMetricsF(font(TEXT, 600))
        widest = max(metrics.horizontalAdvance(name) for name in self._names)
        return widest + _SAMPLE_OF_LINE + 20

    def _epoch_text(self, epoch: float) -> str:
        """Return a place in the training: whole, or between two epochs."""
        is_whole = float(epoch).is_integer() or epoch >= _WHOLE_FROM
        return count_text(round(epoch)) if is_whole else self.number(epoch)

    def paint_axes(self, painter: QPainter, axes: Axes) -> None:
        """Paint the axes, the second with powers of ten."""
        area = axes.area
        painter.setFont(font(TEXT))
        metrics = QFontMetricsF(font(TEXT))
        most = max(2, int(area.height() / 30))
        marks = [(float(power), 10.0**power) for power in powers(10**self._lowest, 10 ** axes.y[1], most=most)]  # fmt: skip
        if axes.y[0] < self._lowest:
            marks.append((axes.y[0], 0.0))
        for height, value in marks:
            at = axes.place(axes.x[0], height)
            painter.setPen(QPen(colour(self.theme.hairline), 1))
            painter.drawLine(at, QPointF(area.right(), at.y()))
            painter.setPen(colour(self.theme.quiet))
            text = shown(value, _DIGITS, self.language)
            painter.drawText(QPointF(at.x() - 7 - metrics.horizontalAdvance(text), at.y() + 4), text)  # fmt: skip
        painter.setPen(QPen(colour(self.theme.quiet), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        for value in ticks(*axes.x, most=max(2, int(area.width() / 60))):
            at = axes.place(value, axes.y[0])
            painter.drawLine(at, at + QPointF(0, 4))
            text = self._epoch_text(value)
            painter.drawText(QPointF(at.x() - metrics.horizontalAdvance(text) / 2, at.y() + 17), text)  # fmt: skip
        painter.setPen(colour(self.theme.text))
        painter.setFont(font(TEXT + 1))
        below = QRectF(area.left(), area.bottom() + 18, area.width(), 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, axes.x_name)
        above = QRectF(area.left(), area.top() - 23, area.width(), 18)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, axes.y_name)  # fmt: skip

    def paint_moving(self, painter: QPainter, axes: Axes) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends: list[tuple[float, int]] = []
        for layer, line in enumerate(self._lines(axes)):
            painter.setPen(line_pen(self.theme, layer, 2.0))
            if len(line) > 1:
                painter.drawPolyline(line)
            else:
                painter.drawPoint(line[0])
            ends.append((line[-1].y(), layer))
        self._paint_now(painter, axes)
        self._paint_names(painter, axes.area, ends)

    def _lines(self, axes: Axes) -> Iterator[list[QPointF]]:
        """Yield the line of every layer, in pixels."""
        import numpy as np

        area = axes.area
        across = (np.array(self._places()) - axes.x[0]) / (axes.x[1] - axes.x[0])
        lefts = (area.left() + across * area.width()).tolist()
        norms = np.array(self.course.norms).T
        heights = np.where(norms > _SMALLEST, np.log10(np.maximum(norms, _SMALLEST)), axes.y[0])
        up = (heights - axes.y[0]) / (axes.y[1] - axes.y[0])
        for tops in (area.bottom() - up * area.height()).tolist():
            yield list(map(QPointF, lefts, tops))

    def _paint_now(self, painter: QPainter, axes: Axes) -> None:
        """Mark the epoch at which training stands, as among the losses."""
        foot = axes.place(min(max(self._now, axes.x[0]), axes.x[1]), axes.y[0])
        painter.setPen(QPen(colour(self.theme.ink), 1.2))
        painter.drawLine(foot, QPointF(foot.x(), axes.area.top()))
        painter.setBrush(colour(self.theme.ink))
        painter.drawEllipse(foot, 3.5, 3.5)

    def _places(self) -> list[float]:
        """Return the epochs at which norms were kept, parts of epochs too."""
        return [passes / self._per_epoch for passes in self.course.passes]

    def _paint_names(self, painter: QPainter, area: QRectF, ends: list[tuple[float, int]]) -> None:
        """Write the names of the lines in the order in which they end, each with a piece of its line."""
        metrics = QFontMetricsF(font(TEXT, 600))
        ends.sort()
        height = metrics.height() + 2
        # As near to the ends as it goes without one name on another, and all within the picture.
        tops = [y - height / 2 for y, _ in ends]
        for at in range(1, len(tops)):
            tops[at] = max(tops[at], tops[at - 1] + height)
        over = tops[-1] + height - (area.bottom() + 8) if tops else 0.0
        for at in range(len(tops) - 1, -1, -1):
            limit = area.bottom() + 8 - (len(tops) - at) * height
            if over > 0:
                tops[at] = min(tops[at], limit)
        painter.setFont(font(TEXT, 600))
        for top, (_, layer) in zip(tops, ends, strict=True):
            pen = line_pen(self.theme, layer, 2.0)
            painter.setPen(pen)
            middle = top + height / 2
            left = area.right() + 8
            painter.drawLine(QPointF(left, middle), QPointF(left + _SAMPLE_OF_LINE, middle))
            painter.setPen(pen.color())
            painter.drawText(QPointF(left + _SAMPLE_OF_LINE + 5, top + metrics.ascent() + 1), self._names[layer])  # fmt: skip

    def said_at(self, x: float, y: float) -> str:
        if not len(self.course):
            return ""
        places = self._places()
        at = min(range(len(places)), key=lambda place: abs(places[place] - x))
        norms = self.course.norms[at]
        values = ", ".join(
            f"{name} {self.number(norm, _DIGITS)}"
            for name, norm in zip(self._names, norms, strict=True)
        )
        epoch = translate(message("epoch"), self.language)
        return f"{epoch} {self._epoch_text(places[at])}: {values}"

    def paint_spot(self, painter: QPainter, axes: Axes, x: float, y: float) -> None:
        painter.setPen(QPen(colour(self.theme.quiet), 1, Qt.PenStyle.DotLine))
        painter.drawLine(axes.place(x, axes.y[0]), axes.place(x, axes.y[1]))


def _reaches() -> Iterator[int]:
    """Yield how many epochs an axis may show: 1, 2, 5, 10 and so on."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
