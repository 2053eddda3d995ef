"""The descent by keys and clicks."""

import math

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.lesson.edits import with_parameters
from explainer.lesson.examples import example
from explainer.trace.run import trace

CTRL = Qt.KeyboardModifier.ControlModifier


class Descent:
    """The descent of a desk, opened by its keys."""

    def __init__(self, desk) -> None:
        self.desk = desk
        desk.press(Qt.Key.Key_7, CTRL)
        self.settle()

    @property
    def panel(self):
        return self.desk.window.side.descent

    def settle(self) -> None:
        QApplication.processEvents()
        self.desk.wait(lambda: not self.desk.window.side.studio.is_busy)
        QApplication.processEvents()

    def place_of(self, x, y) -> QPoint:
        return QPoint(*map(round, self.panel.view.raster.boxes[0].place_of(x, y)))


@pytest.fixture
def descent(desk):
    return Descent(desk)


def test_a_click_sets_both_parameters_in_one_undo_step(descent):
    desk = descent.desk
    before = desk.frame.lesson
    box = descent.panel.view.raster.boxes[0]
    place = descent.place_of(sum(box.x) / 2 + 0.3, sum(box.y) / 2 - 0.2)
    QTest.mouseClick(descent.panel.view, Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    after = desk.frame.lesson
    assert after.network.value("w1") != before.network.value("w1")
    assert after.network.value("w2") != before.network.value("w2")
    assert after.network.value("w3") == before.network.value("w3")
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert desk.frame.lesson == before


def test_the_error_at_the_pointer_is_that_of_the_trace(descent):
    place = descent.place_of(0.5, 0.4)
    QTest.mouseMove(descent.panel.view, place)
    descent.settle()
    text = descent.panel.readout.text()
    w1, w2, error = (float(part.split()[0].replace("−", "-")) for part in text.split("= ")[1:])
    lesson = with_parameters(descent.desk.frame.lesson, {"w1": w1, "w2": w2})
    assert math.isclose(trace(lesson)[0].summary.loss, error, rel_tol=1e-4)


def test_the_path_grows_with_the_passes(descent):
    desk = descent.desk
    for number in (1, 2):
        desk.press_and_settle(Qt.Key.Key_End)
        desk.press(Qt.Key.Key_Right)
        desk.wait(lambda wanted=number: desk.frame.pass_index == wanted)
        desk.settle()
    descent.settle()
    points = descent.panel._survey.taken.points
    passes = desk.stage.session.passes
    assert points == tuple(one.parameters_before for one in passes[:3])


def test_another_rate_is_tried_and_then_learnt_with(descent):
    panel, desk = descent.panel, descent.desk
    assert not panel.take.isEnabled()
    slider = panel.controls.slider
    slider.setFocus()
    for _ in range(12):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    descent.settle()
    rate = panel.controls.learning_rate
    assert rate > desk.frame.lesson.update.learning_rate
    assert panel._found.steps == panel.controls.steps
    QTest.mouseClick(panel.take, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.frame.lesson.update.learning_rate == rate


def test_a_rate_that_is_no_rate_is_refused(descent):
    field = descent.panel.controls.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "-1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert descent.panel.controls.learning_rate == 0.05


def test_along_one_parameter_it_is_a_curve(descent):
    descent.panel.controls.choose("w5")
    descent.settle()
    assert descent.panel._survey.y is None
    assert descent.panel._survey.x == "w5"


@pytest.mark.parametrize(
    "name", ["graph-sin", "perceptron-rule", "softmax-classifier", "batch-norm", "dropout"]
)
def test_every_kind_of_lesson_can_be_looked_at(open_desk, name):
    desk = open_desk(name)
    desk.settle()
    descent = Descent(desk)
    desk.wait(lambda: descent.panel._found is not None)
    assert descent.panel.view.raster is not None
    assert math.isfinite(descent.panel._found.here)


def test_saved_plots_are_what_they_are_called(descent, tmp_path):
    for kind, start in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("csv", b"w1,w2,E")):
        path = tmp_path / f"plot.{kind}"
        descent.panel.save.write(kind, path)
        descent.desk.wait(path.exists)
        descent.settle()
        assert path.read_bytes().startswith(start)


def test_the_parameters_are_moved_by_keys(descent):
    desk, view = descent.desk, descent.panel.view
    before = desk.frame.lesson
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    after = desk.frame.lesson.network
    assert after.value("w2") > before.network.value("w2")
    assert after.value("w1") == pytest.approx(before.network.value("w1"), abs=0.01)


def test_the_letters_are_those_of_the_lesson(open_desk):
    lesson = example("lecture-2-2-1")
    letters = replace(lesson.notation, error="J", learning_rate="\\alpha")
    desk = open_desk(replace(lesson, notation=letters))
    desk.settle()
    descent = Descent(desk)
    desk.wait(lambda: descent.panel._found is not None)
    said = descent.panel.readout.text()
    assert said.startswith("J = ")
    assert said.endswith("α = 0.05.")
    assert descent.panel._survey.title == "Error J"
    assert desk.window.timeline.status.accessibleName().endswith("α = 0.05 · SGD")
    QTest.mouseMove(descent.panel.view, descent.place_of(0.5, 0.4))
    descent.settle()
    assert descent.panel.readout.text().split("   ")[-1].startswith("J = ")


def test_the_height_of_a_formula_is_its_result(open_desk):
    desk = open_desk("graph-reuse")
    desk.settle()
    descent = Descent(desk)
    desk.wait(lambda: descent.panel._found is not None)
    assert descent.panel._survey.title == "Result F"
    QTest.mouseMove(descent.panel.view, descent.place_of(1.5, 7.0))
    descent.settle()
    assert descent.panel.readout.text().split("   ")[-1].startswith("F = ")


def test_another_size_is_drawn_though_the_tab_was_left_at_once(descent):
    desk, view = descent.desk, descent.panel.view
    desk.window.resize(1440, 900)
    QApplication.processEvents()
    # Before the plot has followed the new size.
    desk.press(Qt.Key.Key_1, CTRL)
    QTest.qWait(120)
    desk.press(Qt.Key.Key_7, CTRL)
    desk.wait(lambda: (view.raster.width, view.raster.height) == (view.width(), view.height()))


def test_other_colours_are_drawn_though_the_tab_was_hidden(descent):
    desk, view = descent.desk, descent.panel.view
    ground = bytes(view.raster.pixels[:3])
    desk.press(Qt.Key.Key_1, CTRL)
    desk.program.furniture.commands.set_theme("dark")
    QTest.qWait(120)
    desk.press(Qt.Key.Key_7, CTRL)
    desk.wait(lambda: bytes(view.raster.pixels[:3]) != ground)
