"""Numbers typed into the cells of a table: what is no number is said and stays in its field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explainer.gui.canvas.typed_number import typed_number
from explainer.gui.theme import font
from explainer.messages import Message, Refused

Place = QModelIndex | QPersistentModelIndex
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST = 60


class NumberEditing(QStyledItemDelegate):
    """Gives a cell its field, filled with what the model has to edit.

    `typed` carries row, column and number of a cell; `refused` what is wrong with what is being typed, None when it is right;
    `stepped` how many rows and columns Enter or Tab goes on.
    """

    typed = Signal(int, int, float)
    refused = Signal(object)
    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.field: QLineEdit | None = None
        self._place = (0, 0)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Place) -> QWidget:
        field = QLineEdit(parent)
        field.setFont(font(14, tabular=True))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setProperty("part", "cell")
        field.setMaxLength(_LONGEST)
        self.field, self._place = field, (index.row(), index.column())
        return field

    def setEditorData(self, editor: QWidget, index: Place) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
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
            self.typed.emit(*place, value)
            return True
        self._close(field)
        return True

    def give_up(self, field: QLineEdit) -> None:
        """Close the field; the cell stays as it was."""
        self._close(field)

    def finish(self) -> bool:
        """Take what is being typed, if anything is; False where it is no number and stays."""
        return self.field is None or self.accept(self.field)

    def drop(self) -> None:
        """Give up what is being typed, if anything is."""
        if self.field is not None:
            self.give_up(self.field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QLineEdit) or watched is not self.field:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, back = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if key == Qt.Key.Key_Escape:
                self.give_up(watched)
                return True
            if key in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                if self.accept(watched):
                    is_tab = key not in ENTER
                    step = -1 if back or key == Qt.Key.Key_Backtab else 1
                    self.stepped.emit(*((0, step) if is_tab else (step, 0)))
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
        self.refused.emit(fault)

    def destroyEditor(self, editor: QWidget, index: Place) -> None:
        # Also when the table is another one and closes its fields by itself.
        if editor is self.field:
            self.field = None
        super().destroyEditor(editor, index)


class NumberTable(QTableView):
    """A table of numbers that are typed over; `typed` and `refused` are as of its fields."""

    typed = Signal(int, int, float)
    refused = Signal(object)
    _typing: NumberEditing

    def _type_with(self, typing: NumberEditing) -> None:
        """Have the cells painted and typed into by this."""
        self._typing = typing
        typing.typed.connect(self.typed)
        typing.refused.connect(self.refused)
        self.setItemDelegate(typing)

    @property
    def editor(self) -> QLineEdit | None:
        """The field in which a number is being typed."""
        return self._typing.field

    def finish_typing(self) -> bool:
        """Accept what is being typed; False where it is no number and stays."""
        return self._typing.finish()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self._typing.drop()


def begins_number(event: QKeyEvent) -> bool:
    """Tell whether a key begins a number."""
    text = event.text()
    return len(text) == 1 and text in "0123456789.,+-−"
