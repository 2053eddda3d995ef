"""The table of confusion: for every class of the samples, as which class the network sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.subject import Subject
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.training.kernels import Array
    from explainer.training.moment import Moment

_TEXT, _TITLE, _HEADING, _LOWEST, _HIGHEST, _WIDEST, _GAP = 13, 24.0, 22.0, 30.0, 48.0, 110.0, 26.0
_DIGITS = 3
# How strongly a cell is tinted at most.
_TINT = 0.34


class ConfusionTable(QWidget):
    """One or two tables, that of the training samples and that of the test samples, below each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._language = "en"
        self._subject: Subject | None = None
        self._moment: Moment | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def lesson_shown(self, subject: Subject) -> None:
        """Show another lesson."""
        self._subject, self._moment = subject, None
        self.updateGeometry()
        self._describe()
        self.update()

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment."""
        self._moment = moment
        self._describe()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self._describe()
        self.update()

    def tables(self) -> list[tuple[Message, Array, float]]:
        """Return what there is to show: a title, the counts, the accuracy."""
        moment = self._moment
        if moment is None:
            return []
        found = []
        if moment.confusion is not None and moment.accuracy is not None:
            found.append((message("Training samples"), moment.confusion, moment.accuracy))
        if moment.test_confusion is not None and moment.test_accuracy is not None:
            found.append((message("Test samples"), moment.test_confusion, moment.test_accuracy))
        return found

    def names(self) -> list[str]:
        """Return the names of the classes."""
        subject = self._subject
        if subject is None or subject.classes is None:
            return []
        return [subject.class_name(number, self._number) for number in range(subject.classes.count)]

    def _number(self, value: float) -> str:
        return shown(value, _DIGITS, self._language)

    def percent(self, share: float) -> str:
        """Return a share as it is written: 93.3 %."""
        return f"{shown(100 * share, _DIGITS, self._language)}\N{NO-BREAK SPACE}%"

    def _say(self, sentence: Message) -> str:
        return translate(sentence, self._language)

    def _describe(self) -> None:
        """Say the tables to those who do not see them."""
        names = self.names()
        parts = [self._say(message("Table of confusion"))]
        for title, counts, right in self.tables():
            parts.append(f"{self._say(title)}: {self._say(_accuracy(self.percent(right)))}")
            for name, row in zip(names, counts.tolist(), strict=True):
                cells = ", ".join(f"{other} {count}" for other, count in zip(names, row, strict=True))  # fmt: skip
                parts.append(self._say(message("class {name}, seen as: {cells}", name=name, cells=cells)))  # fmt: skip
        self.setAccessibleName(parts[0])
        self.setAccessibleDescription(". ".join(parts[1:]))

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(420, round(self._height_of(_HIGHEST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, round(self._height_of(_LOWEST)))

    def _height_of(self, row: float) -> float:
        count = max(2, len(self.names()))
        tables = 2 if self._subject is not None and self._subject.has_test else 1
        return tables * (_TITLE + 2 * _HEADING + count * row) + (tables - 1) * _GAP + 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour(self._theme.paper))
        names, tables = self.names(), self.tables()
        if not names or not tables:
            return
        fixed = _TITLE + 2 * _HEADING
        room = (self.height() - (len(tables) - 1) * _GAP - 8) / len(tables) - fixed
        row = min(max(room / len(names), _LOWEST), _HIGHEST)
        top = 2.0
        for title, counts, right in tables:
            self._paint_table(painter, top, row, names, (title, counts, right))
            top += fixed + row * len(names) + _GAP

    def _paint_table(
        self,
        painter: QPainter,
        top: float,
        row: float,
        names: list[str],
        table: tuple[Message, Array, float],
    ) -> None:
        title, counts, right = table
        theme, flags = self._theme, Qt.AlignmentFlag
        middle = flags.AlignVCenter
        painter.setFont(font(_TEXT, 600))
        painter.setPen(colour(theme.ink))
        line = QRectF(0, top, self.width() - 4, _TITLE)
        painter.drawText(line, flags.AlignLeft | middle, self._say(title))
        painter.setPen(colour(theme.text))
        painter.setFont(font(_TEXT))
        painter.drawText(line, flags.AlignRight | middle, self._say(_accuracy(self.percent(right))))
        metrics = QFontMetricsF(font(_TEXT, 600))
        is_class = self._say(message("is"))
        left = max(metrics.horizontalAdvance(f"{is_class} {name}") for name in names) + 14
        width = min(_WIDEST, (self.width() - left - 4) / len(names))
        heads = QRectF(left, top + _TITLE, width * len(names), _HEADING)
        painter.setFont(font(_TEXT - 1))
        painter.setPen(colour(theme.quiet))
        painter.drawText(heads, flags.AlignLeft | middle, self._say(message("seen as")))
        painter.setFont(font(_TEXT, 600))
        for number, name in enumerate(names):
            painter.setPen(colour(theme.text))
            above = QRectF(left + number * width, top + _TITLE + _HEADING, width, _HEADING)
            painter.drawText(above, flags.AlignCenter, metrics.elidedText(name, Qt.TextElideMode.ElideRight, width - 4))  # fmt: skip
            beside = QRectF(0, top + _TITLE + 2 * _HEADING + number * row, left - 10, row)
            painter.drawText(beside, flags.AlignRight | middle, f"{is_class} {name}")
            total = int(counts[number].sum())
            for other in range(len(names)):
                cell = QRectF(left + other * width, beside.top(), width, row)
                self._paint_cell(painter, cell, int(counts[number, other]), total, number == other)

    def _paint_cell(
        self, painter: QPainter, cell: QRectF, count: int, total: int, is_right: bool
    ) -> None:
        theme = self._theme
        share = count / total if total else 0.0
        tint = QColor(theme.palette.shade("update" if is_right else "error").line)
        tint.setAlphaF(_TINT * share)
        painter.setPen(QPen(colour(theme.accent if is_right else theme.outline), 1.4 if is_right else 1))  # fmt: skip
        painter.setBrush(tint)
        painter.drawRoundedRect(cell.adjusted(2, 2, -2, -2), 5, 5)
        painter.setPen(colour(theme.ink))
        painter.setFont(font(_TEXT, 600, tabular=True))
        texts = (str(count), self.percent(share))
        metrics, small = QFontMetricsF(font(_TEXT, 600)), QFontMetricsF(font(_TEXT - 2))
        wide = metrics.horizontalAdvance(texts[0]) + small.horizontalAdvance(texts[1]) + 20
        if cell.height() >= 40 or wide > cell.width():
            # One over the other; where even that is too high or too wide, the count alone.
            fits = cell.height() >= 36 and small.horizontalAdvance(texts[1]) < cell.width() - 6
            upper = cell.adjusted(0, 3, 0, -cell.height() / 2 + 2) if fits else cell
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, texts[0])
            lower = cell.adjusted(0, cell.height() / 2 - 2, 0, -3)
            if not fits:
                return
        else:
            painter.drawText(cell.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, texts[0])
            lower = cell.adjusted(0, 0, -8, 0)
        painter.setFont(font(_TEXT - 2))
        painter.setPen(colour(theme.text))
        side = Qt.AlignmentFlag.AlignCenter if cell.height() >= 40 or wide > cell.width() else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter  # fmt: skip
        painter.drawText(lower, side, texts[1])


def _accuracy(share: str) -> Message:
    return message("{share} right", share=share)
