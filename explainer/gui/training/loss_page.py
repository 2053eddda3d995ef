"""The page of the losses: the chart, its legend and switches; accuracy and confusion where the outputs are classes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explainer.gui.frame import Frame
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.scaling import face, hint, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.gui.timing import READABLE, Seldom
from explainer.gui.training.calling import class_names
from explainer.gui.training.conductor import Conductor
from explainer.gui.training.confusion import ConfusionTable
from explainer.gui.training.loss_chart import LossChart
from explainer.gui.training.numerals import count_text, loss_text
from explainer.gui.training.painted import PaintedWords
from explainer.lesson.lesson import Lesson
from explainer.messages import message, translate
from explainer.training.classes import classes_of
from explainer.training.moment import Moment

# px: a line of the legend, and what it needs for both of its items beside each other.
_LINE, _BESIDE = 22, 350


class LossPage(QWidget):
    """Shows moments and the curve of a conductor."""

    def __init__(self, theme: Theme, conductor: Conductor) -> None:
        super().__init__()
        self._conductor = conductor
        self._language = "en"
        self._names: tuple[str, ...] = ()
        self.chart = LossChart(theme)
        self.legend = Legend(theme)
        self.logarithmic, self.smooth = QCheckBox(), QCheckBox()
        self.logarithmic.setChecked(self.chart.is_log)
        self.note = QLabel()
        self.training, self.test = ConfusionTable(theme), ConfusionTable(theme)
        self._keys = OwnKeys(self)
        self._keys.keep(self.logarithmic, self.smooth)
        self._lay_out()
        self.chart.visited.connect(conductor.visit)
        self.chart.pointed.connect(self._point_at)
        for switch in (self.logarithmic, self.smooth):
            switch.toggled.connect(self._set_scale)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        switches = QHBoxLayout()
        switches.setSpacing(16)
        switches.addWidget(self.logarithmic)
        switches.addWidget(self.smooth)
        switches.addStretch(1)
        switches.addWidget(self.note)
        self.note.setProperty("part", "note")
        tables = QHBoxLayout()
        tables.setSpacing(18)
        tables.addWidget(self.training, 1, Qt.AlignmentFlag.AlignTop)
        tables.addWidget(self.test, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.legend)
        column.addWidget(self.chart, 1)
        column.addLayout(switches)
        column.addLayout(tables)

    def lesson_shown(self, lesson: Lesson) -> None:
        """Take the names of the classes from a lesson."""
        classes = None if lesson.expression is not None else classes_of(lesson)
        self._names = class_names(lesson, classes)

    def show_state(self) -> None:
        """Show how training stands."""
        conductor = self._conductor
        moment = conductor.moment
        epoch = 0 if moment is None else moment.epoch
        self.chart.show_curve(conductor.curve, epoch, conductor.epochs)
        self.legend.show_losses(
            None if moment is None else moment.training_loss,
            None if moment is None else moment.test_loss,
            at_once=not conductor.is_running,
        )
        self._show_classes(moment)

    def _show_classes(self, moment: Moment | None) -> None:
        confusion = None if moment is None else moment.confusion
        test = None if moment is None else moment.test_confusion
        self.training.show_table(message("In training"), self._names, confusion)
        self.test.show_table(message("In the test"), self._names, test)

    def show_frame(self, frame: Frame) -> None:
        """Speak the language of a frame."""
        language = self._language = frame.language
        self.logarithmic.setText(translate(message("Logarithmic"), language))
        self.smooth.setText(translate(message("Smooth"), language))
        for part in (self.chart, self.legend, self.training, self.test):
            part.set_language(language)
        self.show_state()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for part in (self.chart, self.legend, self.training, self.test):
            part.set_theme(theme)

    def _set_scale(self) -> None:
        self.chart.set_scale(is_log=self.logarithmic.isChecked(), is_smooth=self.smooth.isChecked())

    def _point_at(self, epoch: int | None) -> None:
        """Say the losses of the epoch under the pointer, as near as the curve knows them."""
        points = self._conductor.curve.points
        if epoch is None or not points:
            self.note.setText("")
            return
        nearest = min(points, key=lambda point: abs(point.epoch - epoch))
        training = loss_text(nearest.training, self._language)
        epoch_text = count_text(nearest.epoch)
        words = message("epoch {epoch}: {training}", epoch=epoch_text, training=training)
        if nearest.test is not None:
            words = message(
                "epoch {epoch}: {training}, test {test}",
                epoch=epoch_text,
                training=training,
                test=loss_text(nearest.test, self._language),
            )
        self.note.setText(translate(words, self._language))


class Legend(PaintedWords):
    """Which line is which, and where each of them is now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._losses: tuple[float | None, float | None] = (None, None)
        self._tell = Seldom(self, READABLE, self._tell_losses)

    def show_losses(
        self, training: float | None, test: float | None, *, at_once: bool = True
    ) -> None:
        """Show two losses, none for None, as often as anybody reads them or `at_once`."""
        if (training, test) != self._losses:
            self._losses = (training, test)
            self._tell.call(at_once=at_once)

    def _tell_losses(self) -> None:
        self.setAccessibleName(", ".join(f"{name} {value}" for name, value in self._items()))
        self.update()

    def sizeHint(self) -> QSize:
        return hint(200, _LINE)

    def _items(self) -> list[tuple[str, str]]:
        training, test = self._losses
        items = [(message("Loss in training"), training)]
        if test is not None:
            items.append((message("in the test"), test))
        return [
            (translate(name, self._language), loss_text(value, self._language))
            for name, value in items
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()

    def rescale(self) -> None:
        """Stand in one line, or one below the other where there is no room beside each other."""
        self.setFixedHeight(px(_LINE if face(self).width() >= _BESIDE else 2 * _LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_beside = face(self).width() >= _BESIDE
        x, y = 0.0, 0.0
        for place, (name, value) in enumerate(self._items()):
            end = self._paint_item(painter, QPointF(x, y), name, value, is_test=place > 0)
            # A number that grows by a digit does not push the next one.
            x, y = (max(end + 12, 190.0), 0.0) if is_beside else (0.0, y + _LINE)

    def _paint_item(
        self, painter: QPainter, corner: QPointF, name: str, value: str, *, is_test: bool
    ) -> float:
        """Paint a stroke, a name and a number; return where they end."""
        theme, middle = self._theme, round(corner.y() + _LINE / 2)
        pen = QPen(colour(theme.palette.tones["error"].line if is_test else theme.accent), 2)
        if is_test:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        x = round(corner.x())
        painter.drawLine(x, middle, x + 18, middle)
        x += 25
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for text, drawn, ink in (
            (name, font(12), theme.text),
            (value, font(13, 600, tabular=True), theme.ink),
        ):
            painter.setFont(drawn)
            painter.setPen(colour(ink))
            width = QFontMetrics(drawn).horizontalAdvance(text)
            painter.drawText(QRectF(x, corner.y(), width + 2, _LINE), flags, text)
            x += width + 6
        return float(x)
