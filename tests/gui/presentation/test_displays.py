"""Which display is presented on."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from explainer.gui.presentation.displays import DisplayMenu, name_of, remembered


def display(name, model=""):
    return SimpleNamespace(
        name=lambda: name, model=lambda: model, manufacturer=lambda: "", serialNumber=lambda: ""
    )


LAPTOP, PROJECTOR = display("eDP-1"), display("HDMI-1", "EPSON")


def test_the_only_display_needs_no_question():
    assert remembered([LAPTOP], "") is LAPTOP
    assert remembered([LAPTOP], name_of(PROJECTOR)) is LAPTOP


def test_the_projector_is_found_again_and_asked_for_where_it_is_not_known():
    assert remembered([LAPTOP, PROJECTOR], name_of(PROJECTOR)) is PROJECTOR
    assert remembered([LAPTOP, PROJECTOR], "") is None
    assert remembered([LAPTOP, PROJECTOR], "another one") is None


def test_the_menu_lists_the_displays_and_ticks_the_one_in_use(desk):
    screen = QGuiApplication.primaryScreen()
    menu = DisplayMenu(screen, "en", desk.window)
    (action,) = [one for one in menu.actions() if not one.isSeparator()]
    assert action.isChecked()
    assert action.data() == name_of(screen)
    assert "main display" in action.text()
    menu.deleteLater()


def test_the_choice_is_remembered(desk):
    desk.window.graph.setFocus()
    desk.press(Qt.Key.Key_F5)
    show = desk.program.furniture.classroom.presentation
    name = name_of(QGuiApplication.primaryScreen())
    show.move_to(name)
    assert desk.program.preferences.display == name
    assert show.projection.isFullScreen()
    show.leave()


def test_the_window_is_zoomed_by_keys_and_keeps_its_zoom_in_another_theme(desk):
    scale = desk.window.graph.camera.scale
    desk.window.graph.setFocus()
    QTest.keyClick(desk.window.graph, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    viewing = desk.program.furniture.commands.viewing
    assert viewing.zoom > 1
    assert desk.window.graph.camera.scale > scale
    desk.program.furniture.commands.set_theme("dark")
    QTest.keyClick(desk.window.graph, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert viewing.zoom == 1
