"""Building a network with the mouse: edges, neurons, layers, order, selection."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.building.conftest import LEFT, PLAIN, SHIFT

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_dragging_from_neuron_to_neuron_draws_an_edge(mazur):
    assert ("i1", "o1") not in mazur.edges
    mazur.drag(mazur.at("i1"), mazur.at("o1"), release=False)
    assert mazur.shop.overlay.word == "New edge i₁ → o₁"
    mazur.release(mazur.at("o1"))
    assert ("i1", "o1") in mazur.edges
    assert mazur.shop.selection.edges == (("i1", "o1", 0),)
    mazur.desk.press(Qt.Key.Key_Z, CONTROL)
    mazur.desk.settle()
    assert ("i1", "o1") not in mazur.edges
    assert mazur.shop.selection.edges == ()


def test_an_edge_back_is_refused_while_it_is_drawn(mazur):
    before = mazur.desk.frame.lesson
    mazur.drag(mazur.at("o1"), mazur.at("h2"), release=False)
    assert "h₂ comes before o₁" in mazur.shop.overlay.word
    mazur.release(mazur.at("h2"))
    assert mazur.shop.overlay.word == ""
    assert mazur.desk.frame.lesson == before


def test_letting_go_over_the_ground_or_pressing_escape_does_nothing(mazur):
    before = mazur.desk.frame.lesson
    mazur.drag(mazur.at("i1"), QPoint(mazur.at("o1").x(), 40))
    mazur.drag(mazur.at("i1"), mazur.at("o1"), release=False)
    mazur.key(Qt.Key.Key_Escape)
    assert not mazur.shop.overlay.isVisible()
    mazur.release(mazur.at("o1"))
    assert mazur.desk.frame.lesson == before


def test_dragging_up_and_down_changes_the_order(mazur):
    mazur.drag(mazur.at("h1"), mazur.at("h2") + QPoint(0, 50), release=False)
    assert mazur.shop.overlay.word == "Place 2 of 2"
    mazur.release(mazur.at("h2") + QPoint(0, 50))
    assert mazur.ids == ["i1", "i2", "h2", "h1", "o1", "o2"]
    assert mazur.desk.frame.undo_name.key == "moving of {name}"


def test_a_double_click_in_a_column_adds_a_neuron_there(mazur):
    between = (mazur.at("h1") + mazur.at("h2")) / 2
    mazur.double_click(between)
    assert mazur.ids == ["i1", "i2", "h1", "h3", "h2", "o1", "o2"]
    assert mazur.shop.selection.neurons == ("h3",)
    assert {("i1", "h3"), ("i2", "h3"), ("h3", "o1"), ("h3", "o2")} <= mazur.edges


def test_the_plus_above_a_column_adds_a_neuron(mazur):
    mazur.move(QPoint(mazur.at("o1").x(), 30))
    plus = mazur.builder.plus.neuron
    assert plus.isVisible()
    assert plus.toolTip() == "Add a neuron to this column"
    QTest.mouseClick(plus, LEFT)
    mazur.desk.settle()
    assert mazur.ids[-1] == "o3"
    assert len(mazur.desk.frame.lesson.data.targets[0]) == 3


def test_the_plus_between_two_columns_adds_a_layer(mazur):
    middle = (mazur.at("i1") + mazur.at("h1")) / 2
    mazur.move(QPoint(middle.x(), 30))
    assert mazur.builder.plus.layer.isVisible()
    assert not mazur.builder.plus.neuron.isVisible()
    QTest.mouseClick(mazur.builder.plus.layer, LEFT)
    mazur.desk.settle()
    added = mazur.shop.selection.neurons
    assert len(added) == 2
    assert {("i1", added[0]), (added[0], "h1")} <= mazur.edges
    assert ("i1", "h1") not in mazur.edges


def test_the_rubber_band_selects_what_it_goes_round(mazur):
    corner = mazur.at("h1") - QPoint(70, 60)
    mazur.drag(corner, mazur.at("h2") + QPoint(70, 60), modifiers=SHIFT)
    assert set(mazur.shop.selection.neurons) == {"h1", "h2"}
    mazur.click(QPoint(5, 5))
    assert not mazur.shop.selection


def test_a_click_selects_and_with_shift_more(mazur):
    mazur.click(mazur.at("h1"))
    assert mazur.shop.selection.neurons == ("h1",)
    mazur.click(mazur.at("o2"), SHIFT)
    assert mazur.shop.selection.neurons == ("h1", "o2")
    mazur.click(mazur.at("h1"), SHIFT)
    assert mazur.shop.selection.neurons == ("o2",)
    mazur.key(Qt.Key.Key_Escape)
    assert not mazur.shop.selection


def test_delete_removes_what_is_selected(mazur):
    mazur.click(mazur.at("h2"))
    mazur.key(Qt.Key.Key_Delete)
    assert mazur.ids == ["i1", "i2", "h1", "o1", "o2"]
    assert mazur.desk.frame.undo_name.key == "removal of {what}"


def test_copies_are_pasted_and_duplicated_with_the_usual_keys(mazur):
    mazur.click(mazur.at("h2"))
    mazur.key(Qt.Key.Key_C, CONTROL)
    assert "explainer-fragment" in QApplication.clipboard().text()
    mazur.key(Qt.Key.Key_V, CONTROL)
    assert len(mazur.ids) == 7
    mazur.click(mazur.at("h1"))
    mazur.key(Qt.Key.Key_D, CONTROL)
    assert len(mazur.ids) == 8
    QApplication.clipboard().setText("nothing that was copied here")
    before = mazur.desk.frame.lesson
    mazur.key(Qt.Key.Key_V, CONTROL)
    assert mazur.desk.frame.lesson == before
    assert mazur.desk.program.furniture.notice.isVisible()


def test_a_trembling_click_is_a_click(mazur):
    place = mazur.at("h1")
    QTest.mousePress(mazur.graph.viewport(), LEFT, PLAIN, place)
    mazur.move(place + QPoint(2, 1), LEFT)
    mazur.release(place + QPoint(2, 1))
    assert mazur.shop.selection.neurons == ("h1",)
    assert mazur.desk.frame.undo_name is None


def test_a_formula_has_nothing_to_build(open_desk):
    desk = open_desk("graph-sin")
    desk.settle()
    graph, before = desk.window.graph, desk.frame.lesson
    QTest.mouseDClick(graph.viewport(), LEFT, PLAIN, QPoint(200, 200))
    QTest.mouseMove(graph.viewport(), QPoint(210, 210))
    assert desk.frame.lesson == before
    assert not desk.program.furniture.builder.plus.neuron.isVisible()
