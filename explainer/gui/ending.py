"""The system asks the program to end, as at the end of a session or with Ctrl+C in the terminal."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# SIGHUP comes when the terminal is closed; Windows has none.
_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class Ending(QObject):
    """`asked` comes in the event loop, soon after the system has asked; Python's handlers alone would wait for the next event."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._read, self._written = socket.socketpair()
        for end in (self._read, self._written):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._take)
        signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, _nothing)

    def _take(self) -> None:
        try:
            came = self._read.recv(64)
        except BlockingIOError:
            return
        if came:
            self.asked.emit()


def _nothing(_number: int, _frame: object) -> None:
    """Leave it to the socket, which wakes the event loop."""
