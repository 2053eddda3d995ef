"""Tab goes to every control of the window, in the order in which they stand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

# More than the window has controls.
MOST = 90


def walk(desk):
    """Press Tab until the graph has the keyboard again; return what had it on the way."""
    graph = desk.window.graph
    graph.setFocus()
    found = []
    for _ in range(MOST):
        desk.press(Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is graph and found:
            return found
        if now is not graph and now not in found:
            found.append(now)
    raise AssertionError("Tab did not come round")


def test_every_tab_and_every_view_is_reached(desk):
    once = walk(desk)
    # Whoever has been at one of them gets to the others too.
    again = walk(desk)
    assert again == once
    strip = list(desk.window.side.tabs.tabs.values())
    assert [one for one in once if one in strip] == strip
    names = [one.accessibleName() for one in once]
    for view in ("Neurons", "Computation graph", "Matrices", "Table"):
        assert view in names


def test_the_functions_compared_come_before_their_curves(desk):
    desk.press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.window.side.lab is not None)
    page = desk.window.side.lab.curves
    QTest.mouseClick(page.more, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.menu.popup.search, "typed")
    QTest.keyClick(page.menu.popup.search, Qt.Key.Key_Return)
    desk.wait(lambda: not desk.window.side.studio.is_busy)
    found = walk(desk)
    chips = [chip for chip in page.chips.chips if chip.isVisible()]
    places = [found.index(one) for one in (*chips, page.more, page.view, page.formula)]
    assert len(chips) == 2
    assert places == sorted(places)
    assert all(one.accessibleName() for one in found if isinstance(one, QLineEdit))
