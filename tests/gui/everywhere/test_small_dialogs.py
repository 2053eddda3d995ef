"""Every dialog can be used in 640 by 400: nothing is cut, what has no room scrolls or is looked at one at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QScrollArea, QWidget

from explainer.gui.dialogs.asking import PlainDialog, SaveQuestion, words
from explainer.gui.dialogs.error_report import ErrorReport
from explainer.gui.dialogs.new_network import NewNetworkDialog
from explainer.gui.paper.document_dialog import DocumentDialog
from explainer.gui.scaling import hint, set_scale
from explainer.gui.scrolling import Beside, Scrolled
from explainer.gui.theme import themes
from explainer.messages import LENGTHENED
from scripts.looking.faults import faults_of
from scripts.looking.places import Places
from scripts.patience import rest
from tests.counts import MODE, count

SMALL = (640, 400)


class Walk:
    """Makes every dialog that is opened small and looks at it."""

    def __init__(self, desk) -> None:
        self.faults: list[str] = []
        self.seen: list[str] = []
        self._places = Places(desk.program, desk.settle, self._look)

    def _look(self, name: str, widget: QWidget) -> None:
        if isinstance(widget, QDialog):
            self.seen.append(type(widget).__name__)
            self.faults += [f"{name}: {fault}" for fault in wrong_in(widget)]

    def visit(self) -> None:
        self._places.visit_actions()
        self._places.visit_buttons()


def wrong_in(dialog: QDialog) -> list[str]:
    """Return what cannot be read or reached in a dialog of the smallest size."""
    # Words are larger only in a window that is so much larger.
    room = hint(*SMALL)
    dialog.resize(room)
    QApplication.processEvents()
    found = []
    if dialog.width() > room.width() or dialog.height() > room.height():
        least = dialog.minimumSizeHint()
        found.append(f"it is {dialog.width()}×{dialog.height()}, {least.width()}×{least.height()}")
    for side in ("choices", "preview"):
        if isinstance(dialog, DocumentDialog):
            dialog.show_side(side)
        elif side == "preview":
            continue
        # What has just got another place is given a moment.
        rest(80)
        if faults_of(dialog):
            rest(500)
        found += [str(fault) for fault in faults_of(dialog)]
        found += [f"out of reach: {button.text()}" for button in unreachable(dialog)]
    return found


def unreachable(dialog: QDialog) -> list[QAbstractButton]:
    """Return the buttons that stand outside the dialog, unless they can be scrolled to."""
    return [
        button
        for button in dialog.findChildren(QAbstractButton)
        if button.isVisible() and button.window() is dialog and not _scrolls(button)
        if not dialog.rect().contains(QRect(button.mapTo(dialog, QPoint(0, 0)), button.size()))
    ]


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None


@pytest.mark.parametrize("language", ["en", "ru", LENGTHENED])
@pytest.mark.skipif(MODE != "long", reason="the walk of every dialog takes a minute")
def test_every_dialog_that_an_action_opens_can_be_used(open_desk, preferences, language):
    preferences.took_tour = True
    desk = open_desk("mazur-2-2-2", language)
    desk.settle()
    walk = Walk(desk)
    walk.visit()
    assert "\n".join(walk.faults) == ""
    wanted = {"ExportDialog", "WorksheetDialog", "NewNetworkDialog", "Gallery", "SettingsDialog", "StartPage", "DataSetDialog"}  # fmt: skip
    assert wanted <= set(walk.seen)


@pytest.mark.parametrize("action", ["export", "worksheets", "settings", "texts"][: count(2, 4)])
def test_a_dialog_of_the_window_can_be_used(open_desk, action):
    desk = open_desk("lecture-2-2-1", "ru")
    desk.settle()
    found: list[str] = []
    seen: list[str] = []

    def look(_name: str, widget: QWidget) -> None:
        if isinstance(widget, QDialog):
            seen.append(type(widget).__name__)
            found.extend(wrong_in(widget))

    places = Places(desk.program, desk.settle, look)
    places._opened(action, desk.program.furniture.actions[action].trigger)
    assert seen
    assert found == []


@pytest.fixture(params=[1.0, 1.52])
def scaled(request, fonts):
    set_scale(request.param)
    yield request.param
    set_scale(1.0)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_dialogs_of_their_own_can_be_used_at_any_scale(qtbot, scaled, language):
    theme = themes()["light"]
    dialogs = (
        NewNetworkDialog(theme, language),
        ErrorReport("Traceback\n" * 30, language),
        SaveQuestion(None, "A lesson with a title that is rather long for a dialog", language),
    )
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        assert wrong_in(dialog) == []


def test_what_has_no_room_scrolls_by_the_keyboard(qtbot, fonts):
    dialog = PlainDialog(None, "Title", "A sentence.")
    qtbot.addWidget(dialog)
    for number in range(15):
        dialog.body.addWidget(words(f"Line {number}", "text"))
    dialog.add_button("Close", default=True)
    dialog.show()
    qtbot.waitExposed(dialog)
    # As high as it needs, where the screen has room: 15 lines have it.
    assert dialog.room.verticalScrollBar().maximum() == 0
    dialog.resize(*SMALL)
    QApplication.processEvents()
    assert dialog.room.verticalScrollBar().maximum() > 0
    dialog.room.setFocus()
    assert dialog.room.hasFocus()
    QTest.keyClick(dialog.room, Qt.Key.Key_PageDown)
    assert dialog.room.verticalScrollBar().value() > 0
    assert unreachable(dialog) == []


def test_two_parts_stand_beside_each_other_only_where_there_is_room(qtbot, fonts):
    left, right = QWidget(), QWidget()
    left.setMinimumSize(300, 200)
    right.setMinimumSize(200, 100)
    both = Beside(left, right, 20)
    qtbot.addWidget(both)
    both.show()
    area = Scrolled(both, "Both")
    qtbot.addWidget(area)
    area.show()
    for width, beside in ((700, True), (400, False), (700, True)):
        area.resize(width, 500)
        QApplication.processEvents()
        assert (right.x() > left.x()) is beside
        assert (right.y() > left.y()) is not beside
        assert both.heightForWidth(width) == (200 if beside else 320)
