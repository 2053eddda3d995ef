"""The table as Qt asks for it: every cell is looked up in the lesson when it is painted, so its size costs nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from explainer.gui.canvas.typed_number import editable_text
from explainer.gui.frame import Frame
from explainer.lesson.inputs import column_names, received_in, seen_columns
from explainer.lesson.lesson import Arithmetic, Data, Lesson
from explainer.lesson.letters import target_letter
from explainer.lesson.symbols import neuron_symbol, numbered, symbol_of
from explainer.maths.numbers import shown
from explainer.messages import message, translate

Kind = Literal["given", "computed", "target", "value"]
Index = QModelIndex
_NOWHERE = QModelIndex()
# A longer number is rounded for the table; editing shows all its digits.
_LONGEST = 12
_ROLES = Qt.ItemDataRole


class TableColumn(NamedTuple):
    """One column: what it holds, its place among its kind, its symbol, and what stands below it in the head."""

    kind: Kind
    place: int
    symbol: str
    note: str = ""
    is_hidden: bool = False


class DataModel(QAbstractTableModel):
    """A row for each sample, test samples last; or for each variable of a formula."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[TableColumn, ...] = ()
        self.language = "en"
        self.sample: int | None = None
        self._digits = 5
        self._data: Data | None = None
        self._variables: tuple[tuple[str, float], ...] = ()
        self._arithmetic = Arithmetic()
        self._training = 0
        self._count = 0

    # --- what is shown ---------------------------------------------------------------------

    def show_frame(self, frame: Frame) -> bool:
        """Show the lesson of a frame; return whether the table has another shape now, and selections are gone."""
        lesson = frame.lesson
        columns = table_columns(lesson, frame.language)
        count = _row_count(lesson)
        is_other = (columns, count) != (self.columns, self._count)
        if is_other:
            self.beginResetModel()
        self.columns, self._count = columns, count
        self._training, self._arithmetic = len(lesson.data.inputs), lesson.arithmetic
        self.language, self._digits = frame.language, frame.digits
        self._data = None if lesson.expression is not None else lesson.data
        expression = lesson.expression
        self._variables = tuple(expression.values.items()) if expression is not None else ()
        # The sample whose values are on the board.
        self.sample = None if expression is not None else frame.moment.sample
        if is_other:
            self.endResetModel()
        elif count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(columns) - 1))
        return is_other

    def is_test(self, row: int) -> bool:
        """Tell whether a row is a test sample."""
        return self._data is not None and row >= self._training

    def row_name(self, row: int) -> str:
        """Return what stands before a row: the number of the sample, or the symbol of the variable."""
        if self._data is None:
            return symbol_of(self._variables[row][0]).text
        return str(row - self._training + 1 if self.is_test(row) else row + 1)

    def variable(self, row: int) -> str:
        """Return the name of the variable in a row of a formula."""
        return self._variables[row][0]

    def value(self, row: int, column: int) -> float:
        """Return the number in a cell."""
        if self._data is None:
            return self._variables[row][1]
        given, targets = self._sample(row)
        kind, place = self.columns[column][:2]
        if kind == "given":
            return given[place]
        if kind == "target":
            return targets[place]
        features = len(self._data.features)
        return received_in(self._data, given, self._arithmetic)[-features:][place]

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is written in the table."""
        value = self.value(row, column)
        text = editable_text(value, self.language)
        is_long = len(text) > _LONGEST or self.columns[column].kind == "computed"
        return shown(value, self._digits, self.language) if is_long else text

    def position(self, column: int) -> int | None:
        """Return where an edit puts a column: given ones, then targets; None for a computed one."""
        kind, place = self.columns[column][:2]
        if kind == "computed" or self._data is None:
            return None
        return place if kind == "given" else place + len(column_names(self._data))

    def _sample(self, row: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        data = self._data
        if data is None:
            raise ValueError("a formula has no samples")
        if row < self._training or data.test is None:
            return data.inputs[row], data.targets[row]
        return data.test.inputs[row - self._training], data.test.targets[row - self._training]

    # --- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # type: ignore[override]  # Qt's stub names QPersistentModelIndex too
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # type: ignore[override]  # as above
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:  # type: ignore[override]  # as above
        if role == _ROLES.DisplayRole:
            return self.text(index.row(), index.column())
        if role == _ROLES.EditRole:
            return editable_text(self.value(index.row(), index.column()), self.language)
        if role == _ROLES.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _ROLES.ToolTipRole:
            return editable_text(self.value(index.row(), index.column()), self.language)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole
    ) -> object:
        if role not in (_ROLES.DisplayRole, _ROLES.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.row_name(section)
        column = self.columns[section]
        return f"{column.symbol}\n{column.note}" if column.note else column.symbol

    def flags(self, index: Index) -> Qt.ItemFlag:  # type: ignore[override]  # as above
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()].kind == "computed":
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable


def table_columns(lesson: Lesson, language: str) -> tuple[TableColumn, ...]:
    """Return the columns of a lesson's table: given, computed, targets; of a formula the values of its variables."""
    if lesson.expression is not None:
        return (TableColumn("value", 0, translate(message("Value"), language)),)
    data, network = lesson.data, lesson.network
    inputs = [neuron_symbol(neuron).text for neuron in network.of_role("input")]
    seen = seen_columns(data)
    unseen = translate(message("not seen"), language)
    columns: list[TableColumn] = []
    for place, name in enumerate(column_names(data)):
        own = symbol_of(name).text
        if place not in seen:
            columns.append(TableColumn("given", place, own, unseen, is_hidden=True))
            continue
        symbol = inputs[seen.index(place)]
        note = own if data.names and own != symbol else ""
        columns.append(TableColumn("given", place, symbol, note))
    for place, feature in enumerate(data.features):
        columns.append(
            TableColumn("computed", place, inputs[len(seen) + place], feature.expression)
        )
    target, outputs = symbol_of(target_letter(lesson)).text, network.of_role("output")
    note = translate(message("target"), language)
    for place in range(len(outputs)):
        symbol = target if len(outputs) == 1 else numbered(target, place + 1)
        columns.append(TableColumn("target", place, symbol, note))
    return tuple(columns)


def _row_count(lesson: Lesson) -> int:
    if lesson.expression is not None:
        return len(lesson.expression.values)
    test = lesson.data.test
    return len(lesson.data.inputs) + (len(test.inputs) if test is not None else 0)
