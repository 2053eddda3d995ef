"""Play: one step after another, at a speed that can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from explainer.gui.frame import Frame
from explainer.gui.stage import Stage

if TYPE_CHECKING:
    from explainer.gui.window import Window

# Milliseconds a step stands at normal speed: time to read the question and see the path.
_STEP_TIME = 1600


class Player(QObject):
    """Presses Next by itself, never before the step's formulas are there."""

    changed = Signal(bool)

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self.speed = 1.0
        stage.changed.connect(self._stage_changed)

    @property
    def playing(self) -> bool:
        """Tell whether it plays."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play or pause; playing starts with a step at once."""
        if self.playing:
            self.pause()
            return
        self._timer.start(self._interval())
        self.changed.emit(True)
        self._tick()

    def pause(self) -> None:
        """Stop where it is."""
        if self.playing:
            self._timer.stop()
            self.changed.emit(False)

    def set_speed(self, speed: float) -> None:
        """Play so many times as fast as normal."""
        self.speed = speed
        if self.playing:
            self._timer.start(self._interval())

    def _tick(self) -> None:
        frame = self._stage.frame
        if frame.page is not None or frame.trouble is not None:
            self._stage.do(self._stage.session.next)

    def _stage_changed(self, old: Frame, new: Frame) -> None:
        if old.path != new.path or old.lesson.title != new.lesson.title:
            self.pause()

    def _interval(self) -> int:
        return round(_STEP_TIME / self.speed)


def settle(player: Player, window: Window) -> bool:
    """Pause, and accept what is being typed; tell whether nothing is left half done."""
    player.pause()
    return window.graph.close_editor() and window.side.close_editor()
