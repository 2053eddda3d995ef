"""The three views of a lesson in the window: switched with keys and mouse, at the same step, remembered."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explainer.pages.page import Formula, Heading, Reference, plain
from explainer.render.shapes import Curve, Label, point_at
from scripts.bench.networks import layered
from tests.render.networks import dense

RIGHT = Qt.Key.Key_Right
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def keys(desk) -> set[str]:
    return {shape.key for shape in desk.window.graph.drawing.shapes}


def place_of(desk, x, y) -> QPoint:
    across, down = desk.window.graph.camera.to_screen(x, y)
    return QPoint(round(across), round(down))


def move_to(desk, place) -> None:
    viewport = desk.window.graph.viewport()
    QTest.mouseMove(viewport, place - QPoint(2, 2))
    QTest.mouseMove(viewport, place)


def test_keys_switch_the_view_and_keep_the_step(desk):
    for _ in range(6):
        desk.press_and_settle(RIGHT)
    step = desk.frame.step_index
    assert "circle:h1" in keys(desk)
    desk.press(Qt.Key.Key_2, CTRL_ALT)
    assert "box:h1.z" in keys(desk)
    desk.press(Qt.Key.Key_3, CTRL_ALT)
    assert "matrix:W1" in keys(desk)
    assert desk.frame.step_index == step
    desk.press_and_settle(RIGHT)
    assert "matrix:W1" in keys(desk)
    desk.press(Qt.Key.Key_1, CTRL_ALT)
    assert "circle:h1" in keys(desk)
    assert desk.frame.step_index == step + 1


def title(desk) -> str:
    return plain(desk.frame.page.page.title)


def test_the_derivation_speaks_of_matrices_where_they_are_shown(desk):
    desk.press_and_settle(RIGHT)
    step, number_by_number = desk.frame.step_index, title(desk)
    desk.press_and_settle(Qt.Key.Key_3, CTRL_ALT)
    assert title(desk) == "What arrives at layer 1?"
    desk.press_and_settle(Qt.Key.Key_1, CTRL_ALT)
    assert (desk.frame.step_index, title(desk)) == (step, number_by_number)
    desk.press_and_settle(Qt.Key.Key_3, CTRL_ALT)
    # A number that is asked for stands in no matrix that is shown.
    desk.press_and_settle(Qt.Key.Key_P, CTRL_SHIFT)
    assert title(desk) == number_by_number
    desk.press_and_settle(Qt.Key.Key_P, CTRL_SHIFT)
    assert title(desk) == "What arrives at layer 1?"


def test_rules_of_matrices_are_told_with_their_shapes(open_desk):
    desk = open_desk("matrix-product")
    desk.settle()
    desk.press_and_settle(Qt.Key.Key_3, CTRL_ALT)
    shown = [
        plain(block.text) for block in desk.frame.page.page.blocks if isinstance(block, Heading)
    ]
    assert shown == ["The formula as matrices"]
    drawn = " ".join(run.text for s in desk.window.graph.drawing.shapes for run in s.runs)
    assert drawn == "The matrices of this formula stand in the derivation."
    last = desk.frame.one_pass.steps[-1]
    desk.stage.go_to_step(last.index)
    desk.settle()
    assert title(desk).startswith("How does the result change with the matrix")
    assert "×" in rule(desk)


def rule(desk) -> str:
    blocks = desk.frame.page.page.blocks
    return next(block for block in blocks if isinstance(block, Formula)).rows[0].text


def test_a_lesson_without_matrices_is_told_as_ever(open_desk):
    desk = open_desk("batch-norm")
    desk.settle()
    desk.press_and_settle(RIGHT)
    before = title(desk)
    desk.press_and_settle(Qt.Key.Key_3, CTRL_ALT)
    assert title(desk) == before
    assert desk.frame.trouble is None


def test_the_switch_is_clicked_shows_the_view_and_is_remembered(desk, open_desk, preferences):
    switch = desk.window.top_bar.views
    assert switch.buttons["neurons"].isChecked()
    assert [button.text() for button in switch.buttons.values()] == [
        "Neurons",
        "Computation graph",
        "Matrices",
        "Table",
    ]
    QTest.mouseClick(switch.buttons["matrices"], LEFT)
    assert switch.buttons["matrices"].isChecked()
    assert not switch.buttons["neurons"].isChecked()
    assert "matrix:W1" in keys(desk)
    assert preferences.view == "matrices"
    other = open_desk("mazur-2-2-2")
    assert "matrix:W1" in keys(other)
    assert other.window.top_bar.views.buttons["matrices"].isChecked()


def test_pointing_at_a_number_of_a_matrix_lights_its_factor_and_the_other_way_round(desk):
    desk.press(Qt.Key.Key_3, CTRL_ALT)
    entry = next(s for s in desk.window.graph.drawing.shapes if s.key == "weight:h1>o1")
    pointed = []
    desk.window.graph.hovered.connect(pointed.append)
    move_to(desk, place_of(desk, entry.x, entry.y - 4))
    assert pointed[-1] == Reference("edge", "h1", "o1")
    desk.window.graph.highlight(Reference("edge", "h1", "o1"))
    lit = {shape.key for shape in desk.window.graph.pointing.lit()}
    assert "weight:h1>o1" in lit
    assert "entry:dW2 h1 o1" in lit


def test_a_weight_is_edited_in_every_view(desk):
    for number, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)):
        desk.press(key, CTRL_ALT)
        entry = next(s for s in desk.window.graph.drawing.shapes if s.key == "weight:i1>h1")
        assert isinstance(entry, Label)
        QTest.mouseClick(
            desk.window.graph.viewport(), LEFT, pos=place_of(desk, entry.x, entry.y - 4)
        )
        field = desk.window.graph.editing.field
        assert field is not None
        field.selectAll()
        QTest.keyClicks(field, f"0.{number + 3}")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert desk.frame.moment.parameters["w1"] == (number + 3) / 10
        desk.settle()


def test_a_lesson_without_layers_is_told_why_and_a_formula_is_its_own_graph(open_desk):
    desk = open_desk("graph-sin")
    desk.settle()
    desk.press(Qt.Key.Key_3, CTRL_ALT)
    assert "reason:0" in keys(desk)
    desk.press(Qt.Key.Key_2, CTRL_ALT)
    assert "circle:x" in keys(desk)


def test_an_edge_without_a_pill_shows_its_weight_when_it_is_pointed_at(open_desk):
    desk = open_desk(dense(9, 9, 2))
    graph = desk.window.graph
    assert not any(key.startswith("pill:") for key in keys(desk))
    # Not the middle: there edges cross.
    curve = next(
        s for s in graph.drawing.shapes if isinstance(s, Curve) and s.key == "edge:x0_1>h1_1"
    )
    x, y = point_at(curve.points, 0.1)
    move_to(desk, place_of(desk, x, y))
    assert graph.pointing.pointed is not None
    assert graph.pointing.pointed.kind == "edge"
    assert not graph._floating.is_empty
    move_to(desk, QPoint(3, 3))
    assert graph._floating.is_empty


def test_a_neuron_that_is_pointed_at_lights_its_edges(open_desk):
    desk = open_desk(dense(9, 9, 2))
    circle = next(s for s in desk.window.graph.drawing.shapes if s.key == "circle:h1_4")
    move_to(desk, place_of(desk, circle.x, circle.y))
    lit = {shape.key for shape in desk.window.graph.pointing.lit()}
    assert {f"edge:x0_{n}>h1_4" for n in range(1, 10)} <= lit
    assert {"edge:h1_4>o2_1", "edge:h1_4>o2_2"} <= lit
    assert "edge:x0_1>h1_1" not in lit


def test_the_weight_floats_over_the_picture_of_a_large_drawing(open_desk):
    desk = open_desk(layered((40, 40, 10), "tanh"))
    graph = desk.window.graph
    curve = next(s for s in graph.drawing.shapes if isinstance(s, Curve))
    graph.zoom_in()
    for _ in range(12):
        graph.zoom_in()
    x, y = point_at(curve.points, 0.5)
    across, down = graph.camera.to_screen(x, y)
    graph.pan_by(400 - across, 300 - down)
    before = graph.viewport().grab().toImage()
    move_to(desk, place_of(desk, x, y))
    assert not graph._floating.is_empty
    assert graph.viewport().grab().toImage() != before


def test_a_damaged_preference_counts_as_none(preferences):
    preferences._settings.setValue("view", "sideways")
    assert preferences.view == "neurons"
