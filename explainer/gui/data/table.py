"""The table itself: cells are typed into, copied and pasted as blocks, rows chosen by their numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QWidget,
)

from explainer.gui.data.model import DataModel
from explainer.gui.data.painting import CellPainter, Head, column_width
from explainer.gui.number_editing import ENTER, NumberTable, begins_number
from explainer.gui.theme import Theme

# Keys that mean something here, whatever they do elsewhere in the window.
_OWN_KEYS = frozenset(
    (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, *ENTER,
    )
)  # fmt: skip


class DataTable(NumberTable):
    """`stepped` carries the row whose number was clicked; the other signals what is to be done with the selection."""

    stepped = Signal(int)
    copying = Signal()
    pasting = Signal()
    deleting = Signal()
    moving = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = DataModel(self)
        self.setModel(self.cells)
        self._painter = CellPainter(self.cells, theme)
        self._painter.stepped.connect(self.step_cell)
        self._type_with(self._painter)
        self.columns = Head(Qt.Orientation.Horizontal, self.cells, theme)
        self.rows = Head(Qt.Orientation.Vertical, self.cells, theme)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.rows)
        self.rows.sectionClicked.connect(self.stepped)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for part in (self._painter, self.columns, self.rows):
            part.theme = theme
        self.viewport().update()
        self.columns.viewport().update()
        self.rows.viewport().update()

    def fit_columns(self) -> None:
        """Make columns as wide as what stands in them; what room is left goes to all of them, up to a point."""
        widths = [column_width(self.cells, column) for column in range(self.cells.columnCount())]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    # --- the selection ---------------------------------------------------------------------

    def chosen_rows(self) -> list[int]:
        """Return the rows that are selected from end to end."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def touched_rows(self) -> list[int]:
        """Return every row of which something is selected."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def choose_rows(self, first: int, last: int) -> None:
        """Select whole rows and go to the first."""
        count = self.cells.rowCount()
        if not 0 <= first < count:
            return
        self.setCurrentIndex(self.cells.index(first, 0))
        choice = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        model.clearSelection()
        area = QItemSelection(
            self.cells.index(first, 0),
            self.cells.index(min(last, count - 1), self.cells.columnCount() - 1),
        )
        model.select(area, choice.Select | choice.Rows)

    # --- typing ----------------------------------------------------------------------------

    def step_cell(self, rows: int, columns: int) -> None:
        """Go to the next cell that can be typed into, at the end of a row to the next row."""
        index = self.currentIndex()
        row, column = index.row(), index.column()
        count, width = self.cells.rowCount(), self.cells.columnCount()
        for _ in range(count * width if columns else 1):
            row, column = row + rows, column + columns
            if not 0 <= column < width:
                row, column = row + columns, 0 if columns > 0 else width - 1
            if not 0 <= row < count:
                return
            if rows or self.cells.columns[column].kind != "computed":
                self.setCurrentIndex(self.cells.index(row, column))
                return

    # --- events ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.KeypadModifier,
                Qt.KeyboardModifier.AltModifier,
            )
            clipboard = event.matches(QKeySequence.StandardKey.Copy) or event.matches(
                QKeySequence.StandardKey.Paste
            )
            if clipboard or (plain and (event.key() in _OWN_KEYS or begins_number(event))):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, back = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copying.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasting.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.chosen_rows():
                self.deleting.emit()
            else:
                self.edit(self.currentIndex())
        elif is_alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moving.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in ENTER:
            self.step_cell(-1 if back else 1, 0)
        elif key == Qt.Key.Key_Space:
            self.stepped.emit(self.currentIndex().row())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step_cell(0, -1 if key == Qt.Key.Key_Backtab or back else 1)
        elif event.text() and not begins_number(event) and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
