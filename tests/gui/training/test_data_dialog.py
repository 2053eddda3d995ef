"""Choosing what is trained with, by clicks."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.training.data_dialog import DataSetDialog
from explainer.training.datasets import DATASETS

LEFT = Qt.MouseButton.LeftButton


def in_dialog(desk, act) -> None:
    """Open the dialog by its keys and do something in it."""
    failures: list[BaseException] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, DataSetDialog):
            QTimer.singleShot(10, look)
            return
        try:
            act(dialog)
        except BaseException as error:  # noqa: BLE001 - raised again below, out of the event loop
            failures.append(error)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(10, look)
    desk.press(
        Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    if failures:
        raise failures[0]


def choose(dialog, name) -> None:
    QTest.mouseClick(dialog.cards.cards[name], LEFT)


def write(field, text) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_data_set_takes_the_place_of_the_samples_in_one_undo_step(desk):
    before = desk.frame.lesson

    def act(dialog):
        choose(dialog, "spiral")
        for field, text in (
            (dialog.samples, "200"),
            (dialog.noise, "10"),
            (dialog.test, "25"),
            (dialog.batch, "20"),
        ):
            write(field, text)
        for name in ("x1_squared", "sin_x1"):
            QTest.mouseClick(dialog.features[name], LEFT, pos=dialog.features[name].rect().center())
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    in_dialog(desk, act)
    lesson = desk.frame.lesson
    assert (len(lesson.data.inputs), len(lesson.data.test.inputs)) == (150, 50)
    assert [feature.name for feature in lesson.data.features] == ["x1_squared", "sin_x1"]
    assert lesson.update.batch_size == 20
    assert len(lesson.network.of_role("input")) == 4
    desk.program.furniture.actions["undo"].trigger()
    assert desk.frame.lesson == before


def test_every_card_gets_its_picture(desk):
    def act(dialog):
        desk.wait(lambda: not dialog.cards._left)
        for card in dialog.cards.cards.values():
            assert card._data is not None
            assert card.grab().toImage().pixelColor(30, 40).isValid()

    in_dialog(desk, act)


@pytest.mark.parametrize("name", ["xor_table", "sine"])
def test_what_means_nothing_for_a_data_set_is_not_offered(desk, name):
    def act(dialog):
        choose(dialog, name)
        assert dialog.cards.chosen == name
        row = DATASETS[name]
        assert dialog.samples.isEnabled() == (row.fixed is None)
        assert dialog.features["product"].isEnabled() == (row.inputs == 2)

    in_dialog(desk, act)


@pytest.mark.parametrize(
    ("field", "text"), [("samples", "1"), ("noise", "80"), ("test", "x"), ("batch", "0")]
)
def test_what_cannot_be_is_refused_beside_the_fields(desk, field, text):
    before = desk.frame.lesson

    def act(dialog):
        write(getattr(dialog, field), text)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.fault.isVisible()
        assert dialog.fault.text()

    in_dialog(desk, act)
    assert desk.frame.lesson is before


def test_many_samples_are_drawn_beside_the_window(desk):
    def act(dialog):
        write(dialog.samples, "3000")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        desk.wait(lambda: not dialog.isVisible())

    in_dialog(desk, act)
    assert len(desk.frame.lesson.data.inputs) == 1500
