"""The start page, the first tour and the help, by real keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from explainer.gui.actions import ACTIONS, keys_of
from explainer.gui.app import Program
from explainer.gui.presentation.keys import KEYS
from explainer.gui.welcome.help import TableDialog
from explainer.gui.welcome.tour import STOPS
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import write_lesson
from explainer.maths.catalogue import TABLES
from tests.gui.conftest import close

K = Qt.Key


@pytest.fixture
def began(fonts, qtbot, preferences):
    """Start the program as without a lesson; return what is behind the start page."""
    programs = []

    def start():
        program = Program(example("lecture-2-2-1"), None, "en", preferences)
        program.welcomes = True
        programs.append(program)
        program.window.resize(1280, 720)
        program.window.show()
        qtbot.waitExposed(program.window)
        program.furnish()
        return program

    yield start
    for program in programs:
        page = program.furniture.classroom.start_page
        if page is not None:
            program.preferences.took_tour = True
            page.reject()
        close(program)


def classroom(program):
    return program.furniture.classroom


def page_of(program, qtbot):
    qtbot.waitUntil(lambda: classroom(program).start_page is not None, timeout=30_000)
    return classroom(program).start_page


def test_the_start_page_comes_after_the_lesson_and_esc_leads_to_it(began, qtbot):
    program = began()
    # The lesson's frame is there before anything of the page is made.
    assert classroom(program).start_page is None
    assert program.window.graph.drawing.shapes
    page = page_of(program, qtbot)
    assert page.visible_names() == list(example_names())
    program.preferences.took_tour = True
    QTest.keyClick(page, K.Key_Escape)
    assert classroom(program).start_page is None
    assert program.stage.session.lesson == example("lecture-2-2-1")


def test_a_lesson_is_chosen_with_the_keyboard(began, qtbot):
    program = began()
    program.preferences.took_tour = True
    page = page_of(program, qtbot)
    QTest.keyClick(page.cards[0], K.Key_Right)
    QTest.keyClick(page.cards[1], K.Key_Return)
    assert program.stage.session.lesson == example(example_names()[1])


def test_recent_files_are_opened(began, qtbot, preferences, tmp_path):
    path = tmp_path / "mine & yours.json"
    write_lesson(example("adam"), path)
    preferences.add_recent(path)
    preferences.took_tour = True
    program = began()
    page = page_of(program, qtbot)
    assert [Path(button.toolTip()) for button in page.recent] == [path]
    QTest.mouseClick(page.recent[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.stage.session.path == path, timeout=30_000)


def test_the_page_can_be_switched_off(began, qtbot, preferences):
    preferences.took_tour = True
    program = began()
    page = page_of(program, qtbot)
    QTest.keyClick(page.again, K.Key_Space)
    assert not preferences.shows_welcome
    page.reject()
    second = began()
    QTest.qWait(50)
    assert classroom(second).start_page is None


def test_nobody_who_named_a_lesson_is_welcomed(desk):
    QTest.qWait(50)
    assert desk.program.furniture.classroom.start_page is None


def test_new_network_is_offered(began, qtbot, preferences):
    from explainer.gui.dialogs.new_network import NewNetworkDialog

    preferences.took_tour = True
    program = began()
    page = page_of(program, qtbot)
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, NewNetworkDialog):
            seen.append(dialog)
            dialog.reject()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.cards[0], K.Key_N, Qt.KeyboardModifier.ControlModifier)
    # A shortcut presses the button for a moment.
    qtbot.waitUntil(lambda: bool(seen))


def test_the_tour_comes_once_and_walks_by_keys(began, qtbot, preferences):
    program = began()
    page_of(program, qtbot).reject()
    tour = classroom(program).shown_tour
    assert tour is not None
    seen = []
    for key in (K.Key_Right, K.Key_Return, K.Key_Space, K.Key_Right):
        seen.append(tour.title.text())
        assert tour.rect().contains(tour.callout.geometry())
        QTest.keyClick(tour.next, key)
    assert tour.stop == len(STOPS) - 1
    QTest.keyClick(tour.next, K.Key_Left)
    assert tour.stop == len(STOPS) - 2
    QTest.keyClick(tour.next, K.Key_Right)
    QTest.keyClick(tour.next, K.Key_Right)
    assert classroom(program).shown_tour is None
    assert len(set(seen)) == 4
    assert program.stage.session.cursor.step_index == -1
    assert preferences.took_tour
    classroom(program).welcome()
    classroom(program).start_page.reject()
    assert classroom(program).shown_tour is None
    program.furniture.actions["tour"].trigger()
    QTest.keyClick(classroom(program).shown_tour.next, K.Key_Escape)
    assert classroom(program).shown_tour is None


@pytest.mark.parametrize("language", ["en", "ru"])
def test_callouts_stand_beside_what_they_speak_of_and_hold_their_words(open_desk, language):
    desk = open_desk("lecture-2-2-1", language)
    desk.settle()
    for size in ((1280, 720), (1440, 900), (1920, 1080)):
        desk.window.resize(*size)
        QApplication.processEvents()
        desk.program.furniture.actions["tour"].trigger()
        tour = desk.program.furniture.classroom.shown_tour
        for _ in STOPS:
            QApplication.processEvents()
            assert tour.rect().contains(tour.callout.geometry())
            assert not tour.callout.geometry().intersects(tour.target)
            for label in (tour.title, tour.text, tour.count):
                assert label.height() >= label.heightForWidth(label.width())
            tour.go(1)


def dialog_of(desk, action):
    """Return the dialog that an action opens, closed."""
    found = []

    def take():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TableDialog):
            found.append(dialog)
            QTest.keyClick(dialog, K.Key_Escape)
        else:
            QTimer.singleShot(10, take)

    QTimer.singleShot(10, take)
    desk.program.furniture.actions[action].trigger()
    return found[0]


def test_help_lists_every_shortcut(desk):
    actions = desk.program.furniture.actions
    lines = dict(dialog_of(desk, "shortcuts").lines)
    for row in ACTIONS:
        if row.shortcuts and row.id not in ("undo", "redo"):
            name = actions[row.id].text().replace("&", "").rstrip("…")
            assert lines[name] == keys_of(actions[row.id]), row.id
    for row in KEYS:
        assert row.words in lines.values()


def test_help_names_the_source_of_every_formula(desk):
    lines = dialog_of(desk, "sources").lines
    assert len(lines) == sum(len(rows) for rows in TABLES.values())
    assert all(source for _, source in lines)


def test_help_tells_version_and_licence(desk):
    from explainer import __version__

    lines = dict(dialog_of(desk, "about").lines)
    assert __version__ in lines.values()
    assert "MIT" in lines["Licence"]
    assert lines["sympy"]


def test_f1_opens_the_shortcuts(desk):
    found = []

    def take():
        dialog = QApplication.activeModalWidget()
        found.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(100, take)
    desk.window.graph.setFocus()
    desk.press(K.Key_F1)
    assert found == ["Keyboard shortcuts"]


def test_every_control_says_what_it_is_and_its_key(desk):
    desk.program.furniture.actions["predict"].trigger()
    buttons = [one for one in desk.window.findChildren(QAbstractButton) if one.isVisible()]
    assert len(buttons) > 12
    for button in buttons:
        assert button.toolTip(), button.accessibleName() or button.text()
    actions = desk.program.furniture.actions
    for name, tab in desk.window.side.tabs.tabs.items():
        assert keys_of(actions[name]) in tab.toolTip()
    assert "F5" in desk.window.top_bar.present.toolTip()


def test_settings_hold_every_option_of_the_classroom(desk):
    from explainer.gui.dialogs.settings import SettingsDialog

    own = desk.program.preferences
    dialog = SettingsDialog(desk.frame, desk.program.keeper, desk.window, preferences=own)
    fields = dialog.classroom
    fields.tolerance.setCurrentIndex(fields.tolerance.findData("0.05"))
    fields.presenter.setCurrentIndex(fields.presenter.findData("yes"))
    fields.start.setCurrentIndex(fields.start.findData("no"))
    assert (own.tolerance, own.presenter_window, own.shows_welcome) == (0.05, True, False)
    dialog.serve(desk.program.furniture.commands, desk.program.furniture.classroom.set_picks)
    fields.picks.setCurrentIndex(fields.picks.findData("yes"))
    assert own.picks_factors
    dialog.deleteLater()


def test_the_shortcuts_name_what_can_be_undone_in_general(desk):
    desk.stage.do(desk.stage.session.set_values, {"w1": 7.0})
    desk.settle()
    assert desk.program.furniture.actions["undo"].text() != "&Undo"
    assert dict(dialog_of(desk, "shortcuts").lines)["Undo"] == "Ctrl+Z"


def test_the_tour_shows_the_derivation_it_speaks_of(desk):
    desk.press(K.Key_5, Qt.KeyboardModifier.ControlModifier)
    desk.program.furniture.actions["tour"].trigger()
    assert desk.window.derivation.isVisible()
    tour = desk.program.furniture.classroom.shown_tour
    QTest.keyClick(tour.next, K.Key_Escape)
    assert desk.program.furniture.classroom.shown_tour is None
