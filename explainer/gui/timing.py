"""Timers that fire once, and calls that come no more often than they are of use."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

# Nobody reads more numbers than these: ms from one to the next.
READABLE = 100


def once(parent: QObject, delay: int, slot: Callable[[], object]) -> QTimer:
    """Return a timer that calls the slot a while (ms) after it is started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(delay)
    timer.timeout.connect(slot)
    return timer


class Seldom(QObject):
    """Calls a slot no more often than every `pause` ms. The last of several calls is never lost, only late."""

    def __init__(self, parent: QObject, pause: int, slot: Callable[[], None]) -> None:
        super().__init__(parent)
        self._slot = slot
        self._is_late = False
        self._rests = False
        self._rest = once(self, pause, self._end_rest)

    def call(self, pause: int | None = None, *, at_once: bool = False) -> None:
        """Call the slot, now or when its rest is over, and rest for another `pause` afterwards; `at_once` waits for none."""
        if self._rests and not at_once:
            self._is_late = True
            return
        if pause is not None:
            # Not while it rests, which would begin the rest anew.
            self._rest.setInterval(pause)
        self._rests, self._is_late = True, False
        self._rest.start()
        self._slot()

    def _end_rest(self) -> None:
        self._rests = False
        if self._is_late:
            self.call()
