"""Hands for the dialogs that write documents and for blanks chosen on the graph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu

from explainer.gui.canvas.hits import area_of
from explainer.gui.sheets.dialog import WorksheetDialog

LEFT = Qt.MouseButton.LeftButton


def opened(desk, qtbot) -> WorksheetDialog:
    """Return the dialog of worksheets, its first page painted."""
    dialog = WorksheetDialog(
        desk.stage, desk.program.preferences, desk.program.keeper.theme, desk.window
    )
    qtbot.addWidget(dialog)
    dialog.show()
    settle(desk, dialog)
    return dialog


def settle(desk, dialog) -> None:
    """Wait until what is wanted is seen."""
    desk.wait(lambda: dialog.preview.is_settled)


def click(widget) -> None:
    """Click into the middle of a widget, of a box to tick at its mark."""
    place = widget.rect().center()
    if isinstance(widget, QCheckBox):
        place.setX(10)
    QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place)


def shape(desk, key):
    """Return the shape of the drawing with a key."""
    return next(one for one in desk.window.graph.drawing.shapes if one.key == key)


def place_of(desk, key) -> QPoint:
    """Return where the middle of a shape is on the viewport."""
    left, top, right, bottom = area_of(shape(desk, key))
    x, y = desk.window.graph.camera.to_screen((left + right) / 2, (top + bottom) / 2)
    return QPoint(round(x), round(y))


def click_shape(desk, key) -> None:
    """Click on a shape of the graph."""
    QTest.mouseClick(desk.window.graph.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place_of(desk, key))  # fmt: skip


def hover(widget, place) -> None:
    """Move the mouse there without a button."""
    spot = QPointF(place)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        spot,
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def menu_at(widget, place) -> QMenu | None:
    """Press the right button and return the menu that opens."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    found = QApplication.activePopupWidget()
    return found if isinstance(found, QMenu) else None


def entries(menu) -> dict[str, object]:
    """Return the entries of a menu and of the menus in it by their texts."""
    found: dict[str, object] = {}
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found |= entries(inner)
        elif action.text():
            found[action.text()] = action
    return found
