"""The tab of choices, used with keys and the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.lesson.choice import Choice
from explainer.lesson.edits import set_input
from explainer.lesson.examples import example
from explainer.lesson.lesson import Clip
from tests.gui.choosing.helpers import Choosing, assert_fresh

CONTROL = Qt.KeyboardModifier.ControlModifier


def told(desk):
    step = desk.frame.one_pass.steps[desk.frame.step_index]
    return step.phase, step.kind, step.subject, step.sample, step.edge


def test_an_activation_chosen_by_search_keeps_the_step(desk, choosing):
    desk.stage.go_to_parameter("w1")
    desk.settle()
    before, index = told(desk), desk.frame.step_index
    choosing.choose("activation", "sigm")
    desk.settle()
    assert desk.frame.lesson.network.neuron("h2").activation == Choice("sigmoid")
    assert told(desk) == before
    assert desk.frame.step_index != index
    assert_fresh(desk)
    assert "hidden layer 1" in desk.program.furniture.actions["undo"].text()
    desk.press_and_settle(Qt.Key.Key_Z, CONTROL)
    assert desk.frame.lesson.network.neuron("h2").activation == Choice("identity")
    assert (told(desk), desk.frame.step_index) == (before, index)
    desk.press_and_settle(Qt.Key.Key_Y, CONTROL)
    assert told(desk) == before
    assert_fresh(desk)


def test_formulas_come_as_text_and_then_as_pictures(desk, choosing, qtbot):
    button = choosing.field("loss").button
    desk.wait(lambda: button._shown.formula is not None)
    assert button._shown.formula.text == "E = Σ 1/2·(ŷ − y)²"
    desk.wait(lambda: button._shown.formula.picture is not None)
    popup = choosing.open("activation")
    desk.wait(lambda: all(picture_of(popup, row) for row in range(popup.list.count() - 1)))
    popup.close()


def test_menus_write_arctangents_as_the_lesson_does(desk, choosing):
    choosing.choose("activation", "arctan")
    desk.settle()
    button = choosing.field("activation").button

    def writes(text: str) -> bool:
        formula = button._shown.formula
        return formula is not None and formula.text == text and formula.picture is not None

    desk.wait(lambda: writes("f(z) = arctan(z)"))
    choosing.click("functions", "russian")
    desk.settle()
    desk.wait(lambda: writes("f(z) = arctg(z)"))


def picture_of(popup, row):
    formula = popup.list.item(row).data(Qt.ItemDataRole.UserRole).shown.formula
    return formula is not None and formula.picture is not None


def test_clicks_choose_and_the_keyboard_returns_to_the_button(desk, choosing):
    choosing.click("penalty", "l2")
    desk.settle()
    assert desk.frame.lesson.penalty == Choice("l2")
    assert choosing.field("penalty").popup is None
    assert choosing.field("penalty").button.hasFocus()
    choosing.type("penalty", 0, "0.5")
    desk.settle()
    assert desk.frame.lesson.penalty == Choice("l2", {"rate": 0.5})
    assert_fresh(desk)


def test_arrows_and_enter_choose_without_the_mouse(desk, choosing):
    button = choosing.field("clip").button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    step = desk.frame.step_index
    desk.press(Qt.Key.Key_Space)
    popup = choosing.field("clip").popup
    QTest.keyClick(popup.search, Qt.Key.Key_Down)
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.lesson.update.clip == Clip("norm", 1.0)
    assert desk.frame.step_index == step
    assert not desk.program.furniture.player.playing
    choosing.type("clip", 0, "0,25", Qt.Key.Key_Tab)
    desk.settle()
    assert desk.frame.lesson.update.clip == Clip("norm", 0.25)


def test_in_a_short_menu_nothing_of_the_search_is_seen(desk, choosing):
    popup = choosing.open("clip")
    QTest.keyClicks(popup.search, "n")
    assert popup.search.hasFocus()
    place = popup.search.geometry()
    grabbed = popup.grab().toImage()
    row = [grabbed.pixel(x, place.top()) for x in range(place.left(), place.right())]
    # The caret alone is a point of its own.
    ground = grabbed.pixel(place.left() - 1, place.top())
    assert sum(pixel != ground for pixel in row) <= 1
    popup.close()


def test_a_letter_on_a_button_begins_the_search(desk, choosing):
    choosing.field("rule").button.setFocus()
    desk.press(Qt.Key.Key_A)
    popup = choosing.field("rule").popup
    assert popup.search.text() == "a"
    QTest.keyClicks(popup.search, "dam")
    shown = [
        name for row, name in enumerate(choosing.rows(popup)) if not popup.list.isRowHidden(row)
    ]
    assert shown == ["adam", "adamw"]
    QTest.keyClick(popup.search, Qt.Key.Key_Escape)
    assert choosing.field("rule").popup is None
    assert not desk.stage.session.can_undo


def test_what_the_lesson_cannot_take_is_shown_with_its_reason(desk, choosing):
    popup = choosing.open("rule")
    faults = choosing.faults(popup)
    assert faults["perceptron"].startswith('The rule "perceptron" is for one layer')
    assert set(faults) == {"perceptron", "hebb", "delta"}
    row = choosing.rows(popup).index("perceptron")
    item = popup.list.item(row)
    popup.list.scrollToItem(item)
    place = popup.list.visualItemRect(item).center()
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert choosing.field("rule").popup is popup
    popup.close()
    assert not desk.stage.session.can_undo


def test_an_error_that_the_predictions_do_not_suit_is_undone_and_said(open_desk):
    desk = open_desk(set_input(example("lecture-2-2-1"), 0, 0, -9.0))
    desk.settle()
    choosing = Choosing(desk)
    desk.stage.go_to_parameter("w1")
    desk.settle()
    before, lesson = told(desk), desk.frame.lesson
    choosing.click("loss", "cross_entropy")
    desk.wait(lambda: choosing.fault("loss") != "")
    assert choosing.fault("loss").startswith("The error (cross-entropy) needs predictions above 0")
    desk.settle()
    assert desk.frame.lesson == lesson
    assert told(desk) == before
    assert not desk.stage.session.can_undo
    assert choosing.field("loss").button._shown.label == "Half squared error"


def test_a_neuron_is_chosen_by_a_click_on_the_graph(desk, choosing):
    graph = desk.window.graph
    place = middle_of(graph, "h1")
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert choosing.field("target").button._shown.label == "h₁"
    choosing.choose("activation", "prelu")
    desk.settle()
    assert desk.frame.lesson.network.neuron("h1").activation.name == "prelu"
    assert desk.frame.lesson.network.neuron("h2").activation.name == "identity"
    choosing.type("activation", 0, "0.5")
    desk.settle()
    assert desk.frame.lesson.network.value("alpha_h1") == 0.5
    choosing.choose("target", "hidden layer")
    assert choosing.field("activation").button._shown.label == "Different ones"


def test_the_right_button_on_a_neuron_opens_its_activations(desk):
    graph = desk.window.graph
    place = middle_of(graph, "o1")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, graph.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(graph.viewport(), event)
    menu = desk.program.furniture.graph_menu.shown
    next(entry for entry in menu.actions() if entry.text() == "Activation…").trigger()
    field = desk.window.side.choices.fields["activation"]
    assert field.popup is not None
    QTest.keyClicks(field.popup.search, "tanh")
    QTest.keyClick(field.popup.search, Qt.Key.Key_Return)
    desk.settle()
    assert desk.frame.lesson.network.neuron("o1").activation == Choice("tanh")


def middle_of(graph, neuron):
    shape = graph.shown.shapes[f"circle:{neuron}"]
    x, y = graph.camera.to_screen(shape.x, shape.y)
    return QPointF(x, y).toPoint()


def test_weights_are_drawn_by_a_button(desk, choosing):
    choosing.choose("initialiser", "he_normal")
    desk.settle()
    first = desk.frame.lesson
    field = choosing.field("initialiser")
    choosing.panel.ensureWidgetVisible(field.action)
    QTest.mouseClick(field.action, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.frame.lesson.seed == first.seed + 1
    assert desk.frame.lesson.network.parameters != first.network.parameters
    assert "Fan-in 2" in field._notes.text()


def test_everything_has_its_place_when_the_tab_is_first_painted(desk):
    desk.press(Qt.Key.Key_2, CONTROL)
    for field in desk.window.side.choices.fields.values():
        assert field.height() == field.heightForWidth(field.width())
        assert field.button.height() >= 38


def test_tabs_are_reached_by_keys_and_stay_as_they_were_left(desk):
    side = desk.window.side
    assert side.choices is None
    desk.press(Qt.Key.Key_2, CONTROL)
    assert side.choices.isVisible()
    assert not side.derivation.isVisible()
    desk.stage.do(desk.stage.session.open, example("mazur-2-2-2"))
    desk.settle()
    assert side.choices.isVisible()
    tab = side.tabs.tabs["derivation"]
    tab.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    assert side.derivation.isVisible()
    assert tab.isChecked()
    QTest.mouseClick(desk.window.timeline.status, Qt.MouseButton.LeftButton)
    assert side.choices.isVisible()


def test_choices_follow_language_and_look(desk, choosing):
    desk.program.furniture.commands.set_language("ru")
    desk.settle()
    assert choosing.field("loss").button._shown.label == "Половина квадрата ошибки"
    assert choosing.field("rule").numbers[0].text() == "0,05"
    desk.program.furniture.commands.set_theme("dark")
    popup = choosing.open("loss")
    popup.close()
    assert choosing.panel._theme.name == "dark"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [960, 1280, 1920])
def test_nothing_is_cut_off(open_desk, language, width):
    desk = open_desk("lecture-2-2-1", language)
    desk.settle()
    desk.window.resize(width, 720)
    choosing = Choosing(desk)
    choosing.choose("rule", "adamw")
    choosing.choose("activation", "hard_tanh")
    choosing.choose("loss", "smape")
    choosing.choose("initialiser", "uniform")
    choosing.choose("arithmetic", "decimals")
    desk.settle()
    QApplication.processEvents()
    paper = choosing.panel.widget()
    assert paper.height() == max(
        paper.layout().totalHeightForWidth(paper.width()), choosing.panel.viewport().height()
    )
    assert paper.width() <= choosing.panel.viewport().width()
    for field in choosing.panel.fields.values():
        shown = field.button._shown
        room = field.button.width() - 50
        needed = field._painter.height(shown, room)
        assert not field.button.isVisible() or field.button.height() >= needed
        assert field.height() >= field.heightForWidth(field.width())
        for number in field.numbers:
            right = number.mapTo(paper, QPoint(number.width(), 0)).x()
            assert right <= paper.width()
