"""Which display is presented on."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

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
    (action,) = [one for one in menu.actions() if one.isCheckable()]
    assert action.isChecked()
    assert action.data() == name_of(screen)
    assert "main display" in action.text()
    menu.popup(desk.window.pos())
    (heading,) = menu.findChildren(QLabel)
    assert heading.isVisible()
    assert heading.text() == "Present on"
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is action
    menu.close()
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


def test_the_ring_around_the_first_and_the_last_step_is_whole(desk):
    desk.window.graph.setFocus()
    desk.press(Qt.Key.Key_F5)
    show = desk.program.furniture.classroom.presentation
    track = show.projection.track
    for step in (0, len(desk.frame.one_pass.steps) - 1):
        show.telling.go_to(step)
        desk.settle()
        picture = track.grab().toImage()
        for x in (0, picture.width() - 1):
            assert picture.pixel(x, picture.height() // 2) == picture.pixel(x, 0)
        place = 4 if step == 0 else track.width() - 4
        QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(place, track.height() // 2))
        assert show.telling.frame.step_index == step
    show.leave()
