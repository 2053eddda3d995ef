"""Hands for the tab of choices."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.pages.narrate import narrate
from explainer.trace.run import trace
from tests.gui.conftest import narrated


class Choosing:
    """Opens menus, chooses, types numbers, with keys and clicks."""

    def __init__(self, desk) -> None:
        self.desk = desk
        desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    @property
    def panel(self):
        return self.desk.window.side.choices

    def field(self, menu):
        return self.panel.fields[menu]

    def open(self, menu):
        field = self.field(menu)
        self.panel.ensureWidgetVisible(field)
        QTest.mouseClick(field.button, Qt.MouseButton.LeftButton)
        assert field.popup is not None
        return field.popup

    def choose(self, menu, words):
        """Open a menu, search, take what is found first."""
        popup = self.open(menu)
        QTest.keyClicks(popup.search, words)
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
        if self.field(menu).popup is not None:
            QTest.keyClick(popup.search, Qt.Key.Key_Escape)

    def click(self, menu, name):
        """Open a menu and click an option."""
        popup = self.open(menu)
        row = self.rows(popup).index(name)
        item = popup.list.item(row)
        popup.list.scrollToItem(item)
        place = popup.list.visualItemRect(item).center()
        QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def rows(self, popup):
        lines = [
            popup.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.list.count())
        ]
        return [line.name for line in lines]

    def faults(self, popup):
        lines = [
            popup.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.list.count())
        ]
        return {line.name: line.fault for line in lines if line.fault}

    def type(self, menu, place, text, key=Qt.Key.Key_Return):
        number = self.field(menu).numbers[place]
        self.panel.ensureWidgetVisible(number)
        QTest.mouseClick(number, Qt.MouseButton.LeftButton, pos=QPoint(number.width() - 8, 12))
        number.selectAll()
        QTest.keyClick(number, Qt.Key.Key_Delete)
        QTest.keyClicks(number, text)
        QTest.keyClick(number, key)

    def fault(self, menu):
        label = self.field(menu).fault
        return label.text() if label.isVisible() else ""


def assert_fresh(desk):
    frame = desk.frame
    runs = trace(frame.lesson, frame.pass_index + 1)
    assert frame.one_pass == runs[frame.pass_index].summary
    page = narrate(runs, frame.pass_index, frame.step_index, frame.language, frame.digits)
    assert narrated(frame.page.page) == page
