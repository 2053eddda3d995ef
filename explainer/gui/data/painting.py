"""How the table looks: hairlines between rows, numbers of one width, heads of symbols, the stepped sample marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from explainer.gui.data.model import DataModel
from explainer.gui.number_editing import NumberEditing
from explainer.gui.scaling import keep, keep_font, px, scale
from explainer.gui.theme import Theme, colour, font

ROW_HEIGHT = 32
_PADDING = 10
_NARROWEST, _WIDEST = 62, 170
# A longer note below a symbol is cut off, so that the columns of a small table stand side by side.
_LONGEST_NOTE = 66
# So many rows tell how wide a column is.
_MEASURED = 100
Place = QModelIndex | QPersistentModelIndex


class CellPainter(NumberEditing):
    """Paints cells; the table gives it the theme."""

    def __init__(self, model: DataModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        theme, model = self.theme, self._model
        place = option.rect
        state = option.state
        column = model.columns[index.column()]
        is_here = index.row() == model.sample
        ground = theme.accent_tint if is_here else theme.paper
        if column.kind == "computed" and not is_here:
            ground = theme.palette.ground
        if state & QStyle.StateFlag.State_Selected:
            ground = theme.selection
        painter.fillRect(place, colour(ground))
        painter.fillRect(
            QRect(place.left(), place.bottom(), place.width(), 1), colour(theme.hairline)
        )
        quiet = column.kind == "computed" or column.is_hidden or model.is_test(index.row())
        painter.setPen(colour(theme.text if quiet else theme.ink))
        painter.setFont(font(px(14), tabular=True))
        inner = place.adjusted(_PADDING, 0, -_PADDING, -1)
        text = model.text(index.row(), index.column())
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colour(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(1.5, 1.5, -1.5, -2.5), 4, 4)


class Head(QHeaderView):
    """A head of symbols above the columns, or of numbers before the rows."""

    def __init__(self, orientation: Qt.Orientation, model: DataModel, theme: Theme) -> None:
        super().__init__(orientation)
        self._model = model
        self.theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        keep_font(self, 14)
        if orientation == Qt.Orientation.Vertical:
            self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            keep(self, "setMinimumSectionSize", ROW_HEIGHT)
            keep(self, "setDefaultSectionSize", ROW_HEIGHT)

    def sizeHint(self) -> QSize:
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(super().sizeHint().width(), px(46))
        rows = self._model.rowCount()
        names = {self._model.row_name(row) for row in (*range(min(rows, 40)), *range(rows)[-1:])}
        widest = max((_width(name) for name in names), default=0.0)
        return QSize(max(px(48), round(widest) + px(32)), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.orientation() == Qt.Orientation.Horizontal:
            self._paint_column(painter, rect, logicalIndex)
        else:
            self._paint_row(painter, rect, logicalIndex)
        painter.restore()

    def _paint_column(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, column = self.theme, self._model.columns[section]
        painter.fillRect(rect, colour(theme.paper))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour(theme.line))
        right = Qt.AlignmentFlag.AlignRight
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.setPen(colour(theme.quiet if column.is_hidden else theme.ink))
        painter.setFont(font(px(14), 600))
        top = px(5 if column.note else 13)
        painter.drawText(
            inner.adjusted(0, top, 0, 0), right | Qt.AlignmentFlag.AlignTop, column.symbol
        )
        if column.note:
            painter.setFont(font(px(11)))
            painter.setPen(colour(theme.quiet))
            inner.setLeft(rect.left() + 2)
            note = QFontMetricsF(font(px(11))).elidedText(
                column.note, Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(
                inner.adjusted(0, 0, 0, -px(7)), right | Qt.AlignmentFlag.AlignBottom, note
            )

    def _paint_row(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, model = self.theme, self._model
        is_here = section == model.sample
        painter.fillRect(rect, colour(theme.accent_tint if is_here else theme.paper))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour(theme.hairline))
        if is_here:
            middle = rect.center().y() + 0.5
            left, arm = rect.left() + 10.0 * scale(), 5 * scale()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent))
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(left, middle - arm),
                        QPointF(left + 1.6 * arm, middle),
                        QPointF(left, middle + arm),
                    ]
                )
            )
        painter.setPen(colour(theme.accent if is_here else theme.quiet))
        painter.setFont(font(px(13), 600 if is_here else 400, tabular=True))
        inner = rect.adjusted(4, 0, -9, -1)
        name = model.row_name(section)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
        if model.is_test(section):
            # A hollow square: held out.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            side = px(8)
            painter.drawRect(
                QRectF(px(10) + rect.left() + 0.5, rect.center().y() - side / 2 + 0.5, side, side)
            )


def column_width(model: DataModel, column: int) -> int:
    """Return how wide a column is made: as its head and its first numbers need, within bounds."""
    head = model.columns[column]
    widths = [
        QFontMetricsF(font(px(14), 600)).horizontalAdvance(head.symbol),
        min(QFontMetricsF(font(px(11))).horizontalAdvance(head.note), px(_LONGEST_NOTE)),
    ]
    rows = range(min(model.rowCount(), _MEASURED))
    widths += [_width(model.text(row, column)) for row in rows]
    return min(max(round(max(widths)) + 2 * _PADDING + 2, px(_NARROWEST)), px(_WIDEST))


def _width(text: str) -> float:
    return QFontMetricsF(font(px(14), tabular=True)).horizontalAdvance(text)
