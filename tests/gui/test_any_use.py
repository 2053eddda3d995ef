"""Anything a user may do, in any order: no exception, no Qt warning, and the numbers are those of a fresh trace."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.choosing.popup import Popup
from explainer.lesson.lesson import Lesson
from explainer.maths.numbers import canvas_digits, shown
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.counts import count

NO, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYS = [
    *[(Qt.Key.Key_Right, NO)] * 6,
    *[(Qt.Key.Key_Left, NO)] * 3,
    (Qt.Key.Key_Home, NO),
    (Qt.Key.Key_End, NO),
    *[(Qt.Key.Key_Z, CTRL)] * 3,
    *[(Qt.Key.Key_Z, CTRL | SHIFT)] * 2,
    (Qt.Key.Key_Tab, NO),
    (Qt.Key.Key_Escape, NO),
    (Qt.Key.Key_Plus, CTRL),
    (Qt.Key.Key_Minus, CTRL),
    (Qt.Key.Key_0, CTRL),
    (Qt.Key.Key_Space, NO),
    (Qt.Key.Key_1, CTRL),
    *[(Qt.Key.Key_2, CTRL)] * 2,
]
TYPED = ["0.5", "-1.25", "2", "0,3", "nonsense", "1e400", "", "--", "0"]


class RandomUser:
    """Presses keys, clicks anywhere, types on numbers; the same seed does the same."""

    def __init__(self, desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)

    def act(self) -> None:
        deeds = [self.key, self.click, self.type, self.scrub, self.choose]
        self.chance.choices(deeds, [6, 2, 2, 1, 3])[0]()

    def key(self) -> None:
        self.desk.press(*self.chance.choice(KEYS))

    def click(self) -> None:
        view = self.desk.window.graph.viewport()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, NO, self._anywhere(view))

    def type(self) -> None:
        self.click()
        for letter in self.chance.choice(TYPED):
            QTest.keyClicks(self.desk.window.focusWidget() or self.desk.window, letter)
        self.desk.press(self.chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab]))

    def scrub(self) -> None:
        track = self.desk.window.timeline
        start = self._anywhere(track)
        QTest.mousePress(track, Qt.MouseButton.LeftButton, NO, start)
        QTest.mouseMove(track, self._anywhere(track))
        QTest.mouseRelease(track, Qt.MouseButton.LeftButton, NO, self._anywhere(track))

    def choose(self) -> None:
        """Click anywhere on the right panel; in a menu that opens go down and press Enter or Esc."""
        panel = self.desk.window.side
        child = panel.childAt(self._anywhere(panel)) or panel
        QTest.mouseClick(child, Qt.MouseButton.LeftButton, NO, self._anywhere(child))
        popup = QApplication.activePopupWidget()
        if isinstance(popup, Popup):
            for _ in range(self.chance.randrange(12)):
                QTest.keyClick(popup.search, Qt.Key.Key_Down)
            QTest.keyClick(popup.search, self.chance.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))
            if QApplication.activePopupWidget() is not None:
                popup.close()

    def _anywhere(self, widget) -> QPoint:
        return QPoint(
            self.chance.randrange(1, max(widget.width() - 1, 2)),
            self.chance.randrange(1, max(widget.height() - 1, 2)),
        )


def fresh_moment(lesson: Lesson, pass_index: int, step_index: int):
    if step_index < 0:
        return starting_moment(lesson)
    return moment_at(lesson, trace(lesson, pass_index + 1)[pass_index].summary, step_index)


def numbers_on_graph(desk) -> dict[str, str]:
    """Return the values written inside the neurons that the canvas shows."""
    found: dict[str, str] = {}
    for shape in desk.window.graph.shown.shapes.values():
        kind, _, name = shape.key.partition(":")
        if kind == "value":
            found[name] = "".join(run.text for run in shape.runs)
    return found


@pytest.mark.parametrize("seed", range(count(2, 5)))
@pytest.mark.parametrize("lesson", ["lecture-2-2-1", "xor-2-2-1"])
def test_anything_in_any_order(open_desk, lesson, seed):
    desk = open_desk(lesson)
    desk.settle()
    user = RandomUser(desk, seed)
    for number in range(count(60, 500)):
        user.act()
        if number % 20 == 19:
            look(desk)
    look(desk)


def look(desk) -> None:
    """Compare what the window shows with a trace made anew."""
    desk.program.furniture.player.pause()
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    frame = desk.frame
    fresh = fresh_moment(frame.lesson, frame.pass_index, frame.step_index)
    assert frame.moment == fresh
    digits = canvas_digits(frame.digits)
    written = numbers_on_graph(desk)
    for name, text in written.items():
        if "=" not in text:
            assert text == shown(fresh.values[name], digits, "en"), name
