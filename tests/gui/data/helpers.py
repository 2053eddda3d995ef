"""Hands for the tab of the data."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.data.panel import DataPanel

CONTROL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """The tab of an open window, and what a user does with mouse and keys."""

    def __init__(self, desk) -> None:
        self.desk = desk
        desk.program.furniture.actions["data"].trigger()
        panel = desk.window.side.data
        assert isinstance(panel, DataPanel)
        assert panel.isVisible()
        self.panel = panel
        self.table = panel.table

    @property
    def data(self):
        return self.desk.frame.lesson.data

    def click(self, row: int, column: int) -> None:
        place = self.table.visualRect(self.table.cells.index(row, column)).center()
        QTest.mouseClick(
            self.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )

    def click_number(self, row: int) -> None:
        """Click the number before a row."""
        head = self.table.rows
        place = QPoint(
            head.width() // 2, head.sectionViewportPosition(row) + head.sectionSize(row) // 2
        )
        QTest.mouseClick(
            head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )

    def type(self, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Type into the current cell as a user does: the first key opens the field."""
        for letter in text:
            QTest.keyClicks(self.table.editor or self.table, letter)
        if key is not None:
            self.press(key)

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.table.editor or self.table, key, modifiers)

    def at(self) -> tuple[int, int]:
        index = self.table.currentIndex()
        return index.row(), index.column()

    def button(self, name: str) -> None:
        QTest.mouseClick(self.panel.buttons[name], Qt.MouseButton.LeftButton)

    def texts(self, row: int) -> list[str]:
        cells = self.table.cells
        return [cells.text(row, column) for column in range(cells.columnCount())]


def clipboard(text: str | None = None) -> str:
    """Put text on the clipboard, or return what is there."""
    board = QApplication.clipboard()
    if text is not None:
        board.setText(text)
    return board.text()
