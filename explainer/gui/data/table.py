"""The table itself: cells are typed into, copied and pasted as blocks, rows chosen by their numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explainer.gui.canvas.typed_number import editable_text, typed_number
from explainer.gui.data.model import DataModel
from explainer.gui.data.painting import CellPainter, Head, Place, column_width
from explainer.gui.theme import Theme, font
from explainer.messages import Message, Refused

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# Keys that mean something here, whatever they do elsewhere in the window.
_OWN_KEYS = frozenset(
    (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, *_ENTER,
    )
)  # fmt: skip


class DataTable(QTableView):
    """`typed` carries row, column and number of a cell; `refused` what is wrong with what is being typed, None when it is right.

    `stepped` carries the row whose number was clicked; the other signals what is to be done with the selection.
    """

    typed = Signal(int, int, float)
    refused = Signal(object)
    stepped = Signal(int)
    copying = Signal()
    pasting = Signal()
    deleting = Signal()
    moving = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = DataModel(self)
        self.setModel(self.cells)
        self._painter = _Editing(self, theme)
        self.setItemDelegate(self._painter)
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

    @property
    def editor(self) -> QLineEdit | None:
        """The field in which a number is being typed."""
        return self._painter.field

    def finish_typing(self) -> bool:
        """Accept what is being typed; False where it is no number and stays."""
        return self._painter.field is None or self._painter.accept(self._painter.field)

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        if self._painter.field is not None:
            self._painter.give_up(self._painter.field)

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
            if clipboard or (plain and (event.key() in _OWN_KEYS or _begins_number(event))):
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
        elif key in _ENTER:
            self.step_cell(-1 if back else 1, 0)
        elif key == Qt.Key.Key_Space:
            self.stepped.emit(self.currentIndex().row())
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step_cell(0, -1 if key == Qt.Key.Key_Backtab or back else 1)
        elif event.text() and not _begins_number(event) and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Editing(CellPainter):
    """Paints cells and gives a field to type into; what is no number is said and stays in the field."""

    def __init__(self, table: DataTable, theme: Theme) -> None:
        super().__init__(table.cells, theme)
        self._table = table
        self.field: QLineEdit | None = None
        self._place = (0, 0)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Place) -> QWidget:
        field = QLineEdit(parent)
        field.setFont(font(14, tabular=True))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setProperty("part", "cell")
        field.setMaxLength(60)
        self.field, self._place = field, (index.row(), index.column())
        return field

    def setEditorData(self, editor: QWidget, index: Place) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            value = self._table.cells.value(index.row(), index.column())
            editor.setText(editable_text(value, self._table.cells.language))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Place) -> None:
        """Nothing: a number is accepted by `accept`, which may refuse it."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Place
    ) -> None:
        editor.setGeometry(option.rect)

    def accept(self, field: QLineEdit) -> bool:
        """Take what was typed and close the field; False where it is no number."""
        if field.isModified():
            try:
                value = typed_number(field.text())
            except Refused as error:
                self._say(error.message)
                return False
            place = self._place
            self._close(field)
            self._table.typed.emit(*place, value)
            return True
        self._close(field)
        return True

    def give_up(self, field: QLineEdit) -> None:
        """Close the field; the cell stays as it was."""
        self._close(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QLineEdit) or watched is not self.field:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, back = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if key == Qt.Key.Key_Escape:
                self.give_up(watched)
                return True
            if key in (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                if self.accept(watched):
                    is_tab = key not in _ENTER
                    step = -1 if back or key == Qt.Key.Key_Backtab else 1
                    self._table.step_cell(*((0, step) if is_tab else (step, 0)))
                return True
        if event.type() == QEvent.Type.FocusOut and not self.accept(watched):
            # Somebody went elsewhere: what was no number is given up, and said why.
            self._close(watched, keeps_fault=True)
        return False

    def _close(self, field: QLineEdit, *, keeps_fault: bool = False) -> None:
        if self.field is not field:
            return
        self.field = None
        if not keeps_fault:
            self._say(None)
        self.closeEditor.emit(field, QAbstractItemDelegate.EndEditHint.NoHint)

    def _say(self, fault: Message | None) -> None:
        self._table.refused.emit(fault)

    def destroyEditor(self, editor: QWidget, index: Place) -> None:
        # Also when the table is another one and closes its fields by itself.
        if editor is self.field:
            self.field = None
        super().destroyEditor(editor, index)


def _begins_number(event: QKeyEvent) -> bool:
    text = event.text()
    return len(text) == 1 and text in "0123456789.,+-−"
