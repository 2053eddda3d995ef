"""What can be done with the rows of the table: from its keys, its buttons and its menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from explainer.gui.data.table import DataTable
from explainer.gui.stage import Stage
from explainer.lesson.csv_table import block_of, csv_text
from explainer.messages import Message, Refused, message
from explainer.session.data import FARTHEST

_MENU: tuple[tuple[str, Message] | None, ...] = (
    ("step", message("Step this sample")),
    None,
    ("copy", message("Copy")),
    ("copy_all", message("Copy the table as CSV")),
    ("paste", message("Paste")),
    None,
    ("above", message("Insert row above")),
    ("add", message("Insert row below")),
    ("up", message("Move up")),
    ("down", message("Move down")),
    ("delete", message("Delete rows")),
    None,
    ("hold_out", message("Hold out as test samples")),
    ("train", message("Train with them")),
)


class TableActs(QObject):
    """Carries out edits of the table; `say_fault` shows what is refused, None where nothing is.

    `awaited` are the rows (first, last) to be selected when the table comes that an edit is just making.
    """

    def __init__(
        self, table: DataTable, stage: Stage, say_fault: Callable[[Message | None], None]
    ) -> None:
        super().__init__(table)
        self._table = table
        self._stage = stage
        self._say = say_fault
        self.awaited: tuple[int, int] | None = None
        table.typed.connect(self._set_cell)
        table.stepped.connect(self._step)
        table.copying.connect(self.copy)
        table.pasting.connect(self.paste)
        table.deleting.connect(self.delete)
        table.moving.connect(self._move)
        table.customContextMenuRequested.connect(self._open_menu)
        table.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.rows.customContextMenuRequested.connect(self._open_menu)

    def act(self, name: str) -> None:
        """Do what a button or an entry of the menu says."""
        if not self._table.finish_typing():
            return
        acts: dict[str, Callable[[], object]] = {
            "step": self.step,
            "add": lambda: self.add_row(1),
            "above": lambda: self.add_row(0),
            "copy": self.copy,
            "copy_all": self.copy_all,
            "paste": self.paste,
            "delete": self.delete,
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "hold_out": lambda: self._hold_out(is_test=True),
            "train": lambda: self._hold_out(is_test=False),
        }
        if name in acts:
            acts[name]()
        else:
            # Imported when it is asked for.
            from explainer.gui.data import dialogs

            dialogs.open_dialog(name, self._stage, self._table.window())

    def edit(self, intent: Callable[..., object], *arguments: object, **named: object) -> bool:
        """Carry out an edit; what is refused is said above the table."""
        fault = self._stage.attempt(lambda: intent(*arguments, **named))
        self._say(fault)
        return fault is None

    def _set_cell(self, row: int, column: int, value: float) -> None:
        session, cells = self._stage.session, self._table.cells
        position = cells.position(column)
        if position is None:
            self.edit(session.set_expression_value, cells.variable(row), value)
        else:
            self.edit(session.set_cells, row, position, [[value]])

    def step(self) -> None:
        """Step the sample of the current row, even if it must change places for that."""
        self._step(self._table.currentIndex().row(), may_exchange=True)

    def _step(self, row: int, *, may_exchange: bool = False) -> None:
        if self._stage.frame.lesson.expression is not None or not self._table.finish_typing():
            return
        if self._table.cells.is_test(row):
            self._say(message("A test sample is never stepped: no update uses it."))
            return
        found: list[bool] = []
        session, sample = self._stage.session, self._stage.frame.moment.sample
        self.edit(lambda: found.append(session.step_sample(row, may_exchange=may_exchange)))
        if found == [False] and may_exchange:
            exchanged = message(
                "Samples {one} and {other} have changed places, so that yours is stepped now.",
                one=sample + 1,
                other=row + 1,
            )
            self._stage.inform(exchanged)
        elif found == [False]:
            far = message(
                "This sample is more than {count} passes away; “Step this sample” puts it in the place of the one shown.",
                count=FARTHEST,
            )
            self._say(far)

    def add_row(self, below: int) -> None:
        """Add a row like the current one, above it (0) or below it (1); at the end where there is none."""
        if self._stage.frame.lesson.expression is not None:
            return
        current = self._table.currentIndex().row()
        at = len(self._stage.frame.lesson.data.inputs) if current < 0 else current + below
        self.awaited = (at, at)
        if self.edit(self._stage.session.insert_rows, at):
            self._table.setFocus()
        self.awaited = None

    def delete(self) -> None:
        """Delete the rows of which something is selected."""
        rows = self._table.touched_rows()
        if rows and self._stage.frame.lesson.expression is None:
            self.edit(self._stage.session.delete_rows, rows)

    def _move(self, by: int) -> None:
        rows = self._table.touched_rows()
        if not rows or self._stage.frame.lesson.expression is not None:
            return
        lesson = self._stage.session.lesson
        moved = self.edit(self._stage.session.move_rows, rows, by)
        if moved and lesson is not self._stage.session.lesson:
            self._table.choose_rows(rows[0] + by, rows[-1] + by)

    def _hold_out(self, *, is_test: bool) -> None:
        rows = self._table.touched_rows()
        if rows and self._stage.frame.lesson.expression is None:
            self.edit(self._stage.session.set_test, rows, is_test=is_test)

    # --- the clipboard ---------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected block, cells parted by tabs, as spreadsheets have it."""
        found = self._table.selectedIndexes()
        if not found:
            return
        rows = sorted({index.row() for index in found})
        columns = sorted({index.column() for index in found})
        cells = self._table.cells
        block = [[cells.value(row, column) for column in columns] for row in rows]
        comma = self._stage.frame.language == "ru"
        QGuiApplication.clipboard().setText(
            csv_text((), block, delimiter="\t", decimal_comma=comma)
        )

    def copy_all(self) -> None:
        """Copy the whole table as CSV, with the names of its columns; in Russian as spreadsheets there write it."""
        cells = self._table.cells
        columns = range(cells.columnCount())
        rows = [[cells.value(row, column) for column in columns] for row in range(cells.rowCount())]
        header = [cells.columns[column].symbol for column in columns]
        comma = self._stage.frame.language == "ru"
        text = csv_text(header, rows, delimiter=";" if comma else ",", decimal_comma=comma)
        QGuiApplication.clipboard().setText(text)
        self._stage.inform(message("The table is copied as CSV."))

    def paste(self) -> None:
        """Put the block of the clipboard into the table, from the current cell on; rows are added where it is longer."""
        cells, place = self._table.cells, self._table.currentIndex()
        if not place.isValid():
            return
        try:
            block = block_of(QGuiApplication.clipboard().text())
        except Refused as error:
            self._say(error.message)
            return
        position = cells.position(place.column())
        if position is None:
            self._say(
                message("This column is computed from the others; change those.")
                if self._stage.frame.lesson.expression is None
                else message("Type the value of one variable at a time.")
            )
            return
        height, width = len(block), max(map(len, block))
        self.awaited = (place.row(), place.row() + height - 1)
        if self.edit(self._stage.session.set_cells, place.row(), position, block, pasted=True):
            self._select_block(place.row(), place.column(), height, width)
        self.awaited = None

    def _select_block(self, row: int, column: int, height: int, width: int) -> None:
        cells = self._table.cells
        last = min(column + width, cells.columnCount()) - 1
        area = QItemSelection(cells.index(row, column), cells.index(row + height - 1, last))
        model = self._table.selectionModel()
        model.setCurrentIndex(cells.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _open_menu(self, place: QPoint) -> None:
        source = self.sender()
        at = source.mapToGlobal(place) if isinstance(source, QWidget) else place
        menu = self.menu()
        menu.exec(at)
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return the menu of the selected rows."""
        menu = QMenu(self._table)
        is_network = self._stage.frame.lesson.expression is None
        for entry in _MENU:
            if entry is None:
                menu.addSeparator()
            elif is_network or entry[0].startswith("copy"):
                name, text = entry
                action = menu.addAction(self._stage.say(text))
                action.setObjectName(name)
        menu.triggered.connect(self._chosen)
        return menu

    def _chosen(self, action: QAction) -> None:
        self.act(action.objectName())
