"""Watch a window from outside: tell when a frame is finished, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FrameWatch(QObject):
    """Calls `finished` after every painted frame with what `look` returned when its painting began.

    Qt paints a window, all its parts and the copy to the screen while it handles one event; a timer of zero set
    before that fires when all of it is done.
    """

    def __init__(
        self, window: QWidget, look: Callable[[], Any], finished: Callable[[Any], None]
    ) -> None:
        super().__init__(window)
        self._look = look
        self._finished = finished
        self._was_painted = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note what is about to be painted."""
        kind = event.type()
        # The first frame is painted because the window appears, every later one because something asked for it.
        if kind == QEvent.Type.UpdateRequest or (
            kind == QEvent.Type.Paint and not self._was_painted
        ):
            self._was_painted = True
            seen = self._look()
            QTimer.singleShot(0, lambda: self._finished(seen))
        return False
