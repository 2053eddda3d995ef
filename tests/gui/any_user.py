"""A user who does anything at all: with mouse and keys alone, everywhere in the window, in any order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from explainer.gui.choosing.popup import Popup
from tests.gui.choosing.helpers import Choosing
from tests.gui.conftest import tick_place
from tests.gui.random_hands import CONTROL, NO, SHIFT, TYPED, Button, Key, RandomHands

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
SIZES = [(1280, 760), (1440, 900), (960, 560), (1100, 620)]
TABLE_KEYS = [
    Key.Key_Return, Key.Key_Tab, Key.Key_Escape, Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Delete,
    Key.Key_Home, Key.Key_End,
]  # fmt: skip


class AnyUser(RandomHands):
    """Does one random thing after another and remembers what it did."""

    def act(self) -> None:
        deed = self.chance.choices(list(DEEDS), list(DEEDS.values()))[0]
        self.done.append(deed.__name__)
        deed(self)
        self.close_popups()
        self.come_to_front()

    # --- keys ------------------------------------------------------------------------------

    def step(self) -> None:
        self.desk.press(self.chance.choice(STEPS))

    def press_key(self) -> None:
        self.desk.press(*self.chance.choice(KEYS))

    def edit_by_key(self) -> None:
        if self.chance.random() < 0.8:
            self.graph.setFocus()
        self.press(*self.chance.choice(EDITING))

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
            place = self.anywhere(self.graph.viewport())
        self.click_at(self.graph.viewport(), place)
        self.write(self.chance.choice(TYPED))
        end = [Key.Key_Return, Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Up]
        self.desk.press(self.chance.choice(end))

    # --- mouse on the graph ----------------------------------------------------------------

    def click(self) -> None:
        modifiers = self.chance.choice([NO, NO, SHIFT, CONTROL])
        QTest.mouseClick(self.graph.viewport(), Button.LeftButton, modifiers, self.somewhere())

    def double_click(self) -> None:
        if self.is_large():
            return
        place = self.somewhere()
        QTest.mouseDClick(self.graph.viewport(), Button.LeftButton, NO, place)
        QTest.mouseRelease(self.graph.viewport(), Button.LeftButton, NO, place)

    def drag(self) -> None:
        """Drag from a neuron, or from the ground, to anywhere; sometimes give it up on the way."""
        start, end = self.somewhere(), self.somewhere()
        modifiers = self.chance.choice([NO, NO, NO, SHIFT])
        QTest.mousePress(self.graph.viewport(), Button.LeftButton, modifiers, start)
        for part in range(1, 6):
            self.move(start + (end - start) * part / 5, Button.LeftButton, modifiers)
        if self.chance.random() < 0.15:
            self.press(self.chance.choice([Key.Key_Escape, Key.Key_Delete, Key.Key_Right]), NO)
        QTest.mouseRelease(self.graph.viewport(), Button.LeftButton, modifiers, end)

    def hover(self) -> None:
        self.move(self.somewhere(), Button.NoButton, NO)

    def press_plus(self) -> None:
        """Press the plus above a column, or between two, where it appears."""
        x = self.somewhere().x()
        self.move(QPoint(x, 30), Button.NoButton, NO)
        plus = self.desk.program.furniture.builder.plus
        for button in (plus.neuron, plus.layer):
            if button.isVisible() and not self.is_large():
                QTest.mouseClick(button, Button.LeftButton)
                return

    def open_menu(self) -> None:
        """Open the menu of the right button somewhere, and choose an entry by mouse or not at all."""
        place = self.somewhere()
        self.send_context_menu(self.graph.viewport(), place)
        menu = self.desk.program.furniture.graph_menu.shown
        if menu is not None and menu.isVisible():
            self.choose_entry(menu)

    def blank_by_hand(self) -> None:
        """Blank the result shown by its key, or click about while clicks blank values; the mode may stay on."""
        if self.chance.random() < 0.4:
            self.desk.press(Key.Key_B, CONTROL)
            return
        self.desk.press(Key.Key_B, CONTROL | SHIFT)
        for _ in range(self.chance.randrange(4)):
            QTest.mouseClick(self.graph.viewport(), Button.LeftButton, NO, self.somewhere())
            self.close_popups()
        if self.chance.random() < 0.8:
            self.desk.press(Key.Key_Escape)

    def turn_wheel(self) -> None:
        viewport = self.graph.viewport()
        place = self.somewhere()
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
        child = panel.childAt(self.anywhere(panel)) or panel
        button = Button.LeftButton
        if self.chance.random() < 0.15:
            self.send_context_menu(child, self.anywhere(child))
        elif self.chance.random() < 0.2:
            QTest.mouseDClick(child, button, NO, self.anywhere(child))
        else:
            QTest.mouseClick(child, button, NO, self.anywhere(child))
        popup = QApplication.activePopupWidget()
        if isinstance(popup, Popup):
            for _ in range(self.chance.randrange(12)):
                QTest.keyClick(popup.search, Key.Key_Down)
            QTest.keyClick(popup.search, self.chance.choice([Key.Key_Return, Key.Key_Escape]))
        elif isinstance(QApplication.focusWidget(), QLineEdit):
            self.write(self.chance.choice(TYPED))
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
        self.click_at(table.viewport(), self.anywhere(table.viewport()))
        for _ in range(self.chance.randrange(5)):
            deed = self.chance.randrange(4)
            target = table.editor or table
            if deed == 0:
                self.write(self.chance.choice(TYPED))
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
    AnyUser.blank_by_hand: 2,
    AnyUser.turn_wheel: 2,
    AnyUser.scrub: 2,
    AnyUser.use_side: 5,
    AnyUser.choose: 5,
    AnyUser.use_table: 4,
    AnyUser.resize: 1,
    AnyUser.change_look: 1,
}
