"""The menu of the right button, the dialog for names, nudging a number."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.building.renaming import RenameDialog
from explainer.gui.canvas.nudging import WheelNotches, nudged

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def test_a_neuron_gets_what_its_menu_says(mazur):
    entries = mazur.menu_at(mazur.at("h1"))
    assert entries["Bias"].isChecked()
    assert not entries["Dropout"].isChecked()
    entries["Dropout"].trigger()
    mazur.desk.settle()
    assert mazur.desk.frame.lesson.network.neuron("h1").dropout.rate == 0.5
    entries = mazur.menu_at(mazur.at("h1"))
    assert entries["Dropout"].isChecked()
    entries["Bias"].trigger()
    mazur.desk.settle()
    assert mazur.desk.frame.lesson.network.neuron("h1").bias is None


def test_weights_are_frozen_tied_and_untied(mazur):
    session = mazur.desk.stage.session
    mazur.shop.selection.select(edges=[("i1", "h1", 0), ("i2", "h1", 0)])
    mazur.building.tie(mazur.building.weights())
    mazur.desk.settle()
    assert [edge.weight for edge in session.lesson.network.incoming("h1")] == ["w1", "w1"]
    place = on_edge(mazur, "i2", "h1")
    mazur.shop.selection.clear()
    entries = mazur.menu_at(place)
    entries["Untie: w₁"].trigger()
    mazur.desk.settle()
    assert len({edge.weight for edge in session.lesson.network.incoming("h1")}) == 2
    frozen = next(text for text in mazur.menu_at(place) if text.startswith("Frozen"))
    mazur.menu_at(place)[frozen].trigger()
    mazur.desk.settle()
    weight = mazur.building.weights()[0]
    assert not session.lesson.network.is_trainable(weight)


def on_edge(hand, source, target):
    """Return a place on an edge, where no pill lies."""
    from explainer.render.shapes import point_at

    curve = hand.graph.shown.shapes[f"edge:{source}>{target}"]
    x, y = hand.graph.camera.to_screen(*point_at(curve.points, 0.12))
    return QPoint(round(x), round(y))


def test_the_ground_offers_what_can_be_added_there(mazur):
    between = (mazur.at("h1") + mazur.at("h2")) / 2
    entries = mazur.menu_at(between)
    entries["Add a neuron here"].trigger()
    mazur.desk.settle()
    assert "h3" in mazur.ids
    gap = QPoint((mazur.at("i1").x() + mazur.at("h1").x()) // 2, 30)
    mazur.menu_at(gap)["Add a layer here"].trigger()
    mazur.desk.settle()
    assert len(mazur.ids) > 8
    assert "Select all" in mazur.menu_at(gap)


def in_dialog(hand, deed):
    """Do something in the dialog that renaming opens."""

    def act():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RenameDialog)
        deed(dialog)

    QTimer.singleShot(0, act)
    hand.building.rename()
    hand.desk.settle()


def test_a_neuron_is_renamed_and_stays_selected(mazur):
    mazur.click(mazur.at("h1"))

    def rename(dialog):
        assert dialog.lines[0].text() == "h1"
        dialog.lines[0].setText("2nd")
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        assert dialog.fault.isVisible()
        dialog.lines[0].setText("first")
        dialog.lines[1].setText("\\alpha_1")
        QTest.keyClick(dialog.lines[0], Qt.Key.Key_Return)

    in_dialog(mazur, rename)
    assert mazur.ids[2] == "first"
    assert mazur.desk.frame.lesson.network.neuron("first").label == "\\alpha_1"
    assert mazur.shop.selection.neurons == ("first",)


def test_a_weight_is_renamed(mazur):
    mazur.shop.selection.select(edges=[("i1", "h1", 0)])

    def rename(dialog):
        dialog.lines[0].setText("w_first")
        QTest.keyClick(dialog.lines[0], Qt.Key.Key_Return)

    in_dialog(mazur, rename)
    assert "w_first" in mazur.desk.frame.lesson.network.parameters


@pytest.mark.parametrize(
    ("value", "steps", "modifiers", "wanted"),
    [
        (0.15, 1, NONE, 0.16),
        (0.15, -1, NONE, 0.14),
        (2.0, 1, NONE, 2.1),
        (0.1, 2, NONE, 0.3),
        (-0.05, 5, NONE, 0.0),
        (0.123456, 1, NONE, 0.124456),
        (0.15, 1, SHIFT, 0.25),
        (0.15, 1, CONTROL, 0.151),
        (1e6, 1, NONE, 1e6),
        (1e-7, 1, NONE, 0.0010001),
    ],
)
def test_a_nudge_moves_the_last_decimal(value, steps, modifiers, wanted):
    assert nudged(value, steps, modifiers) == wanted


def test_small_turns_of_a_touchpad_add_up_to_notches():
    wheel = WheelNotches()
    assert [wheel.turned(40) for _ in range(6)] == [0, 0, 1, 0, 0, 1]
    assert [wheel.turned(-60) for _ in range(2)] == [0, -1]
    assert WheelNotches().turned(-360) == -3


def test_arrows_nudge_the_number_being_edited_as_one_edit(mazur):
    session = mazur.desk.stage.session
    mazur.graph.editing.open("weight:i1>h1")
    field = mazur.graph.editing.field
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert session.lesson.network.value("w1") == 0.18
    assert field.text() == "0.18"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    mazur.desk.settle()
    session.undo()
    assert session.lesson.network.value("w1") == 0.15
    assert not session.can_undo


def test_arrows_nudge_the_chosen_number_and_escape_gives_them_back(mazur):
    session = mazur.desk.stage.session
    mazur.graph.setFocus()
    mazur.graph.editing.choose("weight:i1>h1")
    QTest.keyClick(mazur.graph, Qt.Key.Key_Down)
    assert session.lesson.network.value("w1") == 0.14
    QTest.keyClick(mazur.graph, Qt.Key.Key_Escape)
    QTest.keyClick(mazur.graph, Qt.Key.Key_Down)
    assert session.lesson.network.value("w1") == 0.14
