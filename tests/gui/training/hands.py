"""The training of a window, and hands to use it with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explainer.lesson.lesson import Update
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset, together

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
LESSON = lesson_for(
    together(dataset("circle", 60, seed=1)),
    (4, 2),
    update=Update(learning_rate=0.1, batch_size=10),
    title="Circle",
)


class View:
    """The training of a desk, opened by its keys."""

    def __init__(self, desk) -> None:
        self.desk = desk
        desk.press(Qt.Key.Key_4, CTRL)
        desk.wait(lambda: self.conductor.moment is not None or self.conductor.fault is not None)

    @property
    def panel(self):
        return self.desk.window.side.training

    @property
    def conductor(self):
        return self.panel.conductor

    @property
    def epoch(self):
        return self.conductor.moment.epoch

    def wait_for(self, epoch: int, passes: int | None = None) -> None:
        self.desk.wait(
            lambda: (
                self.epoch == epoch
                and (passes is None or self.conductor.moment.passes == passes)
                and not self.conductor.is_running
            )
        )

    def click(self, widget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, LEFT)

    def train(self, epochs: int) -> None:
        for _ in range(epochs):
            self.click(self.panel.controls.steps["train_epoch"])
        self.wait_for(epochs)
