"""Tables of confusion: what is meant in rows, what was said in columns, right ones on a blue ground, wrong ones on orange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from explainer.gui.scaling import face, hint, painting
from explainer.gui.theme import Theme, colour, font
from explainer.gui.training.numerals import count_text, share_text
from explainer.gui.training.painted import PaintedWords
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.training.kernels import Array

_CELL_HEIGHT, _HEAD = 24.0, 20.0
_LEAST_CELL, _WIDEST_CELL = 34.0, 64.0
# More classes than these have no room for their numbers; the colours still show them.
_MOST_WRITTEN = 6
_LEAST_TINT = 0.06


class ConfusionTable(PaintedWords):
    """One table, with its title above it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._title = message("In training")
        self._names: tuple[str, ...] = ()
        self._rows: list[list[int]] = []

    def set_language(self, language: str) -> None:
        """Speak a language."""
        super().set_language(language)
        self._describe()

    def show_table(self, title: Message, names: Sequence[str], table: Array | None) -> None:
        """Show counts, (classes, classes); nothing for None."""
        rows: list[list[int]] = [] if table is None else table.tolist()
        if (title, tuple(names), rows) == (self._title, self._names, self._rows):
            return
        grows = len(rows) != len(self._rows)
        self._title, self._names, self._rows = title, tuple(names), rows
        if grows:
            self.setVisible(bool(rows))
            self._describe()
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = len(self._rows)
        if not count:
            return QSize(0, 0)
        return hint(150, 2 * _HEAD + count * self._cell_height())

    def _heading(self) -> str:
        rows = self._rows
        total = sum(map(sum, rows))
        right = sum(row[at] for at, row in enumerate(rows))
        words = message(
            "{title}: {share} right",
            title=self._title,
            share=share_text(right / total if total else 0.0, self._language),
        )
        return translate(words, self._language)

    def event(self, event: QEvent) -> bool:
        # Said when it is asked for: the numbers change with every moment.
        if event.type() in (QEvent.Type.ToolTip, QEvent.Type.FocusIn, QEvent.Type.Enter):
            self._describe()
        return super().event(event)

    def _cell_height(self) -> float:
        return _CELL_HEIGHT if len(self._rows) <= _MOST_WRITTEN else 14.0

    def _describe(self) -> None:
        """Say the table in words, for those who do not see it."""
        lines = [translate(self._title, self._language)]
        for name, row in zip(self._names, self._rows, strict=False):
            for said, count in zip(self._names, row, strict=False):
                words = message(
                    "{name} taken for {said}: {count}", name=name, said=said, count=count
                )
                lines.append(translate(words, self._language))
        self.setAccessibleName("; ".join(lines))
        self.setToolTip(
            translate(message("Rows: the class meant. Columns: the class said."), self._language)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        count = len(self._rows)
        if not count:
            return
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12, 600))
        painter.setPen(colour(theme.quiet))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, face(self).width(), _HEAD), left, self._heading())
        metrics = QFontMetricsF(font(11, tabular=True))
        margin = max(map(metrics.horizontalAdvance, self._names), default=0.0) + 10
        room = (face(self).width() - margin) / count
        width = min(max(room, min(_LEAST_CELL, room)), _WIDEST_CELL)
        painter.setFont(font(11, tabular=True))
        height = self._cell_height()
        for at, name in enumerate(self._names):
            x, y = margin + at * width, 2 * _HEAD + at * height
            painter.setPen(colour(theme.quiet))
            painter.drawText(QRectF(x, _HEAD, width, _HEAD), Qt.AlignmentFlag.AlignCenter, name)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y, margin - 6, height), flags, name)
            for column, number in enumerate(self._rows[at]):
                place = QRectF(margin + column * width, y, width, height)
                self._paint_cell(painter, place.adjusted(1, 1, -1, -1), at, column, number)

    def _paint_cell(
        self, painter: QPainter, place: QRectF, row: int, column: int, number: int
    ) -> None:
        theme = self._theme
        total = max(1, sum(self._rows[row]))
        shade = theme.palette.tones["forward" if row == column else "error"]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.hover))
        painter.drawRoundedRect(place, 4, 4)
        share = number / total
        if share:
            painter.setOpacity(_LEAST_TINT + 0.34 * share)
            painter.setBrush(colour(shade.line))
            painter.drawRoundedRect(place, 4, 4)
            painter.setOpacity(1.0)
        if len(self._rows) <= _MOST_WRITTEN:
            painter.setPen(colour(theme.ink if number else theme.quiet))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, count_text(number))
