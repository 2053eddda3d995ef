"""Let the program finish what it does in the background, as it does while its user thinks."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from explainer.gui.app import Program
from explainer.gui.frame import Frame
from explainer.protocol import HerePage, Reply, Request

# Seconds after which waiting is given up.
_LIMIT = 60.0


class Patience:
    """Knows when a program has come to rest. Made before the program's first frame."""

    def __init__(self, program: Program, application: QApplication) -> None:
        self._program = program
        self._application = application
        self._is_idle = False
        program.stage.changed.connect(self._changed)
        program.client.answered.connect(self._answered)
        program.stage.idle.connect(self._came_to_rest)

    def settle(self) -> None:
        """Return when the gradients are checked, the neighbouring steps prepared and nothing is under way."""
        self.wait_while(self._is_busy)

    def wait_while(self, condition: Callable[[], bool]) -> None:
        """Handle events until the condition no longer holds; TimeoutError after a minute."""
        end = time.monotonic() + _LIMIT
        while condition():
            if time.monotonic() > end:
                raise TimeoutError("the program did not come to rest")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def _is_busy(self) -> bool:
        frame = self._program.stage.frame
        is_checked = frame.verdict.check is not None or frame.verdict.trouble is not None
        is_working = self._program.client.under_way is not None
        return is_working or frame.page is None or not is_checked or not self._is_idle

    def _changed(self, _old: Frame, _new: Frame) -> None:
        self._is_idle = False

    def _answered(self, _request: Request, reply: Reply) -> None:
        # A page that came is prepared before the program is at rest again; after other answers it only is if they show.
        if isinstance(reply, HerePage):
            self._is_idle = False

    def _came_to_rest(self) -> None:
        self._is_idle = True


def rest(milliseconds: int) -> None:
    """Handle events for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
