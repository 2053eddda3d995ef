"""Asks for moments: one at a time, no more often than a screen shows them, only while somebody looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from explainer.training.wire import Look

# A screen shows no more; ms.
FRAME = 16


class Gaze(QObject):
    """`send` carries each wish on its way. `wants` is what is looked at, None for nothing."""

    def __init__(self, send: Callable[[Look], None], parent: QObject) -> None:
        super().__init__(parent)
        self._send = send
        self.wants: Look | None = None
        self.frame_time = FRAME
        self._is_asked = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setTimerType(Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(self.ask)

    def turn_to(self, wanted: Look) -> bool:
        """Look at something from now on; return whether that is another thing than before."""
        is_other = wanted != self.wants
        self.wants = wanted
        # An earlier wish may be answered too, and is then one too many, which does no harm.
        self._is_asked = self._is_asked and not is_other
        return is_other

    def turn_away(self) -> None:
        """Look at nothing."""
        self.wants = None
        self._next.stop()

    def ask(self) -> None:
        """Ask for a moment, unless one is awaited."""
        if self.wants is not None and not self._is_asked:
            self._is_asked = True
            self._send(self.wants)

    def take(self) -> None:
        """Note that a moment has come; the next one is asked for when this one had time to be seen."""
        self._is_asked = False
        if self.frame_time == 0:
            # The next one is made while this one is drawn.
            self.ask()
        elif self.wants is not None:
            self._next.start(self.frame_time)

    def begin_anew(self) -> None:
        """Forget what was asked of a training that is over."""
        self._is_asked = False
