"""The board as Qt asks for it: sections with a heading each, a number looked up when it is painted or read out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from explainer.gui.canvas.typed_number import editable_text
from explainer.gui.frame import Frame
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate
from explainer.render.board import BoardRow, BoardRows, Section, Visits

Index = QModelIndex
_NOWHERE = QModelIndex()
_ROLES = Qt.ItemDataRole
SYMBOL, WHAT, VALUE, GRADIENT, NEW = range(5)
_UNKNOWN = "–"

_SECTIONS: dict[Section, Message] = {
    "neurons": message("Neurons"),
    "weights": message("Weights"),
    "others": message("Biases and other parameters"),
    "error": message("Error"),
    "formula": message("Quantities of the formula"),
}


class Heading(NamedTuple):
    """The line over the rows of one section."""

    section: Section


class BoardModel(QAbstractTableModel):
    """A line for each heading and each row of the board."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Heading | BoardRow, ...] = ()
        self.language = "en"
        self._digits = 5
        self._board: BoardRows | None = None

    def show_frame(self, frame: Frame) -> bool:
        """Show a frame; return whether the rows are others now."""
        board = self._board
        is_other = board is None or (board.language, board.lesson.network, board.lesson.expression) != (
            frame.language,
            frame.lesson.network,
            frame.lesson.expression,
        )  # fmt: skip
        if board is None or board.lesson is not frame.lesson or board.language != frame.language:
            board = BoardRows(frame.lesson, frame.language)
        lines = _lines(board)
        is_other = is_other and lines != self.lines
        if is_other:
            self.beginResetModel()
        self._board, self.lines = board, lines
        self.language, self._digits = frame.language, frame.digits
        board.show(frame.moment, frame.one_pass, frame.step_index)
        if is_other:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, NEW))
        return is_other

    def row(self, line: int) -> BoardRow | None:
        """Return the row in a line, None for a heading."""
        found = self.lines[line] if 0 <= line < len(self.lines) else None
        return found if isinstance(found, BoardRow) else None

    def is_about(self, line: int) -> bool:
        """Tell whether the step is about a line."""
        row = self.row(line)
        return row is not None and self._board is not None and self._board.is_about(row)

    def visits(self, line: int) -> Visits:
        """Return the steps that are about a line."""
        row = self.row(line)
        if row is None or self._board is None:
            return Visits(None, None, None)
        return self._board.visits(row)

    def number(self, line: int, column: int) -> float | None:
        """Return the number in a cell, None where there is none or it is not known yet."""
        row, board = self.row(line), self._board
        if row is None or board is None:
            return None
        if column == VALUE:
            return board.value(row)
        return board.gradient(row) if column == GRADIENT else board.new(row)

    def text(self, line: int, column: int) -> str:
        """Return what stands in a cell."""
        row = self.row(line)
        if row is None:
            heading = self.lines[line]
            is_first = column == SYMBOL and isinstance(heading, Heading)
            return translate(_SECTIONS[heading.section], self.language) if is_first else ""
        if column in (SYMBOL, WHAT):
            return row.symbol if column == SYMBOL else row.what
        value = self.number(line, column)
        if value is not None:
            return shown(value, self._digits, self.language)
        is_possible = column == VALUE or self._can_have(row, column)
        return _UNKNOWN if is_possible else ""

    def _can_have(self, row: BoardRow, column: int) -> bool:
        if self._board is None:
            return False
        visits = self._board.visits(row)
        return (visits.gradient if column == GRADIENT else visits.new) is not None

    def spoken(self, line: int) -> str:
        """Return a line as one sentence."""
        row = self.row(line)
        if row is None:
            return self.text(line, SYMBOL)
        known = [
            f"{self.head(column)} {self.text(line, column)}"
            for column in (VALUE, GRADIENT, NEW)
            if self.number(line, column) is not None
        ]
        return ", ".join((row.symbol, row.what, *known))

    def head(self, column: int) -> str:
        """Return what stands over a column."""
        words = (
            message("Symbol"),
            message("What it is"),
            message("Value"),
            message("Gradient"),
            message("New value"),
        )
        return translate(words[column], self.language)

    # --- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # type: ignore[override]  # Qt's stub names QPersistentModelIndex too
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # type: ignore[override]  # as above
        return 0 if parent.isValid() else NEW + 1

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:  # type: ignore[override]  # as above
        line, column = index.row(), index.column()
        if role == _ROLES.DisplayRole:
            return self.text(line, column)
        if role == _ROLES.AccessibleTextRole:
            # The whole line at its first cell: what a screen reader says when one comes to it.
            return self.spoken(line) if column == SYMBOL else self.text(line, column)
        if role in (_ROLES.EditRole, _ROLES.ToolTipRole) and column >= VALUE:
            value = self.number(line, column)
            return "" if value is None else editable_text(value, self.language)
        if role == _ROLES.TextAlignmentRole and column >= VALUE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical or role != _ROLES.DisplayRole:
            return None
        return self.head(section)

    def flags(self, index: Index) -> Qt.ItemFlag:  # type: ignore[override]  # as above
        row = self.row(index.row())
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_typed = index.column() == VALUE and row.edits is not None
        return flags | Qt.ItemFlag.ItemIsEditable if is_typed else flags


def _lines(board: BoardRows) -> tuple[Heading | BoardRow, ...]:
    lines: list[Heading | BoardRow] = []
    section = None
    for row in board.rows:
        if row.section != section:
            section = row.section
            lines.append(Heading(section))
        lines.append(row)
    return tuple(lines)
