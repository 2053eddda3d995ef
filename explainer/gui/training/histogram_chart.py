"""Histograms of weights, activations and gradients, a row for each layer, the scale of a column shared by all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.scaling import face, hint, painting, spot
from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.calling import layer_names
from explainer.lesson.lesson import Lesson
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.training.moment import Histogram, Moment

_TEXT, _ABOVE, _BELOW, _GAP, _BETWEEN = 12, 26.0, 22.0, 14.0, 8.0
_LOWEST, _HIGHEST = 26.0, 110.0
_DIGITS = 2
# What each column is, and the tone of the phase it belongs to.
_COLUMNS: tuple[tuple[Message, str], ...] = (
    (message("Weights"), "update"),
    (message("Activations a"), "forward"),
    (message("∂E/∂w"), "backward"),
)


class HistogramChart(QWidget):
    """Small multiples: across what is counted, down the layers from the side of the inputs. `read` says what a bar counts."""

    read = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self._names: tuple[str, ...] = ()
        self._moment: Moment | None = None
        self._spot: QPointF | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def lesson_shown(self, lesson: Lesson) -> None:
        """Show another lesson."""
        self._names, self._moment = layer_names(lesson), None
        self.updateGeometry()
        self.update()

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment."""
        self._moment = moment
        self._tell()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        # The least that is of use: what there is beside it, it gets.
        return hint(420, self._height_of(_LOWEST))

    def minimumSizeHint(self) -> QSize:
        return hint(260, self._height_of(_LOWEST))

    def _height_of(self, row: float) -> float:
        return _ABOVE + _BELOW + max(1, len(self._names)) * (row + _BETWEEN)

    # Where everything stands

    def _columns(self) -> tuple[tuple[Histogram, ...], ...]:
        moment = self._moment
        return () if moment is None else (moment.weights, moment.activations, moment.gradients)

    def _cell(self, column: int, row: int) -> QRectF:
        metrics = QFontMetricsF(font(_TEXT))
        left = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0) + 12
        whole = face(self)
        width = (whole.width() - left - 2 * _GAP - 8) / 3
        rows = max(1, len(self._names))
        room = whole.height() - _ABOVE - _BELOW - rows * _BETWEEN
        height = min(max(room / rows, _LOWEST), _HIGHEST)
        return QRectF(
            left + column * (width + _GAP), _ABOVE + row * (height + _BETWEEN), width, height
        )

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting(self)
        painter.fillRect(face(self), colour(self._theme.paper))
        columns = self._columns()
        if not columns:
            return
        painter.setFont(font(_TEXT))
        painter.setPen(colour(self._theme.text))
        for row, name in enumerate(self._names):
            cell = self._cell(0, row)
            beside = QRectF(0, cell.top(), cell.left() - 10, cell.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)  # fmt: skip
        for column, found in enumerate(columns):
            self._paint_column(painter, column, found)

    def _paint_column(self, painter: QPainter, column: int, found: tuple[Histogram, ...]) -> None:
        title, tone = _COLUMNS[column]
        first = self._cell(column, 0)
        painter.setFont(font(_TEXT, 600))
        painter.setPen(colour(self._theme.text))
        room = QRectF(first.left(), 2, first.width(), 20)
        words = QFontMetricsF(font(_TEXT, 600)).elidedText(
            translate(title, self._language), Qt.TextElideMode.ElideRight, first.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, words)
        if not found:
            self._paint_nothing(painter, column)
            return
        fill = colour(self._theme.palette.shade(tone).line)
        for row, histogram in enumerate(found):
            self._paint_cell(painter, self._cell(column, row), histogram, fill)
        self._paint_ends(painter, self._cell(column, len(found) - 1), found[0])

    def _paint_cell(
        self, painter: QPainter, cell: QRectF, histogram: Histogram, fill: QColor
    ) -> None:
        largest = int(histogram.counts.max()) or 1
        counts = (histogram.counts * (cell.height() / largest)).tolist()
        width = cell.width() / len(counts)
        points = [cell.bottomLeft()]
        for place, height in enumerate(counts):
            top = cell.bottom() - height
            left = cell.left() + place * width
            points += (QPointF(left, top), QPointF(left + width, top))
        points.append(cell.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(points))
        painter.setPen(QPen(colour(self._theme.quiet), 1))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if histogram.low < 0:
            painter.setPen(QPen(colour(self._theme.outline), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(cell.center().x(), cell.top()), QPointF(cell.center().x(), cell.bottom()))  # fmt: skip

    def _paint_ends(self, painter: QPainter, cell: QRectF, histogram: Histogram) -> None:
        """Write the numbers at the two ends of a column, and 0 in its middle."""
        painter.setFont(font(_TEXT - 1))
        painter.setPen(colour(self._theme.quiet))
        below = QRectF(cell.left(), cell.bottom() + 3, cell.width(), 16)
        low, high = (shown(value, _DIGITS, self._language) for value in (histogram.low, histogram.high))  # fmt: skip
        flags = Qt.AlignmentFlag
        painter.drawText(below, flags.AlignLeft | flags.AlignVCenter, low)
        painter.drawText(below, flags.AlignRight | flags.AlignVCenter, high)
        metrics = QFontMetricsF(font(_TEXT - 1))
        # Where the ends take the room, the dotted line alone says where 0 is.
        longest = max(map(metrics.horizontalAdvance, (low, high)))
        if histogram.low < 0 and 2 * longest + metrics.horizontalAdvance("  0  ") < cell.width():
            painter.drawText(below, flags.AlignHCenter | flags.AlignVCenter, "0")

    def _paint_nothing(self, painter: QPainter, column: int) -> None:
        first = self._cell(column, 0)
        painter.setFont(font(_TEXT))
        painter.setPen(colour(self._theme.quiet))
        room = QRectF(first.left(), first.top() + 4, first.width(), 120)
        words = translate(message("This update rule has no gradient."), self._language)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, words)

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._spot = spot(event.position())
        self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._spot = None
        self._tell()

    def _tell(self) -> None:
        self.read.emit(self._said())

    def _said(self) -> str:
        if self._spot is None:
            return ""
        for column, found in enumerate(self._columns()):
            for row, histogram in enumerate(found):
                cell = self._cell(column, row)
                if cell.contains(self._spot):
                    share = (self._spot.x() - cell.left()) / cell.width()
                    place = min(int(share * len(histogram.counts)), len(histogram.counts) - 1)
                    low, high = (float(edge) for edge in histogram.edges[place : place + 2])
                    said = message(
                        "{name}: {count} of {total} between {low} and {high}",
                        name=self._names[row],
                        count=int(histogram.counts[place]),
                        total=int(histogram.counts.sum()),
                        low=shown(low, _DIGITS + 1, self._language),
                        high=shown(high, _DIGITS + 1, self._language),
                    )
                    return translate(said, self._language)
        return ""
