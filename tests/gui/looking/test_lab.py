"""The activation lab by keys and clicks."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.maths.numbers import shown

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Lab:
    """The lab of a desk, opened by its keys."""

    def __init__(self, desk) -> None:
        self.desk = desk
        desk.press(Qt.Key.Key_5, CTRL)
        self.settle()

    @property
    def panel(self):
        return self.desk.window.side.lab

    @property
    def page(self):
        return self.panel.curves

    def settle(self) -> None:
        QApplication.processEvents()
        self.desk.wait(lambda: not self.desk.window.side.studio.is_busy)
        QApplication.processEvents()

    def point_at(self, axes, x) -> None:
        box = self.page.view.raster.boxes[axes]
        place = QPoint(*map(round, box.place_of(x, sum(box.y) / 2)))
        QTest.mouseMove(self.page.view, place)
        self.settle()

    def add(self, words) -> None:
        QTest.mouseClick(self.page.more, Qt.MouseButton.LeftButton)
        popup = self.page.menu.popup
        QTest.keyClicks(popup.search, words)
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
        self.settle()


@pytest.fixture
def lab(open_desk):
    desk = open_desk("mazur-2-2-2")
    desk.settle()
    return Lab(desk)


def test_the_point_of_the_neuron_moves_as_one_steps(lab):
    desk = lab.desk
    assert lab.page.functions.place.z is None
    for _ in range(3):
        desk.press_and_settle(Qt.Key.Key_Right)
    lab.settle()
    moment = desk.frame.moment
    neuron = lab.page.functions.neuron.id
    z = moment.values[f"{neuron}.z"]
    a = moment.values.get(neuron, 1 / (1 + math.exp(-z)))
    assert lab.page.functions.place.z == z
    text = lab.page.readout.text()
    for number in (z, a, a * (1 - a)):
        assert shown(number, desk.frame.digits, "en") in text


def test_a_click_on_a_neuron_follows_it(lab):
    desk = lab.desk
    desk.press_and_settle(Qt.Key.Key_End)
    lab.desk.window.side.lab.look_at("o1")
    lab.settle()
    assert lab.page.chips.chips[0].text().startswith("o₁ ·")
    assert lab.page.functions.place.z == desk.frame.moment.values["o1.z"]


def test_the_menu_of_a_neuron_opens_the_lab(open_desk):
    desk = open_desk("mazur-2-2-2")
    desk.settle()
    shop = desk.program.furniture.workshop
    shop.selection.select(["h1"])
    menu = desk.program.furniture.graph_menu.made(QPoint(0, 0).toPointF(), QPoint(0, 0))
    entry = next(one for one in menu.actions() if one.text() == "Look at its activation")
    entry.trigger()
    QApplication.processEvents()
    assert desk.window.side.lab.curves.functions.neuron.id == "h1"
    assert desk.window.side.lab.isVisible()


def test_pointing_at_a_curve_says_the_numbers_of_the_function_itself(lab):
    lab.point_at(1, 2.0)
    text = lab.page.readout.text()
    z = float(text.split("z = ")[1].split()[0].replace("−", "-"))
    s = 1 / (1 + math.exp(-z))
    assert abs(z - 2) < 0.1
    assert shown(s, lab.desk.frame.digits, "en") in text
    assert shown(s * (1 - s), lab.desk.frame.digits, "en") in text


def test_up_to_four_are_compared_and_one_always_stays(lab):
    for words in ("tanh", "leaky", "elu"):
        lab.add(words)
    assert len(lab.page.functions.shown) == 4
    assert not lab.page.more.isVisible()
    for _ in range(5):
        chip = lab.page.chips.chips[0]
        chip.setFocus()
        QTest.keyClick(chip, Qt.Key.Key_Delete)
        lab.settle()
    assert len(lab.page.functions.shown) == 1
    assert lab.page.more.isVisible()


def test_a_slider_moves_the_curve_and_typing_sets_its_number(lab):
    lab.add("leaky")
    before = lab.page.view.raster.pixels
    slider = lab.page.sliders.sliders[0]
    slider.setFocus()
    for _ in range(8):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    lab.settle()
    QTest.qWait(250)
    lab.settle()
    alpha = dict(lab.page.functions.shown[1].parameters)["alpha"]
    assert alpha > 0.3
    assert lab.page.view.raster.pixels != before
    field = lab.page.sliders.fields[0]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0,25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    lab.settle()
    assert dict(lab.page.functions.shown[1].parameters)["alpha"] == 0.25
    assert lab.page.functions.names(lab.desk.stage.say)[0].startswith("h")


def test_a_typed_function_is_drawn_and_a_wrong_one_is_told(lab):
    lab.add("typed by you")
    field = lab.page.formula
    assert field.isVisible()
    field.selectAll()
    QTest.keyClicks(field, "z*tanh(")
    assert lab.page.fault.isVisible()
    field.selectAll()
    QTest.keyClicks(field, "z*tanh(z)")
    assert not lab.page.fault.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    lab.settle()
    assert lab.page.functions.shown[1].choice.expression == "z*tanh(z)"
    lab.point_at(0, 1.0)
    z = float(lab.page.readout.text().split("z = ")[1].split()[0])
    assert shown(z * math.tanh(z), lab.desk.frame.digits, "en") in lab.page.readout.text()


def test_a_function_is_given_to_the_neuron_and_taken_back_by_undo(lab):
    desk = lab.desk
    lab.add("tanh")
    neuron = lab.page.functions.neuron.id
    QTest.mouseClick(lab.page.give, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.frame.lesson.network.neuron(neuron).activation.name == "tanh"
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert desk.frame.lesson.network.neuron(neuron).activation.name == "sigmoid"


def test_the_layers_follow_the_steps(open_desk):
    desk = open_desk("vanishing-gradient")
    desk.settle()
    desk.press(Qt.Key.Key_6, CTRL)
    page = desk.window.side.lab.layers
    assert [layer.known for layer in page.layers] == [False] * 6
    desk.press_and_settle(Qt.Key.Key_End)
    assert all(layer.known for layer in page.layers)
    deltas = desk.frame.one_pass.deltas["0"]
    assert [layer.norm for layer in page.layers] == [abs(deltas[n]) for n in deltas if n != "x"]
    assert "vanishes" in page.said.text()
    desk.wait(lambda: page.view.raster is not None)


def test_saved_plots_are_what_they_are_called(lab, tmp_path):
    for kind, start in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("csv", b"z,f")):
        path = tmp_path / f"plot.{kind}"
        lab.page.save.write(kind, path)
        lab.desk.wait(path.exists)
        lab.settle()
        assert path.read_bytes().startswith(start)


def test_every_theme_and_language_redraws(lab):
    shots = set()
    for theme in ("light", "dark", "contrast"):
        lab.desk.program.keeper.choose(theme)
        lab.settle()
        shots.add(lab.page.view.raster.pixels)
    lab.desk.stage.set_language("ru")
    lab.settle()
    shots.add(lab.page.view.raster.pixels)
    assert len(shots) == 4


def test_the_choices_lead_to_the_curve(open_desk):
    desk = open_desk("mazur-2-2-2")
    desk.settle()
    desk.press(Qt.Key.Key_2, CTRL)
    choices = desk.window.side.choices
    choices.choose_for("o2")
    QTest.mouseClick(choices.look, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert desk.window.side.lab.isVisible()
    assert desk.window.side.lab.curves.functions.neuron.id == "o2"


def test_the_curve_is_read_by_keys(lab):
    lab.page.view.setFocus()
    for _ in range(5):
        QTest.keyClick(lab.page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        lab.settle()
    assert "z = 0.6 " in lab.page.readout.text()
