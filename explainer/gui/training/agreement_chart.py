"""What the outputs say against what they should: for networks whose inputs are too many for a plane."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from explainer.gui.scaling import face, scale
from explainer.gui.theme import Theme, colour
from explainer.gui.training.chart import Axes, Chart
from explainer.gui.training.legend import paint_classes
from explainer.gui.training.lines import line_pen
from explainer.gui.training.marks import SHAPES, Mark, Marks
from explainer.gui.training.subject import MOST_DRAWN, Subject
from explainer.lesson.lesson import Data, Samples
from explainer.messages import message, translate
from explainer.training.axes import span_around

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.moment import Moment

_LEFT, _RIGHT, _ABOVE, _BELOW = 62.0, 20.0, 26.0, 64.0
_RADIUS, _SMALL_RADIUS, _MANY = 4.2, 2.8, 300


class AgreementChart(Chart):
    """Every sample by its target (across) and what the network says (up): right where it lies on the diagonal."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._subject: Subject | None = None
        self._moment: Moment | None = None
        self.shows_test = True
        self._span = (0.0, 0.0)
        self._marks: Marks | None = None

    def lesson_shown(self, subject: Subject) -> None:
        """Show another lesson."""
        self._subject, self._moment, self._span = subject, None, (0.0, 0.0)
        self.renew()

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment."""
        self._moment = moment
        self._fit()
        self._tell()
        self.update()

    def look_at(self, *, shows_test: bool) -> None:
        """Show the test samples or not."""
        if shows_test != self.shows_test:
            self.shows_test = shows_test
            self.renew()

    def rescale(self) -> None:
        self._marks = None
        super().rescale()

    def set_theme(self, theme: Theme) -> None:
        self._marks = None
        super().set_theme(theme)

    def points(self) -> list[tuple[float, float, int, bool]]:
        """Return target, prediction, output and whether it is a test sample, of every sample that is drawn."""
        subject, moment = self._subject, self._moment
        if subject is None or moment is None:
            return []
        data = subject.lesson.data
        found: list[tuple[float, float, int, bool]] = []
        parts: list[tuple[Data | Samples | None, Array | None, bool]] = [
            (data.test if self.shows_test else None, moment.test_outputs, True),
            (data, moment.outputs, False),
        ]
        for samples, outputs, is_test in parts:
            if samples is None or outputs is None or outputs.shape[1] != len(samples.targets):
                continue
            step = max(1, math.ceil(len(samples.targets) / MOST_DRAWN))
            for place in range(len(subject.outputs)):
                said = outputs[place, ::step].tolist()
                wanted = (row[place] for row in samples.targets[::step])
                pairs = zip(wanted, said, strict=True)
                found += [(target, value, place, is_test) for target, value in pairs]
        return found

    def _fit(self) -> None:
        numbers = [
            number
            for point in self.points()
            for number in point[:2]
            if math.isfinite(number) and abs(number) < 1e12
        ]
        low, high = min(numbers, default=0.0), max(numbers, default=1.0)
        lower, upper = self._span
        if lower <= low and high <= upper and high - low > 0.5 * (upper - lower):
            return
        self._span = span_around([low, high, *([low] * 20)])
        self._still = None

    def axes(self) -> Axes | None:
        if self._moment is None or self._subject is None or self._moment.outputs is None:
            return None
        room = face(self).adjusted(_LEFT, _ABOVE, -_RIGHT, -_BELOW)
        side = max(40.0, min(room.width(), room.height()))
        area = QRectF(room.left() + (room.width() - side) / 2, room.top(), side, side)
        names = (translate(message("target"), self.language), translate(message("what the network says"), self.language))  # fmt: skip
        return Axes(area, self._span, self._span, *names)

    def paint_moving(self, painter: QPainter, axes: Axes) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = self._span
        painter.setPen(QPen(colour(self.theme.outline), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(axes.place(low, low), axes.place(high, high))
        points = self.points()
        if self._marks is None:
            radius = _SMALL_RADIUS if len(points) > _MANY else _RADIUS
            self._marks = Marks(radius, self.theme.paper, self.devicePixelRatioF() * scale())
        painter.setClipRect(axes.area)
        places = (axes.place(target, value) for target, value, _, _ in points)
        self._marks.paint(
            painter, places, lambda number: self._mark(points[number][2], points[number][3])
        )

    def _mark(self, output: int, is_test: bool) -> Mark:
        ink = line_pen(self.theme, output, 1.0).color().name()
        return Mark(SHAPES[(output + 1) % len(SHAPES)], ink, not is_test)

    def paint_still(self, painter: QPainter, axes: Axes) -> None:
        subject = self._subject
        if subject is None:
            return
        several = subject.outputs if len(subject.outputs) > 1 else ()
        paint_classes(
            painter,
            QPointF(16, axes.area.bottom() + 48),
            face(self).width() - 12,
            [subject.name(name) for name in several],
            [self._mark(place, False) for place in range(len(several))],
            subject.has_test and self.shows_test,
            self.theme,
            self.language,
        )

    def said_at(self, x: float, y: float) -> str:
        target = translate(message("target"), self.language)
        says = translate(message("what the network says"), self.language)
        return f"{target} {self.number(x, 3)}, {says} {self.number(y, 3)}"
