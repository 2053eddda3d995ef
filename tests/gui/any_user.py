"""A user who does anything at all: with mouse and keys alone, everywhere in the window, in any order."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QWidget,
)

from explainer.gui.choosing.popup import Popup
from tests.gui.choosing.helpers import Choosing
from tests.gui.conftest import tick_place

Key, Button = Qt.Key, Qt.MouseButton
NO, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
STEPS = [Key.Key_Right] * 6 + [Key.Key_Left] * 3 + [Key.Key_Home, Key.Key_End]
KEYS = [
    (Key.Key_Tab, NO),
    (Key.Key_Backtab, SHIFT),
    (Key.Key_Escape, NO),
    (Key.Key_Return, NO),
    (Key.Key_Space, NO),
    (Key.Key_Up, NO),
    (Key.Key_Down, NO),
    (Key.Key_Up, SHIFT),
    (Key.Key_Plus, CONTROL),
    (Key.Key_Minus, CONTROL),
    (Key.Key_0, CONTROL),
]
EDITING = [
    *[(Key.Key_A, CONTROL)] * 2,
    *[(Key.Key_C, CONTROL)] * 2,
    *[(Key.Key_V, CONTROL)] * 2,
    (Key.Key_D, CONTROL),
    (Key.Key_X, CONTROL),
    (Key.Key_Delete, NO),
    (Key.Key_F2, NO),
]
TYPED = ["0.5", "-1.25", "2", "0,3", "nonsense", "1e400", "", "--", "0", "q1", "<b>"]
SIZES = [(1280, 760), (1440, 900), (960, 560), (1100, 620)]
# A network that keeps growing says no more than a small one, and takes long.
MOST_NEURONS = 16
# How long a dialog is left open, ms.
SOON = 15


class AnyUser:
    """Does one random thing after another, the same for the same seed, and remembers what it did."""

    def __init__(self, desk, seed: int) -> None:
        self.desk = desk
        self.window = desk.window
        self.graph = desk.window.graph
        self.chance = random.Random(seed)
        self.done: list[str] = []
        self._watch = QTimer(self.window)
        self._watch.timeout.connect(self._answer_dialogs)
        self._watch.start(SOON)

    def act(self) -> None:
        deed = self.chance.choices(list(DEEDS), list(DEEDS.values()))[0]
        self.done.append(deed.__name__)
        deed(self)
        self.close_popups()
        self._come_to_front()

    def rest(self) -> None:
        """End what is half done, as before looking at the result."""
        self.close_popups()
        self._come_to_front()
        self.desk.program.furniture.player.pause()
        for _ in range(2):
            self.desk.press(Key.Key_Escape)
        self.desk.settle()

    # --- keys ------------------------------------------------------------------------------

    def step(self) -> None:
        self.desk.press(self.chance.choice(STEPS))

    def press_key(self) -> None:
        self.desk.press(*self.chance.choice(KEYS))

    def edit_by_key(self) -> None:
        if self.chance.random() < 0.8:
            self.graph.setFocus()
        self._press(*self.chance.choice(EDITING))

    def undo(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            self.desk.press(Key.Key_Z, CONTROL)

    def redo(self) -> None:
        for _ in range(self.chance.randrange(1, 3)):
            self.desk.press(Key.Key_Y, CONTROL)

    def change_tab(self) -> None:
        self.desk.press(self.chance.choice([Key.Key_1, Key.Key_2, Key.Key_3]), CONTROL)

    def type(self) -> None:
        """Click somewhere on the graph and type, on a number if there is one."""
        numbers = self.graph.editing.numbers
        if numbers and self.chance.random() < 0.8:
            number = numbers[self.chance.choice(sorted(numbers))]
            middle = (number.left + number.right) / 2, number.baseline - 4
            place = QPointF(*self.graph.camera.to_screen(*middle)).toPoint()
        else:
            place = self._anywhere(self.graph.viewport())
        self._click(self.graph.viewport(), place)
        self._write(self.chance.choice(TYPED))
        end = [Key.Key_Return, Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Up]
        self.desk.press(self.chance.choice(end))

    # --- mouse on the graph ----------------------------------------------------------------

    def click(self) -> None:
        modifiers = self.chance.choice([NO, NO, SHIFT, CONTROL])
        QTest.mouseClick(self.graph.viewport(), Button.LeftButton, modifiers, self._somewhere())

    def double_click(self) -> None:
        if self._is_large():
            return
        place = self._somewhere()
        QTest.mouseDClick(self.graph.viewport(), Button.LeftButton, NO, place)
        QTest.mouseRelease(self.graph.viewport(), Button.LeftButton, NO, place)

    def drag(self) -> None:
        """Drag from a neuron, or from the ground, to anywhere; sometimes give it up on the way."""
        start, end = self._somewhere(), self._somewhere()
        modifiers = self.chance.choice([NO, NO, NO, SHIFT])
        QTest.mousePress(self.graph.viewport(), Button.LeftButton, modifiers, start)
        for part in range(1, 6):
            self._move(start + (end - start) * part / 5, Button.LeftButton, modifiers)
        if self.chance.random() < 0.15:
            self._press(self.chance.choice([Key.Key_Escape, Key.Key_Delete, Key.Key_Right]), NO)
        QTest.mouseRelease(self.graph.viewport(), Button.LeftButton, modifiers, end)

    def hover(self) -> None:
        self._move(self._somewhere(), Button.NoButton, NO)

    def press_plus(self) -> None:
        """Press the plus above a column, or between two, where it appears."""
        x = self._somewhere().x()
        self._move(QPoint(x, 30), Button.NoButton, NO)
        plus = self.desk.program.furniture.builder.plus
        for button in (plus.neuron, plus.layer):
            if button.isVisible() and not self._is_large():
                QTest.mouseClick(button, Button.LeftButton)
                return

    def open_menu(self) -> None:
        """Open the menu of the right button somewhere, and choose an entry by mouse or not at all."""
        place = self._somewhere()
        self._send_context_menu(self.graph.viewport(), place)
        menu = self.desk.program.furniture.graph_menu.shown
        if menu is not None and menu.isVisible():
            self._choose_entry(menu)

    def turn_wheel(self) -> None:
        viewport = self.graph.viewport()
        place = self._somewhere()
        turn = QPoint(0, self.chance.choice([-120, 120]))
        modifiers = self.chance.choice([NO, CONTROL])
        event = QWheelEvent(
            QPointF(place),
            QPointF(viewport.mapToGlobal(place)),
            QPoint(),
            turn,
            Button.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    # --- the panels ------------------------------------------------------------------------

    def scrub(self) -> None:
        track = self.window.timeline.track
        if self.desk.frame.one_pass is None:
            return
        last = len(self.desk.frame.one_pass.steps)
        places = [tick_place(track, self.chance.randrange(last)) for _ in range(3)]
        QTest.mousePress(track, Button.LeftButton, NO, places[0])
        QTest.mouseMove(track, places[1])
        QTest.mouseRelease(track, Button.LeftButton, NO, places[2])

    def use_side(self) -> None:
        """Click anything in the right panel, type if it takes text, open what it opens."""
        panel = self.window.side
        child = panel.childAt(self._anywhere(panel)) or panel
        button = Button.LeftButton
        if self.chance.random() < 0.15:
            self._send_context_menu(child, self._anywhere(child))
        elif self.chance.random() < 0.2:
            QTest.mouseDClick(child, button, NO, self._anywhere(child))
        else:
            QTest.mouseClick(child, button, NO, self._anywhere(child))
        popup = QApplication.activePopupWidget()
        if isinstance(popup, Popup):
            for _ in range(self.chance.randrange(12)):
                QTest.keyClick(popup.search, Key.Key_Down)
            QTest.keyClick(popup.search, self.chance.choice([Key.Key_Return, Key.Key_Escape]))
        elif isinstance(QApplication.focusWidget(), QLineEdit):
            self._write(self.chance.choice(TYPED))
            self.desk.press(self.chance.choice([Key.Key_Return, Key.Key_Tab, Key.Key_Escape]))

    def choose(self) -> None:
        """Open a menu of the tab of choices and click any option, also one that cannot be taken; or type a number there."""
        self.desk.press(Key.Key_2, CONTROL)
        panel = self.window.side.choices
        if panel is None or not panel.isVisible():
            return
        hands = Choosing(self.desk)
        menu = self.chance.choice(sorted(panel.fields))
        field = panel.fields[menu]
        if field.numbers and self.chance.random() < 0.4:
            place = self.chance.randrange(len(field.numbers))
            hands.type(menu, place, self.chance.choice(TYPED))
        elif field.menu.options:
            names = hands.rows(hands.open(menu))
            self.close_popups()
            hands.click(menu, self.chance.choice(names))

    def use_table(self) -> None:
        """Go about in the table of samples, type, copy and paste."""
        self.desk.press(Key.Key_3, CONTROL)
        data = self.window.side.data
        if data is None or not data.isVisible():
            return
        if self.chance.random() < 0.3:
            button = data.buttons[self.chance.choice(sorted(data.buttons))]
            if button.isEnabled():
                QTest.mouseClick(button, Button.LeftButton)
            return
        table = data.table
        self._click(table.viewport(), self._anywhere(table.viewport()))
        for _ in range(self.chance.randrange(5)):
            deed = self.chance.randrange(4)
            target = table.editor or table
            if deed == 0:
                self._write(self.chance.choice(TYPED))
            elif deed == 1:
                QTest.keyClick(target, self.chance.choice(TABLE_KEYS))
            elif deed == 2:
                QTest.keyClick(target, self.chance.choice([Key.Key_C, Key.Key_V]), CONTROL)
            else:
                QTest.keyClick(target, self.chance.choice([Key.Key_Down, Key.Key_Right]), SHIFT)

    # --- the window ------------------------------------------------------------------------

    def resize(self) -> None:
        self.window.resize(*self.chance.choice(SIZES))

    def change_look(self) -> None:
        commands = self.desk.program.furniture.commands
        if self.chance.random() < 0.5:
            commands.set_language(self.chance.choice(["en", "ru"]))
        else:
            commands.set_theme(self.chance.choice(["light", "dark", "contrast"]))

    # --- inside ----------------------------------------------------------------------------

    def close_popups(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()

    def _come_to_front(self) -> None:
        """Do what a desktop does when a menu or a dialog is gone; without a screen nobody else does."""
        QApplication.processEvents()
        if QApplication.activeWindow() is not self.window:
            self.window.activateWindow()
            QApplication.processEvents()

    def _answer_dialogs(self) -> None:
        """Press a button of the dialog in front, or Escape; choose from a menu that waits."""
        dialog = QApplication.activeModalWidget()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu) and popup is not self.desk.program.furniture.graph_menu.shown:
            self._choose_entry(popup)
        elif isinstance(dialog, QFileDialog):
            dialog.reject()
        elif isinstance(dialog, QDialog):
            buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisible()]
            lines = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
            if lines and self.chance.random() < 0.5:
                QTest.keyClicks(self.chance.choice(lines), self.chance.choice(TYPED))
            elif buttons and self.chance.random() < 0.7:
                QTest.mouseClick(self.chance.choice(buttons), Button.LeftButton)
            else:
                QTest.keyClick(dialog, Key.Key_Escape)

    def _choose_entry(self, menu: QMenu) -> None:
        entries = [
            entry for entry in menu.actions() if entry.isEnabled() and not entry.isSeparator()
        ]
        if not entries or self.chance.random() < 0.2:
            menu.close()
            return
        place = menu.actionGeometry(self.chance.choice(entries)).center()
        QTest.mouseClick(menu, Button.LeftButton, NO, place)

    def _is_large(self) -> bool:
        return len(self.desk.frame.lesson.network.neurons) > MOST_NEURONS

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        growing = key in (Key.Key_V, Key.Key_D) and modifiers == CONTROL
        if not (growing and self._is_large()):
            self.desk.press(key, modifiers)

    def _write(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    def _click(self, widget: QWidget, place: QPoint) -> None:
        QTest.mouseClick(widget, Button.LeftButton, NO, place)

    def _move(self, place: QPoint, buttons: Qt.MouseButton, modifiers) -> None:
        viewport = self.graph.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(viewport.mapToGlobal(place)),
            Button.NoButton,
            buttons,
            modifiers,
        )
        QApplication.sendEvent(viewport, event)

    def _send_context_menu(self, widget: QWidget, place: QPoint) -> None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)

    def _somewhere(self) -> QPoint:
        """Return a place on the graph: mostly a neuron or an edge, else anywhere."""
        circles = [
            shape for key, shape in self.graph.shown.shapes.items() if key.startswith("circle:")
        ]
        pills = [shape for key, shape in self.graph.shown.shapes.items() if key.startswith("pill:")]
        kind = self.chance.random()
        shapes = circles if kind < 0.5 else pills if kind < 0.7 else []
        if not shapes:
            return self._anywhere(self.graph.viewport())
        shape = self.chance.choice(shapes)
        return QPointF(*self.graph.camera.to_screen(shape.x, shape.y)).toPoint()

    def _anywhere(self, widget: QWidget) -> QPoint:
        return QPoint(
            self.chance.randrange(1, max(widget.width() - 1, 2)),
            self.chance.randrange(1, max(widget.height() - 1, 2)),
        )


TABLE_KEYS = [
    Key.Key_Return, Key.Key_Tab, Key.Key_Escape, Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Delete,
    Key.Key_Home, Key.Key_End,
]  # fmt: skip
# Every deed, and how often it is done.
DEEDS: dict[Callable[[AnyUser], None], int] = {
    AnyUser.step: 8,
    AnyUser.press_key: 4,
    AnyUser.edit_by_key: 5,
    AnyUser.undo: 3,
    AnyUser.redo: 2,
    AnyUser.change_tab: 3,
    AnyUser.type: 4,
    AnyUser.click: 4,
    AnyUser.double_click: 2,
    AnyUser.drag: 5,
    AnyUser.hover: 2,
    AnyUser.press_plus: 1,
    AnyUser.open_menu: 5,
    AnyUser.turn_wheel: 2,
    AnyUser.scrub: 2,
    AnyUser.use_side: 5,
    AnyUser.choose: 5,
    AnyUser.use_table: 4,
    AnyUser.resize: 1,
    AnyUser.change_look: 1,
}
