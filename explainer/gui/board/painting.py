"""How the board looks: headings in small letters, hairlines, numbers of one width, the step's rows in its phase's colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from explainer.gui.board.model import NEW, SYMBOL, VALUE, WHAT, BoardModel
from explainer.gui.number_editing import NumberEditing
from explainer.gui.theme import Theme, colour, font
from explainer.trace.steps import Phase

Place = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, HEADING_HEIGHT, HEAD_HEIGHT = 32, 44, 40
_PADDING, _BAR = 12, 3
# The share of a width that so much larger letters take.
_MEASURED = 60


class LinePainter(NumberEditing):
    """Paints lines; the table gives it the theme, the zoom and the phase of the step."""

    def __init__(self, model: BoardModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.theme = theme
        self.zoom = 1.0
        self.phase: Phase | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        theme, model, place = self.theme, self._model, option.rect
        line, column = index.row(), index.column()
        if model.row(line) is None:
            self._paint_heading(painter, place, model.text(line, SYMBOL))
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_now = model.is_about(line)
        shade = theme.palette.shade(self.phase or "plain")
        ground = theme.selection if is_chosen else shade.tint if is_now else theme.paper
        painter.fillRect(place, colour(ground))
        bottom = QRect(place.left(), place.bottom(), place.width(), 1)
        painter.fillRect(bottom, colour(theme.hairline))
        if is_now and column == SYMBOL:
            bar = QRect(place.left(), place.top(), _BAR, place.height() - 1)
            painter.fillRect(bar, colour(shade.line))
        if is_chosen and option.widget.hasFocus():
            self._paint_focus(painter, place, column)
        painter.setFont(self._font(column, bold=is_now and column != WHAT))
        painter.setPen(colour(self._ink(column, is_chosen=is_chosen)))
        side = Qt.AlignmentFlag.AlignRight if column >= VALUE else Qt.AlignmentFlag.AlignLeft
        inner = place.adjusted(_PADDING, 0, -_PADDING, -1)
        text = QFontMetricsF(painter.font()).elidedText(
            model.text(line, column), Qt.TextElideMode.ElideRight, inner.width() + 1
        )
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, text)
        if column == VALUE and model.flags(model.index(line, column)) & Qt.ItemFlag.ItemIsEditable:
            self._paint_frame(painter, place, is_chosen=is_chosen)

    def _paint_heading(self, painter: QPainter, place: QRect, text: str) -> None:
        theme = self.theme
        painter.fillRect(place, colour(theme.paper))
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), colour(theme.line))
        painter.setFont(font(12 * self.zoom, 600, 0.06))
        painter.setPen(colour(theme.quiet))
        inner = place.adjusted(_PADDING, 0, -_PADDING, -7)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, side, text.upper())

    def _paint_focus(self, painter: QPainter, place: QRect, column: int) -> None:
        """Paint the part of a cell in the frame round its line."""
        accent = colour(self.theme.accent)
        painter.fillRect(QRect(place.left(), place.top(), place.width(), 2), accent)
        painter.fillRect(QRect(place.left(), place.bottom() - 1, place.width(), 2), accent)
        if column == SYMBOL:
            painter.fillRect(QRect(place.left(), place.top(), 2, place.height()), accent)
        if column == NEW:
            painter.fillRect(QRect(place.right() - 1, place.top(), 2, place.height()), accent)

    def _paint_frame(self, painter: QPainter, place: QRect, *, is_chosen: bool) -> None:
        """Paint what says that a number can be typed over: a field, quiet until its line is chosen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour(self.theme.accent if is_chosen else self.theme.palette.pill_line))
        painter.drawRoundedRect(QRectF(place).adjusted(4.5, 3.5, -3.5, -4.5), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _font(self, column: int, *, bold: bool) -> QFont:
        return font(14 * self.zoom, 600 if bold else 400, tabular=column >= VALUE)

    def _ink(self, column: int, *, is_chosen: bool) -> str:
        if column == WHAT and not is_chosen:
            return self.theme.text
        return self.theme.ink

    def width(self, column: int) -> int:
        """Return how wide a column must be for its head and its first lines."""
        plain = QFontMetricsF(font(14 * self.zoom, 600, tabular=True))
        lines = range(min(self._model.rowCount(), _MEASURED))
        texts = [
            self._model.text(line, column) for line in lines if self._model.row(line) is not None
        ]
        widest = max(map(plain.horizontalAdvance, (self._model.head(column), *texts)))
        return round(widest) + 2 * _PADDING + 2


class BoardHead(QHeaderView):
    """The heads of the columns."""

    def __init__(self, model: BoardModel, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self.theme = theme
        self.zoom = 1.0
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(HEAD_HEIGHT * self.zoom))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        theme = self.theme
        painter.save()
        painter.fillRect(rect, colour(theme.paper))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour(theme.line))
        painter.setFont(font(13 * self.zoom, 600))
        painter.setPen(colour(theme.quiet))
        right = logicalIndex >= VALUE
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(
            inner, side | Qt.AlignmentFlag.AlignVCenter, self._model.head(logicalIndex)
        )
        painter.restore()
